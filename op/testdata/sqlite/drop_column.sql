-- not known
ALTER TABLE "customer" DROP COLUMN "city";
-- no way back: reversing drop column "city" of table "customer": it has no reverse: what the column looked like is not known

-- known
ALTER TABLE "customer" DROP COLUMN "city";
-- back
ALTER TABLE "customer" ADD COLUMN "city" VARCHAR(30) DEFAULT 'Oslo';

-- if exists
ALTER TABLE "customer" DROP COLUMN "city";
-- no way back: reversing drop column "city" of table "customer": it has no reverse: what the column looked like is not known

-- in an index
CREATE TABLE "_gomig_tmp_customer" (
    "id" INTEGER PRIMARY KEY,
    "name" VARCHAR(50) NOT NULL,
    "age" INTEGER
);
INSERT INTO "_gomig_tmp_customer" ("id", "name", "age") SELECT "id", "name", "age" FROM "customer";
DROP TABLE "customer";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_customer" RENAME TO "customer";
PRAGMA legacy_alter_table = OFF;
-- no way back: reversing drop column "city" of table "customer": it has no reverse: what the column looked like is not known
