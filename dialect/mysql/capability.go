package mysql

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
)

// capabilities are what the servers of the family differ in, each a question of
// its own. The methods that ask them are exported where rules outside the
// dialect depend on the answer.
type capabilities struct {
	check              bool   // CHECK is kept, and enforced unless said otherwise
	notEnforced        bool   // CHECK … NOT ENFORCED
	dropConstraint     bool   // DROP CONSTRAINT for whatever bears the name
	dropCheck          string // the words that drop a check: DROP CHECK or DROP CONSTRAINT
	guards             bool   // IF [NOT] EXISTS inside ALTER TABLE, and of an index
	columnGuards       bool   // IF [NOT] EXISTS of a column
	expressionIndex    bool   // an index on an expression
	expressionDefault  bool   // DEFAULT (expression)
	literalBlobDefault bool   // TEXT, BLOB and JSON take a plain literal default
	renameColumn       bool   // RENAME COLUMN
	oneChange          bool   // one change an ALTER
	nativeUUID         bool   // a type UUID
	jsonText           bool   // JSON is longtext with a check
	invisibleColumn    bool   // INVISIBLE of a column
	invisibleIndex     string // the word for an index the optimizer does not use
	serverVersioning   bool   // WITH SYSTEM VERSIONING
	srid               string // how a geometry says its reference system
	generatedNotNull   bool   // a generated column may be NOT NULL
	dropIndexOptions   bool   // DROP INDEX … ALGORITHM= LOCK=
	descendingIndex    bool   // DESC in an index is kept
	routineGuards      bool   // CREATE TRIGGER, FUNCTION and PROCEDURE take IF NOT EXISTS
}

// HasCheck reports whether check constraints are kept. TiDB drops them silently
// unless tidb_enable_check_constraint is on.
func (d *Dialect) HasCheck() bool { return d.caps.check }

// DropCheckSyntax is how the server drops a check: "DROP CHECK", or MariaDB's
// "DROP CONSTRAINT".
func (d *Dialect) DropCheckSyntax() string { return d.caps.dropCheck }

// ExpressionIndexes reports whether an index may stand on an expression.
func (d *Dialect) ExpressionIndexes() bool { return d.caps.expressionIndex }

// ExpressionDefaults reports whether a default may be any expression.
func (d *Dialect) ExpressionDefaults() bool { return d.caps.expressionDefault }

// OneChangePerAlter reports whether a change of a table must be a statement of
// its own: TiDB refuses one that builds on another of the same ALTER.
func (d *Dialect) OneChangePerAlter() bool { return d.caps.oneChange }

// version is major, minor and patch.
type version [3]int

func (v version) atLeast(major, minor, patch int) bool {
	w := version{major, minor, patch}
	for i := range v {
		if v[i] != w[i] {
			return v[i] > w[i]
		}
	}
	return true
}

// parseVersion reads the first dotted numbers of a version text. MariaDB behind
// replication-compatible proxies shows 5.5.5-10.11.4-MariaDB, TiDB 8.0.11-TiDB-v8.5.4.
func parseVersion(flavor, text string) version {
	if flavor == MariaDB {
		text = strings.TrimPrefix(text, "5.5.5-")
	}
	if flavor == TiDB {
		if _, own, ok := strings.Cut(text, "TiDB-v"); ok {
			text = own
		}
		text = strings.TrimPrefix(text, "v")
	}
	end := strings.IndexFunc(text, func(r rune) bool { return (r < '0' || r > '9') && r != '.' })
	if end >= 0 {
		text = text[:end]
	}
	var v version
	for i, p := range strings.SplitN(text, ".", 3) {
		v[i], _ = strconv.Atoi(p)
	}
	return v
}

