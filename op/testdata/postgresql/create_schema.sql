-- plain
CREATE SCHEMA "gomig_sales";
-- back
DROP SCHEMA "gomig_sales";

-- if not exists
CREATE SCHEMA IF NOT EXISTS "gomig_sales";
-- back
DROP SCHEMA IF EXISTS "gomig_sales";
