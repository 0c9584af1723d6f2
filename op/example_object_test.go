package op_test

import (
	"github.com/gomig-dev/gomig/op"
)

func ExampleOperations_CreateView() {
	say(func(o *op.Operations) {
		o.CreateView("adult", "SELECT id, name FROM account WHERE age > 17")
	})
	// Output:
	// -- mysql, mariadb, tidb
	// CREATE VIEW `adult` AS
	// SELECT id, name FROM account WHERE age > 17;
	// -- postgresql, sqlite
	// CREATE VIEW "adult" AS
	// SELECT id, name FROM account WHERE age > 17;
}

func ExampleOperations_CreateView_orReplace() {
	say(func(o *op.Operations) {
		o.CreateView("adult", "SELECT id, name FROM account WHERE age > 17", op.OrReplace())
	})
	// Output:
	// -- mysql, mariadb, tidb
	// -- A script cannot know what the view has of ALGORITHM, DEFINER, SQL SECURITY: op.With says it in the revision, else it is the default from now on.
	// CREATE OR REPLACE VIEW `adult` AS
	// SELECT id, name FROM account WHERE age > 17;
	// -- postgresql
	// CREATE OR REPLACE VIEW "adult" AS
	// SELECT id, name FROM account WHERE age > 17;
	// -- sqlite
	// DROP VIEW IF EXISTS "adult";
	// CREATE VIEW "adult" AS
	// SELECT id, name FROM account WHERE age > 17;
}

func ExampleOperations_ReplaceView() {
	say(func(o *op.Operations) {
		o.ReplaceView("adult",
			"SELECT id, name, age FROM account WHERE age > 17",
			"SELECT id, name FROM account WHERE age > 17")
	})
	// Output:
	// -- mysql, mariadb, tidb
	// -- A script cannot know what the view has of ALGORITHM, DEFINER, SQL SECURITY: op.With says it in the revision, else it is the default from now on.
	// CREATE OR REPLACE VIEW `adult` AS
	// SELECT id, name, age FROM account WHERE age > 17;
	// -- postgresql
	// CREATE OR REPLACE VIEW "adult" AS
	// SELECT id, name, age FROM account WHERE age > 17;
	// -- sqlite
	// DROP VIEW IF EXISTS "adult";
	// CREATE VIEW "adult" AS
	// SELECT id, name, age FROM account WHERE age > 17;
}

func ExampleOperations_DropView() {
	say(func(o *op.Operations) {
		o.DropView("adult", op.IfExists, op.ExistingDefinition("SELECT id, name FROM account WHERE age > 17"))
	})
	// Output:
	// -- mysql, mariadb, tidb
	// DROP VIEW IF EXISTS `adult`;
	// -- postgresql, sqlite
	// DROP VIEW IF EXISTS "adult";
}

func ExampleOperations_CreateMaterializedView() {
	say(func(o *op.Operations) {
		o.CreateMaterializedView("total", "SELECT count(*) AS n FROM account")
	})
	// Output:
	// -- mysql
	// refused: create materialized view "total": materialized view "total": MySQL has none: create a view, or a table that is filled by a query
	// -- mariadb
	// refused: create materialized view "total": materialized view "total": MariaDB has none: create a view, or a table that is filled by a query
	// -- tidb
	// refused: create materialized view "total": materialized view "total": TiDB has none: create a view, or a table that is filled by a query
	// -- postgresql
	// CREATE MATERIALIZED VIEW "total" AS
	// SELECT count(*) AS n FROM account;
	// -- sqlite
	// refused: create materialized view "total": materialized view "total": SQLite has none: create a view, or a table that is filled by a query
}

func ExampleOperations_ReplaceMaterializedView() {
	say(func(o *op.Operations) {
		o.ReplaceMaterializedView("total", "SELECT count(*) AS n, max(age) AS oldest FROM account", "SELECT count(*) AS n FROM account")
	})
	// Output:
	// -- mysql
	// refused: replace materialized view "total": materialized view "total": MySQL has none: create a view, or a table that is filled by a query
	// -- mariadb
	// refused: replace materialized view "total": materialized view "total": MariaDB has none: create a view, or a table that is filled by a query
	// -- tidb
	// refused: replace materialized view "total": materialized view "total": TiDB has none: create a view, or a table that is filled by a query
	// -- postgresql
	// DROP MATERIALIZED VIEW IF EXISTS "total";
	// CREATE MATERIALIZED VIEW "total" AS
	// SELECT count(*) AS n, max(age) AS oldest FROM account;
	// -- sqlite
	// refused: replace materialized view "total": materialized view "total": SQLite has none: create a view, or a table that is filled by a query
}

