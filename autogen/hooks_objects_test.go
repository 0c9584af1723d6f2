package autogen_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// TestHooksSeeObjects asks about views and sequences by both hooks, and leaves some out.
func TestHooksSeeObjects(t *testing.T) {
	everyServer(t, func(t *testing.T, s *server) {
		sequences := s.kind == testdb.KindPostgres || s.kind == testdb.KindMariaDB
		materialized := dialect.TraitsOf(s.d).MaterializedViews
		objects := func(limit string, step int64) func(m *schema.Metadata) {
			return func(m *schema.Metadata) {
				account(schema.Column("state", schema.String(20)))(m)
				for _, name := range []string{"kept", "left"} {
					m.View(name, schema.ViewAs("select id from account where id > "+limit))
					if materialized {
						m.MaterializedView(name+"_rows", schema.ViewAs("select id from account where id > "+limit))
					}
					if sequences {
						m.Sequence(name+"_numbers", schema.Numbers{Increment: step})
					}
				}
			}
		}
		have, want := schema.NewMetadata(schema.Options{}), schema.NewMetadata(schema.Options{})
		objects("10", 1)(have)
		objects("20", 2)(want)
		want.View("added", schema.ViewAs("select id from account"))
		want.View("left_added", schema.ViewAs("select id from account"))
		want.View("never", schema.Dropped())
		kinds := []string{"view"}
		if materialized {
			kinds = append(kinds, "materialized view")
		}
		if sequences {
			kinds = append(kinds, "sequence")
		}
		suffix := map[string]string{"materialized view": "_rows", "sequence": "_numbers"}
		var a asked
		byObject := autogen.Options{Metadata: []*schema.Metadata{want}, Hooks: autogen.Hooks{IncludeObject: func(o autogen.Object) bool {
			if o.View != nil || o.Sequence != nil {
				with := "nothing"
				if o.CompareTo != nil {
					with = fmt.Sprintf("%s %s %t", o.CompareTo.Kind, o.CompareTo.Name, o.CompareTo.Reflected && (o.CompareTo.View != nil || o.CompareTo.Sequence != nil))
				}
				a.note("%s %q (%t) with %s", o.Kind, o.Name, o.Reflected, with)
			}
			return !strings.HasPrefix(o.Name, "left")
		}}}
		byName := autogen.Options{Metadata: []*schema.Metadata{want}, Hooks: autogen.Hooks{IncludeName: func(kind autogen.Kind, name string, _ autogen.Parents) bool {
			return !strings.HasPrefix(name, "left")
		}}}
		first, err := autogen.Compare(s.ctx, s.d, s.conn, autogen.Options{Metadata: []*schema.Metadata{have}})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.run(first.Upgrade); err != nil {
			t.Fatal(err)
		}

		r, err := autogen.Compare(s.ctx, s.d, s.conn, byObject)
		if err != nil {
			t.Fatal(err)
		}
		detected := []string{"added view 'added'"}
		asks := []string{`view "added" (false) with nothing`, `view "left_added" (false) with nothing`}
		for _, k := range kinds {
			kind := strings.ReplaceAll(k, " ", "_")
			detected = append(detected, fmt.Sprintf("changed %s 'kept%s'", k, suffix[k]))
			for _, name := range []string{"kept", "left"} {
				asks = append(asks, fmt.Sprintf("%s %q (false) with %s %s true", kind, name+suffix[k], kind, name+suffix[k]))
			}
		}
		sameLines(t, "detected", detected, r.Detected)
		sameLines(t, "asked", asks, a.lines)
		if strings.Contains(lines(r.Upgrade)+lines(r.Downgrade), "left") {
			t.Error(found(r))
		}
		if err := s.run(r.Upgrade); err != nil {
			t.Fatal(err)
		}
		s.nothing(t, 0, "after upgrading", byObject)

		// By its name: what is there is not seen, so what is declared is added.
		r, err = autogen.Compare(s.ctx, s.d, s.conn, byName)
		if err != nil {
			t.Fatal(err)
		}
		detected = []string{"added view 'left_added'"}
		for _, k := range kinds {
			detected = append(detected, fmt.Sprintf("added %s 'left%s'", k, suffix[k]))
		}
		sameLines(t, "detected by name", detected, r.Detected)
	})
}

