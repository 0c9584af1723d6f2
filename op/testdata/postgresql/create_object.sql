-- view
CREATE VIEW "v" AS
SELECT id, name FROM customer;
-- back
DROP VIEW "v";

-- view, or replace
CREATE OR REPLACE VIEW "v" AS
SELECT id, name, city FROM customer;
-- no way back: reversing create view "v": it has no reverse: what it replaced is not known; say it by a Replace method

-- view with options
CREATE VIEW "v" AS
SELECT id, name FROM customer;
-- back
DROP VIEW "v";

-- view, if not exists
-- refused: create view "v": creating view "v": PostgreSQL has no IF NOT EXISTS of a view: say op.OrReplace instead

-- view in a schema
CREATE VIEW "sales"."v" AS
SELECT id, name FROM customer;
-- back
DROP VIEW "sales"."v";

-- materialized view
CREATE MATERIALIZED VIEW "v" AS
SELECT id, name FROM customer;
-- back
DROP MATERIALIZED VIEW "v";

-- materialized view, if not exists
CREATE MATERIALIZED VIEW IF NOT EXISTS "v" AS
SELECT id, name FROM customer;
-- back
DROP MATERIALIZED VIEW IF EXISTS "v";

-- trigger
CREATE TRIGGER "tr" BEFORE INSERT ON customer FOR EACH ROW EXECUTE FUNCTION touch();
-- back
DROP TRIGGER "tr" ON "customer";

-- function
CREATE FUNCTION "f" (a integer, b integer DEFAULT 2) RETURNS integer LANGUAGE sql AS $$ SELECT a + b; $$;
-- back
DROP FUNCTION "f"(a integer, b integer);

-- procedure
CREATE PROCEDURE "p" () LANGUAGE sql AS $$ DELETE FROM customer; $$;
-- back
DROP PROCEDURE "p"();

-- event
-- refused: create event "e": creating event "e": PostgreSQL has no events: use the extension pg_cron, or a scheduler outside
