-- a statement
DELETE FROM customer WHERE name = 'x;y';
-- no way back: reversing execute DELETE FROM customer WHERE name = 'x;y': it has no reverse: only its author knows what undoes it

-- ends in a comment
DELETE FROM customer -- all
;
-- no way back: reversing execute DELETE FROM customer -- all;: it has no reverse: only its author knows what undoes it

-- bound
-- refused: execute DELETE FROM customer WHERE id = ?: a script cannot bind parameters; write the values into the SQL as literals [SQL: DELETE FROM customer WHERE id = ?]

-- empty
-- refused: execute : there is no SQL
