package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// master is a row of sqlite_master.
type master struct {
	kind, name, table string
	sql               sql.NullString
	virtual           bool

	// the statement, taken apart if it makes an ordinary table or an index
	asTable *createTable
	asIndex *createIndex
	err     error
}

// takeApart reads the statement of a table or an index.
func (m *master) takeApart() {
	switch {
	case m.kind == "table" && !m.virtual:
		m.asTable, m.err = parseCreateTable(m.sql.String)
	case m.kind == "index" && m.sql.Valid:
		m.asIndex, m.err = parseCreateIndex(m.sql.String)
	}
}

// columnInfo is a row of PRAGMA table_xinfo.
type columnInfo struct {
	name, typ string
	notNull   bool
	def       sql.NullString
	pk        int
	hidden    int
}

// catalogue is what one database file holds.
type catalogue struct {
	schema  string // as SQLite calls it: main
	rows    []master
	columns map[string][]columnInfo // by table
	shadows map[string]bool
}

// Reflect reads each database file by three queries, whatever the number of its tables.
func (d database) Reflect(ctx context.Context, conn dialect.Conn, scope dialect.Scope) (*dialect.Reflection, error) {
	schemas, err := schemasOf(ctx, conn, scope)
	if err != nil {
		return nil, fmt.Errorf("reflecting: %w", err)
	}
	r := &dialect.Reflection{DefaultSchema: "main"}
	for _, s := range schemas {
		c, err := d.read(ctx, conn, s)
		if err != nil {
			return nil, fmt.Errorf("reflecting %q: %w", s, err)
		}
		d.model(c, defaultSchema(s), scope.Include, r)
	}
	slices.SortFunc(r.Tables, func(a, b *schema.Table) int { return a.Name.Compare(b.Name) })
	slices.SortFunc(r.Others, func(a, b dialect.Object) int {
		if c := a.Name.Compare(b.Name); c != 0 {
			return c
		}
		return strings.Compare(a.Kind, b.Kind)
	})
	return r, nil
}

// schemasOf are the database files to read, main first.
func schemasOf(ctx context.Context, conn dialect.Conn, scope dialect.Scope) ([]string, error) {
	list := []string{"main"}
	add := func(name string) {
		if !slices.ContainsFunc(list, func(s string) bool { return sameName(s, name) }) {
			list = append(list, name)
		}
	}
	for _, s := range scope.Schemas {
		if s != "" {
			add(s)
		}
	}
	if scope.AllSchemas {
		all, err := attached(ctx, conn)
		if err != nil {
			return nil, err
		}
		for _, s := range all {
			add(s)
		}
	}
	return list, nil
}

// attached are the database files of the connection, without the temporary one.
func attached(ctx context.Context, conn dialect.Conn) (list []string, err error) {
	err = query(ctx, conn, "SELECT name FROM pragma_database_list WHERE name <> 'temp' ORDER BY seq", nil, func(scan scanner) error {
		var name string
		defer func() { list = append(list, name) }()
		return scan(&name)
	})
	return list, err
}

type scanner func(dest ...any) error

