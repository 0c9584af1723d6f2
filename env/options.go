package env

import (
	"context"
	"database/sql"
	"io"
	"time"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/schema"
)

// Options configure one migration run (EnvironmentContext.configure). The zero
// value of every field but the connection is Alembic's default.
//
// In a caller's own transaction PostgreSQL holds the run's lock until that
// transaction ends. MySQL commits at every schema change all the same, so that
// there a Tx undoes nothing; SQLite's lock is the caller's transaction, which
// should have begun IMMEDIATE.
type Options struct {
	// What to connect to: the first that is given counts. Offline a URL or a
	// dialect name suffices.
	Tx      *sql.Tx   // the caller's own transaction: the run neither begins nor ends one
	Conn    *sql.Conn // one connection of the caller's
	DB      *sql.DB   // a pool: the run takes one connection of it
	URL     string    // dialect and, if nothing else is given, the database to open
	Dialect string    // name of the dialect, if nothing else tells; it must not contradict the others (dialect_name)
	// ServerVersion is the version of the server that a script is for: "8.0.36",
	// "10.6", "13". What that version lacks is spelled in its words or refused. Empty
	// is what the dialect takes for current; an error with a connection, which knows
	// (dialect_opts).
	ServerVersion string

	// Which of several databases it is.
	Database      string // what the environment calls it: revisions read op.Operations.Database, and autogenerate fills the template's Databases (engine_name, upgrade_token, downgrade_token)
	DefaultSchema string // the schema of names that have none, for this run: PostgreSQL's search_path, the database that MySQL uses; it must be there

	// Who is told what the run does, beside those of the command.
	Observers []Observer

	// How to run.
	TransactionalDDL        Choice                                     // overrides what the dialect says (transactional_ddl)
	TransactionPerMigration bool                                       // a transaction for each revision instead of one for the run
	OutputBuffer            io.Writer                                  // where a script goes; nil for the command's output
	StartingRevision        string                                     // where a script starts; empty for what the command line says (starting_rev)
	Tag                     string                                     // for the environment's own use; empty for what the command line says
	TemplateArgs            map[string]any                             // further variables of the revision template
	LiteralBinds            bool                                       // kept for Alembic's sake: scripts always hold literals; an error with a connection (literal_binds)
	OnVersionApply          []func(context.Context, VersionInfo) error // called in order after each step, inside its transaction

	// The version table.
	VersionTable       string // empty for alembic_version
	VersionTableSchema string // empty for the connection's default schema
	NoVersionTablePK   bool   // leaves out the primary key (version_table_pk=False)

	// The lock that keeps two runs apart.
	NoLock      bool          // takes none
	LockTimeout time.Duration // how long to wait for it; 0 for lock_timeout in alembic.ini or 60 seconds, less for as long as the context allows

	// The limits of single statements of a run that writes, for its time. Without
	// them the server's own hold: MySQL waits a year for a table.
	StatementLockTimeout time.Duration // how long a statement waits for a lock; 0 for statement_lock_timeout in alembic.ini or the server's own
	StatementTimeout     time.Duration // how long a statement may take; 0 for statement_timeout in alembic.ini or no limit
	// LockRetries is how often it is tried again what waited in vain for a lock: the
	// statement, where it commits itself (MySQL's schema changes); else the
	// transaction, which is rolled back before, so that revisions in it are called
	// again. What would be done twice is not tried again. 0 is lock_retries in
	// alembic.ini or none.
	LockRetries   int
	LockRetryWait time.Duration // the wait before the first such try, doubled each time up to 30 s; 0 for lock_retry_wait in alembic.ini or 1 s

	// What autogenerate compares.
	TargetMetadata []*schema.Metadata
	Autogenerate   autogen.Options // its Metadata and VersionTable are filled in from here
}

// Choice is yes, no, or what the default is.
type Choice uint8

// The choices.
const (
	Default Choice = iota
	Yes
	No
)

func (c Choice) or(def bool) bool {
	switch c {
	case Yes:
		return true
	case No:
		return false
	case Default:
	}
	return def
}

const (
	defaultVersionTable = "alembic_version"
	defaultLockTimeout  = 60 * time.Second
)

// Targets are the metadata given, without those that are nil: an environment
// without any declared schema still migrates.
func Targets(metadata ...*schema.Metadata) []*schema.Metadata {
	var out []*schema.Metadata
	for _, m := range metadata {
		if m != nil {
			out = append(out, m)
		}
	}
	return out
}
