package sqlite

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

// Canonical is the table as SQLite would report it.
func (d database) Canonical(t *schema.Table) *schema.Table {
	t = t.Clone()
	d.canonical(t)
	return t
}

// canonical makes of a table what [database.Canonical] returns.
func (d database) canonical(t *schema.Table) {
	t.Name.Schema = defaultSchema(t.Name.Schema)
	t.Comment, t.Excludes = "", nil
	t.Options = own(t.Options)
	rowid, columns := rowidColumn(t), columnSet{}
	for _, c := range t.Columns {
		columns.add(c.Name)
	}
	for _, c := range t.Columns {
		d.canonicalColumn(c, t, c == rowid, columns)
	}
	if t.PrimaryKey != nil {
		t.PrimaryKey.Options = constraintOptions(t.PrimaryKey.Options, columns)
		if rowid != nil {
			t.PrimaryKey.Options = schema.UnsetOption(t.PrimaryKey.Options, KeyTermsOption{}.OptionKey())
		}
		if len(t.PrimaryKey.Options) == 0 {
			t.PrimaryKey.Options = nil
		}
	}
	canonicalUniques(t, columns)
	canonicalChecks(t, columns)
	canonicalReferences(t)
	canonicalIndexes(t, columns)
}

func (d database) canonicalColumn(c *schema.ColumnDef, t *schema.Table, rowid bool, columns columnSet) {
	c.Comment = ""
	c.Options = constraintOptions(c.Options, nil)
	c.Identity, c.AutoIncrement = nil, false
	if rowid {
		c.Type, c.AutoIncrement, c.Nullable = schema.Integer(), true, false
		c.Collation, c.Default, c.Computed = "", schema.NoExpr(), nil
		return
	}
	c.Options = schema.UnsetOption(c.Options, AutoIncrementOption{}.OptionKey())
	c.Type = d.canonicalType(c, t)
	if t.InPrimaryKey(c.Name) {
		c.Nullable = false
	}
	if c.Nullable {
		c.Options = schema.UnsetOption(c.Options, OnConflictOption{}.OptionKey())
	}
	if len(c.Options) == 0 {
		c.Options = nil
	}
	c.Collation = canonicalCollation(c.Collation)
	c.Default = canonicalDefault(c.Default.For(names...), c.Type, d)
	if g := c.Computed; g != nil {
		g.Expr = normalExpr(g.Expr, columns)
		if g.Storage == schema.StorageDefault {
			g.Storage = schema.Virtual
		}
	}
}

// canonicalType is the type that the text of a type is read back as. INT is
// INTEGER by another name, but in a strict table and for the key of a table,
// where only INTEGER is the row's number.
func (d database) canonicalType(c *schema.ColumnDef, t *schema.Table) schema.Type {
	typ, strict := c.Type.For(names...), has[StrictOption](t.Options)
	if strict {
		typ = strictType(typ)
	}
	text, err := d.Type(typ)
	if err != nil {
		return typ // Type says why when it is asked to write it
	}
	key := t.PrimaryKey != nil && len(t.PrimaryKey.Columns) == 1 && t.PrimaryKey.Columns[0] == c.Name
	if typ = parseType(text); typ.Equal(Int()) && !strict && !key {
		return schema.Integer()
	}
	return typ
}

// canonicalCollation is empty for the default one. SQLite compares collations without case.
func canonicalCollation(name string) string {
	if strings.EqualFold(name, "BINARY") {
		return ""
	}
	switch upper := strings.ToUpper(name); upper {
	case "NOCASE", "RTRIM":
		return upper
	}
	return name
}

// constraintOptions are this dialect's options without the one that is the default.
func constraintOptions(opts []schema.Option, columns columnSet) []schema.Option {
	opts = own(opts)
	if o, ok := schema.Find[OnConflictOption](opts); ok && o.Resolution == Abort {
		opts = schema.UnsetOption(opts, o.OptionKey())
	}
	if o, ok := schema.Find[KeyTermsOption](opts); ok {
		opts = schema.SetOption(opts, KeyTermsOption{normalTerms(o.SQL, columns)})
	}
	if len(opts) == 0 {
		return nil
	}
	return opts
}

// normalTerms is the normal form of the terms of a key, with the columns' own names.
func normalTerms(sql string, columns columnSet) string {
	return normalExpr(withTermNames(sql, func(name string) string { return cmp.Or(columns[fold(name)], name) }), nil)
}

// withTermNames gives the columns of a key's terms other names.
func withTermNames(sql string, rename func(string) string) string {
	var b strings.Builder
	first, depth, at := true, 0, 0
	for _, t := range significant(sql) {
		if first && (t.kind == word || t.kind == quotedID || t.kind == text) {
			b.WriteString(sql[at:t.start] + quoteIdent(rename(dequote(sql[t.start:t.end]))))
			at = t.end
		}
		switch {
		case is(sql, t, "("):
			depth++
		case is(sql, t, ")"):
			depth--
		}
		first = depth == 0 && is(sql, t, ",")
	}
	return b.String() + sql[at:]
}

