package testdb

import (
	"fmt"
	"os"
	"slices"
	"strings"
)

// Kind is a database product that gomig is tested on.
type Kind int

// The kinds, named in GOMIG_TEST_REQUIRE by the lower-case words of [Kind.String].
const (
	KindSQLite Kind = iota + 1
	KindMySQL
	KindMariaDB
	KindPostgres
	KindTiDB
)

// onlyEnv lists kinds, with commas between them, that tests of databases run on
// instead of all: GOMIG_TEST_ON=tidb.
const onlyEnv = "GOMIG_TEST_ON"

// Kinds returns the kinds that every test of databases runs on, SQLite first:
// those that are in every run, or those that GOMIG_TEST_ON names. If a name in it is
// none, they are those of every run, and [Open] fails.
func Kinds() []Kind {
	kinds, err := parseKinds(os.Getenv(onlyEnv))
	if err != nil || len(kinds) == 0 {
		return []Kind{KindSQLite, KindMySQL, KindMariaDB, KindPostgres}
	}
	slices.Sort(kinds)
	return kinds
}

// parseKinds reads names with commas between them.
func parseKinds(list string) (kinds []Kind, err error) {
	for name := range strings.SplitSeq(list, ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		k, err := ParseKind(name)
		if err != nil {
			return nil, err
		}
		kinds = append(kinds, k)
	}
	return kinds, nil
}

// All returns every kind that tests can be asked for: also TiDB, whose server takes
// minutes to compile, where there is one or GOMIG_TEST_REQUIRE names it.
func All() []Kind {
	kinds := Kinds()
	if slices.Contains(kinds, KindTiDB) {
		return kinds
	}
	required, bad := requires(KindTiDB, os.Getenv(requireEnv))
	_, missing := findTiDB()
	if required || bad != nil || missing == nil || os.Getenv(KindTiDB.env()) != "" {
		kinds = append(kinds, KindTiDB)
	}
	return kinds
}

// String returns "sqlite", "mysql", "mariadb", "postgres" or "tidb".
func (k Kind) String() string {
	switch k {
	case KindSQLite:
		return "sqlite"
	case KindMySQL:
		return "mysql"
	case KindMariaDB:
		return "mariadb"
	case KindPostgres:
		return "postgres"
	case KindTiDB:
		return "tidb"
	}
	return fmt.Sprintf("kind(%d)", int(k))
}

// ParseKind is the reverse of [Kind.String].
func ParseKind(name string) (Kind, error) {
	kinds := []Kind{KindSQLite, KindMySQL, KindMariaDB, KindPostgres, KindTiDB}
	i := slices.IndexFunc(kinds, func(k Kind) bool { return k.String() == name })
	if i < 0 {
		return 0, fmt.Errorf("unknown kind of test server %q: want sqlite, mysql, mariadb, postgres or tidb", name)
	}
	return kinds[i], nil
}

// SpeaksMySQL reports whether the kind's SQL is MySQL's: its own, MariaDB's and TiDB's.
func (k Kind) SpeaksMySQL() bool { return k.driver() == "mysql" }

// title is the product's own name, for sentences.
func (k Kind) title() string {
	switch k {
	case KindSQLite:
		return "SQLite"
	case KindMySQL:
		return "MySQL"
	case KindMariaDB:
		return "MariaDB"
	case KindPostgres:
		return "PostgreSQL"
	case KindTiDB:
		return "TiDB"
	}
	return k.String()
}

// env is the variable that names a running server of the kind.
func (k Kind) env() string { return "GOMIG_TEST_" + strings.ToUpper(k.String()) }

// driver is the name under which database/sql knows the kind's driver.
func (k Kind) driver() string {
	switch k {
	case KindMySQL, KindMariaDB, KindTiDB:
		return "mysql"
	case KindPostgres:
		return "pgx"
	default:
		return "sqlite"
	}
}

// scheme begins the URLs of the kind's databases.
func (k Kind) scheme() string {
	switch k {
	case KindPostgres:
		return "postgresql"
	case KindTiDB:
		return "tidb"
	default:
		return "mysql"
	}
}

// flavor tells which product answered a version query. MariaDB often poses as
// MySQL (Debian's mysqld is a link to mariadbd), so nothing but this answer decides.
func flavor(version string) Kind {
	switch {
	case strings.HasPrefix(version, "PostgreSQL "):
		return KindPostgres
	case strings.Contains(strings.ToLower(version), "mariadb"):
		return KindMariaDB
	case strings.Contains(version, "TiDB"):
		return KindTiDB
	case strings.HasPrefix(version, "3."):
		return KindSQLite
	default:
		return KindMySQL
	}
}
