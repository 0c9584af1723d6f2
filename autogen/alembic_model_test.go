package autogen_test

import (
	"encoding/json"
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

// alembicModel is a metadata of Alembic's tests; testdata/alembic tells where it comes from.
type alembicModel struct {
	Schema string
	Tables []alembicTable
}

func (m alembicModel) metadata() *schema.Metadata {
	out := schema.NewMetadata(schema.Options{Schema: m.Schema})
	for _, t := range m.Tables {
		out.Add(t.table())
	}
	return out
}

type alembicTable struct {
	Name, Schema, Comment string
	Columns               []alembicColumn
	Constraints           []alembicConstraint
	Indexes               []alembicIndex
}

func (t alembicTable) table() *schema.Table {
	var all []schema.TableItem
	keys := 0
	for _, c := range t.Columns {
		if c.Primary {
			keys++
		}
	}
	for _, c := range t.Columns {
		all = append(all, c.column(keys == 1))
	}
	for _, k := range t.Constraints {
		all = append(all, k.item())
	}
	for _, i := range t.Indexes {
		all = append(all, i.index())
	}
	if t.Comment != "" {
		all = append(all, schema.Comment(t.Comment))
	}
	if t.Schema != "" {
		all = append(all, schema.InSchema(t.Schema))
	}
	return schema.NewTable(t.Name, all...)
}

type alembicColumn struct {
	Name     string
	Type     alembicType
	Nullable bool
	Primary  bool  `json:"primary_key"`
	Auto     *bool `json:"autoincrement"`
	Comment  string
	Default  *alembicDefault
}

// column is the column; single says that its key has no other.
func (c alembicColumn) column(single bool) *schema.ColumnDef {
	d := schema.Column(c.Name, c.Type.schema())
	d.Nullable, d.Comment = c.Nullable, c.Comment
	auto := single && c.Primary && c.Default == nil && c.Type.Generic == "Integer"
	if c.Auto != nil {
		auto = *c.Auto || auto && *c.Auto
	}
	d.AutoIncrement = auto
	c.Default.apply(d)
	return d
}

// alembicType is a type as SQLAlchemy spells it for the database at hand.
type alembicType struct {
	SQL, Generic string
	Enum         string // the name of an enumeration type
	Values       []string
}

func (t alembicType) schema() schema.Type {
	switch {
	case t.Enum != "":
		return schema.Enum(t.Enum, t.Values...)
	case t.Generic == "Boolean":
		return schema.Boolean()
	case t.Generic == "JSON" && t.SQL == "JSON":
		return schema.JSON()
	case t.SQL == "" || t.SQL == "NULL":
		return schema.NoType()
	}
	return schema.RawSQL(t.SQL)
}

// alembicDefault is what SQLAlchemy keeps as the server default of a column.
type alembicDefault struct {
	Literal, SQL *string

	Computed string
	Stored   *bool

	Identity, Always, Cycle bool
	Start, Increment        int64
	MinValue, MaxValue      *int64
}

func (d *alembicDefault) apply(c *schema.ColumnDef) {
	switch {
	case d == nil:
	case d.Literal != nil:
		c.Default = schema.Literal(*d.Literal)
	case d.SQL != nil:
		c.Default = schema.SQL(*d.SQL)
	case d.Identity:
		id := schema.Identity{Always: d.Always, Cycle: d.Cycle, Start: d.Start, Increment: d.Increment}
		if d.MinValue != nil {
			id.Min = schema.Bound(*d.MinValue)
		}
		if d.MaxValue != nil {
			id.Max = schema.Bound(*d.MaxValue)
		}
		c.Identity, c.AutoIncrement = &id, false
	default:
		c.Computed = &schema.Computed{Expr: d.Computed}
		switch {
		case d.Stored == nil:
		case *d.Stored:
			c.Computed.Storage = schema.Stored
		default:
			c.Computed.Storage = schema.Virtual
		}
	}
}

type alembicConstraint struct {
	Kind, Name       string
	Columns, Ref     []string
	SQL              string
	OnDelete         string
	OnUpdate         string
	Deferrable       bool
	Initially        string
	NullsNotDistinct bool `json:"nulls_not_distinct"`
}

func (k alembicConstraint) item() schema.TableItem {
	switch k.Kind {
	case "PrimaryKey":
		return schema.PrimaryKeyConstraint(k.Name, k.Columns...)
	case "Unique":
		u := schema.UniqueConstraint(k.Name, k.Columns...)
		u.NullsNotDistinct = k.NullsNotDistinct
		return u
	case "Check":
		return schema.CheckConstraint(k.Name, k.SQL)
	}
	fk := schema.ForeignKeyConstraint(k.Name, k.Columns, "", nil, schema.OnDelete(schema.Action(k.OnDelete)), schema.OnUpdate(schema.Action(k.OnUpdate)))
	for _, r := range k.Ref {
		i := strings.LastIndexByte(r, '.')
		fk.RefTable, fk.RefColumns = schema.SplitName(r[:i]), append(fk.RefColumns, r[i+1:])
	}
	switch {
	case strings.EqualFold(k.Initially, "DEFERRED"):
		fk.Deferral = schema.InitiallyDeferred
	case k.Deferrable:
		fk.Deferral = schema.Deferrable
	}
	return fk
}

type alembicIndex struct {
	Name             string
	Unique           bool
	Parts            []alembicPart
	Where, Using     string
	Include          []string
	NullsNotDistinct bool `json:"nulls_not_distinct"`
}

func (i alembicIndex) index() *schema.IndexDef {
	x := &schema.IndexDef{Name: i.Name, Unique: i.Unique, Where: i.Where, Using: i.Using, Include: i.Include, NullsNotDistinct: i.NullsNotDistinct}
	for _, p := range i.Parts {
		x.Parts = append(x.Parts, schema.IndexPart(p))
	}
	return x
}

// alembicPart is a part of an index: the name of a column, or text with what stands behind it.
type alembicPart schema.IndexPart

func (p *alembicPart) UnmarshalJSON(b []byte) error {
	if b[0] == '"' {
		return json.Unmarshal(b, &p.Column)
	}
	var o struct{ SQL, Column, Op string }
	err := json.Unmarshal(b, &o)
	if *p = alembicPart(schema.Key(o.Column)); o.SQL != "" {
		*p = alembicPart(ordered(o.SQL))
	}
	p.OpClass = o.Op
	return err
}

// ordered is a part of an index whose order stands in its text.
func ordered(sql string) schema.IndexPart {
	for suffix, with := range map[string]func(schema.IndexPart) schema.IndexPart{
		" DESC": schema.IndexPart.Desc, " ASC": func(p schema.IndexPart) schema.IndexPart { return p },
		" NULLS FIRST": schema.IndexPart.NullsFirst, " NULLS LAST": schema.IndexPart.NullsLast,
	} {
		if strings.HasSuffix(strings.ToUpper(sql), suffix) {
			return with(ordered(strings.TrimSpace(sql[:len(sql)-len(suffix)])))
		}
	}
	if strings.Trim(sql, "abcdefghijklmnopqrstuvwxyz_0123456789") == "" {
		return schema.Key(sql)
	}
	return schema.KeyExpr(sql)
}
