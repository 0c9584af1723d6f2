-- type
CREATE TABLE "_gomig_tmp_t" (
    "id" INTEGER PRIMARY KEY,
    "c" VARCHAR(50) NOT NULL DEFAULT 'x',
    "z" INTEGER
);
INSERT INTO "_gomig_tmp_t" ("id", "c", "z") SELECT "id", "c", "z" FROM "t";
DROP TABLE "t";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_t" RENAME TO "t";
PRAGMA legacy_alter_table = OFF;
-- back
CREATE TABLE "_gomig_tmp_t" (
    "id" INTEGER PRIMARY KEY,
    "c" VARCHAR(20) NOT NULL DEFAULT 'x',
    "z" INTEGER
);
INSERT INTO "_gomig_tmp_t" ("id", "c", "z") SELECT "id", "c", "z" FROM "t";
DROP TABLE "t";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_t" RENAME TO "t";
PRAGMA legacy_alter_table = OFF;

-- not null
CREATE TABLE "_gomig_tmp_t" (
    "id" INTEGER PRIMARY KEY,
    "c" VARCHAR(20) DEFAULT 'x' NOT NULL,
    "z" INTEGER
);
INSERT INTO "_gomig_tmp_t" ("id", "c", "z") SELECT "id", "c", "z" FROM "t";
DROP TABLE "t";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_t" RENAME TO "t";
PRAGMA legacy_alter_table = OFF;
-- back
CREATE TABLE "_gomig_tmp_t" (
    "id" INTEGER PRIMARY KEY,
    "c" VARCHAR(20) DEFAULT 'x',
    "z" INTEGER
);
INSERT INTO "_gomig_tmp_t" ("id", "c", "z") SELECT "id", "c", "z" FROM "t";
DROP TABLE "t";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_t" RENAME TO "t";
PRAGMA legacy_alter_table = OFF;

-- nullable
CREATE TABLE "_gomig_tmp_t" (
    "id" INTEGER PRIMARY KEY,
    "c" VARCHAR(20),
    "z" INTEGER
);
INSERT INTO "_gomig_tmp_t" ("id", "c", "z") SELECT "id", "c", "z" FROM "t";
DROP TABLE "t";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_t" RENAME TO "t";
PRAGMA legacy_alter_table = OFF;
-- back
CREATE TABLE "_gomig_tmp_t" (
    "id" INTEGER PRIMARY KEY,
    "c" VARCHAR(20) NOT NULL,
    "z" INTEGER
);
INSERT INTO "_gomig_tmp_t" ("id", "c", "z") SELECT "id", "c", "z" FROM "t";
DROP TABLE "t";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_t" RENAME TO "t";
PRAGMA legacy_alter_table = OFF;

-- default
CREATE TABLE "_gomig_tmp_t" (
    "id" INTEGER PRIMARY KEY,
    "c" VARCHAR(20) DEFAULT 'it''s',
    "z" INTEGER
);
INSERT INTO "_gomig_tmp_t" ("id", "c", "z") SELECT "id", "c", "z" FROM "t";
DROP TABLE "t";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_t" RENAME TO "t";
PRAGMA legacy_alter_table = OFF;
-- back
CREATE TABLE "_gomig_tmp_t" (
    "id" INTEGER PRIMARY KEY,
    "c" VARCHAR(20),
    "z" INTEGER
);
INSERT INTO "_gomig_tmp_t" ("id", "c", "z") SELECT "id", "c", "z" FROM "t";
DROP TABLE "t";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_t" RENAME TO "t";
PRAGMA legacy_alter_table = OFF;

-- default that moves
CREATE TABLE "_gomig_tmp_t" (
    "id" INTEGER PRIMARY KEY,
    "c" DATETIME DEFAULT CURRENT_TIMESTAMP,
    "z" INTEGER
);
INSERT INTO "_gomig_tmp_t" ("id", "c", "z") SELECT "id", "c", "z" FROM "t";
DROP TABLE "t";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_t" RENAME TO "t";
PRAGMA legacy_alter_table = OFF;
-- back
CREATE TABLE "_gomig_tmp_t" (
    "id" INTEGER PRIMARY KEY,
    "c" DATETIME,
    "z" INTEGER
);
INSERT INTO "_gomig_tmp_t" ("id", "c", "z") SELECT "id", "c", "z" FROM "t";
DROP TABLE "t";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_t" RENAME TO "t";
PRAGMA legacy_alter_table = OFF;

-- no default
CREATE TABLE "_gomig_tmp_t" (
    "id" INTEGER PRIMARY KEY,
    "c" VARCHAR(20),
    "z" INTEGER
);
INSERT INTO "_gomig_tmp_t" ("id", "c", "z") SELECT "id", "c", "z" FROM "t";
DROP TABLE "t";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_t" RENAME TO "t";
PRAGMA legacy_alter_table = OFF;
-- back
CREATE TABLE "_gomig_tmp_t" (
    "id" INTEGER PRIMARY KEY,
    "c" VARCHAR(20) DEFAULT 'x',
    "z" INTEGER
);
INSERT INTO "_gomig_tmp_t" ("id", "c", "z") SELECT "id", "c", "z" FROM "t";
DROP TABLE "t";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_t" RENAME TO "t";
PRAGMA legacy_alter_table = OFF;

-- comment
-- nothing to do
-- back
-- nothing to do

-- no comment
-- nothing to do
-- back
-- nothing to do

-- name
ALTER TABLE "t" RENAME COLUMN "c" TO "d";
-- back
ALTER TABLE "t" RENAME COLUMN "d" TO "c";

