package mysql_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/internal/arbitrary"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

func TestQuote(t *testing.T) {
	d := mysql.System().Offline(mysql.MySQL)
	long := strings.Repeat("é", 64)
	for _, c := range []struct{ name, want, err string }{
		{"a", "`a`", ""},
		{"select", "`select`", ""},
		{"a`b", "`a``b`", ""},
		{`a"b'\`, "`a\"b'\\`", ""},
		{long, "`" + long + "`", ""},
		{long + "x", "", "has 65 characters, MySQL allows 64"},
		{"", "", "a name is empty"},
		{"a\x00b", "", "holds a NUL"},
		{"a ", "", "ends in a blank"},
		{"a😀", "", "characters up to U+FFFF"},
		{"a\xff", "", "not valid UTF-8"},
	} {
		got, err := d.Quote(c.name)
		if got != c.want || (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("Quote(%q) = %s, %v; want %s, %q", c.name, got, err, c.want, c.err)
		}
	}
}

func TestExpr(t *testing.T) {
	d := mysql.System().Offline(mysql.MariaDB)
	for _, c := range []struct {
		expr schema.Expr
		want string
	}{
		{schema.Literal("it's"), "'it''s'"},
		{schema.Literal(`a\b`), `'a\\b'`},
		{schema.Literal("line\nend"), "'line\nend'"},
		{schema.Literal([]byte{0, 255}), "x'00FF'"},
		{schema.Literal([]byte{}), "x''"},
		{schema.Literal(true), "true"},
		{schema.Literal(-1), "-1"},
		{schema.Number("1e400"), "1e400"},
		{schema.Now(), "CURRENT_TIMESTAMP"},
		{schema.Null(), "NULL"},
		{schema.SQL("f(x)"), "f(x)"},
		{schema.SQL("x").WithVariant("mysql", schema.SQL("y")).WithVariant("mariadb", schema.SQL("z")), "z"},
		{schema.SQL("x").WithVariant("mysql", schema.SQL("y")), "y"},
	} {
		if got, err := d.Expr(c.expr); got != c.want || err != nil {
			t.Errorf("Expr(%+v) = %s, %v; want %s", c.expr, got, err, c.want)
		}
	}
	for _, e := range []schema.Expr{{}, schema.Number("1; DROP"), schema.Literal("a\x00"), schema.Literal("\xff")} {
		if got, err := d.Expr(e); err == nil {
			t.Errorf("Expr(%+v) = %s, want an error", e, got)
		}
	}
}

// TestModes: names, literals, comments and a restated column survive in every
// sql_mode that changes how text is read.
func TestModes(t *testing.T) {
	for _, kind := range []testdb.Kind{testdb.KindMySQL, testdb.KindMariaDB} {
		for _, mode := range []string{"", "ANSI_QUOTES", "NO_BACKSLASH_ESCAPES", "ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT"} {
			t.Run(kind.String()+" "+mode, func(t *testing.T) {
				s := connect(t, kind, "SET SESSION sql_mode = '"+mode+"'")
				for _, piece := range arbitrary.Hostile() {
					s.hostile(arbitrary.CleanName(piece), piece)
				}
				rapid.Check(t, func(rt *rapid.T) {
					s.echo(arbitrary.Text().Draw(rt, "text"), rt.Fatalf)
				})
			})
		}
	}
}

// hostile makes a table of hostile names and texts, restates a column, and compares.
func (s *session) hostile(name, text string) {
	s.t.Helper()
	s.echo(text, s.t.Errorf)
	c := schema.Column("c"+name, schema.Enum("", "a"+text, "b"), schema.NotNull(), schema.ServerDefault(schema.Literal("a"+text)), schema.Comment(text))
	table := &schema.Table{Name: schema.Name{Name: "t" + name}, Comment: text, Columns: []*schema.ColumnDef{
		schema.Column("k"+name, schema.Integer()), c,
	}}
	s.create(table)
	s.same(table)
	changed := table.Clone()
	changed.Columns[1].Nullable = true
	s.alter(table, nullable("c"+name, changed.Columns[1]))
	s.same(changed)
	s.drop(table)
}

func (s *session) echo(text string, fail func(string, ...any)) {
	s.t.Helper()
	lit, err := s.d.Expr(schema.Literal(text))
	if err != nil {
		fail("%q: %v", text, err)
		return
	}
	var got string
	if err := s.conn.QueryRowContext(s.t.Context(), "SELECT "+lit).Scan(&got); err != nil || got != text {
		fail("%q as %s came back as %q, %v", text, lit, got, err)
	}
}
