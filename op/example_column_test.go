package op_test

import (
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

func ExampleOperations_AddColumn() {
	say(func(o *op.Operations) {
		o.AddColumn("account", schema.Column("age", schema.Integer(), schema.ServerDefault(schema.Literal(0))))
	})
	// Output:
	// -- mysql, mariadb, tidb
	// ALTER TABLE `account` ADD COLUMN `age` INTEGER DEFAULT 0;
	// -- postgresql, sqlite
	// ALTER TABLE "account" ADD COLUMN "age" INTEGER DEFAULT 0;
}

func ExampleOperations_AddColumn_place() {
	say(func(o *op.Operations) {
		if o.Dialect() != "postgresql" && o.Dialect() != "sqlite" {
			o.AddColumn("account", schema.Column("age", schema.Integer()), op.After("name"))
		}
	})
	// Output:
	// -- mysql, mariadb, tidb
	// ALTER TABLE `account` ADD COLUMN `age` INTEGER AFTER `name`;
	// -- postgresql, sqlite
	// nothing
}

func ExampleOperations_DropColumn() {
	say(func(o *op.Operations) {
		o.DropColumn("account", "age")
	})
	// Output:
	// -- mysql, mariadb, tidb
	// ALTER TABLE `account` DROP COLUMN `age`;
	// -- postgresql, sqlite
	// ALTER TABLE "account" DROP COLUMN "age";
}

func ExampleOperations_AlterColumn() {
	say(func(o *op.Operations) {
		o.AlterColumn("account", "name",
			op.SetType(schema.String(80)), op.SetNotNull(),
			op.Existing(schema.String(50), schema.Comment("as printed")))
	})
	// Output:
	// -- mysql, mariadb, tidb
	// ALTER TABLE `account` MODIFY `name` VARCHAR(80) NOT NULL COMMENT 'as printed';
	// -- postgresql
	// ALTER TABLE "account" ALTER COLUMN "name" TYPE VARCHAR(80),
	//     ALTER COLUMN "name" SET NOT NULL;
	// -- sqlite
	// refused: alter column "name" of table "account": altering table "account": SQLite cannot change the column "name" with ALTER TABLE, and to copy the table a script must know it: give Batch.CopyFrom, or run online
}

func ExampleOperations_AlterColumn_rename() {
	say(func(o *op.Operations) {
		o.AlterColumn("account", "name", op.Rename("title"))
	})
	// Output:
	// -- mysql, mariadb, tidb
	// ALTER TABLE `account` RENAME COLUMN `name` TO `title`;
	// -- postgresql, sqlite
	// ALTER TABLE "account" RENAME COLUMN "name" TO "title";
}
