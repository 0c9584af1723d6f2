package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// long is how many revisions a long history has, and folder how many of them lie
// in one package where they lie in several.
const (
	long   = 5000
	folder = 100
)

// scale measures the commands on a long history, and how long it takes until the
// environment is ready after one of its revisions was edited.
func scale(ctx context.Context, b *bench) error {
	p, err := b.newProject(ctx, "scale", "sqlite", long)
	if err != nil {
		return err
	}
	file := filepath.Join(b.dir, "scale.db")
	gomigOn := func(file string, args ...string) command {
		return command{
			name: "gomig " + strings.Join(args, " "), dir: p.dir,
			args: append([]string{b.gomig, "-x", "database.url=sqlite:///" + file}, args...),
		}
	}
	gomig := func(args ...string) command { return gomigOn(file, args...) }
	if _, err := gomig("upgrade", "head").run(ctx); err != nil {
		return err
	}
	// SQLite reads the whole schema when it is opened. So that it shows what of the
	// cost is the tool's, the last command is measured with the tables and without.
	stamped := filepath.Join(b.dir, "scale-stamped.db")
	if _, err := gomigOn(stamped, "stamp", "head").run(ctx); err != nil {
		return err
	}
	alembic := ""
	if b.hasAlembic() {
		if alembic, err = b.newAlembic("scale-alembic", long, ""); err != nil {
			return err
		}
	}
	for _, m := range []struct {
		title, file string
		args        []string
	}{
		{"`history`", file, []string{"history"}},
		{"`heads`", file, []string{"heads"}},
		{"`current`", file, []string{"current"}},
		{"`upgrade head` with nothing to do", file, []string{"upgrade", "head"}},
		{"`upgrade head` with nothing to do, on a database that was stamped and has no tables", stamped, []string{"upgrade", "head"}},
	} {
		args := m.args
		commands := []command{gomigOn(m.file, args...)}
		if alembic != "" {
			// The database is the same one: both keep the same version table.
			commands = append(commands, command{
				name: "alembic " + strings.Join(args, " "), dir: alembic,
				env: []string{"DATABASE_URL=sqlite:///" + m.file}, args: append([]string{b.alembic}, args...),
			})
		}
		if m.file == file && args[0] == "upgrade" {
			commands = append(commands, command{
				name: "goose up, compiled Go migrations",
				args: []string{filepath.Join(b.dir, "goose"), "sqlite3", "sqlite", filepath.Join(b.dir, "scale-goose.db"), fmt.Sprint(long)},
			})
		}
		if err := measure(ctx, b, fmt.Sprintf("### %s, %d revisions, SQLite", m.title, long), commands...); err != nil {
			return err
		}
	}
	return b.edited(ctx)
}

// edited measures how long it takes until the environment is ready after one of
// many revisions was edited, which lie in packages of a hundred.
func (b *bench) edited(ctx context.Context) error {
	const name = "scale-packages"
	p, err := b.newProject(ctx, name, "sqlite", 0)
	if err != nil {
		return err
	}
	ini := filepath.Join(p.dir, "alembic.ini")
	text, err := os.ReadFile(ini)
	if err != nil {
		return err
	}
	if err := os.WriteFile(ini, []byte(strings.Replace(string(text), "[alembic]\n", "[alembic]\nrecursive_version_locations = true\n", 1)), 0o644); err != nil {
		return err
	}
	for i := range long {
		if err := b.addPackaged(name, i); err != nil {
			return err
		}
	}
	at := []string{b.gomig, "-x", "database.url=sqlite:///" + filepath.Join(b.dir, "packages.db"), "current"}
	times := 0
	edited := command{name: "after one revision was edited", dir: p.dir, args: at, before: func() error {
		times++
		return b.addPackagedText(name, long/2, fmt.Sprintf("\nvar _ = %d // edited\n", times))
	}}
	costs, err := compare(ctx, b.runs, edited, command{name: "nothing changed", dir: p.dir, args: at})
	if err != nil {
		return err
	}
	fmt.Printf("### The environment is ready, %d revisions in packages of %d\n\n| | wall | CPU |\n|---|---|---|\n", long, folder)
	for i, n := range []string{edited.name, "nothing changed"} {
		fmt.Printf("| %s | %.2f s | %.2f s |\n", n, costs[i].wall.Seconds(), costs[i].cpu.Seconds())
	}
	return nil
}

// addPackaged writes a revision into the package that it belongs to.
func (b *bench) addPackaged(name string, i int) error {
	if i%folder == 0 {
		pkg := packageOf(i)
		text := "package " + pkg + "\n\nimport \"github.com/gomig-dev/gomig/script\"\n\nvar Scripts script.Set\n"
		if err := b.write(text, name, "migrations", "versions", pkg, "versions.go"); err != nil {
			return err
		}
	}
	return b.addPackagedText(name, i, "")
}

func (b *bench) addPackagedText(name string, i int, more string) error {
	id, pkg := revisionID(i), packageOf(i)
	text := strings.Replace(revisionSource(i), "package versions", "package "+pkg, 1) + more
	return b.write(text, name, "migrations", "versions", pkg, id+"_add_table.go")
}

func packageOf(i int) string { return fmt.Sprintf("p%02d", i/folder) }
