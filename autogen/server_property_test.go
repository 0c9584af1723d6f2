package autogen_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	gomysql "github.com/go-sql-driver/mysql"
	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/internal/arbitrary"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// lacks is what a database cannot do.
func (s *server) lacks() arbitrary.Feature {
	switch s.kind {
	case testdb.KindSQLite:
		return arbitrary.Comments | arbitrary.IdentityColumns | arbitrary.NullsOrder | arbitrary.IncludeColumns |
			arbitrary.PrefixIndexes | arbitrary.DeferrableUniques | arbitrary.NullsNotDistinct
	case testdb.KindPostgres:
		f := arbitrary.PrefixIndexes | arbitrary.ColumnOrder | arbitrary.VirtualIndexes
		if _, err := s.d.Column(schema.Column("c", schema.Integer(), schema.ComputedAs("1", schema.Virtual)), nil); err != nil {
			f |= arbitrary.VirtualColumns
		}
		if _, err := s.d.Constraint(schema.UniqueConstraint("u", "c").With(schema.NullsNotDistinct()), nil); err != nil {
			f |= arbitrary.NullsNotDistinct
		}
		return f
	default:
		f := arbitrary.IdentityColumns | arbitrary.PartialIndexes | arbitrary.NullsOrder | arbitrary.IncludeColumns |
			arbitrary.DeferrableKeys | arbitrary.DeferrableUniques | arbitrary.NullsNotDistinct | arbitrary.MatchFull | arbitrary.SetDefaultAction
		switch s.kind {
		case testdb.KindMariaDB:
			f |= arbitrary.ExpressionIndexes
		case testdb.KindTiDB: // a default is one of a few functions, an index sorts upwards whatever is said
			f |= arbitrary.TextDefaults | arbitrary.ExpressionDefaults | arbitrary.DescendingIndexes
		case testdb.KindSQLite, testdb.KindMySQL, testdb.KindPostgres:
		}
		return f
	}
}

func (s *server) quote(name string) string {
	q, err := s.d.Quote(name)
	if err != nil {
		return "cannot quote: " + err.Error()
	}
	return q
}

func (s *server) drawing(tail *rapid.Generator[string]) arbitrary.Options {
	return arbitrary.Options{Lacks: s.lacks(), Quote: s.quote, Tail: tail}
}

// long reports whether the long run is asked for.
func long() bool { return os.Getenv("GOMIG_TEST_LONG") != "" }

// everyServerDraws draws a property on each server: 50 times, or 500 with
// GOMIG_TEST_LONG, whatever the flag says that is for properties without a
// server. The servers work at the same time, as each waits for itself.
func everyServerDraws(t *testing.T, property func(*rapid.T, *server)) {
	t.Helper()
	times := "50"
	if long() {
		times = "500"
	}
	checks := flag.Lookup("rapid.checks")
	before := checks.Value.String()
	if err := checks.Value.Set(times); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = checks.Value.Set(before) }) // behind the last server
	for _, k := range testdb.Kinds() {
		t.Run(k.String(), func(t *testing.T) {
			t.Parallel()
			s := onServer(t, k)
			rapid.Check(t, func(rt *rapid.T) { property(rt, s) })
		})
	}
}

// TestServersHoldNoDifference is the first promise: what was created from a
// declaration has no difference from it.
func TestServersHoldNoDifference(t *testing.T) {
	everyServerDraws(t, func(rt *rapid.T, s *server) {
		all := arbitrary.Tables(s.drawing(nil)).Draw(rt, "schema")
		must(rt, s, s.reset())
		must(rt, s, s.fill(all, autogen.Options{}))
		must(rt, s, s.emptied())
	})
}

// emptied drops all that there is by way of a comparison with nothing.
func (s *server) emptied() error {
	r, err := s.compare(nil, autogen.Options{})
	if err == nil {
		err = s.run(r.Upgrade)
	}
	if err != nil {
		return fmt.Errorf("dropping all: %w", err)
	}
	left, err := s.holds(autogen.Options{})
	if err == nil && len(left.Tables)+len(left.Enums)+len(left.Others) > 0 {
		err = fmt.Errorf("after dropping all there are %v, %v, %v", left.Tables, left.Enums, left.Others)
	}
	return err
}

// TestServersGoThereAndBack is the promise whole: up leads to the declaration,
// after which there is no difference, and down leads back. The change is from one
// database to any other, or what a model changes from one day to the next, now and
// then with rows, which stay.
func TestServersGoThereAndBack(t *testing.T) {
	everyServerDraws(t, func(rt *rapid.T, s *server) {
		a := s.database(rt, "a")
		drawing := s.drawing(rapid.Just(""))
		var b []*schema.Table
		switch rapid.SampledFrom([]string{"any", "edited", "with rows"}).Draw(rt, "change") {
		case "any":
			b = s.database(rt, "b")
		case "edited":
			b = arbitrary.Edits(drawing, a).Draw(rt, "b")
		case "with rows":
			drawing.Rows = true
			b = arbitrary.Edits(drawing, a).Draw(rt, "b")
			s.rows = rapid.IntRange(1, 3).Draw(rt, "rows")
		}
		rt.Logf("from:\n%sto:\n%s", text(a, sameOrder), text(b, sameOrder))
		defer func() { s.rows = 0 }()
		must(rt, s, s.thereAndBack(a, b, autogen.Options{}))
	})
}

