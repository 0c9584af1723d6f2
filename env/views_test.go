package env_test

import (
	"context"
	"database/sql"
	"net/url"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
)

// TestDefinerWithoutTheRight: who may not have a view belong to another account is
// told by the run what to do.
func TestDefinerWithoutTheRight(t *testing.T) {
	for _, k := range []testdb.Kind{testdb.KindMySQL, testdb.KindMariaDB} {
		t.Run(k.String(), func(t *testing.T) {
			d := testdb.Open(t, k)
			user := "v" + d.Name[max(0, len(d.Name)-20):]
			for _, text := range []string{
				"CREATE TABLE account (id INT PRIMARY KEY)", "CREATE VIEW few AS SELECT id FROM account",
				"CREATE USER '" + user + "'@'localhost' IDENTIFIED BY 'x'", "GRANT ALL ON " + d.Name + ".* TO '" + user + "'@'localhost'",
			} {
				if _, err := d.DB.ExecContext(t.Context(), text); err != nil {
					t.Fatal(err)
				}
			}
			t.Cleanup(func() { _, _ = d.DB.Exec("DROP USER '" + user + "'@'localhost'") })
			u, err := url.Parse(d.URL)
			if err != nil {
				t.Fatal(err)
			}
			pool, err := sql.Open(d.Driver, user+":x@tcp("+u.Host+")/"+d.Name)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = pool.Close() }()
			h := newHistory(t, does("a1", "", func(_ context.Context, o *op.Operations) error {
				o.ReplaceView("few", "SELECT id FROM account WHERE id > 0", "SELECT id FROM account")
				return o.Err()
			}))
			err = h.run(t, h.upgrade("head"), env.Options{DB: pool})
			privilege := map[testdb.Kind]string{testdb.KindMySQL: "SET_ANY_DEFINER", testdb.KindMariaDB: "SET USER"}[k]
			wantError(t, err, privilege, "the view belongs to another account than the one that migrates", "grant the one that migrates that privilege", "op.With(mysql.CurrentUser())")
		})
	}
}

// TestScriptKeepsViewOptions: a script knows the options of the views that it makes.
func TestScriptKeepsViewOptions(t *testing.T) {
	h := newHistory(t,
		does("a1", "", func(_ context.Context, o *op.Operations) error {
			o.CreateView("v", "SELECT 1 AS a", op.With(mysql.ViewMerge, mysql.Definer("app", "%")))
			return o.Err()
		}),
		does("a2", "a1", func(_ context.Context, o *op.Operations) error {
			o.ReplaceView("v", "SELECT 2 AS a", "SELECT 1 AS a", op.With(mysql.SecurityInvoker))
			o.ReplaceView("v", "SELECT 3 AS a", "SELECT 2 AS a")
			o.ReplaceView("other", "SELECT 3 AS a", "SELECT 2 AS a", op.With(mysql.ViewMerge))
			o.DropView("v")
			o.CreateView("v", "SELECT 4 AS a")
			o.ReplaceView("v", "SELECT 5 AS a", "SELECT 4 AS a")
			return o.Err()
		}),
	)
	text, err := h.script(t, h.upgrade("head"), "", env.Options{Dialect: "mysql"})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for line := range strings.Lines(text) {
		if strings.Contains(line, "VIEW") || strings.Contains(line, "cannot know") {
			got = append(got, strings.TrimSpace(line))
		}
	}
	equal(t, "the script", got, []string{
		"CREATE ALGORITHM=MERGE DEFINER=`app`@`%` VIEW `v` AS",
		"CREATE OR REPLACE ALGORITHM=MERGE DEFINER=`app`@`%` SQL SECURITY INVOKER VIEW `v` AS",
		"CREATE OR REPLACE ALGORITHM=MERGE DEFINER=`app`@`%` SQL SECURITY INVOKER VIEW `v` AS",
		"-- A script cannot know what the view has of DEFINER, SQL SECURITY: op.With says it in the revision, else it is the default from now on.",
		"CREATE OR REPLACE ALGORITHM=MERGE VIEW `other` AS",
		"DROP VIEW `v`;",
		"CREATE VIEW `v` AS",
		"CREATE OR REPLACE VIEW `v` AS",
	})
}

// TestScriptKeepsDefiners: a script knows whom the triggers and routines belong to that it makes.
func TestScriptKeepsDefiners(t *testing.T) {
	h := newHistory(t,
		does("a1", "", func(_ context.Context, o *op.Operations) error {
			o.CreateTrigger("x", "t", "one", op.With(mysql.Definer("app", "%")))
			o.Schema("s").CreateTrigger("x", "t", "one")
			o.CreateProcedure("x", "() SELECT 1", op.With(mysql.Definer("own", "%")))
			return o.Err()
		}),
		does("a2", "a1", func(_ context.Context, o *op.Operations) error {
			o.ReplaceTrigger("x", "t", "two", "one")
			o.Schema("s").ReplaceTrigger("x", "t", "two", "one")
			o.ReplaceProcedure("x", "() SELECT 2", "() SELECT 1")
			o.CreateProcedure("x", "() SELECT 3", op.OrReplace())
			o.ReplaceEvent("x", "two", "one")
			o.DropTrigger("x", "t")
			o.CreateTrigger("x", "t", "three", op.OrReplace())
			o.CreateTrigger("y", "was", "one", op.With(mysql.Definer("app", "%")))
			o.RenameTable("was", "is")
			o.ReplaceTrigger("y", "is", "two", "one")
			o.DropTable("is")
			o.CreateTrigger("y", "is", "three", op.OrReplace())
			return o.Err()
		}),
	)
	text, err := h.script(t, h.upgrade("head"), "", env.Options{Dialect: "mariadb"})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for line := range strings.Lines(text) {
		if strings.Contains(line, "TRIGGER") || strings.Contains(line, "PROCEDURE") || strings.Contains(line, "EVENT") || strings.Contains(line, "cannot know") {
			got = append(got, strings.TrimSpace(line))
		}
	}
	equal(t, "the script", got, []string{
		"CREATE DEFINER=`app`@`%` TRIGGER `x` one;",
		"CREATE TRIGGER `s`.`x` one;",
		"CREATE DEFINER=`own`@`%` PROCEDURE `x` () SELECT 1;",
		"CREATE OR REPLACE DEFINER=`app`@`%` TRIGGER `x` two;",
		"CREATE OR REPLACE TRIGGER `s`.`x` two;",
		"CREATE OR REPLACE DEFINER=`own`@`%` PROCEDURE `x` () SELECT 2;",
		"-- A script cannot know what the procedure has of SQL SECURITY: the definition says it in the revision, else it is the default from now on.",
		"CREATE OR REPLACE DEFINER=`own`@`%` PROCEDURE `x` () SELECT 3;",
		"-- A script cannot know what the event has of DEFINER: op.With says it in the revision, else it is the default from now on.",
		"CREATE OR REPLACE EVENT `x` two;",
		"DROP TRIGGER `x`;",
		"-- A script cannot know what the trigger has of DEFINER: op.With says it in the revision, else it is the default from now on.",
		"CREATE OR REPLACE TRIGGER `x` three;",
		"CREATE DEFINER=`app`@`%` TRIGGER `y` one;",
		"CREATE OR REPLACE DEFINER=`app`@`%` TRIGGER `y` two;",
		"-- A script cannot know what the trigger has of DEFINER: op.With says it in the revision, else it is the default from now on.",
		"CREATE OR REPLACE TRIGGER `y` three;",
	})
}
