package mysql_test

import (
	"testing"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/schema"
)

// TestOfflineVersion holds what scripts for older servers say, or refuse.
func TestOfflineVersion(t *testing.T) {
	system := mysql.System().(dialect.VersionedOffline)
	unenforced := on("t", ddl.AddConstraint{Constraint: schema.CheckConstraint("c", "a > 0").With(schema.NotEnforced())})
	expression := on("t", ddl.AddColumn{Column: schema.Column("a", schema.Integer(), schema.ServerDefault(schema.SQL("1 + 1")))})
	uuid := on("t", ddl.AddColumn{Column: schema.Column("a", schema.UUID())})
	hidden := on("t", ddl.AddColumn{Column: schema.Column("a", schema.Integer(), mysql.Invisible())})
	for _, c := range []struct {
		flavor, version string
		stmt            ddl.Statement
		want, err       string
	}{
		{mysql.MySQL, "8.0.16", unenforced, "ALTER TABLE `t` ADD CONSTRAINT `c` CHECK (a > 0) NOT ENFORCED", ""},
		{mysql.MySQL, "8.0.15", unenforced, "", `altering table "t": adding check constraint "c": MySQL has no NOT ENFORCED checks: leave the check out`},
		{mysql.MySQL, "8.0.36", expression, "ALTER TABLE `t` ADD COLUMN `a` INTEGER DEFAULT (1 + 1)", ""},
		{mysql.MySQL, "8.0.12-log", expression, "", `altering table "t": adding column "a": this server takes only literals as defaults, not 1 + 1: MySQL does from 8.0.13`},
		{mysql.MySQL, "8.0.23", hidden, "ALTER TABLE `t` ADD COLUMN `a` INTEGER INVISIBLE", ""},
		{mysql.MySQL, "8.0.22", hidden, "", `altering table "t": adding column "a": MySQL has no invisible columns: leave mysql.Invisible() out`},
		{mysql.MariaDB, "10.6", uuid, "ALTER TABLE `t` ADD COLUMN `a` CHAR(32)", ""},
		{mysql.MariaDB, "10.7.1", uuid, "ALTER TABLE `t` ADD COLUMN `a` UUID", ""},
		{mysql.MySQL, "11.4.2-MariaDB-ubu2404", uuid, "ALTER TABLE `t` ADD COLUMN `a` UUID", ""},
		{mysql.TiDB, "v7.1", unenforced, "ALTER TABLE `t` ADD CONSTRAINT `c` CHECK (a > 0) NOT ENFORCED", ""},
	} {
		d, err := system.OfflineVersion(c.flavor, c.version)
		if err != nil {
			t.Errorf("%s %s: %v", c.flavor, c.version, err)
			continue
		}
		if got := d.(dialect.Versioner).ServerVersion(); got != c.version {
			t.Errorf("the version %s is called %q", c.version, got)
		}
		list, err := dialect.Compile(t.Context(), d, nil, c.stmt)
		if c.err != "" {
			if err == nil || err.Error() != c.err {
				t.Errorf("%s %s gives %v, %v\nwant the error %s", c.flavor, c.version, list, err, c.err)
			}
			continue
		}
		if err != nil || list[0].Text != c.want {
			t.Errorf("%s %s gives %v, %v\nwant %s", c.flavor, c.version, list, err, c.want)
		}
	}
	for _, c := range []struct {
		version string
		check   bool
	}{{"7.1.0", false}, {"7.2", true}, {"8.0.11-TiDB-v7.1.0", false}, {"8.0.11-TiDB-v8.5.4", true}} {
		d, err := system.OfflineVersion(mysql.TiDB, c.version)
		if err != nil || d.(*mysql.Dialect).HasCheck() != c.check {
			t.Errorf("TiDB %s: %v, checks are not %v", c.version, err, c.check)
		}
	}
	for _, c := range []struct{ flavor, version, want string }{
		{mysql.MySQL, "newest", `"newest" is no version of MySQL, such as 8.4.0`},
		{mysql.MySQL, "5.7.44", "MySQL 5.7.44 is too old: gomig is for 8.0 and later"},
		{mysql.MySQL, "10.6", "there is no MySQL 10.6: for MariaDB make it the dialect (mariadb), or write 10.6-MariaDB"},
		{mysql.MariaDB, "8.0.36", "MariaDB 8.0.36 is too old: gomig is for 10.6 and later"},
		{mysql.TiDB, "nightly", `"nightly" is no version of TiDB, such as 8.0.11-TiDB-v8.5.0`},
	} {
		if _, err := system.OfflineVersion(c.flavor, c.version); err == nil || err.Error() != c.want {
			t.Errorf("%s %s gives %v, want %s", c.flavor, c.version, err, c.want)
		}
	}
}
