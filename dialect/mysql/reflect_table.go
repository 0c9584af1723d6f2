package mysql

import (
	"fmt"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// objectKinds are the kinds of object that information_schema.TABLES lists beside tables.
var objectKinds = map[string]string{"VIEW": "view", "SEQUENCE": "sequence"}

// readTables reads the tables themselves.
func (r *reader) readTables() error {
	text := "SELECT TABLE_NAME, TABLE_TYPE, ENGINE, TABLE_COLLATION, CREATE_OPTIONS, TABLE_COMMENT FROM information_schema.TABLES WHERE " +
		r.where("TABLE_SCHEMA", "TABLE_NAME")
	err := r.get(text, func(w *row) {
		name, kind := r.name(w.text(0)), w.text(1)
		if !isTable(kind) {
			if what, ok := objectKinds[kind]; ok {
				r.out.Others = append(r.out.Others, dialect.Object{Kind: what, Name: name})
			}
			return
		}
		if r.include != nil && !r.include(name) {
			return
		}
		f := &found{table: &schema.Table{Name: name, Comment: w.text(5)}, collation: w.text(3)}
		r.tables[w.text(0)] = f
		r.all = append(r.all, f)
		if w.null(2) {
			// A broken table has no engine, and its comment says why.
			f.fail("the server cannot open it: %s", w.text(5))
			return
		}
		r.tableOptions(f, w.text(2), w.text(4))
		if kind == "SYSTEM VERSIONED" {
			SystemVersioned().AddToTable(f.table)
		}
	})
	if err != nil {
		return fmt.Errorf("reading the tables: %w", err)
	}
	return nil
}

func (r *reader) tableOptions(f *found, engine, options string) {
	Engine(engine).AddToTable(f.table)
	f.special = f.special || strings.EqualFold(engine, mergeEngine) || r.d.is(TiDB)
	if f.collation != "" {
		Collate(f.collation).AddToTable(f.table)
	}
	before := ""
	for _, o := range splitOptions(options) {
		name, value, ok := strings.Cut(o, "=")
		if before == "DATA" || before == "INDEX" { // DIRECTORY
			name = before + " " + name
		}
		before = o
		switch name = strings.ToUpper(strings.Trim(name, "`")); {
		case name == "PARTITIONED":
			f.special = true
		case name == "ROW_FORMAT":
			RowFormat(value).AddToTable(f.table)
		case name == "PK_AUTO_RANDOM_BITS", !ok:
			// TiDB's remark on a column, and flags of the server's own.
		default:
			TableOption(name, value).AddToTable(f.table)
		}
	}
}

// splitOptions splits CREATE_OPTIONS at blanks outside quotes.
func splitOptions(s string) []string {
	var out []string
	var quote rune
	start := -1
	for i, c := range s {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'' || c == '`':
			quote = c
			if start < 0 {
				start = i
			}
		case c == ' ':
			if start >= 0 {
				out = append(out, s[start:i])
			}
			start = -1
		case start < 0:
			start = i
		}
	}
	if start >= 0 {
		out = append(out, s[start:])
	}
	return out
}

// readOthers reads what is there beside tables, views and sequences.
func (r *reader) readOthers() error {
	if r.d.is(TiDB) {
		return nil // it has none
	}
	in := r.d.quotedText(r.in)
	for _, q := range []struct{ what, text string }{
		{"triggers", "SELECT 'trigger', TRIGGER_NAME FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = " + in},
		{"routines", "SELECT LOWER(ROUTINE_TYPE), ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = " + in},
		{"events", "SELECT 'event', EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA = " + in},
	} {
		err := r.get(q.text, func(w *row) {
			r.out.Others = append(r.out.Others, dialect.Object{Kind: w.text(0), Name: r.name(w.text(1))})
		})
		if err != nil {
			return fmt.Errorf("reading the %s: %w", q.what, err)
		}
	}
	return nil
}

