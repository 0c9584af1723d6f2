package gomigcli

import (
	"context"
	"errors"

	"github.com/urfave/cli/v2"

	"github.com/gomig-dev/gomig"
)

// adoptingSpecs are the commands that start from what is there already.
func (r *run) adoptingSpecs() []spec {
	return []spec{
		{
			name: "inspect", usage: "show the schema of a database: as Go, SQL, JSON or a picture", args: "[URL]", most: 1,
			flags: []cli.Flag{
				&cli.StringFlag{Name: "format", Usage: "`FORMAT` of the schema: go, sql, json, mermaid, svg or html", Value: string(gomig.InspectGo)},
				stringFlag("output", "`FILE` to write, or the directory of a Go package; standard output if none is given", "o"),
				stringFlag("package", "`NAME` of the Go package; that of the directory if none is given"),
				boolFlag("structs", "Go structs with tags, as gomig generate reads them"),
				boolFlag("split", "a Go file for each table and view"), boolFlag("force", "write over Go files that are there"),
				listFlag("schema", "`SCHEMA` to show, as often as needed; * for all; the default one if none is given"),
				listFlag("include", "`PATTERN` of tables, views and sequences to show, as often as needed: user_*, auth.*"),
				listFlag("exclude", "`PATTERN` of what to leave out, as often as needed"),
			},
			needs: always(files),
			act: func(ctx context.Context, c *gomig.Config, f *cli.Context) error {
				return gomig.Inspect(ctx, c, gomig.InspectOptions{
					URL: f.Args().First(), Format: gomig.InspectFormat(f.String("format")), Output: f.String("output"),
					Package: f.String("package"), Structs: f.Bool("structs"), Split: f.Bool("split"), Force: f.Bool("force"),
					Schemas: f.StringSlice("schema"), Include: f.StringSlice("include"), Exclude: f.StringSlice("exclude"),
				})
			},
		},
		{
			name: "import", usage: "take over the history of alembic, goose, golang-migrate or a folder of sql", args: "TOOL [DIRECTORY]", least: 1, most: 2,
			flags: []cli.Flag{
				boolFlag("stamp", "read from the database what the tool has applied, and put the revision into the version table"),
				stringFlag("table", "`TABLE` where the tool keeps what is applied, with --stamp"),
				stringFlag("dialect", "`NAME` of the database whose SQL it is; that of the configured one if none is given"),
				stringFlag("head", "`REVISION` that the first one follows, or base"),
				boolFlag("headers", "of alembic: take over ids and order alone, without SQL; needs no Alembic"),
				stringFlag("schema", "of alembic: `URL` of a database that it has migrated, whose schema one revision is to make in place of all"),
				boolFlag("stubs", "leave a place for migrations written in Go instead of refusing them"),
				stringFlag("version-path", "`DIRECTORY` for the new files, if there are several version locations"),
			},
			needs: func(_ *gomig.Config, f *cli.Context) (need, error) {
				switch {
				case f.NArg() == 2 && f.IsSet("table") && !f.Bool("stamp"):
					return files, usage("import: --table is where the tool keeps what is applied, which --stamp reads; leave it out without")
				case f.NArg() == 2:
					return files, nil // what is to be stamped is compiled when it is there
				case f.Bool("stamp"):
					for _, taking := range []string{"dialect", "head", "headers", "schema", "stubs", "version-path"} {
						if f.IsSet(taking) {
							return files, usage("import: --%s says how to take migrations over; name the DIRECTORY that they are in", taking)
						}
					}
					return environment, nil
				}
				return files, usage("import: the following arguments are required: DIRECTORY, or --stamp")
			},
			act: r.importHistory,
		},
	}
}

// importHistory takes a history over, and stamps the database if that is asked for.
func (r *run) importHistory(ctx context.Context, c *gomig.Config, f *cli.Context) error {
	tool := gomig.Tool(f.Args().First())
	if f.NArg() == 1 {
		return gomig.ImportStamp(ctx, c, tool, f.String("table"))
	}
	if e := r.program.Environment; e != nil && e.Headers != "" {
		return errors.New("import needs the sources, and this program was built to run without them; leave out the directory to stamp")
	}
	err := gomig.Import(ctx, c, tool, f.Args().Get(1), gomig.ImportOptions{
		Dialect: f.String("dialect"), Head: f.String("head"), Headers: f.Bool("headers"), Schema: f.String("schema"), Stubs: f.Bool("stubs"), VersionPath: f.String("version-path"),
	})
	if err != nil || !f.Bool("stamp") {
		return err
	}
	args := append(r.global.args(), "import", string(tool), "--stamp")
	if table := f.String("table"); table != "" {
		args = append(args, "--table="+table)
	}
	return r.handOver(ctx, c, args)
}
