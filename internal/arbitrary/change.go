package arbitrary

import (
	"slices"

	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// Alteration is a change of a table and the table that comes of it.
type Alteration struct {
	Before  *schema.Table
	Actions []ddl.Action
	After   *schema.Table
}

// Alterations are changes of a table that every database can do on rows that
// are there: one to four actions on columns that no key, index or expression uses.
func Alterations(o Options, before *schema.Table) *rapid.Generator[Alteration] {
	return rapid.Custom(func(t *rapid.T) Alteration {
		c := &changer{drawer: newDrawer(t, o), after: before.Clone(), touched: map[string]bool{}}
		c.names.n = 1000 // apart from the names that before was drawn with
		for range rapid.IntRange(1, 4).Draw(t, "changes") {
			c.change()
		}
		return Alteration{before, c.actions, c.after}
	})
}

type changer struct {
	*drawer
	after   *schema.Table
	actions []ddl.Action
	touched map[string]bool // columns and constraints that were changed already
}

func (c *changer) change() {
	switch c.below(5, "change") {
	case 0:
		col := c.column()
		col.Nullable, col.Comment = true, ""
		c.after.Columns = append(c.after.Columns, col)
		c.touched[col.Name] = true
		c.do(ddl.AddColumn{Column: col.Clone()})
	case 1:
		c.dropColumn()
	case 2:
		c.renameColumn()
	case 3:
		c.alterColumn()
	case 4:
		c.addUnique()
	case 5:
		c.dropConstraint()
	}
}

func (c *changer) do(a ddl.Action) { c.actions = append(c.actions, a) }

// loose draws a column that nothing uses and that was not changed yet; nil if there is none.
func (c *changer) loose() *schema.ColumnDef {
	used := map[string]bool{}
	use := func(list ...string) {
		for _, name := range list {
			used[name] = true
		}
	}
	t := c.after
	if t.PrimaryKey != nil {
		use(t.PrimaryKey.Columns...)
	}
	for _, u := range t.Uniques {
		use(u.Columns...)
	}
	for _, fk := range t.ForeignKeys {
		use(fk.Columns...)
	}
	for _, i := range t.Indexes {
		for _, p := range i.Parts {
			use(p.Column)
		}
	}
	// Expressions of drawn tables are about integers only.
	expressions := len(t.Checks) > 0 || slices.ContainsFunc(t.Indexes, func(i *schema.IndexDef) bool { _, plain := i.PlainColumns(); return !plain || i.Where != "" }) ||
		slices.ContainsFunc(t.Columns, func(col *schema.ColumnDef) bool { return col.Computed != nil })
	var from []*schema.ColumnDef
	for _, col := range t.Columns {
		if !used[col.Name] && !c.touched[col.Name] && col.Computed == nil && (!expressions || !integer(col)) {
			from = append(from, col)
		}
	}
	if len(from) == 0 {
		return nil
	}
	col := from[c.below(len(from)-1, "column")]
	c.touched[col.Name] = true
	return col
}

func (c *changer) dropColumn() {
	col := c.loose()
	if col == nil || len(c.after.Columns) < 2 {
		return
	}
	c.after.Columns = slices.DeleteFunc(c.after.Columns, func(d *schema.ColumnDef) bool { return d == col })
	c.do(ddl.DropColumn{Name: col.Name})
}

func (c *changer) renameColumn() {
	col := c.loose()
	if col == nil {
		return
	}
	old := col.Clone()
	col.Name = c.name("c")
	c.touched[col.Name] = true
	c.do(ddl.RenameColumn{Name: old.Name, To: col.Name, Existing: old})
}

func (c *changer) alterColumn() {
	col := c.loose()
	if col == nil {
		return
	}
	a := ddl.AlterColumn{Name: col.Name}
	old := col.Clone()
	if s, ok := col.Type.Def().(schema.StringType); ok && c.yes("longer") {
		s.Length += c.below(100, "longer by") + 1
		a.Change, col.Type = a.Change|ddl.TypeAspect, schema.TypeOf(s)
	}
	if !col.Nullable {
		a.Change, col.Nullable = a.Change|ddl.NullableAspect, true
	}
	if c.yes("default") {
		a.Change, col.Default = a.Change|ddl.DefaultAspect, literal(c.T, col.Type.Def(), c.Lacks)
	}
	if a.Change == ddl.NoAspect {
		return
	}
	if c.yes("known") {
		a.Existing, a.Known = old, ddl.AllAspect
	}
	a.New = col.Clone()
	c.do(a)
}

// addUnique makes a constraint over the primary key, which no rows can violate.
func (c *changer) addUnique() {
	if c.after.PrimaryKey == nil || c.touched["unique"] {
		return
	}
	c.touched["unique"] = true
	cols := slices.Clone(c.after.PrimaryKey.Columns)
	for _, col := range c.after.Columns {
		if !slices.Contains(cols, col.Name) && keyType(col) && col.Computed == nil && !c.touched[col.Name] {
			c.touched[col.Name] = true
			cols = append(cols, col.Name)
			break
		}
	}
	u := schema.UniqueConstraint(c.name("uq"), cols...)
	if slices.ContainsFunc(c.after.Uniques, func(have *schema.UniqueDef) bool { return slices.Equal(have.Columns, cols) }) {
		return
	}
	c.after.Uniques = append(c.after.Uniques, u)
	c.do(ddl.AddConstraint{Constraint: u.Clone()})
}

// dropConstraint drops a check that has a name.
func (c *changer) dropConstraint() {
	for i, k := range c.after.Checks {
		if k.Name != "" && !c.touched[k.Name] {
			c.touched[k.Name] = true
			c.after.Checks = slices.Delete(c.after.Checks, i, i+1)
			c.do(ddl.DropConstraint{Name: k.Name, Kind: schema.CheckKind, Was: k})
			return
		}
	}
}
