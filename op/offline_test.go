package op_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
)

// A client may have foreign keys on. A script that copies a table must not touch
// the rows that refer to it, and must leave the switch on.
func TestSQLiteScriptInClientWithForeignKeys(t *testing.T) {
	child := order(schema.ForeignKeyConstraint("fk", []string{"customer_id"}, "customer", []string{"id"}, schema.OnDelete(schema.Cascade)))
	rows := []op.Operation{
		&op.BulkInsert{Table: name("customer"), Rows: []op.Row{{"id": 1, "name": "a"}, {"id": 2, "name": "b"}}},
		&op.BulkInsert{Table: name("order"), Rows: []op.Row{{"id": 10, "customer_id": 1}, {"id": 11, "customer_id": 2}}},
	}
	text, err := offline(t, "sqlite", "copy",
		invoking("before", script.Base(), append(create(customer(), child), rows...)...),
		invoking("copy", script.Revises("before"), altering(name("customer"), "name", op.SetType(schema.Text()))))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(text, "PRAGMA foreign_keys = OFF;\n") || !strings.HasSuffix(text, "PRAGMA foreign_keys = ON;\n\n") {
		t.Errorf("the script does not begin and end with the switch:\n%s", text)
	}
	db := testdb.SQLite(t)
	cmd, err := db.ClientCommand(t.Context())
	if err != nil {
		t.Skip(err)
	}
	cmd.Args = slices.Insert(cmd.Args, 1, "-cmd", "PRAGMA foreign_keys = ON")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	cmd.Stdin = strings.NewReader(text + "PRAGMA foreign_keys; SELECT id FROM \"order\" ORDER BY 1; SELECT name FROM customer ORDER BY 1;")
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %s", err, out.String())
	}
	if got := strings.Fields(out.String()); !slices.Equal(got, []string{"1", "10", "11", "a", "b"}) {
		t.Errorf("the client printed %q", got)
	}
}

// A script that leaves rows without the row that they refer to leaves nothing,
// also in a client that goes on after an error. What was broken before is let be.
func TestSQLiteScriptChecksForeignKeys(t *testing.T) {
	child := order(schema.ForeignKeyConstraint("fk", []string{"customer_id"}, "customer", []string{"id"}))
	text, err := offline(t, "sqlite", "bad",
		invoking("before", script.Base(), create(customer(), child)...),
		invoking("good", script.Revises("before"),
			&op.BulkInsert{Table: name("customer"), Rows: []op.Row{{"id": 1, "name": "a"}}},
			&op.BulkInsert{Table: name("order"), Rows: []op.Row{{"id": 10, "customer_id": 1}}}),
		invoking("bad", script.Revises("good"), &op.Exec{SQL: "DELETE FROM customer"}))
	if err != nil {
		t.Fatal(err)
	}
	for _, bail := range []bool{true, false} {
		db := testdb.SQLite(t)
		db.Client(t, "CREATE TABLE old (id INTEGER PRIMARY KEY, up INTEGER REFERENCES old (id)); INSERT INTO old VALUES (1, 99);")
		cmd, err := db.ClientCommand(t.Context())
		if err != nil {
			t.Skip(err)
		}
		if !bail {
			cmd.Args = slices.DeleteFunc(cmd.Args, func(a string) bool { return a == "-bail" })
		}
		var out bytes.Buffer
		cmd.Stdout, cmd.Stderr, cmd.Stdin = &out, &out, strings.NewReader(text)
		if err := cmd.Run(); err == nil || !strings.Contains(out.String(), "rows refer to rows that do not exist") {
			t.Errorf("bail %v: the client said %v: %s", bail, err, out.String())
		}
		if got, want := db.Client(t, "SELECT version_num FROM alembic_version; SELECT id FROM customer;"), "good\n1\n"; got != want {
			t.Errorf("bail %v: got %q, want %q", bail, got, want)
		}
	}
}
