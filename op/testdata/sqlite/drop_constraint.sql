-- primary key
CREATE TABLE "_gomig_tmp_pair" (
    "a" INTEGER NOT NULL,
    "b" INTEGER NOT NULL
);
INSERT INTO "_gomig_tmp_pair" (rowid, "a", "b") SELECT rowid, "a", "b" FROM "pair";
DROP TABLE "pair";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_pair" RENAME TO "pair";
PRAGMA legacy_alter_table = OFF;
-- back
CREATE TABLE "_gomig_tmp_pair" (
    "a" INTEGER NOT NULL,
    "b" INTEGER NOT NULL,
    CONSTRAINT "pk_pair" PRIMARY KEY ("a", "b")
);
INSERT INTO "_gomig_tmp_pair" (rowid, "a", "b") SELECT rowid, "a", "b" FROM "pair";
DROP TABLE "pair";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_pair" RENAME TO "pair";
PRAGMA legacy_alter_table = OFF;

-- primary key without its name
CREATE TABLE "_gomig_tmp_pair" (
    "a" INTEGER NOT NULL,
    "b" INTEGER NOT NULL
);
INSERT INTO "_gomig_tmp_pair" (rowid, "a", "b") SELECT rowid, "a", "b" FROM "pair";
DROP TABLE "pair";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_pair" RENAME TO "pair";
PRAGMA legacy_alter_table = OFF;
-- no way back: reversing drop primary key of table "pair": it has no reverse: what the constraint looked like is not known

-- if exists
CREATE TABLE "_gomig_tmp_order" (
    "id" INTEGER PRIMARY KEY,
    "customer_id" INTEGER,
    "starts" DATE
);
INSERT INTO "_gomig_tmp_order" ("id", "customer_id", "starts") SELECT "id", "customer_id", "starts" FROM "order";
DROP TABLE "order";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_order" RENAME TO "order";
PRAGMA legacy_alter_table = OFF;
-- no way back: reversing drop check constraint "ck" of table "order": it has no reverse: what the constraint looked like is not known

-- kind not known
CREATE TABLE "_gomig_tmp_order" (
    "id" INTEGER PRIMARY KEY,
    "customer_id" INTEGER,
    "starts" DATE
);
INSERT INTO "_gomig_tmp_order" ("id", "customer_id", "starts") SELECT "id", "customer_id", "starts" FROM "order";
DROP TABLE "order";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_order" RENAME TO "order";
PRAGMA legacy_alter_table = OFF;
-- no way back: reversing drop constraint "ck" of table "order": it has no reverse: what the constraint looked like is not known

-- nameless
-- refused: drop unique constraint of table "order": the constraint has no name; say what it is by op.ExistingConstraint

-- unique
CREATE TABLE "_gomig_tmp_order" (
    "id" INTEGER PRIMARY KEY,
    "customer_id" INTEGER,
    "starts" DATE
);
INSERT INTO "_gomig_tmp_order" ("id", "customer_id", "starts") SELECT "id", "customer_id", "starts" FROM "order";
DROP TABLE "order";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_order" RENAME TO "order";
PRAGMA legacy_alter_table = OFF;
-- back
CREATE TABLE "_gomig_tmp_order" (
    "id" INTEGER PRIMARY KEY,
    "customer_id" INTEGER,
    "starts" DATE,
    CONSTRAINT "uq_starts" UNIQUE ("starts", "customer_id")
);
INSERT INTO "_gomig_tmp_order" ("id", "customer_id", "starts") SELECT "id", "customer_id", "starts" FROM "order";
DROP TABLE "order";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_order" RENAME TO "order";
PRAGMA legacy_alter_table = OFF;

