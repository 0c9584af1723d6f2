package build

import (
	"encoding/binary"
	"errors"
)

// The manifest is read on every run, so its form is made for that: 5,000 files take a third of a millisecond, where JSON
// takes twenty. Strings are slices of the file's contents. The last bytes are a digest of the rest; what does not match is
// treated as no manifest at all.

var errManifest = errors.New("the manifest is damaged")

func (m *manifest) encode() []byte {
	b := append([]byte(nil), m.config[:]...)
	b = binary.AppendVarint(b, m.checked)
	b = binary.AppendUvarint(b, uint64(len(m.folders)))
	for i := range m.folders {
		f := &m.folders[i]
		b = appendString(b, f.path)
		b = appendStat(b, f.stat)
		b = appendStrings(b, f.imports)
		b = appendFiles(b, f.files)
		b = appendStrings(b, f.names)
		if f.listed {
			b = append(b, 1)
		} else {
			b = append(b, 0)
		}
	}
	b = appendFiles(b, m.files)
	h := newHash()
	h.text(format, string(b))
	d := h.sum()
	return append(b, d[:]...)
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendStrings(b []byte, list []string) []byte {
	b = binary.AppendUvarint(b, uint64(len(list)))
	for _, s := range list {
		b = appendString(b, s)
	}
	return b
}

func appendStat(b []byte, s stat) []byte {
	b = binary.AppendVarint(b, s.size)
	b = binary.AppendVarint(b, s.mtime)
	b = binary.AppendVarint(b, s.ctime)
	return binary.AppendUvarint(b, s.inode)
}

func appendFiles(b []byte, files []file) []byte {
	b = binary.AppendUvarint(b, uint64(len(files)))
	for i := range files {
		f := &files[i]
		b = append(appendString(b, f.name), byte(f.shape))
		b = append(appendStat(b, f.stat), f.sum[:]...)
	}
	return b
}

func decodeManifest(data []byte) (*manifest, error) {
	end := len(data) - len(digest{})
	if end < 0 {
		return nil, errManifest
	}
	body := string(data[:end])
	h := newHash()
	h.text(format, body)
	if h.sum() != digest(data[end:]) {
		return nil, errManifest
	}
	d := decoder{rest: body}
	m := &manifest{config: d.digest(), checked: d.int()}
	m.folders = make([]folder, d.count())
	for i := range m.folders {
		m.folders[i] = folder{path: d.string(), stat: d.stat(), imports: d.strings(), files: d.files(), names: d.strings(), listed: d.byte() == 1}
	}
	m.files = d.files()
	if d.bad || d.rest != "" {
		return nil, errManifest
	}
	return m, nil
}

// A decoder reads values from a string; after the first that is not there, all are zero.
type decoder struct {
	rest string
	bad  bool
}

func (d *decoder) take(n uint64) string {
	if n > uint64(len(d.rest)) {
		d.bad, d.rest = true, ""
		return ""
	}
	s := d.rest[:n]
	d.rest = d.rest[n:]
	return s
}

func (d *decoder) byte() byte {
	if s := d.take(1); s != "" {
		return s[0]
	}
	return 0
}

func (d *decoder) uint() (v uint64) {
	for shift := 0; shift < 64; shift += 7 {
		b := d.byte()
		v |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return v
		}
	}
	d.bad = true
	return 0
}

func (d *decoder) int() int64 {
	u := d.uint()
	return int64(u>>1) ^ -int64(u&1)
}

// count reads a length. No element takes less than a byte, so a length beyond the rest is damage, not a reason to allocate.
func (d *decoder) count() int {
	n := d.uint()
	if n > uint64(len(d.rest)) {
		d.bad = true
		return 0
	}
	return int(n) //nolint:gosec // not more than the length of a string
}

func (d *decoder) string() string { return d.take(d.uint()) }

func (d *decoder) strings() []string {
	n := d.count()
	if n == 0 {
		return nil
	}
	list := make([]string, n)
	for i := range list {
		list[i] = d.string()
	}
	return list
}

func (d *decoder) stat() stat {
	return stat{size: d.int(), mtime: d.int(), ctime: d.int(), inode: d.uint()}
}

func (d *decoder) digest() (s digest) {
	copy(s[:], d.take(uint64(len(s))))
	return s
}

func (d *decoder) files() []file {
	n := d.count()
	if n == 0 {
		return nil
	}
	list := make([]file, n)
	for i := range list {
		list[i] = file{name: d.string(), shape: shape(d.byte()), stat: d.stat(), sum: d.digest()}
	}
	return list
}
