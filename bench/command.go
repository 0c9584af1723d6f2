package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// command is something that is measured as a whole process.
type command struct {
	name   string
	dir    string
	env    []string
	args   []string
	stdin  string           // text for the standard input
	before func() error     // runs before each time, unmeasured
	make   func() *exec.Cmd // instead of args
	exits  []int            // the codes that are no failure; nil for 0
}

// cost is what one run took.
type cost struct {
	wall, cpu time.Duration
	memory    int64 // the most that was resident, in bytes
}

func (c command) run(ctx context.Context) (cost, error) {
	if c.before != nil {
		if err := c.before(); err != nil {
			return cost{}, err
		}
	}
	var cmd *exec.Cmd
	if c.make != nil {
		cmd = c.make()
	} else {
		cmd = exec.CommandContext(ctx, c.args[0], c.args[1:]...)
		cmd.Dir = c.dir
	}
	if cmd.Env == nil {
		cmd.Env = os.Environ()
	}
	cmd.Env = append(cmd.Env, c.env...)
	if c.stdin != "" {
		cmd.Stdin = strings.NewReader(c.stdin)
	}
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	start := time.Now()
	if err := cmd.Run(); err != nil && !slices.Contains(c.exits, cmd.ProcessState.ExitCode()) {
		text := out.String()
		return cost{}, fmt.Errorf("%s: %w: %s", c.name, err, text[max(0, len(text)-2000):])
	}
	took := cost{wall: time.Since(start), cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
	if u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		took.memory = u.Maxrss << 10
	}
	return took, nil
}

// compare runs commands in turn, after one run that does not count, and gives
// the median of each.
func compare(ctx context.Context, runs int, commands ...command) ([]cost, error) {
	walls, cpus := make([][]time.Duration, len(commands)), make([][]time.Duration, len(commands))
	memory := make([]int64, len(commands))
	for n := range runs + 1 {
		for i, c := range commands {
			took, err := c.run(ctx)
			if err != nil {
				return nil, err
			}
			if n > 0 {
				walls[i], cpus[i] = append(walls[i], took.wall), append(cpus[i], took.cpu)
				memory[i] = max(memory[i], took.memory)
			}
		}
	}
	out := make([]cost, len(commands))
	for i := range commands {
		out[i] = cost{median(walls[i]), median(cpus[i]), memory[i]}
	}
	return out, nil
}

func median(list []time.Duration) time.Duration {
	slices.Sort(list)
	return list[len(list)/2]
}

// report prints a line for each command, with its ratio to the first.
func report(title string, commands []command, costs []cost) {
	fmt.Printf("%s\n\n| | wall | CPU | memory | wall, gomig = 1 |\n|---|---|---|---|---|\n", title)
	for i, c := range commands {
		fmt.Printf("| %s | %.3f s | %.3f s | %d MB | %.2f |\n", c.name, costs[i].wall.Seconds(), costs[i].cpu.Seconds(), costs[i].memory>>20, costs[i].wall.Seconds()/costs[0].wall.Seconds())
	}
	fmt.Println()
}

// measure compares and reports.
func measure(ctx context.Context, b *bench, title string, commands ...command) error {
	costs, err := compare(ctx, b.runs, commands...)
	if err != nil {
		return err
	}
	report(title, commands, costs)
	return nil
}

// build compiles gomig and the peers that are Go.
func (b *bench) build(ctx context.Context) error {
	out, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}", "github.com/gomig-dev/gomig").Output()
	if err != nil {
		return fmt.Errorf("finding gomig's source (run this in the folder bench): %w", err)
	}
	b.root = strings.TrimSpace(string(out))
	b.gomig = filepath.Join(b.dir, "gomig")
	if err := goBuild(ctx, b.root, b.gomig, "./cmd/gomig"); err != nil {
		return err
	}
	if err := goBuild(ctx, "", filepath.Join(b.dir, "driver"), "./driver"); err != nil {
		return err
	}
	return goBuild(ctx, "", filepath.Join(b.dir, "goose"), "./goose")
}

func goBuild(ctx context.Context, dir, out, pkg string) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-o", out, pkg)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "CGO_ENABLED=0")
	if text, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("compiling %s: %w: %s", pkg, err, text)
	}
	return nil
}

// write writes a file below the bench's folder.
func (b *bench) write(text string, name ...string) error {
	path := filepath.Join(append([]string{b.dir}, name...)...)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(text), 0o644)
}

// has reports whether a program is installed.
// hasAlembic tells whether there is an Alembic to measure.
func (b *bench) hasAlembic() bool {
	_, err := exec.LookPath(b.alembic)
	return err == nil
}
