-- view
CREATE VIEW `v` AS
SELECT id, name FROM customer;
-- back
DROP VIEW `v`;

-- view, or replace
CREATE OR REPLACE VIEW `v` AS
SELECT id, name, city FROM customer;
-- no way back: reversing create view "v": it has no reverse: what it replaced is not known; say it by a Replace method

-- view with options
CREATE ALGORITHM=MERGE DEFINER=`ro``ot`@`%` SQL SECURITY INVOKER VIEW `v` AS
SELECT id, name FROM customer;
-- back
DROP VIEW `v`;

-- view, if not exists
-- refused: create view "v": creating view "v": TiDB has no CREATE VIEW IF NOT EXISTS: say op.OrReplace instead

-- materialized view
-- refused: create materialized view "v": materialized view "v": TiDB has none: create a view, or a table that is filled by a query

-- trigger
-- refused: create trigger "tr" of table "customer": trigger "tr": TiDB has none

-- function
-- refused: create function "f": function "f": TiDB has none

-- event
-- refused: create event "e": event "e": TiDB has none
