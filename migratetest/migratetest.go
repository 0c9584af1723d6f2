// Package migratetest tests revisions: in a program's own `go test`, on SQLite
// without any server, or on a database that the test gives.
//
//	func TestMigrations(t *testing.T) {
//		migratetest.Run(t, migratetest.Suite{
//			Scripts:  []*script.Set{&versions.Scripts},
//			Metadata: []*schema.Metadata{models.Metadata},
//		})
//	}
//
// That tests what holds for every history. What a revision does to rows is
// tested by a [Database] at the revision before it.
package migratetest

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
)

// Suite is what is tested, and where.
type Suite struct {
	Scripts  []*script.Set      // the revisions, such as &versions.Scripts
	Metadata []*schema.Metadata // the declared schema, which the history must lead to; none leaves that untested

	// Where to test: on a new database of Open's for each test, or on DB, which
	// must be empty at the beginning and is emptied after each test. With neither
	// it is SQLite in a temporary file; the test must import a driver for it, such
	// as modernc.org/sqlite.
	Open func(t testing.TB) *sql.DB
	DB   *sql.DB

	// Irreversible are the ids of revisions that are never taken back.
	Irreversible []string

	Systems []dialect.System // the databases known; nil for all that gomig has
	// Options are as the program's own: a version table of another name, what
	// autogenerate leaves out. The connection and the metadata are filled in.
	Options env.Options
}

// Run runs every test of this package that needs to know nothing of the revisions:
// [SingleHead], [UpDownUp] and, with metadata, [ModelsMatch].
func Run(t *testing.T, s Suite) {
	t.Helper()
	t.Run("SingleHead", func(t *testing.T) { SingleHead(t, s.Scripts...) })
	t.Run("UpDownUp", func(t *testing.T) { UpDownUp(t, s) })
	if len(s.Metadata) > 0 {
		t.Run("ModelsMatch", func(t *testing.T) { ModelsMatch(t, s) })
	}
}

// SingleHead fails if the history has several heads, as it has when two branches
// of version control were joined that each brought a revision; or if it is not whole.
func SingleHead(t testing.TB, sets ...*script.Set) {
	t.Helper()
	list, err := script.Join(sets...)
	if err != nil {
		t.Fatalf("reading the revisions: %v", err)
	}
	g, err := script.Graph(list)
	if err != nil {
		t.Fatalf("reading the revisions: %v", err)
	}
	heads := g.Heads()
	if len(heads) < 2 {
		return
	}
	names := make([]string, len(heads))
	for i, h := range heads {
		names[i] = name(list, h.ID())
	}
	t.Errorf("the history has %d heads: %s; join them by `gomig merge heads`, or let one follow the other by `gomig rebase`", len(heads), strings.Join(names, ", "))
}

// ModelsMatch upgrades an empty database to the heads and fails if autogenerate
// then finds a difference from the metadata: a change of the models without a revision.
func ModelsMatch(t testing.TB, s Suite) {
	t.Helper()
	if len(s.Metadata) == 0 {
		t.Fatal("there are no models to compare with: give migratetest.Suite the Metadata")
	}
	d := s.open(t)
	d.Upgrade("heads")
	m := d.migration()
	defer d.close(m)
	r, err := m.Compare(t.Context())
	if err != nil {
		t.Fatalf("comparing the database with the models: %v", err)
	}
	for _, w := range r.Warnings {
		t.Log(w)
	}
	if len(r.Detected) > 0 {
		t.Errorf("the revisions do not lead to what the models declare; `gomig revision --autogenerate` would make these changes:%s", lines(r.Detected))
	}
}

// embedded is what a migration is made of.
func (s Suite) embedded() env.Embedded {
	e := env.Embedded{Systems: s.Systems, Scripts: s.Scripts}
	if e.Systems == nil {
		e.Systems = gomig.Dialects()
	}
	return e
}

// options are the options of a migration of a database.
func (s Suite) options(db *sql.DB) env.Options {
	o := s.Options
	o.Tx, o.Conn, o.URL, o.DB = nil, nil, "", db
	if s.Metadata != nil {
		o.TargetMetadata = s.Metadata
	}
	return o
}

// name is a revision with the place where it is written.
func name(list []script.Registered, id string) string {
	i := slices.IndexFunc(list, func(r script.Registered) bool { return r.ID == id })
	if i < 0 {
		return id
	}
	file, line := list[i].Position()
	return fmt.Sprintf("%s (%s:%d)", id, base(file), line)
}

// base is the last element of a file name of any system.
func base(file string) string { return file[strings.LastIndexAny(file, `/\`)+1:] }

// lines shows a list, one line each.
func lines(list []string) string { return "\n  " + strings.Join(list, "\n  ") }

// outlive is the context of what is put in order behind a test, whose own has ended then.
func outlive(t testing.TB) context.Context { return context.WithoutCancel(t.Context()) }
