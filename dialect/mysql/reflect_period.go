package mysql

import (
	"slices"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// mayBePeriod reports whether a check of a table may stand for a period of the
// application's time. MariaDB lists PERIOD FOR `stay` (`since`, `until`) as a
// check named like it; only SHOW CREATE TABLE tells one from the other.
// https://mariadb.com/kb/en/application-time-periods/
func (r *reader) mayBePeriod(t *schema.Table, clause string) bool {
	if !r.d.is(MariaDB) {
		return false
	}
	tokens, err := lex(clause, serverMode)
	return err == nil && len(tokens) >= 3 && tokens[1].is("<") &&
		t.Column(tokens[0].text) != nil && t.Column(tokens[2].text) != nil
}

// leavePeriod takes from a table what a period makes in it: its check, and keys in
// which it must not overlap. They are not for declaring, so they are named and
// left alone. A primary key is declared by its other columns.
func (r *reader) leavePeriod(t *schema.Table, p period) {
	other := func(kind, name string) {
		r.out.Others = append(r.out.Others, dialect.Object{Kind: kind, Name: r.name(t.Name.Name + "." + name)})
	}
	other("period", p.name)
	t.Checks = slices.DeleteFunc(t.Checks, func(k *schema.CheckDef) bool { return k.Name == p.name })
	for _, key := range p.keys {
		other(dialect.KeyWithoutOverlaps, key)
		if key == "PRIMARY" && t.PrimaryKey != nil {
			t.PrimaryKey.Columns = slices.DeleteFunc(t.PrimaryKey.Columns, func(c string) bool { return c == p.start || c == p.end })
		}
		t.Indexes = slices.DeleteFunc(t.Indexes, func(i *schema.IndexDef) bool { return i.Name == key })
	}
}
