-- plain
ALTER INDEX "ix" RENAME TO "ix 2";
-- back
ALTER INDEX "ix 2" RENAME TO "ix";

-- in a schema
ALTER INDEX "sales"."ix" RENAME TO "ix2";
-- back
ALTER INDEX "sales"."ix2" RENAME TO "ix";
