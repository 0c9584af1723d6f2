package gomigcli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/gomig-dev/gomig"
	"github.com/gomig-dev/gomig/internal/nearest"
)

// need says what a command needs to do its work.
type need uint8

const (
	files       need = iota // only files
	environment             // the compiled environment
)

// act is what a command does.
type act func(ctx context.Context, c *gomig.Config, f *cli.Context) error

// spec is a command: its name, its arguments, its flags.
type spec struct {
	name, usage, args string
	least, most       int // how many arguments; most < 0 means any number
	flags             []cli.Flag
	sources           bool // writes or opens source files
	runs              bool // runs revisions, and tells of it as JSON if asked to
	bare              bool // reads no configuration; needs is not asked, and the act gets none
	needs             func(c *gomig.Config, f *cli.Context) (need, error)
	act               act
}

func always(n need) func(*gomig.Config, *cli.Context) (need, error) {
	return func(*gomig.Config, *cli.Context) (need, error) { return n, nil }
}

func (r *run) commands() []*cli.Command {
	var out []*cli.Command
	for _, s := range r.specs() {
		out = append(out, &cli.Command{
			Name: s.name, Usage: s.usage, ArgsUsage: s.args, Flags: s.flags, HideHelpCommand: true,
			OnUsageError: func(_ *cli.Context, err error, _ bool) error { return usage("%v", err) },
			Action:       func(f *cli.Context) error { return r.do(f, s) },
		})
	}
	return out
}

// do runs a command here, or in the compiled environment if it needs one.
func (r *run) do(f *cli.Context, s spec) error {
	if n := f.NArg(); n < s.least || (s.most >= 0 && n > s.most) {
		return usage("%s", argumentCount(s, f.Args().Slice()))
	}
	if e := r.program.Environment; s.sources && e != nil && e.Headers != "" {
		return fmt.Errorf("%s needs the sources, and this program was built to run without them; run `gomig %s` where they are", s.name, s.name)
	}
	if s.bare {
		return s.act(f.Context, nil, f)
	}
	c, err := r.load()
	if err != nil {
		return err
	}
	if f.IsSet("json") {
		c.JSON = f.Bool("json")
	}
	n, err := s.needs(c, f)
	if err != nil {
		r.warn(c)
		return err
	}
	if n == environment && r.program.Environment == nil {
		err := r.handOver(f.Context, c, r.program.Args)
		if errors.As(err, new(*exitError)) {
			return err // the compiled environment has said it all
		}
		r.warn(c)
		if s.runs && c.JSON {
			gomig.NewEventWriter(r.program.Stdout, now).Fail(err) // the environment does not compile
		}
		return err
	}
	r.warn(c)
	return s.act(f.Context, c, f)
}

func argumentCount(s spec, given []string) string {
	if len(given) < s.least {
		return fmt.Sprintf("%s: the following arguments are required: %s", s.name, s.args)
	}
	return "unrecognized arguments: " + strings.Join(given[s.most:], " ")
}

func (r *run) specs() []spec {
	return slices.Concat(r.writingSpecs(), r.runningSpecs(), r.listingSpecs(), r.graphSpecs(), r.adoptingSpecs(), r.generateSpecs())
}

