package mysql

import (
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

// Caution is what must be said, or thought of, before a table is changed.
func (d *Dialect) Caution(t *schema.Table) string {
	if text := d.historyCaution(t); text != "" {
		return text
	}
	return d.backslashCaution(t)
}

// historyCaution is that MariaDB changes a table that keeps the history of its rows only
// if that may be changed too.
// https://mariadb.com/kb/en/system-versioned-tables/#system_versioning_alter_history
func (d *Dialect) historyCaution(t *schema.Table) string {
	if _, kept := schema.Find[SystemVersionedOption](t.Options); !kept || !d.set.historyAsIs {
		return ""
	}
	return "keeps the history of its rows, and the server refuses to change it together with them: run with ?system_versioning_alter_history=KEEP in the database's URL, after which old rows look as if they always had the new columns"
}

// backslashCaution is that MySQL (9.7) reads the expressions of a table, in its own
// spelling, again whenever the table changes, and takes them for the session's:
// while NO_BACKSLASH_ESCAPES is on each change doubles the backslashes in them.
func (d *Dialect) backslashCaution(t *schema.Table) string {
	if !d.is(MySQL) || !d.set.noBackslash {
		return ""
	}
	has := func(s string) bool { return strings.Contains(s, `\`) }
	if !slices.ContainsFunc(t.Columns, func(c *schema.ColumnDef) bool {
		return c.Computed != nil && has(c.Computed.Expr) || c.Default.Kind == schema.ExprSQL && has(c.Default.Text)
	}) && !slices.ContainsFunc(t.Checks, func(k *schema.CheckDef) bool { return has(k.Expr) }) {
		return ""
	}
	return "has expressions with backslashes, which MySQL doubles in each change of the table while NO_BACKSLASH_ESCAPES is on: run with another sql_mode (?sql_mode= in the database's URL), and spell the texts of the revision for that"
}
