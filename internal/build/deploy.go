package build

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
)

// BuildOptions say how Build compiles. The zero value makes a static executable without debugging information.
type BuildOptions struct { //nolint:revive // options of Build, beside what Ensure may have one day
	// Flags are more flags for "go build", after those that Build gives itself.
	Flags []string
}

// Build compiles an environment for deployment and writes the executable to the file out, at once: a compilation that fails
// or is interrupted leaves what was there. It is optimised, knows no directory of this machine, and is for the GOOS and
// GOARCH of the process environment. It is linked statically, without C, unless CGO_ENABLED is set there. Errors are those of Ensure.
func (b *Builder) Build(ctx context.Context, e Environment, out string, o BuildOptions) error {
	s, err := b.open(ctx, e)
	if err != nil {
		return err
	}
	out, err = filepath.Abs(out)
	if err == nil {
		err = s.writable(out)
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", s.shown(out), err)
	}
	unlock, err := s.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	if err := s.exits(nil); err != nil {
		return err
	}
	s.removeLeftovers()
	s.log.Info("compiling the migration environment", slog.String("package", s.packages.Env.Path), slog.String("out", s.shown(out)))
	tmp := fmt.Sprintf("%s.%d.tmp", out, os.Getpid())
	err = s.overlaid(nil, func(overlay string) error {
		args := append([]string{"build", "-o", tmp, "-trimpath", "-ldflags=-s -w"}, s.sourceFlags(overlay)...)
		args = append(append(args, o.Flags...), s.mainTarget())
		_, err := s.goCmd.run(ctx, s.modDir, args...)
		return s.explain(err)
	})
	if err == nil {
		err = os.Rename(tmp, out)
	}
	if err != nil {
		_ = os.Remove(tmp)
	}
	return err
}

// writable finds out before a long compilation whether a file of this name can be written after it.
func (s *session) writable(out string) error {
	if !isDir(filepath.Dir(out)) {
		return errors.New("its directory does not exist")
	}
	switch info, err := os.Stat(out); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case info.IsDir():
		return errors.New("it is a directory; name a file")
	case !info.Mode().IsRegular():
		return errors.New("it is not an ordinary file")
	}
	probe, err := os.CreateTemp(filepath.Dir(out), filepath.Base(out)+".*.tmp")
	var at *fs.PathError
	switch {
	case errors.As(err, &at):
		return fmt.Errorf("no file can be made in its directory: %w", at.Err)
	case err != nil:
		return err
	}
	return errors.Join(probe.Close(), os.Remove(probe.Name()))
}