// runningSpecs are the commands that need the database.
func (r *run) runningSpecs() []spec {
	runFlags := slices.Concat([]cli.Flag{sqlFlag, tagFlag}, watchFlags, limitFlags)
	options := func(f *cli.Context) gomig.RunOptions {
		return gomig.RunOptions{SQL: f.Bool("sql"), Tag: f.String("tag")}
	}
	return []spec{
		{
			name: "upgrade", usage: "upgrade to a later revision", args: "REVISION", least: 1, most: 1,
			flags: runFlags, needs: always(environment), runs: true,
			act: r.watched(func(ctx context.Context, c *gomig.Config, f *cli.Context) error {
				return gomig.Upgrade(ctx, c, f.Args().First(), options(f))
			}),
		},
		{
			name: "downgrade", usage: "go back to an earlier revision", args: "REVISION", least: 1, most: 1,
			flags: runFlags, needs: always(environment), runs: true,
			act: r.watched(func(ctx context.Context, c *gomig.Config, f *cli.Context) error {
				return gomig.Downgrade(ctx, c, f.Args().First(), options(f))
			}),
		},
		{
			name: "stamp", usage: "put revisions into the version table without running them", args: "REVISION...", least: 1, most: -1,
			flags: append(runFlags[:len(runFlags):len(runFlags)], boolFlag("purge", "empty the version table first")), needs: always(environment), runs: true,
			act: r.watched(func(ctx context.Context, c *gomig.Config, f *cli.Context) error {
				return gomig.Stamp(ctx, c, f.Args().Slice(), gomig.StampOptions{SQL: f.Bool("sql"), Tag: f.String("tag"), Purge: f.Bool("purge")})
			}),
		},
		{
			name: "current", usage: "show the revision that the database is at",
			flags: []cli.Flag{verboseFlag, boolFlag("check-heads", "fail unless the database is at all heads", "c"), jsonFlag}, needs: always(environment),
			act: func(ctx context.Context, c *gomig.Config, f *cli.Context) error {
				return gomig.Current(ctx, c, gomig.CurrentOptions{Verbose: f.Bool("verbose"), CheckHeads: f.Bool("check-heads")})
			},
		},
		{
			name: "check", usage: "fail if the database and the declared schema differ",
			flags: []cli.Flag{
				boolFlag("history", "compare what the revisions make of an empty database, in a scratch one, instead of the database"),
				devURLFlag, renameFlag, jsonFlag,
			},
			needs: always(environment),
			act: func(ctx context.Context, c *gomig.Config, f *cli.Context) error {
				c.DevURL = f.String("dev-url")
				return gomig.Check(ctx, c, gomig.CheckOptions{History: f.Bool("history"), Renames: f.StringSlice("rename")})
			},
		},
		{
			name: "ensure_version", usage: "create the version table if it is not there",
			flags: []cli.Flag{sqlFlag}, needs: always(environment),
			act: func(ctx context.Context, c *gomig.Config, f *cli.Context) error {
				return gomig.EnsureVersion(ctx, c, f.Bool("sql"))
			},
		},
	}
}

// listingSpecs are the commands that show the history.
func (r *run) listingSpecs() []spec {
	historyOptions := func(f *cli.Context) gomig.HistoryOptions {
		return gomig.HistoryOptions{
			Range: f.String("rev-range"), Verbose: f.Bool("verbose"), IndicateCurrent: f.Bool("indicate-current"), Graph: f.Bool("graph"),
		}
	}
	ifCurrent := func(_ *gomig.Config, f *cli.Context) (need, error) {
		if f.Args().First() == "current" {
			return environment, nil
		}
		return files, nil
	}
	return []spec{
		{
			name: "history", usage: "list the revisions, newest first",
			flags: []cli.Flag{
				rangeFlag, verboseFlag, currentFlag, boolFlag("graph", "draw which revision follows which"), jsonFlag,
			},
			needs: func(c *gomig.Config, f *cli.Context) (need, error) {
				always, err := c.RevisionEnvironment()
				if err != nil || always || historyOptions(f).NeedsDatabase() {
					return environment, err
				}
				return files, nil
			},
			act: func(ctx context.Context, c *gomig.Config, f *cli.Context) error {
				return gomig.History(ctx, c, historyOptions(f))
			},
		},
		{
			name: "heads", usage: "list the heads",
			flags: []cli.Flag{
				verboseFlag, boolFlag("resolve-dependencies", "treat what others depend on as no head"),
				boolFlag("check", "fail if there is more than one head"), jsonFlag,
			},
			needs: always(files),
			act: func(_ context.Context, c *gomig.Config, f *cli.Context) error {
				return gomig.Heads(c, gomig.HeadsOptions{Verbose: f.Bool("verbose"), ResolveDependencies: f.Bool("resolve-dependencies"), Check: f.Bool("check")})
			},
		},
		{
			name: "branches", usage: "list the revisions that more than one follows",
			flags: []cli.Flag{verboseFlag, jsonFlag}, needs: always(files),
			act: func(_ context.Context, c *gomig.Config, f *cli.Context) error {
				return gomig.Branches(c, gomig.BranchesOptions{Verbose: f.Bool("verbose")})
			},
		},
		{
			name: "show", usage: "show one revision", args: "REVISION", least: 1, most: 1,
			flags: []cli.Flag{jsonFlag}, needs: ifCurrent,
			act: func(ctx context.Context, c *gomig.Config, f *cli.Context) error {
				return gomig.Show(ctx, c, f.Args().First())
			},
		},
		{
			name: "edit", sources: true, usage: "open a revision in $EDITOR", args: "REVISION", least: 1, most: 1, needs: ifCurrent,
			act: func(ctx context.Context, c *gomig.Config, f *cli.Context) error {
				return gomig.Edit(ctx, c, f.Args().First(), r.program.Stdin)
			},
		},
		{
			name: "list_templates", usage: "list the templates of init", needs: always(files),
			act: func(_ context.Context, c *gomig.Config, _ *cli.Context) error {
				return gomig.ListTemplates(c, os.Getenv(templatesVariable))
			},
		},
	}
}

