package autogen

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// carrier is an option of a table that keys rest on: a period of MariaDB, on which
// keys WITHOUT OVERLAPS do. Carries reports whether a key with these options rests on it.
type carrier interface {
	schema.Option
	Carries(opts []schema.Option) bool
}

// leaveCarried copies into a declaration the options with keys that the database has
// and the declaration does not say. Like any option that is not declared they are
// left to the database, and so must be the keys that rest on them. An index that is
// declared under the name of such a key is ignored, with a warning.
func (c *comparer) leaveCarried(have, want *side) (warnings []string) {
	for _, p := range want.tables {
		found := have.byName[p.canonical.Name]
		if found == nil {
			continue
		}
		for _, o := range found.canonical.Options {
			said := func(other schema.Option) bool { return other.OptionKey() == o.OptionKey() }
			if k, ok := o.(carrier); ok && !slices.ContainsFunc(p.canonical.Options, said) {
				warnings = append(warnings, p.takeOver(k, found.canonical)...)
				p.canonical = c.dialect.Canonical(p.canonical)
			}
		}
	}
	return warnings
}

// takeOver takes an option and its keys from a table as it was found. A primary
// key that is declared keeps what it says beside its columns.
func (p *pair) takeOver(o carrier, found *schema.Table) (warnings []string) {
	both := func(change func(*schema.Table)) {
		for _, t := range []**schema.Table{&p.canonical, &p.original} {
			*t = (*t).Clone()
			change(*t)
		}
	}
	both(func(t *schema.Table) { t.Options = schema.SetOption(t.Options, o) })
	if k := found.PrimaryKey; k != nil && o.Carries(k.Options) {
		both(func(t *schema.Table) {
			if t.PrimaryKey != nil && !o.Carries(t.PrimaryKey.Options) {
				t.PrimaryKey.Options = slices.Clone(k.Options)
			}
		})
	}
	for _, i := range found.Indexes {
		if !o.Carries(i.Options) {
			continue
		}
		named := func(other *schema.IndexDef) bool { return strings.EqualFold(other.Name, i.Name) }
		if slices.ContainsFunc(p.canonical.Indexes, named) {
			warnings = append(warnings, fmt.Sprintf(
				"index %s of table %s is left alone: the database has a key WITHOUT OVERLAPS of that name; declare that and its period (mysql.Period) to change it, or give the index another name",
				quoted(i.Name), quoted(p.canonical.Name.String())))
		}
		both(func(t *schema.Table) {
			t.Indexes = append(slices.DeleteFunc(t.Indexes, named), i.Clone())
			t.Uniques = slices.DeleteFunc(t.Uniques, func(u *schema.UniqueDef) bool { return strings.EqualFold(u.Name, i.Name) })
		})
	}
	return warnings
}

// standing is an option of a numbered column that is left to the database where the
// declaration does not say it: the sequence of a serial column of PostgreSQL. Stands
// reports whether it holds where the declaration says only said, nil for nothing.
type standing interface {
	schema.Option
	Stands(said schema.Option) bool
	// Takes is the name that it takes up among those of tables and indexes; empty for none of its own.
	Takes() string
}

// leaveStanding copies such options of the database into a declaration that leaves them open.
func (c *comparer) leaveStanding(have, want *side) {
	for _, p := range want.tables {
		found := have.byName[p.canonical.Name]
		if found == nil {
			continue
		}
		for _, col := range found.canonical.Columns {
			at := slices.IndexFunc(col.Options, func(o schema.Option) bool { _, ok := o.(standing); return ok })
			if at >= 0 && col.AutoIncrement {
				p.takeStanding(col.Name, col.Options[at].(standing))
			}
		}
	}
}

func (p *pair) takeStanding(column string, o standing) {
	col := p.original.Column(column)
	if col == nil || !p.canonical.Column(column).AutoIncrement {
		return
	}
	var said schema.Option
	if at := slices.IndexFunc(col.Options, func(k schema.Option) bool { return k.OptionKey() == o.OptionKey() }); at >= 0 {
		said = col.Options[at]
	}
	if !o.Stands(said) {
		return
	}
	for _, t := range []**schema.Table{&p.canonical, &p.original} {
		*t = (*t).Clone()
		col := (*t).Column(column)
		col.Options = schema.SetOption(col.Options, o)
	}
}

// standingOf is the option of a column that the database keeps where a declaration
// does not say it, nil for none.
func standingOf(c *schema.ColumnDef) standing {
	for _, o := range c.Options {
		if o, ok := o.(standing); ok {
			return o
		}
	}
	return nil
}

// carriersApart parts the changes of options that keys rest on from those of others.
// They must be reset behind the drop of their keys and before their columns change,
// and set when the columns have changed.
func carriersApart(ops []op.Operation) (resets, sets, rest []op.Operation) {
	for _, o := range ops {
		switch p := o.(type) {
		case *op.TableOption:
			if _, ok := p.Option.(carrier); !ok {
				rest = append(rest, o)
				continue
			}
			if !p.Fresh && p.Was != nil {
				resets = append(resets, &op.ResetTableOption{Table: p.Table, Option: p.Was})
			}
			sets = append(sets, &op.TableOption{Table: p.Table, Option: p.Option, Fresh: true})
		case *op.ResetTableOption:
			if _, ok := p.Option.(carrier); ok {
				resets = append(resets, o)
			} else {
				rest = append(rest, o)
			}
		default:
			rest = append(rest, o)
		}
	}
	return resets, sets, rest
}

// carriesAnew reports whether the option that a key rests on changes.
func (t *tableChange) carriesAnew(opts []schema.Option) bool {
	for _, o := range t.from.canonical.Options {
		if k, ok := o.(carrier); ok && k.Carries(opts) && !slices.Contains(t.to.canonical.Options, o) {
			return true
		}
	}
	return false
}
