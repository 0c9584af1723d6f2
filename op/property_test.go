package op_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/arbitrary"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
)

// ground is a server on which properties are tried, and how often.
type ground struct {
	server
	draws int
	lacks arbitrary.Feature
}

const familyLacks = arbitrary.IdentityColumns | arbitrary.PartialIndexes | arbitrary.NullsOrder | arbitrary.IncludeColumns |
	arbitrary.DeferrableKeys | arbitrary.DeferrableUniques | arbitrary.NullsNotDistinct | arbitrary.MatchFull | arbitrary.SetDefaultAction

var grounds = []ground{
	{server{"sqlite", testdb.KindSQLite}, 60, arbitrary.Comments | arbitrary.IdentityColumns | arbitrary.NullsOrder | arbitrary.IncludeColumns |
		arbitrary.PrefixIndexes | arbitrary.DeferrableUniques | arbitrary.NullsNotDistinct},
	{server{"mysql", testdb.KindMySQL}, 15, familyLacks},
	{server{"mariadb", testdb.KindMariaDB}, 15, familyLacks | arbitrary.ExpressionIndexes},
	// A script is for the newest PostgreSQL, and not every one has these.
	{server{"postgresql", testdb.KindPostgres}, 15, arbitrary.PrefixIndexes | arbitrary.ColumnOrder | arbitrary.VirtualIndexes | arbitrary.VirtualColumns | arbitrary.NullsNotDistinct},
}

// try draws on a ground, with databases that are made as often as make is called.
func (g ground) try(t *testing.T, property func(t *rapid.T, fresh func() *testdb.DB)) {
	testdb.Open(t, g.kind) // skips where there is no server
	ctx, dir, n := t.Context(), t.TempDir(), 0
	var s *testdb.Server
	if g.kind != testdb.KindSQLite {
		var err error
		if s, err = testdb.Start(ctx, g.kind); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
	}
	drawn, failed := 0, false
	rapid.Check(t, func(t *rapid.T) {
		if drawn++; drawn > g.draws && !failed {
			return // a failure is shrunk all the same
		}
		failed = true
		var made []*testdb.DB
		defer func() {
			for _, db := range made {
				if err := db.Drop(ctx); err != nil {
					t.Error(err)
				}
			}
		}()
		property(t, func() *testdb.DB {
			n++
			db, err := fresh(ctx, s, filepath.Join(dir, fmt.Sprint(n)))
			if err != nil {
				t.Fatal(err)
			}
			made = append(made, db)
			return db
		})
		failed = false
	})
}

func fresh(ctx context.Context, s *testdb.Server, path string) (*testdb.DB, error) {
	if s == nil {
		return testdb.NewSQLite(ctx, path)
	}
	return s.NewDatabase(ctx)
}

// drawn is a table, and operations that change it.
type drawn struct {
	table  *schema.Table
	make   []op.Operation
	change []op.Operation
}

func (g ground) draw(t *rapid.T, rows bool) drawn {
	d := g.offline()
	o := arbitrary.Options{Lacks: g.lacks, Rows: rows, Quote: func(name string) string {
		q, err := d.Quote(name)
		if err != nil {
			t.Fatal(err)
		}
		return q
	}}
	table := arbitrary.Table(o).Draw(t, "table")
	a := arbitrary.Alterations(o, table).Draw(t, "change")
	out := drawn{table: table}
	out.make = append(enums(nil, table), &op.CreateTable{Table: table})
	group := &op.AlterTable{Table: table.Name}
	for _, action := range a.Actions {
		group.Changes = append(group.Changes, operation(table, action))
	}
	out.change = append(enums(table, a.After), group)
	if len(table.ForeignKeys) == 0 { // or one of the family may need the index
		for _, i := range table.Indexes {
			if rapid.Bool().Draw(t, "drop index") && !touches(a.Actions, i) {
				out.change = append(out.change, &op.DropIndex{Table: table.Name, Name: i.Name, Was: i})
			}
		}
	}
	if rapid.Bool().Draw(t, "rename table") {
		out.change = append(out.change, &op.RenameTable{Table: table.Name, To: "renamed"})
	}
	return out
}

func (g ground) offline() dialect.Dialect { return systemOf(g.kind).Offline(g.dialect) }

// touches reports whether the actions rename or drop what the index is on.
func touches(actions []ddl.Action, i *schema.IndexDef) bool {
	return slices.ContainsFunc(actions, func(a ddl.Action) bool {
		name := ""
		switch a := a.(type) {
		case ddl.RenameColumn:
			name = a.Name
		case ddl.DropColumn:
			name = a.Name
		default:
			return false
		}
		return slices.ContainsFunc(i.Parts, func(p schema.IndexPart) bool { return p.Column == name || p.Column == "" })
	})
}

