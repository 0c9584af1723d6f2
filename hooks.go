package gomig

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"

	"github.com/gomig-dev/gomig/config"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/script/revision"
)

// HooksInCode reports whether the configuration names a post-write hook that the
// environment registers: new revisions then need the compiled environment.
func (c *Config) HooksInCode() (bool, error) {
	hooks, err := c.PostWriteHooks()
	for _, h := range hooks {
		if h.Command("") == nil {
			return true, err
		}
	}
	return false, err
}

// hook is a configured hook that is ready to run.
type hook struct {
	config.Hook
	call env.HookFunc // nil for a program
}

// hooks are the configured hooks. One that nobody knows is an error before
// anything is written.
func (w *writer) hooks(ctx context.Context) ([]hook, error) {
	list, err := w.config.PostWriteHooks()
	if err != nil {
		return nil, err
	}
	hooks := make([]hook, len(list))
	for i, h := range list {
		hooks[i].Hook = h
		if h.Command("") != nil {
			continue
		}
		if w.environment == nil {
			if w.environment, err = w.config.registerHooks(ctx, w.graph); err != nil {
				return nil, fmt.Errorf("running hook %q: %w", h.Name, err)
			}
		}
		if hooks[i].call = w.environment.Hook(h.Type); hooks[i].call == nil {
			known := append([]string{config.HookExec, config.HookGoRun}, w.environment.Hooks()...)
			return nil, fmt.Errorf("running hook %q: no hook of the type %q is known; there are %s, and the environment's Run can register others by e.RegisterHook",
				h.Name, h.Type, strings.Join(known, ", "))
		}
	}
	return hooks, nil
}

// registerHooks calls the environment's Run for the hooks it registers, and for
// nothing else: it writes nowhere, and that it cannot go on, as for want of a
// database, is no matter.
func (c *Config) registerHooks(ctx context.Context, g *revision.Map) (*env.Context, error) {
	silent := *c
	silent.Stdout, silent.Logger = nil, nil
	e, err := silent.run(ctx, g, env.Task{Offline: true, Plan: func(context.Context, *env.Migration, []string) (revision.Plan, error) {
		return revision.Plan{}, nil
	}})
	if err != nil && (e == nil || errors.Is(err, context.Canceled)) {
		return nil, err
	}
	return e, nil
}

// runHooks runs hooks on a new file, in their order. One that fails fails the
// command; the file stays.
func (c *Config) runHooks(ctx context.Context, hooks []hook, file string) error {
	for _, h := range hooks {
		c.status("Running post write hook '%s' ...", h.Name)
		if err := c.runHook(ctx, h, file); err != nil {
			return fmt.Errorf("running hook %q on %s: %w; the file is written, the hook is not done", h.Name, file, err)
		}
		c.status("  done")
	}
	return nil
}

func (c *Config) runHook(ctx context.Context, h hook, file string) error {
	if h.call != nil {
		return h.call(ctx, file, h.Hook)
	}
	args := h.Command(file)
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir = h.Cwd
	out, err := cmd.CombinedOutput()
	if text := strings.TrimSpace(string(out)); text != "" {
		c.status("%s", text)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", strings.Join(args, " "), err)
	}
	return nil
}
