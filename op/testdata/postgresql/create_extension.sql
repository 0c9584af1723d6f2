-- plain
CREATE EXTENSION IF NOT EXISTS "plpgsql";
-- back
DROP EXTENSION IF EXISTS "plpgsql";

-- everything
CREATE EXTENSION "plpgsql" VERSION '1.0' CASCADE;
-- back
DROP EXTENSION "plpgsql";
