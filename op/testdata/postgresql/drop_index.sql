-- not known
DROP INDEX "ix";
-- no way back: reversing drop index "ix" of table "customer": it has no reverse: what the index looked like is not known

-- if exists
DROP INDEX IF EXISTS "ix";
-- back
CREATE INDEX IF NOT EXISTS "ix" ON "customer" ("city");

-- plain
DROP INDEX "ix";
-- back
CREATE INDEX "ix" ON "customer" ("city", "age");

-- unique
DROP INDEX "ix";
-- back
CREATE UNIQUE INDEX "ix" ON "customer" ("name");

-- downwards
DROP INDEX "ix";
-- back
CREATE INDEX "ix" ON "customer" ("city" DESC, "age");

-- expression
DROP INDEX "ix";
-- back
CREATE INDEX "ix" ON "customer" ((lower(name)), "age");

-- partial
DROP INDEX "ix";
-- back
CREATE INDEX "ix" ON "customer" ("city") WHERE age > 5;

-- method
DROP INDEX "ix";
-- back
CREATE INDEX "ix" ON "customer" USING btree ("city");

-- including
DROP INDEX "ix";
-- back
CREATE INDEX "ix" ON "customer" ("city") INCLUDE ("name");

-- nulls first
DROP INDEX "ix";
-- back
CREATE INDEX "ix" ON "customer" ("city" NULLS FIRST, "age" DESC NULLS LAST);

-- nulls equal
DROP INDEX "ix";
-- back
CREATE UNIQUE INDEX "ix" ON "customer" ("city") NULLS NOT DISTINCT;

-- operator class
DROP INDEX "ix";
-- back
CREATE INDEX "ix" ON "customer" ("city" varchar_pattern_ops);

-- collated
DROP INDEX "ix";
-- back
CREATE INDEX "ix" ON "customer" ("city" COLLATE "C");

-- concurrently
COMMIT;
DROP INDEX CONCURRENTLY "ix";
BEGIN;
-- back
COMMIT;
CREATE INDEX CONCURRENTLY "ix" ON "customer" ("city");
BEGIN;

-- with storage parameters
DROP INDEX "ix";
-- back
CREATE INDEX "ix" ON "customer" ("city") WITH (fillfactor = '70');

-- with a comment
DROP INDEX "ix";
-- back
CREATE INDEX "ix" ON "customer" ("city");
COMMENT ON INDEX "ix" IS 'it''s quick';
