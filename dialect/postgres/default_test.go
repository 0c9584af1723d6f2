package postgres_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/internal/arbitrary"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// defaultOf is a default in canonical form.
func defaultOf(d dialect.Dialect, typ schema.Type, e schema.Expr) schema.Expr {
	t := &schema.Table{Columns: []*schema.ColumnDef{schema.Column("c", typ, schema.ServerDefault(e))}}
	return d.Canonical(t).Columns[0].Default
}

// TestDefaults compares what is declared with what pg_get_expr says of it.
func TestDefaults(t *testing.T) {
	t.Parallel()
	text, lit := schema.SQL, func(s string) schema.Expr { return schema.Literal(s) }
	varchar := schema.String(30)
	for _, k := range []struct {
		typ      schema.Type
		declared schema.Expr
		stored   string
		same     bool
	}{
		{schema.Numeric(8, 2), text("0"), "0", true},
		{schema.DateTime(), text("(now())"), "now()", true},
		{schema.Integer(), text("15"), "15", true},
		{schema.Integer(), lit("15"), "15", true},
		{varchar, text("'has '' quote'"), "'has '' quote'::character varying", true},
		{varchar, lit("some default"), "'some default'::character varying", true},
		{varchar, text("substring('name', 1, 3)"), `"substring"('name'::text, 1, 3)`, true},
		{varchar, text("'s//l//ash'"), "'//slash'::character varying", false},
		{schema.Integer(), lit("20"), "15", false},
		{postgres.Array(schema.Integer()), text("(ARRAY[]::integer[])"), "ARRAY[]::integer[]", true},
		{schema.DateTime(), text("TIMEZONE('utc', CURRENT_TIMESTAMP)"), "timezone('utc'::text, CURRENT_TIMESTAMP)", true},
		{schema.Float(0), lit("5.0"), "'5'::double precision", true},
		{schema.Double(), text("5.0"), "5", true},
		{schema.Interval(), lit("14 days"), "'14 days'::interval", true},
		{schema.Interval(), text("'14 days'"), "'14 days'::interval", true},
		{schema.Numeric(0, 0), lit("5.0"), "5", true},
		{schema.Integer(), text("nextval('post_seq')"), "nextval('post_seq'::regclass)", true},
		{varchar, lit("CURRENT_TIMESTAMP"), "CURRENT_TIMESTAMP", false},
		{schema.Text(), lit("5"), "'5'::character varying", true},
		{schema.Date(), text("CURRENT_DATE"), "CURRENT_DATE", true},
		{schema.BigInteger(), text("5"), "'5'::bigint", true},
		{schema.Boolean(), lit("yes"), "true", true},
		{postgres.JSONB(), lit(`{"b": 1,"aa":[true]}`), `'{"b": 1, "aa": [true]}'::jsonb`, true},
		{schema.JSON(), lit(`{"b":1}`), `'{"b": 1}'::json`, false},
		{schema.Time(schema.Precision(3)), lit("10:00"), "'10:00'::time without time zone", true},
		{schema.EnumIn("x", "My mood", "a"), lit("a"), `'a'::x."My mood"`, true},
		{postgres.NamedWith("", "geometry", "Point,4326"), lit("x"), "'x'::geometry(Point,4326)", true},
		{varchar, text("NULL"), "NULL::character varying", true},
	} {
		d := offline()
		a, b := defaultOf(d, k.typ, k.declared), defaultOf(d, k.typ, schema.SQL(k.stored))
		same := a.Equal(b) || a.Kind == schema.ExprSQL && b.Kind == schema.ExprSQL && d.EqualExpr(a.Text, b.Text) == dialect.Same
		if same != k.same {
			t.Errorf("%+v and %s are %+v and %+v, want the same: %v", k.declared, k.stored, a, b, k.same)
		}
		for _, e := range []schema.Expr{a, b} {
			if again := defaultOf(d, k.typ, e); !again.Equal(e) {
				t.Errorf("%+v becomes %+v in turn", e, again)
			}
		}
	}
}

