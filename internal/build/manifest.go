package build

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/internal/filestat"
)

// A digest is a SHA-256 sum.
type digest [sha256.Size]byte

// A hasher digests texts so that no two lists of texts give the same.
type hasher struct{ h hash.Hash }

func newHash() hasher { return hasher{sha256.New()} }

func (h hasher) text(label, s string) {
	for _, t := range []string{label, s} {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(t)))
		h.h.Write(n[:])
		h.h.Write([]byte(t))
	}
}

func (h hasher) sum() (d digest) {
	h.h.Sum(d[:0])
	return d
}

// A manifest lists all that went into an executable and that could be different next time.
type manifest struct {
	config  digest // see session.configuration
	written bool   // it is on disk as it is
	checked int64  // when the files were last compared, in Unix nanoseconds; see filestat.Slack
	folders []folder
	files   []file // named absolutely: go.mod and its kin, embedded files, the toolchain, and files that must not appear
}

// A folder is a directory whose entries matter.
type folder struct {
	path    string
	stat    filestat.Stat
	imports []string // of a package: what its files import
	files   []file   // of a package: its sources, by name
	names   []string // of a directory with embedded files: its entries, in order
	listed  bool     // names counts, not files
}

// A file is one input.
type file struct {
	name  string
	stat  filestat.Stat
	sum   digest
	shape shape
}

// A shape says what a change of a file can mean.
type shape byte

const (
	plain    shape = iota // a Go file that is compiled: its dependencies are known as long as its imports are
	decisive              // any other file: a change may alter which files and packages are compiled
	contents              // an embedded file: its contents count, nothing else
	absent                // not there, and it would matter if it were
)

// key names the executable: the digest of the configuration and of all contents.
func (m *manifest) key() string {
	h := newHash()
	h.text("config", string(m.config[:]))
	for i := range m.folders {
		f := &m.folders[i]
		h.text("folder", f.path)
		for _, n := range f.names {
			h.text("name", n)
		}
		hashFiles(h, f.files)
	}
	h.text("files", "")
	hashFiles(h, m.files)
	d := h.sum()
	return fmt.Sprintf("%x", d[:16])
}

func hashFiles(h hasher, files []file) {
	for i := range files {
		if f := &files[i]; f.shape == absent {
			h.text("absent", f.name)
		} else {
			h.text(f.name, string(f.sum[:]))
		}
	}
}

// clone copies a manifest so that the copy can be brought up to date.
func (m *manifest) clone() *manifest {
	c := *m
	c.files = slices.Clone(m.files)
	c.folders = slices.Clone(m.folders)
	for i := range c.folders {
		c.folders[i].files = slices.Clone(c.folders[i].files)
	}
	return &c
}

func byName(a, b file) int { return strings.Compare(a.name, b.name) }
