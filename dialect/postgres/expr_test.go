package postgres_test

import (
	"testing"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/schema"
)

func offline() dialect.Dialect { return postgres.System().Offline("") }

// canonical is a check's expression in canonical form, in a table with a string v.
func canonical(d dialect.Dialect, expr string) string {
	t := &schema.Table{
		Columns: []*schema.ColumnDef{schema.Column("v", schema.String(9)), schema.Column("c", postgres.Char(9))},
		Checks:  []*schema.CheckDef{schema.CheckConstraint("ck", expr)},
	}
	return d.Canonical(t).Checks[0].Expr
}

func TestCanonicalExpr(t *testing.T) {
	t.Parallel()
	for _, k := range []struct{ in, want string }{
		{"a>0", "a > 0"},
		{"((A > 0))", "a > 0"},
		{"(a > 0) AND (b > 0)", "(a > 0) AND (b > 0)"},
		{"a /* x /* y */ */ > 0 -- z", "a > 0"},
		{`"a" > 0 or "A" > 0 and "order"=1`, `a > 0 OR "A" > 0 AND "order" = 1`},
		{"lower ( V ) in ('a','b')", "lower(v) IN ('a', 'b')"},
		{"x != - 1", "x <> -1"},
		{"x - -1 > - - 2", "x - -1 > - -2"},
		{"a[ 1 ] = b . c", "a[1] = b.c"},
		{"x::NUMERIC ( 10,2 )", "x::numeric(10, 2)"},
		{"array[1,2] @> a", "ARRAY[1, 2] @> a"},
		{"x at time zone 'utc' > now ()", "x AT TIME ZONE 'utc' > now()"},
		{"at > time '10:00'", "at > time '10:00'"},
		{"case when a then 1 else 2 end=- 3", "CASE WHEN a THEN 1 ELSE 2 END = -3"},
		{"- a < 1", "-a < 1"},
		{"x::timestamp with time zone", "x::timestamp with time zone"},
		{`E'it\'s\x41\u00e9\101\\' <> $$x'y$$`, `E'it''sAéA\\' <> 'x''y'`},
		{"v::text = 'a'::character varying::text", "v = 'a'::text"},
		{"(v)::text = 'a'", "v = 'a'"},
		{"f(v)::text = 'a'", "f(v)::text = 'a'"},
		{"c::text = 'a'", "c::text = 'a'"},
		{"v::text[] = x", "v::text[] = x"},
		{"v::text = ANY (ARRAY['a'::character varying, 'b'::varchar]::text[])", "v = ANY (ARRAY['a'::text, 'b'::text])"},
		{"é > 0", `"é" > 0`},
		{"'unfinished", "'unfinished"},
		{"  U&'x'  ", "U&'x'"},
		{"a->>'b' ?| array['x']", "a ->> 'b' ?| ARRAY['x']"},
		{"count(*) > 0", "count(*) > 0"},
		{"t.* is not null", "t.* IS NOT NULL"},
		{"t.end = 1", `t."end" = 1`},
		{"", ""},
	} {
		got := canonical(offline(), k.in)
		if got != k.want {
			t.Errorf("%s becomes\n%s, want\n%s", k.in, got, k.want)
		}
		if again := canonical(offline(), got); again != got {
			t.Errorf("%s becomes %s in turn", got, again)
		}
	}
}

