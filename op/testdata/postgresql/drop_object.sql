-- view that is known
DROP VIEW "v";
-- back
CREATE VIEW "v" AS
SELECT id, name FROM customer;

-- view, if exists
DROP VIEW IF EXISTS "v";
-- no way back: reversing drop view "v": it has no reverse: its definition is not known; say it by op.ExistingDefinition

-- view, with what depends on it
DROP VIEW "v" CASCADE;
-- no way back: reversing drop view "v": it has no reverse: its definition is not known; say it by op.ExistingDefinition

-- materialized view
DROP MATERIALIZED VIEW "v";
-- back
CREATE MATERIALIZED VIEW "v" AS
SELECT id, name FROM customer;

-- trigger
DROP TRIGGER "tr" ON "customer";
-- back
CREATE TRIGGER "tr" BEFORE INSERT ON customer FOR EACH ROW EXECUTE FUNCTION touch();

-- function
DROP FUNCTION "f"(a integer, b integer);
-- back
CREATE FUNCTION "f" (a integer, b integer DEFAULT 2) RETURNS integer LANGUAGE sql AS $$ SELECT a + b; $$;

-- function that is not known
DROP FUNCTION "f";
-- no way back: reversing drop function "f": it has no reverse: its definition is not known; say it by op.ExistingDefinition
