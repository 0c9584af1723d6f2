-- empty
-- refused: drop schema "gomig_sales": dropping schema "gomig_sales": MariaDB drops a schema with all that is in it, and a script cannot look whether it is empty: say op.Cascade if that is meant

-- with all that is in it
DROP SCHEMA IF EXISTS `gomig_none`;
-- no way back: reversing drop schema "gomig_none": it has no reverse: what was in it is not known
