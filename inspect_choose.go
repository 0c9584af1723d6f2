package gomig

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// defaultVersionTable is left out unless a pattern asks for it: it is no part of
// what an application declares.
const defaultVersionTable = "alembic_version"

func (o InspectOptions) checkPatterns() error {
	for _, p := range slices.Concat(o.Include, o.Exclude) {
		if _, err := path.Match(p, ""); err != nil || p == "" {
			return fmt.Errorf("%q is no pattern of tables; write user_* or auth.*", p)
		}
	}
	return nil
}

// scope is what to read. Which schema is the default one is not known before,
// so that it is always among what is read.
func (o InspectOptions) scope() dialect.Scope {
	s := dialect.Scope{Include: o.includes, Verbatim: true}
	for _, name := range o.Schemas {
		if name == "*" {
			s.AllSchemas = true
		} else {
			s.Schemas = append(s.Schemas, name)
		}
	}
	return s
}

// includes reports whether the patterns let a table through.
func (o InspectOptions) includes(n schema.Name) bool {
	switch {
	case matches(o.Exclude, n):
		return false
	case len(o.Include) > 0:
		return matches(o.Include, n)
	}
	return n.Name != defaultVersionTable
}

// matches reports whether a pattern fits the name of a table, or the name with its schema.
func matches(patterns []string, n schema.Name) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		bare, _ := path.Match(p, n.Name)
		full, _ := path.Match(p, n.String())
		return bare || full
	})
}

// shows reports whether a schema is one to show.
func (o InspectOptions) shows(name, defaultSchema string) bool {
	if name == "" {
		name = defaultSchema
	}
	return len(o.Schemas) == 0 || slices.Contains(o.Schemas, "*") || slices.Contains(o.Schemas, name)
}

// choose takes what is to be shown, and notes what is left out.
func (o InspectOptions) choose(d dialect.Dialect, r *dialect.Reflection) inspected {
	shown := func(n schema.Name) bool { return o.shows(n.Schema, r.DefaultSchema) }
	s := inspected{dialect: d, Reflection: &dialect.Reflection{DefaultSchema: r.DefaultSchema}}
	for _, t := range r.Tables {
		if shown(t.Name) && o.includes(t.Name) {
			s.Tables = append(s.Tables, t)
		}
	}
	for _, e := range r.Enums {
		if shown(e.Name) {
			s.Enums = append(s.Enums, e)
		}
	}
	for _, q := range r.Sequences {
		if shown(q.Name) && o.includes(q.Name) {
			s.Sequences = append(s.Sequences, q)
		}
	}
	for _, v := range r.Views {
		if shown(v.Name) && o.includes(v.Name) {
			s.Views = append(s.Views, v)
			if v.Options != "" && o.Format != InspectJSON {
				s.notes = append(s.notes, fmt.Sprintf("options of view %q: %s", v.Name, v.Options))
			}
		}
	}
	for _, p := range r.Problems {
		if shown(p.Object.Name) {
			s.Problems = append(s.Problems, p)
			s.notes = append(s.notes, fmt.Sprintf("%s %q, which could not be read: %v", p.Object.Kind, p.Object.Name, p.Err))
		}
	}
	for _, other := range r.Others {
		if !shown(other.Name) || matches(o.Exclude, other.Name) {
			continue
		}
		note := fmt.Sprintf("%s %q", other.Kind, other.Name)
		switch other.Kind {
		case "view", "materialized view", "sequence":
			if !o.includes(other.Name) {
				continue
			}
			note += ", which this user may not read"
		}
		s.Others = append(s.Others, other)
		s.notes = append(s.notes, note)
	}
	if o.draws() {
		s.notes = append(s.notes, s.undrawn()...)
	}
	s.notes = append(s.notes, strayKeys(s.Tables)...)
	return s
}

// declaredViews are the views as a metadata declares them.
func (s inspected) declaredViews() []*schema.View {
	return each(s.Views, func(v dialect.View) *schema.View {
		return &schema.View{Name: v.Name, Query: v.Definition, Materialized: v.Materialized, Indexes: v.Indexes}
	})
}

// declaredSequences are the sequences as a metadata declares them.
func (s inspected) declaredSequences() []*schema.Sequence {
	server, ok := s.dialect.(dialect.Sequencer)
	return each(s.Sequences, func(q *schema.Sequence) *schema.Sequence {
		if !ok {
			return q
		}
		return dialect.PlainSequence(server, q)
	})
}

// undrawn tells of what a picture leaves out.
func (s inspected) undrawn() (notes []string) {
	for _, v := range s.Views {
		notes = append(notes, fmt.Sprintf("view %q", v.Name))
	}
	for _, q := range s.Sequences {
		notes = append(notes, fmt.Sprintf("sequence %q", q.Name))
	}
	return notes
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

// unusedEnums are enumeration types that no column is of: a declaration in Go
// names a type where a column has it.
func (s inspected) unusedEnums() (names []schema.Name) {
	used := map[schema.Name]bool{}
	for _, t := range s.Tables {
		for _, c := range t.Columns {
			if e, ok := c.Type.Def().(schema.EnumType); ok {
				used[schema.Name{Schema: e.Schema, Name: e.Name}] = true
			}
		}
	}
	for _, e := range s.Enums {
		if !used[e.Name] {
			names = append(names, e.Name)
		}
	}
	return names
}
