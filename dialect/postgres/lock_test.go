package postgres_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/internal/testdb"
)

func TestLockHolder(t *testing.T) {
	t.Parallel()
	d, conn := session(t)
	exec(t, conn, "SET application_name = 'the holder'")
	db := testdb.Postgres(t) // another database, where the lock is free
	other, err := db.DB.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Close() }()
	unlock, err := d.Lock(t.Context(), conn, "x", time.Second)
	if err != nil {
		t.Fatal(err)
	}
	elsewhere, err := d.Lock(t.Context(), other, "x", time.Second)
	if err != nil {
		t.Fatalf("the lock holds in another database: %v", err)
	}
	if err := elsewhere(t.Context()); err != nil {
		t.Error(err)
	}
	if err := elsewhere(t.Context()); err == nil || !strings.Contains(err.Error(), "does not hold it any more") {
		t.Errorf("unlocking twice gives %v", err)
	}
	if err := unlock(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestLockedError(t *testing.T) {
	t.Parallel()
	db := testdb.Postgres(t)
	d := detect(t, db.DB)
	conns := make([]dialect.Conn, 2)
	for i := range conns {
		c, err := db.DB.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Close() })
		conns[i] = c
	}
	exec(t, conns[0], "SET application_name = 'the holder'")
	unlock, err := d.Lock(t.Context(), conns[0], "x", 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.Lock(t.Context(), conns[1], "x", time.Millisecond)
	var locked *dialect.LockedError
	if !errors.As(err, &locked) || locked.Name != "x" || !strings.Contains(locked.Holder, "the holder") || !strings.Contains(locked.Holder, "process ") {
		t.Errorf("the error is %v", err)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if err := unlock(context.WithoutCancel(cancelled)); err != nil {
		t.Error(err)
	}
}

// TestLockExcludes has many runs count without losing a step.
func TestLockExcludes(t *testing.T) {
	t.Parallel()
	db := testdb.Postgres(t)
	d := detect(t, db.DB)
	var inside, count atomic.Int32
	var g errgroup.Group
	for range 8 {
		g.Go(func() error {
			conn, err := db.DB.Conn(t.Context())
			if err != nil {
				return err
			}
			defer func() { _ = conn.Close() }()
			unlock, err := d.Lock(t.Context(), conn, "x", time.Minute)
			if err != nil {
				return err
			}
			if inside.Add(1) != 1 {
				return errors.New("two runs hold the lock")
			}
			count.Add(1)
			inside.Add(-1)
			return unlock(t.Context())
		})
	}
	if err := g.Wait(); err != nil || count.Load() != 8 {
		t.Errorf("%d runs of 8 went through: %v", count.Load(), err)
	}
}
