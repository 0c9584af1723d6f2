package gomigcli

import (
	"context"

	"github.com/urfave/cli/v2"

	"github.com/gomig-dev/gomig"
)

// graphSpecs are the commands that draw and rearrange the history.
func (r *run) graphSpecs() []spec {
	graphOptions := func(f *cli.Context) gomig.GraphOptions {
		return gomig.GraphOptions{
			Format: gomig.GraphFormat(f.String("format")), File: f.String("output"),
			Range: f.String("rev-range"), IndicateCurrent: f.Bool("indicate-current"),
		}
	}
	return []spec{
		{
			name: "graph", usage: "draw the history as a picture or a page",
			flags: []cli.Flag{
				&cli.StringFlag{Name: "format", Usage: "`FORMAT` of the picture: svg, html, dot or mermaid", Value: string(gomig.GraphSVG)},
				stringFlag("output", "`FILE` to write; standard output if none is given", "o"), rangeFlag, currentFlag,
			},
			needs: func(_ *gomig.Config, f *cli.Context) (need, error) {
				if graphOptions(f).History().NeedsDatabase() {
					return environment, nil
				}
				return files, nil
			},
			act: func(ctx context.Context, c *gomig.Config, f *cli.Context) error {
				return gomig.Graph(ctx, c, graphOptions(f))
			},
		},
		{
			name: "rebase", sources: true, usage: "let a revision that is not applied, and what follows it, follow the other head", args: "REVISION", least: 1, most: 1,
			flags: []cli.Flag{
				stringFlag("onto", "`REVISION` to follow; the other head if none is given"),
				boolFlag("no-check", "do not look into the database whether the revision is applied there"),
			},
			needs: func(_ *gomig.Config, f *cli.Context) (need, error) {
				if f.Bool("no-check") {
					return files, nil
				}
				return environment, nil
			},
			act: func(ctx context.Context, c *gomig.Config, f *cli.Context) error {
				return gomig.Rebase(ctx, c, f.Args().First(), gomig.RebaseOptions{Onto: f.String("onto"), NoCheck: f.Bool("no-check")})
			},
		},
		{
			name: "squash", sources: true, usage: "fold the revisions after START up to END into one, with the id of END", args: "START:END", least: 1, most: 1,
			flags: []cli.Flag{boolFlag("no-check", "do not look into the database whether it is between them")},
			needs: func(_ *gomig.Config, f *cli.Context) (need, error) {
				if f.Bool("no-check") {
					return files, nil
				}
				return environment, nil
			},
			act: func(ctx context.Context, c *gomig.Config, f *cli.Context) error {
				return gomig.Squash(ctx, c, f.Args().First(), gomig.SquashOptions{NoCheck: f.Bool("no-check")})
			},
		},
		{
			name: "completion", bare: true, usage: "print the script that lets a shell complete commands, flags and revisions",
			args: "SHELL", least: 1, most: 1,
			act: func(_ context.Context, _ *gomig.Config, f *cli.Context) error { return r.printCompletion(f) },
		},
	}
}
