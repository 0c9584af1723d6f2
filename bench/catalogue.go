package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/gomig-dev/gomig"
	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/bench/models"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// catalogue measures a whole comparison against nothing but the queries that it
// sends, whose rows are fetched and thrown away, in one process and without what
// starting one costs.
func catalogue(ctx context.Context, b *bench) error {
	fmt.Printf("### a comparison against its bare catalogue queries, %d tables of 10 columns and 3 indexes\n\n", b.tables)
	fmt.Print("| | queries alone | comparison | ratio |\n|---|---|---|---|\n")
	return b.onEngines(ctx, func(e engine, s *testdb.Server) error {
		l, err := b.newLarge(ctx, e, s, "catalogue", b.tables)
		if err != nil {
			return err
		}
		defer func() { _ = l.db.Drop(ctx) }()
		conn, err := l.db.DB.Conn(ctx)
		if err != nil {
			return err
		}
		defer func() { _ = conn.Close() }()
		return b.catalogueOn(ctx, e, conn)
	})
}

func (b *bench) catalogueOn(ctx context.Context, e engine, conn *sql.Conn) error {
	d, err := detect(ctx, conn)
	if err != nil {
		return err
	}
	metadata := models.Declare(b.tables, 0)
	o := autogen.Options{Metadata: []*schema.Metadata{metadata}, VersionTable: schema.Name{Name: "alembic_version"}}
	heard := &recorder{Conn: conn}
	var bare, whole []time.Duration
	for n := range b.runs + 1 {
		start := time.Now()
		if n == 0 {
			_, err = autogen.Compare(ctx, d, heard, o)
		} else {
			_, err = autogen.Compare(ctx, d, conn, o)
		}
		if err != nil {
			return err
		}
		compared := time.Since(start)
		start = time.Now()
		if err := heard.again(ctx); err != nil {
			return err
		}
		if n > 0 {
			bare, whole = append(bare, time.Since(start)), append(whole, compared)
		}
	}
	q, c := median(bare), median(whole)
	fmt.Printf("| %s | %.3f s | %.3f s | %.2f |\n", e.name, q.Seconds(), c.Seconds(), c.Seconds()/q.Seconds())
	return nil
}

// detect finds the dialect of a connection: the first that its server answers to.
func detect(ctx context.Context, conn *sql.Conn) (dialect.Dialect, error) {
	var errs []error
	for _, s := range gomig.Dialects() {
		d, err := s.Detect(ctx, conn)
		if err == nil {
			return d, nil
		}
		errs = append(errs, err)
	}
	return nil, errors.Join(errs...)
}

// recorder remembers the queries that go through a connection.
type recorder struct {
	dialect.Conn
	queries []query
}

type query struct {
	text string
	args []any
}

// QueryContext remembers a query.
func (r *recorder) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	r.queries = append(r.queries, query{text, args})
	return r.Conn.QueryContext(ctx, text, args...)
}

// QueryRowContext remembers a query.
func (r *recorder) QueryRowContext(ctx context.Context, text string, args ...any) *sql.Row {
	r.queries = append(r.queries, query{text, args})
	return r.Conn.QueryRowContext(ctx, text, args...)
}

// again runs the queries and throws their rows away.
func (r *recorder) again(ctx context.Context) error {
	for _, q := range r.queries {
		if err := r.drain(ctx, q); err != nil {
			return err
		}
	}
	return nil
}

func (r *recorder) drain(ctx context.Context, q query) error {
	rows, err := r.Conn.QueryContext(ctx, q.text, q.args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	values, targets := make([]sql.RawBytes, len(columns)), make([]any, len(columns))
	for i := range values {
		targets[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return err
		}
	}
	return rows.Err()
}
