package dialecttest

import (
	"database/sql"
	"fmt"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/internal/arbitrary"
	"github.com/gomig-dev/gomig/schema"
)

// named is a pair of tables in which every name ends in tail.
func named(c Config, quote func(string) string, tail string) []*schema.Table {
	n := func(s string) string { return s + tail }
	x := schema.Column(n("x"), schema.Integer())
	if !c.Lacks.Any(arbitrary.Comments) {
		x.Comment = tail
	}
	parent := &schema.Table{
		Name: schema.Name{Name: n("parent")},
		Columns: []*schema.ColumnDef{
			schema.Column(n("id"), schema.Integer(), schema.NotNull(), schema.AutoIncrement()), x,
			schema.Column(n("s"), schema.String(60), schema.ServerDefault(schema.Literal(tail))),
		},
		PrimaryKey: schema.PrimaryKeyConstraint(n("pk"), n("id")),
		Uniques:    []*schema.UniqueDef{schema.UniqueConstraint(n("uq"), n("x"))},
		Indexes:    []*schema.IndexDef{schema.Index(n("ix"), n("s"), n("x"))},
	}
	if !c.Lacks.Any(arbitrary.Checks) {
		parent.Checks = []*schema.CheckDef{schema.CheckConstraint(n("ck"), quote(n("x"))+" > 0")}
	}
	child := &schema.Table{
		Name:    schema.Name{Name: n("child")},
		Columns: []*schema.ColumnDef{schema.Column(n("p"), schema.Integer())},
		ForeignKeys: []*schema.ForeignKeyDef{{
			Name: n("fk"), Columns: []string{n("p")}, RefTable: parent.Name, RefColumns: []string{n("id")}, OnDelete: schema.Cascade,
		}},
	}
	return []*schema.Table{parent, child}
}

// testNames puts every hostile piece into every kind of name.
func testNames(t *testing.T, c Config) {
	s := open(t, c)
	for i, piece := range arbitrary.Hostile() {
		t.Run(strconv.Itoa(i), func(t *testing.T) {
			tail := arbitrary.CleanName(piece)
			if err := s.roundTrip(named(c, s.mustQuote, tail)); err != nil {
				t.Errorf("names that end in %q: %v", tail, err)
			}
		})
	}
	t.Run("refused", func(t *testing.T) {
		for _, name := range []string{"", "a\x00b"} {
			if q, err := s.d.Quote(name); err == nil {
				t.Errorf("Quote(%q) = %s, %v", name, q, errExpected)
			}
		}
	})
}

// testTexts sends texts as literals and gets them back.
func testTexts(t *testing.T, c Config) {
	s := open(t, c)
	echo := func(text string) error {
		lit, err := s.d.Expr(schema.Literal(text))
		if err != nil {
			return err
		}
		var got string
		if err := s.conn.QueryRowContext(s.ctx, "SELECT "+lit).Scan(&got); err != nil {
			return fmt.Errorf("literal %q as %s: %w", text, lit, err)
		}
		if got != text {
			return fmt.Errorf("literal %q as %s came back as %q", text, lit, got)
		}
		return nil
	}
	for _, text := range arbitrary.Hostile() {
		if err := echo(text); err != nil {
			t.Error(err)
		}
	}
	text := arbitrary.Text()
	rapid.Check(t, func(t *rapid.T) {
		if err := echo(text.Draw(t, "text")); err != nil {
			t.Fatal(err)
		}
	})
	if lit, err := s.d.Expr(schema.Literal("a\x00b")); err == nil {
		t.Errorf("a string with a NUL became %s, %v", lit, errExpected)
	}
}

// testRows inserts, updates and deletes rows with values of every kind.
func testRows(t *testing.T, c Config) {
	s := open(t, c)
	name := schema.Name{Name: `ro"w's`}
	items := &schema.Table{Name: name, Columns: []*schema.ColumnDef{
		schema.Column("id", schema.Integer(), schema.NotNull()), schema.Column("s;", schema.String(60)),
		schema.Column("b", schema.Blob()), schema.Column("f", schema.Boolean()),
	}, PrimaryKey: schema.PrimaryKeyConstraint("", "id")}
	row := func(id int, rest ...any) []schema.Expr {
		out := []schema.Expr{schema.Literal(id)}
		for _, v := range rest {
			out = append(out, schema.Literal(v))
		}
		return out
	}
	where := func(id int) []ddl.Assignment {
		return []ddl.Assignment{{Column: "id", Value: schema.Literal(id)}}
	}
	err := s.run(
		ddl.CreateTable{Table: items},
		ddl.InsertRows{Table: name, Columns: []string{"id", "s;", "b", "f"}, Rows: [][]schema.Expr{
			row(1, `it's \ "x" :a ? %s`, []byte{0, 255, '\'', '\\'}, true), row(2, nil, nil, nil), row(3, "gone", []byte{}, false),
		}},
		ddl.UpdateRows{Table: name, Set: []ddl.Assignment{{Column: "s;", Value: schema.Literal("new")}, {Column: "f", Value: schema.Literal(false)}}, Where: where(2)},
		ddl.DeleteRows{Table: name, Where: where(3)},
	)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := s.conn.QueryContext(s.ctx, "SELECT * FROM "+s.mustQuote(name.Name)+" ORDER BY 1")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var got []string
	for rows.Next() {
		var id int
		var text sql.NullString
		var bytes []byte
		var flag sql.NullBool
		if err := rows.Scan(&id, &text, &bytes, &flag); err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprintf("%d %q %x %v", id, text.String, bytes, flag.Bool))
	}
	want := []string{`1 "it's \\ \"x\" :a ? %s" 00ff275c true`, `2 "new"  false`}
	if fmt.Sprint(got) != fmt.Sprint(want) || rows.Err() != nil {
		t.Errorf("rows are\n%q, want\n%q (%v)", got, want, rows.Err())
	}
}