-- unique without a name
CREATE TABLE "_gomig_tmp_order" (
    "id" INTEGER PRIMARY KEY,
    "customer_id" INTEGER,
    "starts" DATE
);
INSERT INTO "_gomig_tmp_order" ("id", "customer_id", "starts") SELECT "id", "customer_id", "starts" FROM "order";
DROP TABLE "order";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_order" RENAME TO "order";
PRAGMA legacy_alter_table = OFF;
-- back
CREATE TABLE "_gomig_tmp_order" (
    "id" INTEGER PRIMARY KEY,
    "customer_id" INTEGER,
    "starts" DATE,
    UNIQUE ("starts")
);
INSERT INTO "_gomig_tmp_order" ("id", "customer_id", "starts") SELECT "id", "customer_id", "starts" FROM "order";
DROP TABLE "order";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_order" RENAME TO "order";
PRAGMA legacy_alter_table = OFF;

-- check
CREATE TABLE "_gomig_tmp_order" (
    "id" INTEGER PRIMARY KEY,
    "customer_id" INTEGER,
    "starts" DATE
);
INSERT INTO "_gomig_tmp_order" ("id", "customer_id", "starts") SELECT "id", "customer_id", "starts" FROM "order";
DROP TABLE "order";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_order" RENAME TO "order";
PRAGMA legacy_alter_table = OFF;
-- back
CREATE TABLE "_gomig_tmp_order" (
    "id" INTEGER PRIMARY KEY,
    "customer_id" INTEGER,
    "starts" DATE,
    CONSTRAINT "ck_customer" CHECK (customer_id > 5)
);
INSERT INTO "_gomig_tmp_order" ("id", "customer_id", "starts") SELECT "id", "customer_id", "starts" FROM "order";
DROP TABLE "order";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_order" RENAME TO "order";
PRAGMA legacy_alter_table = OFF;

-- check without a name
CREATE TABLE "_gomig_tmp_order" (
    "id" INTEGER PRIMARY KEY,
    "customer_id" INTEGER,
    "starts" DATE
);
INSERT INTO "_gomig_tmp_order" ("id", "customer_id", "starts") SELECT "id", "customer_id", "starts" FROM "order";
DROP TABLE "order";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_order" RENAME TO "order";
PRAGMA legacy_alter_table = OFF;
-- back
CREATE TABLE "_gomig_tmp_order" (
    "id" INTEGER PRIMARY KEY,
    "customer_id" INTEGER,
    "starts" DATE,
    CHECK (customer_id > 5)
);
INSERT INTO "_gomig_tmp_order" ("id", "customer_id", "starts") SELECT "id", "customer_id", "starts" FROM "order";
DROP TABLE "order";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_order" RENAME TO "order";
PRAGMA legacy_alter_table = OFF;

-- check of quotes
CREATE TABLE "_gomig_tmp_order" (
    "id" INTEGER PRIMARY KEY,
    "customer_id" INTEGER,
    "starts" DATE
);
INSERT INTO "_gomig_tmp_order" ("id", "customer_id", "starts") SELECT "id", "customer_id", "starts" FROM "order";
DROP TABLE "order";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_order" RENAME TO "order";
PRAGMA legacy_alter_table = OFF;
-- back
CREATE TABLE "_gomig_tmp_order" (
    "id" INTEGER PRIMARY KEY,
    "customer_id" INTEGER,
    "starts" DATE,
    CONSTRAINT "ck_quotes" CHECK ('it''s' <> 'x')
);
INSERT INTO "_gomig_tmp_order" ("id", "customer_id", "starts") SELECT "id", "customer_id", "starts" FROM "order";
DROP TABLE "order";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_order" RENAME TO "order";
PRAGMA legacy_alter_table = OFF;

-- foreign key
CREATE TABLE "_gomig_tmp_order" (
    "id" INTEGER PRIMARY KEY,
    "customer_id" INTEGER,
    "starts" DATE
);
INSERT INTO "_gomig_tmp_order" ("id", "customer_id", "starts") SELECT "id", "customer_id", "starts" FROM "order";
DROP TABLE "order";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_order" RENAME TO "order";
PRAGMA legacy_alter_table = OFF;
-- back
CREATE TABLE "_gomig_tmp_order" (
    "id" INTEGER PRIMARY KEY,
    "customer_id" INTEGER,
    "starts" DATE,
    CONSTRAINT "fk_customer" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id")
);
INSERT INTO "_gomig_tmp_order" ("id", "customer_id", "starts") SELECT "id", "customer_id", "starts" FROM "order";
DROP TABLE "order";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_order" RENAME TO "order";
PRAGMA legacy_alter_table = OFF;

