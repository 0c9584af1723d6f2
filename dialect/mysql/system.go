// Package mysql is the dialect of MySQL 8 and 9, MariaDB 10.6 and newer, and TiDB.
//
// The three are flavours of one family: they share a grammar and differ in what
// they can do, which is asked by name ([Dialect] keeps the answers) and never
// decided by a version number alone: TiDB calls itself 8.0.11.
package mysql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// The flavours, as dialect names in URLs and variants.
const (
	MySQL   = "mysql"
	MariaDB = "mariadb"
	TiDB    = "tidb"
)

// System is the family MySQL, MariaDB and TiDB.
func System() dialect.System { return system{} }

type system struct{}

// Name is "mysql".
func (system) Name() string { return MySQL }

// Flavors are mysql, mariadb and tidb.
func (system) Flavors() []string { return []string{MySQL, MariaDB, TiDB} }

// Offline is the dialect of a current release with default settings: MySQL 8.4,
// MariaDB 10.11, TiDB 8.5. An unknown flavour is taken for MySQL.
func (system) Offline(flavor string) dialect.Dialect {
	return &Dialect{flavor: flavor, caps: offlineCapabilities(flavor), set: offlineSettings(flavor)}
}

// Dialect is one server of the family at one version. Its value keeps what was
// learned about the server and nothing of a connection.
type Dialect struct {
	flavor  string
	version string // what SELECT VERSION() gave; offline what OfflineVersion was given
	caps    capabilities
	set     settings
}

// settings are the server's and session's own, as far as they decide what a
// statement means or how a catalogue reads.
type settings struct {
	database          string            // the connection's default schema
	engine            string            // default_storage_engine
	rowFormat         string            // innodb_default_row_format
	ansiQuotes        bool              // sql_mode: "x" is an identifier
	noBackslash       bool              // sql_mode: \ is an ordinary character
	pipesConcat       bool              // sql_mode: || concatenates
	implicitTimestamp bool              // explicit_defaults_for_timestamp is off
	lowerNames        bool              // lower_case_table_names = 1
	clustered         bool              // tidb_enable_clustered_index is ON: a primary key keeps the rows
	historyAsIs       bool              // system_versioning_alter_history is ERROR
	schemaCollation   map[string]string // default collation of every schema
	charsetCollation  map[string]string // default collation of every character set
}

// Name is the flavour.
func (d *Dialect) Name() string { return d.flavor }

// ServerVersion is what SELECT VERSION() gave, or OfflineVersion was given.
func (d *Dialect) ServerVersion() string { return d.version }

// Names are the names under which variants are looked for: the flavour, then mysql.
func (d *Dialect) Names() []string {
	if d.flavor == MySQL {
		return []string{MySQL}
	}
	return []string{d.flavor, MySQL}
}

// TransactionalDDL is false: every DDL statement commits.
func (d *Dialect) TransactionalDDL() bool { return false }

// Traits are that a new column may be placed, and table options taken away.
func (d *Dialect) Traits() dialect.Traits {
	return dialect.Traits{PlacesColumns: true, MovesColumns: true, ResetsOptions: true, OwnIndexNames: true, Replaces: dialect.ReplaceAny, MovesUnderViews: true, PinsNames: !d.is(MariaDB), PinsGenerated: d.is(TiDB), FollowsTableName: true, IndexedKeys: true, KeysNumbers: true, KeepsKeyIndexes: d.is(TiDB), ShortText: true, NamingDefaults: true, FoldsColumns: true, FoldsTables: d.is(TiDB)}
}

// RemakesColumn reports what no ALTER TABLE can do: a column that is computed
// when read never becomes one that is kept, or the other way round.
// https://dev.mysql.com/doc/refman/8.4/en/alter-table-generated-columns.html
func (d *Dialect) RemakesColumn(from, to *schema.ColumnDef) bool {
	a, b := storage(from.Computed), storage(to.Computed)
	return a != b && (a == virtualColumn || b == virtualColumn)
}

func (d *Dialect) is(flavor string) bool { return d.flavor == flavor }