// isRowid reports whether the column is the number of the row: the only column
// of the primary key, of type INTEGER or an integer that is to be numbered
// (https://www.sqlite.org/lang_createtable.html#rowid).
func isRowid(c *schema.ColumnDef, t *schema.Table) bool {
	if t == nil || t.PrimaryKey == nil || len(t.PrimaryKey.Columns) != 1 || t.PrimaryKey.Columns[0] != c.Name {
		return false
	}
	if has[WithoutRowidOption](t.Options) || descends(t.PrimaryKey) {
		return false
	}
	numbered := c.AutoIncrement || c.Identity != nil && plainIdentity(*c.Identity)
	switch def := c.Type.For(names...).Def().(type) {
	case schema.IntegerType:
		return numbered || def.Size == schema.IntegerRegular
	case schema.RawType:
		return normalType(def.SQL) == "INTEGER"
	case StorageType:
		return numbered && def.Name == "INT"
	}
	return false
}

// descends reports whether the key is one column that sorts downwards. Such a
// key at a column of type INTEGER is not the row's number, by an old mistake that
// SQLite keeps (https://www.sqlite.org/lang_createtable.html#rowid).
func descends(pk *schema.PrimaryKeyDef) bool {
	o, ok := schema.Find[KeyTermsOption](pk.Options)
	return ok && len(pk.Columns) == 1 && strings.HasSuffix(normalTerms(o.SQL, nil), " DESC")
}

// plainIdentity reports whether the identity asks for no more than numbers, as SQLite gives them.
func plainIdentity(id schema.Identity) bool {
	return (id.Start == 0 || id.Start == 1) && (id.Increment == 0 || id.Increment == 1) && id.Min == nil && id.Max == nil && !id.Cycle
}

func rowidColumn(t *schema.Table) *schema.ColumnDef {
	for _, c := range t.Columns {
		if isRowid(c, t) {
			return c
		}
	}
	return nil
}

func canonicalUniques(t *schema.Table, columns columnSet) {
	for _, u := range t.Uniques {
		u.Options = constraintOptions(u.Options, columns)
		u.Deferral, u.NullsNotDistinct = schema.DeferralDefault, false
	}
	key := func(u *schema.UniqueDef) string { return fmt.Sprintf("%s\x00%q %v", u.Name, u.Columns, u.Options) }
	t.Uniques = sorted(t.Uniques, key)
}

func canonicalChecks(t *schema.Table, columns columnSet) {
	for _, k := range t.Checks {
		k.Expr = normalExpr(k.Expr, columns)
		k.Options = constraintOptions(k.Options, nil)
		k.NotValid, k.NotEnforced = false, false
	}
	t.Checks = sorted(t.Checks, func(k *schema.CheckDef) string { return k.Name + "\x00" + k.Expr })
}

func canonicalReferences(t *schema.Table) {
	for _, fk := range t.ForeignKeys {
		fk.Options, fk.NotValid = nil, false
		fk.RefTable.Schema = t.Name.Schema
		fk.OnDelete, fk.OnUpdate = canonicalAction(fk.OnDelete), canonicalAction(fk.OnUpdate)
		fk.Match = strings.ToUpper(fk.Match)
		if fk.Match == "SIMPLE" || fk.Match == "NONE" {
			fk.Match = ""
		}
	}
	t.ForeignKeys = sorted(t.ForeignKeys, func(fk *schema.ForeignKeyDef) string {
		return fmt.Sprintf("%s\x00%q %q %q %s %s %d", fk.Name, fk.Columns, fk.RefTable.Name, fk.RefColumns, fk.OnDelete, fk.OnUpdate, fk.Deferral)
	})
}

func canonicalAction(a schema.Action) schema.Action {
	a = schema.Action(strings.ToUpper(string(a)))
	if a == "NO ACTION" {
		return schema.NoAction
	}
	return a
}

func canonicalIndexes(t *schema.Table, columns columnSet) {
	for _, i := range t.Indexes {
		i.Comment, i.Options, i.Using, i.Include = "", nil, "", nil
		i.Where = normalExpr(i.Where, columns)
		for n := range i.Parts {
			canonicalPart(&i.Parts[n], t, columns)
		}
	}
	t.Indexes = sorted(t.Indexes, func(i *schema.IndexDef) string {
		return i.Name + "\x00" + i.Where
	}, func(i *schema.IndexDef) string { return fmt.Sprint(i.Parts) })
}

// canonicalPart drops what is the default: a column's own collation, NULL below all else.
func canonicalPart(p *schema.IndexPart, t *schema.Table, columns columnSet) {
	p.Nulls, p.Length, p.OpClass = schema.NullsDefault, 0, ""
	if p.Expr != "" {
		p.Expr = normalExpr(p.Expr, columns)
		p.Collation = canonicalCollation(p.Collation)
		if toks := significant(p.Expr); len(toks) == 1 && (toks[0].kind == word || toks[0].kind == quotedID) {
			if name, ok := columns[fold(dequote(p.Expr))]; ok {
				p.Column, p.Expr = name, ""
			}
		}
	}
	if p.Column == "" {
		return
	}
	own := ""
	if c := t.Column(p.Column); c != nil {
		own = canonicalCollation(c.Collation)
	}
	switch mine := canonicalCollation(p.Collation); {
	case p.Collation == "" || mine == own:
		p.Collation = ""
	case mine == "":
		p.Collation = "BINARY"
	default:
		p.Collation = mine
	}
}

// sorted orders by keys, of which a later one is asked for only where those before
// are equal, and drops what says the same twice.
func sorted[T any](list []T, keys ...func(T) string) []T {
	compare := func(a, b T) int {
		for _, key := range keys {
			if c := strings.Compare(key(a), key(b)); c != 0 {
				return c
			}
		}
		return 0
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, compare)
	return slices.CompactFunc(list, func(a, b T) bool { return compare(a, b) == 0 })
}
