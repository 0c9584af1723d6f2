package schema

import (
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"runtime"
	"slices"
)

// Metadata is a declared schema: tables, views and sequences with what they have in common (sqlalchemy.MetaData).
// The zero Metadata is empty and usable. It is filled by package variables, and
// not changed afterwards.
type Metadata struct {
	options   Options
	tables    []*Table
	views     []*View
	sequences []*Sequence
	byName    map[Name]position
	errs      []error
}

// Options are what the tables of a [Metadata] have in common.
type Options struct {
	Schema           string           // schema of tables that name none; empty for the connection's default
	NamingConvention NamingConvention // names for what has none; zero leaves them to the database
}

type position struct {
	file string
	line int
}

// String is the file, by its last two elements, and the line.
func (p position) String() string {
	dir, base := path.Split(filepath.ToSlash(p.file))
	return fmt.Sprintf("%s:%d", path.Join(path.Base(dir), base), p.line)
}

// caller is the position of the call of a method of [Metadata].
func caller() position {
	_, file, line, _ := runtime.Caller(2)
	return position{file, line}
}

// NewMetadata is an empty metadata.
func NewMetadata(o Options) *Metadata { return &Metadata{options: o} }

// Table declares a table. What is wrong with it is kept, with the position of
// the call, until [Metadata.Err] is asked: a declaration never panics.
func (m *Metadata) Table(name string, items ...TableItem) *Table {
	t := newTable(name, m.options, items)
	m.add(t, caller())
	return t
}

// Add declares a table that was built elsewhere, as it is: options and naming
// convention of the metadata are not applied to it.
func (m *Metadata) Add(t *Table) { m.add(t, caller()) }

func (m *Metadata) add(t *Table, at position) {
	if t == nil {
		m.errs = append(m.errs, fmt.Errorf("%s: declaring a table: it is nil", at))
		return
	}
	for _, err := range t.errs {
		m.errs = append(m.errs, fmt.Errorf("%s: declaring table %q: %w", at, t.Name, err))
	}
	if m.claim("table", t.Name, at) {
		m.tables = append(m.tables, t)
	}
}

// Tables are the tables by schema and name.
func (m *Metadata) Tables() []*Table {
	out := slices.Clone(m.tables)
	slices.SortFunc(out, func(a, b *Table) int { return a.Name.Compare(b.Name) })
	return out
}

// Options are the options the metadata was made with.
func (m *Metadata) Options() Options { return m.options }

// Err is what is wrong with the declarations, nil if nothing is; one line for
// each mistake, with file and line.
func (m *Metadata) Err() error { return errors.Join(m.errs...) }
