package env

import (
	"context"
	"maps"
	"slices"

	"github.com/gomig-dev/gomig/config"
)

// HookFunc is a post-write hook in Go. It is called with every new revision file
// that the configuration names it for, and may rewrite it; h is what the
// configuration says of it.
type HookFunc func(ctx context.Context, file string, h config.Hook) error

// RegisterHook gives a name to a post-write hook in Go (write_hooks.register).
// [post_write_hooks] then uses it as a type:
//
//	hooks = licence
//	licence.type = add_licence
//	licence.year = 2026
//
// Register hooks first in Run: where such a hook is configured, the commands that
// write revisions call Run in offline mode for its hooks alone, and do without
// whatever fails behind them. The last function of a name counts.
func (e *Context) RegisterHook(name string, f HookFunc) {
	if e.hooks == nil {
		e.hooks = map[string]HookFunc{}
	}
	e.hooks[name] = f
}

// Hook is the hook registered under a name, nil if there is none.
func (e *Context) Hook(name string) HookFunc { return e.hooks[name] }

// Hooks are the names of the hooks registered, sorted.
func (e *Context) Hooks() []string { return slices.Sorted(maps.Keys(e.hooks)) }
