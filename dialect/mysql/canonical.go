package mysql

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

// Canonical is the table as the server would report it, as far as rules tell.
func (d *Dialect) Canonical(t *schema.Table) *schema.Table {
	t = t.Clone()
	t.Name = d.canonicalName(t.Name)
	collation := d.canonicalTableOptions(t)
	t.Comment = basicPlane(t.Comment)
	cols := columnNames(t)
	for i, c := range t.Columns {
		d.canonicalColumn(c, t, i, collation, cols)
	}
	d.canonicalPrimaryKey(t, cols)
	for _, u := range t.Uniques {
		t.Indexes = append(t.Indexes, uniqueIndex(u))
	}
	t.Uniques = nil
	d.canonicalChecks(t, cols)
	for _, fk := range t.ForeignKeys {
		d.canonicalForeignKey(fk)
	}
	d.canonicalIndexes(t, cols)
	sortAll(t)
	return t
}

// canonicalName leaves out the default schema, and lowers names where the
// server does (lower_case_table_names=1).
func (d *Dialect) canonicalName(n schema.Name) schema.Name {
	if d.set.lowerNames {
		n.Schema, n.Name = strings.ToLower(n.Schema), strings.ToLower(n.Name)
	}
	if n.Schema != "" && n.Schema == d.set.database {
		n.Schema = ""
	}
	return n
}

func (d *Dialect) canonicalColumn(c *schema.ColumnDef, t *schema.Table, at int, collation string, cols names) {
	def := c.Type.For(d.Names()...).Def()
	var rawCharset, rawCollation string
	if raw, ok := def.(schema.RawType); ok {
		raw.SQL, rawCharset, rawCollation = splitRaw(raw.SQL)
		def = raw
	}
	def = d.canonicalType(def)
	c.Type = schema.TypeOf(def)
	if c.Identity != nil && *c.Identity == (schema.Identity{}) {
		c.AutoIncrement, c.Identity = true, nil
	}
	if t.InPrimaryKey(c.Name) || c.AutoIncrement || inPeriod(t, c.Name) {
		c.Nullable = false
	}
	c.Comment = basicPlane(c.Comment)
	charset, _ := schema.Find[CharsetOption](c.Options)
	_, onUpdate := schema.Find[OnUpdateOption](c.Options)
	_, invisible := schema.Find[InvisibleOption](c.Options)
	_, compressed := schema.Find[CompressedOption](c.Options)
	random, isRandom := schema.Find[AutoRandomOption](c.Options)
	c.Collation = d.canonicalCollation(cmp.Or(c.Collation, rawCollation), cmp.Or(string(charset), rawCharset), def, collation)
	if c.Computed != nil {
		d.canonicalComputed(c, cols)
	} else {
		e, moves := d.canonicalDefault(c.Default, def, cols)
		c.Default, onUpdate = e, onUpdate || moves
		d.implicitTimestamp(c, t, at, &onUpdate)
	}
	c.Options = nil
	if compressed {
		c.Options = schema.SetOption(c.Options, CompressedOption{})
		if !c.Nullable && c.Default.Equal(schema.Literal("")) {
			c.Default = schema.Expr{} // MariaDB 10.11 reports '' where there is none
		}
	}
	if onUpdate {
		c.Options = schema.SetOption(c.Options, OnUpdateOption{})
	}
	if invisible {
		c.Options = schema.SetOption(c.Options, InvisibleOption{})
	}
	if isRandom && d.is(TiDB) {
		c.Options = schema.SetOption(c.Options, random.canonical())
	}
}

func (d *Dialect) canonicalComputed(c *schema.ColumnDef, cols names) {
	c.Computed.Expr = d.normalExpr(c.Computed.Expr, d.userMode(), cols)
	if c.Computed.Storage == schema.StorageDefault {
		c.Computed.Storage = schema.Virtual
	}
	if !d.caps.generatedNotNull {
		c.Nullable = true
	}
}

