package env

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/internal/dburl"
)

// Open opens a database by its URL with the driver the URL names, and connects
// once to see that it is there (engine_from_config). The driver must be imported
// by the environment. No error shows the password.
//
// Where a command runs the history without the database, it opens an empty
// scratch database of the same kind instead, which is dropped behind Run.
func (e *Context) Open(ctx context.Context, url string) (*sql.DB, error) {
	u, err := dburl.Parse(url)
	if err != nil {
		return nil, err
	}
	if e.setup.Task.History {
		return e.openScratch(ctx, u)
	}
	return e.open(ctx, u)
}

func (e *Context) open(ctx context.Context, u dburl.URL) (*sql.DB, error) {
	src, err := e.source(u)
	if err != nil {
		return nil, err
	}
	db, err := sql.Open(src.Driver, string(src.DSN))
	if err != nil {
		if path, ok := driverImports[src.Driver]; ok && strings.Contains(err.Error(), "unknown driver") {
			return nil, fmt.Errorf("opening %s: the driver is not linked in; add to env.go: import _ %q", u, path)
		}
		return nil, fmt.Errorf("opening %s: %w", u, hide(err, u))
	}
	if u.InMemory() {
		db.SetMaxOpenConns(1) // each connection would be a database of its own
	}
	if err := db.PingContext(ctx); err != nil {
		_ = db.Close()
		advice := "check database.url and that the server is running"
		if u.Dialect == dburl.SQLite {
			advice = "check database.url and that the directory of the file exists"
		}
		return nil, fmt.Errorf("connecting to %s: %w; %s", u, hide(err, u), advice)
	}
	return db, nil
}

// DataSource is a database URL in the words of its Go driver, for opening it by
// other means than Open, such as a pool of pgx: the name of the driver, and what
// it is given. That holds the password; do not show it.
func (e *Context) DataSource(url string) (driver, dsn string, err error) {
	u, err := dburl.Parse(url)
	if err != nil {
		return "", "", err
	}
	src, err := e.source(u)
	return src.Driver, string(src.DSN), err
}

func (e *Context) source(u dburl.URL) (dburl.Source, error) {
	src, err := u.Source()
	for _, n := range src.Notes {
		e.Logger().Debug(n)
	}
	return src, err
}

// driverImports are the packages that register the drivers.
var driverImports = map[string]string{
	"mysql":  "github.com/go-sql-driver/mysql",
	"pgx":    "github.com/jackc/pgx/v5/stdlib",
	"sqlite": "modernc.org/sqlite",
}

// hide is err, in one line, with the password masked should a driver have
// written it, in any of the ways that one is written.
func hide(err error, u dburl.URL) error {
	text := attempts(err.Error())
	if p := string(u.Password); p != "" {
		for _, form := range []string{p, url.QueryEscape(p), url.PathEscape(p), url.UserPassword("", p).String()[1:]} {
			text = strings.ReplaceAll(text, form, "***")
		}
	}
	if text == err.Error() {
		return err
	}
	return &hiddenError{text: text, err: err}
}

// attempts is an error's text in one line. pgx has a line for each attempt, with
// TLS and without: what is said twice, or only of TLS, is left out.
func attempts(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		line = strings.Join(strings.Fields(line), " ")
		if line != "" && !slices.Contains(lines, line) && !strings.HasSuffix(line, "server refused TLS connection") {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, " ")
}

// hiddenError shows another text than the error it wraps.
type hiddenError struct {
	text string
	err  error
}

func (e *hiddenError) Error() string { return e.text }
func (e *hiddenError) Unwrap() error { return e.err }
