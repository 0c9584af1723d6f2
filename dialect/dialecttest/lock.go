package dialecttest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/gomig-dev/gomig/dialect"
)

// testLock holds the lock in one connection while another wants it.
func testLock(t *testing.T, c Config) {
	s := open(t, c)
	other, err := s.db.Conn(s.ctx)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = other.Close() })
	unlock, err := s.d.Lock(s.ctx, s.conn, "alembic_version", time.Second)
	if err != nil {
		t.Fatalf("locking: %v", err)
	}
	_, err = s.d.Lock(s.ctx, other, "alembic_version", 50*time.Millisecond)
	var locked *dialect.LockedError
	if !errors.As(err, &locked) {
		t.Errorf("locking twice gives %v, want a LockedError", err)
	}
	ctx, cancel := context.WithTimeout(s.ctx, 50*time.Millisecond)
	defer cancel()
	if _, err = s.d.Lock(ctx, other, "alembic_version", 0); err == nil {
		t.Error("locking twice succeeded before the context ended")
	}
	if err := unlock(s.ctx); err != nil {
		t.Fatalf("unlocking: %v", err)
	}
	if err := other.PingContext(s.ctx); err != nil {
		_ = other.Close()
		if other, err = s.db.Conn(s.ctx); err != nil {
			t.Fatal(err)
		}
	}
	unlock, err = s.d.Lock(s.ctx, other, "alembic_version", 5*time.Second)
	if err != nil {
		t.Fatalf("locking what was unlocked: %v", err)
	}
	if err := unlock(s.ctx); err != nil {
		t.Errorf("unlocking: %v", err)
	}
}
