package mysql

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

// readIndexes reads the indexes of all tables, the primary keys among them. The
// select is narrow on purpose: all of STATISTICS takes MySQL 2.5 s for a
// thousand tables, these columns 50 ms. They are put in order here, as in readColumns.
func (r *reader) readIndexes() error {
	visible, expression := "NULL", "NULL"
	switch {
	case r.d.is(MariaDB):
		visible = "IGNORED"
	default:
		visible = "IS_VISIBLE"
		if r.d.caps.expressionIndex {
			expression = "EXPRESSION"
		}
	}
	text := "SELECT TABLE_NAME, INDEX_NAME, NON_UNIQUE, COLUMN_NAME, COLLATION, SUB_PART, INDEX_TYPE, INDEX_COMMENT, " + visible + ", " + expression +
		", SEQ_IN_INDEX FROM information_schema.STATISTICS WHERE " + r.where("TABLE_SCHEMA", "TABLE_NAME")
	var parts []*row
	if err := r.get(text, func(w *row) { parts = append(parts, w.clone()) }); err != nil {
		return fmt.Errorf("reading the indexes: %w", err)
	}
	slices.SortStableFunc(parts, func(a, b *row) int {
		return cmp.Or(strings.Compare(a.text(1), b.text(1)), a.number(10)-b.number(10))
	})
	for _, w := range parts {
		if f := r.tables[w.text(0)]; f != nil {
			r.indexPart(f, w)
		}
	}
	for _, f := range r.tables {
		liftPrimaryKey(f.table)
		hidePrimaryKey(f.table)
	}
	return nil
}

// liftPrimaryKey makes the index PRIMARY the primary key.
func liftPrimaryKey(t *schema.Table) {
	at := slices.IndexFunc(t.Indexes, func(i *schema.IndexDef) bool { return i.Name == "PRIMARY" })
	if at < 0 {
		return
	}
	i := t.Indexes[at]
	t.PrimaryKey = &schema.PrimaryKeyDef{Options: keyOptions(i)}
	for _, p := range i.Parts {
		t.PrimaryKey.Columns = append(t.PrimaryKey.Columns, p.Column)
	}
	t.Indexes = slices.Delete(t.Indexes, at, at+1)
}

func (r *reader) indexPart(f *found, w *row) {
	t := f.table
	column, isColumn := w.text(3), !w.null(3) && w.null(9)
	if isColumn && (t.Column(column) == nil || w.text(2) == "0" && column == rowEnd(t)) {
		return // the end of a system-versioned row, which the server adds to every unique key
	}
	n := len(t.Indexes)
	if n == 0 || t.Indexes[n-1].Name != w.text(1) {
		t.Indexes = append(t.Indexes, r.newIndex(f, w))
		n++
	}
	i := t.Indexes[n-1]
	p := schema.IndexPart{Column: column, Descending: w.text(4) == "D"}
	if !isColumn { // TiDB then says NULL in letters
		p.Column = ""
		p.Expr = r.d.serverExpr(w.text(9), columnNames(t))
	}
	if i.Using != "SPATIAL" && !w.null(5) {
		if _, err := fmt.Sscan(w.text(5), &p.Length); err != nil {
			f.fail("index %q: a prefix of %q", i.Name, w.text(5))
		}
	}
	i.Parts = append(i.Parts, p)
}

func (r *reader) newIndex(f *found, w *row) *schema.IndexDef {
	i := &schema.IndexDef{Name: w.text(1), Unique: w.text(2) == "0", Using: w.text(6), Comment: w.text(7)}
	switch {
	case w.text(8) == "NO" && !r.d.is(MariaDB), w.text(8) == "YES" && r.d.is(MariaDB):
		i.With(Invisible())
	}
	f.special = f.special || i.Using == "FULLTEXT"
	return i
}

// hidePrimaryKey leaves out the invisible key that MySQL makes for a table
// without one (sql_generate_invisible_primary_key): nothing declared it.
// https://dev.mysql.com/doc/refman/8.4/en/create-table-gipks.html
func hidePrimaryKey(t *schema.Table) {
	pk := t.PrimaryKey
	if pk == nil || len(pk.Columns) != 1 || pk.Columns[0] != "my_row_id" || len(t.Columns) == 0 || t.Columns[0].Name != "my_row_id" {
		return
	}
	c := t.Columns[0]
	if _, invisible := schema.Find[InvisibleOption](c.Options); invisible && c.AutoIncrement {
		t.PrimaryKey, t.Columns = nil, t.Columns[1:]
	}
}

// readForeignKeys reads the foreign keys of all tables.
func (r *reader) readForeignKeys() error {
	rules := map[[2]string][2]string{}
	text := "SELECT TABLE_NAME, CONSTRAINT_NAME, DELETE_RULE, UPDATE_RULE FROM information_schema.REFERENTIAL_CONSTRAINTS WHERE " +
		r.where("CONSTRAINT_SCHEMA", "TABLE_NAME")
	err := r.get(text, func(w *row) { rules[[2]string{w.text(0), w.text(1)}] = [2]string{w.text(2), w.text(3)} })
	if err != nil {
		return fmt.Errorf("reading the rules of foreign keys: %w", err)
	}
	if len(rules) == 0 {
		return nil
	}
	text = "SELECT TABLE_NAME, CONSTRAINT_NAME, COLUMN_NAME, REFERENCED_TABLE_SCHEMA, REFERENCED_TABLE_NAME, REFERENCED_COLUMN_NAME" +
		" FROM information_schema.KEY_COLUMN_USAGE WHERE " + r.where("TABLE_SCHEMA", "TABLE_NAME") +
		" AND REFERENCED_TABLE_NAME IS NOT NULL ORDER BY TABLE_NAME, CONSTRAINT_NAME, ORDINAL_POSITION"
	err = r.get(text, func(w *row) {
		if f := r.tables[w.text(0)]; f != nil {
			r.foreignKeyPart(f, w, rules[[2]string{w.text(0), w.text(1)}])
		}
	})
	if err != nil {
		return fmt.Errorf("reading the foreign keys: %w", err)
	}
	return nil
}

