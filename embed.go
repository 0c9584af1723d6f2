package gomig

import (
	"context"

	"github.com/gomig-dev/gomig/config"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/script"
)

// Embed is the configuration of a program that carries its revisions and migrates
// a database of its own: there is no alembic.ini, no revision file and no
// environment package. Every command works with it that writes no source:
//
//	c := gomig.Embed(env.Options{DB: db}, &versions.Scripts)
//	err := gomig.Upgrade(ctx, c, "head", gomig.RunOptions{})
//
// What the process environment holds, such as DATABASE_URL, has no part in it.
// The connection, as everything the options name, stays the caller's. Logger and
// Stdout may be set before the first command.
func Embed(o env.Options, sets ...*script.Set) *Config {
	return &Config{
		Config: config.Empty(),
		Environment: &Environment{Scripts: sets, Run: func(ctx context.Context, e *env.Context) error {
			if err := e.Configure(ctx, o); err != nil {
				return err
			}
			return e.RunMigrations(ctx)
		}},
		embedded: true,
	}
}
