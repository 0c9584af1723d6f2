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
CREATE INDEX "ix" ON "customer" (lower(name), "age");

-- partial
DROP INDEX "ix";
-- back
CREATE INDEX "ix" ON "customer" ("city") WHERE age > 5;

-- collated
DROP INDEX "ix";
-- back
CREATE INDEX "ix" ON "customer" ("city" COLLATE "NOCASE");
