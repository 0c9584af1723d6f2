-- empty
DROP SCHEMA "gomig_sales";
-- back
CREATE SCHEMA "gomig_sales";

-- with all that is in it
DROP SCHEMA "gomig_sales" CASCADE;
-- no way back: reversing drop schema "gomig_sales": it has no reverse: what was in it is not known
