package mysql

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

// readColumns reads the columns of all tables. They are put in order here: for a
// thousand tables MySQL 9.7 takes 0.06 s to answer, and 0.12 s with ORDER BY.
func (r *reader) readColumns() error {
	srid := "NULL"
	if r.d.is(MySQL) {
		srid = "SRS_ID"
	}
	text := "SELECT TABLE_NAME, COLUMN_NAME, COLUMN_DEFAULT, IS_NULLABLE, COLUMN_TYPE, COLLATION_NAME, EXTRA, COLUMN_COMMENT, GENERATION_EXPRESSION, " + srid +
		", DATA_TYPE, ORDINAL_POSITION FROM information_schema.COLUMNS WHERE " + r.where("TABLE_SCHEMA", "TABLE_NAME")
	var rows []columnRow
	err := r.get(text, func(w *row) {
		if f := r.tables[w.text(0)]; f != nil {
			rows = append(rows, newColumnRow(f, w))
		}
	})
	if err != nil {
		return fmt.Errorf("reading the columns: %w", err)
	}
	slices.SortStableFunc(rows, func(a, b columnRow) int { return a.position - b.position })
	// Expressions name columns that may come later, so they are read when all are there.
	for _, c := range rows {
		c.found.table.Columns = append(c.found.table.Columns, c.column)
	}
	cols := map[*found]names{}
	for _, c := range rows {
		if cols[c.found] == nil {
			cols[c.found] = columnNames(c.found.table)
		}
		r.column(c, cols[c.found])
	}
	return nil
}

// columnRow is a column as the catalogue has it.
type columnRow struct {
	found      *found
	column     *schema.ColumnDef
	value      string // COLUMN_DEFAULT
	hasValue   bool
	typ        string // COLUMN_TYPE
	collation  string
	extra      string
	generation string
	srid       string
	dataType   string
	position   int // in its table
}

func newColumnRow(f *found, w *row) columnRow {
	return columnRow{
		found:  f,
		column: &schema.ColumnDef{Name: w.text(1), Nullable: w.text(3) == "YES", Comment: w.text(7)},
		value:  w.text(2), hasValue: !w.null(2), typ: w.text(4), collation: w.text(5), extra: w.text(6),
		generation: w.text(8), srid: w.text(9), dataType: w.text(10), position: w.number(11),
	}
}

