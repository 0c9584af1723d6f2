package schema

import (
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
)

// Metadata is a declared schema: tables with what they have in common (sqlalchemy.MetaData).
// The zero Metadata is empty and usable. It is filled by package variables, and
// not changed afterwards.
type Metadata struct {
	options Options
	tables  []*Table
	byName  map[Name]position
	errs    []error
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

func (p position) String() string { return fmt.Sprintf("%s:%d", filepath.Base(p.file), p.line) }

// NewMetadata is an empty metadata.
func NewMetadata(o Options) *Metadata { return &Metadata{options: o} }

// Table declares a table. What is wrong with it is kept, with the position of
// the call, until [Metadata.Err] is asked: a declaration never panics.
func (m *Metadata) Table(name string, items ...TableItem) *Table {
	_, file, line, _ := runtime.Caller(1)
	at := position{file, line}
	t := newTable(name, m.options.NamingConvention, items)
	if t.Name.Schema == "" {
		t.Name.Schema = m.options.Schema
	}
	for _, fk := range t.ForeignKeys {
		if fk.RefTable.Schema == "" {
			fk.RefTable.Schema = m.options.Schema
		}
	}
	if err := t.Err(); err != nil {
		m.errs = append(m.errs, fmt.Errorf("%s: %w", at, err))
	}
	if before, ok := m.byName[t.Name]; ok {
		m.errs = append(m.errs, fmt.Errorf("%s: declaring table %q: it is declared at %s already", at, t.Name, before))
		return t
	}
	if m.byName == nil {
		m.byName = map[Name]position{}
	}
	m.byName[t.Name] = at
	m.tables = append(m.tables, t)
	return t
}

// Add declares a table that was built elsewhere.
func (m *Metadata) Add(t *Table) {
	if _, ok := m.byName[t.Name]; ok {
		m.errs = append(m.errs, fmt.Errorf("declaring table %q: it is declared already", t.Name))
		return
	}
	if m.byName == nil {
		m.byName = map[Name]position{}
	}
	m.byName[t.Name] = position{}
	m.tables = append(m.tables, t)
	if err := t.Err(); err != nil {
		m.errs = append(m.errs, err)
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

// Err is what is wrong with the declarations, nil if nothing is.
func (m *Metadata) Err() error { return errors.Join(m.errs...) }
