package arbitrary

import (
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/schema"
)

// Edits are small changes of a declared schema: one to four of what people do to
// a model from one day to the next. With [Options.Rows] they are such that every
// row that is there stays, on the way there and on the way back.
func Edits(o Options, before []*schema.Table) *rapid.Generator[[]*schema.Table] {
	return rapid.Custom(func(t *rapid.T) []*schema.Table {
		e := &editor{drawer: newDrawer(t, o), loosened: map[*schema.ColumnDef]bool{}}
		e.names.n = 1000 // apart from the names that before was drawn with
		for _, table := range before {
			e.tables = append(e.tables, table.Clone())
		}
		for range rapid.IntRange(1, 4).Draw(t, "edits") {
			e.edit()
		}
		return e.tables
	})
}

type editor struct {
	*drawer
	tables   []*schema.Table
	loosened map[*schema.ColumnDef]bool // columns that may be NULL and might not before
}

func (e *editor) edit() {
	if len(e.tables) == 0 || e.below(9, "edit of tables") == 0 {
		e.editTables()
		return
	}
	t := e.tables[e.below(len(e.tables)-1, "table")]
	edits := []func(*schema.Table){
		e.addColumn, e.dropColumn, e.changeColumn, e.changeColumn, e.addPart, e.addPart, e.dropPart,
		e.changeIndex, e.changeCheck, e.changeKey, e.changeComputed, e.changePrimaryKey, e.changeComment,
	}
	edits[e.below(len(edits)-1, "edit")](t)
}

// editTables adds a table, or drops one that no other refers to.
func (e *editor) editTables() {
	if len(e.tables) > 1 && e.yes("drop a table") {
		i := e.below(len(e.tables)-1, "table to drop")
		if !e.referred(e.tables[i], true) {
			e.tables = slices.Delete(e.tables, i, i+1)
		}
		return
	}
	e.tables = append(e.tables, e.table(e.tables))
}

// referred reports whether a foreign key of a table, or of another one, points at it.
func (e *editor) referred(t *schema.Table, byOthers bool) bool {
	return slices.ContainsFunc(e.tables, func(other *schema.Table) bool {
		return (!byOthers || other != t) && slices.ContainsFunc(other.ForeignKeys, func(fk *schema.ForeignKeyDef) bool { return fk.RefTable == t.Name })
	})
}

// partsOf are the parts of a table that is there already, for what is added to it.
func (e *editor) partsOf(t *schema.Table) *parts {
	p := &parts{drawer: e.drawer, name: t.Name.Name, columns: t.Columns, keyed: map[string]bool{}}
	if t.PrimaryKey != nil {
		for _, name := range t.PrimaryKey.Columns {
			p.pk = append(p.pk, t.Column(name))
			p.keyed[name] = true
		}
	}
	for _, fk := range t.ForeignKeys {
		for _, name := range fk.Columns {
			p.keyed[name] = true
		}
	}
	for _, u := range t.Uniques {
		p.uniques = append(p.uniques, u.Columns)
		if e.pointedAt(t, u.Columns) {
			for _, name := range u.Columns {
				p.keyed[name] = true
			}
		}
	}
	return p
}

// pointedAt reports whether a foreign key points at just these columns of a table.
func (e *editor) pointedAt(t *schema.Table, columns []string) bool {
	return slices.ContainsFunc(e.tables, func(other *schema.Table) bool {
		return slices.ContainsFunc(other.ForeignKeys, func(fk *schema.ForeignKeyDef) bool {
			return fk.RefTable == t.Name && slices.Equal(fk.RefColumns, columns)
		})
	})
}

// take gives the table what was drawn for it.
func (p *parts) take(t *schema.Table) {
	t.Columns = p.columns
	for _, item := range p.rest {
		item.AddToTable(t)
	}
}

// newColumn is a column that rows may lack, if there are rows.
func (e *editor) newColumn() *schema.ColumnDef {
	c := e.column()
	if e.Rows {
		c.Nullable = true
	}
	return c
}

func (e *editor) addColumn(t *schema.Table) {
	c := e.newColumn()
	at := len(t.Columns)
	if e.has(ColumnOrder) {
		at = e.below(at, "place")
	}
	t.Columns = slices.Insert(t.Columns, at, c)
}

// uses reports whether something of the table is made of a column.
func (e *editor) mentions(expr, column string) bool { return strings.Contains(expr, e.quote(column)) }

