package build

import (
	"encoding/binary"

	"github.com/gomig-dev/gomig/internal/wire"
)

// What is not a manifest, or a damaged one, is treated as none at all.

func (m *manifest) encode() []byte {
	b := append([]byte(nil), m.config[:]...)
	b = binary.AppendVarint(b, m.checked)
	b = binary.AppendUvarint(b, uint64(len(m.folders)))
	for i := range m.folders {
		f := &m.folders[i]
		b = wire.AppendString(b, f.path)
		b = wire.AppendStat(b, f.stat)
		b = wire.AppendStrings(b, f.imports)
		b = appendFiles(b, f.files)
		b = wire.AppendStrings(b, f.names)
		b = wire.AppendBool(b, f.listed)
	}
	return wire.Seal(format, appendFiles(b, m.files))
}

func appendFiles(b []byte, files []file) []byte {
	b = binary.AppendUvarint(b, uint64(len(files)))
	for i := range files {
		f := &files[i]
		b = append(wire.AppendString(b, f.name), byte(f.shape))
		b = append(wire.AppendStat(b, f.stat), f.sum[:]...)
	}
	return b
}

func decodeManifest(data []byte) (*manifest, error) {
	body, err := wire.Open(format, data)
	if err != nil {
		return nil, err
	}
	d := wire.NewDecoder(body)
	m := &manifest{config: readDigest(d), checked: d.Int()}
	m.folders = make([]folder, d.Count())
	for i := range m.folders {
		m.folders[i] = folder{path: d.String(), stat: d.Stat(), imports: d.Strings(), files: readFiles(d), names: d.Strings(), listed: d.Bool()}
	}
	m.files = readFiles(d)
	if !d.Done() {
		return nil, wire.ErrDamaged
	}
	return m, nil
}

func readDigest(d *wire.Decoder) (s digest) {
	copy(s[:], d.Take(uint64(len(s))))
	return s
}

func readFiles(d *wire.Decoder) []file {
	n := d.Count()
	if n == 0 {
		return nil
	}
	list := make([]file, n)
	for i := range list {
		list[i] = file{name: d.String(), shape: shape(d.Byte()), stat: d.Stat(), sum: readDigest(d)}
	}
	return list
}
