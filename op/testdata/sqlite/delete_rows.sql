-- some
DELETE FROM "customer" WHERE "age" IS NULL AND "id" = 1;
-- no way back: reversing delete rows of table "customer": it has no reverse: what the rows held is not known

-- all
DELETE FROM "customer";
-- no way back: reversing delete rows of table "customer": it has no reverse: what the rows held is not known
