package sqlite

import (
	"context"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
)

// other is the kind of an object that is not a table of one's own; empty for tables and indexes.
func (c *catalogue) other(m master) string {
	switch {
	case m.kind == "view" || m.kind == "trigger":
		return m.kind
	case m.kind == "table" && m.virtual:
		return "virtual table"
	case m.kind == "table" && c.shadows[fold(m.name)]:
		return "shadow table"
	}
	return ""
}

// withTableList is the version whose PRAGMA table_list tells shadow tables.
var withTableList = version{3, 37, 0}

// shadowEndings are the tables in which SQLite's own modules keep the content of a virtual table.
var shadowEndings = map[string][]string{
	"fts3":    {"content", "segments", "segdir", "docsize", "stat"},
	"fts4":    {"content", "segments", "segdir", "docsize", "stat"},
	"fts5":    {"data", "idx", "content", "docsize", "config"},
	"rtree":   {"node", "rowid", "parent"},
	"geopoly": {"node", "rowid", "parent"},
}

// readShadows finds the tables that belong to virtual ones: by the endings
// that SQLite's modules use, and for other modules by what SQLite says.
func (d database) readShadows(ctx context.Context, conn dialect.Conn, c *catalogue) error {
	foreign := false
	for _, m := range c.rows {
		if m.kind != "table" || !m.virtual {
			continue
		}
		endings, known := shadowEndings[module(m.sql.String)]
		foreign = foreign || !known
		for _, e := range endings {
			c.shadows[fold(m.name)+"_"+e] = true
		}
	}
	if !foreign || d.version.before(withTableList) {
		return nil
	}
	return query(ctx, conn, "SELECT name FROM pragma_table_list WHERE schema = ? AND type = 'shadow'", []any{c.schema}, func(scan scanner) error {
		var name string
		err := scan(&name)
		c.shadows[fold(name)] = true
		return err
	})
}

// module is the module of a CREATE VIRTUAL TABLE statement, in lower case.
func module(sql string) string {
	p := newParser(sql)
	for !p.done() && !p.accept("USING") {
		p.advance()
	}
	return strings.ToLower(p.ident())
}
