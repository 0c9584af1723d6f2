package op_test

import (
	"errors"
	"fmt"
	"testing/fstest"
	"time"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

func ExampleOperations_BulkInsert() {
	say(func(o *op.Operations) {
		o.BulkInsert("account",
			op.Row{"id": 1, "name": "it's me", "active": true, "settings": map[string]any{"theme": "dark"}},
			op.Row{"id": 2, "name": nil, "active": false, "settings": schema.SQL("upper('{}')")},
		)
	})
	// Output:
	// -- mysql, mariadb, tidb
	// INSERT INTO `account` (`active`, `id`, `name`, `settings`) VALUES (true, 1, 'it''s me', '{"theme":"dark"}'),
	//     (false, 2, NULL, upper('{}'));
	// -- postgresql
	// INSERT INTO "account" ("active", "id", "name", "settings") VALUES (true, 1, 'it''s me', '{"theme":"dark"}'),
	//     (false, 2, NULL, upper('{}'));
	// -- sqlite
	// INSERT INTO "account" ("active", "id", "name", "settings") VALUES (1, 1, 'it''s me', '{"theme":"dark"}'),
	//     (0, 2, NULL, upper('{}'));
}

func ExampleOperations_UpdateRows() {
	say(func(o *op.Operations) {
		o.UpdateRows("account", op.Row{"active": true}, op.Row{"name": "it's me"})
	})
	// Output:
	// -- mysql, mariadb, tidb
	// UPDATE `account` SET `active` = true WHERE `name` = 'it''s me';
	// -- postgresql
	// UPDATE "account" SET "active" = true WHERE "name" = 'it''s me';
	// -- sqlite
	// UPDATE "account" SET "active" = 1 WHERE "name" = 'it''s me';
}

func ExampleOperations_DeleteRows() {
	say(func(o *op.Operations) {
		o.DeleteRows("account", op.Row{"name": nil})
	})
	// Output:
	// -- mysql, mariadb, tidb
	// DELETE FROM `account` WHERE `name` IS NULL;
	// -- postgresql, sqlite
	// DELETE FROM "account" WHERE "name" IS NULL;
}

func ExampleOperations_Exec() {
	say(func(o *op.Operations) {
		o.Exec("UPDATE account SET name = upper(name)")
	})
	// Output:
	// -- mysql, mariadb, tidb, postgresql, sqlite
	// UPDATE account SET name = upper(name);
}

func ExampleOperations_ExecNamed() {
	say(func(o *op.Operations) {
		o.ExecNamed("UPDATE account SET name = :name, note = ':name' WHERE seen < :seen", op.Binds{
			"name": `back\slash`,
			"seen": time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
		})
	})
	// Output:
	// -- mysql, mariadb, tidb
	// UPDATE account SET name = 'back\\slash', note = ':name' WHERE seen < '2026-01-02 03:04:05';
	// -- postgresql
	// UPDATE account SET name = E'back\\slash', note = ':name' WHERE seen < '2026-01-02 03:04:05+00';
	// -- sqlite
	// UPDATE account SET name = 'back\slash', note = ':name' WHERE seen < '2026-01-02 03:04:05';
}

func ExampleOperations_ExecScript() {
	say(func(o *op.Operations) {
		o.ExecScript("DELETE FROM session; -- all of them\nDELETE FROM account WHERE name = ';';")
	})
	// Output:
	// -- mysql, mariadb, tidb, postgresql, sqlite
	// DELETE FROM session;
	// DELETE FROM account WHERE name = ';';
}

func ExampleOperations_ExecFile() {
	say(func(o *op.Operations) {
		files := fstest.MapFS{"clear.sql": {Data: []byte("DELETE FROM session;\nDELETE FROM account;\n")}} // go:embed in a revision
		o.ExecFile(files, "clear.sql")
	})
	// Output:
	// -- mysql, mariadb, tidb, postgresql, sqlite
	// DELETE FROM session;
	// DELETE FROM account;
}

func ExampleOperations_AutocommitBlock() {
	say(func(o *op.Operations) {
		if o.Dialect() != "postgresql" {
			return
		}
		o.AutocommitBlock(func(o *op.Operations) error {
			o.Exec("VACUUM account")
			return o.Err()
		})
	})
	// Output:
	// -- mysql, mariadb, tidb
	// nothing
	// -- postgresql
	// COMMIT;
	// VACUUM account;
	// BEGIN;
	// -- sqlite
	// nothing
}

func ExampleOperations_Dialect() {
	say(func(o *op.Operations) {
		if o.Dialect() == "sqlite" {
			o.Exec("PRAGMA user_version = 1")
		}
	})
	// Output:
	// -- mysql, mariadb, tidb, postgresql
	// nothing
	// -- sqlite
	// PRAGMA user_version = 1;
}

func ExampleOperations_Query() {
	say(func(o *op.Operations) {
		o.Query(func(scan func(...any) error) error {
			var id int
			return scan(&id)
		}, "SELECT id FROM account")
	})
	// Output:
	// -- mysql, mariadb, tidb, postgresql, sqlite
	// refused: query SELECT id FROM account: a script has no connection
}

func ExampleOperations_Conn() {
	say(func(o *op.Operations) {
		if _, err := o.Conn(); err != nil {
			o.Fail(fmt.Errorf("copying the pictures: %w", err))
		}
	})
	// Output:
	// -- mysql, mariadb, tidb, postgresql, sqlite
	// refused: copying the pictures: a script has no connection
}

func ExampleOperations_Fail() {
	say(func(o *op.Operations) {
		o.Fail(errors.New("there is nothing to be done here"))
		o.DropTable("account") // does not run
	})
	// Output:
	// -- mysql, mariadb, tidb, postgresql, sqlite
	// refused: there is nothing to be done here
}

func ExampleOperations_Invoke() {
	say(func(o *op.Operations) {
		// grant implements op.Operation: its Lower gives "GRANT SELECT …".
		o.Invoke(&grant{table: "account", to: "reader"})
	})
	// Output:
	// -- mysql, mariadb, tidb, postgresql, sqlite
	// GRANT SELECT ON account TO reader;
}

// grant lets somebody read a table.
type grant struct{ table, to string }

// Lower gives the statement.
func (g *grant) Lower() ([]ddl.Statement, error) {
	return []ddl.Statement{ddl.Raw{SQL: "GRANT SELECT ON " + g.table + " TO " + g.to}}, nil
}

// Reverse is revoke, of which this example has none.
func (g *grant) Reverse() (op.Operation, error) { return nil, op.ErrIrreversible }

// Call is how a revision says it.
func (g *grant) Call() schema.Call {
	return schema.Call{Func: "Invoke", Args: []any{schema.Call{Path: "example.com/ops", Func: "Grant", Args: []any{g.table, g.to}}}}
}

func (g *grant) String() string { return fmt.Sprintf("grant on table %q", g.table) }
