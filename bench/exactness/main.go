// Command exactness asks gomig, Alembic and Atlas what they see of the single
// changes of gomig's catalogue, on real servers, and prints a table for each.
//
//	go run ./exactness [-alembic PROGRAM] [-only sqlite,mysql,mariadb,postgres] [-docs FILE] [-v]
//
// A change is two databases, one as it was and one as it shall be, both made by
// gomig. gomig compares the first with the declaration. The others compare it with
// what they themselves read from the second: what their own reading tells apart
// is then not lost by a translation of the models, which is the best they can do.
// What a tool finds it also does, and gomig judges whether the first database then
// is what was declared. Each database is also compared with itself: whatever is
// found there is a false alarm, and is no finding elsewhere.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/internal/catalogue"
	"github.com/gomig-dev/gomig/internal/testdb"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := measure(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "exactness:", err)
		os.Exit(1)
	}
}

// tool is one that is asked.
type tool interface {
	name() string
	// compare tells what leads a database to the state of another, and what it
	// warned of.
	compare(ctx context.Context, from, to state) (found, warned []string, err error)
	// apply does what compare finds.
	apply(ctx context.Context, from, to state) error
}

func measure(ctx context.Context) (err error) {
	program := flag.String("alembic", "alembic", "the alembic program; empty to leave it out")
	only := flag.String("only", "", "servers, separated by commas; every one if empty")
	docs := flag.String("docs", "", "a file that has the tables between <!-- peers --> and <!-- end -->, which are replaced")
	loud := flag.Bool("v", false, "tell of each change what the tools say, on the standard error stream")
	flag.Parse()
	tools := []tool{own{}}
	versions := []string{atlasVersion()}
	if *program != "" {
		a, err := startAlembic(ctx, *program)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, a.close()) }()
		tools, versions = append(tools, a), append([]string{a.version}, versions...)
	}
	tools = append(tools, atlas{})
	log := io.Discard
	if *loud {
		log = os.Stderr
	}
	var out strings.Builder
	var tables []*table
	fmt.Fprintf(&out, "%s.\n", strings.Join(versions, "; "))
	for _, k := range []testdb.Kind{testdb.KindSQLite, testdb.KindMySQL, testdb.KindMariaDB, testdb.KindPostgres} {
		if *only != "" && !slices.Contains(strings.Split(*only, ","), k.String()) {
			continue
		}
		t, err := onServer(ctx, k, tools, log)
		if err != nil {
			return fmt.Errorf("%s: %w", k, err)
		}
		tables = append(tables, t)
	}
	summarize(&out, tables)
	for _, t := range tables {
		t.write(&out)
	}
	if *docs != "" {
		return replace(*docs, out.String())
	}
	_, err = fmt.Print(out.String())
	return err
}

// onServer asks the tools for each change that a server knows.
func onServer(ctx context.Context, k testdb.Kind, tools []tool, log io.Writer) (t *table, err error) {
	s, err := newStates(ctx, k)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.close(ctx)) }()
	t = &table{kind: k}
	for _, each := range tools {
		t.tools = append(t.tools, each.name())
	}
	for _, c := range catalogue.Changes() {
		if !c.On(k) {
			continue
		}
		line := row{change: c}
		line.verdicts, err = s.ask(ctx, c, tools)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c, err)
		}
		for i, v := range line.verdicts {
			v.tell(log, fmt.Sprintf("%s: %s: %s", k, c, t.tools[i]))
		}
		t.version = s.version
		t.rows = append(t.rows, line)
	}
	return t, nil
}
