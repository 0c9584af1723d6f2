package build

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/internal/filestat"
	"github.com/gomig-dev/gomig/internal/wire"
)

// Files written within one step of the file system's clock have the same attributes; that is when contents must be read. The
// test makes such a pair by giving the manifest an entry with the attributes of the file and the digest of other contents.
func TestYoungFilesAreReadAgain(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("a.go", "package a // old")
	old := file{name: "a.go", shape: plain}
	if !old.read(dir + "/") {
		t.Fatal("cannot read a.go")
	}
	write("a.go", "package a // new")
	now := file{name: "a.go", shape: plain}
	if !now.read(dir + "/") {
		t.Fatal("cannot read a.go")
	}
	entry := file{name: "a.go", shape: plain, stat: now.stat, sum: old.sum}
	st, _ := filestat.Of(dir)
	second := int64(time.Second)
	for _, c := range []struct {
		name    string
		checked int64 // when the entry was made
		sum     digest
		now     int64
		want    state
	}{
		{"made at once, contents differ", now.stat.Newest(), old.sum, now.stat.Newest() + second, edited},
		{"made a second later, contents differ", now.stat.Newest() + second, old.sum, now.stat.Newest() + 9*second, edited},
		{"made before by a clock that is slow", now.stat.Newest() - 9*second, old.sum, now.stat.Newest() + second, edited},
		{"made at once, the same, still young", now.stat.Newest(), now.sum, now.stat.Newest() + second, fresh},
		{"made at once, the same, old by now", now.stat.Newest(), now.sum, now.stat.Newest() + 3*second, moved},
		{"made when it was old", now.stat.Newest() + 3*second, now.sum, now.stat.Newest() + 4*second, fresh},
	} {
		entry.sum = c.sum
		m := &manifest{checked: c.checked, folders: []folder{{path: dir, stat: st, files: []file{entry}}}}
		got, found := m.check(c.now)
		if found.state != c.want {
			t.Errorf("%s: state %d, want %d", c.name, found.state, c.want)
		}
		if got.folders[0].files[0].sum != now.sum {
			t.Errorf("%s: the digest is not that of the contents", c.name)
		}
		if m.folders[0].files[0].sum != c.sum {
			t.Errorf("%s: the check changed its input", c.name)
		}
	}
}

