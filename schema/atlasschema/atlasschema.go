// Package atlasschema lets a schema that is declared for Atlas be compared by
// gomig: ent, the Atlas provider of GORM and programs of their own all give one
// as a schema.Realm of ariga.io/atlas. Whoever does not import this package does
// not link Atlas' model.
package atlasschema

import (
	"errors"
	"fmt"
	"strings"

	atlas "ariga.io/atlas/sql/schema"

	"github.com/gomig-dev/gomig/schema"
)

// Options are the options of [Metadata].
type Options struct {
	// Schema is the one that is the connection's default: its tables carry no
	// schema. Empty takes the realm's only schema for it; of several, the one
	// without a name.
	Schema string
	// Left is told of everything that gomig's model has no word for, such as a
	// view or the parts of a partitioned table; the rest is declared without it.
	// Nil makes each an error.
	Left func(what string)
}

// Metadata declares the tables of a realm as they are. The error has a line for
// each thing that cannot be said.
func Metadata(realm *atlas.Realm, o Options) (*schema.Metadata, error) {
	if realm == nil {
		return nil, errors.New("declaring an Atlas schema: the realm is nil")
	}
	if o.Schema == "" && len(realm.Schemas) == 1 {
		o.Schema = realm.Schemas[0].Name
	}
	m := schema.NewMetadata(schema.Options{})
	c := &converter{options: o}
	for _, s := range realm.Schemas {
		for _, t := range s.Tables {
			m.Add(c.table(s, t))
		}
		c.at = ""
		for _, v := range s.Views {
			c.left("view %q", v.Name)
		}
		for _, x := range s.Objects {
			if _, ok := x.(*atlas.EnumType); !ok { // it is declared where a column is of it
				c.left("a %s in schema %q", kindOf(x), s.Name)
			}
		}
	}
	for _, x := range realm.Objects {
		c.left("a %s", kindOf(x))
	}
	if err := errors.Join(append(c.errs, m.Err())...); err != nil {
		return nil, err
	}
	return m, nil
}

// converter keeps what could not be said.
type converter struct {
	options Options
	errs    []error
	at      string // the object that is being read, in words
}

func (c *converter) left(format string, args ...any) {
	what := fmt.Sprintf(format, args...)
	if c.at != "" {
		what += " of " + c.at
	}
	if c.options.Left != nil {
		c.options.Left(what)
		return
	}
	c.errs = append(c.errs, fmt.Errorf("declaring an Atlas schema: gomig has no word for %s; let Options.Left be told to go without it", what))
}

func (c *converter) fail(err error) {
	c.errs = append(c.errs, fmt.Errorf("declaring an Atlas schema: %s: %w", c.at, err))
}

// schemaName is the schema of a table's name, empty for the default one.
func (c *converter) schemaName(s *atlas.Schema) string {
	if s == nil || s.Name == c.options.Schema {
		return ""
	}
	return s.Name
}

func (c *converter) table(s *atlas.Schema, t *atlas.Table) *schema.Table {
	c.at = fmt.Sprintf("table %q", t.Name)
	var items []schema.TableItem
	if name := c.schemaName(s); name != "" {
		items = append(items, schema.InSchema(name))
	}
	for _, col := range t.Columns {
		items = append(items, c.column(t, col))
	}
	c.at = fmt.Sprintf("table %q", t.Name)
	if t.PrimaryKey != nil {
		items = append(items, c.primaryKey(t.PrimaryKey))
	}
	for _, i := range t.Indexes {
		items = append(items, c.index(t, i))
	}
	for _, fk := range t.ForeignKeys {
		items = append(items, c.foreignKey(fk))
	}
	c.at = fmt.Sprintf("table %q", t.Name)
	items = append(items, c.tableAttrs(t.Attrs)...)
	return schema.NewTable(t.Name, items...)
}

func (c *converter) primaryKey(i *atlas.Index) schema.TableItem {
	name := i.Name
	if strings.EqualFold(name, "PRIMARY") { // MySQL's word for every one
		name = ""
	}
	pk := schema.PrimaryKeyConstraint(name)
	for _, p := range i.Parts {
		if p.C == nil {
			c.left("an expression in the primary key")
			continue
		}
		pk.Columns = append(pk.Columns, p.C.Name)
	}
	return pk
}

func (c *converter) foreignKey(fk *atlas.ForeignKey) schema.TableItem {
	out := &schema.ForeignKeyDef{Name: fk.Symbol, OnDelete: action(fk.OnDelete), OnUpdate: action(fk.OnUpdate)}
	if fk.RefTable != nil {
		out.RefTable = schema.Name{Schema: c.schemaName(fk.RefTable.Schema), Name: fk.RefTable.Name}
	}
	for _, col := range fk.Columns {
		out.Columns = append(out.Columns, col.Name)
	}
	for _, col := range fk.RefColumns {
		out.RefColumns = append(out.RefColumns, col.Name)
	}
	return out
}

func action(o atlas.ReferenceOption) schema.Action {
	if o == atlas.NoAction {
		return schema.NoAction
	}
	return schema.Action(o)
}

func (c *converter) index(t *atlas.Table, i *atlas.Index) schema.TableItem {
	c.at = fmt.Sprintf("index %q of table %q", i.Name, t.Name)
	out := &schema.IndexDef{Name: i.Name, Unique: i.Unique}
	for _, p := range i.Parts {
		out.Parts = append(out.Parts, c.part(p))
	}
	constraint := false
	for _, a := range i.Attrs {
		constraint = c.indexAttr(out, a) || constraint
	}
	if columns, plain := out.PlainColumns(); constraint && plain && out.Unique && out.Where == "" {
		u := schema.UniqueConstraint(i.Name, columns...)
		u.NullsNotDistinct = out.NullsNotDistinct
		return u
	}
	return out
}

func (c *converter) part(p *atlas.IndexPart) schema.IndexPart {
	out := schema.IndexPart{Descending: p.Desc}
	if p.C != nil {
		out.Column = p.C.Name
	} else {
		out.Expr = sqlOf(p.X)
	}
	for _, a := range p.Attrs {
		c.partAttr(&out, a)
	}
	return out
}
