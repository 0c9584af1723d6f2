-- type
ALTER TABLE `t` MODIFY `c` VARCHAR(50) NOT NULL DEFAULT 'x';
-- back
ALTER TABLE `t` MODIFY `c` VARCHAR(20) NOT NULL DEFAULT 'x';

-- not null
ALTER TABLE `t` MODIFY `c` VARCHAR(20) NOT NULL DEFAULT 'x';
-- back
ALTER TABLE `t` MODIFY `c` VARCHAR(20) NULL DEFAULT 'x';

-- nullable
ALTER TABLE `t` MODIFY `c` VARCHAR(20) NULL;
-- back
ALTER TABLE `t` MODIFY `c` VARCHAR(20) NOT NULL;

-- default
ALTER TABLE `t` ALTER COLUMN `c` SET DEFAULT 'it''s';
-- back
ALTER TABLE `t` ALTER COLUMN `c` SET DEFAULT NULL;

-- default that moves
ALTER TABLE `t` MODIFY `c` DATETIME NULL DEFAULT CURRENT_TIMESTAMP;
-- back
ALTER TABLE `t` MODIFY `c` DATETIME NULL;

-- no default
ALTER TABLE `t` ALTER COLUMN `c` SET DEFAULT NULL;
-- back
ALTER TABLE `t` ALTER COLUMN `c` SET DEFAULT 'x';

-- comment
ALTER TABLE `t` MODIFY `c` VARCHAR(20) NOT NULL DEFAULT 'x' COMMENT 'it''s said';
-- back
ALTER TABLE `t` MODIFY `c` VARCHAR(20) NOT NULL DEFAULT 'x';

-- no comment
ALTER TABLE `t` MODIFY `c` VARCHAR(20) NULL;
-- back
ALTER TABLE `t` MODIFY `c` VARCHAR(20) NULL COMMENT 'said';

-- name
ALTER TABLE `t` RENAME COLUMN `c` TO `d`;
-- back
ALTER TABLE `t` RENAME COLUMN `d` TO `c`;

-- everything
ALTER TABLE `t` MODIFY `c` TEXT NOT NULL COMMENT 'b';
ALTER TABLE `t` RENAME COLUMN `c` TO `d`;
-- back
ALTER TABLE `t` MODIFY `d` VARCHAR(20) NULL DEFAULT 'x' COMMENT 'a';
ALTER TABLE `t` RENAME COLUMN `d` TO `c`;

-- not computed
ALTER TABLE `t` MODIFY `c` INTEGER NULL;
-- no way back: alter column "c" of table "t": altering table "t": altering column "c": TiDB changes the expression of no stored generated column, and makes none of a plain one: create the table anew with it

-- nothing
-- refused: alter column "c" of table "t": nothing changes; say what should, by op.SetType and the like

-- using without a type
-- refused: alter column "c" of table "t": op.Using converts to a new type, and none is given; say op.SetType

-- computed
-- refused: alter column "c" of table "t": altering table "t": altering column "c": TiDB changes the expression of no stored generated column, and makes none of a plain one: create the table anew with it

-- of a known table, nothing said
ALTER TABLE `t` MODIFY `c` VARCHAR(50) NOT NULL DEFAULT 'x';
-- no way back: reversing alter column "c" of table "t": it has no reverse: what the column looked like is not known; say it by op.Existing

-- type, nothing known
ALTER TABLE `t` MODIFY `c` VARCHAR(50) NULL;
-- no way back: reversing alter column "c" of table "t": it has no reverse: what the column looked like is not known; say it by op.Existing

-- not null, nothing known
-- refused: alter column "c" of table "t": altering table "t": altering column "c": the server restates the whole column, and its type is not known here: say the existing type

-- nullable, nothing known
-- refused: alter column "c" of table "t": altering table "t": altering column "c": the server restates the whole column, and its type is not known here: say the existing type

-- default, nothing known
ALTER TABLE `t` ALTER COLUMN `c` SET DEFAULT 'it''s';
-- no way back: reversing alter column "c" of table "t": it has no reverse: what the column looked like is not known; say it by op.Existing

-- no default, nothing known
ALTER TABLE `t` ALTER COLUMN `c` DROP DEFAULT;
-- no way back: reversing alter column "c" of table "t": it has no reverse: what the column looked like is not known; say it by op.Existing

-- comment, nothing known
-- refused: alter column "c" of table "t": altering table "t": altering column "c": the server restates the whole column, and its type is not known here: say the existing type

-- name, nothing known
ALTER TABLE `t` RENAME COLUMN `c` TO `d`;
-- back
ALTER TABLE `t` RENAME COLUMN `d` TO `c`;

-- first
ALTER TABLE `t` MODIFY `c` INTEGER NOT NULL FIRST;
-- no way back: reversing alter column "c" of table "t": it has no reverse: where the column stood is not known

-- after
ALTER TABLE `t` MODIFY `c` INTEGER NOT NULL AFTER `z`;
-- no way back: reversing alter column "c" of table "t": it has no reverse: where the column stood is not known

-- collation
ALTER TABLE `t` MODIFY `c` VARCHAR(20) COLLATE utf8mb4_bin NOT NULL;
-- back
ALTER TABLE `t` MODIFY `c` VARCHAR(20) NOT NULL;

-- on update
ALTER TABLE `t` MODIFY `c` DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP;
-- back
ALTER TABLE `t` MODIFY `c` DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- autoincrement
-- refused: alter column "c" of table "t": altering table "t": altering column "c": TiDB gives AUTO_INCREMENT to no column that is there: create the table with it
