package testdb

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"
)

// Server is a running server of one kind on which databases can be made. It
// stays as long as somebody holds one; [Server.Close] lets go.
type Server struct {
	Kind    Kind
	Version string // its answer to SELECT VERSION()

	at     *endpoint
	admin  *sql.DB
	client []string // directories where this server's own client may lie
	lease  func() error
}

// Start returns a server of the kind: the one that the environment names or
// else one on this machine, started if it does not run yet. The error is an
// [UnavailableError] if there is none and nothing to start.
//
// A server started here belongs to nobody: test binaries that run side by side
// or one after another share it, and a small watching process stops it and
// removes its data once nobody has held it for some minutes. It is found by
// files under [os.TempDir] and started under a lock, so any number of processes may
// call this at once and any of them may die at any moment.
func Start(ctx context.Context, kind Kind) (*Server, error) {
	s := &Server{Kind: kind, lease: func() error { return nil }}
	if value := os.Getenv(kind.env()); value != "" {
		at, err := parseEndpoint(kind, value)
		if err != nil {
			return nil, err
		}
		s.at = at
		s.client = foundClientDirs(kind)
	} else if err := s.share(ctx); err != nil {
		return nil, err
	}
	if err := s.connect(ctx); err != nil {
		return nil, joinClose(err, s)
	}
	return s, nil
}

// connect opens the connection that makes and drops databases and checks that
// the server is what it is taken for.
func (s *Server) connect(ctx context.Context) error {
	var err error
	if s.admin, err = sql.Open(s.Kind.driver(), s.at.dsn("")); err != nil {
		return fmt.Errorf("connecting to %s on %s:%s: %w", s.Kind.title(), s.at.host, s.at.port, err)
	}
	s.admin.SetMaxOpenConns(2)
	if err := s.admin.QueryRowContext(ctx, "SELECT VERSION()").Scan(&s.Version); err != nil {
		return fmt.Errorf("connecting to %s on %s:%s: %w", s.Kind.title(), s.at.host, s.at.port, err)
	}
	if got := flavor(s.Version); got != s.Kind {
		return fmt.Errorf("the server on %s:%s is %s (%s), not %s: unset or correct %s",
			s.at.host, s.at.port, got.title(), s.Version, s.Kind.title(), s.Kind.env())
	}
	return nil
}

// Close lets go of the server. It goes on running for others and for a while.
func (s *Server) Close() error {
	var err error
	if s.admin != nil {
		err = s.admin.Close()
	}
	return errors.Join(err, s.lease())
}

// NewDatabase makes an empty database with a name of its own. The caller ends
// it with [DB.Drop].
func (s *Server) NewDatabase(ctx context.Context) (*DB, error) {
	name := "gomig_test_" + strings.ToLower(rand.Text()[:12])
	create := "CREATE DATABASE " + name
	if s.Kind == KindPostgres {
		// Nobody can be connected to template0, so nobody can block the copy.
		create += " TEMPLATE template0"
	}
	if _, err := s.admin.ExecContext(ctx, create); err != nil {
		return nil, fmt.Errorf("creating a test database on %s: %w", s.Kind.title(), err)
	}
	d := &DB{
		Kind: s.Kind, Version: s.Version, Name: name, Driver: s.Kind.driver(),
		URL: s.at.url(name), DSN: s.at.dsn(name), server: s,
	}
	var err error
	if d.DB, err = sql.Open(d.Driver, d.DSN); err != nil {
		return nil, fmt.Errorf("opening the test database %q: %w", name, err)
	}
	return d, nil
}

// Drop closes the database's connections, also those that a test forgot, and
// drops it. For SQLite it closes only.
func (d *DB) Drop(ctx context.Context) error {
	err := d.DB.Close()
	if d.server == nil {
		return err
	}
	drop := "DROP DATABASE IF EXISTS " + d.Name
	if d.Kind == KindPostgres {
		drop += " WITH (FORCE)"
	} else {
		err = errors.Join(err, d.disconnect(ctx))
	}
	if _, e := d.server.admin.ExecContext(ctx, drop); e != nil {
		err = errors.Join(err, fmt.Errorf("dropping the test database %q: %w", d.Name, e))
	}
	return err
}

// disconnect ends the connections to a MySQL or MariaDB database: an open
// transaction of one would block the drop, by default for a year.
func (d *DB) disconnect(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	const list = "SELECT id FROM information_schema.processlist WHERE db = ? AND id <> CONNECTION_ID()"
	rows, err := d.server.admin.QueryContext(ctx, list, d.Name)
	// MySQL (9.7) cannot list a statement with a character beyond U+FFFF while one runs: error 3854.
	for tries := 0; err != nil && strings.Contains(err.Error(), "3854") && tries < 200; tries++ {
		time.Sleep(10 * time.Millisecond)
		rows, err = d.server.admin.QueryContext(ctx, list, d.Name)
	}
	if err != nil {
		return fmt.Errorf("listing connections to %q: %w", d.Name, err)
	}
	defer rows.Close()
	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return fmt.Errorf("listing connections to %q: %w", d.Name, err)
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("listing connections to %q: %w", d.Name, err)
	}
	for _, id := range ids {
		// It may have ended by itself meanwhile, which is as well.
		_, _ = d.server.admin.ExecContext(ctx, fmt.Sprintf("KILL %d", id))
	}
	return nil
}
