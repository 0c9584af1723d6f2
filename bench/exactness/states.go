package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gomig-dev/gomig/internal/catalogue"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// state is a database, and the declaration that it was made by.
type state struct {
	db     *testdb.DB
	tables []*schema.Table
}

// states makes databases on a server.
type states struct {
	server  *testdb.Server
	dir     string // of SQLite's files
	n       int    // of them
	version string // of the server
	free    []*testdb.DB
}

func newStates(ctx context.Context, k testdb.Kind) (s *states, err error) {
	s = &states{}
	if k == testdb.KindSQLite {
		s.dir, err = os.MkdirTemp("", "gomig-exactness-")
	} else {
		s.server, err = testdb.Start(ctx, k)
	}
	return s, err
}

func (s *states) close(ctx context.Context) (err error) {
	for _, db := range s.free {
		err = errors.Join(err, db.Drop(ctx))
	}
	if s.server == nil {
		return errors.Join(err, os.RemoveAll(s.dir))
	}
	return errors.Join(err, s.server.Close())
}

// ask has the tools judge a change. Each gets the state before to itself, for it
// changes it.
func (s *states) ask(ctx context.Context, c catalogue.Change, tools []tool) (list []verdict, err error) {
	b, err := s.state(ctx, c.To)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.release(ctx, b.db)) }()
	for _, each := range tools {
		a, err := s.state(ctx, c.From)
		if err != nil {
			return nil, err
		}
		v, err := judge(ctx, each, a, b)
		if err := errors.Join(err, s.release(ctx, a.db)); err != nil {
			return nil, fmt.Errorf("%s: %w", each.name(), err)
		}
		list = append(list, v)
	}
	return list, nil
}

// state is a database that holds the tables.
func (s *states) state(ctx context.Context, tables []*schema.Table) (state, error) {
	db, err := s.database(ctx)
	if err != nil {
		return state{}, err
	}
	s.version = db.Version
	if err := create(ctx, db, tables); err != nil {
		return state{}, errors.Join(fmt.Errorf("creating a state: %w", err), db.Drop(ctx))
	}
	return state{db, tables}, nil
}

// database is an empty one.
func (s *states) database(ctx context.Context) (*testdb.DB, error) {
	if s.server == nil {
		s.n++
		return testdb.NewSQLite(ctx, filepath.Join(s.dir, fmt.Sprintf("%d.db", s.n)))
	}
	if n := len(s.free); n > 0 {
		db := s.free[n-1]
		s.free = s.free[:n-1]
		return db, nil
	}
	return s.server.NewDatabase(ctx)
}

// release lets go of a database. PostgreSQL's is emptied for the next use, since
// making one takes it long.
func (s *states) release(ctx context.Context, db *testdb.DB) error {
	if db.Kind != testdb.KindPostgres {
		return db.Drop(ctx)
	}
	if _, err := db.DB.ExecContext(ctx, "DROP SCHEMA public CASCADE; CREATE SCHEMA public"); err != nil {
		return errors.Join(err, db.Drop(ctx))
	}
	s.free = append(s.free, db)
	return nil
}
