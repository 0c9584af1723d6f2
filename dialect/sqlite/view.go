package sqlite

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

var _ dialect.Viewer = database{}

// Views reads the views. SQLite keeps the text of each.
func (d database) Views(ctx context.Context, conn dialect.Conn, scope dialect.Scope) (out []dialect.View, err error) {
	schemas, err := schemasOf(ctx, conn, scope)
	if err != nil {
		return nil, fmt.Errorf("reading the views: %w", err)
	}
	for _, s := range schemas {
		own := s
		if s == "main" {
			own = ""
		}
		text := "SELECT name, sql FROM " + quoteIdent(s) + ".sqlite_master WHERE type = 'view' ORDER BY name"
		err := query(ctx, conn, text, nil, func(scan scanner) error {
			var name, sql string
			if err := scan(&name, &sql); err != nil {
				return err
			}
			n := schema.Name{Schema: own, Name: name}
			if scope.Include == nil || scope.Include(n) {
				out = append(out, dialect.View{Name: n, Definition: viewQuery(sql), Canonical: tidied(viewQuery(sql))})
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("reading the views: %w", err)
		}
	}
	return out, nil
}

// NormalizeViews takes views as they are written, which is how SQLite keeps them.
// It makes any view; so that one which names a column that is no longer there is
// not taken for sound, the views are tried on the tables in the connection's
// temporary database.
func (d database) NormalizeViews(ctx context.Context, conn dialect.Conn, tables []*schema.Table, views []*schema.View) (out []dialect.View, refused map[schema.Name]error, err error) {
	undo, err := apartFrom(ctx, conn)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, undo()) }()
	for _, t := range tables {
		_ = d.try(ctx, conn, temporary(t)) // what is wrong with a table is said elsewhere
	}
	refused = map[schema.Name]error{}
	for _, v := range views {
		if why := lacks(ctx, conn, v); why != nil {
			refused[v.Name] = why
			continue
		}
		out = append(out, dialect.View{Name: v.Name, Definition: v.Query, Canonical: tidied(v.Query)})
	}
	return out, refused, ctx.Err()
}

// lacks is the error about a column that a view names and no table has.
func lacks(ctx context.Context, conn dialect.Conn, v *schema.View) error {
	name := `"temp".` + quoteIdent(v.Name.Name)
	if _, err := conn.ExecContext(ctx, "CREATE VIEW "+name+" AS "+v.Query); err != nil {
		return nil //nolint:nilerr // another error than that of a column, which the run itself will meet
	}
	rows, err := conn.QueryContext(ctx, "SELECT 1 FROM "+name+" LIMIT 0")
	if err == nil {
		err = errors.Join(rows.Err(), rows.Close()) //nolint:sqlclosecheck // of no row, and its error is wanted
	}
	if err != nil && strings.Contains(err.Error(), "no such column") {
		return err
	}
	return nil
}

// viewQuery is what a CREATE VIEW statement says behind AS. A list of columns
// before it becomes part of the query.
func viewQuery(sql string) string {
	p := newParser(sql)
	for !p.done() && !p.at("VIEW") {
		p.advance()
	}
	p.advance()
	columns := ""
	for !p.done() && !p.at("AS") {
		if p.atSymbol("(") {
			s := p.brackets()
			columns = sql[s.start:s.end]
			continue
		}
		p.advance()
	}
	if p.done() || p.err != nil {
		return sql
	}
	p.advance()
	if columns != "" {
		return `WITH "columns"(` + columns + ") AS (" + sql[p.here():] + `) SELECT * FROM "columns"`
	}
	return sql[p.here():]
}

// tidied is a query without comments and with blanks where people put them, so
// that two that differ in nothing else are the same text.
func tidied(query string) string {
	p := newParser(query)
	var out strings.Builder
	for i := range p.toks {
		if i > 0 && apart(p, i) {
			out.WriteByte(' ')
		}
		out.WriteString(p.str(i))
	}
	return out.String()
}

// apart reports whether there is a blank before a token.
func apart(p *parser, i int) bool {
	before, now := p.str(i-1), p.str(i)
	switch {
	case now == "," || now == ")" || now == "." || before == "(" || before == ".":
		return false
	case now == "(":
		return p.toks[i-1].kind != word || keywordsBeforeBracket[strings.ToUpper(before)]
	}
	return true
}

// keywordsBeforeBracket are words whose bracket is no list of arguments.
var keywordsBeforeBracket = map[string]bool{
	"AND": true, "OR": true, "NOT": true, "IN": true, "AS": true, "VALUES": true, "ON": true, "WHERE": true, "HAVING": true,
	"BY": true, "SELECT": true, "FROM": true, "JOIN": true, "USING": true, "OVER": true, "EXISTS": true, "THEN": true,
	"WHEN": true, "ELSE": true, "CASE": true, "UNION": true, "ALL": true, "EXCEPT": true, "INTERSECT": true, "BETWEEN": true,
	"LIKE": true, "DISTINCT": true, "WITH": true, "MATERIALIZED": true,
}
