// Command driver runs a script of gomig's, from its standard input, through a
// Go driver and nothing else: driver DRIVER DSN. It tells what of a run is the
// driver's own time.
package main

import (
	"context"
	"database/sql"
	"io"
	"log"
	"os"
	"strings"

	_ "github.com/go-sql-driver/mysql"
	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"
)

func main() {
	if err := run(context.Background(), os.Args[1], os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, driver, dsn string) error {
	script, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	for s := range strings.SplitSeq(string(script), ";\n\n") {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		if _, err := conn.ExecContext(ctx, s); err != nil {
			return err
		}
	}
	return nil
}
