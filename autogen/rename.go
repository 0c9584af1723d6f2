package autogen

import (
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// Rename is a new name for what is in the database: of a table, or of a column
// as table.column.
type Rename struct{ From, To string }

// String is the rename as the command line says it: account.name:account.full_name.
func (r Rename) String() string { return r.From + ":" + r.To }

// renamer does the renames to the database's side before the sides are compared, so
// that all other differences are found under the new names. The upgrade begins with
// the renames, and the downgrade ends with undoing them.
type renamer struct {
	*comparer
	have, want *side
	ops        []op.Operation           // of the upgrade
	lines      []string                 // what was detected
	old        map[schema.Name]string   // former names of renamed tables, by their new names
	columns    map[schema.Name][]string // new names of renamed columns, by the new name of their table
	used       map[string]bool          // those of Options.Renames that were done
}

// rename finds the renames that were declared or asked for, or that are of the case
// of names alone, and does them to the database's side.
func (c *comparer) rename(have, want *side) *renamer {
	r := &renamer{
		comparer: c, have: have, want: want,
		old: map[schema.Name]string{}, columns: map[schema.Name][]string{}, used: map[string]bool{},
	}
	owns := map[*pair]*schema.Table{}
	for _, p := range have.tables {
		if p.original != p.canonical {
			owns[p] = p.original
		}
	}
	for r.tables() { // each may make room for another
	}
	for _, p := range want.tables {
		if old := have.byName[p.canonical.Name]; old != nil {
			for r.columnsOf(old, p) {
			}
		}
	}
	r.leaveToParents()
	r.keys()
	for p, own := range owns {
		if p.original == p.canonical { // it, or something in it, was renamed
			p.takeOwn(own)
		}
	}
	return r
}

// takeOwn gives a table back what its options said beside the canonical form before
// it or something in it was renamed: which columns are serial, and which inherited.
func (p *pair) takeOwn(own *schema.Table) {
	if len(own.Columns) != len(p.canonical.Columns) || len(own.Checks) != len(p.canonical.Checks) {
		return
	}
	p.canonical = p.canonical.Clone()
	t := p.canonical.Clone()
	for i, c := range t.Columns {
		was := own.Columns[i]
		c.Options = slices.Clone(was.Options)
		for _, o := range was.Options {
			if n, ok := o.(namedAfter); ok {
				o, said := n.Renamed(own.Name.Name, was.Name, t.Name.Name, c.Name)
				c.Options = schema.SetOption(c.Options, o)
				if k := p.canonical.Columns[i]; said {
					k.Options = schema.SetOption(k.Options, o)
				} else {
					k.Options = schema.UnsetOption(k.Options, o.OptionKey())
				}
			}
		}
	}
	for i, k := range t.Checks {
		k.Options = slices.Clone(own.Checks[i].Options)
	}
	p.original = t
}

// namedAfter is an option of a column of which something is called after the table and
// the column, and keeps its name when they get others: the sequence of a serial column
// of PostgreSQL. Renamed is the option then, and whether the canonical form says it.
type namedAfter interface {
	Renamed(table, column, newTable, newColumn string) (o schema.Option, said bool)
}

// leaveToParents takes out the renames of columns that the rename of the same column of
// a parent carries over.
func (r *renamer) leaveToParents() {
	renames := map[columnName]string{}
	for _, o := range r.ops {
		if a, ok := o.(*op.AlterColumn); ok && a.Change == ddl.NameAspect {
			renames[columnName{a.Table, a.Name}] = a.New.Name
		}
	}
	r.ops = slices.DeleteFunc(r.ops, func(o op.Operation) bool {
		a, ok := o.(*op.AlterColumn)
		return ok && a.Change == ddl.NameAspect && slices.ContainsFunc(r.parentsOn(r.want, a.Table), func(p schema.Name) bool {
			to, ok := renames[columnName{p, a.Name}]
			return ok && to == a.New.Name
		})
	})
}

// undo is the way back of the renames.
func (r *renamer) undo() (out []op.Operation) {
	for _, o := range slices.Backward(r.ops) {
		out = append(out, op.Undo(o))
	}
	return out
}

// unused are the renames asked for that nothing here goes by.
func (r *renamer) unused() (out []string) {
	for _, spec := range r.options.Renames {
		if !r.used[spec] {
			out = append(out, spec)
		}
	}
	return out
}

func (r *renamer) asked(from, to string) bool {
	spec := Rename{from, to}.String()
	if slices.Contains(r.options.Renames, spec) {
		r.used[spec] = true
		return true
	}
	return false
}

// tables renames tables, and reports whether there was any to rename.
func (r *renamer) tables() (found bool) {
	for _, p := range r.want.tables {
		to := p.canonical.Name
		if r.have.byName[to] != nil {
			continue
		}
		for _, old := range slices.Clone(r.have.tables) {
			from := old.canonical.Name
			if _, done := r.old[from]; done || from.Schema != to.Schema {
				continue
			}
			if r.asked(from.String(), to.String()) || r.declared(p, from) || r.folds(from, to) {
				r.table(old, to)
				found = true
				break
			}
		}
	}
	return found
}

// declared reports whether from is the first of the former names declared for a table
// that is in the database.
func (r *renamer) declared(p *pair, from schema.Name) bool {
	for _, name := range p.original.RenamedFrom {
		n := schema.Name{Schema: from.Schema, Name: name}
		if _, done := r.old[n]; !done && r.have.byName[n] != nil {
			return n == from
		}
	}
	return false
}

// folds reports whether the database takes two names of tables for one, so that
// nothing but a rename leads from the one to the other.
func (r *renamer) folds(from, to schema.Name) bool {
	return dialect.TraitsOf(r.dialect).FoldsTables && r.want.byName[from] == nil && strings.EqualFold(from.Name, to.Name)
}

// foldsColumns is folds for columns of one table.
func (r *renamer) foldsColumns(from, to string) bool {
	return dialect.TraitsOf(r.dialect).FoldsColumns && strings.EqualFold(from, to)
}

func (r *renamer) table(p *pair, to schema.Name) {
	from := p.canonical.Name
	r.ops = append(r.ops, &op.RenameTable{Table: from, To: to.Name})
	r.lines = append(r.lines, "renamed table "+quoted(from.String())+" to "+quoted(to.String()))
	r.old[to] = from.Name
	r.have.drop(from)
	for _, q := range append(slices.Clone(r.have.tables), p) {
		t := q.canonical
		if q != p && !slices.ContainsFunc(t.ForeignKeys, func(fk *schema.ForeignKeyDef) bool { return fk.RefTable == from }) && !slices.Contains(r.parents(t), from) {
			continue
		}
		t = t.Clone()
		if i, ok := r.dialect.(dialect.Inheritor); ok {
			i.RenameParent(t, from, to)
		}
		for _, fk := range t.ForeignKeys {
			if fk.RefTable == from {
				fk.RefTable = to
			}
		}
		q.canonical, q.original = t, t
	}
	t := p.canonical
	t.Name = to
	if dialect.TraitsOf(r.dialect).FollowsTableName {
		for _, k := range t.ForeignKeys {
			k.Name = followed(k.Name, from.Name+"_ibfk_", to.Name+"_ibfk_")
		}
		for _, k := range t.Checks {
			k.Name = followed(k.Name, from.Name+"_chk_", to.Name+"_chk_")
		}
	}
	r.have.add(p)
	slices.SortFunc(r.have.tables, func(a, b *pair) int { return a.canonical.Name.Compare(b.canonical.Name) })
}

func followed(name, from, to string) string {
	if rest, ok := strings.CutPrefix(name, from); ok {
		return to + rest
	}
	return name
}

// columnsOf renames columns of one table, and reports whether there was any to rename.
func (r *renamer) columnsOf(old, p *pair) (found bool) {
	name := p.canonical.Name
	for _, b := range p.canonical.Columns {
		if old.canonical.Column(b.Name) != nil {
			continue
		}
		for _, a := range slices.Clone(old.canonical.Columns) {
			if slices.Contains(r.columns[name], a.Name) {
				continue
			}
			if r.askedColumn(name, a.Name, b.Name) || r.declaredColumn(old, p, a.Name, b.Name) || r.foldsColumns(a.Name, b.Name) {
				r.column(old, a.Name, b.Name)
				found = true
				break
			}
		}
	}
	return found
}

// askedColumn reports whether --rename names a column; in either half of it the table
// may have its new name or its former one.
func (r *renamer) askedColumn(table schema.Name, from, to string) bool {
	names := []schema.Name{table}
	if old, ok := r.old[table]; ok {
		names = append(names, schema.Name{Schema: table.Schema, Name: old})
	}
	for _, left := range names {
		for _, right := range names {
			if r.asked(left.String()+"."+from, right.String()+"."+to) {
				return true
			}
		}
	}
	return false
}

func (r *renamer) declaredColumn(old, p *pair, from, to string) bool {
	c := p.original.Column(to)
	if c == nil {
		return false
	}
	for _, name := range c.RenamedFrom {
		if !slices.Contains(r.columns[p.canonical.Name], name) && old.canonical.Column(name) != nil {
			return name == from
		}
	}
	return false
}

func (r *renamer) column(p *pair, from, to string) {
	table := p.canonical.Name
	t := p.canonical.Clone()
	p.canonical, p.original = t, t
	if dialect.TraitsOf(r.dialect).PinsNames {
		r.unpin(t, from)
	}
	r.ops = append(r.ops, &op.AlterColumn{Table: table, Name: from, Change: ddl.NameAspect, New: schema.ColumnDef{Name: to}})
	r.lines = append(r.lines, "renamed column "+quoted(table.String(), from)+" to "+quoted(table.String(), to))
	r.columns[table] = append(r.columns[table], to)
	renameColumn(r.dialect, t, from, to)
	for _, q := range r.have.tables {
		points := func(fk *schema.ForeignKeyDef) bool {
			return fk.RefTable == table && slices.Contains(fk.RefColumns, from)
		}
		if !slices.ContainsFunc(q.canonical.ForeignKeys, points) {
			continue
		}
		other := q.canonical.Clone()
		for _, fk := range other.ForeignKeys {
			if fk.RefTable == table {
				renameIn(fk.RefColumns, from, to)
			}
		}
		q.canonical, q.original = other, other
	}
}

// unpin drops the checks, defaults, generated columns and indexes that keep MySQL from
// renaming a column (errors 3959, 3766, 3108 and 3837). The database's side is then
// without them, so that the comparison adds those that are still declared.
func (r *renamer) unpin(t *schema.Table, column string) {
	drop := func(o op.Operation) { r.ops = append(r.ops, o) }
	uses := func(exprs ...string) bool {
		return slices.ContainsFunc(exprs, func(e string) bool { return mentions(e, column) })
	}
	t.Checks = slices.DeleteFunc(t.Checks, func(k *schema.CheckDef) bool {
		if !uses(k.Expr) {
			return false
		}
		drop(dropConstraint(t.Name, k))
		return true
	})
	for _, c := range t.Columns {
		if c.Default.Kind == schema.ExprSQL && uses(c.Default.Text) {
			was := c.Clone()
			c.Default = schema.Expr{}
			drop(&op.AlterColumn{Table: t.Name, Name: c.Name, Change: ddl.DefaultAspect, New: *c.Clone(), Existing: was})
		}
	}
	from := t.Clone()
	var gone []string
	t.Columns = slices.DeleteFunc(t.Columns, func(c *schema.ColumnDef) bool {
		if c.Computed == nil || !uses(c.Computed.Expr) {
			return false
		}
		gone = append(gone, c.Name)
		return true
	})
	t.Indexes = slices.DeleteFunc(t.Indexes, func(i *schema.IndexDef) bool {
		u := indexUses(i)
		if !uses(u.expressions...) && !slices.ContainsFunc(u.columns, func(c string) bool { return slices.Contains(gone, c) }) {
			return false
		}
		drop(&op.DropIndex{Table: t.Name, Name: i.Name, Was: i})
		return true
	})
	for i, c := range from.Columns {
		if slices.Contains(gone, c.Name) {
			drop(&op.DropColumn{Table: t.Name, Name: c.Name, Was: c, Place: r.placeBack(t, from, i)})
		}
	}
}
