package gomigcli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/gomig-dev/gomig"
	"github.com/gomig-dev/gomig/gen"
	"github.com/gomig-dev/gomig/internal/build"
	"github.com/gomig-dev/gomig/internal/plural"
	"github.com/gomig-dev/gomig/script"
)

// handOver compiles the environment, unless that is done already, and lets it
// run the same command, or another.
func (r *run) handOver(ctx context.Context, c *gomig.Config, args []string) error {
	e, err := environmentOf(c, "")
	if err != nil {
		return err
	}
	b := build.Builder{Log: c.Logger}
	bin, err := b.Ensure(ctx, e)
	if err != nil {
		return whyNot(ctx, c, err)
	}
	code, err := build.Exec(bin, append([]string{"gomig"}, args...), nil)
	if err != nil {
		return fmt.Errorf("running the compiled environment: %w", err)
	}
	return &exitError{code}
}

// whyNot is the error of an environment that does not compile. Of two revisions
// with one id the compiler only says that names are declared twice.
func whyNot(ctx context.Context, c *gomig.Config, err error) error {
	var double *script.DuplicateError
	if errors.As(err, new(*build.CompileError)) {
		if _, headers := c.Headers(ctx); errors.As(headers, &double) {
			return double
		}
	}
	return err
}

// environmentOf says what is compiled: the environment package, every version
// package, and a main that joins them.
func environmentOf(c *gomig.Config, headers string) (build.Environment, error) {
	dir, err := c.ScriptLocation()
	if err != nil {
		return build.Environment{}, err
	}
	if _, err := os.Stat(filepath.Join(dir, "env.go")); errors.Is(err, os.ErrNotExist) {
		return build.Environment{}, fmt.Errorf("there is no env.go in %s, which script_location names; make the environment by `gomig init`", dir)
	}
	packages, err := c.VersionPackages()
	if err != nil {
		return build.Environment{}, err
	}
	return build.Environment{Dir: dir, Versions: packages, Main: func(p build.Packages) ([]byte, error) {
		data := gen.MainData{EnvPath: p.Env.Path, Headers: headers}
		for _, v := range p.Versions {
			data.VersionPaths = append(data.VersionPaths, v.Path)
		}
		return gen.Main(data)
	}}, nil
}

// build writes the deployment program: it knows the revisions' messages, since
// their files are not there where it runs.
func (r *run) build(ctx context.Context, c *gomig.Config, f *cli.Context) error {
	headers, err := c.Headers(ctx)
	if err != nil {
		return err
	}
	text, err := portable(c, headers)
	if err != nil {
		return err
	}
	e, err := environmentOf(c, text)
	if err != nil {
		return err
	}
	out := f.String("output")
	if out == "" {
		out = "migrate"
	}
	b := build.Builder{Log: c.Logger}
	if err := b.Build(ctx, e, out, build.BuildOptions{}); err != nil {
		return err
	}
	if !c.Quiet {
		r.tell("Built %s with %s; it needs neither Go nor these sources: DATABASE_URL=... ./%s upgrade head\n",
			out, plural.Count(len(headers), "revision"), filepath.Base(out))
	}
	return nil
}

// portable is the JSON of headers that say nothing of this machine: their files
// are named as they lie in the module.
func portable(c *gomig.Config, headers []script.Header) (string, error) {
	dir, err := c.ScriptLocation()
	if err != nil {
		return "", err
	}
	m, err := build.FindModule(dir)
	if err != nil {
		return "", err
	}
	headers = slices.Clone(headers)
	for i, h := range headers {
		if rel, err := filepath.Rel(m.Dir, h.File); err == nil {
			headers[i].File = filepath.ToSlash(rel)
		}
	}
	text, err := json.Marshal(headers)
	return string(text), err
}