func ExampleOperations_RefreshMaterializedView() {
	say(func(o *op.Operations) {
		o.RefreshMaterializedView("total", op.Concurrently)
	})
	// Output:
	// -- mysql
	// refused: refresh materialized view "total": materialized view "total": MySQL has none: create a view, or a table that is filled by a query
	// -- mariadb
	// refused: refresh materialized view "total": materialized view "total": MariaDB has none: create a view, or a table that is filled by a query
	// -- tidb
	// refused: refresh materialized view "total": materialized view "total": TiDB has none: create a view, or a table that is filled by a query
	// -- postgresql
	// REFRESH MATERIALIZED VIEW CONCURRENTLY "total";
	// -- sqlite
	// refused: refresh materialized view "total": materialized view "total": SQLite has none: create a view, or a table that is filled by a query
}

func ExampleOperations_DropMaterializedView() {
	say(func(o *op.Operations) {
		o.DropMaterializedView("total", op.Cascade())
	})
	// Output:
	// -- mysql
	// refused: drop materialized view "total": materialized view "total": MySQL has none: create a view, or a table that is filled by a query
	// -- mariadb
	// refused: drop materialized view "total": materialized view "total": MariaDB has none: create a view, or a table that is filled by a query
	// -- tidb
	// refused: drop materialized view "total": materialized view "total": TiDB has none: create a view, or a table that is filled by a query
	// -- postgresql
	// DROP MATERIALIZED VIEW "total" CASCADE;
	// -- sqlite
	// refused: drop materialized view "total": materialized view "total": SQLite has none: create a view, or a table that is filled by a query
}

func ExampleOperations_CreateTrigger() {
	say(func(o *op.Operations) {
		switch o.Dialect() {
		case "postgresql":
			o.CreateTrigger("account_touch", "account", "BEFORE UPDATE ON account FOR EACH ROW EXECUTE FUNCTION touch()")
		case "sqlite":
			o.CreateTrigger("account_touch", "account", "AFTER UPDATE ON account BEGIN SELECT 1; END")
		default:
			o.CreateTrigger("account_touch", "account", "BEFORE UPDATE ON account FOR EACH ROW SET NEW.touched = NOW()")
		}
	})
	// Output:
	// -- mysql, mariadb
	// CREATE TRIGGER `account_touch` BEFORE UPDATE ON account FOR EACH ROW SET NEW.touched = NOW();
	// -- tidb
	// refused: create trigger "account_touch" of table "account": trigger "account_touch": TiDB has none
	// -- postgresql
	// CREATE TRIGGER "account_touch" BEFORE UPDATE ON account FOR EACH ROW EXECUTE FUNCTION touch();
	// -- sqlite
	// CREATE TRIGGER "account_touch" AFTER UPDATE ON account BEGIN SELECT 1; END;
}

func ExampleOperations_ReplaceTrigger() {
	say(func(o *op.Operations) {
		switch o.Dialect() {
		case "postgresql":
			o.ReplaceTrigger("account_touch", "account", "BEFORE UPDATE ON account FOR EACH ROW EXECUTE FUNCTION touch()",
				"BEFORE INSERT ON account FOR EACH ROW EXECUTE FUNCTION touch()")
		case "sqlite":
			o.ReplaceTrigger("account_touch", "account", "AFTER UPDATE ON account BEGIN SELECT 1; END",
				"AFTER INSERT ON account BEGIN SELECT 1; END")
		default:
			o.ReplaceTrigger("account_touch", "account", "BEFORE UPDATE ON account FOR EACH ROW SET NEW.touched = NOW()",
				"BEFORE UPDATE ON account FOR EACH ROW SET NEW.touched = NULL")
		}
	})
	// Output:
	// -- mysql
	// DROP TRIGGER IF EXISTS `account_touch`;
	// -- A script cannot know what the trigger has of DEFINER: op.With says it in the revision, else it is the default from now on.
	// CREATE TRIGGER `account_touch` BEFORE UPDATE ON account FOR EACH ROW SET NEW.touched = NOW();
	// -- mariadb
	// -- A script cannot know what the trigger has of DEFINER: op.With says it in the revision, else it is the default from now on.
	// CREATE OR REPLACE TRIGGER `account_touch` BEFORE UPDATE ON account FOR EACH ROW SET NEW.touched = NOW();
	// -- tidb
	// refused: replace trigger "account_touch" of table "account": trigger "account_touch": TiDB has none
	// -- postgresql
	// CREATE OR REPLACE TRIGGER "account_touch" BEFORE UPDATE ON account FOR EACH ROW EXECUTE FUNCTION touch();
	// -- sqlite
	// DROP TRIGGER IF EXISTS "account_touch";
	// CREATE TRIGGER "account_touch" AFTER UPDATE ON account BEGIN SELECT 1; END;
}

