package autogen

import (
	"slices"

	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// keys gives constraints and indexes of renamed tables and columns the names
// that are declared for them, which a naming convention makes of the new names:
// what says the same is renamed, not dropped and made anew.
func (r *renamer) keys() {
	for _, p := range r.want.tables {
		name := p.canonical.Name
		old := r.have.byName[name]
		if old == nil {
			continue
		}
		_, renamed := r.old[name]
		touched := renamed || len(r.columns[name]) > 0
		r.foreignKeys(old, p, touched)
		if !touched {
			continue
		}
		t := old.canonical.Clone()
		old.canonical, old.original = t, t
		if a, b := t.PrimaryKey, p.canonical.PrimaryKey; a != nil && b != nil && slices.Equal(a.Columns, b.Columns) {
			a.Name = r.constraint(name, a, b)
		}
		for _, k := range renamedKeys(t.Uniques, p.canonical.Uniques, sameUnique) {
			k[0].Name = r.constraint(name, k[0], k[1])
		}
		for _, k := range renamedKeys(t.Checks, p.canonical.Checks, func(a, b *schema.CheckDef) bool {
			return a.NotEnforced == b.NotEnforced && r.sameExpr(name, a.Expr, b.Expr)
		}) {
			k[0].Name = r.constraint(name, k[0], k[1])
		}
		r.indexes(t, p)
	}
}

// constraint renames a constraint, if its name is another, and gives the name that it has then.
func (r *renamer) constraint(table schema.Name, a, b schema.Constraint) string {
	from, to := a.ConstraintName(), b.ConstraintName()
	if from == "" || to == "" || from == to {
		return from
	}
	r.ops = append(r.ops, &op.RenameConstraint{Table: table, Name: from, To: to, Kind: a.Kind()})
	return to
}

// foreignKeys renames foreign keys of a table that itself, a column of which, or
// the table that they point at goes by a new name. Nothing else would: their names
// do not count when they are compared.
func (r *renamer) foreignKeys(old, p *pair, touched bool) {
	points := func(fk *schema.ForeignKeyDef) bool {
		_, renamed := r.old[fk.RefTable]
		return touched || renamed
	}
	if !slices.ContainsFunc(old.canonical.ForeignKeys, points) {
		return
	}
	t := old.canonical.Clone()
	old.canonical, old.original = t, t
	for _, k := range renamedKeys(t.ForeignKeys, p.canonical.ForeignKeys, sameForeignKey) {
		if points(k[0]) {
			k[0].Name = r.constraint(t.Name, k[0], k[1])
		}
	}
}

func (r *renamer) indexes(t *schema.Table, p *pair) {
	from, to := t.Indexes, p.canonical.Indexes
	same := func(a, b *schema.IndexDef) bool { return a.Name == b.Name }
	_, gone, fresh := match(from, to, same)
	pairs, _, _ := match(gone, fresh, func(a, b *schema.IndexDef) bool { return b.Name != "" && r.sameIndex(t.Name, a, b) })
	for _, k := range pairs {
		r.ops = append(r.ops, &op.RenameIndex{Table: t.Name, Name: k[0].Name, To: k[1].Name, Was: k[0].Clone()})
		k[0].Name = k[1].Name
	}
}

// renamedKeys are the constraints that say the same under other names.
func renamedKeys[C schema.Constraint](from, to []C, same func(a, b C) bool) [][2]C {
	_, gone, fresh := match(from, to, byName)
	pairs, _, _ := match(gone, fresh, same)
	return pairs
}
