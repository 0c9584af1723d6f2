-- plain
ALTER TABLE "customer" ADD COLUMN "note" TEXT;
-- back
ALTER TABLE "customer" DROP COLUMN "note";

-- not null with a default
ALTER TABLE "customer" ADD COLUMN "grade" VARCHAR(5) NOT NULL DEFAULT 'it''s';
-- back
ALTER TABLE "customer" DROP COLUMN "grade";

-- default that moves
CREATE TABLE "_gomig_tmp_customer" (
    "id" INTEGER PRIMARY KEY,
    "name" VARCHAR(50) NOT NULL,
    "city" VARCHAR(30) DEFAULT 'Oslo',
    "age" INTEGER,
    "made" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO "_gomig_tmp_customer" ("id", "name", "city", "age") SELECT "id", "name", "city", "age" FROM "customer";
DROP TABLE "customer";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_customer" RENAME TO "customer";
PRAGMA legacy_alter_table = OFF;
-- back
ALTER TABLE "customer" DROP COLUMN "made";

-- unique
CREATE TABLE "_gomig_tmp_customer" (
    "id" INTEGER PRIMARY KEY,
    "name" VARCHAR(50) NOT NULL,
    "city" VARCHAR(30) DEFAULT 'Oslo',
    "age" INTEGER,
    "vat" VARCHAR(20),
    UNIQUE ("vat")
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

-- with an index
ALTER TABLE "customer" ADD COLUMN "vat" VARCHAR(20);
CREATE INDEX "ix_customer_vat" ON "customer" ("vat");
-- back
DROP INDEX "ix_customer_vat";
ALTER TABLE "customer" DROP COLUMN "vat";

-- with a check
CREATE TABLE "_gomig_tmp_customer" (
    "id" INTEGER PRIMARY KEY,
    "name" VARCHAR(50) NOT NULL,
    "city" VARCHAR(30) DEFAULT 'Oslo',
    "age" INTEGER,
    "size" INTEGER,
    CONSTRAINT "ck_size" CHECK (size > 5)
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

-- reference
ALTER TABLE "customer" ADD COLUMN "order_id" INTEGER CONSTRAINT "fk_order" REFERENCES "order" ("id") ON DELETE SET NULL;
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

-- computed
ALTER TABLE "customer" ADD COLUMN "twice" INTEGER GENERATED ALWAYS AS (age * 2) VIRTUAL;
-- back
ALTER TABLE "customer" DROP COLUMN "twice";

-- computed and kept
CREATE TABLE "_gomig_tmp_customer" (
    "id" INTEGER PRIMARY KEY,
    "name" VARCHAR(50) NOT NULL,
    "city" VARCHAR(30) DEFAULT 'Oslo',
    "age" INTEGER,
    "twice" INTEGER GENERATED ALWAYS AS (age * 2) STORED
);
INSERT INTO "_gomig_tmp_customer" ("id", "name", "city", "age") SELECT "id", "name", "city", "age" FROM "customer";
DROP TABLE "customer";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_customer" RENAME TO "customer";
PRAGMA legacy_alter_table = OFF;
-- back
ALTER TABLE "customer" DROP COLUMN "twice";

-- with a comment
ALTER TABLE "customer" ADD COLUMN "note" TEXT;
-- back
ALTER TABLE "customer" DROP COLUMN "note";

-- first
CREATE TABLE "_gomig_tmp_customer" (
    "note" VARCHAR(9),
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
-- back
ALTER TABLE "customer" DROP COLUMN "note";

-- after
CREATE TABLE "_gomig_tmp_customer" (
    "id" INTEGER PRIMARY KEY,
    "name" VARCHAR(50) NOT NULL,
    "note" VARCHAR(9),
    "city" VARCHAR(30) DEFAULT 'Oslo',
    "age" INTEGER
);
INSERT INTO "_gomig_tmp_customer" ("id", "name", "city", "age") SELECT "id", "name", "city", "age" FROM "customer";
DROP TABLE "customer";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_customer" RENAME TO "customer";
PRAGMA legacy_alter_table = OFF;
-- back
ALTER TABLE "customer" DROP COLUMN "note";

-- before
CREATE TABLE "_gomig_tmp_customer" (
    "id" INTEGER PRIMARY KEY,
    "note" VARCHAR(9),
    "name" VARCHAR(50) NOT NULL,
    "city" VARCHAR(30) DEFAULT 'Oslo',
    "age" INTEGER
);
INSERT INTO "_gomig_tmp_customer" ("id", "name", "city", "age") SELECT "id", "name", "city", "age" FROM "customer";
DROP TABLE "customer";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_customer" RENAME TO "customer";
PRAGMA legacy_alter_table = OFF;
-- back
ALTER TABLE "customer" DROP COLUMN "note";

-- if not exists
ALTER TABLE "customer" ADD COLUMN "note" TEXT;
-- back
ALTER TABLE "customer" DROP COLUMN "note";

-- primary key
CREATE TABLE "_gomig_tmp_plain" (
    "a" INTEGER,
    "id" INTEGER NOT NULL,
    PRIMARY KEY ("id")
);
INSERT INTO "_gomig_tmp_plain" ("a") SELECT "a" FROM "plain";
DROP TABLE "plain";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_plain" RENAME TO "plain";
PRAGMA legacy_alter_table = OFF;
-- back
CREATE TABLE "_gomig_tmp_plain" (
    "a" INTEGER
);
INSERT INTO "_gomig_tmp_plain" (rowid, "a") SELECT rowid, "a" FROM "plain";
DROP TABLE "plain";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_plain" RENAME TO "plain";
PRAGMA legacy_alter_table = OFF;

-- nameless
-- refused: add column "" to table "plain": the column has no name
