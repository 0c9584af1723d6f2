package script

import "github.com/gomig-dev/gomig/internal/filestat"

// ReaderVersion is the version of what is read of files.
const ReaderVersion = readerVersion

// Young reports whether a cache that was made at a time, of a file touched at
// another one, is believed.
func Young(touched, checked int64) bool {
	st := filestat.Stat{Size: 1, ModTime: touched}
	c := &cache{checked: checked, known: map[string]cached{"a.go": {stat: st}}}
	_, known := c.get("a.go", st)
	return !known
}
