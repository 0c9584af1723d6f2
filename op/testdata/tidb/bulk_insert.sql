-- rows
INSERT INTO `customer` (`age`, `city`, `id`, `name`) VALUES (7, NULL, 1, 'it''s'),
    (1 + 1, 'x', 2, 'back\\slash; -- "é"')
;
-- no way back: reversing insert 2 rows into table "customer": it has no reverse: which rows were there before is not known

-- line breaks
INSERT INTO `customer` (`id`, `name`) VALUES (1, 'a\r
b
');
-- no way back: reversing insert 1 rows into table "customer": it has no reverse: which rows were there before is not known

-- no rows
-- nothing to do
-- no way back: reversing insert 0 rows into table "customer": it has no reverse: which rows were there before is not known

-- rows that differ
-- refused: insert 2 rows into table "customer": row 2 has no value for the column "id"; all rows need the same columns
