// Command bench measures gomig beside its peers, in one run, and prints ratios.
// A figure by itself says little on a machine that others use too; a ratio of
// two commands measured in turn holds.
//
//	go run . [-revisions 1000] [-tables 1000] [-runs 5] [-only noop,compile,apply,autogenerate,catalogue,growth,scale]
//	         [-on sqlite,mariadb,mysql,postgresql] [-alembic alembic]
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
)

// bench is one run of the program.
type bench struct {
	dir       string   // everything is made here and removed at the end
	root      string   // of the gomig checkout
	gomig     string   // the program
	alembic   string   // the same of Alembic
	engines   []string // what is measured, as gomig calls it; empty for all
	revisions int
	tables    int
	runs      int
	databases int // made so far: each file of SQLite has a name of its own
}

// measurement is one subject of the program.
type measurement struct {
	name string
	run  func(context.Context, *bench) error
}

var measurements = []measurement{
	{"noop", noop},
	{"compile", compile},
	{"apply", apply},
	{"autogenerate", autogenerate},
	{"catalogue", catalogue},
	{"growth", growth},
	{"scale", scale},
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) (err error) {
	b := &bench{}
	only := flag.String("only", "", "what to measure, separated by commas; everything if empty")
	flag.IntVar(&b.revisions, "revisions", 1000, "how many revisions the history has")
	flag.IntVar(&b.tables, "tables", 1000, "how many tables the schema has")
	flag.IntVar(&b.runs, "runs", 5, "how often each command runs; the median counts")
	flag.StringVar(&b.alembic, "alembic", "alembic", "the program of Alembic; it is left out where there is none")
	on := flag.String("on", "", "the servers to measure on, as sqlite,mariadb,mysql,postgresql; all if empty")
	keep := flag.Bool("keep", false, "leave the folder of the measurements")
	flag.Parse()
	if *on != "" {
		b.engines = strings.Split(*on, ",")
	}
	if b.dir, err = os.MkdirTemp("", "gomig-bench-"); err != nil {
		return err
	}
	if *keep {
		fmt.Println("in", b.dir)
	} else {
		defer func() { _ = os.RemoveAll(b.dir) }()
	}
	if err := b.build(ctx); err != nil {
		return err
	}
	for _, m := range measurements {
		if *only != "" && !slices.Contains(strings.Split(*only, ","), m.name) {
			continue
		}
		if err := m.run(ctx, b); err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
		fmt.Println()
	}
	return nil
}
