package env

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/internal/dburl"
)

// scratchPool is a scratch database that a history runs in, as the environment gets it.
type scratchPool struct {
	db   *sql.DB
	drop func(context.Context) error
}

// openScratch opens, in place of a database, an empty one of its kind: SQLite's
// in memory, and others' on the server of --dev-url.
func (e *Context) openScratch(ctx context.Context, u dburl.URL) (*sql.DB, error) {
	system, err := family(e.setup.Systems, u.Dialect)
	if err != nil {
		return nil, err
	}
	dev, err := devURL(e.setup, system)
	if err != nil {
		return nil, err
	}
	p := scratchPool{drop: func(context.Context) error { return nil }}
	if u.Dialect == dburl.SQLite {
		u = inMemory(u)
	} else if u, p.drop, err = createScratch(ctx, e, system, dev); err != nil {
		return nil, err
	}
	if p.db, err = e.open(ctx, u); err != nil {
		return nil, errors.Join(err, p.drop(context.WithoutCancel(ctx)))
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.scratch = append(e.scratch, p)
	return p.db, nil
}

// inMemory is an SQLite database in memory with the parameters of a URL that are
// not about its file.
func inMemory(u dburl.URL) dburl.URL {
	u.Database = ":memory:"
	u.Query = slices.DeleteFunc(slices.Clone(u.Query), func(p dburl.Param) bool {
		return slices.Contains([]string{"mode", "cache", "immutable", "nolock", "vfs", "psow", "uri"}, p.Key)
	})
	return u
}

// devURL is the URL of the server for scratch places. The zero URL means that
// none is named. It must be a server of the database's family.
func devURL(setup Setup, system dialect.System) (dburl.URL, error) {
	if setup.DevURL == "" {
		return dburl.URL{}, nil
	}
	u, err := dburl.Parse(setup.DevURL)
	if err != nil {
		return dburl.URL{}, fmt.Errorf("--dev-url: %w", err)
	}
	if s, err := family(setup.Systems, u.Dialect); err != nil || s.Name() != system.Name() {
		return dburl.URL{}, fmt.Errorf("--dev-url names a server of %s, but the database is one of %s; name one of the same kind", u.Dialect, system.Name())
	}
	return u, nil
}

// createScratch makes a database on the server of --dev-url. The connection
// that made it stays open until it is dropped.
func createScratch(ctx context.Context, e *Context, system dialect.System, dev dburl.URL) (_ dburl.URL, _ func(context.Context) error, err error) {
	if dev.Dialect == "" {
		return dev, nil, fmt.Errorf("running the history without the database needs a server to run it on: name one with --dev-url %s://user:password@host/database, or as database.dev_url in alembic.ini; gomig makes a database of its own there and drops it", system.Name())
	}
	admin, err := e.open(ctx, dev)
	if err != nil {
		return dev, nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, admin.Close())
		}
	}()
	conn, err := admin.Conn(ctx)
	if err != nil {
		return dev, nil, fmt.Errorf("taking a connection to the scratch server: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, conn.Close()) // closing the pool leaves it open
		}
	}()
	d, err := system.Detect(ctx, conn)
	if err != nil {
		return dev, nil, fmt.Errorf("asking the scratch server which it is: %w", err)
	}
	s, ok := d.(dialect.ScratchDatabases)
	if !ok {
		return dev, nil, fmt.Errorf("running the history: %s has no scratch databases", d.Name())
	}
	name, err := s.CreateScratch(ctx, conn)
	if err != nil {
		return dev, nil, err
	}
	return dev.WithDatabase(name), func(ctx context.Context) error {
		return errors.Join(s.DropScratch(ctx, conn, name), conn.Close(), admin.Close())
	}, nil
}

// redirect puts a scratch database in place of what an environment connects to
// by itself: a history never runs in a database that was there before.
func (e *Context) redirect(ctx context.Context, o Options) (Options, error) {
	own := func(p scratchPool) bool { return p.db == o.DB }
	if o.DB == nil || !slices.ContainsFunc(e.scratch, own) {
		u, err := e.kind(o)
		if err != nil {
			return o, err
		}
		if o.DB, err = e.openScratch(ctx, u); err != nil {
			return o, err
		}
	}
	o.Conn, o.Tx = nil, nil
	o.DefaultSchema = "" // on MySQL it would be somebody's database
	return o, nil
}

// kind is the URL of the database that options name, as far as it tells the kind.
func (e *Context) kind(o Options) (dburl.URL, error) {
	name := o.Dialect
	switch {
	case o.URL != "":
		return dburl.Parse(o.URL)
	case name == "" && o.DB != nil:
		name = driverDialect(fmt.Sprintf("%T", o.DB.Driver()))
	case name == "" && o.Conn != nil:
		name = connDialect(o.Conn)
	}
	if name == "" && e.setup.DevURL != "" {
		return dburl.Parse(e.setup.DevURL)
	}
	if name == "" {
		return dburl.URL{}, errors.New("running the history: which kind of database it is does not show; give env.Options a URL or a Dialect")
	}
	return dburl.URL{Dialect: name}, nil
}

// dropScratch drops the scratch databases of a command.
func (e *Context) dropScratch(ctx context.Context) error {
	var errs []error
	for _, p := range e.scratch {
		if err := p.db.Close(); err != nil && !isGone(err) {
			errs = append(errs, err)
		}
		errs = append(errs, p.drop(ctx))
	}
	e.scratch = nil
	return errors.Join(errs...)
}

// scratchServer gives the server of --dev-url to normalise on; nil without one,
// and where a history runs, which is on that server already.
func (m *Migration) scratchServer() func(context.Context) (*autogen.Scratch, error) {
	if m.setup.DevURL == "" || m.task.History {
		return nil
	}
	return func(ctx context.Context) (_ *autogen.Scratch, err error) {
		system, err := family(m.setup.Systems, m.dialect.Name())
		if err != nil {
			return nil, err
		}
		u, err := devURL(m.setup, system)
		if err != nil {
			return nil, err
		}
		e := Context{setup: m.setup}
		db, err := e.open(ctx, u)
		if err != nil {
			return nil, err
		}
		defer func() {
			if err != nil {
				err = errors.Join(err, db.Close())
			}
		}()
		conn, err := db.Conn(ctx)
		if err != nil {
			return nil, fmt.Errorf("taking a connection to the scratch server: %w", err)
		}
		defer func() {
			if err != nil {
				err = errors.Join(err, conn.Close()) // closing the pool leaves it open
			}
		}()
		d, err := system.Detect(ctx, conn)
		if err != nil {
			return nil, fmt.Errorf("asking the scratch server which it is: %w", err)
		}
		return &autogen.Scratch{
			Dialect: d, Conn: conn, Warning: m.otherVersion(d),
			Close: func() error { return errors.Join(conn.Close(), db.Close()) },
		}, nil
	}
}

// otherVersion says that the scratch server is not of the database's version.
func (m *Migration) otherVersion(scratch dialect.Dialect) string {
	ours, theirs := dialect.VersionOf(m.dialect), dialect.VersionOf(scratch)
	if ours == theirs {
		return ""
	}
	return fmt.Sprintf("the server of --dev-url is %s, the database's %s: it may spell expressions in other words", theirs, ours)
}
