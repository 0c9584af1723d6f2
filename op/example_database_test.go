package op_test

import (
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

func ExampleOperations_CreateSchema() {
	say(func(o *op.Operations) {
		o.CreateSchema("sales", op.IfNotExists)
	})
	// Output:
	// -- mysql, mariadb, tidb
	// CREATE SCHEMA IF NOT EXISTS `sales`;
	// -- postgresql
	// CREATE SCHEMA IF NOT EXISTS "sales";
	// -- sqlite
	// refused: create schema "sales": schema "sales": in SQLite a schema is a file: attach it to the connection by ATTACH, or leave the schema out
}

func ExampleOperations_DropSchema() {
	say(func(o *op.Operations) {
		o.DropSchema("sales", op.Cascade())
	})
	// Output:
	// -- mysql, mariadb, tidb
	// DROP SCHEMA `sales`;
	// -- postgresql
	// DROP SCHEMA "sales" CASCADE;
	// -- sqlite
	// refused: drop schema "sales": schema "sales": in SQLite a schema is a file: attach it to the connection by ATTACH, or leave the schema out
}

func ExampleOperations_RenameSchema() {
	say(func(o *op.Operations) {
		o.RenameSchema("sales", "shop")
	})
	// Output:
	// -- mysql
	// refused: rename schema "sales" to "shop": renaming schema "sales": MySQL cannot; create "shop", rename each table into it by SQL of your own, and drop the old one
	// -- mariadb
	// refused: rename schema "sales" to "shop": renaming schema "sales": MariaDB cannot; create "shop", rename each table into it by SQL of your own, and drop the old one
	// -- tidb
	// refused: rename schema "sales" to "shop": renaming schema "sales": TiDB cannot; create "shop", rename each table into it by SQL of your own, and drop the old one
	// -- postgresql
	// ALTER SCHEMA "sales" RENAME TO "shop";
	// -- sqlite
	// refused: rename schema "sales" to "shop": schema "sales": in SQLite a schema is a file: attach it to the connection by ATTACH, or leave the schema out
}

func ExampleOperations_CreateSequence() {
	say(func(o *op.Operations) {
		o.CreateSequence("order_number", op.StartWith(1000), op.IncrementBy(10), op.Cache(20))
	})
	// Output:
	// -- mysql
	// refused: create sequence "order_number": sequence "order_number": MySQL has no sequences: number the rows by AUTO_INCREMENT, or keep the number in a table
	// -- mariadb, tidb
	// CREATE SEQUENCE `order_number` START WITH 1000 INCREMENT BY 10 CACHE 20;
	// -- postgresql
	// CREATE SEQUENCE "order_number" START WITH 1000 INCREMENT BY 10 CACHE 20;
	// -- sqlite
	// refused: create sequence "order_number": sequence "order_number": SQLite has no sequences: number the rows by an INTEGER PRIMARY KEY, or keep the number in a table
}

func ExampleOperations_AlterSequence() {
	say(func(o *op.Operations) {
		o.AlterSequence("order_number", op.IncrementBy(1), op.ExistingSequence(op.IncrementBy(10)))
	})
	// Output:
	// -- mysql
	// refused: alter sequence "order_number": sequence "order_number": MySQL has no sequences: number the rows by AUTO_INCREMENT, or keep the number in a table
	// -- mariadb, tidb
	// ALTER SEQUENCE `order_number` INCREMENT BY 1;
	// -- postgresql
	// ALTER SEQUENCE "order_number" INCREMENT BY 1;
	// -- sqlite
	// refused: alter sequence "order_number": sequence "order_number": SQLite has no sequences: number the rows by an INTEGER PRIMARY KEY, or keep the number in a table
}

func ExampleOperations_RenameSequence() {
	say(func(o *op.Operations) {
		o.RenameSequence("order_number", "order_no")
	})
	// Output:
	// -- mysql
	// refused: rename sequence "order_number" to "order_no": sequence "order_number": MySQL has no sequences: number the rows by AUTO_INCREMENT, or keep the number in a table
	// -- mariadb
	// ALTER TABLE `order_number` RENAME TO `order_no`;
	// -- tidb
	// refused: rename sequence "order_number" to "order_no": renaming sequence "order_number": TiDB cannot: create another, and drop this one
	// -- postgresql
	// ALTER SEQUENCE "order_number" RENAME TO "order_no";
	// -- sqlite
	// refused: rename sequence "order_number" to "order_no": sequence "order_number": SQLite has no sequences: number the rows by an INTEGER PRIMARY KEY, or keep the number in a table
}

func ExampleOperations_DropSequence() {
	say(func(o *op.Operations) {
		o.DropSequence("order_number", op.IfExists)
	})
	// Output:
	// -- mysql
	// refused: drop sequence "order_number": sequence "order_number": MySQL has no sequences: number the rows by AUTO_INCREMENT, or keep the number in a table
	// -- mariadb, tidb
	// DROP SEQUENCE IF EXISTS `order_number`;
	// -- postgresql
	// DROP SEQUENCE IF EXISTS "order_number";
	// -- sqlite
	// refused: drop sequence "order_number": sequence "order_number": SQLite has no sequences: number the rows by an INTEGER PRIMARY KEY, or keep the number in a table
}

func ExampleOperations_CreateExtension() {
	say(func(o *op.Operations) {
		o.CreateExtension("btree_gist", op.IfNotExists)
	})
	// Output:
	// -- mysql
	// refused: create extension "btree_gist": extension "btree_gist": MySQL has none: say it only where o.Dialect() is "postgresql"
	// -- mariadb
	// refused: create extension "btree_gist": extension "btree_gist": MariaDB has none: say it only where o.Dialect() is "postgresql"
	// -- tidb
	// refused: create extension "btree_gist": extension "btree_gist": TiDB has none: say it only where o.Dialect() is "postgresql"
	// -- postgresql
	// CREATE EXTENSION IF NOT EXISTS "btree_gist";
	// -- sqlite
	// refused: create extension "btree_gist": extension "btree_gist": SQLite loads extensions into a connection, not into a database: say it only where o.Dialect() is "postgresql"
}

func ExampleOperations_DropExtension() {
	say(func(o *op.Operations) {
		o.DropExtension("btree_gist", op.IfExists)
	})
	// Output:
	// -- mysql
	// refused: drop extension "btree_gist": extension "btree_gist": MySQL has none: say it only where o.Dialect() is "postgresql"
	// -- mariadb
	// refused: drop extension "btree_gist": extension "btree_gist": MariaDB has none: say it only where o.Dialect() is "postgresql"
	// -- tidb
	// refused: drop extension "btree_gist": extension "btree_gist": TiDB has none: say it only where o.Dialect() is "postgresql"
	// -- postgresql
	// DROP EXTENSION IF EXISTS "btree_gist";
	// -- sqlite
	// refused: drop extension "btree_gist": extension "btree_gist": SQLite loads extensions into a connection, not into a database: say it only where o.Dialect() is "postgresql"
}

func ExampleOperations_CreateEnum() {
	say(func(o *op.Operations) {
		o.CreateEnum("mood", "sad", "ok", "happy")
	})
	// Output:
	// -- mysql, mariadb, tidb
	// nothing
	// -- postgresql
	// CREATE TYPE "mood" AS ENUM ('sad', 'ok', 'happy');
	// -- sqlite
	// nothing
}

func ExampleOperations_AddEnumValue() {
	say(func(o *op.Operations) {
		o.AddEnumValue("mood", "fine", op.After("ok"))
	})
	// Output:
	// -- mysql
	// refused: add value "fine" to enum "mood": adding a value to the enumeration "mood": on MySQL the values stand in the columns' types: alter the type of each column
	// -- mariadb
	// refused: add value "fine" to enum "mood": adding a value to the enumeration "mood": on MariaDB the values stand in the columns' types: alter the type of each column
	// -- tidb
	// refused: add value "fine" to enum "mood": adding a value to the enumeration "mood": on TiDB the values stand in the columns' types: alter the type of each column
	// -- postgresql
	// ALTER TYPE "mood" ADD VALUE 'fine' AFTER 'ok';
	// -- sqlite
	// nothing
}

func ExampleOperations_RenameEnum() {
	say(func(o *op.Operations) {
		o.RenameEnum("mood", "feeling")
	})
	// Output:
	// -- mysql, mariadb, tidb
	// nothing
	// -- postgresql
	// ALTER TYPE "mood" RENAME TO "feeling";
	// -- sqlite
	// nothing
}

func ExampleOperations_RenameEnumValue() {
	say(func(o *op.Operations) {
		o.RenameEnumValue("mood", "ok", "fine")
	})
	// Output:
	// -- mysql
	// refused: rename value "ok" of enum "mood" to "fine": renaming a value of the enumeration "mood": on MySQL the values stand in the columns' types: alter the type of each column
	// -- mariadb
	// refused: rename value "ok" of enum "mood" to "fine": renaming a value of the enumeration "mood": on MariaDB the values stand in the columns' types: alter the type of each column
	// -- tidb
	// refused: rename value "ok" of enum "mood" to "fine": renaming a value of the enumeration "mood": on TiDB the values stand in the columns' types: alter the type of each column
	// -- postgresql
	// ALTER TYPE "mood" RENAME VALUE 'ok' TO 'fine';
	// -- sqlite
	// refused: rename value "ok" of enum "mood" to "fine": renaming a value of the enumeration "mood": in SQLite it is the text in its columns: update the rows that hold "ok"
}

func ExampleOperations_RebuildEnum() {
	say(func(o *op.Operations) {
		o.RebuildEnum("mood", []string{"happy", "ok"},
			op.ExistingValues("sad", "ok", "happy"),
			op.EnumColumn("person", "mood").Default(schema.Literal("ok")))
	})
	// Output:
	// -- mysql
	// refused: rebuild enum "mood": rebuilding the enumeration "mood": on MySQL the values stand in the columns' types: alter the type of each column
	// -- mariadb
	// refused: rebuild enum "mood": rebuilding the enumeration "mood": on MariaDB the values stand in the columns' types: alter the type of each column
	// -- tidb
	// refused: rebuild enum "mood": rebuilding the enumeration "mood": on TiDB the values stand in the columns' types: alter the type of each column
	// -- postgresql
	// ALTER TYPE "mood" RENAME TO "mood__gomig_old";
	// CREATE TYPE "mood" AS ENUM ('happy', 'ok');
	// ALTER TABLE "person" ALTER COLUMN "mood" DROP DEFAULT,
	//     ALTER COLUMN "mood" TYPE "mood" USING "mood"::text::"mood",
	//     ALTER COLUMN "mood" SET DEFAULT 'ok';
	// DROP TYPE "mood__gomig_old";
	// -- sqlite
	// refused: rebuild enum "mood": rebuilding the enumeration "mood": in SQLite it is the text in its columns: update the rows, and change the checks of the columns
}

func ExampleOperations_DropEnum() {
	say(func(o *op.Operations) {
		o.DropEnum("mood", op.IfExists)
	})
	// Output:
	// -- mysql, mariadb, tidb
	// nothing
	// -- postgresql
	// DROP TYPE IF EXISTS "mood";
	// -- sqlite
	// nothing
}
