-- new
CREATE TABLE "_gomig_tmp_t" (
    "a" INTEGER PRIMARY KEY
) STRICT;
INSERT INTO "_gomig_tmp_t" ("a") SELECT "a" FROM "t";
DROP TABLE "t";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_t" RENAME TO "t";
PRAGMA legacy_alter_table = OFF;
-- back
CREATE TABLE "_gomig_tmp_t" (
    "a" INTEGER PRIMARY KEY
);
INSERT INTO "_gomig_tmp_t" ("a") SELECT "a" FROM "t";
DROP TABLE "t";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_t" RENAME TO "t";
PRAGMA legacy_alter_table = OFF;

-- changed
CREATE TABLE "_gomig_tmp_t" (
    "a" INTEGER PRIMARY KEY
) STRICT;
INSERT INTO "_gomig_tmp_t" ("a") SELECT "a" FROM "t";
DROP TABLE "t";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_t" RENAME TO "t";
PRAGMA legacy_alter_table = OFF;
-- back
CREATE TABLE "_gomig_tmp_t" (
    "a" INTEGER PRIMARY KEY
) STRICT;
INSERT INTO "_gomig_tmp_t" ("a") SELECT "a" FROM "t";
DROP TABLE "t";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_gomig_tmp_t" RENAME TO "t";
PRAGMA legacy_alter_table = OFF;
