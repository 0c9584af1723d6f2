-- several changes
CREATE TABLE "_gomig_tmp_customer" (
    "id" INTEGER PRIMARY KEY,
    "name" VARCHAR(90) NOT NULL,
    "age" INTEGER,
    "note" TEXT,
    CONSTRAINT "uq_name" UNIQUE ("name")
);
INSERT INTO "_gomig_tmp_customer" ("id", "name", "age") SELECT "id", "name", "age" FROM "customer";
DROP TABLE "customer";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_customer" RENAME TO "customer";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "ix_age" ON "customer" ("age");
-- back
DROP INDEX "ix_age";
CREATE TABLE "_gomig_tmp_customer" (
    "id" INTEGER PRIMARY KEY,
    "name" VARCHAR(50) NOT NULL,
    "age" INTEGER,
    "city" VARCHAR(30) DEFAULT 'Oslo'
);
INSERT INTO "_gomig_tmp_customer" ("id", "name", "age") SELECT "id", "name", "age" FROM "customer";
DROP TABLE "customer";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_customer" RENAME TO "customer";
PRAGMA legacy_alter_table = OFF;

-- nothing
-- nothing to do
-- back
-- nothing to do

-- copied always
CREATE TABLE "_gomig_tmp_customer" (
    "id" INTEGER PRIMARY KEY,
    "name" VARCHAR(50) NOT NULL,
    "city" VARCHAR(30) DEFAULT 'Oslo',
    "age" INTEGER
);
INSERT INTO "_gomig_tmp_customer" ("id", "name", "city", "age") SELECT "id", "name", "city", "age" FROM "customer";
DROP TABLE "customer";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_customer" RENAME TO "customer";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "ix_age" ON "customer" ("age");
-- back
CREATE TABLE "_gomig_tmp_customer" (
    "id" INTEGER PRIMARY KEY,
    "name" VARCHAR(50) NOT NULL,
    "city" VARCHAR(30) DEFAULT 'Oslo',
    "age" INTEGER
);
INSERT INTO "_gomig_tmp_customer" ("id", "name", "city", "age") SELECT "id", "name", "city", "age" FROM "customer";
DROP TABLE "customer";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_customer" RENAME TO "customer";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "ix_age" ON "customer" ("age");

-- never copied
-- refused: alter table "customer": altering table "customer": SQLite cannot change the column "name" with ALTER TABLE, and Recreate says never to copy the table

-- in another order
CREATE TABLE "_gomig_tmp_customer" (
    "id" INTEGER PRIMARY KEY,
    "age" INTEGER,
    "city" VARCHAR(30) DEFAULT 'Oslo',
    "name" VARCHAR(50) NOT NULL
);
INSERT INTO "_gomig_tmp_customer" ("id", "age", "city", "name") SELECT "id", "age", "city", "name" FROM "customer";
DROP TABLE "customer";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_customer" RENAME TO "customer";
PRAGMA legacy_alter_table = OFF;
-- back
-- nothing to do

-- with a column taken otherwise
CREATE TABLE "_gomig_tmp_customer" (
    "id" INTEGER PRIMARY KEY,
    "name" VARCHAR(50) NOT NULL,
    "city" TEXT,
    "age" INTEGER
);
INSERT INTO "_gomig_tmp_customer" ("id", "name", "city", "age") SELECT "id", "name", "city", "age" FROM "customer";
DROP TABLE "customer";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_customer" RENAME TO "customer";
PRAGMA legacy_alter_table = OFF;
-- back
CREATE TABLE "_gomig_tmp_customer" (
    "id" INTEGER PRIMARY KEY,
    "name" VARCHAR(50) NOT NULL,
    "city" VARCHAR(30) DEFAULT 'Oslo',
    "age" INTEGER
);
INSERT INTO "_gomig_tmp_customer" ("id", "name", "city", "age") SELECT "id", "name", "city", "age" FROM "customer";
DROP TABLE "customer";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_customer" RENAME TO "customer";
PRAGMA legacy_alter_table = OFF;

-- with further items
CREATE TABLE "_gomig_tmp_customer" (
    "id" INTEGER PRIMARY KEY,
    "name" VARCHAR(50) NOT NULL,
    "city" VARCHAR(30) DEFAULT 'Oslo',
    "age" INTEGER,
    CONSTRAINT "ck_age" CHECK (age > 0)
);
INSERT INTO "_gomig_tmp_customer" ("id", "name", "city", "age") SELECT "id", "name", "city", "age" FROM "customer";
DROP TABLE "customer";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_customer" RENAME TO "customer";
PRAGMA legacy_alter_table = OFF;
-- back
-- nothing to do

-- copied from a description
CREATE TABLE "_gomig_tmp_customer" (
    "id" INTEGER PRIMARY KEY,
    "name" TEXT,
    CONSTRAINT "uq_name" UNIQUE ("name")
);
INSERT INTO "_gomig_tmp_customer" ("id", "name") SELECT "id", "name" FROM "customer";
DROP TABLE "customer";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_customer" RENAME TO "customer";
PRAGMA legacy_alter_table = OFF;
-- no way back: alter table "customer": altering table "customer": SQLite cannot drop a constraint with ALTER TABLE, and to copy the table a script must know it: give Batch.CopyFrom, or run online
