package mysql_test

import (
	"testing"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/dialect/sqlite"
	"github.com/gomig-dev/gomig/schema"
)

// TestDefiners: the account that a trigger, routine or event belongs to, in scripts.
func TestDefiners(t *testing.T) {
	object := func(kind ddl.ObjectKind, definition string, opts ...schema.Option) ddl.CreateObject {
		o := ddl.Object{Kind: kind, Name: schema.Name{Name: "x"}, Definition: definition, Options: opts}
		if kind == ddl.TriggerKind {
			o.Table = schema.Name{Schema: "s", Name: "t"}
		}
		return ddl.CreateObject{Object: o}
	}
	replaced := func(s ddl.CreateObject, was string) ddl.CreateObject {
		s.Replace, s.Was = true, was
		return s
	}
	whole := func(s ddl.CreateObject) ddl.CreateObject {
		s.Whole = true
		return s
	}
	app := mysql.Definer("a`pp", "%")
	note := func(kind, open, says string) string {
		return "-- A script cannot know what the " + kind + " has of " + open + ": " + says + " it in the revision, else it is the default from now on.\n"
	}
	checkTexts(t, []textCase{
		{stmt: object(ddl.ProcedureKind, "() SELECT 1", app), want: []string{"CREATE DEFINER=`a``pp`@`%` PROCEDURE `x` () SELECT 1"}},
		{stmt: object(ddl.EventKind, "DO SELECT 1", sqlite.Strict(), mysql.CurrentUser()), want: []string{"CREATE DEFINER=CURRENT_USER EVENT `x` DO SELECT 1"}},
		{stmt: replaced(object(ddl.TriggerKind, "B", app), ""), want: []string{
			"CREATE DEFINER=`a``pp`@`%` TRIGGER IF NOT EXISTS `s`.`gomig_definer_trial` AFTER DELETE ON `s`.`t` FOR EACH ROW BEGIN END",
			"DROP TRIGGER `s`.`gomig_definer_trial`", "DROP TRIGGER IF EXISTS `s`.`x`", "CREATE DEFINER=`a``pp`@`%` TRIGGER `s`.`x` B",
		}},
		{flavor: mysql.MariaDB, stmt: replaced(object(ddl.TriggerKind, "B", app), ""), want: []string{"CREATE OR REPLACE DEFINER=`a``pp`@`%` TRIGGER `s`.`x` B"}},
		{stmt: replaced(object(ddl.EventKind, "DO SELECT 1", app), ""), want: []string{
			"CREATE DEFINER=`a``pp`@`%` EVENT IF NOT EXISTS `x` DO SELECT 1", "DROP EVENT IF EXISTS `x`", "CREATE DEFINER=`a``pp`@`%` EVENT `x` DO SELECT 1",
		}},
		{stmt: replaced(object(ddl.EventKind, "DO SELECT 1"), ""), want: []string{"DROP EVENT IF EXISTS `x`", note("event", "DEFINER", "op.With says") + "CREATE EVENT `x` DO SELECT 1"}},
		{stmt: whole(replaced(object(ddl.EventKind, "DO SELECT 1"), "")), want: []string{"DROP EVENT IF EXISTS `x`", "CREATE EVENT `x` DO SELECT 1"}},
		{flavor: mysql.MariaDB, stmt: replaced(object(ddl.FunctionKind, "() RETURNS INT RETURN 1"), "() RETURNS INT RETURN 2"), want: []string{
			note("function", "DEFINER, SQL SECURITY", "op.With and the definition say") + "CREATE OR REPLACE FUNCTION `x` () RETURNS INT RETURN 1",
		}},
		{flavor: mysql.MariaDB, stmt: replaced(object(ddl.FunctionKind, "() RETURNS INT SQL SECURITY DEFINER RETURN 1"), ""), want: []string{
			note("function", "DEFINER", "op.With says") + "CREATE OR REPLACE FUNCTION `x` () RETURNS INT SQL SECURITY DEFINER RETURN 1",
		}},
		{flavor: mysql.MariaDB, stmt: replaced(object(ddl.ProcedureKind, "() SELECT 1"), "(n INT, s SET('(')) COMMENT '' NOT DETERMINISTIC READS SQL DATA LANGUAGE SQL SQL SECURITY INVOKER SELECT 1"), want: []string{
			note("procedure", "DEFINER", "op.With says") + "CREATE OR REPLACE PROCEDURE `x` () SELECT 1",
		}},
		{flavor: mysql.MariaDB, stmt: replaced(object(ddl.ProcedureKind, "() SELECT 1", app), "() SELECT 'SQL SECURITY' SQL, SECURITY"), want: []string{
			note("procedure", "SQL SECURITY", "the definition says") + "CREATE OR REPLACE DEFINER=`a``pp`@`%` PROCEDURE `x` () SELECT 1",
		}},
		// of sql_mode ORACLE
		{flavor: mysql.MariaDB, stmt: replaced(object(ddl.ProcedureKind, "SQL SECURITY INVOKER AS BEGIN NULL; END"), ""), want: []string{
			note("procedure", "DEFINER", "op.With says") + "CREATE OR REPLACE PROCEDURE `x` SQL SECURITY INVOKER AS BEGIN NULL; END",
		}},
		{stmt: object(ddl.ProcedureKind, "() SELECT 1", mysql.SecurityInvoker), err: `creating procedure "x": SQL SECURITY is said in its definition, not by op.With`},
		{stmt: object(ddl.TriggerKind, "B", mysql.SecurityInvoker), err: `creating trigger "x": a trigger has no SQL SECURITY`},
		{stmt: object(ddl.EventKind, "DO SELECT 1", mysql.ViewMerge), err: `creating event "x": mysql.view_algorithm is no option of events`},
		{stmt: object(ddl.EventKind, "DO SELECT 1", mysql.Definer("", "")), err: `creating event "x": an account is empty: say mysql.Definer(user, host)`},
	})
}
