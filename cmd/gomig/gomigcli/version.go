package gomigcli

import "runtime/debug"

// module is where gomig's version is found among a program's modules.
const module = "github.com/gomig-dev/gomig"

// version is the version of gomig that the program was built with.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "(unknown)"
	}
	if info.Main.Path == module {
		return info.Main.Version
	}
	for _, d := range info.Deps {
		if d.Path == module {
			if d.Replace != nil {
				return d.Version + " (" + d.Replace.Path + ")"
			}
			return d.Version
		}
	}
	return "(devel)"
}
