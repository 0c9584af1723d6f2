package build

import (
	"bytes"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// sourceExt are the endings of the files that the go command looks at in a package
// (https://pkg.go.dev/cmd/go#hdr-File_types).
var sourceExt = []string{
	".go", ".s", ".S", ".sx", ".c", ".cc", ".cpp", ".cxx", ".m", ".h", ".hh", ".hpp", ".hxx",
	".f", ".F", ".for", ".f90", ".swig", ".swigcxx", ".syso",
}

// isSource reports whether a file name can matter to a package when its tests are not compiled. A go.mod matters: it makes
// the directory part of another module.
func isSource(name string) bool {
	if name == "go.mod" {
		return true
	}
	if strings.HasPrefix(name, "_") || strings.HasPrefix(name, ".") || strings.HasSuffix(name, "_test.go") {
		return false
	}
	return slices.Contains(sourceExt, path.Ext(name))
}

// sourceNames returns the names that can matter, in order.
func sourceNames(entries []fs.DirEntry) []string {
	names := make([]string, 0, len(entries))
	for _, e := range entries {
		if !e.IsDir() && isSource(e.Name()) {
			names = append(names, e.Name())
		}
	}
	return names
}

// entryNames returns all names in order, those of directories with a slash.
func entryNames(entries []fs.DirEntry) []string {
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
		if e.IsDir() {
			names[i] += "/"
		}
	}
	return names
}

// known reports whether a Go file imports nothing that its package did not import before, and embeds nothing. Then it can
// be compiled with the packages that are known. That a build constraint may exclude it only means that one of them is not needed.
func known(name string, imports []string) bool {
	src, err := os.ReadFile(name)
	if err != nil || bytes.Contains(src, []byte("//go:embed")) {
		return false
	}
	f, err := parser.ParseFile(token.NewFileSet(), name, src, parser.ImportsOnly|parser.SkipObjectResolution)
	if err != nil {
		return false
	}
	for _, spec := range f.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if _, ok := slices.BinarySearch(imports, p); err != nil || !ok {
			return false
		}
	}
	return true
}

// embedDirs returns the directories whose entries decide what an embed pattern of a package matches.
func embedDirs(dir, pattern string) []string {
	level := []string{dir}
	var watched []string
	for seg := range strings.SplitSeq(strings.TrimPrefix(pattern, "all:"), "/") {
		var next []string
		for _, d := range level {
			if strings.ContainsAny(seg, `*?[\`) {
				watched = append(watched, d)
				matches, err := filepath.Glob(filepath.Join(escapeGlob(d), seg))
				if err == nil {
					next = append(next, matches...)
				}
			} else {
				next = append(next, filepath.Join(d, seg))
			}
		}
		level = next
	}
	for _, d := range level {
		_ = filepath.WalkDir(d, func(p string, e fs.DirEntry, err error) error {
			if err == nil && e.IsDir() {
				watched = append(watched, p)
			}
			return nil // what cannot be read cannot be embedded either: the go command says so
		})
	}
	return watched
}

// escapeGlob makes a directory name match itself only. On Windows, where a backslash separates, no name can hold a * or ?.
func escapeGlob(dir string) string {
	if filepath.Separator == '\\' {
		return dir
	}
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(dir)
}
