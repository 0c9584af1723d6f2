package gomigcli

import (
	"context"
	"os"

	"github.com/urfave/cli/v2"

	"github.com/gomig-dev/gomig"
	"github.com/gomig-dev/gomig/internal/build"
)

// templatesVariable lists the directories of a team's own templates.
const templatesVariable = "GOMIG_TEMPLATES"

// init makes an environment, and lets the user's module require what it imports.
func (r *run) init(ctx context.Context, c *gomig.Config, f *cli.Context) error {
	return gomig.Init(ctx, c, f.Args().First(), gomig.InitOptions{
		Template: f.String("template"), Dialect: f.String("dialect"), Target: f.String("target"),
		TemplatePath: os.Getenv(templatesVariable),
		Require: func(ctx context.Context, moduleDir, driver string) ([]string, error) {
			change, err := build.RequireGomig(ctx, moduleDir, driver)
			return change.Did, err
		},
	})
}
