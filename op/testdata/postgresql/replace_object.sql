-- view with the same columns
CREATE OR REPLACE VIEW "v" AS
SELECT id, name FROM customer -- as before
;
-- back
CREATE OR REPLACE VIEW "v" AS
SELECT id, name FROM customer;

-- view, anew
DROP VIEW IF EXISTS "v";
CREATE VIEW "v" AS
SELECT id, name, city FROM customer;
-- back
DROP VIEW IF EXISTS "v";
CREATE VIEW "v" AS
SELECT id, name FROM customer;

-- materialized view
DROP MATERIALIZED VIEW IF EXISTS "v";
CREATE MATERIALIZED VIEW "v" AS
SELECT id, name, city FROM customer;
-- back
DROP MATERIALIZED VIEW IF EXISTS "v";
CREATE MATERIALIZED VIEW "v" AS
SELECT id, name FROM customer;

-- trigger
CREATE OR REPLACE TRIGGER "tr" BEFORE UPDATE ON customer FOR EACH ROW EXECUTE FUNCTION touch();
-- back
CREATE OR REPLACE TRIGGER "tr" BEFORE INSERT ON customer FOR EACH ROW EXECUTE FUNCTION touch();

-- function
CREATE OR REPLACE FUNCTION "f" (a integer, b integer DEFAULT 2) RETURNS integer LANGUAGE sql AS $$ SELECT a - b; $$;
-- back
CREATE OR REPLACE FUNCTION "f" (a integer, b integer DEFAULT 2) RETURNS integer LANGUAGE sql AS $$ SELECT a + b; $$;

-- function with other arguments
DROP FUNCTION IF EXISTS "f"(a integer, b integer);
CREATE FUNCTION "f" (a integer, b integer DEFAULT 2, c numeric(3, 1) = 0) RETURNS integer LANGUAGE sql AS $$ SELECT a + b; $$;
-- back
DROP FUNCTION IF EXISTS "f"(a integer, b integer, c numeric(3, 1));
CREATE FUNCTION "f" (a integer, b integer DEFAULT 2) RETURNS integer LANGUAGE sql AS $$ SELECT a + b; $$;

-- definition before not known
CREATE OR REPLACE VIEW "v" AS
SELECT id, name, city FROM customer;
-- no way back: reversing replace view "v": it has no reverse: its definition before is not known
