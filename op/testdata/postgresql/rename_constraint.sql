-- unique
ALTER TABLE "order" RENAME CONSTRAINT "uq" TO "uq2";
-- back
ALTER TABLE "order" RENAME CONSTRAINT "uq2" TO "uq";

-- check
ALTER TABLE "order" RENAME CONSTRAINT "ck" TO "ck2";
-- back
ALTER TABLE "order" RENAME CONSTRAINT "ck2" TO "ck";

-- foreign key
ALTER TABLE "order" RENAME CONSTRAINT "fk" TO "fk2";
-- back
ALTER TABLE "order" RENAME CONSTRAINT "fk2" TO "fk";

-- not known
ALTER TABLE "order" RENAME CONSTRAINT "fk" TO "fk2";
-- back
ALTER TABLE "order" RENAME CONSTRAINT "fk2" TO "fk";