// writingSpecs are the commands that write files.
func (r *run) writingSpecs() []spec {
	revisionEnvironment := func(c *gomig.Config, f *cli.Context) (need, error) {
		always, err := c.RevisionEnvironment()
		if err != nil || always || f.Bool("autogenerate") {
			return environment, err
		}
		if inCode, err := c.HooksInCode(); err != nil || inCode {
			return environment, err
		}
		return files, nil
	}
	return []spec{
		{
			name: "init", sources: true, usage: "make a migration environment in a new directory", args: "DIRECTORY", least: 1, most: 1,
			flags: []cli.Flag{
				&cli.StringFlag{Name: "template", Aliases: []string{"t"}, Usage: "`NAME` of the template (list_templates), or a folder; $GOMIG_TEMPLATES lists directories of more", Value: "generic"},
				boolFlag("package", "kept for Alembic's sake: the directory always is a Go package"),
				stringFlag("dialect", "database to import the driver of: `NAME` sqlite, mysql, mariadb, tidb or postgresql"),
				stringFlag("target", "`METADATA` to compare with, as example.com/shop/models.Metadata; found by itself if there is one"),
			},
			needs: always(files), act: r.init,
		},
		{
			name: "revision", sources: true, usage: "make a new revision",
			flags: []cli.Flag{
				messageFlag, boolFlag("autogenerate", "fill the revision with what differs between the database and the declared schema"),
				boolFlag("from-history", "with --autogenerate: compare what the revisions make of an empty database, in a scratch one, instead of the database"), devURLFlag,
				renameFlag, boolFlag("no-renames", "with --autogenerate: what looks like a rename is dropped and added"),
				boolFlag("sql", "run the environment without connecting (with revision_environment)"),
				stringFlag("head", "`REVISION` that the new one follows; head if none is given"),
				boolFlag("splice", "allow a parent that is not a head"), labelFlag,
				stringFlag("version-path", "`DIRECTORY` for the new file, if there are several version locations"), revIDFlag,
				listFlag("depends-on", "`REVISION` that must be applied before, as often as needed"),
			},
			needs: revisionEnvironment,
			act: func(ctx context.Context, c *gomig.Config, f *cli.Context) error {
				c.DevURL = f.String("dev-url")
				return gomig.Revision(ctx, c, gomig.RevisionOptions{
					Message: f.String("message"), Autogenerate: f.Bool("autogenerate"), FromHistory: f.Bool("from-history"), SQL: f.Bool("sql"), Head: f.String("head"),
					Splice: f.Bool("splice"), BranchLabel: f.String("branch-label"), VersionPath: f.String("version-path"),
					RevID: f.String("rev-id"), DependsOn: f.StringSlice("depends-on"),
					Renames: f.StringSlice("rename"), NoRenames: f.Bool("no-renames"), Ask: r.asks(),
				})
			},
		},
		{
			name: "merge", sources: true, usage: "make a revision that joins several", args: "REVISION...", least: 1, most: -1,
			flags: []cli.Flag{messageFlag, labelFlag, revIDFlag, boolFlag("splice", "allow parents that are not heads")},
			needs: revisionEnvironment,
			act: func(ctx context.Context, c *gomig.Config, f *cli.Context) error {
				return gomig.Merge(ctx, c, f.Args().Slice(), gomig.MergeOptions{
					Message: f.String("message"), BranchLabel: f.String("branch-label"), RevID: f.String("rev-id"), Splice: f.Bool("splice"),
				})
			},
		},
		{
			name: "build", sources: true, usage: "compile the environment into one static program for deployment", flags: []cli.Flag{
				stringFlag("output", "`FILE` to write; migrate if none is given", "o"),
			},
			needs: always(files), act: r.build,
		},
	}
}

// unknownCommand names the command that was probably meant.
func unknownCommand(app *cli.App, name string) error {
	var names []string
	for _, c := range app.Commands {
		names = append(names, c.Name)
	}
	if best := nearest.Name(name, names, 3); best != "" {
		return usage("there is no command %q; did you mean %q?", name, best)
	}
	slices.Sort(names)
	return usage("there is no command %q; the commands are %s", name, strings.Join(names, ", "))
}
