package gomig

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

// editors are tried in order where neither $EDITOR nor $VISUAL names one.
var editors = []string{"sensible-editor", "editor", "nano", "vim", "vi", "code"}

// Edit opens what a symbol names in the user's editor (alembic edit).
func Edit(ctx context.Context, c *Config, symbol string, stdin io.Reader) error {
	nodes, err := c.lookup(ctx, symbol)
	if err != nil {
		return err
	}
	if len(nodes) == 0 {
		if symbol == "current" {
			return errors.New("no current revisions")
		}
		return fmt.Errorf("no revision files indicated by symbol '%s'", symbol)
	}
	editor, err := findEditor()
	if err != nil {
		return err
	}
	for _, n := range nodes {
		args := append(editor[1:len(editor):len(editor)], n.File())
		cmd := exec.CommandContext(ctx, editor[0], args...)
		cmd.Stdin, cmd.Stdout, cmd.Stderr = stdin, c.out(), orDiscard(c.Stderr)
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("editing %s with %s: %w", n.File(), editor[0], err)
		}
	}
	return nil
}

func findEditor() ([]string, error) {
	for _, name := range []string{"EDITOR", "VISUAL"} {
		if e := strings.Fields(os.Getenv(name)); len(e) > 0 {
			return e, nil
		}
	}
	for _, e := range editors {
		if path, err := exec.LookPath(e); err == nil {
			return []string{path}, nil
		}
	}
	return nil, errors.New("no editor found; set $EDITOR")
}