func ExampleOperations_DropTrigger() {
	say(func(o *op.Operations) {
		o.DropTrigger("account_touch", "account", op.IfExists)
	})
	// Output:
	// -- mysql, mariadb
	// DROP TRIGGER IF EXISTS `account_touch`;
	// -- tidb
	// refused: drop trigger "account_touch" of table "account": trigger "account_touch": TiDB has none
	// -- postgresql
	// DROP TRIGGER IF EXISTS "account_touch" ON "account";
	// -- sqlite
	// DROP TRIGGER IF EXISTS "account_touch";
}

func ExampleOperations_CreateFunction() {
	say(func(o *op.Operations) {
		if o.Dialect() == "postgresql" {
			o.CreateFunction("twice", "(n integer) RETURNS integer LANGUAGE sql AS $$ SELECT 2 * n $$")
			return
		}
		o.CreateFunction("twice", "(n INT) RETURNS INT DETERMINISTIC RETURN 2 * n")
	})
	// Output:
	// -- mysql, mariadb
	// CREATE FUNCTION `twice` (n INT) RETURNS INT DETERMINISTIC RETURN 2 * n;
	// -- tidb
	// refused: create function "twice": function "twice": TiDB has none
	// -- postgresql
	// CREATE FUNCTION "twice" (n integer) RETURNS integer LANGUAGE sql AS $$ SELECT 2 * n $$;
	// -- sqlite
	// refused: create function "twice": function "twice": SQLite has none: the program that opens the database registers its functions
}

func ExampleOperations_ReplaceFunction() {
	say(func(o *op.Operations) {
		if o.Dialect() == "postgresql" {
			o.ReplaceFunction("twice", "(n integer) RETURNS integer LANGUAGE sql AS $$ SELECT 2 * n $$",
				"(n bigint) RETURNS bigint LANGUAGE sql AS $$ SELECT 2 * n $$")
			return
		}
		o.ReplaceFunction("twice", "(n INT) RETURNS INT DETERMINISTIC RETURN 2 * n",
			"(n INT) RETURNS INT DETERMINISTIC RETURN n + n")
	})
	// Output:
	// -- mysql
	// DROP FUNCTION IF EXISTS `twice`;
	// -- A script cannot know what the function has of DEFINER, SQL SECURITY: op.With and the definition say it in the revision, else it is the default from now on.
	// CREATE FUNCTION `twice` (n INT) RETURNS INT DETERMINISTIC RETURN 2 * n;
	// -- mariadb
	// -- A script cannot know what the function has of DEFINER, SQL SECURITY: op.With and the definition say it in the revision, else it is the default from now on.
	// CREATE OR REPLACE FUNCTION `twice` (n INT) RETURNS INT DETERMINISTIC RETURN 2 * n;
	// -- tidb
	// refused: replace function "twice": function "twice": TiDB has none
	// -- postgresql
	// DROP FUNCTION IF EXISTS "twice"(n bigint);
	// CREATE FUNCTION "twice" (n integer) RETURNS integer LANGUAGE sql AS $$ SELECT 2 * n $$;
	// -- sqlite
	// refused: replace function "twice": function "twice": SQLite has none: the program that opens the database registers its functions
}

func ExampleOperations_DropFunction() {
	say(func(o *op.Operations) {
		o.DropFunction("twice", op.IfExists)
	})
	// Output:
	// -- mysql, mariadb
	// DROP FUNCTION IF EXISTS `twice`;
	// -- tidb
	// refused: drop function "twice": function "twice": TiDB has none
	// -- postgresql
	// DROP FUNCTION IF EXISTS "twice";
	// -- sqlite
	// refused: drop function "twice": function "twice": SQLite has none: the program that opens the database registers its functions
}

func ExampleOperations_CreateProcedure() {
	say(func(o *op.Operations) {
		if o.Dialect() == "postgresql" {
			o.CreateProcedure("forget", "() LANGUAGE sql AS $$ DELETE FROM account $$")
			return
		}
		o.CreateProcedure("forget", "() DELETE FROM account")
	})
	// Output:
	// -- mysql, mariadb
	// CREATE PROCEDURE `forget` () DELETE FROM account;
	// -- tidb
	// refused: create procedure "forget": procedure "forget": TiDB has none
	// -- postgresql
	// CREATE PROCEDURE "forget" () LANGUAGE sql AS $$ DELETE FROM account $$;
	// -- sqlite
	// refused: create procedure "forget": procedure "forget": SQLite has none: the program that opens the database registers its functions
}

