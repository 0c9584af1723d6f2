package arch_test

// row says what the packages of a path may import: packages of this module and
// modules of others. The standard library is open to all, and so is a package's
// own folder's parent only if it is listed.
type row struct {
	path    string   // below the module; a trailing /* is any one folder, /** any below
	module  []string // packages of this module, with the same wildcards; "." is the root package
	foreign []string // import paths of others, prefixes at a slash
}

// table is the import table, lowest first: a package imports only what stands
// above it here. Test files are not bound by it.
var table = []row{
	// Std only: what everything else stands on.
	{path: "internal/pattern"},
	{path: "internal/nearest"},
	{path: "internal/mermaid", module: []string{"internal/pattern"}},
	{path: "internal/page"},
	{path: "internal/whole"},
	{path: "internal/plural"},
	{path: "internal/truth"},
	{path: "schema"},
	{path: "script/revision", module: []string{"internal/nearest"}},
	{path: "templates", module: []string{"internal/nearest", "internal/pattern"}},
	{path: "internal/ini"},
	{path: "internal/pyformat"},
	{path: "internal/dburl", module: []string{"internal/nearest", "internal/pattern", "internal/truth"}},
	{path: "internal/filestat", foreign: []string{"golang.org/x/sys/unix"}},
	{path: "internal/wire", module: []string{"internal/filestat"}},

	{path: "ddl", module: []string{"schema"}},
	{path: "internal/sqlscript", module: []string{"internal/pattern"}, foreign: []string{"ariga.io/atlas/sql/migrate"}},
	{path: "internal/typesql", module: []string{"schema", "internal/pattern"}},
	{path: "internal/foreign", module: []string{"internal/sqlscript", "internal/pattern"}},
	{path: "op", module: []string{"schema", "ddl", "internal/sqlscript"}},
	{path: "script/picture", module: []string{"script/revision", "internal/mermaid", "internal/page", "internal/plural"}},
	{path: "schema/picture", module: []string{"schema", "internal/mermaid", "internal/page", "internal/pattern", "internal/plural"}},
	{path: "script", module: []string{"script/revision", "op", "schema", "internal/pyformat", "internal/whole", "internal/filestat", "internal/wire"}},
	{path: "config", module: []string{"internal/ini", "internal/nearest", "internal/pattern", "internal/pyformat", "internal/truth"}},
	{path: "dialect", module: []string{"schema", "ddl", "internal/pattern", "internal/sqlscript"}},
	{path: "dialect/*", module: []string{"schema", "ddl", "dialect", "internal/dburl", "internal/pattern"}},
	{path: "schema/atlasschema", module: []string{"schema", "dialect/*"}, foreign: []string{"ariga.io/atlas/sql/schema"}},
	{path: "autogen", module: []string{"schema", "op", "ddl", "dialect", "internal/plural"}},
	{
		path: "gen", module: []string{"schema", "op", "script", "internal/pattern"},
		foreign: []string{"github.com/dave/jennifer", "mvdan.cc/gofumpt", "golang.org/x/mod/module"},
	},
	{path: "env", module: []string{"config", "schema", "ddl", "op", "dialect", "script", "script/revision", "autogen", "internal/dburl", "internal/whole", "internal/plural", "internal/sqlscript"}},
	{path: "internal/build", module: []string{"script", "internal/whole", "internal/filestat", "internal/pattern", "internal/wire"}},
	{path: "gen/structs", module: []string{"schema", "gen", "dialect/*", "internal/pattern", "internal/typesql"}, foreign: []string{"golang.org/x/tools/go/packages"}},
	{path: "internal/inspect", module: []string{"schema", "ddl", "op", "dialect", "autogen", "gen", "gen/structs", "schema/picture", "internal/sqlscript"}},
	{
		path: ".", module: []string{
			"schema", "ddl", "op", "script", "script/revision", "dialect", "dialect/*", "autogen", "gen", "gen/structs", "env", "templates", "config",
			"internal/ini", "internal/pyformat", "internal/dburl", "script/picture",
			"internal/whole", "internal/foreign", "internal/inspect", "internal/plural",
		},
		foreign: []string{"golang.org/x/mod/modfile", "golang.org/x/mod/module"},
	},
	{
		path: "cmd/gomig/gomigcli", module: []string{
			".", "internal/build", "config", "dialect", "env", "gen", "script", "script/revision", "script/picture", "templates", "internal/*",
		},
		foreign: []string{"github.com/urfave/cli/v2", "github.com/mattn/go-isatty"},
	},
	// The one place that knows every dialect and driver.
	{
		path: "cmd/gomig", module: []string{"cmd/gomig/gomigcli", "dialect", "dialect/*", "env"},
		foreign: []string{"github.com/go-sql-driver/mysql", "github.com/jackc/pgx/v5", "modernc.org/sqlite"},
	},

	// For the tests of users.
	{path: "migratetest", module: []string{".", "schema", "op", "script", "script/revision", "dialect", "autogen", "env"}},

	// A module of its own, for those who trace.
	{path: "otelgomig", module: []string{"env", "script/revision"}, foreign: []string{"go.opentelemetry.io/otel"}},

	// For tests and measurements, imported by no package above.
	{path: "internal/arch"},
	{path: "internal/arbitrary", module: []string{"schema", "ddl", "op", "script/revision"}, foreign: []string{"pgregory.net/rapid"}},
	{
		path:    "internal/testdb",
		foreign: []string{"github.com/go-sql-driver/mysql", "github.com/jackc/pgx/v5", "modernc.org/sqlite"},
	},
	{path: "internal/catalogue", module: []string{"schema", "dialect/*", "internal/testdb"}},
	{
		path: "dialect/dialecttest", module: []string{"schema", "ddl", "dialect", "autogen", "op", "internal/arbitrary", "internal/testdb"},
		foreign: []string{"github.com/google/go-cmp", "pgregory.net/rapid"},
	},
	{path: "gormschema", module: []string{"schema"}, foreign: []string{"gorm.io/gorm"}}, // a module of its own too
	{path: "internal/ormtest", module: []string{"**"}, foreign: []string{"**"}},         // a module of its own, as bench is
	{path: "internal/ormtest/**", module: []string{"**"}, foreign: []string{"**"}},
	{path: "bench", module: []string{"**"}, foreign: []string{"**"}},
	{path: "bench/**", module: []string{"**"}, foreign: []string{"**"}},

	// This repository's own environment, which uses gomig as its users do.
	{path: "models", module: []string{"schema", "dialect/*"}},
	{path: "versions", module: []string{"schema", "op", "script", "dialect/*"}},
	{path: "migrations", module: []string{"schema", "env", "models", "versions", "migrations/versions", "dialect/*"}, foreign: []string{"modernc.org/sqlite"}},
	{path: "migrations/versions", module: []string{"schema", "op", "script", "dialect/*"}},
	{
		path: "examples/**", module: []string{".", "schema", "op", "script", "env", "dialect", "dialect/*", "models", "versions", "examples/**"},
		foreign: []string{"modernc.org/sqlite"},
	},
}
