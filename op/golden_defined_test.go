package op_test

import (
	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

var (
	marias   = []string{"mysql", "mariadb"}
	allButPG = []string{"mysql", "mariadb", "tidb", "sqlite"}
)

func defined(kind ddl.ObjectKind, named, definition string) ddl.Object {
	return ddl.Object{Kind: kind, Name: name(named), Definition: definition}
}

func trigger(definition string) ddl.Object {
	o := defined(ddl.TriggerKind, "tr", definition)
	o.Table = name("customer")
	return o
}

// definedCases are those of objects that text of the user's own defines.
func definedCases() map[string][]opCase {
	const (
		query, wider = "SELECT id, name FROM customer;", "SELECT id, name, city FROM customer"
		insteadMySQL = "BEFORE INSERT ON customer FOR EACH ROW SET NEW.city = 'Bergen'"
		block        = "BEFORE INSERT ON customer FOR EACH ROW BEGIN\n    SET NEW.city = 'Bergen;';\n    SET NEW.age = 1;\nEND"
		onPostgres   = "BEFORE INSERT ON customer FOR EACH ROW EXECUTE FUNCTION touch()"
		onUpdate     = "BEFORE UPDATE ON customer FOR EACH ROW EXECUTE FUNCTION touch()"
		onSQLite     = "AFTER INSERT ON customer BEGIN\n    UPDATE customer SET age = 1 WHERE id = NEW.id;\nEND"
		twice        = "(n INT) RETURNS INT DETERMINISTIC RETURN 2 * n"
		thrice       = "(n INT) RETURNS INT DETERMINISTIC RETURN 3 * n"
		addition     = "(a integer, b integer DEFAULT 2) RETURNS integer LANGUAGE sql AS $$ SELECT a + b; $$"
		more         = "(a integer, b integer DEFAULT 2, c numeric(3, 1) = 0) RETURNS integer LANGUAGE sql AS $$ SELECT a + b; $$"
		subtraction  = "(a integer, b integer DEFAULT 2) RETURNS integer LANGUAGE sql AS $$ SELECT a - b; $$"
		daily        = "ON SCHEDULE EVERY 1 DAY DISABLE DO DELETE FROM customer"
		clearing     = "() LANGUAGE sql AS $$ DELETE FROM customer; $$"
		function     = `CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$`
	)
	made := create(customer())
	inSchema := defined(ddl.ViewKind, "", query)
	inSchema.Name = inSales("v")
	view, old := defined(ddl.ViewKind, "v", wider), defined(ddl.ViewKind, "v", query)
	has := func(o ddl.Object, before ...op.Operation) []op.Operation {
		return append(before, &op.CreateObject{Object: o})
	}
	with := func(list []op.Operation, more ...op.Operation) []op.Operation {
		return append(list[:len(list):len(list)], more...)
	}
	optioned, reoptioned := old, view
	optioned.Options = []schema.Option{mysql.Definer("ro`ot", "%"), mysql.SecurityInvoker, mysql.ViewMerge}
	reoptioned.Options = []schema.Option{mysql.CurrentUser(), mysql.SecurityDefiner, mysql.ViewMerge}
	touching := with(made, exec(function)...)
	kept := defined(ddl.MaterializedViewKind, "v", query)
	return map[string][]opCase{
		"create_object": {
			{name: "view", before: made, do: &op.CreateObject{Object: old}},
			{name: "view, or replace", before: with(made, has(old)...), do: &op.CreateObject{Object: view, Replace: true}},
			{name: "view with options", before: made, do: &op.CreateObject{Object: optioned}},
			{name: "view, if not exists", before: made, do: &op.CreateObject{Object: old, Guard: ddl.IfNotExists}},
			{name: "view in a schema", before: with(made, exec("CREATE SCHEMA sales")...), do: &op.CreateObject{Object: inSchema}, on: postgress},
			{name: "materialized view", before: made, do: &op.CreateObject{Object: kept}},
			{name: "materialized view, if not exists", before: made, do: &op.CreateObject{Object: kept, Guard: ddl.IfNotExists}, on: postgress},
			{name: "trigger", before: made, do: &op.CreateObject{Object: trigger(insteadMySQL)}, on: mysqls},
			{name: "trigger with a block", before: made, do: &op.CreateObject{Object: trigger(block), Guard: ddl.IfNotExists}, on: marias},
			{name: "trigger", before: touching, do: &op.CreateObject{Object: trigger(onPostgres)}, on: postgress},
			{name: "trigger", before: made, do: &op.CreateObject{Object: trigger(onSQLite), Guard: ddl.IfNotExists}, on: sqlites},
			{name: "function", do: &op.CreateObject{Object: defined(ddl.FunctionKind, "f", twice)}, on: allButPG},
			{name: "function", do: &op.CreateObject{Object: defined(ddl.FunctionKind, "f", addition)}, on: postgress},
			{name: "procedure", before: made, do: &op.CreateObject{Object: defined(ddl.ProcedureKind, "p", "() DELETE FROM customer")}, on: marias},
			{name: "procedure", before: made, do: &op.CreateObject{Object: defined(ddl.ProcedureKind, "p", clearing)}, on: postgress},
			{name: "event", before: made, do: &op.CreateObject{Object: defined(ddl.EventKind, "e", daily)}},
		},
		"replace_object": {
			{name: "view", before: with(made, has(old)...), do: &op.ReplaceObject{Object: view, Was: query}, on: allButPG},
			{name: "view with the same columns", before: with(made, has(old)...), do: &op.ReplaceObject{Object: defined(ddl.ViewKind, "v", "SELECT id, name FROM customer -- as before"), Was: query}, on: postgress},
			{name: "view, anew", before: with(made, has(old)...), do: &op.ReplaceObject{Object: view, Was: query, Anew: true}},
			{name: "view, options too", before: with(made, has(optioned)...), do: &op.ReplaceObject{Object: reoptioned, Was: query, WasOptions: optioned.Options[:2]}, on: mysqls},
			{name: "materialized view", before: with(made, has(kept)...), do: &op.ReplaceObject{Object: defined(ddl.MaterializedViewKind, "v", wider), Was: query}, on: postgress},
			{name: "trigger", before: with(made, has(trigger(insteadMySQL))...), do: &op.ReplaceObject{Object: trigger(block), Was: insteadMySQL}, on: marias},
			{name: "trigger", before: with(touching, has(trigger(onPostgres))...), do: &op.ReplaceObject{Object: trigger(onUpdate), Was: onPostgres}, on: postgress, since: 14},
			{name: "trigger", before: with(made, has(trigger(onSQLite))...), do: &op.ReplaceObject{Object: trigger("AFTER DELETE ON customer BEGIN SELECT 1; END"), Was: onSQLite}, on: sqlites},
			{name: "function", before: has(defined(ddl.FunctionKind, "f", twice)), do: &op.ReplaceObject{Object: defined(ddl.FunctionKind, "f", thrice), Was: twice}, on: marias},
			{name: "function", before: has(defined(ddl.FunctionKind, "f", addition)), do: &op.ReplaceObject{Object: defined(ddl.FunctionKind, "f", subtraction), Was: addition}, on: postgress},
			{name: "function with other arguments", before: has(defined(ddl.FunctionKind, "f", addition)), do: &op.ReplaceObject{Object: defined(ddl.FunctionKind, "f", more), Was: addition}, on: postgress},
			{name: "definition before not known", before: with(made, has(old)...), do: &op.ReplaceObject{Object: view}},
		},
		"drop_object": {
			{name: "view that is known", before: with(made, has(old)...), do: &op.DropObject{Object: old}},
			{name: "view, if exists", do: &op.DropObject{Object: defined(ddl.ViewKind, "v", ""), Guard: ddl.IfExists}},
			{name: "view, with what depends on it", before: with(made, has(old)...), do: &op.DropObject{Object: defined(ddl.ViewKind, "v", ""), Cascade: true}, on: postgress},
			{name: "materialized view", before: with(made, has(kept)...), do: &op.DropObject{Object: kept}, on: postgress},
			{name: "trigger", before: with(touching, has(trigger(onPostgres))...), do: &op.DropObject{Object: trigger(onPostgres)}, on: postgress},
			{name: "trigger", before: with(made, has(trigger(block))...), do: &op.DropObject{Object: trigger(block)}, on: marias},
			{name: "function", before: has(defined(ddl.FunctionKind, "f", addition)), do: &op.DropObject{Object: defined(ddl.FunctionKind, "f", addition)}, on: postgress},
			{name: "function that is not known", before: has(defined(ddl.FunctionKind, "f", addition)), do: &op.DropObject{Object: defined(ddl.FunctionKind, "f", "")}, on: postgress},
			{name: "event", before: with(made, has(defined(ddl.EventKind, "e", daily))...), do: &op.DropObject{Object: defined(ddl.EventKind, "e", daily)}, on: marias},
		},
		"refresh_view": {
			{name: "plain", before: with(made, has(kept)...), do: &op.RefreshView{Name: name("v")}, on: postgress},
			{name: "elsewhere", do: &op.RefreshView{Name: name("v")}, on: allButPG},
			{name: "concurrently", before: with(made, with(has(kept), exec("CREATE UNIQUE INDEX ix ON v (id)")...)...), do: &op.RefreshView{Name: name("v"), Concurrently: true}, on: postgress},
			{name: "without rows", before: with(made, has(kept)...), do: &op.RefreshView{Name: name("v"), Empty: true}, on: postgress},
		},
	}
}

// databaseCases are those of what tables lie in and draw from.
func databaseCases() map[string][]opCase {
	items := []op.SequenceItem{op.StartWith(10), op.IncrementBy(5), op.MinValue(5), op.MaxValue(1000), op.Cache(3), op.Cycle()}
	plain := []op.Operation{&op.CreateSequence{Name: name("s")}}
	return map[string][]opCase{
		"create_schema": {
			{name: "plain", do: &op.CreateSchema{Name: "gomig_sales"}, on: postgress},
			{name: "plain", do: &op.CreateSchema{Name: "gomig_sales"}, on: []string{"tidb", "sqlite"}},
			{name: "if not exists", do: &op.CreateSchema{Name: "gomig_sales", Guard: ddl.IfNotExists}, on: []string{"postgresql", "tidb"}},
		},
		"drop_schema": {
			{name: "empty", before: exec("CREATE SCHEMA gomig_sales"), do: &op.DropSchema{Name: "gomig_sales"}, on: postgress},
			{name: "empty", do: &op.DropSchema{Name: "gomig_sales"}, on: allButPG},
			{name: "with all that is in it", before: exec("CREATE SCHEMA gomig_sales"), do: &op.DropSchema{Name: "gomig_sales", Cascade: true}, on: postgress},
			{name: "with all that is in it", do: &op.DropSchema{Name: "gomig_none", Guard: ddl.IfExists, Cascade: true}, on: mysqls},
		},
		"rename_schema": {
			{name: "plain", before: exec("CREATE SCHEMA a"), do: &op.RenameSchema{Name: "a", To: "b"}},
		},
		"create_sequence": {
			{name: "plain", do: &op.CreateSequence{Name: name("s")}},
			{name: "if not exists", do: &op.CreateSequence{Name: name("s"), Guard: ddl.IfNotExists}, on: []string{"mariadb", "tidb", "postgresql"}},
			{name: "everything", do: &op.CreateSequence{Name: name("s"), Items: items}, on: []string{"mariadb", "tidb", "postgresql"}},
			{name: "of a column", before: create(customer()), do: &op.CreateSequence{Name: name("s"), Items: []op.SequenceItem{op.SequenceAs("smallint"), op.NoMinValue(), op.NoMaxValue(), op.NoCycle(), op.OwnedBy("customer", "age")}}, on: []string{"postgresql"}},
			{name: "of a type", do: &op.CreateSequence{Name: name("s"), Items: []op.SequenceItem{op.SequenceAs("INTEGER")}}, on: []string{"mariadb", "tidb"}},
			{name: "owned", do: &op.CreateSequence{Name: name("s"), Items: []op.SequenceItem{op.OwnedByNone()}}, on: []string{"mariadb", "tidb"}},
		},
		"alter_sequence": {
			{name: "known", before: plain, do: &op.AlterSequence{Name: name("s"), Items: []op.SequenceItem{op.IncrementBy(2), op.Cycle()}, Was: []op.SequenceItem{op.IncrementBy(1), op.NoCycle()}}, on: []string{"mariadb", "tidb", "postgresql"}},
			{name: "known", do: &op.AlterSequence{Name: name("s"), Items: []op.SequenceItem{op.IncrementBy(2)}}, on: []string{"mysql", "sqlite"}},
			{name: "begins again", before: plain, do: &op.AlterSequence{Name: name("s"), Items: []op.SequenceItem{op.Restart()}}, on: []string{"mariadb", "tidb", "postgresql"}},
			{name: "goes on elsewhere", before: plain, do: &op.AlterSequence{Name: name("s"), Items: []op.SequenceItem{op.RestartWith(50)}, Guard: ddl.IfExists}, on: []string{"mariadb", "tidb", "postgresql"}},
		},
		"rename_sequence": {
			{name: "plain", before: plain, do: &op.RenameSequence{Name: name("s"), To: "r"}, on: []string{"mariadb", "tidb", "postgresql"}},
			{name: "plain", do: &op.RenameSequence{Name: name("s"), To: "r"}, on: []string{"mysql", "sqlite"}},
		},
		"drop_sequence": {
			{name: "known", before: []op.Operation{&op.CreateSequence{Name: name("s"), Items: items}}, do: &op.DropSequence{Name: name("s"), Was: items}, on: []string{"mariadb", "tidb", "postgresql"}},
			{name: "if exists", do: &op.DropSequence{Name: name("s"), Guard: ddl.IfExists}},
			{name: "with what depends on it", before: plain, do: &op.DropSequence{Name: name("s"), Cascade: true}, on: postgress},
		},
		"create_extension": {
			{name: "plain", do: &op.CreateExtension{Name: "plpgsql", Guard: ddl.IfNotExists}},
			{name: "everything", before: exec("DROP EXTENSION IF EXISTS plpgsql", "CREATE SCHEMA ext"), do: &op.CreateExtension{Name: "plpgsql", Version: "1.0", Cascade: true}, on: postgress},
		},
		"drop_extension": {
			{name: "plain", do: &op.DropExtension{Name: "plpgsql"}},
			{name: "if exists", do: &op.DropExtension{Name: "none", Guard: ddl.IfExists, Cascade: true}, on: postgress},
		},
	}
}

// renamingCases are those of new names, and of what is not valid yet.
func renamingCases() map[string][]opCase {
	index := schema.IndexOn("ix", schema.Key("name"), schema.Key("age").Desc())
	constrained := create(customer(), order(
		schema.CheckConstraint("ck", "customer_id > 0"), schema.UniqueConstraint("uq", "starts"),
		schema.ForeignKeyConstraint("fk", []string{"customer_id"}, "customer", []string{"id"})))
	check := schema.CheckConstraint("ck", "customer_id > 0")
	late := schema.CheckConstraint("late", "customer_id > 1").With(schema.NotValid())
	unchecked := append(create(order()), &op.AddConstraint{Table: name("order"), Constraint: late})
	mood := schema.Column("mood", schema.Enum("mood", "sad", "ok", "happy"), schema.ServerDefault(schema.Literal("ok")))
	enum := append([]op.Operation{&op.CreateEnum{Name: name("mood"), Values: []string{"sad", "ok", "happy"}}},
		create(schema.NewTable("person", schema.Column("id", schema.Integer(), schema.PrimaryKey()), mood))...)
	enum = append(enum, &op.BulkInsert{Table: name("person"), Rows: []op.Row{{"id": 1, "mood": "happy"}}})
	column := ddl.EnumColumn{Table: name("person"), Column: "mood", Default: schema.Literal("ok")}
	return map[string][]opCase{
		"rename_index": {
			{name: "plain", before: create(customer(index)), do: &op.RenameIndex{Table: name("customer"), Name: "ix", To: "ix 2"}},
			{name: "known", before: create(customer(index)), do: &op.RenameIndex{Table: name("customer"), Name: "ix", To: "ix 2", Was: index}, on: sqlites},
			{name: "not known", before: exec("CREATE TABLE t (a INTEGER)", "CREATE INDEX ix ON t (a)"), do: &op.RenameIndex{Table: name("t"), Name: "ix", To: "ix2"}, on: sqlites},
			{name: "in a schema", before: append(exec("CREATE SCHEMA sales"), create(customer(schema.InSchema("sales"), index))...), do: &op.RenameIndex{Table: inSales("customer"), Name: "ix", To: "ix2"}, on: postgress},
		},
		"rename_constraint": {
			{name: "unique", before: constrained, do: &op.RenameConstraint{Table: name("order"), Name: "uq", To: "uq2", Kind: schema.UniqueKind}},
			{name: "check", before: constrained, do: &op.RenameConstraint{Table: name("order"), Name: "ck", To: "ck2", Kind: schema.CheckKind, Was: check}},
			{name: "foreign key", before: constrained, do: &op.RenameConstraint{
				Table: name("order"), Name: "fk", To: "fk2", Kind: schema.ForeignKeyKind,
				Was: schema.ForeignKeyConstraint("fk", []string{"customer_id"}, "customer", []string{"id"}),
			}},
			{name: "not known", before: constrained, do: &op.RenameConstraint{Table: name("order"), Name: "fk", To: "fk2"}},
		},
		"validate_constraint": {
			{name: "not known", before: unchecked, do: &op.ValidateConstraint{Table: name("order"), Name: "late"}, on: postgress},
			{name: "not known", before: create(order()), do: &op.ValidateConstraint{Table: name("order"), Name: "late"}, on: allButPG},
			{name: "known", before: unchecked, do: &op.ValidateConstraint{Table: name("order"), Name: "late", Was: late}, on: postgress},
		},
		"rename_enum": {
			{name: "plain", before: enum, do: &op.RenameEnum{Name: name("mood"), To: "feeling"}},
		},
		"rename_enum_value": {
			{name: "plain", before: enum, do: &op.RenameEnumValue{Name: name("mood"), Value: "ok", To: "it's fine"}},
		},
		"rebuild_enum": {
			{name: "columns not said", before: enum, do: &op.RebuildEnum{Name: name("mood"), Values: []string{"happy", "ok"}}},
			{name: "a value gone, the others in another order", before: enum, do: &op.RebuildEnum{
				Name: name("mood"), Values: []string{"happy", "ok"}, Was: []string{"sad", "ok", "happy"}, Columns: []ddl.EnumColumn{column},
			}, on: postgress},
			{name: "a value renamed on the way", before: enum, do: &op.RebuildEnum{
				Name: name("mood"), Values: []string{"glad", "fine"}, Was: []string{"ok", "happy"}, Columns: []ddl.EnumColumn{column},
				Renamed: []ddl.Renaming{{From: "happy", To: "glad"}, {From: "ok", To: "fine"}},
			}, on: postgress, lasts: postgress},
		},
		"update_rows": {
			{name: "some", before: create(customer()), do: &op.UpdateRows{Table: name("customer"), Set: op.Row{"age": 7, "city": "it's"}, Where: op.Row{"name": "x", "age": nil}}},
			{name: "all", before: create(customer()), do: &op.UpdateRows{Table: name("customer"), Set: op.Row{"age": schema.SQL("age + 1")}}},
		},
		"delete_rows": {
			{name: "some", before: create(customer()), do: &op.DeleteRows{Table: name("customer"), Where: op.Row{"id": 1, "age": nil}}},
			{name: "all", before: create(customer()), do: &op.DeleteRows{Table: name("customer")}},
		},
		"exec_named": {
			{name: "values of each kind", before: create(customer()), do: &op.ExecNamed{
				SQL:   `UPDATE customer SET name = :name, city = ':name \: é', age = :age /* :none */ WHERE age IS NULL AND name <> :name`,
				Binds: op.Binds{"name": "it's \\ :age", "age": 5},
			}},
			{name: "a cast and a colon", do: &op.ExecNamed{SQL: `SELECT '{1,2}'::int[], (ARRAY[1,2])[1\:2], :b`, Binds: op.Binds{"b": []byte{0, 255}}}, on: postgress},
			{name: "no value", do: &op.ExecNamed{SQL: "SELECT :a, :b", Binds: op.Binds{"a": 1}}},
			{name: "no parameter", do: &op.ExecNamed{SQL: "SELECT :a, ':b'", Binds: op.Binds{"a": 1, "b": nil}}},
		},
	}
}
