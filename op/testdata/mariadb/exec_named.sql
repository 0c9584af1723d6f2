-- values of each kind
UPDATE customer SET name = 'it''s \\ :age', city = ':name \: é', age = 5 /* :none */ WHERE age IS NULL AND name <> 'it''s \\ :age';
-- no way back: reversing execute UPDATE customer SET name = :name, city = ':name \: é', age =…: it has no reverse: only its author knows what undoes it

-- no value
-- refused: execute SELECT :a, :b: there is no value for :b; write \: for a colon that is none of a parameter

-- no parameter
-- refused: execute SELECT :a, ':b': the SQL has no :b, for which a value is given
