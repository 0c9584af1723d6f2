package script_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"go/scanner"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/script"
)

// A disk is a directory of revisions that is written and read at random.
type disk struct {
	dir, cache string
	files      []string // that there ever were, below dir
	writes     int
	trusted    bool // the cache may hold files as old ones, though they were written just now
}

func (d *disk) source(id int) string {
	return fmt.Sprintf("// message %[1]d\n//\n// Revision ID: r%[1]d\n\npackage versions\n\nimport \"github.com/gomig-dev/gomig/script\"\n\n"+
		"var _ = Scripts.Add(script.Revision{ID: \"r%[1]d\", Down: script.Base()})\n", id)
}

// write writes a file. Its time may be that of the last write, and its size too
// as long as the cache must not trust such a file.
func (d *disk) write(t *rapid.T) {
	d.writes++
	text := d.source(10_000 + d.writes)
	if d.trusted {
		text += "//" + strings.Repeat(".", d.writes) + "\n"
	}
	name := filepath.Join(d.dir, rapid.SampledFrom([]string{"a.go", "b.go", "c.go", "sub/a.go", "sub/d.go"}).Draw(t, "file"))
	d.files = append(d.files, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	target := name
	if rapid.Bool().Draw(t, "replace") {
		target = filepath.Join(d.dir, "new.tmp")
	}
	if err := os.WriteFile(target, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	if target != name {
		if err := os.Rename(target, name); err != nil {
			t.Fatal(err)
		}
	}
	if rapid.Bool().Draw(t, "set back") {
		old := time.Unix(1_700_000_000, 0)
		if err := os.Chtimes(name, old, old); err != nil {
			t.Fatal(err)
		}
	}
}

func (d *disk) remove(t *rapid.T) {
	if len(d.files) > 0 {
		_ = os.Remove(rapid.SampledFrom(d.files).Draw(t, "file"))
	}
}

func (d *disk) rename(t *rapid.T) {
	if len(d.files) > 0 {
		_ = os.Rename(rapid.SampledFrom(d.files).Draw(t, "from"), rapid.SampledFrom(d.files).Draw(t, "to"))
	}
}

// read reads with the cache and without it.
func (d *disk) read(t *rapid.T, later bool) {
	d.trusted = d.trusted || later
	now := func() time.Time {
		if later {
			return time.Now().Add(time.Hour)
		}
		return time.Now()
	}
	o := script.Options{Locations: []string{d.dir}, Recursive: true, Now: now}
	plain, err := script.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	o.Cache = d.cache
	kept, err := script.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	want, wantErr := plain.Read(t.Context())
	got, gotErr := kept.Read(t.Context())
	if diff := cmp.Diff(fmt.Sprint(wantErr), fmt.Sprint(gotErr)); diff != "" {
		t.Fatal(diff)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatal(diff)
	}
}

// Whatever happens to the files, and to the cache, what is read is what is there.
func TestCacheIsNeverWrong(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp("", "gomig-cache-") //nolint:usetesting // rapid's T has no TempDir, and every draw needs a directory of its own
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		d := &disk{dir: filepath.Join(dir, "versions"), cache: filepath.Join(dir, "cache")}
		if err := os.Mkdir(d.dir, 0o777); err != nil {
			t.Fatal(err)
		}
		t.Repeat(map[string]func(*rapid.T){
			"write": d.write, "remove": d.remove, "rename": d.rename,
			"read":       func(t *rapid.T) { d.read(t, false) },
			"read later": func(t *rapid.T) { d.read(t, true) },
			"damage":     d.damage,
		})
	})
}

func (d *disk) damage(t *rapid.T) {
	names, _ := filepath.Glob(filepath.Join(d.cache, "headers", "*"))
	for _, n := range names {
		data, err := os.ReadFile(n)
		if err != nil {
			t.Fatal(err)
		}
		if len(data) == 0 {
			continue
		}
		at := rapid.IntRange(0, len(data)-1).Draw(t, "at")
		if rapid.Bool().Draw(t, "cut") {
			data = data[:at]
		} else {
			data[at] ^= 0x10
		}
		if err := os.WriteFile(n, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// A file that was written just before it was read may be written again without
// a change of its attributes: file systems keep times in steps.
func TestYoungFilesAreReadAgain(t *testing.T) {
	t.Parallel()
	const second = int64(time.Second)
	for _, tt := range []struct {
		name    string
		checked int64
		young   bool
	}{
		{"read at once", 0, true},
		{"read a second later", second, true},
		{"read by a clock that is slow", -9 * second, true},
		{"read when it was old", 3 * second, false},
	} {
		touched := 1_000_000 * second
		if got := script.Young(touched, touched+tt.checked); got != tt.young {
			t.Errorf("%s: young: %v", tt.name, got)
		}
	}
}

// A cache that cannot be written is none, and one that was written is used:
// what it holds of an old file counts, even if the file has become unreadable.
func TestCacheIsUsed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d := &disk{}
	if err := os.WriteFile(filepath.Join(dir, "a.go"), []byte(d.source(1)), 0o666); err != nil {
		t.Fatal(err)
	}
	later := func() time.Time { return time.Now().Add(time.Hour) }
	file := filepath.Join(dir, "a.go")
	for _, cache := range []string{filepath.Join(t.TempDir(), "new", "folder"), file} {
		o := script.Options{Locations: []string{dir}, Cache: cache, Now: later}
		for range 2 {
			kept, err := script.Open(o)
			if err != nil {
				t.Fatal(err)
			}
			headers, err := kept.Headers(t.Context())
			if err != nil || len(headers) != 1 || headers[0].ID != "r1" || headers[0].File != file {
				t.Errorf("%v, %v", headers, err)
			}
		}
		_, err := os.ReadDir(filepath.Join(cache, "headers"))
		if want := cache != file; (err == nil) != want {
			t.Errorf("a cache at %s: %v", cache, err)
		}
	}
}

// The cache is worth what the reader said that filled it. Where this fails, a
// change of the reader could make it say something else: raise readerVersion in
// cache.go, and put the sum that is printed here.
func TestReaderVersion(t *testing.T) {
	t.Parallel()
	const want = "readerVersion 3: 8926a4abf7df43fe"
	h := sha256.New()
	for _, name := range []string{"header.go", "reader.go", "cache.go", "name.go"} {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var s scanner.Scanner
		s.Init(token.NewFileSet().AddFile(name, -1, len(src)), src, nil, 0) // without comments
		for {
			_, tok, text := s.Scan()
			if tok == token.EOF {
				break
			}
			fmt.Fprintf(h, "%s %s\n", tok, text)
		}
	}
	if got := fmt.Sprintf("readerVersion %s: %s", script.ReaderVersion, hex.EncodeToString(h.Sum(nil)[:8])); got != want {
		t.Errorf("%s", got)
	}
}
