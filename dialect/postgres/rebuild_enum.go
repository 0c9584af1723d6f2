package postgres

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

func (s server) renameEnumValue(stmt ddl.RenameEnumValue) ([]dialect.SQL, error) {
	from, err := label(stmt.Value)
	if err != nil {
		return nil, fmt.Errorf("renaming a value of type %q: %w", stmt.Name, err)
	}
	to, err := label(stmt.To)
	if err != nil {
		return nil, fmt.Errorf("renaming a value of type %q: %w", stmt.Name, err)
	}
	return s.named("ALTER TYPE ", stmt.Name, " RENAME VALUE "+from+" TO "+to)
}

// rebuildEnum gives a type other values: the old type steps aside, a new one
// takes its name, every column moves over by way of text, the old one is dropped.
// The default of a column is taken off meanwhile, for its words mean the old type.
// https://www.postgresql.org/docs/current/datatype-enum.html#DATATYPE-ENUM-IMPLEMENTATION-DETAILS
func (s server) rebuildEnum(ctx context.Context, cat dialect.Catalog, stmt ddl.RebuildEnum) ([]dialect.SQL, error) {
	wrap := func(err error) error { return fmt.Errorf("rebuilding type %q: %w", stmt.Name, err) }
	columns := stmt.Columns
	switch {
	case cat != nil && cat.Conn() != nil: // what the operation was told was true when it was written
		var err error
		if columns, err = enumColumns(ctx, cat.Conn(), stmt.Name); err != nil {
			return nil, wrap(err)
		}
	case len(columns) == 0:
		return nil, wrap(errors.New("a script must be told the columns of the type: say them by op.EnumColumn, or run online"))
	}
	old := schema.Name{Schema: stmt.Name.Schema, Name: setAside(stmt.Name.Name)}
	out, err := s.renamed("ALTER TYPE ", stmt.Name, old.Name)
	if err != nil {
		return nil, wrap(err)
	}
	created, err := s.createEnum(ddl.CreateEnum{Name: stmt.Name, Values: stmt.Values})
	if err != nil {
		return nil, wrap(err)
	}
	out = append(out, created...)
	for _, c := range columns {
		text, err := s.moveColumn(stmt, c)
		if err != nil {
			return nil, wrap(fmt.Errorf("column %q of table %q: %w", c.Column, c.Table, err))
		}
		out = append(out, dialect.SQL{Text: text})
	}
	dropped, err := s.dropEnum(ddl.DropEnum{Name: old})
	return append(out, dropped...), err
}

// setAside is the name of the old type meanwhile.
func setAside(name string) string {
	const end = "__gomig_old"
	return clip(name, min(len(name), maxIdentifier-len(end))) + end
}

// moveColumn changes the type of a column, its default with it.
func (s server) moveColumn(stmt ddl.RebuildEnum, c ddl.EnumColumn) (string, error) {
	table, err := dialect.QuoteName(s, c.Table)
	if err != nil {
		return "", err
	}
	column, err := s.Quote(c.Column)
	if err != nil {
		return "", err
	}
	typ, err := dialect.QuoteName(s, stmt.Name)
	if err != nil {
		return "", err
	}
	using, err := s.enumValue(stmt, c, column, typ)
	if err != nil {
		return "", err
	}
	if c.Array {
		typ += "[]"
	}
	alter := "ALTER COLUMN " + column
	parts := []string{alter + " TYPE " + typ + " USING " + using}
	if !c.Default.IsZero() {
		text, err := s.Expr(newDefault(stmt, c.Default))
		if err != nil {
			return "", fmt.Errorf("default: %w", err)
		}
		parts = []string{alter + " DROP DEFAULT", parts[0], alter + " SET DEFAULT " + text}
	}
	return "ALTER TABLE " + table + " " + strings.Join(parts, ",\n    "), nil
}

// enumValue is a column's value as one of the new type.
func (s server) enumValue(stmt ddl.RebuildEnum, c ddl.EnumColumn, column, typ string) (string, error) {
	if len(stmt.Renamed) == 0 {
		if c.Array {
			return column + "::text[]::" + typ + "[]", nil
		}
		return column + "::text::" + typ, nil
	}
	text := column + "::text"
	if c.Array {
		text = "v::text"
	}
	words := "CASE " + text
	for _, r := range stmt.Renamed {
		from, err := label(r.From)
		if err != nil {
			return "", err
		}
		to, err := label(r.To)
		if err != nil {
			return "", err
		}
		words += " WHEN " + from + " THEN " + to
	}
	words = "(" + words + " ELSE " + text + " END)::" + typ
	if c.Array {
		return "", errors.New("values of an array cannot be renamed on the way, for that takes a query: rename them by RenameEnumValue before")
	}
	return words, nil
}

// newDefault is a default that says a renamed value in its new words.
func newDefault(stmt ddl.RebuildEnum, e schema.Expr) schema.Expr {
	i := slices.IndexFunc(stmt.Renamed, func(r ddl.Renaming) bool {
		return e.Kind == schema.ExprString && e.Text == r.From
	})
	if i < 0 {
		return e
	}
	return schema.Literal(stmt.Renamed[i].To)
}

// A column of a partition or of a child table changes with its parent's. The
// default of an enumeration is a literal with a cast; its words are kept, and
// read again as the new type. A constant of type regtype would stay in a prepared
// statement, and mean the type that was.
const enumColumnsQuery = `SELECT n.nspname, c.relname, a.attname, a.atttypid <> t.oid, c.relkind IN ('r', 'p', 'f'),
  coalesce(pg_get_expr(d.adbin, d.adrelid), '')
FROM pg_catalog.pg_type t
JOIN pg_catalog.pg_attribute a ON a.atttypid IN (t.oid, t.typarray) AND a.attnum > 0 AND NOT a.attisdropped AND a.attinhcount = 0
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p', 'f', 'm', 'c', 'v')
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE t.oid = to_regtype($1) ORDER BY 1, 2, a.attnum`

// enumColumns reads which columns are of a type.
func enumColumns(ctx context.Context, conn dialect.Conn, name schema.Name) (list []ddl.EnumColumn, err error) {
	quoted := quoteIdent(name.Name)
	if name.Schema != "" {
		quoted = quoteIdent(name.Schema) + "." + quoted
	}
	rows, err := conn.QueryContext(ctx, strings.Replace(enumColumnsQuery, "$1", quoteLiteral(quoted), 1))
	if err != nil {
		return nil, fmt.Errorf("finding its columns: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var c ddl.EnumColumn
		var isTable bool
		var text string
		if err := rows.Scan(&c.Table.Schema, &c.Table.Name, &c.Column, &c.Array, &isTable, &text); err != nil {
			return nil, fmt.Errorf("finding its columns: %w", err)
		}
		if !isTable {
			return nil, fmt.Errorf("%q is a view or composite type with a column %q of it: drop that before, and create it again afterwards", c.Table, c.Column)
		}
		c.Default = readEnumDefault(text)
		list = append(list, c)
	}
	return list, rows.Err()
}

// readEnumDefault reads a default as the server spells it: 'ok'::mood.
func readEnumDefault(text string) schema.Expr {
	if text == "" {
		return schema.NoExpr()
	}
	tokens, ok := lex(text)
	if ok && len(tokens) >= 3 && tokens[0].kind == tokenString && tokens[1].is("::") {
		plain := true
		for _, t := range tokens[2:] {
			plain = plain && (t.kind == tokenWord || t.kind == tokenQuoted || t.is("."))
		}
		if plain {
			return schema.Literal(tokens[0].text)
		}
	}
	return schema.SQL(text)
}