// implicitTimestamp gives a TIMESTAMP NOT NULL the default that the server gives
// it while explicit_defaults_for_timestamp is off, as MariaDB had it before
// 10.10: the first of a table moves with the row, the others begin at zero.
// https://mariadb.com/kb/en/timestamp/#automatic-values
func (d *Dialect) implicitTimestamp(c *schema.ColumnDef, t *schema.Table, at int, onUpdate *bool) {
	ts, ok := c.Type.Def().(TimestampType)
	if !ok || !d.set.implicitTimestamp || c.Nullable || !c.Default.IsZero() || *onUpdate {
		return
	}
	for _, b := range t.Columns[:at] {
		if _, ok := b.Type.Def().(TimestampType); ok {
			c.Default = timeLiteral(schema.Literal("0000-00-00 00:00:00"+fractionZeros(ts.Digits)), ts)
			return
		}
	}
	c.Default, *onUpdate = schema.Now(), true
}

func fractionZeros(n int) string {
	if n == 0 {
		return ""
	}
	return "." + strings.Repeat("0", n)
}

// canonicalCollation is the collation of a column, empty if it is the table's.
func (d *Dialect) canonicalCollation(name, charset string, def schema.TypeDef, table string) string {
	if !isText(def) {
		return ""
	}
	if name == "" {
		name = d.defaultCollation(charset)
	}
	if name = currentName(name); name == table {
		return ""
	}
	return name
}

// defaultCollation is what a character set alone means; empty if it is not known.
func (d *Dialect) defaultCollation(charset string) string {
	return d.set.charsetCollation[currentName(charset)]
}

// currentName is the name of a character set or collation as servers now write
// it: utf8 was renamed utf8mb3 in MySQL 8.0.30 and MariaDB 10.6.
func currentName(s string) string {
	s = strings.ToLower(s)
	if s == "utf8" {
		return "utf8mb3"
	}
	if rest, ok := strings.CutPrefix(s, "utf8_"); ok {
		return "utf8mb3_" + rest
	}
	return s
}

func (d *Dialect) canonicalChecks(t *schema.Table, cols names) {
	if !d.caps.check {
		t.Checks = nil
		return
	}
	for _, k := range t.Checks {
		k.Expr, k.Options = d.normalExpr(k.Expr, d.userMode(), cols), nil
	}
}

// canonicalForeignKey: RESTRICT and NO ACTION are one in InnoDB, which checks at once.
func (d *Dialect) canonicalForeignKey(fk *schema.ForeignKeyDef) {
	fk.RefTable = d.canonicalName(fk.RefTable)
	fk.Options = nil
	fk.OnDelete, fk.OnUpdate = action(strings.ToUpper(string(fk.OnDelete))), action(strings.ToUpper(string(fk.OnUpdate)))
	if fk.OnDelete == schema.Restrict {
		fk.OnDelete = schema.NoAction
	}
	if fk.OnUpdate == schema.Restrict {
		fk.OnUpdate = schema.NoAction
	}
	if strings.EqualFold(fk.Match, "SIMPLE") {
		fk.Match = ""
	}
}

func sortAll(t *schema.Table) {
	slices.SortStableFunc(t.Checks, func(a, b *schema.CheckDef) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Expr, b.Expr))
	})
	slices.SortStableFunc(t.ForeignKeys, func(a, b *schema.ForeignKeyDef) int {
		return byName(a.Name, b.Name, func() (string, string) { return keyText(a), keyText(b) })
	})
	slices.SortStableFunc(t.Indexes, func(a, b *schema.IndexDef) int {
		return byName(a.Name, b.Name, func() (string, string) { return fmt.Sprintf("%+v", a.Parts), fmt.Sprintf("%+v", b.Parts) })
	})
}

// byName is the order of two names, and of what stands behind them where there are none.
func byName(a, b string, texts func() (string, string)) int {
	if a != "" || b != "" {
		return strings.Compare(a, b)
	}
	return strings.Compare(texts())
}

func keyText(fk *schema.ForeignKeyDef) string {
	return fmt.Sprintf("%q%s%q", fk.Columns, fk.RefTable, fk.RefColumns)
}