// TestHooksSeeIndexesOfViews asks about the indexes of a materialized view. What is
// left out is neither added, changed nor dropped, not even where the view is made anew.
func TestHooksSeeIndexesOfViews(t *testing.T) {
	s := onServer(t, testdb.KindPostgres)
	if err := s.exec(`CREATE TABLE account (id int PRIMARY KEY, name varchar(50) NOT NULL);
		CREATE MATERIALIZED VIEW rows AS SELECT id, name FROM account; CREATE INDEX left_there ON rows (id); CREATE INDEX left_both ON rows (id);
		CREATE INDEX "both" ON rows (id); CREATE INDEX there ON rows (id)`); err != nil {
		t.Fatal(err)
	}
	declared := func(length int) []*schema.Metadata {
		m := schema.NewMetadata(schema.Options{})
		m.Table("account", schema.Column("id", schema.Integer(), schema.PrimaryKey()), schema.Column("name", schema.String(length), schema.NotNull()))
		m.MaterializedView("rows", schema.ViewAs("SELECT id, name FROM account"), schema.Index("left_declared", "name"),
			schema.Index("left_both", "name"), schema.Index("both", "name"), schema.Index("declared", "name"))
		return []*schema.Metadata{m}
	}
	var a asked
	byObject := autogen.Hooks{IncludeObject: func(o autogen.Object) bool {
		if o.Index != nil {
			a.note("%s %s.%s of %s (%t, %t)", o.Kind, o.Table.Name, o.Name, o.View.Name, o.Reflected, o.CompareTo != nil)
		}
		return !strings.HasPrefix(o.Name, "left")
	}}
	byName := autogen.Hooks{IncludeName: func(kind autogen.Kind, name string, in autogen.Parents) bool {
		return kind != autogen.IndexKind || in.Table != "rows" || name != "left_there"
	}}
	compare := func(length int, h autogen.Hooks) *autogen.Result {
		t.Helper()
		r, err := autogen.Compare(s.ctx, s.d, s.conn, autogen.Options{Metadata: declared(length), Hooks: h})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	sameLines(t, "detected", []string{"removed index 'there' on 'rows'", "changed index 'both' on 'rows'", "added index 'declared' on '('name')'"}, compare(50, byObject).Detected)
	sameLines(t, "asked", []string{
		"index rows.left_declared of rows (false, false)", "index rows.left_both of rows (false, true)", "index rows.both of rows (false, true)",
		"index rows.declared of rows (false, false)", "index rows.left_there of rows (true, false)", "index rows.there of rows (true, false)",
	}, a.lines)
	sameLines(t, "detected by name", []string{
		"removed index 'there' on 'rows'", "changed index 'both' on 'rows'", "changed index 'left_both' on 'rows'",
		"added index 'declared' on '('name')'", "added index 'left_declared' on '('name')'",
	}, compare(50, byName).Detected)
	if err := s.run(compare(60, byObject).Upgrade); err != nil {
		t.Fatal(err)
	}
	s.nothing(t, 0, "after making the view anew", autogen.Options{Metadata: declared(60), Hooks: byObject})
	var got string
	if err := s.conn.QueryRowContext(s.ctx, "SELECT string_agg(indexname || substring(indexdef from ' [(].*'), ' ' ORDER BY indexname) FROM pg_indexes WHERE tablename = 'rows'").Scan(&got); err != nil {
		t.Fatal(err)
	}
	if want := "both (name) declared (name) left_both (id) left_there (id)"; got != want {
		t.Errorf("the view has the indexes %s, want %s", got, want)
	}
}

// TestDroppedObjectsAreAskedAbout by what is in the database, and a view that is
// left out is told of where it is in the way.
func TestDroppedObjectsAreAskedAbout(t *testing.T) {
	s := onServer(t, testdb.KindPostgres)
	state := schema.Column("state", schema.String(20))
	m := schema.NewMetadata(schema.Options{})
	declare(account(state), view("recent", "select id, state from account"))(m)
	m.Sequence("numbers")
	r, err := autogen.Compare(s.ctx, s.d, s.conn, autogen.Options{Metadata: []*schema.Metadata{m}})
	if err == nil {
		err = s.run(r.Upgrade)
	}
	if err != nil {
		t.Fatal(err)
	}
	m = schema.NewMetadata(schema.Options{})
	account(schema.Column("state", schema.String(30)))(m)
	m.View("recent", schema.Dropped())
	m.Sequence("numbers", schema.Dropped())
	var a asked
	r, err = autogen.Compare(s.ctx, s.d, s.conn, autogen.Options{Metadata: []*schema.Metadata{m}, Hooks: autogen.Hooks{IncludeObject: func(o autogen.Object) bool {
		if o.Kind != autogen.TableKind && o.Kind != autogen.ColumnKind {
			a.note("%s %q (%t)", o.Kind, o.Name, o.Reflected)
		}
		return o.View == nil && o.Sequence == nil
	}}})
	if err != nil {
		t.Fatal(err)
	}
	sameLines(t, "asked", []string{`sequence "numbers" (true)`, `view "recent" (true)`}, a.lines)
	sameLines(t, "detected", []string{"type change from VARCHAR(20) to VARCHAR(30) on 'account.state'"}, r.Detected)
	if len(r.Warnings) != 1 || !strings.Contains(r.Warnings[0], "view 'recent', which a hook leaves out, rests on 'account.state', which changes") {
		t.Errorf("warned %q", r.Warnings)
	}
}

// sameLines compares lines in any order.
func sameLines(t *testing.T, what string, want, got []string) {
	t.Helper()
	if d := cmp.Diff(slices.Sorted(slices.Values(want)), slices.Sorted(slices.Values(got))); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}
