-- plain
DROP INDEX "ix";
CREATE INDEX "ix 2" ON "customer" ("name", "age" DESC);
-- back
DROP INDEX "ix 2";
CREATE INDEX "ix" ON "customer" ("name", "age" DESC);

-- known
DROP INDEX "ix";
CREATE INDEX "ix 2" ON "customer" ("name", "age" DESC);
-- back
DROP INDEX "ix 2";
CREATE INDEX "ix" ON "customer" ("name", "age" DESC);

-- not known
-- refused: rename index "ix" of table "t" to "ix2": renaming index "ix": SQLite must make it again, and a script does not know what it looks like: say it by op.ExistingIndex, or run online
