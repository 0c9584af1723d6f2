// The guest book is a small web program that migrates its own database when it
// starts: the revisions are compiled in, and there is no file to read and no
// program to run beside it.
//
//	go run ./examples/app -db guestbook.db -listen 127.0.0.1:8080
package main

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"time"

	_ "modernc.org/sqlite"

	"github.com/gomig-dev/gomig"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/examples/app/migrations/versions"
)

func main() {
	file := flag.String("db", "guestbook.db", "`FILE` of the database")
	address := flag.String("listen", "127.0.0.1:8080", "`ADDRESS` to listen on")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	err := run(ctx, log, *file, *address)
	stop()
	if err != nil {
		log.Error("the guest book ends", "error", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, log *slog.Logger, file, address string) error {
	db, err := open(ctx, log, file)
	if err != nil {
		return err
	}
	defer db.Close()
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return err
	}
	log.Info("the guest book is open", "address", l.Addr())
	s := &http.Server{Handler: &guestBook{db: db, log: log}, ReadHeaderTimeout: 10 * time.Second}
	stop := context.AfterFunc(ctx, func() { _ = s.Close() })
	defer stop()
	if err := s.Serve(l); ctx.Err() == nil {
		return err
	}
	return nil
}

// open opens the database and brings it to the newest revision. Of several that
// start at once one migrates, and the others wait for it.
func open(ctx context.Context, log *slog.Logger, file string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", file+"?_pragma=foreign_keys(1)&_pragma=busy_timeout(5000)")
	if err != nil {
		return nil, err
	}
	c := gomig.Embed(env.Options{DB: db}, &versions.Scripts)
	c.Logger = log
	if err := gomig.Upgrade(ctx, c, "head", gomig.RunOptions{}); err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("migrating %s: %w", file, err)
	}
	return db, nil
}
