package testdb

import (
	"context"
	"os"
	"path/filepath"
)

// tidbEngine is TiDB with its data in a folder (unistore), so that neither TiKV
// nor PD has to run. It makes its data when it first starts, in about a second.
func tidbEngine(server string) *engine {
	return &engine{
		binary: server, signal: "KILL", quirk: "SELECT @@datadir",
		initialise: func(_ context.Context, dir string) error {
			// Checks are dropped silently unless this is on, and it is on or off for the whole server:
			// https://docs.pingcap.com/tidb/stable/constraints/#check
			return os.WriteFile(filepath.Join(dir, tidbFirst), []byte("SET GLOBAL tidb_enable_check_constraint = ON;\n"+
				"SET GLOBAL tidb_enable_auto_analyze = OFF;\n"), 0o600)
		},
		command: func(dir, port string) []string {
			return []string{
				"env", "TMPDIR=" + dir, // for what no flag leads elsewhere
				server, "--store=unistore", "--path=" + dir, "--host=127.0.0.1", "-P=" + port,
				"--socket=" + filepath.Join(dir, "s"), "--temp-dir=" + filepath.Join(dir, "tmp"), "--report-status=false", "-L=warn",
				"--initialize-sql-file=" + filepath.Join(dir, tidbFirst),
			}
		},
	}
}

// tidbFirst is the file with what a fresh server runs first.
const tidbFirst = "first.sql"
