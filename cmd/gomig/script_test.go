package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/gomig-dev/gomig/internal/testdb"
)

var update = flag.Bool("update", false, "write what the stories see into their files")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"gomig": main})
}

// TestScript runs the stories of testdata/script, each on the database it names.
func TestScript(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	testscript.Run(t, w.params("", "../../testdata/script"))
}

// TestScriptOnEveryServer runs the stories that every database has in common.
func TestScriptOnEveryServer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, kind := range testdb.Kinds() {
		t.Run(kind.String(), func(t *testing.T) {
			if !*update { // each writes the same files
				t.Parallel()
			}
			testscript.Run(t, w.params(kind.String(), "../../testdata/script/servers"))
		})
	}
}

// A world is what all stories share: Go's caches, so that nothing is compiled
// twice, and the checkout, which their modules require by a replace.
type world struct {
	goEnv []string
	root  string
	cache string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "env", "GOCACHE", "GOMODCACHE").Output()
	if err != nil {
		t.Fatalf("asking Go for its caches: %v", err)
	}
	dirs := strings.Fields(string(out))
	if len(dirs) != 2 {
		t.Fatalf("asking Go for its caches: %q", out)
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	fillModuleCache(t, root)
	return &world{
		goEnv: []string{
			"GOCACHE=" + dirs[0], "GOMODCACHE=" + dirs[1], "GOFLAGS=-mod=mod", "GOTOOLCHAIN=local",
			"GOPROXY=off", // see fillModuleCache
		},
		root: root, cache: t.TempDir(),
	}
}

// fillModuleCache reads the go.mod files of all that gomig requires. Compiling
// this test needed the modules it is made of, but a module that requires gomig
// also looks at versions that were not chosen. The stories then need no network.
func fillModuleCache(t *testing.T, root string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "mod", "graph")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("reading the requirements of gomig's modules: %v\n%s", err, out)
	}
}

func (w *world) params(kind, dir string) testscript.Params {
	return testscript.Params{
		Dir:                 dir,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update,
		Setup: func(e *testscript.Env) error {
			home := filepath.Join(e.WorkDir, ".home")
			if err := os.Mkdir(home, 0o777); err != nil {
				return err
			}
			e.Vars = append(e.Vars, w.goEnv...)
			e.Vars = append(e.Vars, "HOME="+home, "GOMIG_CACHE="+w.cache, "KIND="+kind)
			tb, ok := e.T().(testing.TB)
			if !ok {
				return fmt.Errorf("%T is no testing.TB", e.T())
			}
			e.Values[storyKey{}] = &story{tb: tb, world: w, work: e.WorkDir}
			return nil
		},
		Condition: condition(kind),
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"module": verb((*story).module), "db": verb((*story).open),
			"run": verb((*story).run), "sql": verb((*story).sql), "client": verb((*story).client),
			"tables": verb((*story).tables), "heads": verb((*story).heads), "schema": verb((*story).schema),
			"dump":  verb((*story).dump),
			"other": verb((*story).other), "swap": verb((*story).swap),
			"show": verb((*story).show), "note": verb((*story).waited),
		},
	}
}

// condition answers [mysql] and its like in the stories that every database has
// in common.
func condition(kind string) func(string) (bool, error) {
	return func(name string) (bool, error) {
		if _, err := testdb.ParseKind(name); err != nil || kind == "" {
			return false, fmt.Errorf("unknown condition [%s]", name)
		}
		return name == kind, nil
	}
}