// Detect asks the connection for its flavour, version and settings.
func (s system) Detect(ctx context.Context, conn dialect.Conn) (dialect.Dialect, error) {
	var (
		version, comment, mode, engine string
		database                       sql.NullString
		lower                          int
		explicit                       string
	)
	err := conn.QueryRowContext(ctx, "SELECT VERSION(), @@version_comment, @@SESSION.sql_mode, "+
		"@@SESSION.default_storage_engine, DATABASE(), @@lower_case_table_names, @@explicit_defaults_for_timestamp").
		Scan(&version, &comment, &mode, &engine, &database, &lower, &explicit)
	if err != nil {
		return nil, fmt.Errorf("asking the server for its version: %w", err)
	}
	flavor := flavorOf(version, comment)
	d := &Dialect{flavor: flavor, version: version, caps: capabilitiesOf(flavor, version)}
	modes := strings.Split(strings.ToUpper(mode), ",")
	d.set = settings{
		database: database.String, engine: engine, lowerNames: lower == 1,
		implicitTimestamp: explicit == "0" || strings.EqualFold(explicit, "OFF"),
	}
	for _, m := range modes {
		switch m {
		case "ANSI_QUOTES":
			d.set.ansiQuotes = true
		case "NO_BACKSLASH_ESCAPES":
			d.set.noBackslash = true
		case "PIPES_AS_CONCAT":
			d.set.pipesConcat = true
		}
	}
	d.set.rowFormat = variable(ctx, conn, "innodb_default_row_format")
	if d.caps.serverVersioning {
		d.set.historyAsIs = variable(ctx, conn, "system_versioning_alter_history") == "ERROR"
	}
	if d.is(TiDB) {
		d.caps.check = variable(ctx, conn, "tidb_enable_check_constraint") == "1"
		d.set.clustered = variable(ctx, conn, "tidb_enable_clustered_index") == "ON"
	}
	if err := d.learnCollations(ctx, conn); err != nil {
		return nil, err
	}
	return d, nil
}

// flavorOf tells the flavours by what the servers call themselves. Amazon's and
// Google's builds keep VERSION(), and MariaDB behind a proxy may show 5.5.5- in front.
func flavorOf(version, comment string) string {
	both := strings.ToLower(version + " " + comment)
	switch {
	case strings.Contains(both, "tidb"):
		return TiDB
	case strings.Contains(both, "mariadb"):
		return MariaDB
	default:
		return MySQL
	}
}

// variable reads a system variable that not every server has; empty if it has not.
func variable(ctx context.Context, conn dialect.Conn, name string) string {
	var value sql.NullString
	if err := conn.QueryRowContext(ctx, "SELECT @@"+name).Scan(&value); err != nil {
		return ""
	}
	return value.String
}

// learnCollations reads the default collations, which decide what a table or
// column without one gets.
func (d *Dialect) learnCollations(ctx context.Context, conn dialect.Conn) error {
	var err error
	d.set.charsetCollation, err = pairs(ctx, conn,
		"SELECT CHARACTER_SET_NAME, DEFAULT_COLLATE_NAME FROM information_schema.CHARACTER_SETS")
	if err != nil {
		return fmt.Errorf("reading the character sets: %w", err)
	}
	d.set.schemaCollation, err = pairs(ctx, conn,
		"SELECT SCHEMA_NAME, DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA")
	if err != nil {
		return fmt.Errorf("reading the schemas: %w", err)
	}
	// MySQL lets the session choose another default for utf8mb4.
	if c := variable(ctx, conn, "default_collation_for_utf8mb4"); c != "" && d.is(MySQL) {
		d.set.charsetCollation["utf8mb4"] = c
	}
	// MariaDB 11 lets the session choose for each: utf8mb4=utf8mb4_uca1400_ai_ci,…
	for choice := range strings.SplitSeq(variable(ctx, conn, "character_set_collations"), ",") {
		if charset, collation, ok := strings.Cut(choice, "="); ok {
			d.set.charsetCollation[strings.TrimSpace(charset)] = strings.TrimSpace(collation)
		}
	}
	return nil
}

func pairs(ctx context.Context, conn dialect.Conn, query string) (_ map[string]string, err error) {
	rows, err := conn.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	out := map[string]string{}
	for rows.Next() {
		var k, v sql.NullString
		if err := rows.Scan(&k, &v); err != nil {
			return nil, err
		}
		if v.Valid {
			out[k.String] = v.String
		}
	}
	return out, rows.Err()
}
