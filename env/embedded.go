package env

import (
	"context"
	"io"
	"log/slog"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/script"
	"github.com/gomig-dev/gomig/script/revision"
)

// Embedded is what a program carries to migrate a database by itself: no
// alembic.ini, no files, no gomig program.
type Embedded struct {
	Systems []dialect.System // the databases it may meet, such as postgres.System()
	Scripts []*script.Set    // its revisions, such as &versions.Scripts
	Logger  *slog.Logger     // nil is silent
	// Script makes the runs write an SQL script here, instead of connecting.
	// [Options] then need a Dialect or a URL, and StartingRevision if not from base.
	Script io.Writer
}

// NewMigration is the work on one database outside any environment
// (MigrationContext.configure). Close gives back the connection it takes.
func NewMigration(ctx context.Context, e Embedded, o Options) (*Migration, error) {
	registered, err := script.Join(e.Scripts...)
	if err != nil {
		return nil, err
	}
	s := Setup{Systems: e.Systems, Logger: e.Logger, Scripts: map[string]script.Registered{}, Output: e.Script}
	s.Task.Offline = e.Script != nil
	for _, r := range registered {
		s.Scripts[r.ID] = r
	}
	if s.Graph, err = script.Graph(registered); err != nil {
		return nil, err
	}
	if s.Logger == nil {
		s.Logger = slog.New(slog.DiscardHandler)
	}
	return newMigration(ctx, s, o)
}

// Upgrade runs revisions up to a target, such as "head" (alembic upgrade). The
// arguments reach them: see op.Argument.
func (m *Migration) Upgrade(ctx context.Context, target string, arguments ...any) error {
	return m.do(ctx, Task{Command: "upgrade", Destination: target}, func(heads []string) (revision.Plan, error) {
		return m.graph.Upgrade(heads, target)
	}, arguments...)
}

// Downgrade takes revisions back to a target, such as "base" or "-1" (alembic
// downgrade). The arguments reach them: see op.Argument.
func (m *Migration) Downgrade(ctx context.Context, target string, arguments ...any) error {
	if err := revision.CheckTarget(target); err != nil {
		return err
	}
	return m.do(ctx, Task{Command: "downgrade", Destination: target}, func(heads []string) (revision.Plan, error) {
		return m.graph.Downgrade(heads, target)
	}, arguments...)
}

// RunMigrations runs what plan makes of the rows of the version table, such as
// by a method of Script (run_migrations, with the function `fn` of the options).
// The arguments reach the revisions: see op.Argument.
func (m *Migration) RunMigrations(ctx context.Context, plan func(heads []string) (revision.Plan, error), arguments ...any) error {
	return m.do(ctx, Task{}, plan, arguments...)
}

// EnsureVersion creates the version table if it is not there (alembic ensure_version).
func (m *Migration) EnsureVersion(ctx context.Context) error {
	return m.do(ctx, Task{Command: "ensure_version", EnsureTable: true}, func([]string) (revision.Plan, error) { return revision.Plan{}, nil })
}

// Stamp brings the version table to targets without running any revision (stamp).
func (m *Migration) Stamp(ctx context.Context, targets ...string) error {
	return m.do(ctx, Task{Command: "stamp", EnsureTable: true, Destination: strings.Join(targets, ", ")}, func(heads []string) (revision.Plan, error) {
		return m.graph.Stamp(heads, targets...)
	})
}

// AtHeads reports whether every revision was run.
func (m *Migration) AtHeads(ctx context.Context) (bool, error) {
	heads, err := m.CurrentHeads(ctx)
	if err != nil {
		return false, err
	}
	return m.graph.AtHeads(heads)
}

// do runs a task of the migration's own.
func (m *Migration) do(ctx context.Context, t Task, plan func(heads []string) (revision.Plan, error), arguments ...any) error {
	if m.busy {
		return errBusy
	}
	m.arguments = arguments
	t.Writes, t.Offline = true, m.conn == nil
	t.Plan = func(_ context.Context, _ *Migration, heads []string) (revision.Plan, error) { return plan(heads) }
	before := m.task
	m.task = t
	defer func() { m.task = before }()
	return m.run(ctx)
}
