-- several changes
ALTER TABLE "customer" ADD COLUMN "note" TEXT;
ALTER TABLE "customer" DROP COLUMN "city",
    ALTER COLUMN "name" TYPE VARCHAR(90),
    ADD CONSTRAINT "uq_name" UNIQUE ("name");
CREATE INDEX "ix_age" ON "customer" ("age");
-- back
DROP INDEX "ix_age";
ALTER TABLE "customer" DROP CONSTRAINT "uq_name",
    ALTER COLUMN "name" TYPE VARCHAR(50),
    ADD COLUMN "city" VARCHAR(30) DEFAULT 'Oslo';
ALTER TABLE "customer" DROP COLUMN "note";

-- nothing
-- nothing to do
-- back
-- nothing to do