// TestMoments compares moments with what the server makes of them in a session of
// another time zone, and holds that text to the same moment in a third.
func TestMoments(t *testing.T) {
	t.Parallel()
	_, conn := session(t)
	exec(t, conn, "SET TIME ZONE 'Europe/Berlin'")
	d, err := postgres.System().Detect(t.Context(), conn)
	if err != nil {
		t.Fatal(err)
	}
	zoned := schema.DateTime(schema.WithTimeZone())
	for _, text := range []string{
		"2024-01-02", "2024-1-2 03:04", "2024-01-02T03:04:05.25", "2024-07-02 03:04:05", "2024-01-02 03:04:05+00", "2024-07-02 03:04:05 -05:30",
		"2024-01-02T03:04:05Z", "2024-10-27 02:30:00", "2024-10-27 02:30:00+02", "1999-12-31 23:59:59+0100",
	} {
		exec(t, conn, "CREATE TABLE t (c timestamptz DEFAULT '"+text+"')")
		want := reflect(t, d, conn, dialect.Scope{}).Tables[0].Columns[0].Default
		if got := defaultOf(d, zoned, schema.Literal(text)); !got.Equal(want) {
			t.Errorf("%s becomes %s, the server says %s", text, got.Text, want.Text)
		}
		var same bool
		exec(t, conn, "CREATE TABLE m AS SELECT '"+text+"'::timestamptz AS at; SET TIME ZONE 'Asia/Tokyo'")
		if err := conn.QueryRowContext(t.Context(), "SELECT at = '"+want.Text+"'::timestamptz FROM m").Scan(&same); err != nil || !same {
			t.Errorf("%s is not the moment %s in another time zone: %v", text, want.Text, err)
		}
		exec(t, conn, "DROP TABLE t, m; SET TIME ZONE 'Europe/Berlin'")
	}
}

// document is a JSON document.
func document() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string { return draw(t, 0) })
}

func draw(t *rapid.T, depth int) string {
	kind := rapid.IntRange(0, 5).Draw(t, "kind")
	if depth > 3 && kind > 3 {
		kind = 0
	}
	blank := rapid.SampledFrom([]string{"", " ", "\n"}).Draw(t, "blank")
	switch kind {
	case 0:
		return rapid.SampledFrom([]string{"null", "true", "false"}).Draw(t, "word")
	case 1:
		return rapid.SampledFrom([]string{"0", "-1", "1.50", "12345678901234567890", "1e3"}).Draw(t, "number")
	case 2, 3:
		return text(t)
	}
	open, end := "[", "]"
	if kind == 5 {
		open, end = "{", "}"
	}
	elems := make([]string, rapid.IntRange(0, 3).Draw(t, "size"))
	for i := range elems {
		if kind == 5 {
			elems[i] = text(t) + blank + ":"
		}
		elems[i] += draw(t, depth+1)
	}
	return open + blank + strings.Join(elems, blank+",") + end
}

func text(t *rapid.T) string {
	s := rapid.OneOf(rapid.SampledFrom([]string{"", "a", "bb", `\"`, `\\`, `\/`, `\u00e9`, `\n\t\b`, "é", "<&>", `\u0001`, "\u2028", `\\u2028`}), rapid.StringMatching(`[a-z]{0,3}`))
	return `"` + s.Draw(t, "text") + s.Draw(t, "more") + `"`
}

// TestJSONB compares the spelling of documents with the server's own.
func TestJSONB(t *testing.T) {
	t.Parallel()
	db := testdb.Postgres(t)
	d := detect(t, db.DB)
	rapid.Check(t, func(t *rapid.T) {
		doc := document().Draw(t, "document")
		var want string
		if err := db.DB.QueryRow("SELECT $1::jsonb::text", doc).Scan(&want); err != nil {
			t.Fatal(err)
		}
		got := defaultOf(d, postgres.JSONB(), schema.Literal(doc)).Text
		if back := defaultOf(d, postgres.JSONB(), schema.Literal(want)).Text; back != want {
			t.Fatalf("%s, which the server says, becomes %s", want, back)
		}
		if got != want && got != doc {
			t.Fatalf("%s becomes %s, want %s", doc, got, want)
		}
	})
}

// TestTypes spells types and reads them again.
func TestTypes(t *testing.T) {
	t.Parallel()
	d := offline()
	check := func(t interface{ Errorf(string, ...any) }, typ schema.Type) {
		canon := func(typ schema.Type) schema.Type {
			return d.Canonical(&schema.Table{Columns: []*schema.ColumnDef{schema.Column("c", typ)}}).Columns[0].Type
		}
		want := canon(typ)
		sql, err := d.Type(typ)
		if err != nil {
			t.Errorf("%+v: %v", typ.Def(), err)
			return
		}
		if _, named := typ.Def().(schema.EnumType); named {
			return
		}
		if got := canon(schema.RawSQL(sql)); !got.Equal(want) {
			t.Errorf("%+v is %s, which reads as %+v, want %+v", typ.Def(), sql, got.Def(), want.Def())
		}
		if again := canon(want); !again.Equal(want) {
			t.Errorf("%+v becomes %+v in turn", want.Def(), again.Def())
		}
	}
	for _, typ := range ownTypes(d) {
		check(t, typ)
	}
	types := arbitrary.Type(func(*rapid.T) string { return "e" })
	rapid.Check(t, func(t *rapid.T) { check(t, types.Draw(t, "type")) })
}
