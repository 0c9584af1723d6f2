-- plain
CREATE SCHEMA `gomig_sales`;
-- no way back: drop schema "gomig_sales": dropping schema "gomig_sales": TiDB drops a schema with all that is in it, and a script cannot look whether it is empty: say op.Cascade if that is meant

-- if not exists
CREATE SCHEMA IF NOT EXISTS `gomig_sales`;
-- no way back: drop schema "gomig_sales": dropping schema "gomig_sales": TiDB drops a schema with all that is in it, and a script cannot look whether it is empty: say op.Cascade if that is meant
