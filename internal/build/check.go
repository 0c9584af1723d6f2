package build

import (
	"crypto/sha256"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/gomig-dev/gomig/internal/filestat"
)

// A state says what a check has found, from nothing to the most.
type state int

const (
	fresh    state = iota // nothing changed
	moved                 // contents are the same, but the manifest should be written anew to be compared faster
	edited                // contents changed, and which packages are compiled did not
	mustList              // the go command has to be asked what is compiled
)

// findings are what one check has found.
type findings struct {
	state   state
	touched bool // some file was written, be it with the same contents
}

func (f *findings) add(g findings) {
	f.state = max(f.state, g.state)
	f.touched = f.touched || g.touched
}

// check compares a manifest with the disk and returns it brought up to date, which is complete unless the state is mustList.
func (m *manifest) check(now int64) (*manifest, findings) {
	c := m.clone()
	c.checked, c.written = now, false
	calm := m.checked - filestat.Slack // what was newer than this at the last check has to be read again
	settled := now - filestat.Slack
	var all findings
	jobs := portions(nil, c.files, "", nil)
	for i := range c.folders {
		f := &c.folders[i]
		all.add(f.check(calm, settled))
		if all.state == mustList {
			return c, all
		}
		jobs = portions(jobs, f.files, f.path+string(os.PathSeparator), f.imports)
	}
	all.add(checkAll(jobs, calm, settled))
	return c, all
}

// check compares the entries of a folder, but not its files.
func (f *folder) check(calm, settled int64) findings {
	st, ok := filestat.Of(f.path)
	if !ok {
		return findings{state: mustList}
	}
	if st == f.stat && st.Newest() <= calm {
		return findings{}
	}
	found := f.relist()
	if st != f.stat || st.Newest() <= settled {
		found.state = max(found.state, moved)
	}
	f.stat = st
	return found
}

// relist compares the entries of a folder with what is on disk.
func (f *folder) relist() findings {
	entries, err := os.ReadDir(f.path)
	if err != nil {
		return findings{state: mustList}
	}
	if f.listed {
		if slices.Equal(f.names, entryNames(entries)) {
			return findings{}
		}
		return findings{state: mustList}
	}
	names := sourceNames(entries)
	kept := f.files[:0:0]
	var found findings
	for _, old := range f.files {
		if _, ok := slices.BinarySearch(names, old.name); ok {
			kept = append(kept, old)
		} else if found.state = max(found.state, edited); old.shape != plain {
			return findings{state: mustList}
		}
	}
	if len(kept) == len(names) {
		f.files = kept
		return found
	}
	for _, n := range names {
		if _, ok := slices.BinarySearchFunc(f.files, file{name: n}, byName); ok {
			continue
		}
		added := file{name: n, shape: plain}
		if !strings.HasSuffix(n, ".go") || !added.read(f.path+string(os.PathSeparator)) {
			return findings{state: mustList}
		}
		if !known(f.path+string(os.PathSeparator)+n, f.imports) {
			return findings{state: mustList}
		}
		kept = append(kept, added)
	}
	slices.SortFunc(kept, byName)
	f.files = kept
	return findings{state: edited}
}

// A portion is some files of one folder.
type portion struct {
	files   []file
	prefix  string // of their names
	imports []string
}

// portions cuts files into portions of a size that is worth handing to another processor.
func portions(to []portion, files []file, prefix string, imports []string) []portion {
	for part := range slices.Chunk(files, 128) {
		to = append(to, portion{part, prefix, imports})
	}
	return to
}

// checkAll compares files with the disk. Asking the system for the attributes of thousands of files is what a run that finds
// nothing changed spends its time on, so all processors do it.
func checkAll(jobs []portion, calm, settled int64) findings {
	workers := max(1, min(len(jobs)/2, runtime.GOMAXPROCS(0), 8))
	results := make([]findings, workers)
	var next atomic.Int64
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(jobs)); i = next.Add(1) - 1 {
				results[w].add(jobs[i].check(calm, settled))
			}
		})
	}
	wg.Wait()
	var all findings
	for _, r := range results {
		all.add(r)
	}
	return all
}

// check compares the files of a portion with the disk.
func (p portion) check(calm, settled int64) findings {
	dir, ok := filestat.Open(p.prefix)
	if !ok {
		return findings{state: mustList}
	}
	defer dir.Close()
	var all findings
	for i := range p.files {
		all.add(p.files[i].check(dir, p.prefix, p.imports, calm, settled))
	}
	return all
}

// check compares one file with the disk and brings the entry up to date.
func (f *file) check(dir filestat.Folder, prefix string, imports []string, calm, settled int64) findings {
	st, ok := dir.Of(f.name)
	switch {
	case ok != (f.shape != absent):
		return findings{state: mustList}
	case f.shape == absent, st == f.stat && st.Newest() <= calm:
		return findings{}
	}
	old := *f
	if !f.read(prefix) {
		return findings{state: mustList}
	}
	found := findings{touched: f.stat != old.stat}
	switch {
	case f.sum == old.sum:
		if found.touched || f.stat.Newest() <= settled {
			found.state = moved
		}
	case f.shape == contents, f.shape == plain && known(prefix+f.name, imports):
		found = findings{state: edited, touched: true}
	default:
		found = findings{state: mustList, touched: true}
	}
	return found
}

// read takes the attributes of a file and then, so that a write in between is seen next time, its contents.
func (f *file) read(prefix string) bool {
	st, ok := filestat.Of(prefix + f.name)
	if !ok {
		return false
	}
	r, err := os.Open(prefix + f.name)
	if err != nil {
		return false
	}
	defer func() { _ = r.Close() }()
	h := sha256.New()
	if _, err := io.Copy(h, r); err != nil {
		return false
	}
	f.stat = st
	h.Sum(f.sum[:0])
	return true
}