func ExampleOperations_ReplaceProcedure() {
	say(func(o *op.Operations) {
		if o.Dialect() == "postgresql" {
			o.ReplaceProcedure("forget", "() LANGUAGE sql AS $$ DELETE FROM account $$", "() LANGUAGE sql AS $$ SELECT 1 $$")
			return
		}
		o.ReplaceProcedure("forget", "() DELETE FROM account", "() SELECT 1")
	})
	// Output:
	// -- mysql
	// DROP PROCEDURE IF EXISTS `forget`;
	// -- A script cannot know what the procedure has of DEFINER, SQL SECURITY: op.With and the definition say it in the revision, else it is the default from now on.
	// CREATE PROCEDURE `forget` () DELETE FROM account;
	// -- mariadb
	// -- A script cannot know what the procedure has of DEFINER, SQL SECURITY: op.With and the definition say it in the revision, else it is the default from now on.
	// CREATE OR REPLACE PROCEDURE `forget` () DELETE FROM account;
	// -- tidb
	// refused: replace procedure "forget": procedure "forget": TiDB has none
	// -- postgresql
	// CREATE OR REPLACE PROCEDURE "forget" () LANGUAGE sql AS $$ DELETE FROM account $$;
	// -- sqlite
	// refused: replace procedure "forget": procedure "forget": SQLite has none: the program that opens the database registers its functions
}

func ExampleOperations_DropProcedure() {
	say(func(o *op.Operations) {
		o.DropProcedure("forget")
	})
	// Output:
	// -- mysql, mariadb
	// DROP PROCEDURE `forget`;
	// -- tidb
	// refused: drop procedure "forget": procedure "forget": TiDB has none
	// -- postgresql
	// DROP PROCEDURE "forget";
	// -- sqlite
	// refused: drop procedure "forget": procedure "forget": SQLite has none: the program that opens the database registers its functions
}

func ExampleOperations_CreateEvent() {
	say(func(o *op.Operations) {
		o.CreateEvent("nightly", "ON SCHEDULE EVERY 1 DAY DO DELETE FROM session")
	})
	// Output:
	// -- mysql, mariadb
	// CREATE EVENT `nightly` ON SCHEDULE EVERY 1 DAY DO DELETE FROM session;
	// -- tidb
	// refused: create event "nightly": event "nightly": TiDB has none
	// -- postgresql
	// refused: create event "nightly": creating event "nightly": PostgreSQL has no events: use the extension pg_cron, or a scheduler outside
	// -- sqlite
	// refused: create event "nightly": event "nightly": SQLite has none: it needs a scheduler outside
}

func ExampleOperations_ReplaceEvent() {
	say(func(o *op.Operations) {
		o.ReplaceEvent("nightly", "ON SCHEDULE EVERY 1 DAY DO DELETE FROM session", "ON SCHEDULE EVERY 1 HOUR DO DELETE FROM session")
	})
	// Output:
	// -- mysql
	// DROP EVENT IF EXISTS `nightly`;
	// -- A script cannot know what the event has of DEFINER: op.With says it in the revision, else it is the default from now on.
	// CREATE EVENT `nightly` ON SCHEDULE EVERY 1 DAY DO DELETE FROM session;
	// -- mariadb
	// -- A script cannot know what the event has of DEFINER: op.With says it in the revision, else it is the default from now on.
	// CREATE OR REPLACE EVENT `nightly` ON SCHEDULE EVERY 1 DAY DO DELETE FROM session;
	// -- tidb
	// refused: replace event "nightly": event "nightly": TiDB has none
	// -- postgresql
	// refused: replace event "nightly": creating event "nightly": PostgreSQL has no events: use the extension pg_cron, or a scheduler outside
	// -- sqlite
	// refused: replace event "nightly": event "nightly": SQLite has none: it needs a scheduler outside
}

func ExampleOperations_DropEvent() {
	say(func(o *op.Operations) {
		o.DropEvent("nightly")
	})
	// Output:
	// -- mysql, mariadb
	// DROP EVENT `nightly`;
	// -- tidb
	// refused: drop event "nightly": event "nightly": TiDB has none
	// -- postgresql
	// refused: drop event "nightly": dropping event "nightly": PostgreSQL has no events: use the extension pg_cron, or a scheduler outside
	// -- sqlite
	// refused: drop event "nightly": event "nightly": SQLite has none: it needs a scheduler outside
}