-- everything
CREATE TABLE "_gomig_tmp_t" (
    "id" INTEGER PRIMARY KEY,
    "c" TEXT NOT NULL,
    "z" INTEGER
);
INSERT INTO "_gomig_tmp_t" ("id", "c", "z") SELECT "id", "c", "z" FROM "t";
DROP TABLE "t";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_t" RENAME TO "t";
PRAGMA legacy_alter_table = OFF;
ALTER TABLE "t" RENAME COLUMN "c" TO "d";
-- back
CREATE TABLE "_gomig_tmp_t" (
    "id" INTEGER PRIMARY KEY,
    "d" VARCHAR(20) DEFAULT 'x',
    "z" INTEGER
);
INSERT INTO "_gomig_tmp_t" ("id", "d", "z") SELECT "id", "d", "z" FROM "t";
DROP TABLE "t";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_t" RENAME TO "t";
PRAGMA legacy_alter_table = OFF;
ALTER TABLE "t" RENAME COLUMN "d" TO "c";

-- not computed
CREATE TABLE "_gomig_tmp_t" (
    "id" INTEGER PRIMARY KEY,
    "c" INTEGER,
    "z" INTEGER
);
INSERT INTO "_gomig_tmp_t" ("id", "c", "z") SELECT "id", "c", "z" FROM "t";
DROP TABLE "t";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_t" RENAME TO "t";
PRAGMA legacy_alter_table = OFF;
-- back
CREATE TABLE "_gomig_tmp_t" (
    "id" INTEGER PRIMARY KEY,
    "c" INTEGER GENERATED ALWAYS AS (z + 1) STORED,
    "z" INTEGER
);
INSERT INTO "_gomig_tmp_t" ("id", "z") SELECT "id", "z" FROM "t";
DROP TABLE "t";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_t" RENAME TO "t";
PRAGMA legacy_alter_table = OFF;

-- nothing
-- refused: alter column "c" of table "t": nothing changes; say what should, by op.SetType and the like

-- using without a type
-- refused: alter column "c" of table "t": op.Using converts to a new type, and none is given; say op.SetType

-- computed
CREATE TABLE "_gomig_tmp_t" (
    "id" INTEGER PRIMARY KEY,
    "c" INTEGER GENERATED ALWAYS AS (z + 2) STORED,
    "z" INTEGER
);
INSERT INTO "_gomig_tmp_t" ("id", "z") SELECT "id", "z" FROM "t";
DROP TABLE "t";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_t" RENAME TO "t";
PRAGMA legacy_alter_table = OFF;
-- back
CREATE TABLE "_gomig_tmp_t" (
    "id" INTEGER PRIMARY KEY,
    "c" INTEGER GENERATED ALWAYS AS (z + 1) STORED,
    "z" INTEGER
);
INSERT INTO "_gomig_tmp_t" ("id", "z") SELECT "id", "z" FROM "t";
DROP TABLE "t";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_t" RENAME TO "t";
PRAGMA legacy_alter_table = OFF;

-- of a known table, nothing said
CREATE TABLE "_gomig_tmp_t" (
    "id" INTEGER PRIMARY KEY,
    "c" VARCHAR(50) NOT NULL DEFAULT 'x',
    "z" INTEGER
);
INSERT INTO "_gomig_tmp_t" ("id", "c", "z") SELECT "id", "c", "z" FROM "t";
DROP TABLE "t";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_t" RENAME TO "t";
PRAGMA legacy_alter_table = OFF;
-- no way back: reversing alter column "c" of table "t": it has no reverse: what the column looked like is not known; say it by op.Existing

-- type, nothing known
-- refused: alter column "c" of table "t": altering table "t": SQLite cannot change the column "c" with ALTER TABLE, and to copy the table a script must know it: give Batch.CopyFrom, or run online

-- not null, nothing known
-- refused: alter column "c" of table "t": altering table "t": SQLite cannot change the column "c" with ALTER TABLE, and to copy the table a script must know it: give Batch.CopyFrom, or run online

-- nullable, nothing known
-- refused: alter column "c" of table "t": altering table "t": SQLite cannot change the column "c" with ALTER TABLE, and to copy the table a script must know it: give Batch.CopyFrom, or run online

-- default, nothing known
-- refused: alter column "c" of table "t": altering table "t": SQLite cannot change the column "c" with ALTER TABLE, and to copy the table a script must know it: give Batch.CopyFrom, or run online

-- no default, nothing known
-- refused: alter column "c" of table "t": altering table "t": SQLite cannot change the column "c" with ALTER TABLE, and to copy the table a script must know it: give Batch.CopyFrom, or run online

-- comment, nothing known
-- nothing to do
-- no way back: reversing alter column "c" of table "t": it has no reverse: what the column looked like is not known; say it by op.Existing

-- name, nothing known
ALTER TABLE "t" RENAME COLUMN "c" TO "d";
-- back
ALTER TABLE "t" RENAME COLUMN "d" TO "c";

-- collation
CREATE TABLE "_gomig_tmp_t" (
    "id" INTEGER PRIMARY KEY,
    "c" TEXT COLLATE "NOCASE",
    "z" INTEGER
);
INSERT INTO "_gomig_tmp_t" ("id", "c", "z") SELECT "id", "c", "z" FROM "t";
DROP TABLE "t";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_t" RENAME TO "t";
PRAGMA legacy_alter_table = OFF;
-- back
CREATE TABLE "_gomig_tmp_t" (
    "id" INTEGER PRIMARY KEY,
    "c" TEXT,
    "z" INTEGER
);
INSERT INTO "_gomig_tmp_t" ("id", "c", "z") SELECT "id", "c", "z" FROM "t";
DROP TABLE "t";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_t" RENAME TO "t";
PRAGMA legacy_alter_table = OFF;
