-- unique
CREATE TABLE "_gomig_tmp_order" (
    "id" INTEGER PRIMARY KEY,
    "customer_id" INTEGER,
    "starts" DATE,
    CONSTRAINT "uq2" UNIQUE ("starts"),
    CONSTRAINT "ck" CHECK (customer_id > 0),
    CONSTRAINT "fk" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id")
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
    CONSTRAINT "uq" UNIQUE ("starts"),
    CONSTRAINT "ck" CHECK (customer_id > 0),
    CONSTRAINT "fk" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id")
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
    "starts" DATE,
    CONSTRAINT "uq" UNIQUE ("starts"),
    CONSTRAINT "ck2" CHECK (customer_id > 0),
    CONSTRAINT "fk" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id")
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
    CONSTRAINT "uq" UNIQUE ("starts"),
    CONSTRAINT "ck" CHECK (customer_id > 0),
    CONSTRAINT "fk" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id")
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
    "starts" DATE,
    CONSTRAINT "uq" UNIQUE ("starts"),
    CONSTRAINT "ck" CHECK (customer_id > 0),
    CONSTRAINT "fk2" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id")
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
    CONSTRAINT "uq" UNIQUE ("starts"),
    CONSTRAINT "ck" CHECK (customer_id > 0),
    CONSTRAINT "fk" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id")
);
INSERT INTO "_gomig_tmp_order" ("id", "customer_id", "starts") SELECT "id", "customer_id", "starts" FROM "order";
DROP TABLE "order";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_order" RENAME TO "order";
PRAGMA legacy_alter_table = OFF;

-- not known
CREATE TABLE "_gomig_tmp_order" (
    "id" INTEGER PRIMARY KEY,
    "customer_id" INTEGER,
    "starts" DATE,
    CONSTRAINT "uq" UNIQUE ("starts"),
    CONSTRAINT "ck" CHECK (customer_id > 0),
    CONSTRAINT "fk2" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id")
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
    CONSTRAINT "uq" UNIQUE ("starts"),
    CONSTRAINT "ck" CHECK (customer_id > 0),
    CONSTRAINT "fk" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id")
);
INSERT INTO "_gomig_tmp_order" ("id", "customer_id", "starts") SELECT "id", "customer_id", "starts" FROM "order";
DROP TABLE "order";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_order" RENAME TO "order";
PRAGMA legacy_alter_table = OFF;
