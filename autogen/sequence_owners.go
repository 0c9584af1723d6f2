package autogen

import (
	"slices"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// sequenceOwners frees declared sequences from columns that are dropped, and gives them
// to columns that are added. A sequence goes with the column that owns it
// (PostgreSQL), while one that is declared stays until it is dropped by itself.
func sequenceOwners(from, to *side, tables []op.Operation) (freed, owned []op.Operation) {
	if len(from.sequences)+len(to.sequences) == 0 {
		return nil, nil
	}
	_, gone := touchedBy(from, tables)
	came := cameBy(tables)
	has := func(columns map[schema.Name][]string, o schema.SequenceOwner) bool {
		return slices.ContainsFunc(columns[o.Table], func(c string) bool { return c == everyColumn || c == o.Column })
	}
	for _, q := range from.sequences {
		if o := ownerOf(q, sequence(to.sequences, q.Name)); o.Column != "" && has(gone, o) {
			freed = append(freed, &op.AlterSequence{Name: q.Name, Items: []op.SequenceItem{op.OwnedByNone()}, Was: []op.SequenceItem{ownedBy(o)}})
		}
	}
	for _, q := range to.sequences {
		old := sequence(from.sequences, q.Name)
		if o := ownerOf(q, old); o.Column != "" && (old == nil || has(came, o)) {
			owned = append(owned, &op.AlterSequence{Name: q.Name, Items: []op.SequenceItem{ownedBy(o)}, Was: []op.SequenceItem{op.OwnedByNone()}})
		}
	}
	return freed, owned
}

// ownerOf is the owner that one of two descriptions of a sequence knows: a declared one knows none.
func ownerOf(q, other *schema.Sequence) schema.SequenceOwner {
	if q.Owner.Column == "" && other != nil {
		return other.Owner
	}
	return q.Owner
}

func ownedBy(o schema.SequenceOwner) op.SequenceItem {
	return op.SequenceItem{Kind: ddl.SequenceOwner, Table: o.Table, Text: o.Column}
}

// standsAlone corrects a column that was read as one that numbers its rows by a
// sequence of its own (a serial): if the sequence is declared by itself, and the
// column not as numbered, the column is one with a default that uses the sequence.
func (c *comparer) standsAlone(o schema.SequenceOwner, have, want *side) {
	p := have.byName[o.Table]
	if o.Default == "" || p == nil || p.canonical.Column(o.Column) == nil || !p.canonical.Column(o.Column).AutoIncrement {
		return
	}
	if w := want.byName[o.Table]; w != nil {
		if col := w.canonical.Column(o.Column); col != nil && col.AutoIncrement {
			return
		}
	}
	change := func(t *schema.Table) *schema.Table {
		t = t.Clone()
		col := t.Column(o.Column)
		col.AutoIncrement, col.Default = false, schema.SQL(o.Default)
		col.Options = slices.Clone(c.dialect.Canonical(t).Column(o.Column).Options)
		return t
	}
	p.canonical, p.original = c.dialect.Canonical(change(p.canonical)), change(p.original)
}

// cameBy are the columns that operations add, by table.
func cameBy(ops []op.Operation) map[schema.Name][]string {
	out := map[schema.Name][]string{}
	for _, o := range ops {
		for _, p := range parts(o) {
			switch p := p.(type) {
			case *op.CreateTable:
				out[p.Table.Name] = append(out[p.Table.Name], everyColumn)
			case *op.AddColumn:
				out[p.Table] = append(out[p.Table], p.Column.Name)
			}
		}
	}
	return out
}

// renamedOwner is an owner by the names that it has behind the renames.
func renamedOwner(renames []op.Operation, o schema.SequenceOwner) schema.SequenceOwner {
	for _, r := range renames {
		for _, p := range parts(r) {
			switch p := p.(type) {
			case *op.RenameTable:
				if p.Table == o.Table {
					o.Table.Name = p.To
				}
			case *op.AlterColumn:
				if p.Table == o.Table && p.Name == o.Column && p.Change.Has(ddl.NameAspect) {
					o.Column = p.New.Name
				}
			}
		}
	}
	return o
}