// column fills in a column.
func (r *reader) column(w columnRow, cols names) {
	c, f := w.column, w.found
	typ, compressed := strings.CutSuffix(w.typ, " /*M!100301 COMPRESSED*/")
	if r.d.is(TiDB) {
		typ = strings.ReplaceAll(typ, `\`, `\\`) // TiDB 8.5 does not escape it in the values of ENUM and SET
		f.setWidth(c.Name, typ)
	}
	if compressed {
		Compressed().AddToColumn(c)
	}
	c.Type = r.d.parseType(typ)
	if g, ok := c.Type.Def().(GeometryType); ok {
		if w.srid != "" {
			f.setSRID(c.Name, w.srid)
		}
		f.geometry = f.geometry || g.Kind != "" && r.d.is(MariaDB)
	}
	c.Collation = w.collation
	r.extras(w, cols)
	f.special = f.special || r.d.is(MariaDB) && strings.Contains(w.generation+w.value, lostBytes)
	if !w.hasValue || c.Computed != nil {
		return
	}
	r.defaultOf(w, cols)
	// Catalogues cut such a default at a NUL (MySQL 9.7) or show ? for bytes that
	// are no UTF-8 (MariaDB 10.11).
	f.special = f.special || c.Default.Kind == schema.ExprBinary && (!r.d.is(MariaDB) || strings.Contains(w.value, "?"))
}

// setWidth keeps the type of a number that has a width, which may be filled with zeros.
func (f *found) setWidth(column, typ string) {
	if !strings.HasSuffix(typ, " unsigned") || !strings.Contains(typ, "(") {
		return
	}
	if f.widths == nil {
		f.widths = map[string]string{}
	}
	f.widths[column], f.special = strings.TrimSuffix(typ, " unsigned"), true
}

// setSRID puts a spatial reference system into a column's type.
func (f *found) setSRID(column, srid string) {
	c := f.table.Column(column)
	if c == nil {
		return
	}
	g, ok := c.Type.Def().(GeometryType)
	n, err := strconv.ParseUint(srid, 10, 32)
	if !ok || err != nil {
		return
	}
	g.SRID, g.HasSRID = uint32(n), true
	c.Type = schema.TypeOf(g)
}

// extras reads EXTRA: "auto_increment", "DEFAULT_GENERATED on update
// CURRENT_TIMESTAMP(3)", "VIRTUAL GENERATED INVISIBLE" … A word that is not
// known is left to SHOW CREATE TABLE, which a restatement reads.
func (r *reader) extras(w columnRow, cols names) {
	c := w.column
	extra := strings.ToLower(w.extra)
	has := func(s string) bool { return strings.Contains(extra, s) }
	c.AutoIncrement = has("auto_increment")
	if has("on update") {
		OnUpdateNow().AddToColumn(c)
	}
	if has("without system versioning") {
		WithoutHistory().AddToColumn(c)
	}
	if has("invisible") {
		Invisible().AddToColumn(c)
	}
	storage := schema.StorageDefault
	switch {
	case has("stored generated"), has("persistent"):
		storage = schema.Stored
	case has("virtual generated"):
		storage = schema.Virtual
	default:
		return
	}
	if w.generation == "ROW START" || w.generation == "ROW END" {
		// The period of a system-versioned table: said in raw words, which create it again.
		c.Type = schema.RawSQL(w.typ + " GENERATED ALWAYS AS " + w.generation)
		c.Nullable = true
		w.found.special = true // its period stands in no other place
		return
	}
	c.Computed = &schema.Computed{Expr: r.d.serverExpr(w.generation, cols), Storage: storage}
}

// defaultOf reads COLUMN_DEFAULT. MySQL and TiDB show a literal's bare value, and
// mark expressions in EXTRA; MariaDB shows SQL.
func (r *reader) defaultOf(w columnRow, cols names) {
	c := w.column
	def := c.Type.Def()
	switch {
	case r.d.is(MariaDB):
		c.Default = r.d.serverDefault(w.value, def, cols)
	case r.d.is(TiDB) && w.extra != "DEFAULT_GENERATED" && !isCurrentText(w.value, def):
		c.Default = bareDefault(w.value, def) // it says DEFAULT_GENERATED on update of whatever the default is
	case strings.Contains(w.extra, "DEFAULT_GENERATED"), r.d.is(TiDB):
		c.Default = r.d.serverDefault(r.d.catalogText(w.value), def, cols)
	default:
		c.Default = bareDefault(w.value, def)
	}
}

// isCurrentText reports whether TiDB means the current time: it does not mark it.
func isCurrentText(value string, def schema.TypeDef) bool {
	switch def.(type) {
	case schema.DateTimeType, TimestampType, schema.DateType:
		return strings.HasPrefix(strings.ToUpper(value), "CURRENT_")
	}
	return false
}

// serverDefault reads a default that the server wrote as SQL.
func (d *Dialect) serverDefault(text string, def schema.TypeDef, cols names) schema.Expr {
	if strings.EqualFold(text, "NULL") {
		return schema.Expr{}
	}
	tokens, err := lex(text, serverMode)
	if err != nil {
		return schema.SQL(text)
	}
	for bracketed(tokens) {
		tokens = tokens[1 : len(tokens)-1]
	}
	switch {
	case isCurrentTimestamp(tokens):
		if e := canonicalNow(def); e.Kind != schema.ExprNow || writtenDigits(tokens) == digits(def) {
			return e
		}
	case isLiteral(tokens):
		return d.canonicalDefaultLiteral(tokens, def)
	}
	return schema.SQL(d.normalExpr(text, serverMode, cols))
}

// bareDefault reads the value of a literal default.
func bareDefault(value string, def schema.TypeDef) schema.Expr {
	switch def.(type) {
	case schema.BinaryType, FixedBinaryType, BlobType:
		if digits, ok := strings.CutPrefix(value, "0x"); ok {
			return schema.Literal([]byte(unhex(strings.ToUpper(digits))))
		}
		return schema.Literal([]byte(value))
	}
	return schema.Literal(value)
}
