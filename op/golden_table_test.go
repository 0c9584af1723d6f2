package op_test

import (
	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/dialect/sqlite"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

var (
	name      = func(table string) schema.Name { return schema.Name{Name: table} }
	inSales   = func(table string) schema.Name { return schema.Name{Schema: "sales", Name: table} }
	mysqls    = []string{"mysql", "mariadb", "tidb"}
	postgress = []string{"postgresql"}
	sqlites   = []string{"sqlite"}
)

// customer and order are tables that operations change.
func customer(items ...schema.TableItem) *schema.Table {
	return schema.NewTable("customer", append([]schema.TableItem{
		schema.Column("id", schema.Integer(), schema.PrimaryKey(), schema.AutoIncrement()),
		schema.Column("name", schema.String(50), schema.NotNull()),
		schema.Column("city", schema.String(30), schema.ServerDefault(schema.Literal("Oslo"))),
		schema.Column("age", schema.Integer()),
	}, items...)...)
}

func order(items ...schema.TableItem) *schema.Table {
	return schema.NewTable("order", append([]schema.TableItem{
		schema.Column("id", schema.Integer(), schema.PrimaryKey(), schema.AutoIncrement()),
		schema.Column("customer_id", schema.Integer()),
		schema.Column("starts", schema.Date()),
	}, items...)...)
}

func create(tables ...*schema.Table) (ops []op.Operation) {
	for _, t := range tables {
		ops = append(ops, &op.CreateTable{Table: t})
	}
	return ops
}

func tableCases() map[string][]opCase {
	full := schema.NewTable("invoice",
		schema.Column("id", schema.BigInteger(), schema.PrimaryKey(), schema.AutoIncrement()),
		schema.Column("number", schema.String(20), schema.NotNull(), schema.Unique(), schema.Comment("it's printed")),
		schema.Column("customer_id", schema.Integer(), schema.NotNull(), schema.References("customer.id", schema.OnDelete(schema.Cascade)), schema.Indexed()),
		schema.Column("net", schema.Numeric(12, 2), schema.NotNull(), schema.ServerDefault(schema.Literal(0)), schema.Check("", "net >= 0")),
		schema.Column("paid", schema.Boolean(), schema.NotNull(), schema.ServerDefault(schema.Literal(false))),
		schema.Column("made", schema.DateTime(), schema.NotNull(), schema.ServerDefault(schema.Now())),
		schema.Column("gross", schema.Numeric(12, 2), schema.ComputedAs("net * 2", schema.Stored)),
		schema.CheckConstraint("ck_invoice_net", "net < 1000000"),
		schema.UniqueConstraint("uq_invoice_customer", "customer_id", "made"),
		schema.Index("ix_invoice_made", "made"),
		schema.Comment("what is owed"),
	)
	cases := map[string][]opCase{
		"create_table": {
			{name: "everything", before: create(customer()), do: &op.CreateTable{Table: full}},
			{name: "if not exists", do: &op.CreateTable{Table: customer(), Guard: ddl.IfNotExists}},
			{name: "no columns", do: &op.CreateTable{Table: schema.NewTable("nothing")}, on: postgress},
			{name: "referring to itself", do: &op.CreateTable{Table: customer(schema.Column("parent", schema.Integer(), schema.References("customer.id")))}},
			{name: "key of two columns", do: &op.CreateTable{Table: schema.NewTable("pair",
				schema.Column("a", schema.Integer(), schema.NotNull()), schema.Column("b", schema.String(10), schema.NotNull()),
				schema.PrimaryKeyConstraint("pk_pair", "a", "b"))}},
			{name: "hostile names", do: &op.CreateTable{Table: schema.NewTable("a\"b`c'd",
				schema.Column("select", schema.Integer()), schema.Column("é %s \\", schema.String(30), schema.ServerDefault(schema.Literal("it's \\ \"x\" `y`"))))}},
			{name: "with options", do: &op.CreateTable{Table: customer(mysql.Engine("InnoDB"), mysql.Charset("utf8mb4"), mysql.Collate("utf8mb4_bin"), mysql.RowFormat("DYNAMIC"))}, on: mysqls},
			{name: "with options", do: &op.CreateTable{Table: customer(postgres.Unlogged(), postgres.With("fillfactor", "70"))}, on: postgress},
			{name: "with options", do: &op.CreateTable{Table: schema.NewTable("pair", schema.Column("a", schema.Text(), schema.PrimaryKey()), sqlite.Strict(), sqlite.WithoutRowid())}, on: sqlites},
			{name: "in a schema", before: exec("CREATE SCHEMA sales"), do: &op.CreateTable{Table: customer(schema.InSchema("sales"), schema.Index("ix_name", "name"))}, on: postgress},
		},
		"drop_table": {
			{name: "not known", before: create(customer()), do: &op.DropTable{Table: name("customer")}},
			{name: "known", before: create(customer(schema.Index("ix_name", "name"))), do: &op.DropTable{Table: name("customer"), Was: customer(schema.Index("ix_name", "name"))}},
			{name: "if exists", do: &op.DropTable{Table: name("customer"), Guard: ddl.IfExists}},
			{name: "in a schema", before: append(exec("CREATE SCHEMA sales"), create(customer(schema.InSchema("sales")))...), do: &op.DropTable{Table: inSales("customer")}, on: postgress},
		},
		"rename_table": {
			{name: "plain", before: create(customer(), order(schema.ForeignKeyConstraint("fk", []string{"customer_id"}, "customer", []string{"id"}))), do: &op.RenameTable{Table: name("customer"), To: "client"}},
			{name: "in a schema", before: append(exec("CREATE SCHEMA sales"), create(customer(schema.InSchema("sales")))...), do: &op.RenameTable{Table: inSales("customer"), To: "client"}, on: postgress},
		},
		"table_comment": {
			{name: "set", before: create(customer()), do: &op.TableComment{Table: name("customer"), Comment: "it's who buys"}},
			{name: "change", before: create(customer(schema.Comment("a"))), do: &op.TableComment{Table: name("customer"), Comment: "b", Was: new("a")}},
			{name: "drop", before: create(customer(schema.Comment("a"))), do: &op.TableComment{Table: name("customer"), Was: new("a")}},
		},
		"bulk_insert": {
			{name: "rows", before: create(customer()), do: &op.BulkInsert{Table: name("customer"), Rows: []op.Row{
				{"id": 1, "name": "it's", "city": nil, "age": 7}, {"id": 2, "name": "back\\slash; -- \"é\"", "city": schema.Literal("x"), "age": schema.SQL("1 + 1")},
			}}},
			{name: "line breaks", before: create(customer()), do: &op.BulkInsert{Table: name("customer"), Rows: []op.Row{{"id": 1, "name": "a\r\nb\n"}}}, on: append(mysqls, "sqlite")},
			{name: "no rows", before: create(customer()), do: &op.BulkInsert{Table: name("customer")}},
			{name: "rows that differ", before: create(customer()), do: &op.BulkInsert{Table: name("customer"), Rows: []op.Row{{"id": 1}, {"name": "x"}}}},
		},
		"exec": {
			{name: "a statement", before: create(customer()), do: &op.Exec{SQL: "DELETE FROM customer WHERE name = 'x;y'"}},
			{name: "ends in a comment", before: create(customer()), do: &op.Exec{SQL: "DELETE FROM customer -- all;"}},
			{name: "bound", before: create(customer()), do: &op.Exec{SQL: "DELETE FROM customer WHERE id = ?", Args: []any{1}}},
			{name: "empty", do: &op.Exec{SQL: " "}},
		},
		"irreversible": {
			{name: "plain", do: &op.Irreversible{What: `run script "fill.sql"`}},
			{name: "with the reason", do: &op.Irreversible{What: `drop table "customer"`, Why: "its rows are gone"}},
		},
	}
	cases["table_option"], cases["reset_table_option"] = optionCases()
	return cases
}

func optionCases() (set, reset []opCase) {
	for _, c := range []struct {
		on       []string
		old, new schema.Option
	}{
		{mysqls, mysql.RowFormat("COMPACT"), mysql.RowFormat("DYNAMIC")},
		{postgress, postgres.With("fillfactor", "70"), postgres.With("fillfactor", "80")},
		{sqlites, sqlite.Strict(), sqlite.Strict()},
	} {
		t := schema.NewTable("t", schema.Column("a", schema.Integer(), schema.PrimaryKey()), c.old.(schema.TableItem))
		plain := schema.NewTable("t", schema.Column("a", schema.Integer(), schema.PrimaryKey()))
		set = append(set,
			opCase{name: "new", before: create(plain), do: &op.TableOption{Table: t.Name, Option: c.old, Fresh: true}, on: c.on},
			opCase{name: "changed", before: create(t), do: &op.TableOption{Table: t.Name, Option: c.new, Was: c.old}, on: c.on},
		)
		reset = append(reset, opCase{name: "reset", before: create(t), do: &op.ResetTableOption{Table: t.Name, Option: c.old}, on: c.on})
	}
	return set, reset
}

func exec(statements ...string) (ops []op.Operation) {
	for _, s := range statements {
		ops = append(ops, &op.Exec{SQL: s})
	}
	return ops
}
