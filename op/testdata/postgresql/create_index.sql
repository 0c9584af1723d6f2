-- if not exists
CREATE INDEX IF NOT EXISTS "ix" ON "customer" ("city");
-- back
DROP INDEX IF EXISTS "ix";

-- of nothing
-- refused: create index "ix" on table "customer": the index has no columns

-- in a schema
CREATE INDEX "ix" ON "sales"."customer" ("city");
-- back
DROP INDEX "sales"."ix";

-- plain
CREATE INDEX "ix" ON "customer" ("city", "age");
-- back
DROP INDEX "ix";

-- unique
CREATE UNIQUE INDEX "ix" ON "customer" ("name");
-- back
DROP INDEX "ix";

-- downwards
CREATE INDEX "ix" ON "customer" ("city" DESC, "age");
-- back
DROP INDEX "ix";

-- expression
CREATE INDEX "ix" ON "customer" ((lower(name)), "age");
-- back
DROP INDEX "ix";

-- partial
CREATE INDEX "ix" ON "customer" ("city") WHERE age > 5;
-- back
DROP INDEX "ix";

-- method
CREATE INDEX "ix" ON "customer" USING btree ("city");
-- back
DROP INDEX "ix";

-- including
CREATE INDEX "ix" ON "customer" ("city") INCLUDE ("name");
-- back
DROP INDEX "ix";

-- nulls first
CREATE INDEX "ix" ON "customer" ("city" NULLS FIRST, "age" DESC NULLS LAST);
-- back
DROP INDEX "ix";

-- nulls equal
CREATE UNIQUE INDEX "ix" ON "customer" ("city") NULLS NOT DISTINCT;
-- back
DROP INDEX "ix";

-- operator class
CREATE INDEX "ix" ON "customer" ("city" varchar_pattern_ops);
-- back
DROP INDEX "ix";

-- collated
CREATE INDEX "ix" ON "customer" ("city" COLLATE "C");
-- back
DROP INDEX "ix";

-- concurrently
COMMIT;
CREATE INDEX CONCURRENTLY "ix" ON "customer" ("city");
BEGIN;
-- back
COMMIT;
DROP INDEX CONCURRENTLY "ix";
BEGIN;

-- with storage parameters
CREATE INDEX "ix" ON "customer" ("city") WITH (fillfactor = '70');
-- back
DROP INDEX "ix";

-- with a comment
CREATE INDEX "ix" ON "customer" ("city");
COMMENT ON INDEX "ix" IS 'it''s quick';
-- back
DROP INDEX "ix";