// readSpecial reads what the ordinary catalogues leave out, if any table needs it.
func (r *reader) readSpecial() error {
	geometry := false
	for name, f := range r.tables {
		geometry = geometry || f.geometry
		if f.special && f.err == nil {
			r.readDefinition(name, f)
		}
	}
	if geometry {
		return r.readReferenceSystems()
	}
	return nil
}

// readDefinition asks the table itself for what the catalogues do not tell: the
// parsers of its FULLTEXT indexes, the default bytes of its binary columns, its
// periods and its partitions.
func (r *reader) readDefinition(name string, f *found) {
	text, err := r.d.createTable(r.ctx, r.conn, schema.Name{Schema: r.in, Name: name})
	if err != nil {
		f.err = err
		return
	}
	f.readZeroFill(r.d, text)
	for _, k := range f.table.Checks {
		k.NotEnforced = k.NotEnforced || text.notEnforced[k.Name]
	}
	for index, parser := range text.parsers {
		if i := f.table.Index(index); i != nil {
			i.With(Parser(parser))
		}
	}
	for _, c := range f.table.Columns {
		value := text.columns[strings.ToLower(c.Name)].value
		if c.Default.Kind == schema.ExprBinary && isLiteral(value) {
			c.Default = r.d.canonicalDefaultLiteral(value, c.Type.Def())
		}
	}
	if text.partitions != "" {
		PartitionBy(text.partitions).AddToTable(f.table)
	}
	for _, o := range text.merged {
		if o.Name == mergedTables {
			o = r.inUnion(o)
		}
		o.AddToTable(f.table)
	}
	for _, o := range text.tidb {
		setTable(f.table, o)
	}
	r.restoreStrings(f.table, text)
	for _, p := range text.periods {
		r.setPeriod(f.table, p)
	}
	if p := text.system; p.start != "" {
		SystemPeriod(p.start, p.end).AddToTable(f.table)
	}
}

// lostBytes is what MariaDB's catalogue, which is utf8mb3, shows of a character
// beyond that in an expression: one question mark a byte.
const lostBytes = "????"

// restoreStrings reads the expressions in which the catalogue may have lost
// characters from the table's own text.
func (r *reader) restoreStrings(t *schema.Table, text createText) {
	if !r.d.is(MariaDB) {
		return
	}
	cols := columnNames(t)
	for _, c := range t.Columns {
		own := text.columns[strings.ToLower(c.Name)]
		if c.Computed != nil && strings.Contains(c.Computed.Expr, lostBytes) && own.computedText != "" {
			c.Computed.Expr = r.d.serverExpr(own.computedText, cols)
		}
		if c.Default.Kind == schema.ExprSQL && strings.Contains(c.Default.Text, lostBytes) && own.defaultText != "" {
			c.Default = r.d.serverDefault(own.defaultText, c.Type.Def(), cols)
		}
	}
	for _, k := range t.Checks {
		said, ok := text.checks[k.Name]
		if own, its := text.columnCheck(k.Name); !ok && its {
			said, ok = text.columns[strings.ToLower(own)].checkText, true
		}
		if ok && strings.Contains(k.Expr, lostBytes) {
			k.Expr = r.d.serverExpr(said, cols)
		}
	}
}

// readReferenceSystems reads MariaDB's spatial reference systems, which its
// COLUMNS leaves out.
func (r *reader) readReferenceSystems() error {
	text := "SELECT G_TABLE_NAME, G_GEOMETRY_COLUMN, SRID FROM information_schema.GEOMETRY_COLUMNS WHERE " + r.where("G_TABLE_SCHEMA", "G_TABLE_NAME")
	err := r.get(text, func(w *row) {
		if f := r.tables[w.text(0)]; f != nil && w.text(2) != "0" {
			f.setSRID(w.text(1), w.text(2))
		}
	})
	if err != nil {
		return fmt.Errorf("reading the spatial reference systems: %w", err)
	}
	return nil
}