func (e *editor) indexMentions(i *schema.IndexDef, column string) bool {
	return e.mentions(i.Where, column) || slices.ContainsFunc(i.Parts, func(p schema.IndexPart) bool { return p.Column == column || e.mentions(p.Expr, column) })
}

// calculated reports whether an expression of the table speaks of a column.
func (e *editor) calculated(t *schema.Table, column string) bool {
	return slices.ContainsFunc(t.Checks, func(k *schema.CheckDef) bool { return e.mentions(k.Expr, column) }) ||
		slices.ContainsFunc(t.Columns, func(c *schema.ColumnDef) bool { return c.Computed != nil && e.mentions(c.Computed.Expr, column) }) ||
		slices.ContainsFunc(t.Indexes, func(i *schema.IndexDef) bool {
			return e.indexMentions(i, column) && !slices.ContainsFunc(i.Parts, func(p schema.IndexPart) bool { return p.Column == column })
		})
}

// pickColumn draws a column outside keys.
func (e *editor) pickColumn(t *schema.Table, ok func(*schema.ColumnDef) bool) *schema.ColumnDef {
	keyed := e.partsOf(t).keyed
	var from []*schema.ColumnDef
	for _, c := range t.Columns {
		if !keyed[c.Name] && ok(c) {
			from = append(from, c)
		}
	}
	if len(from) == 0 {
		return nil
	}
	return from[e.below(len(from)-1, "column")]
}

// dropColumn drops a column with all that is made of it.
func (e *editor) dropColumn(t *schema.Table) {
	c := e.pickColumn(t, func(c *schema.ColumnDef) bool {
		return !e.Rows || c.Nullable && !e.loosened[c] && c.Default.IsZero() || c.Computed != nil
	})
	if c == nil {
		return
	}
	gone := []string{c.Name}
	for _, other := range t.Columns {
		if other.Computed != nil && e.mentions(other.Computed.Expr, c.Name) {
			gone = append(gone, other.Name)
		}
	}
	if len(gone) == len(t.Columns) {
		return
	}
	for _, name := range gone {
		t.Columns = slices.DeleteFunc(t.Columns, func(d *schema.ColumnDef) bool { return d.Name == name })
		t.Uniques = slices.DeleteFunc(t.Uniques, func(u *schema.UniqueDef) bool { return slices.Contains(u.Columns, name) })
		t.Checks = slices.DeleteFunc(t.Checks, func(k *schema.CheckDef) bool { return e.mentions(k.Expr, name) })
		t.Indexes = slices.DeleteFunc(t.Indexes, func(i *schema.IndexDef) bool { return e.indexMentions(i, name) })
	}
}

// changeColumn changes one property of a column, or its type.
func (e *editor) changeColumn(t *schema.Table) {
	c := e.pickColumn(t, func(c *schema.ColumnDef) bool { return c.Computed == nil })
	if c == nil {
		return
	}
	switch e.below(3, "property") {
	case 0:
		e.changeType(t, c)
	case 1:
		if !e.Rows || !c.Nullable {
			c.Nullable, e.loosened[c] = !c.Nullable, !c.Nullable
		}
	case 2:
		c.Default = schema.NoExpr()
		if e.yes("default") {
			c.Default = literal(e.T, c.Type.Def(), e.Lacks)
		}
	case 3:
		if e.has(Comments) {
			c.Comment = kept().Draw(e.T, "comment")
		}
	}
}

func (e *editor) changeType(t *schema.Table, c *schema.ColumnDef) {
	s, isString := c.Type.Def().(schema.StringType)
	indexed := slices.ContainsFunc(t.Indexes, func(i *schema.IndexDef) bool { return e.indexMentions(i, c.Name) }) ||
		slices.ContainsFunc(t.Uniques, func(u *schema.UniqueDef) bool { return slices.Contains(u.Columns, c.Name) })
	switch {
	case e.Rows && isString:
		s.Length = min(s.Length+e.below(20, "longer by")+1, 60)
		c.Type = schema.TypeOf(s)
	case e.Rows || e.calculated(t, c.Name):
		if n, ok := c.Type.Def().(schema.IntegerType); ok && n.Size == schema.IntegerSmall {
			c.Type = schema.BigInteger()
		}
	default:
		c.Default = schema.NoExpr()
		if indexed {
			c.Type = KeyType().Draw(e.T, "type")
		} else {
			c.Type = Type(func(*rapid.T) string { return e.name("e") }).Draw(e.T, "type")
		}
	}
}

