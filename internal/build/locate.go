package build

import (
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
)

// SourceDir returns the root of the checkout that the running gomig was built from, if it was built from one that is still
// there. It is not for what was installed by version, and cannot know it of what was built with -trimpath.
func SourceDir() (string, bool) {
	info, ok := debug.ReadBuildInfo()
	_, file, _, known := runtime.Caller(0)
	if !ok || !known {
		return "", false
	}
	return sourceDir(info, file)
}

// sourceDir decides by the build information and the name that this file had for the compiler.
func sourceDir(info *debug.BuildInfo, file string) (string, bool) {
	self := ownModule(info)
	if self == nil || self.Sum != "" || !filepath.IsAbs(filepath.FromSlash(file)) {
		return "", false // a module with a checksum came from the module cache
	}
	root := filepath.Dir(filepath.Dir(filepath.Dir(filepath.FromSlash(file))))
	data, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil || modulePath(string(data)) != gomigModule {
		return "", false
	}
	return root, true
}

// ownModule returns gomig's entry in the build information, as it was replaced.
func ownModule(info *debug.BuildInfo) *debug.Module {
	if info.Main.Path == gomigModule {
		return &info.Main
	}
	for _, m := range info.Deps {
		if m.Path != gomigModule {
			continue
		}
		if m.Replace != nil {
			return m.Replace
		}
		return m
	}
	return nil
}

// ownVersion returns a version by which others can get the gomig that runs, if there is one.
func ownVersion(info *debug.BuildInfo) (string, bool) {
	self := ownModule(info)
	if self == nil || !strings.HasPrefix(self.Version, "v") || strings.Contains(self.Version, "+dirty") {
		return "", false
	}
	return self.Version, true
}
