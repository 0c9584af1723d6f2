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
	if !strings.HasPrefix(text, "PRAGMA foreign_keys = OFF;\n\nBEGIN;\n") || !strings.HasSuffix(text, "COMMIT;\n\nPRAGMA foreign_keys = ON;\n\n") {
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
