package main

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
)

// noop measures `upgrade head` where there is nothing to do.
func noop(ctx context.Context, b *bench) error {
	p, err := b.newProject(ctx, "noop", "sqlite", b.revisions)
	if err != nil {
		return err
	}
	file := filepath.Join(b.dir, "noop.db")
	url := "DATABASE_URL=sqlite:///" + file
	gomig := command{name: "gomig upgrade head", dir: p.dir, env: []string{url}, args: []string{b.gomig, "-x", "database.url=sqlite:///" + file, "upgrade", "head"}}
	if _, err := gomig.run(ctx); err != nil {
		return err
	}
	goosed := command{name: "goose up, compiled Go migrations", args: []string{filepath.Join(b.dir, "goose"), "sqlite3", "sqlite", filepath.Join(b.dir, "noop-goose.db"), fmt.Sprint(b.revisions)}}
	commands := []command{gomig, goosed}
	if b.hasAlembic() {
		dir, err := b.newAlembic("noop-alembic", b.revisions, "")
		if err != nil {
			return err
		}
		commands = append(commands, command{name: "alembic upgrade head", dir: dir, env: []string{url}, args: []string{b.alembic, "upgrade", "head"}})
	}
	return measure(ctx, b, fmt.Sprintf("### `upgrade head` with nothing to do, %d revisions, SQLite", b.revisions), commands...)
}

// compile measures how long it takes until an environment is ready after one more revision.
func compile(ctx context.Context, b *bench) error {
	p, err := b.newProject(ctx, "compile", "sqlite", b.revisions)
	if err != nil {
		return err
	}
	at := []string{b.gomig, "-x", "database.url=sqlite:///" + filepath.Join(b.dir, "compile.db")}
	first := command{name: "first", dir: p.dir, args: append(at, "upgrade", "head")}
	cold, err := first.run(ctx)
	if err != nil {
		return err
	}
	next := b.revisions
	again := command{name: "after one more revision", dir: p.dir, args: append(at, "current"), before: func() error {
		next++
		return b.addRevision("compile", next-1)
	}}
	warm := command{name: "nothing changed", dir: p.dir, args: append(at, "current")}
	costs, err := compare(ctx, b.runs, again, warm)
	if err != nil {
		return err
	}
	fmt.Printf("### The environment is ready, %d revisions in one package\n\n| | wall | CPU |\n|---|---|---|\n", b.revisions)
	for i, c := range []command{again, warm} {
		fmt.Printf("| %s | %.2f s | %.2f s |\n", c.name, costs[i].wall.Seconds(), costs[i].cpu.Seconds())
	}
	fmt.Printf("| the first time, with all revisions run | %.2f s | %.2f s |\n", cold.wall.Seconds(), cold.cpu.Seconds())
	return nil
}

// offline is the script of the whole history.
func (b *bench) offline(ctx context.Context, p project, url string) (string, error) {
	cmd := exec.CommandContext(ctx, b.gomig, "-x", "database.url="+url, "upgrade", "head", "--sql")
	cmd.Dir = p.dir
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("gomig upgrade head --sql: %w: %s", err, errs.String())
	}
	return string(out), nil
}
