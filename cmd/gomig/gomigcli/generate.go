package gomigcli

import (
	"context"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/gomig-dev/gomig"
)

// generateSpecs are the commands that make Go of Go.
func (r *run) generateSpecs() []spec {
	return []spec{{
		name: "generate", sources: true, usage: "declare the schema of a package's structs in Go", args: "[PACKAGE...]", most: -1,
		flags: []cli.Flag{
			stringFlag("output", "`FILE` to write, as seen from the package; "+gomig.GeneratedFile+" if none is given", "o"),
			boolFlag("check", "write nothing, and fail if the file is not what it would be"),
			boolFlag("comments", "make doc comments the comments of tables and columns"),
			stringFlag("orm", "`LIBRARY` by whose rules the structs are read: gorm, bun, db or gomig; their tags tell if none is given"),
			listFlag("type", "`STRUCT` that is a table, as often as needed; all that look like one if none is given"),
			stringFlag("tags", "build `TAGS`, separated by commas"),
		},
		needs: always(files),
		act: func(ctx context.Context, c *gomig.Config, f *cli.Context) error {
			var names []string
			for _, t := range f.StringSlice("type") {
				names = append(names, strings.Split(t, ",")...)
			}
			return gomig.Generate(ctx, c, gomig.GenerateOptions{
				Patterns: f.Args().Slice(), Output: f.String("output"), Check: f.Bool("check"), Comments: f.Bool("comments"),
				ORM: f.String("orm"), Types: names, BuildTags: f.String("tags"),
			})
		},
	}}
}
