package op_test

import (
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

func ExampleOperations_CreateIndex() {
	say(func(o *op.Operations) {
		o.CreateIndex("ix_account_name", "account", "name", "age")
	})
	// Output:
	// -- mysql, mariadb, tidb
	// CREATE INDEX `ix_account_name` ON `account` (`name`, `age`);
	// -- postgresql, sqlite
	// CREATE INDEX "ix_account_name" ON "account" ("name", "age");
}

func ExampleOperations_CreateUniqueIndex() {
	say(func(o *op.Operations) {
		o.CreateUniqueIndex("ix_account_name", "account", "name")
	})
	// Output:
	// -- mysql, mariadb, tidb
	// CREATE UNIQUE INDEX `ix_account_name` ON `account` (`name`);
	// -- postgresql, sqlite
	// CREATE UNIQUE INDEX "ix_account_name" ON "account" ("name");
}

func ExampleOperations_AddIndex() {
	say(func(o *op.Operations) {
		o.AddIndex("account", schema.IndexOn("ix_account_name", schema.Key("name").Desc()), op.IfNotExists)
	})
	// Output:
	// -- mysql
	// refused: create index "ix_account_name" on table "account": creating index "ix_account_name": MySQL has no CREATE INDEX IF NOT EXISTS: leave the guard out
	// -- mariadb, tidb
	// CREATE INDEX IF NOT EXISTS `ix_account_name` ON `account` (`name` DESC);
	// -- postgresql, sqlite
	// CREATE INDEX IF NOT EXISTS "ix_account_name" ON "account" ("name" DESC);
}

func ExampleOperations_AddIndex_expression() {
	say(func(o *op.Operations) {
		o.AddIndex("account", schema.IndexOn("ix_account_lower", schema.KeyExpr("lower(name)")).With(schema.Where("age > 17")))
	})
	// Output:
	// -- mysql
	// refused: create index "ix_account_lower" on table "account": creating index "ix_account_lower": MySQL has no partial indexes: leave the predicate out
	// -- mariadb
	// refused: create index "ix_account_lower" on table "account": creating index "ix_account_lower": MariaDB has no partial indexes: leave the predicate out
	// -- tidb
	// refused: create index "ix_account_lower" on table "account": creating index "ix_account_lower": TiDB has no partial indexes: leave the predicate out
	// -- postgresql
	// CREATE INDEX "ix_account_lower" ON "account" ((lower(name))) WHERE age > 17;
	// -- sqlite
	// CREATE INDEX "ix_account_lower" ON "account" (lower(name)) WHERE age > 17;
}

func ExampleOperations_AddIndex_mysql() {
	say(func(o *op.Operations) {
		if o.Dialect() != "mysql" && o.Dialect() != "mariadb" {
			return
		}
		o.AddIndex("account", schema.IndexOn("ix_account_bio", schema.Key("bio").Prefix(20)))
		o.AddIndex("account", schema.Index("ft_account_bio", "bio").With(schema.Using("FULLTEXT")))
		o.AddIndex("account", schema.Index("sp_account_home", "home").With(schema.Using("SPATIAL")))
		o.AddIndex("account", schema.Index("ix_account_age", "age").With(mysql.Invisible()))
	})
	// Output:
	// -- mysql
	// CREATE INDEX `ix_account_bio` ON `account` (`bio`(20));
	// CREATE FULLTEXT INDEX `ft_account_bio` ON `account` (`bio`);
	// CREATE SPATIAL INDEX `sp_account_home` ON `account` (`home`);
	// CREATE INDEX `ix_account_age` ON `account` (`age`) INVISIBLE;
	// -- mariadb
	// CREATE INDEX `ix_account_bio` ON `account` (`bio`(20));
	// CREATE FULLTEXT INDEX `ft_account_bio` ON `account` (`bio`);
	// CREATE SPATIAL INDEX `sp_account_home` ON `account` (`home`);
	// CREATE INDEX `ix_account_age` ON `account` (`age`) IGNORED;
	// -- tidb, postgresql, sqlite
	// nothing
}

func ExampleOperations_AddIndex_postgres() {
	say(func(o *op.Operations) {
		if o.Dialect() != "postgresql" {
			return
		}
		o.AddIndex("account", schema.Index("ix_account_tags", "tags").With(schema.Using("gin")), op.With(postgres.Concurrently()))
		o.AddIndex("account", schema.IndexOn("ix_account_name", schema.Key("name").Op("text_pattern_ops").NullsLast()).
			With(schema.Include("age")))
		o.AddIndex("account", schema.Index("uq_account_mail", "mail").With(schema.UniqueIndex(), schema.NullsNotDistinct()))
	})
	// Output:
	// -- mysql, mariadb, tidb
	// nothing
	// -- postgresql
	// CREATE INDEX CONCURRENTLY "ix_account_tags" ON "account" USING gin ("tags");
	// CREATE INDEX "ix_account_name" ON "account" ("name" text_pattern_ops NULLS LAST) INCLUDE ("age");
	// CREATE UNIQUE INDEX "uq_account_mail" ON "account" ("mail") NULLS NOT DISTINCT;
	// -- sqlite
	// nothing
}

func ExampleOperations_DropIndex() {
	say(func(o *op.Operations) {
		o.DropIndex("ix_account_name", "account")
	})
	// Output:
	// -- mysql, mariadb, tidb
	// DROP INDEX `ix_account_name` ON `account`;
	// -- postgresql, sqlite
	// DROP INDEX "ix_account_name";
}

func ExampleOperations_RenameIndex() {
	say(func(o *op.Operations) {
		o.RenameIndex("ix_name", "ix_account_name", "account", op.ExistingIndex(schema.Index("ix_name", "name")))
	})
	// Output:
	// -- mysql, mariadb, tidb
	// ALTER TABLE `account` RENAME INDEX `ix_name` TO `ix_account_name`;
	// -- postgresql
	// ALTER INDEX "ix_name" RENAME TO "ix_account_name";
	// -- sqlite
	// DROP INDEX "ix_name";
	// CREATE INDEX "ix_account_name" ON "account" ("name");
}
