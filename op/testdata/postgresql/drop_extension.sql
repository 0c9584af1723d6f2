-- plain
DROP EXTENSION "plpgsql";
-- back
CREATE EXTENSION "plpgsql";

-- if exists
DROP EXTENSION IF EXISTS "none" CASCADE;
-- no way back: reversing drop extension "none": it has no reverse: what depended on it is not known
