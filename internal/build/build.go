// Package build compiles the migration environment of a user's module into an executable, caches it by the content of
// what went into it, and hands the process over to it.
//
// A migration environment is ordinary Go: one package with the function Run and one or more packages with revisions. What
// makes a program of them is a main package that exists in the cache only; the go command sees it inside the user's module
// through its -overlay flag. So the user's internal packages stay importable, and nothing is written into the user's tree.
//
// A run that finds nothing changed only compares file attributes with a manifest (see check.go). What is compiled, and how
// it is told from what was compiled before, is a question to the go command (see list.go), asked again only when a change
// could alter the answer.
package build

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

// gomigModule is the path of the module that the generated main imports its command line from.
const gomigModule = "github.com/gomig-dev/gomig"

// Environment says what is compiled.
type Environment struct {
	// Dir is the directory of the environment package (script_location), where func Run is.
	Dir string
	// Versions are the directories of the packages with revisions. Every one is imported.
	Versions []string
	// Main renders the source of the main package. It is called on every run, and what it returns decides, together with
	// the sources, whether a cached executable still serves. So it has to be fast, and the same for the same packages.
	Main func(Packages) ([]byte, error)
	// Tags are build tags, none by default.
	Tags []string
}

// Packages are the packages of an environment as the generated main imports them.
type Packages struct {
	Env      Package
	Versions []Package // in the order of Environment.Versions
}

// A Package is one package of the user's module.
type Package struct {
	Path string // import path
	Dir  string // absolute directory
}

// A Builder compiles environments. Its zero value is ready to use.
type Builder struct {
	// Cache is the directory for executables. The default is $GOMIG_CACHE, else the folder gomig in the user's cache directory.
	Cache string
	// Env is the process environment for the go command. The default is that of this process.
	Env []string
	// Dir is the directory that file names in errors are shown relative to. The default is the working directory.
	Dir string
	// Log is told when something is compiled, and why. The default is silence.
	Log *slog.Logger
	// Clock is the time of day, by which just modified files are known. The default is time.Now.
	Clock func() time.Time
}

// attempts is how often a compilation is repeated because its sources changed meanwhile.
const attempts = 3

// Ensure returns the executable of an environment, compiled now or before. Its errors are typed: [*CompileError] for what
// the user's files lack, [*RequirementError] for what go.mod or go.sum lack, [*NoGoError], [*NoModuleError].
func (b *Builder) Ensure(ctx context.Context, e Environment) (string, error) {
	s, err := b.open(ctx, e, "GOOS="+runtime.GOOS, "GOARCH="+runtime.GOARCH) // it is to run here, whatever is exported
	if err != nil {
		return "", err
	}
	old, state := s.known()
	if state != mustList {
		if bin, ok := s.reuse(old); ok {
			return bin, nil
		}
	}
	unlock, err := s.lock(ctx)
	if err != nil {
		return "", err
	}
	defer unlock()
	for range attempts {
		bin, done, err := s.make(ctx)
		if err != nil || done {
			return bin, err
		}
	}
	return "", fmt.Errorf("compiling the migration environment in %s: its files kept changing meanwhile", e.Dir)
}

// make finds or compiles the executable, holding the lock. It is not done when a source changed during the compilation:
// then nobody can say which state of the source is in the executable.
func (s *session) make(ctx context.Context) (bin string, done bool, err error) {
	m, state := s.known() // another process may have compiled while this one waited for the lock
	if state == mustList {
		if m, err = s.list(ctx); err != nil {
			return "", false, err
		}
	}
	if found, ok := s.reuse(m); ok {
		return found, true, nil
	}
	if err := s.exits(m); err != nil {
		return "", false, err
	}
	tmp, err := s.compile(ctx, m)
	if err != nil {
		return "", false, err
	}
	if !s.settled(m) {
		return "", false, os.Remove(tmp)
	}
	bin, err = s.install(m, tmp)
	return bin, err == nil, err
}

// A session is one call of Ensure or Build: the environment with all that can be said of it without running the go command.
type session struct {
	b          *Builder
	env        Environment
	packages   Packages
	modDir     string // root of the module the environment package is in
	modPath    string
	mainDir    string // where the go command sees the generated main
	main       []byte
	mainSource string // the file with main, while there is one
	goCmd      goCommand
	config     digest // everything that decides about the executable, files aside
	dir        string // of this environment in the cache
	log        *slog.Logger
	now        func() time.Time
}

// open prepares a session. The settings of the go command that the caller insists on come last.
func (b *Builder) open(ctx context.Context, e Environment, insist ...string) (*session, error) {
	s := &session{b: b, env: e, log: b.Log, now: b.Clock}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.now == nil {
		s.now = time.Now //nolint:forbidigo // the default of the clock that tests replace
	}
	if e.Main == nil {
		return nil, fmt.Errorf("compiling the migration environment in %s: no main is given", e.Dir)
	}
	if err := s.locate(); err != nil {
		return nil, err
	}
	var err error
	if s.main, err = e.Main(s.packages); err != nil {
		return nil, fmt.Errorf("rendering the main package of the migration environment: %w", err)
	}
	if s.goCmd, err = findGo(ctx, b.goEnv(insist...), s.modDir); err != nil {
		return nil, err
	}
	cache, err := b.cacheDir()
	if err != nil {
		return nil, err
	}
	s.config = s.configuration()
	s.dir = filepath.Join(cache, "env", s.identity())
	return s, nil
}

// identity names the environment in the cache.
func (s *session) identity() string {
	h := newHash()
	h.text("environment", s.packages.Env.Dir)
	for _, p := range s.packages.Versions {
		h.text("versions", p.Dir)
	}
	d := h.sum()
	return fmt.Sprintf("%x", d[:10])
}

// format changes whenever this package compiles in another way or writes another manifest, so that an older cache is not believed.
const format = "gomig environment 1"

// configuration digests what decides about the executable and is not a file.
func (s *session) configuration() digest {
	h := newHash()
	h.text("format", format)
	h.text("main", string(s.main))
	h.text("mainDir", s.mainDir)
	h.text("module", s.modDir)
	for _, p := range s.packages.Versions {
		h.text("versions", p.Path+"\x00"+p.Dir)
	}
	for _, t := range s.env.Tags {
		h.text("tag", t)
	}
	h.text("go", s.goCmd.path)
	h.text("toolchain", s.goCmd.chosen)
	for _, kv := range s.goCmd.settings() {
		h.text("setting", kv)
	}
	return h.sum()
}