// enums create the enumerations of one table that the other lacks.
func enums(have, want *schema.Table) (ops []op.Operation) {
	known := map[string]bool{}
	add := func(t *schema.Table, made bool) {
		if t == nil {
			return
		}
		for _, c := range t.Columns {
			if e, ok := c.Type.Def().(schema.EnumType); ok && !known[e.Name] {
				known[e.Name] = true
				if made {
					ops = append(ops, &op.CreateEnum{Name: schema.Name{Name: e.Name}, Values: e.EnumValues()})
				}
			}
		}
	}
	add(have, false)
	add(want, true)
	return ops
}

// operation is an action as a revision says it, with all that its reverse needs.
func operation(t *schema.Table, a ddl.Action) op.Operation {
	switch a := a.(type) {
	case ddl.AddColumn:
		return &op.AddColumn{Table: t.Name, Column: a.Column, Place: a.Place}
	case ddl.DropColumn:
		return &op.DropColumn{Table: t.Name, Name: a.Name, Was: t.Column(a.Name)}
	case ddl.RenameColumn:
		return &op.AlterColumn{Table: t.Name, Name: a.Name, Change: ddl.NameAspect, New: schema.ColumnDef{Name: a.To}, Existing: t.Column(a.Name)}
	case ddl.AlterColumn:
		return &op.AlterColumn{Table: t.Name, Name: a.Name, Change: a.Change, New: *a.New, Existing: a.Existing}
	case ddl.AddConstraint:
		return &op.AddConstraint{Table: t.Name, Constraint: a.Constraint}
	case ddl.DropConstraint:
		return &op.DropConstraint{Table: t.Name, Name: a.Name, Kind: a.Kind, Was: a.Was}
	}
	return nil
}

// TestOfflineIsOnline runs operations on a connection, and their script by the
// server's own client: both leave the same schema.
func TestOfflineIsOnline(t *testing.T) {
	for _, g := range grounds {
		t.Run(g.dialect, func(t *testing.T) {
			g.try(t, func(rt *rapid.T, fresh func() *testdb.DB) {
				d := g.draw(rt, false)
				revisions := []script.Revision{
					invoking("make", script.Base(), d.make...),
					invoking("change", script.Revises("make"), d.change...),
				}
				text, err := offline(t, g.dialect, "change", revisions...)
				if err != nil && (strings.Contains(err.Error(), "CR LF") || strings.Contains(err.Error(), "backslash before a line break")) {
					return // in a name, where the client would lose it
				}
				if err != nil {
					rt.Fatal(err)
				}
				here, there := fresh(), fresh()
				if err := migrate(t, here, "change", revisions...); err != nil {
					rt.Fatalf("online: %v\n%s", err, text)
				}
				if _, err := there.RunClient(t.Context(), text); err != nil {
					rt.Fatalf("%v\n%s", err, text)
				}
				if diff := cmp.Diff(inspect(rt, here), inspect(rt, there), sameTables...); diff != "" {
					rt.Fatalf("(-online +offline)\n%s\n%s", diff, text)
				}
			})
		})
	}
}

// migrate runs revisions on a connection.
func migrate(t testing.TB, db *testdb.DB, target string, revisions ...script.Revision) error {
	t.Helper()
	m, err := env.NewMigration(t.Context(), env.Embedded{Systems: systems, Scripts: []*script.Set{set(revisions)}}, env.Options{DB: db.DB})
	if err != nil {
		return err
	}
	defer func() { _ = m.Close() }()
	return m.Upgrade(t.Context(), target)
}

// inspect is what a database holds.
func inspect(t *rapid.T, db *testdb.DB) []*schema.Table {
	t.Helper()
	ctx := context.Background()
	conn, err := db.DB.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	d, err := systemOf(db.Kind).Detect(ctx, conn)
	if err != nil {
		t.Fatal(err)
	}
	r, err := d.Reflect(ctx, conn, dialect.Scope{})
	if err != nil {
		t.Fatal(err)
	}
	return r.Tables
}

