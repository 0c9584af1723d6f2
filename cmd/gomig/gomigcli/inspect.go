package gomigcli

import (
	"context"

	"github.com/urfave/cli/v2"

	"github.com/gomig-dev/gomig"
)

// adoptingSpecs are the commands that start from what is there already.
func (r *run) adoptingSpecs() []spec {
	return []spec{
		{
			name: "inspect", usage: "show the schema of a database: as Go, SQL, JSON or a diagram", args: "[URL]", most: 1,
			flags: []cli.Flag{
				&cli.StringFlag{Name: "format", Usage: "`FORMAT` of the schema: go, sql, json or mermaid", Value: string(gomig.InspectGo)},
				stringFlag("output", "`FILE` to write, or the directory of a Go package; standard output if none is given", "o"),
				stringFlag("package", "`NAME` of the Go package; that of the directory if none is given"),
				boolFlag("split", "a Go file for each table"), boolFlag("force", "write over Go files that are there"),
				listFlag("schema", "`SCHEMA` to show, as often as needed; * for all; the default one if none is given"),
				listFlag("include", "`PATTERN` of tables to show, as often as needed: user_*, auth.*"),
				listFlag("exclude", "`PATTERN` of tables to leave out, as often as needed"),
			},
			needs: always(files),
			act: func(ctx context.Context, c *gomig.Config, f *cli.Context) error {
				return gomig.Inspect(ctx, c, gomig.InspectOptions{
					URL: f.Args().First(), Format: gomig.InspectFormat(f.String("format")), Output: f.String("output"),
					Package: f.String("package"), Split: f.Bool("split"), Force: f.Bool("force"),
					Schemas: f.StringSlice("schema"), Include: f.StringSlice("include"), Exclude: f.StringSlice("exclude"),
				})
			},
		},
	}
}
