package mysql_test

import (
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/dialect/sqlite"
	"github.com/gomig-dev/gomig/schema"
)

// TestViewOptions: the options of a view, and accounts that are quoted with care.
func TestViewOptions(t *testing.T) {
	view := func(opts ...schema.Option) ddl.CreateObject {
		return ddl.CreateObject{Object: ddl.Object{Kind: ddl.ViewKind, Name: schema.Name{Name: "v"}, Definition: "SELECT 1", Options: opts}}
	}
	with := func(options string) []string { return []string{"CREATE " + options + " VIEW `v` AS\nSELECT 1"} }
	replaced := view(mysql.CurrentUser())
	replaced.Replace = true
	checkTexts(t, []textCase{
		{stmt: view(mysql.SecurityInvoker, mysql.Definer("app", "%"), mysql.ViewTempTable), want: with("ALGORITHM=TEMPTABLE DEFINER=`app`@`%` SQL SECURITY INVOKER")},
		{stmt: view(mysql.ViewUndefined, mysql.SecurityDefiner, mysql.CurrentUser()), want: with("ALGORITHM=UNDEFINED DEFINER=CURRENT_USER SQL SECURITY DEFINER")},
		{stmt: view(mysql.Definer("a`; DROP TABLE t; -- \\", "%`\"'")), want: with("DEFINER=`a``; DROP TABLE t; -- \\`@`%``\"'`")},
		{stmt: view(mysql.Definer("a@b", "c")), want: with("DEFINER=`a@b`@`c`")},
		{stmt: view(mysql.Definer("", "localhost")), want: with("DEFINER=``@`localhost`")},
		{stmt: view(mysql.Definer("who", "")), want: with("DEFINER=`who`@``")},
		{flavor: mysql.MariaDB, stmt: view(mysql.Definer("role", "")), want: with("DEFINER=`role`")},
		{stmt: replaced, want: []string{"-- A script cannot know what the view has of ALGORITHM, SQL SECURITY: op.With says it in the revision, else it is the default from now on.\n" +
			"CREATE OR REPLACE DEFINER=CURRENT_USER VIEW `v` AS\nSELECT 1"}},
		{stmt: view(mysql.Definer("", "")), err: `creating view "v": an account is empty: say mysql.Definer(user, host)`},
		{stmt: view(mysql.Definer("a", "b@c")), err: `creating view "v": the host "b@c" of account "a" holds an @, which MySQL does not allow`},
		{stmt: view(mysql.Definer("a\x00", "b")), err: `creating view "v": the account "a\x00" holds a NUL, which MySQL does not allow`},
		{stmt: view(mysql.Definer("a\xff", "b")), err: `creating view "v": the account "a\xff" is not valid UTF-8`},
		{stmt: view(mysql.Definer("😀", "b")), err: `creating view "v": the account "😀": MySQL keeps names in characters up to U+FFFF`},
		{stmt: view(mysql.ViewAlgorithm("FAST")), err: `creating view "v": there is no algorithm "FAST" of a view: use mysql.ViewMerge, ViewTempTable or ViewUndefined`},
		{stmt: view(mysql.SQLSecurity("NONE")), err: `creating view "v": there is no SQL SECURITY "NONE": use mysql.SecurityInvoker or SecurityDefiner`},
		{stmt: view(mysql.Engine("InnoDB")), err: `creating view "v": mysql.engine is no option of a view`},
		{stmt: view(sqlite.Strict()), want: []string{"CREATE VIEW `v` AS\nSELECT 1"}},
	})
}

// TestDeclaredViewOptions: a declaration has the last of each kind, and says them.
func TestDeclaredViewOptions(t *testing.T) {
	m := schema.NewMetadata(schema.Options{})
	v := m.View("v", schema.ViewAs("SELECT 1"), mysql.ViewMerge, mysql.SecurityDefiner, mysql.Definer("a", "b"), mysql.ViewTempTable)
	var said []string
	for _, o := range v.Options {
		said = append(said, o.Call().Func)
	}
	if got := strings.Join(said, " "); got != "Definer SecurityDefiner ViewTempTable" {
		t.Errorf("the view has %s", got)
	}
	if args := v.Declaration().Args; len(args) != 5 {
		t.Errorf("declared by %v", args)
	}
}