// thereAndBack changes a database that holds a to one that holds b, and back.
func (s *server) thereAndBack(a, b []*schema.Table, o autogen.Options) error {
	_, err := s.thereAndBackResult(a, b, o)
	return err
}

func (s *server) thereAndBackResult(a, b []*schema.Table, o autogen.Options) (*autogen.Result, error) {
	if err := s.reset(); err != nil {
		return nil, err
	}
	if err := s.create(b); err != nil {
		return nil, err
	}
	want, err := s.holds(o)
	if err != nil {
		return nil, err
	}
	if err := s.reset(); err != nil {
		return nil, err
	}
	if err := s.create(a); err != nil {
		return nil, err
	}
	if err := s.insertRows(a); err != nil {
		return nil, err
	}
	return s.change(b, want, o)
}

// change leads the database from what it holds to a declaration, which is want
// when it was made of nothing, and back.
func (s *server) change(b []*schema.Table, want *dialect.Reflection, o autogen.Options) (*autogen.Result, error) {
	before, err := s.holds(o)
	if err != nil {
		return nil, err
	}
	r, err := s.compare(b, o, "cannot run as it is")
	if err != nil {
		return nil, err
	}
	s.log, s.ended = nil, ""
	if refuses(r, "upgrade") {
		s.ended = "refused beforehand"
		return r, nil
	}
	kept, err := s.keptRows(before, want)
	if err != nil {
		return r, err
	}
	if err := s.run(r.Upgrade); s.unsupported(err) {
		s.ended = "unsupported"
		return r, nil
	} else if err != nil {
		return r, fmt.Errorf("upgrading: %w\nby%s", err, spell(r.Upgrade))
	}
	if err := s.settled(b, o); err != nil {
		return r, fmt.Errorf("after upgrading: %w\nby%s", err, spell(r.Upgrade))
	}
	if err := s.rowsStay(before, want, kept); err != nil {
		return r, fmt.Errorf("after upgrading: %w\nby%s", err, spell(r.Upgrade))
	}
	after, err := s.holds(o)
	if err != nil {
		return r, err
	}
	if d := s.differ(want, after, namesOf(b)); d != "" {
		return r, fmt.Errorf("after upgrading (-created anew +upgraded):\n%s", d)
	}
	if refuses(r, "downgrade") {
		s.ended = "no way back, refused beforehand"
		return r, nil
	}
	if err := s.run(r.Downgrade); s.unsupported(err) {
		s.ended = "no way back, unsupported"
		return r, nil
	} else if err != nil {
		return r, fmt.Errorf("downgrading: %w\nby%s", err, spell(r.Downgrade))
	}
	after, err = s.holds(o)
	if err != nil {
		return r, err
	}
	if d := s.differ(before, after, nil); d != "" {
		return r, fmt.Errorf("after downgrading (-before +after):\n%s", d)
	}
	if err := s.rowsStay(before, want, kept); err != nil {
		return r, fmt.Errorf("after downgrading: %w\nby%s", err, spell(r.Downgrade))
	}
	return r, nil
}

// unsupported reports whether TiDB says that it makes no such change (8200), or none
// of what a generated column is made of (3106): it has many that it does not.
func (s *server) unsupported(err error) bool {
	var said *gomysql.MySQLError
	return s.kind == testdb.KindTiDB && errors.As(err, &said) && (said.Number == 8200 || said.Number == 3106)
}

// refuses reports whether it was said that the database refuses one way.
func refuses(r *autogen.Result, way string) bool {
	return slices.ContainsFunc(r.Warnings, func(w string) bool { return strings.HasPrefix(w, "the "+way+" of table ") })
}

func everyServer(t *testing.T, f func(t *testing.T, s *server)) {
	t.Helper()
	for _, k := range testdb.Kinds() {
		t.Run(k.String(), func(t *testing.T) { f(t, onServer(t, k)) })
	}
}

// must fails a draw with what was run up to there.
func must(t *rapid.T, s *server, err error) {
	t.Helper()
	if err == nil {
		return
	}
	for _, q := range s.log {
		t.Logf("%s;", q)
	}
	t.Fatal(err)
}

// database draws tables with plain names, so that two databases have many in common.
func (s *server) database(t *rapid.T, what string) []*schema.Table {
	all := arbitrary.Tables(s.drawing(rapid.Just(""))).Draw(t, what)
	circles(t, all)
	return all
}
