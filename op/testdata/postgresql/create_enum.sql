-- plain
CREATE TYPE "mood" AS ENUM ('sad', 'it''s', E'back\\slash');
-- back
DROP TYPE "mood";

-- in a schema
CREATE TYPE "sales"."mood" AS ENUM ('sad');
-- back
DROP TYPE "sales"."mood";
