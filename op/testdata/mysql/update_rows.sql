-- some
UPDATE `customer` SET `age` = 7, `city` = 'it''s' WHERE `age` IS NULL AND `name` = 'x';
-- no way back: reversing update rows of table "customer": it has no reverse: what the rows held before is not known

-- all
UPDATE `customer` SET `age` = age + 1;
-- no way back: reversing update rows of table "customer": it has no reverse: what the rows held before is not known
