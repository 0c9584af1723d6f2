package gomig

import (
	"context"
	"fmt"
	"os/exec"
	"strings"
)

// checkHooks refuses hooks that are of no known type.
func (c *Config) checkHooks() error {
	hooks, err := c.PostWriteHooks()
	if err != nil {
		return err
	}
	for _, h := range hooks {
		if h.Command("") == nil {
			return fmt.Errorf("running hook %q: no hook of the type %q is known; use exec or go_run", h.Name, h.Type)
		}
	}
	return nil
}

// runHooks runs the configured hooks on a new file, in their order. One that
// fails fails the command; the file stays.
func (c *Config) runHooks(ctx context.Context, file string) error {
	hooks, err := c.PostWriteHooks()
	if err != nil {
		return err
	}
	for _, h := range hooks {
		args := h.Command(file)
		c.status("Running post write hook '%s' ...", h.Name)
		cmd := exec.CommandContext(ctx, args[0], args[1:]...)
		cmd.Dir = h.Cwd
		out, err := cmd.CombinedOutput()
		if text := strings.TrimSpace(string(out)); text != "" {
			c.status("%s", text)
		}
		if err != nil {
			return fmt.Errorf("running hook %q on %s: %s: %w; the file is written, the hook is not done", h.Name, file, strings.Join(args, " "), err)
		}
		c.status("  done")
	}
	return nil
}
