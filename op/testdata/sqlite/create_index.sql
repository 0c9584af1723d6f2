-- if not exists
CREATE INDEX IF NOT EXISTS "ix" ON "customer" ("city");
-- back
DROP INDEX IF EXISTS "ix";

-- of nothing
-- refused: create index "ix" on table "customer": the index has no columns

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
CREATE INDEX "ix" ON "customer" (lower(name), "age");
-- back
DROP INDEX "ix";

-- partial
CREATE INDEX "ix" ON "customer" ("city") WHERE age > 5;
-- back
DROP INDEX "ix";

-- collated
CREATE INDEX "ix" ON "customer" ("city" COLLATE "NOCASE");
-- back
DROP INDEX "ix";
