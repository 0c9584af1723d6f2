package gomig

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/dburl"
	"github.com/gomig-dev/gomig/script"
	"github.com/gomig-dev/gomig/script/revision"
)

// ErrNoEnvironment says that a command needs the compiled environment.
var ErrNoEnvironment = errors.New("this command needs the compiled environment: give gomig.Config an Environment, or use the gomig program")

// detail says how much must be known of the revisions.
type detail uint8

const (
	places   detail = iota // which follows which
	messages               // also what their files say
)

// graph is the history: as compiled in, or as the files have it.
func (c *Config) graph(d detail) (*revision.Map, error) {
	if c.Environment == nil || (d == messages && c.Environment.Headers == "" && !c.embedded) {
		dir, err := c.directory()
		if err != nil {
			return nil, err
		}
		return dir.Map()
	}
	if c.Environment.Headers != "" {
		var headers []script.Header
		if err := json.Unmarshal([]byte(c.Environment.Headers), &headers); err != nil {
			return nil, fmt.Errorf("reading the revision headers built in: %w", err)
		}
		return revision.NewMap(script.Revisions(headers))
	}
	registered, err := script.Join(c.Environment.Scripts...)
	if err != nil {
		return nil, err
	}
	if c.embedded {
		return script.Graph(registered) // where the files were when it was compiled is no use here
	}
	return script.GraphInFiles(registered)
}

// scripts are the compiled revisions by id.
func (c *Config) scripts() (map[string]script.Registered, error) {
	if c.Environment == nil {
		return nil, ErrNoEnvironment
	}
	list, err := script.Join(c.Environment.Scripts...)
	if err != nil {
		return nil, err
	}
	byID := make(map[string]script.Registered, len(list))
	for _, r := range list {
		byID[r.ID] = r
	}
	return byID, nil
}

// run gives the environment a task.
func (c *Config) run(ctx context.Context, g *revision.Map, t env.Task) (*env.Context, error) {
	scripts, err := c.scripts()
	if err != nil {
		return nil, err
	}
	var ran atomic.Bool
	plan := t.Plan
	t.Plan = func(ctx context.Context, m *env.Migration, heads []string) (revision.Plan, error) {
		ran.Store(true)
		return plan(ctx, m, heads)
	}
	dev, err := c.devURL()
	if err != nil {
		return nil, err
	}
	e := env.New(env.Setup{
		DevURL: dev,
		Config: c.Config, Systems: c.systems(), Graph: g, Scripts: scripts, Task: t,
		Output: c.out(), Logger: c.log(), XArgs: c.X(), Observers: c.Observers,
	})
	if err := e.Call(ctx, c.Environment.Run); err != nil {
		return e, err
	}
	if !ran.Load() {
		return e, errors.New("the environment did not run: its Run function must call e.Configure and e.RunMigrations")
	}
	return e, nil
}

// devURL is the server for scratch places.
func (c *Config) devURL() (string, error) {
	if c.DevURL != "" {
		if _, err := dburl.Parse(c.DevURL); err != nil {
			return "", misread(fmt.Errorf("--dev-url: %w", err))
		}
		return c.DevURL, nil
	}
	return c.Config.DevURL()
}

// withMessages plans on the bare graph, and again on one that knows the
// revisions' messages if there is anything to run: a run with nothing to do
// reads no revision file.
func (c *Config) withMessages(bare *revision.Map, plan func(*revision.Map, []string) (revision.Plan, error)) func(context.Context, *env.Migration, []string) (revision.Plan, error) {
	load := sync.OnceValue(func() *revision.Map {
		if g, err := c.graph(messages); err == nil && g.Len() == bare.Len() {
			return g
		}
		return bare // without the files the messages are left out
	})
	var full atomic.Pointer[revision.Map]
	return func(_ context.Context, _ *env.Migration, heads []string) (revision.Plan, error) {
		if g := full.Load(); g != nil {
			return plan(g, heads)
		}
		p, err := plan(bare, heads)
		if err != nil || len(p.Steps) == 0 || c.Environment.Headers != "" || c.embedded {
			return p, err
		}
		full.Store(load())
		if g := full.Load(); g != bare {
			return plan(g, heads)
		}
		return p, nil
	}
}