// query runs a query and hands each row to f.
func query(ctx context.Context, conn dialect.Conn, text string, args []any, f func(scanner) error) (err error) {
	rows, err := conn.QueryContext(ctx, text, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := f(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// read reads the catalogue of one database file.
func (d database) read(ctx context.Context, conn dialect.Conn, name string) (*catalogue, error) {
	c := &catalogue{schema: name, columns: map[string][]columnInfo{}, shadows: map[string]bool{}}
	from := quoteIdent(name) + ".sqlite_master"
	err := query(ctx, conn, "SELECT type, name, tbl_name, sql, rootpage IS NULL OR rootpage = 0 FROM "+from, nil, func(scan scanner) error {
		var m master
		err := scan(&m.kind, &m.name, &m.table, &m.sql, &m.virtual)
		c.rows = append(c.rows, m)
		return err
	})
	if err != nil {
		return nil, err
	}
	// SQLite lists the columns on one processor; meanwhile another one reads the statements.
	var reading sync.WaitGroup
	reading.Go(func() { inParallel(len(c.rows), func(i int) { c.rows[i].takeApart() }) })
	err = query(ctx, conn, `SELECT m.name, x.name, x.type, x."notnull", x.dflt_value, x.pk, x.hidden FROM `+from+
		` AS m JOIN pragma_table_xinfo(m.name, ?) AS x WHERE m.type = 'table' AND m.rootpage > 0 ORDER BY m.name, x.cid`, []any{name}, func(scan scanner) error {
		var table string
		var i columnInfo
		err := scan(&table, &i.name, &i.typ, &i.notNull, &i.def, &i.pk, &i.hidden)
		c.columns[table] = append(c.columns[table], i)
		return err
	})
	reading.Wait()
	if err != nil {
		return nil, err
	}
	return c, d.readShadows(ctx, conn, c)
}

// HasTable asks the catalogue for one table.
func (d database) HasTable(ctx context.Context, conn dialect.Conn, name schema.Name) (bool, error) {
	s := name.Schema
	if s == "" {
		s = "main"
	}
	all, err := attached(ctx, conn)
	if err != nil {
		return false, fmt.Errorf("looking for table %q: %w", name, err)
	}
	if !slices.ContainsFunc(all, func(a string) bool { return sameName(a, s) }) {
		return false, nil
	}
	// What SQLite has read of its schema answers at once where there is none; where there is one, it may be a view.
	var is bool
	err = conn.QueryRowContext(ctx, "SELECT CASE WHEN EXISTS (SELECT 1 FROM pragma_table_info(?, ?)) THEN EXISTS (SELECT 1 FROM "+quoteIdent(s)+
		".sqlite_master WHERE type = 'table' AND lower(name) = lower(?)) ELSE 0 END", name.Name, s, name.Name).Scan(&is)
	if err != nil {
		return false, fmt.Errorf("looking for table %q: %w", name, err)
	}
	return is, nil
}

// model makes tables and other objects of a catalogue.
func (d database) model(c *catalogue, schemaName string, include func(schema.Name) bool, r *dialect.Reflection) {
	var rows []master
	for _, m := range c.rows {
		if strings.HasPrefix(fold(m.name), "sqlite_") {
			continue
		}
		if kind := c.other(m); kind != "" {
			r.Others = append(r.Others, dialect.Object{Kind: kind, Name: schema.Name{Schema: schemaName, Name: m.name}})
		} else if m.kind == "table" {
			rows = append(rows, m)
		}
	}
	read, errs := make([]*schema.Table, len(rows)), make([]error, len(rows))
	inParallel(len(rows), func(i int) {
		if errs[i] = rows[i].err; errs[i] == nil {
			read[i], errs[i] = rows[i].asTable.model(schema.Name{Schema: schemaName, Name: rows[i].name}, c.columns[rows[i].name])
		}
		if errs[i] == nil {
			errs[i] = unnamed(read[i])
		}
	})
	var tables []*schema.Table
	for i, t := range read {
		if name := (schema.Name{Schema: schemaName, Name: rows[i].name}); errs[i] == nil {
			tables = append(tables, t)
		} else if include == nil || include(name) {
			r.Problems = append(r.Problems, dialect.Problem{Object: dialect.Object{Kind: "table", Name: name}, Err: errs[i]})
		}
	}
	byName := make(map[string]*schema.Table, len(tables))
	for _, t := range tables {
		byName[fold(t.Name.Name)] = t
	}
	for _, m := range c.rows {
		t := byName[fold(m.table)]
		if m.kind != "index" || !m.sql.Valid || t == nil {
			continue
		}
		if m.err == nil && m.name == "" {
			m.err = fmt.Errorf("the index on table %q has no name, which nothing can declare; drop it and create it with one", t.Name.Name)
		}
		if m.err != nil {
			r.Problems = append(r.Problems, dialect.Problem{Object: dialect.Object{Kind: "index", Name: schema.Name{Schema: schemaName, Name: m.name}}, Err: m.err})
			continue
		}
		t.Indexes = append(t.Indexes, m.asIndex.model(t))
	}
	var taking []*schema.Table
	for _, t := range tables {
		if include == nil || include(t.Name) {
			resolve(t, byName)
			taking = append(taking, t)
		}
	}
	inParallel(len(taking), func(i int) { d.canonical(taking[i]) })
	r.Tables = append(r.Tables, taking...)
}

// unnamed says which name a table lacks: SQLite takes "" for one, which nothing
// can declare.
func unnamed(t *schema.Table) error {
	if t.Name.Name == "" {
		return errors.New(`the table has no name, which nothing can declare; give it one by ALTER TABLE "" RENAME TO …`)
	}
	if slices.ContainsFunc(t.Columns, func(c *schema.ColumnDef) bool { return c.Name == "" }) {
		return fmt.Errorf(`a column has no name, which nothing can declare; give it one by ALTER TABLE %s RENAME COLUMN "" TO …`, quoteIdent(t.Name.Name))
	}
	return nil
}

// inParallel does something n times, on all processors where it is worth it.
func inParallel(n int, do func(i int)) {
	const least = 64 // tables that are read in the time that a goroutine takes to begin, many times over
	var wait sync.WaitGroup
	step := max(least, n/runtime.GOMAXPROCS(0)+1)
	for from := 0; from < n; from += step {
		wait.Go(func() {
			for i := from; i < min(from+step, n); i++ {
				do(i)
			}
		})
	}
	wait.Wait()
}

// resolve gives references the names of tables and columns as they are written
// where they are made, and the columns that a reference leaves out.
func resolve(t *schema.Table, byName map[string]*schema.Table) {
	for _, fk := range t.ForeignKeys {
		parent := byName[fold(fk.RefTable.Name)]
		if parent == nil {
			continue
		}
		fk.RefTable = parent.Name
		if len(fk.RefColumns) == 0 && parent.PrimaryKey != nil {
			fk.RefColumns = slices.Clone(parent.PrimaryKey.Columns)
		}
		for i, c := range fk.RefColumns {
			fk.RefColumns[i] = columnName(parent, c)
		}
	}
}

// columnName is the column's name as the table has it.
func columnName(t *schema.Table, name string) string {
	for _, c := range t.Columns {
		if sameName(c.Name, name) {
			return c.Name
		}
	}
	return name
}
