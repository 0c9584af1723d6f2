package inspect

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// VersionTable is gomig's and Alembic's. It is left out unless a pattern asks for
// it: it is no part of what an application declares.
const VersionTable = "alembic_version"

// Filter says what of a database to show.
type Filter struct {
	Schemas []string // nil for the connection's default one, "*" for all
	Include []string // patterns of tables, views and sequences, as [path.Match] has them, a slash being a letter; nil for all
	Exclude []string // patterns of what to leave out, other objects too
}

// Check refuses what is no pattern.
func (f Filter) Check() error {
	for _, p := range slices.Concat(f.Include, f.Exclude) {
		if _, err := path.Match(p, ""); err != nil || p == "" {
			return fmt.Errorf("%q is no pattern of tables; write user_* or auth.*", p)
		}
	}
	return nil
}

// scope is what to read. Which schema is the default one is not known before,
// so that it is always among what is read.
func (f Filter) scope() dialect.Scope {
	s := dialect.Scope{Include: f.includes, Verbatim: true}
	for _, name := range f.Schemas {
		if name == "*" {
			s.AllSchemas = true
		} else {
			s.Schemas = append(s.Schemas, name)
		}
	}
	return s
}

// includes reports whether the patterns let a table through.
func (f Filter) includes(n schema.Name) bool {
	switch {
	case matches(f.Exclude, n):
		return false
	case len(f.Include) > 0:
		return matches(f.Include, n)
	}
	return n.Name != VersionTable
}

// matches reports whether a pattern fits the name of a table, or the name with its schema.
func matches(patterns []string, n schema.Name) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		return fits(p, n.Name) || fits(p, n.String())
	})
}

// fits reports whether a pattern fits a whole name. To a table a slash is a letter
// like any other: what [path.Match] would stop at is hidden from it.
func fits(pattern, name string) bool {
	hide := func(s string) string { return strings.ReplaceAll(s, "/", "\x00") }
	ok, _ := path.Match(hide(pattern), hide(name))
	return ok
}

// shows reports whether a schema is one to show.
func (f Filter) shows(name, defaultSchema string) bool {
	if name == "" {
		name = defaultSchema
	}
	return len(f.Schemas) == 0 || slices.Contains(f.Schemas, "*") || slices.Contains(f.Schemas, name)
}

// choose takes what is to be shown, and notes what is left out.
func (f Filter) choose(d dialect.Dialect, r *dialect.Reflection) *Schema {
	shown := func(n schema.Name) bool { return f.shows(n.Schema, r.DefaultSchema) }
	s := &Schema{Dialect: d, Reflection: &dialect.Reflection{DefaultSchema: r.DefaultSchema}}
	for _, t := range r.Tables {
		if shown(t.Name) && f.includes(t.Name) {
			s.Tables = append(s.Tables, t)
		}
	}
	for _, e := range r.Enums {
		if shown(e.Name) {
			s.Enums = append(s.Enums, e)
		}
	}
	for _, q := range r.Sequences {
		if shown(q.Name) && f.includes(q.Name) {
			s.Sequences = append(s.Sequences, q)
		}
	}
	for _, v := range r.Views {
		if shown(v.Name) && f.includes(v.Name) {
			s.Views = append(s.Views, v)
		}
	}
	for _, p := range r.Problems {
		if shown(p.Object.Name) {
			s.Problems = append(s.Problems, p)
			s.Notes = append(s.Notes, fmt.Sprintf("%s %q, which could not be read: %v", p.Object.Kind, p.Object.Name, p.Err))
		}
	}
	for _, other := range r.Others {
		if !shown(other.Name) || matches(f.Exclude, other.Name) {
			continue
		}
		note := fmt.Sprintf("%s %q", other.Kind, other.Name)
		switch other.Kind {
		case "view", "materialized view", "sequence":
			if !f.includes(other.Name) {
				continue
			}
			note += ", which this user may not read"
		}
		s.Others = append(s.Others, other)
		s.Notes = append(s.Notes, note)
	}
	s.Notes = append(s.Notes, strayKeys(s.Tables)...)
	return s
}

// strayKeys tell of foreign keys that point at a table that is not shown.
func strayKeys(tables []*schema.Table) (notes []string) {
	here := map[schema.Name]bool{}
	for _, t := range tables {
		here[t.Name] = true
	}
	for _, t := range tables {
		for _, fk := range t.ForeignKeys {
			if !here[fk.RefTable] {
				notes = append(notes, fmt.Sprintf("table %q, which the foreign key (%s) of %q points at", fk.RefTable, strings.Join(fk.Columns, ", "), t.Name))
			}
		}
	}
	return notes
}