func TestEqualExpr(t *testing.T) {
	t.Parallel()
	for _, k := range []struct {
		a, b string
		want dialect.Verdict
	}{
		{"a > 0", "a > 0", dialect.Same},
		{"a > 0 AND b > 0", "(a > 0) AND (b > 0)", dialect.Same},
		{"a > 0 AND (b > 0 AND c)", "(a > 0 AND b > 0) AND c", dialect.Same},
		{"x IN ('a', 'b')", "x = ANY (ARRAY['a'::text, 'b'::text])", dialect.Same},
		{"x NOT IN (1, 2)", "x <> ALL (ARRAY[1, 2])", dialect.Same},
		{"x IN ('a', 'b')", "x::text = ANY (ARRAY['a'::character varying, 'b'::character varying]::text[])", dialect.Undecided},
		{"x IN (1)", "x = 1", dialect.Same},
		{"x BETWEEN 1 AND 5 AND y", "x >= 1 AND x <= 5 AND y", dialect.Same},
		{"x NOT BETWEEN 1 AND 5", "x < 1 OR x > 5", dialect.Same},
		{"v LIKE 'a%'", "v ~~ 'a%'::text", dialect.Same},
		{"v NOT ILIKE 'a%'", "v !~~* 'a%'::text", dialect.Same},
		{"CAST(x AS int)", "x::integer", dialect.Same},
		{"date '2020-01-01' < d", "'2020-01-01'::date < d", dialect.Same},
		{"x > -5", "x > '-5'::integer", dialect.Same},
		{"x ISNULL", "x IS NULL", dialect.Same},
		{"t.x > 1", "x > 1", dialect.Same},
		{"CURRENT_TIMESTAMP > x", "now() > x", dialect.Same},
		{"CASE WHEN a THEN 1 END", "CASE WHEN a THEN 1 ELSE NULL END", dialect.Same},
		{"a AT TIME ZONE 'utc'", "timezone('utc'::text, a)", dialect.Same},
		{"pg_catalog.lower(v)", "lower(v)", dialect.Same},
		{"a + b * c", "a + (b * c)", dialect.Same},
		{"a - b - c", "(a - b) - c", dialect.Same},

		{"substring(v from 1 for 2)", "SUBSTRING(v FROM 1 FOR 2)", dialect.Same},
		{"substring(v, 1)", `"substring"(v::text, 1)`, dialect.Undecided},
		{"trim(v)", "TRIM(BOTH FROM v)", dialect.Same},
		{"trim(leading 'x' from v)", "TRIM(LEADING 'x'::text FROM v)", dialect.Same},
		{"extract(year from d) > 1", "EXTRACT(year FROM d) > 1::numeric", dialect.Same},
		{"position('a' in v)", "POSITION(('a'::text) IN (v))", dialect.Same},
		{"substring(v from 1)", "substring(v for 1)", dialect.Undecided},

		{"a > 0", "a > 1", dialect.Different},
		{"a > 0", "b > 0", dialect.Different},
		{"a > 0", "a >= 0", dialect.Different},
		{"a > 0", "a > 0 AND b > 0", dialect.Undecided},
		{"a > 0 AND c", "a > 0 AND b > 0 AND c", dialect.Different},
		{"x IN ('a', 'b')", "x = ANY (ARRAY['a'::text, 'b'::text, 'c'::text])", dialect.Different},
		{"x = 'a'", "x = 'b'::text", dialect.Different},
		{"lower(v) = 'a'", "lower(w) = 'a'::text", dialect.Different},

		{"d > '2020-1-1'", "d > '2020-01-01'::date", dialect.Undecided},
		{"a - (b - c)", "a - b - c", dialect.Undecided},
		{"x = '1.0'", "x = 1", dialect.Undecided},
		{"x > 1.0", "x > 1", dialect.Undecided},
		{"(a, b) = (1, 2)", "a = 1 AND b = 2", dialect.Undecided},
		{"lower(v) = 'a'", "upper(v) = 'a'::text", dialect.Undecided},
		{"x::text = 'a'", "x = 'a'", dialect.Undecided},
		{"x = 'a'::text", "x = 'a'::date", dialect.Undecided},
		{"trim(v)", "btrim(v)", dialect.Undecided},
		{"a >", "a > 0", dialect.Undecided},
		{"'unfinished", "x", dialect.Undecided},
	} {
		d := offline()
		if got := d.EqualExpr(k.a, k.b); got != k.want {
			t.Errorf("EqualExpr(%s, %s) = %v, want %v", k.a, k.b, got, k.want)
		}
		if got := d.EqualExpr(k.b, k.a); got != k.want {
			t.Errorf("EqualExpr(%s, %s) = %v, want %v", k.b, k.a, got, k.want)
		}
	}
}

func FuzzCanonicalExpr(f *testing.F) {
	for _, s := range []string{
		"a > 0", "((a))", "E'\\x41' || $$x$$", `"A"."b"[1:2]`, "- - 1", "x !=- 1", "a@-1", "1.e5.2", "/* /* */ */ 1", "v::text = 'a'::varchar::text",
		"ARRAY['a'::varchar]::text[]", "(v)::text", "a at time zone 'x'", "$1 + $tag$ $tag$", "B'01' X'f'", "case a when 1 then 2 end", "a is not distinct from b", "é",
	} {
		f.Add(s)
	}
	d := offline()
	f.Fuzz(func(t *testing.T, text string) {
		once := canonical(d, text)
		if twice := canonical(d, once); once != twice {
			t.Errorf("%q becomes %q, which becomes %q", text, once, twice)
		}
		if d.EqualExpr(once, once) != dialect.Same {
			t.Errorf("%q is not the same as itself", once)
		}
		if v := d.EqualExpr(text, once); v == dialect.Different {
			t.Errorf("%q differs from its canonical form %q", text, once)
		}
	})
}
