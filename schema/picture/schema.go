// Package picture draws a schema as an entity-relationship diagram: as SVG, as
// a page, for Mermaid.
package picture

import (
	"slices"

	"github.com/gomig-dev/gomig/schema"
)

// Schema is what is drawn.
type Schema struct {
	Title  string                   // empty for "Schema"
	Tables []*schema.Table          // each once
	Type   func(schema.Type) string // a type in the database's words
	Notes  []string                 // what is there and not drawn
}

// reference is a foreign key as a line between two tables.
type reference struct {
	from, to *schema.Table
	key      *schema.ForeignKeyDef
	optional bool // a row may point at nothing
	single   bool // no two rows point at the same
	part     bool // the key is part of what names a row (identifying)
}

// references are the foreign keys between tables that are drawn.
func (s Schema) references() (out []reference) {
	byName := make(map[schema.Name]*schema.Table, len(s.Tables))
	for _, t := range s.Tables {
		byName[t.Name] = t
	}
	for _, t := range s.Tables {
		for _, fk := range t.ForeignKeys {
			if to := byName[fk.RefTable]; to != nil {
				out = append(out, reference{
					from: t, to: to, key: fk, optional: optional(t, fk), single: single(t, fk.Columns), part: identifying(t, fk),
				})
			}
		}
	}
	return out
}

// optional reports whether a column of the key may be NULL.
func optional(t *schema.Table, fk *schema.ForeignKeyDef) bool {
	return slices.ContainsFunc(fk.Columns, func(name string) bool {
		c := t.Column(name)
		return c != nil && c.Nullable
	})
}

// single reports whether the columns are, or hold, a key of the table.
func single(t *schema.Table, columns []string) bool {
	within := func(key []string) bool {
		return len(key) > 0 && !slices.ContainsFunc(key, func(c string) bool { return !slices.Contains(columns, c) })
	}
	if t.PrimaryKey != nil && within(t.PrimaryKey.Columns) {
		return true
	}
	if slices.ContainsFunc(t.Uniques, func(u *schema.UniqueDef) bool { return within(u.Columns) }) {
		return true
	}
	return slices.ContainsFunc(t.Indexes, func(i *schema.IndexDef) bool {
		key, plain := i.PlainColumns()
		return i.Unique && i.Where == "" && plain && within(key)
	})
}

// identifying reports whether all columns of the key are in the primary key.
func identifying(t *schema.Table, fk *schema.ForeignKeyDef) bool {
	return !slices.ContainsFunc(fk.Columns, func(c string) bool { return !t.InPrimaryKey(c) })
}

// mark is what a column is in keys.
type mark uint8

const (
	primary mark = 1 << iota
	foreign
	alone // a unique key of its own
)

func marks(t *schema.Table, column string) (m mark) {
	if t.InPrimaryKey(column) {
		m |= primary
	}
	for _, fk := range t.ForeignKeys {
		if slices.Contains(fk.Columns, column) {
			m |= foreign
		}
	}
	if m&primary == 0 && single(t, []string{column}) {
		m |= alone
	}
	return m
}
