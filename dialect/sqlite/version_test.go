package sqlite_test

import (
	"testing"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/sqlite"
	"github.com/gomig-dev/gomig/schema"
)

// TestOfflineVersion holds what scripts for older ones say, or refuse.
func TestOfflineVersion(t *testing.T) {
	system := sqlite.System().(dialect.VersionedOffline)
	strict := ddl.CreateTable{Table: schema.NewTable("t", schema.Column("a", schema.Integer()), sqlite.Strict())}
	for version, want := range map[string]string{
		"3.35":   `STRICT needs SQLite 3.37.0, this is 3.35.0`,
		"3.36.9": `STRICT needs SQLite 3.37.0, this is 3.36.9`,
		"3.37":   "",
		"3.34.1": "SQLite 3.34.1 is too old: gomig needs 3.35.0 for DROP COLUMN",
		"3":      `"3" is no version of SQLite, such as 3.45 or 3.37.2`,
	} {
		d, err := system.OfflineVersion("sqlite", version)
		if err == nil {
			_, err = dialect.Compile(t.Context(), d, nil, strict)
		}
		got := ""
		if err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%s gives %q, want %q", version, got, want)
		}
	}
}