func TestManyFilesAreCheckedLikeFew(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f := folder{path: dir}
	for i := range 2000 {
		name := "f" + strings.Repeat("x", i%7) + string(rune('a'+i%26)) + time.Duration(i).String() + ".go"
		if err := os.WriteFile(filepath.Join(dir, name), []byte("package a\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		src := file{name: name}
		src.read(dir + "/")
		f.files = append(f.files, src)
	}
	slices.SortFunc(f.files, byName)
	f.stat, _ = filestat.Of(dir)
	later := time.Now().Add(time.Minute).UnixNano()
	m := &manifest{checked: later, folders: []folder{f}}
	if _, found := m.check(later); found.state != fresh {
		t.Errorf("state %d, want nothing new", found.state)
	}
	for _, i := range []int{0, 777, 1999} {
		name := filepath.Join(dir, f.files[i].name)
		if err := os.WriteFile(name, []byte("package b\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		c, found := m.check(later)
		if found.state != edited || !found.touched || c.key() == m.key() {
			t.Errorf("file %d: %+v, want edited", i, found)
		}
		if err := os.WriteFile(name, []byte("package a\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if c, found = m.check(later); found.state != moved || c.key() != m.key() {
			t.Errorf("file %d written back: %+v, want moved", i, found)
		}
	}
}

func manifests() *rapid.Generator[*manifest] {
	return rapid.Custom(func(t *rapid.T) *manifest {
		stats := rapid.Custom(func(t *rapid.T) filestat.Stat {
			return filestat.Stat{Size: rapid.Int64().Draw(t, "size"), ModTime: rapid.Int64().Draw(t, "mtime"), ChangeTime: rapid.Int64().Draw(t, "ctime"), Inode: rapid.Uint64().Draw(t, "inode")}
		})
		files := rapid.SliceOf(rapid.Custom(func(t *rapid.T) file {
			f := file{name: rapid.String().Draw(t, "name"), stat: stats.Draw(t, "stat"), shape: shape(rapid.IntRange(0, 3).Draw(t, "shape"))}
			copy(f.sum[:], rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "sum"))
			return f
		}))
		m := &manifest{checked: rapid.Int64().Draw(t, "checked"), files: files.Draw(t, "files")}
		m.folders = rapid.SliceOf(rapid.Custom(func(t *rapid.T) folder {
			return folder{
				path: rapid.String().Draw(t, "path"), stat: stats.Draw(t, "stat"), files: files.Draw(t, "files"),
				imports: rapid.SliceOf(rapid.String()).Draw(t, "imports"), names: rapid.SliceOf(rapid.String()).Draw(t, "names"),
				listed: rapid.Bool().Draw(t, "listed"),
			}
		})).Draw(t, "folders")
		return m
	})
}

func TestManifestsAreReadAsWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := manifests().Draw(t, "manifest")
		data := m.encode()
		got, err := decodeManifest(data)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.encode(), data) || got.key() != m.key() {
			t.Fatalf("wrote %+v, read %+v", m, got)
		}
		data[rapid.IntRange(0, len(data)-1).Draw(t, "at")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		if _, err := decodeManifest(data); err == nil {
			t.Fatal("damage was not noticed")
		}
	})
}

func FuzzDecodeManifest(f *testing.F) {
	f.Add([]byte(nil))
	f.Add((&manifest{files: []file{{name: "go.mod"}}}).encode())
	f.Fuzz(func(t *testing.T, body []byte) {
		// The digest is made right, so that what is tried is the reading.
		m, err := decodeManifest(wire.Seal(format, bytes.Clone(body)))
		if err == nil && m == nil {
			t.Fatal("neither a manifest nor an error")
		}
	})
}

func FuzzProblems(f *testing.F) {
	f.Add("a.go:1:2: text\n\tmore\n", "package p\n\timports q: import cycle not allowed")
	f.Add("package \n\timports a: b", "package\n\timports a: b")
	s := &session{modDir: "/m", modPath: "example.com/m", mainDir: "/m/gomigmain", b: &Builder{Dir: "/m"}}
	f.Fuzz(func(t *testing.T, a, b string) {
		lines := relevantLines(a + "\n" + b)
		if got := s.problems(lines); len(got) > len(lines) {
			t.Fatalf("%d problems in %d lines", len(got), len(lines))
		}
		s.requirement(lines)
	})
}

func TestEmbedDirs(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "a [b] *")
	for _, d := range []string{"sql/x/y", "sql/z", "tpl", "doc/en", "doc/de"} {
		if err := os.MkdirAll(filepath.Join(dir, d), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "doc/en/a.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for pattern, want := range map[string][]string{
		"one.sql":     nil,
		"*.sql":       {"."},
		"sql":         {"sql", "sql/x", "sql/x/y", "sql/z"},
		"all:tpl":     {"tpl"},
		"sql/*.sql":   {"sql"},
		"doc/*/*.txt": {"doc", "doc/de", "doc/en"},
		"doc/*":       {"doc", "doc/de", "doc/en"},
		"[":           {"."},
	} {
		var got []string
		for _, d := range embedDirs(dir, pattern) {
			rel, err := filepath.Rel(dir, d)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, filepath.ToSlash(rel))
		}
		slices.Sort(got)
		if !reflect.DeepEqual(slices.Compact(got), want) {
			t.Errorf("%s: %v, want %v", pattern, got, want)
		}
	}
}

func TestShims(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, c := range map[string]struct {
		text string
		want bool
	}{
		"go":        {"\x7fELF", false},
		"go.exe":    {"MZ", false},
		"mise":      {"\x7fELF", true},
		"script/go": {"#!/bin/sh\n", true},
	} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := isShim(file); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