func (r *reader) foreignKeyPart(f *found, w *row, rules [2]string) {
	t := f.table
	n := len(t.ForeignKeys)
	if n == 0 || t.ForeignKeys[n-1].Name != w.text(1) {
		t.ForeignKeys = append(t.ForeignKeys, &schema.ForeignKeyDef{
			Name: w.text(1), RefTable: schema.Name{Schema: w.text(3), Name: w.text(4)},
			OnDelete: action(rules[0]), OnUpdate: action(rules[1]),
		})
		n++
	}
	fk := t.ForeignKeys[n-1]
	fk.Columns = append(fk.Columns, w.text(2))
	fk.RefColumns = append(fk.RefColumns, w.text(5))
}

func action(rule string) schema.Action {
	if rule == "NO ACTION" {
		return schema.NoAction
	}
	return schema.Action(rule)
}

// readChecks reads the checks of all tables. On MySQL the condition and the
// table stand in two views, of which a join takes seconds.
func (r *reader) readChecks() error {
	if !r.d.caps.check {
		return nil
	}
	if r.d.is(MySQL) {
		return r.readTwoChecks()
	}
	columns, view := "LEVEL FROM", "information_schema.CHECK_CONSTRAINTS"
	if r.d.is(TiDB) {
		// TiDB lists checks without their tables; with them in a view of its own.
		columns, view = "'Table' FROM", "information_schema.TIDB_CHECK_CONSTRAINTS"
	}
	text := "SELECT TABLE_NAME, CONSTRAINT_NAME, CHECK_CLAUSE, " + columns + " " + view + " WHERE " + r.where("CONSTRAINT_SCHEMA", "TABLE_NAME")
	err := r.get(text, func(w *row) {
		if f := r.tables[w.text(0)]; f != nil {
			if w.text(3) != "Column" || !r.jsonCheck(f, w.text(2)) {
				r.check(f, w.text(1), w.text(2))
				f.special = f.special || r.d.is(TiDB) || r.mayBePeriod(f.table, w.text(2)) || strings.Contains(w.text(2), lostBytes)
			}
		}
	})
	if err != nil {
		return fmt.Errorf("reading the checks: %w", err)
	}
	return nil
}

func (r *reader) readTwoChecks() error {
	table := map[string]string{}
	enforced := map[string]bool{}
	where := r.where("TABLE_SCHEMA", "TABLE_NAME") + " AND CONSTRAINT_TYPE = 'CHECK'"
	err := r.get("SELECT TABLE_NAME, CONSTRAINT_NAME, ENFORCED FROM information_schema.TABLE_CONSTRAINTS WHERE "+where, func(w *row) {
		table[w.text(1)], enforced[w.text(1)] = w.text(0), w.text(2) != "NO"
	})
	if err != nil {
		return fmt.Errorf("reading the tables of checks: %w", err)
	}
	if len(table) == 0 {
		return nil
	}
	// A check's name is unique in its schema.
	text := "SELECT CONSTRAINT_NAME, CHECK_CLAUSE FROM information_schema.CHECK_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = " + r.d.quotedText(r.in)
	err = r.get(text, func(w *row) {
		f := r.tables[table[w.text(0)]]
		if f == nil {
			return
		}
		r.check(f, w.text(0), w.text(1))
		f.table.Checks[len(f.table.Checks)-1].NotEnforced = !enforced[w.text(0)]
	})
	if err != nil {
		return fmt.Errorf("reading the checks: %w", err)
	}
	return nil
}

// check adds a check.
func (r *reader) check(f *found, name, clause string) {
	expr := r.d.serverExpr(clause, columnNames(f.table))
	f.table.Checks = append(f.table.Checks, &schema.CheckDef{Name: name, Expr: expr})
}

// jsonCheck reports whether a column's check is what makes a LONGTEXT of
// MariaDB JSON, and makes it JSON again. The column is the one that it speaks of: by
// the name that it is listed under, a renamed column is looked for in vain, for that
// stays as it was until the server opens the table anew (MariaDB 10.11).
func (r *reader) jsonCheck(f *found, clause string) bool {
	expr := r.d.serverExpr(clause, nil)
	i := slices.IndexFunc(f.table.Columns, func(c *schema.ColumnDef) bool { return isJSONCheck(expr, c.Name) })
	if i < 0 || f.table.Columns[i].Collation != "utf8mb4_bin" {
		return false
	}
	c := f.table.Columns[i]
	if t, ok := c.Type.Def().(TextType); !ok || t.Size != LongSize {
		return false
	}
	c.Type, c.Collation = schema.JSON(), ""
	return true
}
