-- view
CREATE VIEW "v" AS
SELECT id, name FROM customer;
-- back
DROP VIEW "v";

-- view, or replace
DROP VIEW IF EXISTS "v";
CREATE VIEW "v" AS
SELECT id, name, city FROM customer;
-- no way back: reversing create view "v": it has no reverse: what it replaced is not known; say it by a Replace method

-- view with options
CREATE VIEW "v" AS
SELECT id, name FROM customer;
-- back
DROP VIEW "v";

-- view, if not exists
CREATE VIEW IF NOT EXISTS "v" AS
SELECT id, name FROM customer;
-- back
DROP VIEW IF EXISTS "v";

-- materialized view
-- refused: create materialized view "v": materialized view "v": SQLite has none: create a view, or a table that is filled by a query

-- trigger
CREATE TRIGGER IF NOT EXISTS "tr" AFTER INSERT ON customer BEGIN
    UPDATE customer SET age = 1 WHERE id = NEW.id;
END;
-- back
DROP TRIGGER IF EXISTS "tr";

-- function
-- refused: create function "f": function "f": SQLite has none: the program that opens the database registers its functions

-- event
-- refused: create event "e": event "e": SQLite has none: it needs a scheduler outside
