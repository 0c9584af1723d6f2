// Package dialecttest is the conformance suite of the dialects. Every dialect
// runs it against a real server.
//
// What it proves, table by table: what is declared, created and reflected is
// the declaration's canonical form; canonical form is stable; what was
// reflected can be created again; names, literals and comments survive
// whatever they hold; each change of a table leaves what was asked for; what
// is dropped is gone; and one run at a time holds the lock.
package dialecttest

import (
	"database/sql"
	"testing"

	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/internal/arbitrary"
	"github.com/gomig-dev/gomig/schema"
)

// Config says what to test.
type Config struct {
	// Open gives the dialect as [dialect.System.Detect] found it, and an empty
	// database of the test's own. The suite closes neither.
	Open func(t *testing.T) (dialect.Dialect, *sql.DB)
	// Lacks is what the database cannot do. Cases that need it are left out.
	Lacks arbitrary.Feature
	// Types are column types of the dialect's own, each tested in a column.
	Types []schema.Type
	// Tables are further cases of the dialect's own.
	Tables []TableCase
	// Alters are further changes of the dialect's own.
	Alters []AlterCase
	// Collation is one that text columns may have beside the default; empty for none.
	Collation string
	// Rough accepts expressions that rules do not decide where there is no
	// Normalizer; it is for a dialect in the making.
	Rough bool
}

// TableCase is a schema that must survive being created and reflected.
type TableCase struct {
	Name   string
	Needs  arbitrary.Feature
	Tables []*schema.Table // in an order in which they can be created
}

// Run runs the suite.
func Run(t *testing.T, c Config) {
	t.Helper()
	t.Run("empty", func(t *testing.T) { testEmpty(t, c) })
	t.Run("types", func(t *testing.T) { testTypes(t, c) })
	t.Run("defaults", func(t *testing.T) { testDefaults(t, c) })
	t.Run("tables", func(t *testing.T) { testTables(t, c) })
	t.Run("names", func(t *testing.T) { testNames(t, c) })
	t.Run("texts", func(t *testing.T) { testTexts(t, c) })
	t.Run("rows", func(t *testing.T) { testRows(t, c) })
	t.Run("alter", func(t *testing.T) { testAlter(t, c) })
	t.Run("statements", func(t *testing.T) { testStatements(t, c) })
	t.Run("scope", func(t *testing.T) { testScope(t, c) })
	t.Run("lock", func(t *testing.T) { testLock(t, c) })
	t.Run("random", func(t *testing.T) { testRandom(t, c) })
	t.Run("random change", func(t *testing.T) { testRandomChange(t, c) })
	t.Run("normalize", func(t *testing.T) { testNormalize(t, c) })
}

// testRandom is the property that everything else here is an example of.
func testRandom(t *testing.T, c Config) {
	s := open(t, c)
	tables := arbitrary.Tables(s.drawing())
	rapid.Check(t, func(t *rapid.T) {
		if err := s.roundTrip(tables.Draw(t, "schema")); err != nil {
			t.Fatal(err)
		}
	})
}

// testRandomChange is the same of changes.
func testRandomChange(t *testing.T, c Config) {
	s := open(t, c)
	table := arbitrary.Table(s.drawing())
	rapid.Check(t, func(t *rapid.T) {
		a := arbitrary.Alterations(s.drawing(), table.Draw(t, "table")).Draw(t, "change")
		if err := s.alter(AlterCase{Before: a.Before, Actions: a.Actions, After: a.After}); err != nil {
			t.Fatal(err)
		}
	})
}

// drawing is what to draw for the database.
func (s *session) drawing() arbitrary.Options {
	o := arbitrary.Options{Lacks: s.c.Lacks, Quote: s.mustQuote}
	if len(s.c.Types) > 0 {
		o.Types = rapid.SampledFrom(s.c.Types)
	}
	return o
}
