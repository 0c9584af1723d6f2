package op_test

import (
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

func ExampleOperations_CreatePrimaryKey() {
	say(func(o *op.Operations) {
		o.CreatePrimaryKey("pk_account", "account", "id")
	})
	// Output:
	// -- mysql, mariadb, tidb
	// ALTER TABLE `account` ADD PRIMARY KEY (`id`);
	// -- postgresql
	// ALTER TABLE "account" ADD CONSTRAINT "pk_account" PRIMARY KEY ("id");
	// -- sqlite
	// refused: add primary key "pk_account" to table "account": altering table "account": SQLite cannot add a primary key with ALTER TABLE, and to copy the table a script must know it: give Batch.CopyFrom, or run online
}

func ExampleOperations_CreateUniqueConstraint() {
	say(func(o *op.Operations) {
		o.CreateUniqueConstraint("uq_account_name", "account", "name")
	})
	// Output:
	// -- mysql, mariadb, tidb
	// ALTER TABLE `account` ADD CONSTRAINT `uq_account_name` UNIQUE (`name`);
	// -- postgresql
	// ALTER TABLE "account" ADD CONSTRAINT "uq_account_name" UNIQUE ("name");
	// -- sqlite
	// refused: add unique constraint "uq_account_name" to table "account": altering table "account": SQLite cannot add a unique constraint with ALTER TABLE, and to copy the table a script must know it: give Batch.CopyFrom, or run online
}

func ExampleOperations_CreateCheckConstraint() {
	say(func(o *op.Operations) {
		o.CreateCheckConstraint("ck_account_age", "account", "age >= 0")
	})
	// Output:
	// -- mysql, mariadb, tidb
	// ALTER TABLE `account` ADD CONSTRAINT `ck_account_age` CHECK (age >= 0);
	// -- postgresql
	// ALTER TABLE "account" ADD CONSTRAINT "ck_account_age" CHECK (age >= 0);
	// -- sqlite
	// refused: add check constraint "ck_account_age" to table "account": altering table "account": SQLite cannot add a check constraint with ALTER TABLE, and to copy the table a script must know it: give Batch.CopyFrom, or run online
}

func ExampleOperations_CreateForeignKey() {
	say(func(o *op.Operations) {
		o.CreateForeignKey("fk_account_owner", "account", "person", []string{"owner_id"}, []string{"id"},
			schema.OnDelete(schema.SetNull))
	})
	// Output:
	// -- mysql, mariadb, tidb
	// ALTER TABLE `account` ADD CONSTRAINT `fk_account_owner` FOREIGN KEY (`owner_id`) REFERENCES `person` (`id`) ON DELETE SET NULL;
	// -- postgresql
	// ALTER TABLE "account" ADD CONSTRAINT "fk_account_owner" FOREIGN KEY ("owner_id") REFERENCES "person" ("id") ON DELETE SET NULL;
	// -- sqlite
	// refused: add foreign key "fk_account_owner" to table "account": altering table "account": SQLite cannot add a foreign key with ALTER TABLE, and to copy the table a script must know it: give Batch.CopyFrom, or run online
}

func ExampleOperations_CreateExcludeConstraint() {
	say(func(o *op.Operations) {
		o.CreateExcludeConstraint("ex_booking", "booking",
			[]schema.ExcludeElement{schema.Exclude("room", "="), schema.Exclude("during", "&&")},
			schema.Using("gist"), schema.Where("cancelled_at IS NULL"))
	})
	// Output:
	// -- mysql
	// refused: add exclude constraint "ex_booking" to table "booking": altering table "booking": adding exclude constraint "ex_booking": MySQL has no exclusion constraints
	// -- mariadb
	// refused: add exclude constraint "ex_booking" to table "booking": altering table "booking": adding exclude constraint "ex_booking": MariaDB has no exclusion constraints
	// -- tidb
	// refused: add exclude constraint "ex_booking" to table "booking": altering table "booking": adding exclude constraint "ex_booking": TiDB has no exclusion constraints
	// -- postgresql
	// ALTER TABLE "booking" ADD CONSTRAINT "ex_booking" EXCLUDE USING gist (room WITH =, during WITH &&) WHERE (cancelled_at IS NULL);
	// -- sqlite
	// refused: add exclude constraint "ex_booking" to table "booking": altering table "booking": SQLite cannot add a exclude constraint with ALTER TABLE, and to copy the table a script must know it: give Batch.CopyFrom, or run online
}

func ExampleOperations_AddConstraint() {
	say(func(o *op.Operations) {
		late := schema.CheckConstraint("ck_account_age", "age >= 0").With(schema.NotValid())
		o.AddConstraint("account", late)
	})
	// Output:
	// -- mysql
	// refused: add check constraint "ck_account_age" to table "account": altering table "account": adding check constraint "ck_account_age": MySQL always checks the rows that exist: leave NotValid out
	// -- mariadb
	// refused: add check constraint "ck_account_age" to table "account": altering table "account": adding check constraint "ck_account_age": MariaDB always checks the rows that exist: leave NotValid out
	// -- tidb
	// refused: add check constraint "ck_account_age" to table "account": altering table "account": adding check constraint "ck_account_age": TiDB always checks the rows that exist: leave NotValid out
	// -- postgresql
	// ALTER TABLE "account" ADD CONSTRAINT "ck_account_age" CHECK (age >= 0) NOT VALID;
	// -- sqlite
	// refused: add check constraint "ck_account_age" to table "account": altering table "account": SQLite cannot add a check constraint with ALTER TABLE, and to copy the table a script must know it: give Batch.CopyFrom, or run online
}

func ExampleOperations_ValidateConstraint() {
	say(func(o *op.Operations) {
		o.ValidateConstraint("ck_account_age", "account")
	})
	// Output:
	// -- mysql
	// refused: validate constraint "ck_account_age" of table "account": altering table "account": validating constraint "ck_account_age": MySQL checks the rows when a constraint is added, and never again: leave it out
	// -- mariadb
	// refused: validate constraint "ck_account_age" of table "account": altering table "account": validating constraint "ck_account_age": MariaDB checks the rows when a constraint is added, and never again: leave it out
	// -- tidb
	// refused: validate constraint "ck_account_age" of table "account": altering table "account": validating constraint "ck_account_age": TiDB checks the rows when a constraint is added, and never again: leave it out
	// -- postgresql
	// ALTER TABLE "account" VALIDATE CONSTRAINT "ck_account_age";
	// -- sqlite
	// refused: validate constraint "ck_account_age" of table "account": altering table "account": validating constraint "ck_account_age": SQLite has no constraints that were added as not valid: leave it out
}

func ExampleOperations_RenameConstraint() {
	say(func(o *op.Operations) {
		o.RenameConstraint("ck_age", "ck_account_age", "account", schema.CheckKind,
			op.ExistingConstraint(schema.CheckConstraint("ck_age", "age >= 0")))
	})
	// Output:
	// -- mysql
	// ALTER TABLE `account` DROP CHECK `ck_age`, ADD CONSTRAINT `ck_account_age` CHECK (age >= 0);
	// -- mariadb
	// ALTER TABLE `account` DROP CONSTRAINT `ck_age`, ADD CONSTRAINT `ck_account_age` CHECK (age >= 0);
	// -- tidb
	// ALTER TABLE `account` DROP CHECK `ck_age`;
	// ALTER TABLE `account` ADD CONSTRAINT `ck_account_age` CHECK (age >= 0);
	// -- postgresql
	// ALTER TABLE "account" RENAME CONSTRAINT "ck_age" TO "ck_account_age";
	// -- sqlite
	// refused: rename check constraint "ck_age" of table "account" to "ck_account_age": altering table "account": SQLite cannot rename a constraint with ALTER TABLE, and to copy the table a script must know it: give Batch.CopyFrom, or run online
}

func ExampleOperations_DropConstraint() {
	say(func(o *op.Operations) {
		o.DropConstraint("ck_account_age", "account", schema.CheckKind)
	})
	// Output:
	// -- mysql
	// ALTER TABLE `account` DROP CHECK `ck_account_age`;
	// -- mariadb
	// ALTER TABLE `account` DROP CONSTRAINT `ck_account_age`;
	// -- tidb
	// ALTER TABLE `account` DROP CHECK `ck_account_age`;
	// -- postgresql
	// ALTER TABLE "account" DROP CONSTRAINT "ck_account_age";
	// -- sqlite
	// refused: drop check constraint "ck_account_age" of table "account": altering table "account": SQLite cannot drop a constraint with ALTER TABLE, and to copy the table a script must know it: give Batch.CopyFrom, or run online
}
