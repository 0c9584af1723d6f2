// Package sqlite is the dialect of SQLite 3.35 and later.
//
// SQLite keeps the text of what it was told, and its ALTER TABLE changes
// little. What it cannot do is done by copying the table: the text of its
// CREATE TABLE is edited, a table made of it beside the old one, the rows
// moved, the old table dropped and the new one given its name. Whatever the
// change does not name survives, because it is text that nobody touched.
//
// Foreign keys must be off while a table is copied, or dropping the old one
// would delete the rows that refer to it. SQLite ignores that switch inside a
// transaction, so [dialect.Preparer] throws it before the run's transaction
// begins, and [dialect.CommitChecker] proves before it ends that no reference
// was broken.
package sqlite

import (
	"context"
	"fmt"

	"github.com/gomig-dev/gomig/dialect"
)

// System is the SQLite family, which has one flavour.
func System() dialect.System { return system{} }

type system struct{}

func (system) Name() string                   { return "sqlite" }
func (system) Flavors() []string              { return []string{"sqlite"} }
func (system) Offline(string) dialect.Dialect { return database{version: newest} }

// Detect asks for SQLite's version.
func (system) Detect(ctx context.Context, conn dialect.Conn) (dialect.Dialect, error) {
	var text string
	if err := conn.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&text); err != nil {
		return nil, fmt.Errorf("asking for SQLite's version: %w", err)
	}
	return at(text)
}

// OfflineVersion is an SQLite of one version.
func (system) OfflineVersion(_, text string) (dialect.Dialect, error) { return at(text) }

// at is the dialect of the version that a text says.
func at(text string) (dialect.Dialect, error) {
	var v version
	if n, _ := fmt.Sscanf(text, "%d.%d.%d", &v.major, &v.minor, &v.patch); n < 2 {
		return nil, fmt.Errorf("%q is no version of SQLite, such as 3.45 or 3.37.2", text)
	}
	if v.before(oldest) {
		return nil, fmt.Errorf("SQLite %s is too old: gomig needs %s for DROP COLUMN", v, oldest)
	}
	return database{version: v}, nil
}

// version is SQLite's own, which tells what it can: there are no forks that
// keep the number and drop a statement.
type version struct{ major, minor, patch int }

var (
	oldest     = version{3, 35, 0}
	withStrict = version{3, 37, 0}
	newest     = version{major: 4} // a script may say whatever some SQLite takes
)

func (v version) String() string { return fmt.Sprintf("%d.%d.%d", v.major, v.minor, v.patch) }

func (v version) before(w version) bool {
	if v.major != w.major {
		return v.major < w.major
	}
	if v.minor != w.minor {
		return v.minor < w.minor
	}
	return v.patch < w.patch
}

// database is the dialect at one version.
type database struct{ version version }

var (
	_ dialect.VersionedOffline = system{}
	_ dialect.Dialect          = database{}
	_ dialect.Normalizer       = database{}
	_ dialect.Preparer         = database{}
	_ dialect.CommitChecker    = database{}
	_ dialect.LockTransaction  = database{}
)

// ServerVersion is what sqlite_version() gave.
func (d database) ServerVersion() string {
	if d.version == newest {
		return ""
	}
	return d.version.String()
}

// Name is "sqlite".
func (database) Name() string { return "sqlite" }

// Names are the names of variants: "sqlite".
func (database) Names() []string { return []string{"sqlite"} }

// TransactionalDDL is true: a transaction that is rolled back leaves nothing.
func (database) TransactionalDDL() bool { return true }

// Traits: a foreign key may point at a table that is yet to come, and changes
// of one table are put together, since each could cost a copy of it.
func (database) Traits() dialect.Traits {
	return dialect.Traits{MovesColumns: true, ForwardReferences: true, BatchesChanges: true, ResetsOptions: true, OwnsOptions: true, FoldsTables: true, FoldsColumns: true, NumbersKeys: true}
}