// addPart adds a constraint, an index or a generated column.
func (e *editor) addPart(t *schema.Table) {
	p := e.partsOf(t)
	switch e.below(4, "part") {
	case 0:
		p.index()
		if e.Rows {
			for _, item := range p.rest {
				item.(*schema.IndexDef).Unique = false
			}
		}
	case 1:
		if !e.Rows {
			p.unique()
		}
	case 2:
		if e.has(Checks) && !e.Rows {
			p.check()
		}
	case 3:
		others := slices.DeleteFunc(slices.Clone(e.tables), func(o *schema.Table) bool { return o == t })
		p.reference(others)
	case 4:
		p.computed()
	}
	p.take(t)
}

// dropPart drops a constraint or an index, not the primary key.
func (e *editor) dropPart(t *schema.Table) {
	n := len(t.Uniques) + len(t.Checks) + len(t.ForeignKeys) + len(t.Indexes)
	if n == 0 {
		return
	}
	i := e.below(n-1, "part")
	if i < len(t.Uniques) && e.pointedAt(t, t.Uniques[i].Columns) {
		return
	}
	dropAt(&t.Uniques, &i)
	dropAt(&t.Checks, &i)
	dropAt(&t.ForeignKeys, &i)
	dropAt(&t.Indexes, &i)
}

// dropAt drops what stands at i, counted on through several lists.
func dropAt[T any](list *[]T, i *int) {
	if n := len(*list); *i >= 0 && *i < n {
		*list = slices.Delete(*list, *i, *i+1)
		*i = -1
	} else {
		*i -= n
	}
}

func (e *editor) changeIndex(t *schema.Table) {
	if len(t.Indexes) == 0 {
		return
	}
	i := t.Indexes[e.below(len(t.Indexes)-1, "index")]
	switch {
	case e.has(PartialIndexes) && i.Where != "" && e.yes("no predicate"):
		i.Where = ""
	case e.has(PartialIndexes) && i.Where != "":
		i.Where = strings.Replace(i.Where, "> 0", "< 7", 1)
	case e.has(DescendingIndexes) && e.yes("direction"):
		i.Parts[0].Descending = !i.Parts[0].Descending
	case i.Unique || !e.Rows:
		i.Unique = !i.Unique
	}
}

func (e *editor) changeCheck(t *schema.Table) {
	if len(t.Checks) == 0 || e.Rows {
		return
	}
	k := t.Checks[e.below(len(t.Checks)-1, "check")]
	k.Expr = strings.Replace(k.Expr, " > ", " >= ", 1)
}

func (e *editor) changeKey(t *schema.Table) {
	if len(t.ForeignKeys) == 0 {
		return
	}
	fk := t.ForeignKeys[e.below(len(t.ForeignKeys)-1, "foreign key")]
	actions := []schema.Action{schema.NoAction, schema.Cascade, schema.Restrict}
	if !slices.ContainsFunc(fk.Columns, func(name string) bool { return !t.Column(name).Nullable }) {
		actions = append(actions, schema.SetNull)
	}
	fk.OnDelete = rapid.SampledFrom(actions).Draw(e.T, "on delete")
}

// changeComputed changes the expression of a generated column, or makes it an ordinary one.
func (e *editor) changeComputed(t *schema.Table) {
	for _, c := range t.Columns {
		if c.Computed == nil {
			continue
		}
		c.Computed = &schema.Computed{Expr: strings.Replace(c.Computed.Expr, "+ 1", "+ 2", 1), Storage: c.Computed.Storage}
		return
	}
}

// changePrimaryKey drops a primary key that nothing refers to, or adds one.
func (e *editor) changePrimaryKey(t *schema.Table) {
	switch {
	case e.Rows || e.referred(t, false):
	case t.PrimaryKey == nil:
		p := e.partsOf(t)
		p.key()
		p.take(t)
	default:
		for _, name := range t.PrimaryKey.Columns {
			t.Column(name).AutoIncrement = false
		}
		t.PrimaryKey = nil
	}
}

func (e *editor) changeComment(t *schema.Table) {
	if e.has(Comments) {
		t.Comment = kept().Draw(e.T, "table comment")
	}
}
