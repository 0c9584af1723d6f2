package postgres

import (
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

// Canonical is the table as the server would report it, as far as rules tell.
func (s server) Canonical(t *schema.Table) *schema.Table {
	c := t.Clone()
	c.Name.Schema = s.fold(c.Name.Schema)
	c.Options = s.tableOptions(c.Options)
	for _, col := range c.Columns {
		s.canonicalColumn(col)
		s.canonicalSerial(c, col)
		if c.InPrimaryKey(col.Name) {
			col.Nullable = false
		}
	}
	strs := stringsOf(c)
	for _, col := range c.Columns {
		if col.Computed != nil {
			col.Computed.Expr = canonicalExpr(col.Computed.Expr, strs)
		}
	}
	s.canonicalConstraints(c, strs)
	for _, i := range c.Indexes {
		canonicalIndex(c, i, strs)
	}
	sortParts(c)
	return c
}

// stringsOf are the columns of a table in canonical form that hold strings.
func stringsOf(t *schema.Table) stringColumns {
	strs := stringColumns{}
	for _, c := range t.Columns {
		switch c.Type.Def().(type) {
		case schema.StringType, schema.TextType:
			strs[c.Name] = true
		}
	}
	return strs
}

func (s server) canonicalColumn(c *schema.ColumnDef) {
	c.Type = s.canonicalType(c.Type)
	c.Default = s.canonicalDefault(c.Type.Def(), c.Default.For(s.Names()...))
	canonicalIdentity(c)
	if c.AutoIncrement || c.Identity != nil {
		c.Nullable = false
	}
	if c.Computed != nil && c.Computed.Storage == schema.StorageDefault {
		c.Computed.Storage = schema.Stored
	}
	c.Collation = canonicalCollation(c.Collation)
	c.Options = columnOptions(c)
}

// canonicalCollation is a collation as reflection reports it: nothing for the default one.
func canonicalCollation(name string) string {
	if name == "default" {
		return ""
	}
	return name
}

func (s server) canonicalConstraints(t *schema.Table, strs stringColumns) {
	if t.PrimaryKey != nil {
		t.PrimaryKey.Options = constraintOptions(t.PrimaryKey.Options)
	}
	for _, c := range t.Uniques {
		c.Options = constraintOptions(c.Options)
	}
	for _, c := range t.Checks {
		c.Expr = canonicalExpr(c.Expr, strs)
		c.Options = constraintOptions(c.Options)
	}
	for _, c := range t.ForeignKeys {
		c.RefTable.Schema = s.fold(c.RefTable.Schema)
		c.OnDelete, c.OnUpdate = canonicalAction(c.OnDelete), canonicalAction(c.OnUpdate)
		if c.Match = strings.ToUpper(c.Match); c.Match == "SIMPLE" {
			c.Match = ""
		}
		c.Options = constraintOptions(c.Options)
	}
	for _, c := range t.Excludes {
		if c.Using = strings.ToLower(c.Using); c.Using == "gist" {
			c.Using = ""
		}
		for i := range c.Elements {
			c.Elements[i].Expr = canonicalExpr(c.Elements[i].Expr, strs)
			c.Elements[i].Operator = strings.TrimSpace(c.Elements[i].Operator)
		}
		if c.Where != "" {
			c.Where = canonicalExpr(c.Where, strs)
		}
		c.Options = constraintOptions(c.Options)
	}
}

func canonicalAction(a schema.Action) schema.Action {
	a = schema.Action(strings.ToUpper(string(a)))
	if a == "NO ACTION" {
		return schema.NoAction
	}
	return a
}

func canonicalIndex(t *schema.Table, i *schema.IndexDef, strs stringColumns) {
	if i.Using = strings.ToLower(i.Using); i.Using == "btree" {
		i.Using = ""
	}
	for k := range i.Parts {
		canonicalPart(t, i, &i.Parts[k], strs)
	}
	if i.Where != "" {
		i.Where = canonicalExpr(i.Where, strs)
	}
	i.Options = own(i.Options, func(o schema.Option) bool {
		_, statement := o.(ConcurrentlyOption)
		return statement || dropped(o)
	})
}

func canonicalPart(t *schema.Table, i *schema.IndexDef, p *schema.IndexPart, strs stringColumns) {
	if p.Expr != "" {
		p.Expr = canonicalExpr(p.Expr, strs)
		if tokens, ok := lex(p.Expr); ok && len(tokens) == 1 && t.Column(tokens[0].text) != nil {
			p.Column, p.Expr = tokens[0].text, "" // what the server makes of a column in brackets
		}
	}
	if p.Descending && p.Nulls == schema.NullsFirst || !p.Descending && p.Nulls == schema.NullsLast {
		p.Nulls = schema.NullsDefault
	}
	if p.Collation != "" && canonicalCollation(p.Collation) == "" {
		p.Collation = "default" // which need not be the one of the key
	}
	if tokens, ok := lex(p.OpClass); ok && p.OpClass != "" {
		p.OpClass = spell(tokens)
	}
	c := t.Column(p.Column)
	if c == nil {
		return
	}
	if canonicalCollation(p.Collation) == c.Collation {
		p.Collation = ""
	}
	if p.OpClass != "" && p.OpClass == defaultOpClass(i.Using, c.Type.Def()) {
		p.OpClass = ""
	}
}

// shortNames are the names of types as operator classes have them, where they differ.
var shortNames = map[string]string{
	"smallint": "int2", "integer": "int4", "bigint": "int8", "boolean": "bool", "varchar": "text", "char": "bpchar",
	"real": "float4", "double precision": "float8", "time without time zone": "time", "time with time zone": "timetz",
	"timestamp without time zone": "timestamp", "timestamp with time zone": "timestamptz",
}

// defaultOpClass is the operator class that an index takes by itself, empty if no rule tells.
func defaultOpClass(method string, def schema.TypeDef) string {
	switch method {
	case "", "hash":
		if def == nil {
			return ""
		}
		if _, isArray := def.(ArrayType); isArray {
			return "array_ops"
		}
		text, err := (server{}).typeDef(def)
		if err != nil {
			return ""
		}
		base, _, _ := cutArgs(text)
		if short, ok := shortNames[base]; ok {
			base = short
		}
		return base + "_ops"
	case "gin":
		switch def := def.(type) {
		case ArrayType:
			return "array_ops"
		case PlainType:
			return def.Name + "_ops"
		}
	}
	return ""
}

// sortParts puts the lists of a table in order: by name, then by what they say.
func sortParts(t *schema.Table) {
	slices.SortStableFunc(t.Uniques, func(a, b *schema.UniqueDef) int {
		return compare(a.Name, b.Name, strings.Join(a.Columns, "\x00"), strings.Join(b.Columns, "\x00"))
	})
	slices.SortStableFunc(t.Checks, func(a, b *schema.CheckDef) int { return compare(a.Name, b.Name, a.Expr, b.Expr) })
	slices.SortStableFunc(t.ForeignKeys, func(a, b *schema.ForeignKeyDef) int {
		say := func(c *schema.ForeignKeyDef) string {
			return strings.Join(append(append(slices.Clone(c.Columns), c.RefTable.Schema, c.RefTable.Name), c.RefColumns...), "\x00")
		}
		return compare(a.Name, b.Name, say(a), say(b))
	})
	slices.SortStableFunc(t.Excludes, func(a, b *schema.ExcludeDef) int {
		say := func(c *schema.ExcludeDef) (text string) {
			for _, e := range c.Elements {
				text += e.Expr + "\x00" + e.Operator + "\x00"
			}
			return text
		}
		return compare(a.Name, b.Name, say(a), say(b))
	})
	slices.SortStableFunc(t.Indexes, func(a, b *schema.IndexDef) int { return strings.Compare(a.Name, b.Name) })
}

func compare(name1, name2, rest1, rest2 string) int {
	if c := strings.Compare(name1, name2); c != 0 {
		return c
	}
	return strings.Compare(rest1, rest2)
}
