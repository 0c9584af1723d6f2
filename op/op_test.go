package op_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

var (
	t1     = schema.Name{Name: "t"}
	inS    = schema.Name{Schema: "s", Name: "t"}
	a      = schema.Column("a", schema.Integer())
	index  = schema.Index("ix", "a")
	unique = schema.UniqueConstraint("uq", "a")
	o1, o2 = setting{"fake.x", "1"}, setting{"fake.x", "2"}
)

func alter(table schema.Name, actions ...ddl.Action) ddl.AlterTable {
	return ddl.AlterTable{Table: table, Actions: actions}
}

// said is one operation in all its forms.
type said struct {
	do         func(o *op.Operations)
	op         op.Operation // what do invokes
	source     string       // as a revision says it
	text       string       // String
	statements []ddl.Statement
	reverse    string // as a revision says it; or why there is none
}

func (c said) test(t *testing.T) {
	t.Helper()
	o, r := start(t)
	c.do(o)
	if err := o.Err(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(c.statements, r.ran, exact); diff != "" {
		t.Errorf("run (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(c.statements, lower(t, c.op), exact); diff != "" {
		t.Errorf("Lower (-want +got):\n%s", diff)
	}
	if got := source(t, c.op); got != c.source {
		t.Errorf("got  %s\nwant %s", got, c.source)
	}
	if got := c.op.String(); got != c.text {
		t.Errorf("got %s, want %s", got, c.text)
	}
	back, err := c.op.Reverse()
	if err != nil {
		if !errors.Is(err, op.ErrIrreversible) || err.Error() != c.reverse {
			t.Errorf("got  %v\nwant %s", err, c.reverse)
		}
		return
	}
	if got := source(t, back); got != c.reverse {
		t.Errorf("reverse: got  %s\nwant %s", got, c.reverse)
	}
	again, err := back.Reverse()
	if err != nil {
		t.Fatalf("reversing the reverse: %v", err)
	}
	if diff := cmp.Diff(effects(t, c.op), effects(t, again), exact); diff != "" {
		t.Errorf("the reverse of the reverse (-want +got):\n%s", diff)
	}
}

// effects are the statements of an operation as far as it matters whether they
// stand alone or in a batch.
func effects(t *testing.T, o op.Operation) []ddl.Statement {
	t.Helper()
	out := lower(t, o)
	for i, s := range out {
		if s, ok := s.(ddl.AlterTable); ok {
			s.Batch = nil
			out[i] = s
		}
	}
	return out
}

func TestOperations(t *testing.T) {
	checked := schema.NewTable("t", a, unique, index, schema.Comment("c"), o1)
	bare := checked.Clone()
	comment := "old"
	for name, c := range map[string]said{
		"create table": {
			do:     func(o *op.Operations) { o.CreateTable("t", a, unique, index, schema.Comment("c"), o1) },
			op:     &op.CreateTable{Table: checked},
			source: `o.CreateTable("t", schema.Column("a", schema.Integer()), schema.UniqueConstraint("uq", "a"), schema.Index("ix", "a"), schema.Comment("c"), fake.Set("fake.x", "1"))`,
			text:   `create table "t"`,
			statements: []ddl.Statement{
				ddl.CreateTable{Table: checked}, ddl.CreateIndex{Table: t1, Index: index},
			},
			reverse: `o.DropTable("t")`,
		},
		"create table unless it is there": {
			do:         func(o *op.Operations) { o.CreateTable("t", a, op.IfNotExists) },
			op:         &op.CreateTable{Table: schema.NewTable("t", a), Guard: ddl.IfNotExists},
			source:     `o.CreateTable("t", schema.Column("a", schema.Integer()), op.IfNotExists)`,
			text:       `create table "t"`,
			statements: []ddl.Statement{ddl.CreateTable{Table: schema.NewTable("t", a), Guard: ddl.IfNotExists}},
			reverse:    `o.DropTable("t", op.IfExists)`,
		},
		"create table in a schema": {
			do:         func(o *op.Operations) { o.Schema("s").CreateTable("t", a) },
			op:         &op.CreateTable{Table: schema.NewTable("t", a, schema.InSchema("s"))},
			source:     `o.CreateTable("t", schema.Column("a", schema.Integer()), schema.InSchema("s"))`,
			text:       `create table "s.t"`,
			statements: []ddl.Statement{ddl.CreateTable{Table: schema.NewTable("t", a, schema.InSchema("s"))}},
			reverse:    `o.Schema("s").DropTable("t")`,
		},
		"create table as declared": {
			do:         func(o *op.Operations) { o.Schema("x").CreateTableOf(bare, op.IfNotExists) },
			op:         &op.CreateTable{Table: bare, Guard: ddl.IfNotExists},
			source:     `o.CreateTable("t", schema.Column("a", schema.Integer()), schema.UniqueConstraint("uq", "a"), schema.Index("ix", "a"), schema.Comment("c"), fake.Set("fake.x", "1"), op.IfNotExists)`,
			text:       `create table "t"`,
			statements: []ddl.Statement{ddl.CreateTable{Table: bare, Guard: ddl.IfNotExists}, ddl.CreateIndex{Table: t1, Index: index, Guard: ddl.IfNotExists}},
			reverse:    `o.DropTable("t", op.IfExists)`,
		},
		"drop table": {
			do: func(o *op.Operations) { o.Schema("s").DropTable("t", op.IfExists) },
			op: &op.DropTable{Table: inS, Guard: ddl.IfExists}, source: `o.Schema("s").DropTable("t", op.IfExists)`, text: `drop table "s.t"`,
			statements: []ddl.Statement{ddl.DropTable{Table: inS, Guard: ddl.IfExists}},
			reverse:    `reversing drop table "s.t": it has no reverse: what the table looked like is not known`,
		},
		"drop table that is known": {
			do: func(o *op.Operations) { o.DropTable("t") },
			op: &op.DropTable{Table: t1, Was: schema.NewTable("t", a)}, source: `o.DropTable("t")`, text: `drop table "t"`,
			statements: []ddl.Statement{ddl.DropTable{Table: t1}},
			reverse:    `o.CreateTable("t", schema.Column("a", schema.Integer()))`,
		},
		"rename table": {
			do: func(o *op.Operations) { o.Schema("s").RenameTable("t", "u") },
			op: &op.RenameTable{Table: inS, To: "u"}, source: `o.Schema("s").RenameTable("t", "u")`, text: `rename table "s.t" to "u"`,
			statements: []ddl.Statement{ddl.RenameTable{Table: inS, To: "u"}},
			reverse:    `o.Schema("s").RenameTable("u", "t")`,
		},
		"add column": {
			do:     func(o *op.Operations) { o.Schema("s").AddColumn("t", a, op.After("b"), op.IfNotExists) },
			op:     &op.AddColumn{Table: inS, Column: a, Place: ddl.Place{After: "b"}, Guard: ddl.IfNotExists},
			source: `o.Schema("s").AddColumn("t", schema.Column("a", schema.Integer()), op.After("b"), op.IfNotExists)`, text: `add column "a" to table "s.t"`,
			statements: []ddl.Statement{alter(inS, ddl.AddColumn{Column: a, Place: ddl.Place{After: "b"}, Guard: ddl.IfNotExists})},
			reverse:    `o.Schema("s").DropColumn("t", "a", op.IfExists)`,
		},
		"drop column": {
			do: func(o *op.Operations) { o.DropColumn("t", "a", op.IfExists) },
			op: &op.DropColumn{Table: t1, Name: "a", Guard: ddl.IfExists}, source: `o.DropColumn("t", "a", op.IfExists)`, text: `drop column "a" of table "t"`,
			statements: []ddl.Statement{alter(t1, ddl.DropColumn{Name: "a", Guard: ddl.IfExists})},
			reverse:    `reversing drop column "a" of table "t": it has no reverse: what the column looked like is not known`,
		},
		"drop column that is known": {
			do: func(o *op.Operations) { o.DropColumn("t", "a") },
			op: &op.DropColumn{Table: t1, Name: "a", Was: a, Place: ddl.Place{First: true}}, source: `o.DropColumn("t", "a")`, text: `drop column "a" of table "t"`,
			statements: []ddl.Statement{alter(t1, ddl.DropColumn{Name: "a"})},
			reverse:    `o.AddColumn("t", schema.Column("a", schema.Integer()), op.First())`,
		},
		"create index": {
			do: func(o *op.Operations) { o.CreateIndex("ix", "t", "a") },
			op: &op.CreateIndex{Table: t1, Index: index}, source: `o.CreateIndex("ix", "t", "a")`, text: `create index "ix" on table "t"`,
			statements: []ddl.Statement{ddl.CreateIndex{Table: t1, Index: index}}, reverse: `o.DropIndex("ix", "t")`,
		},
		"create unique index": {
			do: func(o *op.Operations) { o.Schema("s").CreateUniqueIndex("ix", "t", "a", "b") },
			op: &op.CreateIndex{Table: inS, Index: schema.Index("ix", "a", "b").With(schema.UniqueIndex())}, source: `o.Schema("s").CreateUniqueIndex("ix", "t", "a", "b")`,
			text:       `create index "ix" on table "s.t"`,
			statements: []ddl.Statement{ddl.CreateIndex{Table: inS, Index: schema.Index("ix", "a", "b").With(schema.UniqueIndex())}}, reverse: `o.Schema("s").DropIndex("ix", "t")`,
		},
		"add index": {
			do: func(o *op.Operations) {
				o.AddIndex("t", schema.IndexOn("ix", schema.KeyExpr("lower(a)")), op.With(o1), op.IfNotExists)
			},
			op:         &op.CreateIndex{Table: t1, Index: schema.IndexOn("ix", schema.KeyExpr("lower(a)")), Options: []schema.Option{o1}, Guard: ddl.IfNotExists},
			source:     `o.AddIndex("t", schema.IndexOn("ix", schema.KeyExpr("lower(a)")), op.IfNotExists, op.With(fake.Set("fake.x", "1")))`,
			text:       `create index "ix" on table "t"`,
			statements: []ddl.Statement{ddl.CreateIndex{Table: t1, Index: schema.IndexOn("ix", schema.KeyExpr("lower(a)")), Options: []schema.Option{o1}, Guard: ddl.IfNotExists}},
			reverse:    `o.DropIndex("ix", "t", op.IfExists, op.With(fake.Set("fake.x", "1")))`,
		},
		"drop index": {
			do: func(o *op.Operations) { o.DropIndex("ix", "t", op.IfExists, op.With(o1)) },
			op: &op.DropIndex{Table: t1, Name: "ix", Guard: ddl.IfExists, Options: []schema.Option{o1}}, source: `o.DropIndex("ix", "t", op.IfExists, op.With(fake.Set("fake.x", "1")))`,
			text: `drop index "ix" of table "t"`, statements: []ddl.Statement{ddl.DropIndex{Table: t1, Name: "ix", Guard: ddl.IfExists, Options: []schema.Option{o1}}},
			reverse: `reversing drop index "ix" of table "t": it has no reverse: what the index looked like is not known`,
		},
		"drop index that is known": {
			do: func(o *op.Operations) { o.DropIndex("ix", "t") },
			op: &op.DropIndex{Table: t1, Name: "ix", Was: index}, source: `o.DropIndex("ix", "t")`, text: `drop index "ix" of table "t"`,
			statements: []ddl.Statement{ddl.DropIndex{Table: t1, Name: "ix"}}, reverse: `o.CreateIndex("ix", "t", "a")`,
		},
		"set comment": {
			do: func(o *op.Operations) { o.CreateTableComment("t", "new") },
			op: &op.TableComment{Table: t1, Comment: "new"}, source: `o.CreateTableComment("t", "new")`, text: `set the comment of table "t"`,
			statements: []ddl.Statement{ddl.SetTableComment{Table: t1, Comment: "new"}},
			reverse:    `reversing set the comment of table "t": it has no reverse: the comment before is not known; say it by op.ExistingComment`,
		},
		"change comment": {
			do: func(o *op.Operations) { o.Schema("s").CreateTableComment("t", "new", op.ExistingComment("old")) },
			op: &op.TableComment{Table: inS, Comment: "new", Was: &comment}, source: `o.Schema("s").CreateTableComment("t", "new", op.ExistingComment("old"))`, text: `set the comment of table "s.t"`,
			statements: []ddl.Statement{ddl.SetTableComment{Table: inS, Comment: "new"}},
			reverse:    `o.Schema("s").CreateTableComment("t", "old", op.ExistingComment("new"))`,
		},
		"drop comment": {
			do: func(o *op.Operations) { o.DropTableComment("t", op.ExistingComment("old")) },
			op: &op.TableComment{Table: t1, Was: &comment}, source: `o.DropTableComment("t", op.ExistingComment("old"))`, text: `set the comment of table "t"`,
			statements: []ddl.Statement{ddl.SetTableComment{Table: t1}},
			reverse:    `o.CreateTableComment("t", "old", op.ExistingComment(""))`,
		},
		"set option": {
			do: func(o *op.Operations) { o.SetTableOption("t", o2) },
			op: &op.TableOption{Table: t1, Option: o2}, source: `o.SetTableOption("t", fake.Set("fake.x", "2"))`, text: `set option fake.x of table "t"`,
			statements: []ddl.Statement{alter(t1, ddl.SetOption{Option: o2})},
			reverse:    `reversing set option fake.x of table "t": it has no reverse: the option before is not known`,
		},
		"change option": {
			do: func(o *op.Operations) { o.SetTableOption("t", o2) },
			op: &op.TableOption{Table: t1, Option: o2, Was: o1}, source: `o.SetTableOption("t", fake.Set("fake.x", "2"))`, text: `set option fake.x of table "t"`,
			statements: []ddl.Statement{alter(t1, ddl.SetOption{Option: o2})}, reverse: `o.SetTableOption("t", fake.Set("fake.x", "1"))`,
		},
		"set option where there was none": {
			do: func(o *op.Operations) { o.SetTableOption("t", o2) },
			op: &op.TableOption{Table: t1, Option: o2, Fresh: true}, source: `o.SetTableOption("t", fake.Set("fake.x", "2"))`, text: `set option fake.x of table "t"`,
			statements: []ddl.Statement{alter(t1, ddl.SetOption{Option: o2})}, reverse: `o.ResetTableOption("t", fake.Set("fake.x", "2"))`,
		},
		"reset option": {
			do: func(o *op.Operations) { o.Schema("s").ResetTableOption("t", o2) },
			op: &op.ResetTableOption{Table: inS, Option: o2}, source: `o.Schema("s").ResetTableOption("t", fake.Set("fake.x", "2"))`, text: `reset option fake.x of table "s.t"`,
			statements: []ddl.Statement{alter(inS, ddl.ResetOption{Option: o2})}, reverse: `o.Schema("s").SetTableOption("t", fake.Set("fake.x", "2"))`,
		},
		"create enum": {
			do: func(o *op.Operations) { o.Schema("s").CreateEnum("t", "a", "b") },
			op: &op.CreateEnum{Name: inS, Values: []string{"a", "b"}}, source: `o.Schema("s").CreateEnum("t", "a", "b")`, text: `create enum "s.t"`,
			statements: []ddl.Statement{ddl.CreateEnum{Name: inS, Values: []string{"a", "b"}}}, reverse: `o.Schema("s").DropEnum("t")`,
		},
		"drop enum": {
			do: func(o *op.Operations) { o.DropEnum("t") },
			op: &op.DropEnum{Name: t1}, source: `o.DropEnum("t")`, text: `drop enum "t"`,
			statements: []ddl.Statement{ddl.DropEnum{Name: t1}}, reverse: `reversing drop enum "t": it has no reverse: its values are not known`,
		},
		"add enum value": {
			do: func(o *op.Operations) { o.AddEnumValue("t", "b", op.Before("c")) },
			op: &op.AddEnumValue{Name: t1, Value: "b", Before: "c"}, source: `o.AddEnumValue("t", "b", op.Before("c"))`, text: `add value "b" to enum "t"`,
			statements: []ddl.Statement{ddl.AddEnumValue{Name: t1, Value: "b", Before: "c"}},
			reverse:    `reversing add value "b" to enum "t": it has no reverse: PostgreSQL cannot drop a value of an enumeration`,
		},
		"execute": {
			do: func(o *op.Operations) { o.Schema("s").Exec("DELETE FROM t\nWHERE a = ?", 5) },
			op: &op.Exec{SQL: "DELETE FROM t\nWHERE a = ?", Args: []any{5}}, source: "o.Exec(`DELETE FROM t; WHERE a = ?`, 5)", text: `execute DELETE FROM t …`,
			statements: []ddl.Statement{ddl.Raw{SQL: "DELETE FROM t\nWHERE a = ?", Args: []any{5}}},
			reverse:    `reversing execute DELETE FROM t …: it has no reverse: only its author knows what undoes it`,
		},
		"insert": {
			do: func(o *op.Operations) {
				o.Schema("s").BulkInsert("t", op.Row{"b": 1, "a": nil}, op.Row{"a": schema.Now(), "b": 2})
			},
			op:     &op.BulkInsert{Table: inS, Rows: []op.Row{{"a": nil, "b": 1}, {"a": schema.Now(), "b": 2}}},
			source: `o.Schema("s").BulkInsert("t", op.Row{"a": nil, "b": 1}, op.Row{"a": schema.Now(), "b": 2})`, text: `insert 2 rows into table "s.t"`,
			statements: []ddl.Statement{ddl.InsertRows{Table: inS, Columns: []string{"a", "b"}, Rows: [][]schema.Expr{
				{schema.Null(), schema.Literal(1)}, {schema.Now(), schema.Literal(2)},
			}}},
			reverse: `reversing insert 2 rows into table "s.t": it has no reverse: which rows were there before is not known`,
		},
		"insert nothing": {
			do: func(o *op.Operations) { o.BulkInsert("t") },
			op: &op.BulkInsert{Table: t1}, source: `o.BulkInsert("t")`, text: `insert 0 rows into table "t"`,
			reverse: `reversing insert 0 rows into table "t": it has no reverse: which rows were there before is not known`,
		},
	} {
		t.Run(name, c.test)
	}
}

func TestConstraintOperations(t *testing.T) {
	check := schema.CheckConstraint("ck", "a > 0")
	fk := schema.ForeignKeyConstraint("fk", []string{"a"}, "s2.p", []string{"id"}, schema.OnDelete(schema.Cascade))
	deferred := schema.UniqueConstraint("uq", "a").With(schema.WithDeferral(schema.Deferrable))
	unnamed := schema.UniqueConstraint("", "a")
	exclude := schema.ExcludeConstraint("ex", schema.Exclude("a", "="))
	add := func(c schema.Constraint) []ddl.Statement {
		return []ddl.Statement{alter(t1, ddl.AddConstraint{Constraint: c})}
	}
	drop := func(d ddl.DropConstraint) []ddl.Statement { return []ddl.Statement{alter(t1, d)} }
	for name, c := range map[string]said{
		"primary key": {
			do: func(o *op.Operations) { o.CreatePrimaryKey("pk", "t", "a", "b") },
			op: &op.AddConstraint{Table: t1, Constraint: schema.PrimaryKeyConstraint("pk", "a", "b")}, source: `o.CreatePrimaryKey("pk", "t", "a", "b")`,
			text: `add primary key "pk" to table "t"`, statements: add(schema.PrimaryKeyConstraint("pk", "a", "b")), reverse: `o.DropConstraint("pk", "t", schema.PrimaryKeyKind)`,
		},
		"primary key without a name": {
			do: func(o *op.Operations) { o.CreatePrimaryKey("", "t", "a") },
			op: &op.AddConstraint{Table: t1, Constraint: schema.PrimaryKeyConstraint("", "a")}, source: `o.CreatePrimaryKey("", "t", "a")`,
			text: `add primary key to table "t"`, statements: add(schema.PrimaryKeyConstraint("", "a")), reverse: `o.DropConstraint("", "t", schema.PrimaryKeyKind)`,
		},
		"unique": {
			do: func(o *op.Operations) { o.CreateUniqueConstraint("uq", "t", "a") },
			op: &op.AddConstraint{Table: t1, Constraint: unique}, source: `o.CreateUniqueConstraint("uq", "t", "a")`,
			text: `add unique constraint "uq" to table "t"`, statements: add(unique), reverse: `o.DropConstraint("uq", "t", schema.UniqueKind)`,
		},
		"unique without a name": {
			do: func(o *op.Operations) { o.CreateUniqueConstraint("", "t", "a") },
			op: &op.AddConstraint{Table: t1, Constraint: unnamed}, source: `o.CreateUniqueConstraint("", "t", "a")`, text: `add unique constraint to table "t"`,
			statements: add(unnamed), reverse: `o.DropConstraint("", "t", schema.UniqueKind, op.ExistingConstraint(schema.UniqueConstraint("", "a")))`,
		},
		"deferrable unique": {
			do: func(o *op.Operations) { o.AddConstraint("t", deferred) },
			op: &op.AddConstraint{Table: t1, Constraint: deferred}, source: `o.AddConstraint("t", schema.UniqueConstraint("uq", "a").With(schema.WithDeferral(schema.Deferrable)))`,
			text: `add unique constraint "uq" to table "t"`, statements: add(deferred), reverse: `o.DropConstraint("uq", "t", schema.UniqueKind)`,
		},
		"check": {
			do: func(o *op.Operations) { o.CreateCheckConstraint("ck", "t", "a > 0") },
			op: &op.AddConstraint{Table: t1, Constraint: check}, source: `o.CreateCheckConstraint("ck", "t", "a > 0")`,
			text: `add check constraint "ck" to table "t"`, statements: add(check), reverse: `o.DropConstraint("ck", "t", schema.CheckKind)`,
		},
		"check of one database": {
			do: func(o *op.Operations) {
				o.AddConstraint("t", schema.CheckConstraint("ck", "a").With(schema.NotValid()))
			},
			op:     &op.AddConstraint{Table: t1, Constraint: schema.CheckConstraint("ck", "a").With(schema.NotValid())},
			source: `o.AddConstraint("t", schema.CheckConstraint("ck", "a").With(schema.NotValid()))`,
			text:   `add check constraint "ck" to table "t"`, statements: add(schema.CheckConstraint("ck", "a").With(schema.NotValid())), reverse: `o.DropConstraint("ck", "t", schema.CheckKind)`,
		},
		"foreign key": {
			do: func(o *op.Operations) {
				o.CreateForeignKey("fk", "t", "s2.p", []string{"a"}, []string{"id"}, schema.OnDelete(schema.Cascade))
			},
			op: &op.AddConstraint{Table: t1, Constraint: fk}, source: `o.CreateForeignKey("fk", "t", "s2.p", []string{"a"}, []string{"id"}, schema.OnDelete(schema.Cascade))`,
			text: `add foreign key "fk" to table "t"`, statements: add(fk), reverse: `o.DropConstraint("fk", "t", schema.ForeignKeyKind)`,
		},
		"exclusion": {
			do: func(o *op.Operations) { o.AddConstraint("t", exclude) },
			op: &op.AddConstraint{Table: t1, Constraint: exclude}, source: `o.AddConstraint("t", schema.ExcludeConstraint("ex", schema.Exclude("a", "=")))`,
			text: `add exclude constraint "ex" to table "t"`, statements: add(exclude), reverse: `o.DropConstraint("ex", "t", schema.ExcludeKind)`,
		},
		"drop": {
			do: func(o *op.Operations) { o.DropConstraint("uq", "t", schema.UniqueKind, op.IfExists) },
			op: &op.DropConstraint{Table: t1, Name: "uq", Kind: schema.UniqueKind, Guard: ddl.IfExists}, source: `o.DropConstraint("uq", "t", schema.UniqueKind, op.IfExists)`,
			text: `drop unique constraint "uq" of table "t"`, statements: drop(ddl.DropConstraint{Name: "uq", Kind: schema.UniqueKind, Guard: ddl.IfExists}),
			reverse: `reversing drop unique constraint "uq" of table "t": it has no reverse: what the constraint looked like is not known`,
		},
		"drop of no kind": {
			do: func(o *op.Operations) { o.DropConstraint("x", "t", 0) },
			op: &op.DropConstraint{Table: t1, Name: "x"}, source: `o.DropConstraint("x", "t", schema.ConstraintKind(0))`,
			text: `drop constraint "x" of table "t"`, statements: drop(ddl.DropConstraint{Name: "x"}),
			reverse: `reversing drop constraint "x" of table "t": it has no reverse: what the constraint looked like is not known`,
		},
		"drop what is known": {
			do: func(o *op.Operations) { o.DropConstraint("uq", "t", schema.UniqueKind, op.ExistingConstraint(unique)) },
			op: &op.DropConstraint{Table: t1, Name: "uq", Kind: schema.UniqueKind, Was: unique}, source: `o.DropConstraint("uq", "t", schema.UniqueKind)`,
			text: `drop unique constraint "uq" of table "t"`, statements: drop(ddl.DropConstraint{Name: "uq", Kind: schema.UniqueKind, Was: unique}),
			reverse: `o.CreateUniqueConstraint("uq", "t", "a")`,
		},
	} {
		t.Run(name, c.test)
	}
}

// What a column says of constraints and indexes is added with it, and dropped before it.
func TestAddColumnWithConstraints(t *testing.T) {
	column := schema.Column("a", schema.Integer(), schema.NotNull(), schema.Unique(), schema.References("p.id"), schema.Check("ck", "a > 0"))
	said{
		do:     func(o *op.Operations) { o.AddColumn("t", column) },
		op:     &op.AddColumn{Table: t1, Column: column},
		source: `o.AddColumn("t", schema.Column("a", schema.Integer(), schema.NotNull(), schema.Unique(), schema.References("p.id"), schema.Check("ck", "a > 0")))`,
		text:   `add column "a" to table "t"`,
		statements: []ddl.Statement{alter(t1,
			ddl.AddColumn{Column: schema.Column("a", schema.Integer(), schema.NotNull())},
			ddl.AddConstraint{Constraint: schema.UniqueConstraint("", "a")},
			ddl.AddConstraint{Constraint: schema.CheckConstraint("ck", "a > 0")},
			ddl.AddConstraint{Constraint: schema.ForeignKeyConstraint("", []string{"a"}, "p", []string{"id"})},
		)},
		reverse: `o.AlterTable("t", func(t *op.Table) {t.DropConstraint("", schema.UniqueKind, op.ExistingConstraint(schema.UniqueConstraint("", "a"))); ` +
			`t.DropConstraint("ck", schema.CheckKind); ` +
			`t.DropConstraint("", schema.ForeignKeyKind, op.ExistingConstraint(schema.ForeignKeyConstraint("", []string{"a"}, "p", []string{"id"}))); t.DropColumn("a")})`,
	}.testSets(t)
	indexed := schema.Column("a", schema.Integer(), schema.Indexed())
	said{
		do:     func(o *op.Operations) { o.Schema("s").AddColumn("t", indexed, op.IfNotExists) },
		op:     &op.AddColumn{Table: inS, Column: indexed, Guard: ddl.IfNotExists},
		source: `o.Schema("s").AddColumn("t", schema.Column("a", schema.Integer(), schema.Indexed()), op.IfNotExists)`,
		text:   `add column "a" to table "s.t"`,
		statements: []ddl.Statement{
			alter(inS, ddl.AddColumn{Column: a, Guard: ddl.IfNotExists}),
			ddl.CreateIndex{Table: inS, Index: schema.Index("ix_s_t_a", "a"), Guard: ddl.IfNotExists},
		},
		reverse: `o.Schema("s").AlterTable("t", func(t *op.Table) {t.DropIndex("ix_s_t_a", op.IfExists); t.DropColumn("a", op.IfExists)})`,
	}.test(t)
}

// testSets is test, but that the reverse of the reverse may add in another order.
func (c said) testSets(t *testing.T) {
	t.Helper()
	back, err := c.op.Reverse()
	if err != nil {
		t.Fatal(err)
	}
	if got := source(t, back); got != c.reverse {
		t.Errorf("reverse: got  %s\nwant %s", got, c.reverse)
	}
	again, err := back.Reverse()
	if err != nil {
		t.Fatal(err)
	}
	want, got := effects(t, c.op), effects(t, again)
	if diff := cmp.Diff(c.statements, want, exact); diff != "" {
		t.Errorf("Lower (-want +got):\n%s", diff)
	}
	count := func(list []ddl.Statement) int { return len(list[0].(ddl.AlterTable).Actions) }
	if len(want) != len(got) || count(want) != count(got) {
		t.Errorf("the reverse of the reverse is %v", got)
	}
}