func capabilitiesOf(flavor, text string) capabilities {
	v := parseVersion(flavor, text)
	switch flavor {
	case MariaDB:
		return capabilities{
			check: true, dropConstraint: true, dropCheck: "DROP CONSTRAINT", guards: true, columnGuards: true,
			expressionDefault: true, literalBlobDefault: true,
			renameColumn: v.atLeast(10, 5, 2), nativeUUID: v.atLeast(10, 7, 0), jsonText: true,
			invisibleColumn: true, invisibleIndex: "IGNORED", serverVersioning: true,
			srid: "REF_SYSTEM_ID=", descendingIndex: v.atLeast(10, 8, 0), routineGuards: true,
		}
	case TiDB:
		return capabilities{
			notEnforced: true, dropCheck: "DROP CHECK", columnGuards: true,
			expressionIndex: true, expressionDefault: true, renameColumn: true, oneChange: true,
			invisibleIndex: "INVISIBLE", generatedNotNull: true,
		}
	default:
		return capabilities{
			check: v.atLeast(8, 0, 16), notEnforced: v.atLeast(8, 0, 16), dropConstraint: v.atLeast(8, 0, 19),
			dropCheck: "DROP CHECK", expressionIndex: v.atLeast(8, 0, 13), expressionDefault: v.atLeast(8, 0, 13),
			renameColumn: v.atLeast(8, 0, 3), invisibleColumn: v.atLeast(8, 0, 23), invisibleIndex: "INVISIBLE",
			srid: "SRID ", generatedNotNull: true, dropIndexOptions: true,
			descendingIndex: true, routineGuards: v.atLeast(8, 0, 29),
		}
	}
}

// offlineVersion is the release assumed where no server says more: the oldest
// long-term one that its maker still ships in 2026.
var offlineVersion = map[string]string{MySQL: "8.4.0", MariaDB: "10.11.0", TiDB: "8.0.11-TiDB-v8.5.0"}

// oldestVersion is the first release that gomig is for; of TiDB any.
var oldestVersion = map[string]version{MySQL: {8, 0, 0}, MariaDB: {10, 6, 0}}

func offlineCapabilities(flavor string) capabilities {
	text, ok := offlineVersion[flavor]
	if !ok {
		text = offlineVersion[MySQL]
	}
	return capabilitiesAt(flavor, text)
}

// capabilitiesAt are those of a version where no server says more.
func capabilitiesAt(flavor, text string) capabilities {
	c := capabilitiesOf(flavor, text)
	if flavor == TiDB {
		// tidb_enable_check_constraint came with 7.2; whoever declares checks has it on.
		// https://docs.pingcap.com/tidb/stable/release-7.2.0/
		c.check = parseVersion(flavor, text).atLeast(7, 2, 0)
	}
	return c
}

// OfflineVersion is a server of one version with default settings. A version that
// names MariaDB or TiDB is one of theirs, as it is on a connection.
func (system) OfflineVersion(flavor, text string) (dialect.Dialect, error) {
	if named := flavorOf(text, ""); named != MySQL {
		flavor = named
	}
	d := &Dialect{flavor: flavor, version: text, caps: capabilitiesAt(flavor, text), set: offlineSettings(flavor)}
	v, floor := parseVersion(flavor, text), oldestVersion[flavor]
	switch {
	case v[0] == 0:
		return nil, fmt.Errorf("%q is no version of %s, such as %s", text, d.product(), offlineVersion[flavor])
	case !v.atLeast(floor[0], floor[1], floor[2]):
		return nil, fmt.Errorf("%s %s is too old: gomig is for %d.%d and later", d.product(), text, floor[0], floor[1])
	case flavor == MySQL && v.atLeast(10, 0, 0):
		return nil, fmt.Errorf("there is no MySQL %s: for MariaDB make it the dialect (mariadb), or write %s-MariaDB", text, text)
	}
	return d, nil
}

// offlineSettings are the makers' defaults.
func offlineSettings(flavor string) settings {
	s := settings{
		engine: "InnoDB", rowFormat: "dynamic",
		charsetCollation: map[string]string{
			"utf8mb4": "utf8mb4_0900_ai_ci", "utf8mb3": "utf8mb3_general_ci", "latin1": "latin1_swedish_ci",
			"ascii": "ascii_general_ci", "binary": "binary",
		},
	}
	switch flavor {
	case MariaDB:
		s.charsetCollation["utf8mb4"] = "utf8mb4_general_ci"
	case TiDB:
		for _, c := range []string{"utf8mb4", "utf8mb3", "latin1", "ascii"} {
			s.charsetCollation[c] = c + "_bin"
		}
	}
	return s
}