-- foreign key with actions
CREATE TABLE "_gomig_tmp_order" (
    "id" INTEGER PRIMARY KEY,
    "customer_id" INTEGER,
    "starts" DATE
);
INSERT INTO "_gomig_tmp_order" ("id", "customer_id", "starts") SELECT "id", "customer_id", "starts" FROM "order";
DROP TABLE "order";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_order" RENAME TO "order";
PRAGMA legacy_alter_table = OFF;
-- back
CREATE TABLE "_gomig_tmp_order" (
    "id" INTEGER PRIMARY KEY,
    "customer_id" INTEGER,
    "starts" DATE,
    CONSTRAINT "fk_customer" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE CASCADE ON UPDATE SET NULL
);
INSERT INTO "_gomig_tmp_order" ("id", "customer_id", "starts") SELECT "id", "customer_id", "starts" FROM "order";
DROP TABLE "order";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_order" RENAME TO "order";
PRAGMA legacy_alter_table = OFF;

-- foreign key, deferred
CREATE TABLE "_gomig_tmp_order" (
    "id" INTEGER PRIMARY KEY,
    "customer_id" INTEGER,
    "starts" DATE
);
INSERT INTO "_gomig_tmp_order" ("id", "customer_id", "starts") SELECT "id", "customer_id", "starts" FROM "order";
DROP TABLE "order";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_order" RENAME TO "order";
PRAGMA legacy_alter_table = OFF;
-- back
CREATE TABLE "_gomig_tmp_order" (
    "id" INTEGER PRIMARY KEY,
    "customer_id" INTEGER,
    "starts" DATE,
    CONSTRAINT "fk_customer" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "_gomig_tmp_order" ("id", "customer_id", "starts") SELECT "id", "customer_id", "starts" FROM "order";
DROP TABLE "order";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_order" RENAME TO "order";
PRAGMA legacy_alter_table = OFF;

-- foreign key to itself
CREATE TABLE "_gomig_tmp_order" (
    "id" INTEGER PRIMARY KEY,
    "customer_id" INTEGER,
    "starts" DATE
);
INSERT INTO "_gomig_tmp_order" ("id", "customer_id", "starts") SELECT "id", "customer_id", "starts" FROM "order";
DROP TABLE "order";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_order" RENAME TO "order";
PRAGMA legacy_alter_table = OFF;
-- back
CREATE TABLE "_gomig_tmp_order" (
    "id" INTEGER PRIMARY KEY,
    "customer_id" INTEGER,
    "starts" DATE,
    CONSTRAINT "fk_self" FOREIGN KEY ("customer_id") REFERENCES "order" ("id")
);
INSERT INTO "_gomig_tmp_order" ("id", "customer_id", "starts") SELECT "id", "customer_id", "starts" FROM "order";
DROP TABLE "order";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_order" RENAME TO "order";
PRAGMA legacy_alter_table = OFF;

-- foreign key without a name
CREATE TABLE "_gomig_tmp_order" (
    "id" INTEGER PRIMARY KEY,
    "customer_id" INTEGER,
    "starts" DATE
);
INSERT INTO "_gomig_tmp_order" ("id", "customer_id", "starts") SELECT "id", "customer_id", "starts" FROM "order";
DROP TABLE "order";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_order" RENAME TO "order";
PRAGMA legacy_alter_table = OFF;
-- back
CREATE TABLE "_gomig_tmp_order" (
    "id" INTEGER PRIMARY KEY,
    "customer_id" INTEGER,
    "starts" DATE,
    FOREIGN KEY ("customer_id") REFERENCES "customer" ("id")
);
INSERT INTO "_gomig_tmp_order" ("id", "customer_id", "starts") SELECT "id", "customer_id", "starts" FROM "order";
DROP TABLE "order";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_order" RENAME TO "order";
PRAGMA legacy_alter_table = OFF;