// TestReverseGivesTheStart changes tables with rows, and changes them back.
func TestReverseGivesTheStart(t *testing.T) {
	for _, g := range grounds {
		t.Run(g.dialect, func(t *testing.T) {
			g.try(t, func(rt *rapid.T, fresh func() *testdb.DB) {
				d := g.draw(rt, true)
				revisions := []script.Revision{
					invoking("make", script.Base(), d.make...),
					invoking("change", script.Revises("make"), d.known()...),
					invoking("back", script.Revises("change"), back(rt, d.known())...),
				}
				db := fresh()
				must := func(err error) {
					if err != nil {
						text, _ := offline(t, g.dialect, "back", revisions...)
						rt.Fatalf("%v\n%s", err, text)
					}
				}
				must(migrate(t, db, "make", revisions...))
				d.fill(rt, g.offline(), db.DB)
				before, rows := inspect(rt, db), d.rows(rt, g.offline(), db.DB)
				must(migrate(t, db, "back", revisions...))
				after := inspect(rt, db)
				for _, table := range append(before, after...) {
					slices.SortFunc(table.Columns, func(a, b *schema.ColumnDef) int { return strings.Compare(a.Name, b.Name) })
				}
				if diff := cmp.Diff(before, after, sameTables...); diff != "" {
					must(fmt.Errorf("(-before +after)\n%s", diff))
				}
				if diff := cmp.Diff(rows, d.rows(rt, g.offline(), db.DB)); diff != "" {
					must(fmt.Errorf("rows (-before +after)\n%s", diff))
				}
			})
		})
	}
}

// known are the changes with the columns as they are, without which there is no way back.
func (d drawn) known() []op.Operation {
	for _, p := range d.change {
		group, ok := p.(*op.AlterTable)
		if !ok {
			continue
		}
		for _, c := range group.Changes {
			if a, ok := c.(*op.AlterColumn); ok && a.Existing == nil {
				a.Existing = d.table.Column(a.Name)
			}
		}
	}
	return d.change
}

// back are the reverses, last first.
func back(t *rapid.T, ops []op.Operation) (out []op.Operation) {
	for _, p := range slices.Backward(ops) {
		r, err := p.Reverse()
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, r)
	}
	return out
}

// dropped reports whether the change drops a column: then its values are gone.
func (d drawn) dropped(column string) bool {
	for _, p := range d.change {
		if group, ok := p.(*op.AlterTable); ok && slices.ContainsFunc(group.Changes, func(c op.Operation) bool {
			drop, ok := c.(*op.DropColumn)
			return ok && drop.Name == column
		}) {
			return true
		}
	}
	return false
}

// fill inserts rows; those that a constraint refuses are left out. A column that
// is dropped and cannot be empty does not come back over rows.
func (d drawn) fill(t *rapid.T, as dialect.Dialect, db *sql.DB) {
	for _, c := range d.table.Columns {
		if d.dropped(c.Name) && !c.Nullable && c.Default.IsZero() {
			return
		}
	}
	for n := range rapid.IntRange(0, 3).Draw(t, "rows") {
		s := ddl.InsertRows{Table: d.table.Name, Rows: [][]schema.Expr{nil}}
		for _, c := range d.table.Columns {
			refers := slices.ContainsFunc(d.table.ForeignKeys, func(fk *schema.ForeignKeyDef) bool { return slices.Contains(fk.Columns, c.Name) })
			// A row that refers to no row is not refused by MySQL 9.7 if the key that it
			// misses is the 0 it was inserted with, but by the next ALTER.
			if v, ok := arbitrary.RowValue(c, n); ok && !refers {
				s.Columns, s.Rows[0] = append(s.Columns, c.Name), append(s.Rows[0], v)
			}
		}
		if len(s.Columns) == 0 {
			return
		}
		list, err := dialect.Compile(context.Background(), as, nil, s)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = db.ExecContext(context.Background(), list[0].Text) // which constraint refuses does not matter
	}
}

// rows are the values that nothing drops, in some order.
func (d drawn) rows(t *rapid.T, as dialect.Dialect, db *sql.DB) (list []string) {
	var columns []string
	for _, c := range d.table.Columns {
		if !d.dropped(c.Name) {
			columns = append(columns, c.Name)
		}
	}
	names, err := dialect.QuoteList(as, columns)
	if err != nil {
		t.Fatal(err)
	}
	table, err := dialect.QuoteName(as, d.table.Name)
	if err != nil {
		t.Fatal(err)
	}
	if names == "" {
		names = "1"
	}
	rows, err := db.QueryContext(context.Background(), "SELECT "+names+" FROM "+table)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		values, dest := make([]sql.NullString, max(1, len(columns))), make([]any, max(1, len(columns)))
		for i := range values {
			dest[i] = &values[i]
		}
		if err := rows.Scan(dest...); err != nil {
			t.Fatal(err)
		}
		list = append(list, fmt.Sprint(values))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(list)
	return list
}
