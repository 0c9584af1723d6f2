package script

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/gomig-dev/gomig/internal/filestat"
	"github.com/gomig-dev/gomig/internal/whole"
	"github.com/gomig-dev/gomig/internal/wire"
)

// What was read of revision files is kept, since parsing 5,000 files takes a
// hundred times as long as asking for their attributes. A file whose attributes
// are not what they were is read again, and so is one that was young when it was
// read: see package filestat. What cannot be read or written is as if there were
// no cache.

// readerVersion changes whenever a file may be read in another way than before:
// what is read goes by the reader, not by the file alone. A test tells when.
const readerVersion = "3"

// keepUnused is how long the cache of a directory is kept that does not change.
const keepUnused = 30 * 24 * time.Hour

// cache is what was read last time. Its zero value is empty and keeps nothing.
type cache struct {
	file    string
	checked int64 // when the files were last compared, in Unix nanoseconds
	known   map[string]cached
	read    atomic.Int64 // how many files were not as they were
}

// cached is one file as it was read.
type cached struct {
	stat   filestat.Stat
	source source
}

// form names the cache's contents: by the reader, and by what its answers
// depend on beside the files.
func form() string {
	return "gomig headers " + readerVersion + " " + runtime.Version() + " " + runtime.GOOS + "/" + runtime.GOARCH
}

// openCache reads what is known of the directories.
func (d *Directory) openCache() *cache {
	if d.cache == "" {
		return &cache{}
	}
	name := wire.AppendStrings(wire.AppendBool(wire.AppendString(nil, form()), d.recursive), d.locations)
	sum := sha256.Sum256(name)
	c := &cache{file: filepath.Join(d.cache, "headers", hex.EncodeToString(sum[:16]))}
	if data, err := os.ReadFile(c.file); err == nil {
		c.decode(data)
	}
	return c
}

// get is what is known of a file with these attributes.
func (c *cache) get(file string, st filestat.Stat) (source, bool) {
	known, ok := c.known[file]
	if ok && known.stat == st && st.Newest() <= c.checked-filestat.Slack {
		return known.source, true
	}
	c.read.Add(1)
	return source{}, false
}

// save keeps what was read, unless all of it is kept already.
func (c *cache) save(files []string, all []cached, checked int64) {
	if c.file == "" || (c.read.Load() == 0 && len(files) == len(c.known)) {
		return
	}
	dir := filepath.Dir(c.file)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return
	}
	_ = whole.Write(c.file, encodeCache(files, all, checked)) // without a cache everything is read again
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if info, err := e.Info(); err == nil && checked-info.ModTime().UnixNano() > int64(keepUnused) {
			_ = os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}

func encodeCache(files []string, all []cached, checked int64) []byte {
	b := binary.AppendVarint(nil, checked)
	b = binary.AppendUvarint(b, uint64(len(files)))
	for i, f := range files {
		b = wire.AppendString(b, f)
		b = wire.AppendStat(b, all[i].stat)
		b = wire.AppendString(b, all[i].source.pkg)
		b = wire.AppendStrings(b, all[i].source.sets)
		b = binary.AppendUvarint(b, uint64(len(all[i].source.headers)))
		for _, h := range all[i].source.headers {
			b = appendHeader(b, h)
		}
	}
	return wire.Seal(form(), b)
}

func appendHeader(b []byte, h Header) []byte {
	b = wire.AppendString(b, h.ID)
	b = wire.AppendStrings(b, h.Down)
	b = wire.AppendStrings(b, h.DependsOn)
	b = wire.AppendStrings(b, h.Labels)
	b = wire.AppendStrings(b, h.Replaces)
	b = wire.AppendString(b, h.Doc)
	b = wire.AppendString(b, h.LongDoc)
	b = wire.AppendString(b, h.Created)
	b = wire.AppendString(b, h.File)
	b = binary.AppendVarint(b, int64(h.Line))
	b = wire.AppendString(b, h.Package)
	return wire.AppendBool(wire.AppendBool(b, h.HasUpgrade), h.HasDowngrade)
}

func readHeader(d *wire.Decoder) Header {
	return Header{
		ID: d.String(), Down: d.Strings(), DependsOn: d.Strings(), Labels: d.Strings(), Replaces: d.Strings(),
		Doc: d.String(), LongDoc: d.String(), Created: d.String(), File: d.String(), Line: int(d.Int()), Package: d.String(),
		HasUpgrade: d.Bool(), HasDowngrade: d.Bool(),
	}
}

// decode takes in what encodeCache wrote, or nothing.
func (c *cache) decode(data []byte) {
	body, err := wire.Open(form(), data)
	if err != nil {
		return
	}
	d := wire.NewDecoder(body)
	checked := d.Int()
	n := d.Count()
	known := make(map[string]cached, n)
	for range n {
		file := d.String()
		e := cached{stat: d.Stat(), source: source{pkg: d.String(), sets: d.Strings()}}
		if n := d.Count(); n > 0 {
			e.source.headers = make([]Header, n)
		}
		for i := range e.source.headers {
			e.source.headers[i] = readHeader(d)
		}
		known[file] = e
	}
	if d.Done() {
		c.checked, c.known = checked, known
	}
}
