-- plain
ALTER TABLE "customer" RENAME TO "client";
-- back
ALTER TABLE "client" RENAME TO "customer";

-- in a schema
ALTER TABLE "sales"."customer" RENAME TO "client";
-- back
ALTER TABLE "sales"."client" RENAME TO "customer";
