package op_test

import (
	"context"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

func columnCases() map[string][]opCase {
	return map[string][]opCase{
		"add_column":   addColumnCases(),
		"drop_column":  dropColumnCases(),
		"alter_column": append(alterColumnCases(), ownAlterColumnCases()...),
		"alter_table":  alterTableCases(),
	}
}

func addColumnCases() (list []opCase) {
	add := func(what string, c *schema.ColumnDef, on ...string) {
		list = append(list, opCase{name: what, before: create(order(), customer()), do: &op.AddColumn{Table: name("customer"), Column: c}, on: on})
	}
	add("plain", schema.Column("note", schema.Text()))
	add("not null with a default", schema.Column("grade", schema.String(5), schema.NotNull(), schema.ServerDefault(schema.Literal("it's"))))
	add("default that moves", schema.Column("made", schema.DateTime(), schema.NotNull(), schema.ServerDefault(schema.Now())))
	add("unique", schema.Column("vat", schema.String(20), schema.Unique()))
	add("with an index", schema.Column("vat", schema.String(20), schema.Indexed()))
	add("with a check", schema.Column("size", schema.Integer(), schema.Check("ck_size", "size > 5")))
	add("reference", schema.Column("order_id", schema.Integer(), schema.References("order.id", schema.Named("fk_order"), schema.OnDelete(schema.SetNull))))
	add("computed", schema.Column("twice", schema.Integer(), schema.ComputedAs("age * 2", schema.Virtual)), "mysql", "mariadb", "tidb", "sqlite")
	add("computed and kept", schema.Column("twice", schema.Integer(), schema.ComputedAs("age * 2", schema.Stored)))
	add("with a comment", schema.Column("note", schema.Text(), schema.Comment("it's said")))
	add("collated", schema.Column("note", schema.String(9), schema.Collate("utf8mb4_bin")), mysqls...)
	add("collated", schema.Column("note", schema.String(9), schema.Collate("C")), postgress...)
	add("identity", schema.Column("seq", schema.Integer(), schema.NotNull(), schema.IdentityAs(schema.Identity{Always: true, Start: 3, Increment: 2})), postgress...)
	add("serial", schema.Column("seq", schema.Integer(), schema.NotNull(), schema.AutoIncrement(), postgres.Serial()), postgress...)
	add("of a type of its own", schema.Column("size", mysql.Unsigned(schema.Integer()), mysql.Invisible(), schema.ServerDefault(schema.Literal(1))), mysqls...)
	place := func(what string, p ddl.Place, on ...string) {
		list = append(list, opCase{name: what, before: create(customer()), do: &op.AddColumn{Table: name("customer"), Column: schema.Column("note", schema.String(9)), Place: p}, on: on})
	}
	place("first", ddl.Place{First: true})
	place("after", ddl.Place{After: "name"})
	place("before", ddl.Place{Before: "name"})
	keyless := schema.NewTable("plain", schema.Column("a", schema.Integer()))
	return append(list,
		opCase{name: "if not exists", before: create(customer()), do: &op.AddColumn{Table: name("customer"), Column: schema.Column("note", schema.Text()), Guard: ddl.IfNotExists}},
		opCase{name: "primary key", before: create(keyless), do: &op.AddColumn{Table: name("plain"), Column: schema.Column("id", schema.Integer(), schema.PrimaryKey(), schema.AutoIncrement())}},
		opCase{name: "nameless", do: &op.AddColumn{Table: name("plain"), Column: schema.Column("", schema.Integer())}},
	)
}

func dropColumnCases() []opCase {
	known := customer().Column("city")
	t := func(items ...schema.TableItem) []op.Operation { return create(customer(items...)) }
	return []opCase{
		{name: "not known", before: t(), do: &op.DropColumn{Table: name("customer"), Name: "city"}},
		{name: "known", before: t(), do: &op.DropColumn{Table: name("customer"), Name: "city", Was: known}},
		{name: "if exists", before: t(), do: &op.DropColumn{Table: name("customer"), Name: "city", Guard: ddl.IfExists}},
		{name: "in an index", before: t(schema.Index("ix_city", "city")), do: &op.DropColumn{Table: name("customer"), Name: "city"}},
	}
}

// altering is the operation that AlterColumn runs.
func altering(table schema.Name, column string, opts ...op.AlterColumnOption) (p op.Operation) {
	o := op.New(context.Background(), &recorder{}).Schema(table.Schema)
	o.AlterTable(table.Name, func(t *op.Table) {
		t.AlterColumn(column, opts...)
		p = op.ChangesOf(t)[0]
	})
	return p
}

// changeCase changes the column c of a table with a column on each side.
func changeCase(what string, was *schema.ColumnDef, on []string, opts ...op.AlterColumnOption) opCase {
	t := schema.NewTable("t", schema.Column("id", schema.Integer(), schema.PrimaryKey(), schema.AutoIncrement()), was, schema.Column("z", schema.Integer()))
	existing := op.Existing(was.Type, schema.ColumnFunc(func(c *schema.ColumnDef) { *c = *was.Clone() }))
	return opCase{name: what, before: create(t), do: altering(t.Name, was.Name, append(opts, existing)...), on: on}
}

// unknownCase changes a column of which nothing is said, in a table that the
// script does not know either: SQL of the user's own made it.
func unknownCase(what string, opts ...op.AlterColumnOption) opCase {
	before := exec("CREATE TABLE t (id INTEGER PRIMARY KEY, c VARCHAR(20) DEFAULT 'x', z INTEGER)")
	return opCase{name: what + ", nothing known", before: before, do: altering(name("t"), "c", opts...)}
}

func alterColumnCases() (list []opCase) {
	add := func(what string, was *schema.ColumnDef, opts ...op.AlterColumnOption) {
		list = append(list, changeCase(what, was, nil, opts...))
	}
	str := func(items ...schema.ColumnItem) *schema.ColumnDef {
		return schema.Column("c", schema.String(20), items...)
	}
	x := schema.ServerDefault(schema.Literal("x"))
	add("type", str(schema.NotNull(), x), op.SetType(schema.String(50)))
	add("not null", str(x), op.SetNotNull())
	add("nullable", str(schema.NotNull()), op.SetNullable())
	add("default", str(), op.SetDefault(schema.Literal("it's")))
	add("default that moves", schema.Column("c", schema.DateTime()), op.SetDefault(schema.Now()))
	add("no default", str(x), op.DropDefault())
	add("comment", str(schema.NotNull(), x), op.SetComment("it's said"))
	add("no comment", str(schema.Comment("said")), op.SetComment(""))
	add("name", str(schema.NotNull(), x), op.Rename("d"))
	add("everything", str(x, schema.Comment("a")), op.Rename("d"), op.SetType(schema.Text()), op.SetNotNull(), op.DropDefault(), op.SetComment("b"))
	add("not computed", schema.Column("c", schema.Integer(), schema.ComputedAs("z + 1", schema.Stored)), op.DropComputed())
	add("nothing", str())
	add("using without a type", str(), op.Using("c::int"), op.SetNotNull())
	computed := schema.Column("c", schema.Integer(), schema.ComputedAs("z + 1", schema.Stored))
	other := changeCase("computed", computed, nil, op.SetComputed("z + 2", schema.Stored))
	other.since = 17
	known := changeCase("of a known table, nothing said", str(schema.NotNull(), x), nil)
	known.do = altering(name("t"), "c", op.SetType(schema.String(50)))
	return append(list, other, known,
		unknownCase("type", op.SetType(schema.String(50))), unknownCase("not null", op.SetNotNull()), unknownCase("nullable", op.SetNullable()),
		unknownCase("default", op.SetDefault(schema.Literal("it's"))), unknownCase("no default", op.DropDefault()),
		unknownCase("comment", op.SetComment("said")), unknownCase("name", op.Rename("d")))
}

// ownAlterColumnCases are changes that not every database can make.
func ownAlterColumnCases() (list []opCase) {
	add := func(on []string, what string, was *schema.ColumnDef, opts ...op.AlterColumnOption) {
		list = append(list, changeCase(what, was, on, opts...))
	}
	integer := func(items ...schema.ColumnItem) *schema.ColumnDef {
		return schema.Column("c", schema.Integer(), items...)
	}
	add(postgress, "using", schema.Column("c", schema.String(20)), op.SetType(schema.Integer()), op.Using("c::integer"))
	add(postgress, "type with a default", schema.Column("c", schema.String(20), schema.ServerDefault(schema.Literal("1"))), op.SetType(schema.Integer()), op.Using("c::integer"), op.SetDefault(schema.Literal(1)))
	add(postgress, "identity", integer(schema.NotNull()), op.SetIdentity(schema.Identity{Start: 5, Cycle: true}))
	add(postgress, "another identity", integer(schema.NotNull(), schema.IdentityAs(schema.Identity{})), op.SetIdentity(schema.Identity{Always: true, Increment: 3}))
	add(postgress, "no identity", integer(schema.NotNull(), schema.IdentityAs(schema.Identity{Always: true})), op.DropIdentity())
	add(postgress, "collation", schema.Column("c", schema.String(20)), op.SetCollation("C"))
	add(postgress, "options", schema.Column("c", schema.Text()), op.SetOptions(postgres.Storage("external"), postgres.Statistics(50)))
	add(mysqls, "first", integer(schema.NotNull()), op.First())
	add(mysqls, "after", integer(schema.NotNull()), op.After("z"))
	add(mysqls, "collation", schema.Column("c", schema.String(20), schema.NotNull()), op.SetCollation("utf8mb4_bin"))
	add(mysqls, "on update", schema.Column("c", schema.DateTime(), schema.NotNull(), schema.ServerDefault(schema.Now())), op.SetOptions(mysql.OnUpdateNow()))
	add(sqlites, "collation", schema.Column("c", schema.Text()), op.SetCollation("NOCASE"))
	keyless := schema.NewTable("t", integer(schema.NotNull()), schema.PrimaryKeyConstraint("", "c"))
	return append(list,
		opCase{name: "autoincrement", before: create(keyless), do: altering(keyless.Name, "c", op.SetAutoIncrement(), op.Existing(schema.Integer(), schema.NotNull())), on: append(mysqls, "postgresql")},
	)
}

func alterTableCases() []opCase {
	customers := name("customer")
	several := []op.Operation{
		&op.AddColumn{Table: customers, Column: schema.Column("note", schema.Text())},
		&op.DropColumn{Table: customers, Name: "city", Was: customer().Column("city")},
		altering(customers, "name", op.SetType(schema.String(90)), op.Existing(schema.String(50), schema.NotNull())),
		&op.AddConstraint{Table: customers, Constraint: schema.UniqueConstraint("uq_name", "name")},
		&op.CreateIndex{Table: customers, Index: schema.Index("ix_age", "age")},
	}
	group := func(b op.Batch, changes ...op.Operation) *op.AlterTable {
		return &op.AlterTable{Table: customers, Changes: changes, Batch: b}
	}
	list := []opCase{
		{name: "several changes", before: create(customer()), do: group(op.Batch{}, several...)},
		{name: "nothing", before: create(customer()), do: group(op.Batch{})},
		{name: "copied always", before: create(customer(schema.Index("ix_age", "age"))), do: group(op.Batch{Recreate: op.RecreateAlways}), on: sqlites},
		{name: "never copied", before: create(customer()), do: group(op.Batch{Recreate: op.RecreateNever}, several...), on: sqlites},
		{name: "in another order", before: create(customer()), do: group(op.Batch{Order: [][]string{{"age", "city", "name"}}}), on: sqlites},
		{name: "with a column taken otherwise", before: create(customer()), do: group(op.Batch{Recreate: op.RecreateAlways, Columns: []*schema.ColumnDef{schema.Column("city", schema.Text())}}), on: sqlites, lasts: sqlites},
		{name: "with further items", before: create(customer()), do: group(op.Batch{Items: []schema.TableItem{schema.CheckConstraint("ck_age", "age > 0")}}), on: sqlites, lasts: sqlites},
		{name: "copied from a description", before: exec("CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT)"), do: group(op.Batch{CopyFrom: schema.NewTable("customer",
			schema.Column("id", schema.Integer(), schema.PrimaryKey()), schema.Column("name", schema.Text()))}, &op.AddConstraint{Table: customers, Constraint: schema.UniqueConstraint("uq_name", "name")}), on: sqlites},
	}
	return append(list, opCase{name: "with an algorithm", before: create(customer()), do: group(op.Batch{Options: []schema.Option{mysql.WithAlgorithm(mysql.InPlace), mysql.WithLock(mysql.LockNone)}},
		&op.AddColumn{Table: customers, Column: schema.Column("note", schema.Text())}), on: []string{"mysql", "mariadb"}})
}
