package env_test

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
)

// The test binary is also the program of the runs in other processes, if this
// variable gives it a driver, a DSN and what to do.
const processVariable = "GOMIG_ENV_TEST_PROCESS"

func TestMain(m *testing.M) {
	if spec := os.Getenv(processVariable); spec != "" {
		parts := strings.SplitN(spec, " ", 3)
		if err := process(parts[0], parts[1], parts[2]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// process upgrades a database, says what it runs, and if it is to hang, does so
// in the middle of a revision.
func process(mode, driver, dsn string) error {
	if mode == "history" {
		return historyThatHangs(dsn)
	}
	var scripts script.Set
	down := script.Base()
	for i := range 5 {
		id := fmt.Sprintf("r%02d", i)
		scripts.Add(script.Revision{ID: id, Down: down, Upgrade: func(_ context.Context, o *op.Operations) error {
			if strings.HasPrefix(mode, "hold-") && i == 2 { // nothing of it is done yet
				fmt.Println("hangs")
				_, _ = io.Copy(io.Discard, os.Stdin)
			}
			o.CreateTable("t"+id, schema.Column("id", schema.Integer(), schema.PrimaryKey()))
			if o.Err() == nil {
				fmt.Println("ran", id)
			}
			if mode == "hang" && i == 2 {
				fmt.Println("hangs")
				_, _ = io.Copy(io.Discard, os.Stdin) // until it is killed
			}
			return o.Err()
		}})
		down = script.Revises(id)
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	ctx := context.Background()
	m, err := env.NewMigration(ctx, env.Embedded{Systems: systems, Scripts: []*script.Set{&scripts}}, env.Options{
		DB: db, LockTimeout: time.Minute, TransactionPerMigration: strings.HasSuffix(mode, "per-migration"),
	})
	if err != nil {
		return err
	}
	defer m.Close()
	return m.Upgrade(ctx, "head")
}

// start starts a run in another process.
func start(t *testing.T, d *testdb.DB, mode string) (*exec.Cmd, io.ReadCloser) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), processVariable+"="+mode+" "+d.Driver+" "+d.DSN)
	cmd.Stderr = os.Stderr
	if _, err := cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, out
}

// crowd is how many processes begin at once and how often: few in the ordinary
// run, and the whole promise with GOMIG_TEST_LONG=1.
func crowd() (processes, rounds int) {
	if os.Getenv("GOMIG_TEST_LONG") != "" {
		return 32, 20
	}
	return 8, 2
}

// crowded starts processes at once and gives how often each line was written.
func crowded(t *testing.T, d *testdb.DB, mode string, processes int) (written map[string]int) {
	t.Helper()
	type run struct {
		cmd *exec.Cmd
		out io.Reader
	}
	runs := make([]run, processes)
	for i := range runs {
		runs[i].cmd, runs[i].out = start(t, d, mode)
	}
	written = map[string]int{}
	for _, r := range runs {
		lines := bufio.NewScanner(r.out)
		for lines.Scan() {
			written[lines.Text()]++
		}
		if err := r.cmd.Wait(); err != nil {
			t.Errorf("%s: %v", mode, err)
		}
	}
	return written
}

// dropAll takes back what the processes made.
func dropAll(t *testing.T, d *testdb.DB) {
	t.Helper()
	for _, name := range tables(t, d) {
		execute(t, d.DB, "DROP TABLE "+name)
	}
}

// TestProcesses lets processes begin at once: every revision runs once, and none
// fails or waits past its limit for another's sake.
func TestProcesses(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		processes, rounds := crowd()
		for round := range rounds {
			mode := []string{"whole", "per-migration"}[round%2]
			ran := crowded(t, d, mode, processes)
			for i := range 5 {
				if id := fmt.Sprintf("r%02d", i); ran["ran "+id] != 1 {
					t.Errorf("round %d, %s: revision %s ran %d times", round, mode, id, ran["ran "+id])
				}
			}
			equal(t, "rows", rows(t, d.DB), []string{"r04"})
			dropAll(t, d)
		}
	})
}

// TestProcessesAndKilled kills a process that holds the lock while others wait for
// it: one of them goes on where the database was left, and none fails.
func TestProcessesAndKilled(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		processes, rounds := crowd()
		for round := range rounds {
			mode := []string{"whole", "per-migration"}[round%2]
			holder, out := start(t, d, "hold-"+mode)
			held := map[string]int{}
			lines := bufio.NewScanner(out)
			for lines.Scan() && lines.Text() != "hangs" {
				held[lines.Text()]++
			}
			// Killed before the others are there, among them, or while they wait: every round it is otherwise.
			time.AfterFunc(time.Duration(round)*50*time.Millisecond, func() { _ = holder.Process.Kill() })
			ran := crowded(t, d, mode, processes)
			_ = holder.Wait()
			for i := range 5 {
				id := fmt.Sprintf("r%02d", i)
				want := 1
				transactional := d.Kind == testdb.KindSQLite || d.Kind == testdb.KindPostgres
				committed := !transactional || mode == "per-migration"
				if committed && held["ran "+id] == 1 {
					want = 0
				}
				if ran["ran "+id] != want {
					t.Errorf("round %d, %s: revision %s ran %d times, want %d", round, mode, id, ran["ran "+id], want)
				}
			}
			equal(t, "rows", rows(t, d.DB), []string{"r04"})
			dropAll(t, d)
		}
	})
}

// TestKilled kills a process in the middle of a revision: the lock is free, and
// what the database can undo is undone.
func TestKilled(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		cmd, out := start(t, d, "hang")
		lines := bufio.NewScanner(out)
		for lines.Scan() && lines.Text() != "hangs" {
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		if d.Kind.SpeaksMySQL() {
			// The revisions before it are there, and so is what it did itself.
			other := newHistory(t, table("r00", "", "tr00"), table("r01", "r00", "tr01"), table("r02", "r01", "again"))
			other.mustRun(t, other.upgrade("head"), env.Options{DB: d.DB, LockTimeout: 20 * time.Second})
			equal(t, "tables", tables(t, d), []string{"again", "alembic_version", "tr00", "tr01", "tr02"})
			return
		}
		cmd, out = start(t, d, "whole")
		text, err := io.ReadAll(out)
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err != nil {
			t.Fatal(err)
		}
		if got, want := string(text), "ran r00\nran r01\nran r02\nran r03\nran r04\n"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		equal(t, "rows", rows(t, d.DB), []string{"r04"})
	})
}
