package dialect_test

import (
	"context"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/dialect/sqlite"
	"github.com/gomig-dev/gomig/schema"
)

func named(d dialect.Dialect, sql string, values map[string]any) (string, error) {
	s := ddl.Raw{SQL: sql, Named: []ddl.Parameter{}}
	for _, name := range []string{"a", "b", "ab", "é_1"} {
		if v, ok := values[name]; ok {
			s.Named = append(s.Named, ddl.Parameter{Name: name, Value: schema.Literal(v)})
		}
	}
	list, err := dialect.Compile(context.Background(), d, nil, s)
	if err != nil {
		return "", err
	}
	return list[0].Text, nil
}

func TestNamedParameters(t *testing.T) {
	t.Parallel()
	my, pg, lite := mysql.System().Offline("mysql"), postgres.System().Offline(""), sqlite.System().Offline("")
	all := []dialect.Dialect{my, pg, lite}
	one := map[string]any{"a": 1}
	for _, c := range []struct {
		on        []dialect.Dialect
		sql, want string
		values    map[string]any
	}{
		{all, "SELECT 1", "SELECT 1", nil},
		{all, ":a", "1", one},
		{all, "f(:a,:ab)-:a", "f(1,2)-1", map[string]any{"a": 1, "ab": 2}},
		{all, "x = :é_1", "x = 'it''s :a'", map[string]any{"é_1": "it's :a"}},
		{all, "':b' || \":b\" /* :b */ || :a -- :b", "':b' || \":b\" /* :b */ || 1 -- :b", one},
		{all, `x(1\:2) = \:b`, `x(1:2) = :b`, nil},
		{all, "x[1:2], y:b", "x[1:2], y:b", nil},
		{all, ":a IS :b", "NULL IS NULL", map[string]any{"a": nil, "b": nil}},
		{[]dialect.Dialect{my}, "SET @x := :a # :b\n, `:b`, 'it\\':b'", "SET @x := 1 # :b\n, `:b`, 'it\\':b'", one},
		{[]dialect.Dialect{pg}, "SELECT :a::text, ':b'::text, $$ :b $$, E'\\':b', $b$:b$b$", "SELECT 1::text, ':b'::text, $$ :b $$, E'\\':b', $b$:b$b$", one},
		{[]dialect.Dialect{lite}, "SELECT [:b], '\\', :a", "SELECT [:b], '\\', 1", one},
	} {
		for _, d := range c.on {
			if got, err := named(d, c.sql, c.values); err != nil || got != c.want {
				t.Errorf("%s: %s: %s, %v; want %s", d.Name(), c.sql, got, err, c.want)
			}
		}
	}
	for sql, want := range map[string]string{
		"SELECT :a, :b": `there is no value for :b; write \: for a colon that is none of a parameter`,
		"SELECT ':a'":   "the SQL has no :a, for which a value is given",
		"SELECT :a, 'x": "reading the SQL: line 1: the quote ' is not closed",
	} {
		for _, d := range all {
			if _, err := named(d, sql, one); err == nil || !strings.HasSuffix(err.Error(), want) {
				t.Errorf("%s: %s: %v, want %s", d.Name(), sql, err, want)
			}
		}
	}
	if _, err := named(pg, ":a", map[string]any{"a": "\x00"}); err == nil || !strings.HasPrefix(err.Error(), "the value of :a: ") {
		t.Errorf("a value with a NUL: %v", err)
	}
}

// TestInsertsAreBounded: many rows and large rows make several INSERTs, in order.
func TestInsertsAreBounded(t *testing.T) {
	t.Parallel()
	insert := func(n, size int) []dialect.SQL {
		s := ddl.InsertRows{Table: schema.Name{Name: "t"}, Columns: []string{"a"}}
		for range n {
			s.Rows = append(s.Rows, []schema.Expr{schema.Literal(strings.Repeat("x", size))})
		}
		list, err := dialect.Compile(t.Context(), sqlite.System().Offline(""), nil, s)
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	for _, c := range []struct{ rows, size, want int }{{0, 1, 0}, {1, 1, 1}, {500, 1, 1}, {501, 1, 2}, {3, 300 << 10, 3}, {2, 1 << 20, 2}, {4, 200 << 10, 2}} {
		list := insert(c.rows, c.size)
		rows := 0
		for _, q := range list {
			rows += strings.Count(q.Text, "('")
		}
		if len(list) != c.want || rows != c.rows {
			t.Errorf("%d rows of %d bytes make %d statements with %d rows, want %d", c.rows, c.size, len(list), rows, c.want)
		}
	}
}

func FuzzNamedParameters(f *testing.F) {
	f.Add("SELECT :a, ':a', \\:a, x::a", "it's")
	f.Add("E'\\':a' $$:a$$ `:a` [:a] /* :a */", "\\")
	f.Fuzz(func(t *testing.T, sql, value string) {
		for _, d := range []dialect.Dialect{mysql.System().Offline("mysql"), postgres.System().Offline(""), sqlite.System().Offline("")} {
			plain, err := named(d, sql, map[string]any{"a": 1})
			if err != nil {
				continue
			}
			// One value or another: what stands around it is the same.
			text, err := named(d, sql, map[string]any{"a": value})
			if err != nil {
				continue
			}
			literal, err := d.Expr(schema.Literal(value))
			if err != nil {
				t.Fatal(err)
			}
			if n := (len(text) - len(plain)); n%max(1, len(literal)-1) != 0 && len(literal) > 1 {
				t.Errorf("%s: %q with %q is %q", d.Name(), sql, value, text)
			}
		}
	})
}
