package sqlite

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// source is a table as it is, with all that hangs on it.
type source struct {
	name     schema.Name
	table    *createTable
	indexes  []attachedObject // made by statements of their own
	triggers []attachedObject // on the table
	others   []attachedObject // views, and triggers of other tables
	taken    map[string]bool  // names of tables, views and indexes
	legacy   bool             // PRAGMA legacy_alter_table
	online   bool
}

// attachedObject is an index, trigger or view with its text.
type attachedObject struct{ kind, name, sql string }

// uses reports whether the text is about a column of the name, as far as a text can tell.
func (o attachedObject) uses(column string) bool {
	if o.kind == "view" {
		return mentionsColumn(o.sql, column)
	}
	p := newParser(o.sql)
	for !p.done() && !p.at("ON") {
		p.advance()
	}
	head := o.sql[:p.here()]
	p.advance()
	p.ident()
	if p.acceptSymbol(".") {
		p.ident()
	}
	rest := o.sql[p.here():]
	if o.kind == "trigger" {
		return mentionsColumn(head, column) || mentionsColumn(rest, column)
	}
	return mentionsColumn(rest, column) || quotedTerm(rest, column)
}

// quotedTerm reports whether a bracketed list begins the text in which a string is
// the name of the column, for SQLite takes one for that.
func quotedTerm(list, column string) bool {
	toks, depth := significant(list), 0
	for i, t := range toks {
		switch s := list[t.start:t.end]; {
		case s == "(":
			depth++
		case s == ")":
			depth--
			if depth == 0 {
				return false
			}
		case t.kind == text && depth == 1 && sameName(dequote(s), column) && (is(list, toks[i-1], "(") || is(list, toks[i-1], ",")):
			return true
		}
	}
	return false
}

// source reads the table of a statement: from the batch's CopyFrom, else from
// the database. It is nil where neither is at hand.
func (d database) source(ctx context.Context, cat dialect.Catalog, s ddl.AlterTable) (*source, error) {
	src := &source{name: s.Table, taken: map[string]bool{}}
	online := cat != nil && cat.Conn() != nil
	if online {
		if err := src.load(ctx, cat.Conn()); err != nil {
			return nil, fmt.Errorf("reading table %q: %w", s.Table, err)
		}
	}
	if s.Batch != nil && s.Batch.CopyFrom != nil {
		return src, d.copyFrom(ctx, src, s.Batch.CopyFrom)
	}
	if !online {
		return nil, nil
	}
	if src.table == nil {
		return nil, errors.New("there is no such table")
	}
	return src, nil
}

// load reads the text of the table and of what hangs on it.
func (s *source) load(ctx context.Context, conn dialect.Conn) error {
	s.online = true
	file := s.name.Schema
	if file == "" {
		file = "main"
	}
	err := query(ctx, conn, "SELECT type, name, tbl_name, coalesce(sql, ''), rootpage IS NULL OR rootpage = 0 FROM "+quoteIdent(file)+".sqlite_master ORDER BY rowid", nil,
		func(scan scanner) error {
			var m master
			var sql string
			if err := scan(&m.kind, &m.name, &m.table, &sql, &m.virtual); err != nil {
				return err
			}
			return s.take(m, sql)
		})
	if err != nil {
		return err
	}
	return conn.QueryRowContext(ctx, "PRAGMA legacy_alter_table").Scan(&s.legacy)
}

// take sorts one object of the database.
func (s *source) take(m master, sql string) (err error) {
	mine := sameName(m.table, s.name.Name)
	if m.kind != "trigger" {
		s.taken[fold(m.name)] = true
	}
	switch {
	case m.kind == "view" && sameName(m.name, s.name.Name):
		return errors.New("it is a view")
	case m.kind == "table" && mine && m.virtual:
		return errors.New("it is a virtual table, which its module alone can change")
	case m.kind == "table" && mine:
		s.table, err = parseCreateTable(sql)
	case m.kind == "index" && mine && sql != "":
		s.indexes = append(s.indexes, attachedObject{m.kind, m.name, sql})
	case m.kind == "trigger" && mine:
		s.triggers = append(s.triggers, attachedObject{m.kind, m.name, sql})
	case m.kind == "trigger" || m.kind == "view":
		s.others = append(s.others, attachedObject{m.kind, m.name, sql})
	}
	return err
}

// copyFrom takes the table as the revision describes it instead of as the database has it.
func (d database) copyFrom(ctx context.Context, s *source, t *schema.Table) error {
	t = t.Clone()
	t.Name = s.name
	list, err := dialect.Compile(ctx, d, nil, ddl.CreateTable{Table: t})
	if err != nil {
		return fmt.Errorf("copying table %q: %w", s.name, err)
	}
	if s.table, err = parseCreateTable(list[0].Text); err != nil {
		return fmt.Errorf("copying table %q: %w", s.name, err)
	}
	s.indexes = nil
	for _, i := range t.Indexes {
		q, err := d.CreateIndex(ddl.CreateIndex{Table: schema.Name{Name: s.name.Name}, Index: i})
		if err != nil {
			return fmt.Errorf("copying table %q: %w", s.name, err)
		}
		s.indexes = append(s.indexes, attachedObject{"index", i.Name, q.Text})
	}
	return nil
}

// temporaryPrefix begins the names that tables have only for a moment.
const temporaryPrefix = "_gomig_tmp_"

// temporary is a name for the new table that nothing has.
func (s *source) temporary() string {
	name := temporaryPrefix + s.name.Name
	for n := 2; s.taken[fold(name)]; n++ {
		name = temporaryPrefix + strconv.Itoa(n) + "_" + s.name.Name
	}
	return name
}

// pseudo is a model of no more than what spelling a column needs to know of its table.
func (s *source) pseudo() *schema.Table {
	t := &schema.Table{Name: s.name}
	if s.table != nil && s.table.strict {
		t.Options = schema.SetOption(t.Options, Strict())
	}
	return t
}

// hasColumn reports whether the table has the column.
func (s *source) hasColumn(name string) bool { return s.table.columnIndex(name) >= 0 }

// used says what uses the column in a way that ALTER TABLE DROP COLUMN refuses,
// empty for nothing (https://www.sqlite.org/lang_altertable.html#altertabdropcol).
func (s *source) used(name string) string {
	c := s.table
	for _, col := range c.columns {
		for _, k := range col.constraints {
			switch {
			case sameName(col.name, name) && slices.Contains([]constraintKind{primaryKeyClause, uniqueClause, referencesClause}, k.kind):
				return "a key"
			case !sameName(col.name, name) && mentions(c.cut(k.expr), name):
				return "an expression"
			}
		}
	}
	for _, k := range c.table {
		if mentions(c.cut(k.span), name) {
			return "a constraint"
		}
	}
	for _, list := range [][]attachedObject{s.indexes, s.triggers, s.others} {
		for _, o := range list {
			if mentions(o.sql, name) || strings.Contains(o.sql, "'"+name+"'") {
				return "the " + o.kind + " " + strconv.Quote(o.name)
			}
		}
	}
	return ""
}
