package main

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/gomig-dev/gomig/examples/app/migrations/versions"
	"github.com/gomig-dev/gomig/examples/app/models"
	"github.com/gomig-dev/gomig/migratetest"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
)

var suite = migratetest.Suite{
	Scripts:  []*script.Set{&versions.Scripts},
	Metadata: []*schema.Metadata{models.Metadata},
}

func TestMigrations(t *testing.T) { migratetest.Run(t, suite) }

// TestGuestsOfEntries tests what a revision does to rows, there and back.
func TestGuestsOfEntries(t *testing.T) {
	d := migratetest.Before(t, suite, "a83f60d41c27")
	d.Insert("entry",
		op.Row{"author": "Grace", "text": "Hello"},
		op.Row{"author": "Ada", "text": "A fine book"},
		op.Row{"author": "Grace", "text": "Me again"},
	)
	written := d.Rows("SELECT id, author, text FROM entry ORDER BY id")

	d.Upgrade("a83f60d41c27")
	got := d.Rows("SELECT guest.name, entry.text FROM entry JOIN guest ON guest.id = guest_id ORDER BY entry.id")
	want := [][]string{{"Grace", "Hello"}, {"Ada", "A fine book"}, {"Grace", "Me again"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("after the upgrade there is %q, want %q", got, want)
	}
	if got := d.Rows("SELECT count(*) FROM guest"); got[0][0] != "2" {
		t.Errorf("there are %s guests, want 2", got[0][0])
	}

	d.Downgrade("5e1d7c02b9a4")
	if got := d.Rows("SELECT id, author, text FROM entry ORDER BY id"); !reflect.DeepEqual(got, written) {
		t.Errorf("after the downgrade there is %q, want %q", got, written)
	}
}

// TestStart starts the program on a database that is not there yet, several at once, and again.
func TestStart(t *testing.T) {
	log := slog.New(slog.DiscardHandler)
	file := filepath.Join(t.TempDir(), "guestbook.db")
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			db, err := open(t.Context(), log, file)
			if err != nil {
				t.Error(err)
				return
			}
			_ = db.Close()
		})
	}
	wg.Wait()
	db, err := open(t.Context(), log, file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	s := httptest.NewServer(&guestBook{db: db, log: log})
	defer s.Close()
	for _, text := range []string{"Hello", "Me <again>"} {
		res, err := http.PostForm(s.URL, url.Values{"name": {"Ada"}, "text": {text}})
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := res.Write(&b); err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if !strings.Contains(b.String(), "<b>Ada</b>: Hello") {
			t.Errorf("the answer lacks the entry: %s", b.String())
		}
	}
	var guests, entries int
	if err := db.QueryRowContext(t.Context(), "SELECT (SELECT count(*) FROM guest), (SELECT count(*) FROM entry)").Scan(&guests, &entries); err != nil {
		t.Fatal(err)
	}
	if guests != 1 || entries != 2 {
		t.Errorf("%d guests, %d entries", guests, entries)
	}
}

// TestRun ends by its context, as by an interrupt.
func TestRun(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := run(ctx, slog.New(slog.DiscardHandler), filepath.Join(t.TempDir(), "guestbook.db"), "127.0.0.1:0"); err == nil {
		t.Error("a start that was cancelled is no error")
	}
}
