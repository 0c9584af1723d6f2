package arbitrary

import (
	"strconv"

	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/schema"
)

// Options say what to draw; the zero value draws everything, for a database
// that quotes names as the standard does.
type Options struct {
	Lacks Feature                       // what not to draw
	Tail  *rapid.Generator[string]      // ends of names; nil for [Tail]
	Quote func(name string) string      // quotes a name within an expression; nil for the standard's way
	Types *rapid.Generator[schema.Type] // further types, a database's own; nil for none
	Rows  bool                          // leave out what no row could satisfy or needs a reference to
}

func (o Options) quote(name string) string {
	if o.Quote != nil {
		return o.Quote(name)
	}
	out := []byte{'"'}
	for i := range len(name) {
		if name[i] == '"' {
			out = append(out, '"')
		}
		out = append(out, name[i])
	}
	return string(append(out, '"'))
}

// Tables are one to four tables, in an order in which they can be created:
// foreign keys point at the table itself or one before it.
func Tables(o Options) *rapid.Generator[[]*schema.Table] {
	return rapid.Custom(func(t *rapid.T) []*schema.Table {
		d := newDrawer(t, o)
		n := rapid.IntRange(1, 4).Draw(t, "tables")
		tables := make([]*schema.Table, 0, n)
		for range n {
			tables = append(tables, d.table(tables))
		}
		return tables
	})
}

// Table is one table.
func Table(o Options) *rapid.Generator[*schema.Table] {
	return rapid.Custom(func(t *rapid.T) *schema.Table { return newDrawer(t, o).table(nil) })
}

// drawer draws the parts of a schema.
type drawer struct {
	*rapid.T
	Options
	names namer
}

func newDrawer(t *rapid.T, o Options) *drawer {
	if o.Tail == nil {
		o.Tail = Tail()
	}
	return &drawer{T: t, Options: o, names: namer{tail: o.Tail}}
}

func (d *drawer) has(f Feature) bool   { return !d.Lacks.Any(f) }
func (d *drawer) yes(what string) bool { return rapid.Bool().Draw(d.T, what) }
func (d *drawer) below(n int, what string) int {
	return rapid.IntRange(0, n).Draw(d.T, what)
}

func (d *drawer) name(prefix string) string { return d.names.next(d.T, prefix) }

// maybeName is a name, or none.
func (d *drawer) maybeName(prefix string) string {
	if d.yes("unnamed " + prefix) {
		return ""
	}
	return d.name(prefix)
}

// table draws a table that may refer to itself and to earlier ones.
func (d *drawer) table(earlier []*schema.Table) *schema.Table {
	p := &parts{drawer: d, name: d.name("t"), keyed: map[string]bool{}}
	p.key()
	for n := d.below(4, "columns"); n > 0 || len(p.columns) == 0; n-- {
		p.columns = append(p.columns, d.column())
	}
	for range d.below(2, "uniques") {
		p.unique()
	}
	for range d.below(2, "foreign keys") {
		p.reference(earlier)
	}
	p.associate()
	if d.has(Checks) {
		for range d.below(2, "checks") {
			p.check()
		}
	}
	p.computed()
	for range d.below(3, "indexes") {
		p.index()
	}
	return schema.NewTable("t", append(p.items(), schema.TableFunc(func(t *schema.Table) { t.Name.Name = p.name }))...)
}

// column draws a column without a key.
func (d *drawer) column() *schema.ColumnDef {
	var typ schema.Type
	if d.Types != nil && d.yes("own type") {
		typ = d.Types.Draw(d.T, "type")
	} else {
		typ = Type(func(*rapid.T) string { return d.name("e") }).Draw(d.T, "type")
	}
	c := schema.Column(d.name("c"), typ)
	c.Nullable = d.yes("nullable")
	if d.yes("default") {
		c.Default = literal(d.T, typ.Def(), d.Lacks)
	}
	if d.has(Comments) && d.yes("comment") {
		c.Comment = kept().Draw(d.T, "comment")
	}
	return c
}

// keyType reports whether the column may stand in any key or index.
func keyType(c *schema.ColumnDef) bool {
	switch def := c.Type.Def().(type) {
	case schema.IntegerType, schema.BooleanType, schema.DateType, schema.DateTimeType, schema.TimeType:
		return true
	case schema.StringType:
		return def.Length <= 60
	case schema.NumericType:
		return def.Precision > 0
	}
	return false
}

// integer reports whether the column is an integer, and so may be calculated with.
func integer(c *schema.ColumnDef) bool {
	_, ok := c.Type.Def().(schema.IntegerType)
	return ok
}

func number(i int) string { return strconv.Itoa(i) }
