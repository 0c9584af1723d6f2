package autogen_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// fake is a database that stores what it is told as it is told.
type fake struct {
	dialect.Grammar
	traits     dialect.Traits
	found      dialect.Reflection
	reflectErr error
	canonical  func(*schema.Table) *schema.Table // nil for a plain copy
	equal      func(a, b string) dialect.Verdict // nil for equal texts
	scope      *dialect.Scope                    // what was asked for
	quote      func(name string) (string, error) // nil for the bare name
}

var _ dialect.Dialect = (*fake)(nil)

func (*fake) Name() string             { return "fake" }
func (*fake) Names() []string          { return []string{"fake", "fakefamily"} }
func (*fake) TransactionalDDL() bool   { return true }
func (f *fake) Traits() dialect.Traits { return f.traits }

func (*fake) Type(t schema.Type) (string, error) {
	c := t.Call()
	return fmt.Sprint(append([]any{c.Func}, c.Args...)...), nil
}

func (f *fake) Quote(name string) (string, error) {
	if f.quote != nil {
		return f.quote(name)
	}
	return name, nil
}

func (*fake) Expr(e schema.Expr) (string, error) { return e.Text, nil }

func (f *fake) Reflect(_ context.Context, _ dialect.Conn, s dialect.Scope) (*dialect.Reflection, error) {
	f.scope = &s
	r := f.found
	r.Tables = slices.DeleteFunc(slices.Clone(r.Tables), func(t *schema.Table) bool { return !s.Include(t.Name) })
	slices.SortFunc(r.Tables, func(a, b *schema.Table) int { return a.Name.Compare(b.Name) })
	return &r, f.reflectErr
}

func (*fake) HasTable(context.Context, dialect.Conn, schema.Name) (bool, error) { return false, nil }

func (f *fake) Canonical(t *schema.Table) *schema.Table {
	if f.canonical != nil {
		return f.canonical(t.Clone())
	}
	return t.Clone()
}

func (f *fake) EqualExpr(a, b string) dialect.Verdict {
	if f.equal != nil {
		return f.equal(a, b)
	}
	if a == b {
		return dialect.Same
	}
	return dialect.Different
}

func (*fake) Lock(context.Context, dialect.Conn, string, time.Duration) (func(context.Context) error, error) {
	return func(context.Context) error { return nil }, nil
}

// normalizing is a fake that brings expressions to a form of its own in a scratch place.
type normalizing struct {
	*fake
	words   func(string) string // the server's words for an expression
	refused map[schema.Name]error
	err     error
	asked   []string // tables that were normalised
}

func (n *normalizing) Normalize(_ context.Context, _ dialect.Conn, tables, _ []*schema.Table) ([]*schema.Table, map[schema.Name]error, error) {
	if n.err != nil {
		return nil, nil, n.err
	}
	var out []*schema.Table
	for _, t := range tables {
		n.asked = append(n.asked, t.Name.String())
		if n.refused[t.Name] != nil {
			continue
		}
		t = t.Clone()
		for _, k := range t.Checks {
			k.Expr = n.words(k.Expr)
		}
		for _, c := range t.Columns {
			if c.Default.Kind == schema.ExprSQL {
				c.Default = schema.SQL(n.words(c.Default.Text))
			}
			if c.Computed != nil {
				c.Computed.Expr = n.words(c.Computed.Expr)
			}
		}
		for _, i := range t.Indexes {
			i.Where = n.words(i.Where)
			for p := range i.Parts {
				i.Parts[p].Expr = n.words(i.Parts[p].Expr)
			}
		}
		for _, e := range t.Excludes {
			e.Where = n.words(e.Where)
			for p := range e.Elements {
				e.Elements[p].Expr = n.words(e.Elements[p].Expr)
			}
		}
		out = append(out, t)
	}
	return out, n.refused, nil
}

// metadata declares tables that were built by schema.NewTable.
func metadata(tables ...*schema.Table) *schema.Metadata {
	m := schema.NewMetadata(schema.Options{})
	for _, t := range tables {
		m.Add(t)
	}
	return m
}

func tables(list ...*schema.Table) []*schema.Table { return list }

// compare compares a database that holds have with the declaration want.
func compare(t *testing.T, d dialect.Dialect, have, want []*schema.Table, o autogen.Options) *autogen.Result {
	t.Helper()
	switch d := d.(type) {
	case *fake:
		d.found.Tables = have
	case *normalizing:
		d.found.Tables = have
	}
	o.Metadata = append(o.Metadata, metadata(want...))
	r, err := autogen.Compare(t.Context(), d, nil, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
