-- view that is known
DROP VIEW "v";
-- back
CREATE VIEW "v" AS
SELECT id, name FROM customer;

-- view, if exists
DROP VIEW IF EXISTS "v";
-- no way back: reversing drop view "v": it has no reverse: its definition is not known; say it by op.ExistingDefinition
