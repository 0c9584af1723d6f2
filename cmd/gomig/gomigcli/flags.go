package gomigcli

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/gomig-dev/gomig"
	"github.com/gomig-dev/gomig/config"
	"github.com/gomig-dev/gomig/env"
)

// globals are the values of the global flags.
type globals struct {
	configs cli.StringSlice
	section string
	x       cli.StringSlice
	raise   bool
	quiet   bool
	version bool
}

func (g *globals) flags() []cli.Flag {
	return []cli.Flag{
		&cli.StringSliceFlag{Name: "config", Aliases: []string{"c"}, Usage: "the ini `FILE`; $GOMIG_CONFIG, $ALEMBIC_CONFIG or alembic.ini if none is given", Destination: &g.configs},
		&cli.StringFlag{Name: "name", Aliases: []string{"n"}, Usage: "`SECTION` of the ini file to use", Value: config.DefaultSection, Destination: &g.section},
		&cli.StringSliceFlag{Name: "x", Usage: "`ARGUMENT` for the environment, as often as needed: -x key=value", Destination: &g.x},
		&cli.BoolFlag{Name: "raiseerr", Usage: "show the types behind an error", DisableDefaultText: true, Destination: &g.raise},
		&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "leave out progress", DisableDefaultText: true, Destination: &g.quiet},
		&cli.BoolFlag{Name: "version", Usage: "print the version", DisableDefaultText: true, Destination: &g.version},
	}
}

// args are the global flags as they are given.
func (g *globals) args() (args []string) {
	for _, c := range g.configs.Value() {
		args = append(args, "--config="+c)
	}
	args = append(args, "--name="+g.section)
	for _, x := range g.x.Value() {
		args = append(args, "-x="+x)
	}
	if g.raise {
		args = append(args, "--raiseerr")
	}
	if g.quiet {
		args = append(args, "--quiet")
	}
	return args
}

// load reads the configuration that the global flags name.
func (r *run) load() (*gomig.Config, error) {
	r.raise = r.global.raise
	file := ""
	switch names := r.global.configs.Value(); len(names) {
	case 0:
	case 1:
		file = names[0]
	default:
		return nil, usage("only one ini file may be indicated, not %d", len(names))
	}
	cfg, err := config.Load(config.Options{File: file, Section: r.global.section, X: r.global.x.Value()})
	if err != nil {
		return nil, err
	}
	stderr := r.program.Stderr
	if !r.global.quiet && onTerminal(stderr, os.Getenv) {
		r.progress = newProgress(stderr, now)
		stderr = r.progress
	}
	log, err := newLogger(cfg, stderr)
	if err != nil {
		return nil, err
	}
	return &gomig.Config{
		Config: cfg, Environment: r.program.Environment, Logger: log, Quiet: r.global.quiet,
		Stdout: r.program.Stdout, Stderr: stderr, Color: colourful(r.program.Stdout, os.Getenv),
		Cache: cacheDir(),
	}, nil
}

// warn says what is wrong with the configuration and no error.
func (r *run) warn(c *gomig.Config) {
	for _, w := range c.Warnings() {
		c.Logger.Warn(w)
	}
	if e := r.program.Environment; e != nil && e.Headers != "" { // the sources need not be there
		if w := c.Overruled(); w != "" {
			c.Logger.Warn(w)
		}
		return
	}
	for _, w := range c.Missing() {
		c.Logger.Warn(w)
	}
}

// cacheDir is where gomig keeps what it would else have to make or read again;
// empty if there is no place for it.
func cacheDir() string {
	dir := os.Getenv("GOMIG_CACHE")
	if dir == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return ""
		}
		dir = filepath.Join(user, "gomig")
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return ""
	}
	return abs
}

func boolFlag(name, usage string, aliases ...string) cli.Flag {
	return &cli.BoolFlag{Name: name, Usage: usage, Aliases: aliases, DisableDefaultText: true}
}

func stringFlag(name, usage string, aliases ...string) cli.Flag {
	return &cli.StringFlag{Name: name, Usage: usage, Aliases: aliases}
}

func listFlag(name, usage string) cli.Flag {
	return &cli.StringSliceFlag{Name: name, Usage: usage}
}

// limitFlags say how long a run waits, each in the place of a value of the ini file.
var limitFlags = []cli.Flag{
	stringFlag("lock-timeout", "wait at most `DURATION`, such as 90s or 2m, for another run to end; 60s if none is given"),
	stringFlag("statement-lock-timeout", "let a statement wait at most `DURATION` for a lock in the database"),
	stringFlag("statement-timeout", "let a statement take at most `DURATION`"),
	stringFlag("lock-retries", "try again `N` times what waited for a lock in vain, as far as it can be undone"),
}

// limits puts the flags into the configuration.
func limits(c *gomig.Config, f *cli.Context) error {
	for _, flag := range limitFlags {
		name := flag.Names()[0]
		if !f.IsSet(name) {
			continue
		}
		key := strings.ReplaceAll(name, "-", "_")
		if err := env.CheckLimit(key, f.String(name)); err != nil {
			return usage("argument --%s: %v", name, err)
		}
		c.SetMainOption(key, f.String(name))
	}
	return nil
}

var (
	verboseFlag = boolFlag("verbose", "use more verbose output", "v")
	sqlFlag     = boolFlag("sql", "write an SQL script instead of running; a range START:END says where it begins")
	tagFlag     = stringFlag("tag", "arbitrary `TAG` for the environment's own use")
	messageFlag = stringFlag("message", "`MESSAGE` of the revision", "m")
	labelFlag   = stringFlag("branch-label", "`LABEL` for the branch that begins here")
	revIDFlag   = stringFlag("rev-id", "`ID` of the new revision instead of a generated one")
	devURLFlag  = stringFlag("dev-url", "`URL` of a server for scratch databases, to normalise expressions and run a history on")
	jsonFlag    = boolFlag("json", "list as JSON")
	renameFlag  = listFlag("rename", "`OLD:NEW` name of a table, or of a column as table.column, as often as needed")
	rangeFlag   = stringFlag("rev-range", "revisions from `START:END`, either of which may be left out", "r")
	currentFlag = boolFlag("indicate-current", "mark what the database is at", "i")
)
