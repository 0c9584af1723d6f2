-- plain
ALTER TABLE `customer` ADD COLUMN `note` TEXT;
-- back
ALTER TABLE `customer` DROP COLUMN `note`;

-- not null with a default
ALTER TABLE `customer` ADD COLUMN `grade` VARCHAR(5) NOT NULL DEFAULT 'it''s';
-- back
ALTER TABLE `customer` DROP COLUMN `grade`;

-- default that moves
ALTER TABLE `customer` ADD COLUMN `made` DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP;
-- back
ALTER TABLE `customer` DROP COLUMN `made`;

-- unique
ALTER TABLE `customer` ADD COLUMN `vat` VARCHAR(20);
ALTER TABLE `customer` ADD UNIQUE (`vat`);
-- no way back: alter table "customer": altering table "customer": dropping a unique constraint: the server made up its name, and a script cannot ask for it: say the name, or run online

-- with an index
ALTER TABLE `customer` ADD COLUMN `vat` VARCHAR(20);
CREATE INDEX `ix_customer_vat` ON `customer` (`vat`);
-- back
DROP INDEX `ix_customer_vat` ON `customer`;
ALTER TABLE `customer` DROP COLUMN `vat`;

-- with a check
ALTER TABLE `customer` ADD COLUMN `size` INTEGER;
ALTER TABLE `customer` ADD CONSTRAINT `ck_size` CHECK (size > 5);
-- back
ALTER TABLE `customer` DROP CHECK `ck_size`;
ALTER TABLE `customer` DROP COLUMN `size`;

-- reference
ALTER TABLE `customer` ADD COLUMN `order_id` INTEGER;
ALTER TABLE `customer` ADD CONSTRAINT `fk_order` FOREIGN KEY (`order_id`) REFERENCES `order` (`id`) ON DELETE SET NULL;
-- back
ALTER TABLE `customer` DROP FOREIGN KEY `fk_order`;
ALTER TABLE `customer` DROP COLUMN `order_id`;

-- computed
ALTER TABLE `customer` ADD COLUMN `twice` INTEGER GENERATED ALWAYS AS (age * 2) VIRTUAL;
-- back
ALTER TABLE `customer` DROP COLUMN `twice`;

-- computed and kept
-- refused: add column "twice" to table "customer": altering table "customer": adding column "twice": TiDB adds no stored generated column to a table that is there: make it virtual, or create the table with it

-- with a comment
ALTER TABLE `customer` ADD COLUMN `note` TEXT COMMENT 'it''s said';
-- back
ALTER TABLE `customer` DROP COLUMN `note`;

-- collated
ALTER TABLE `customer` ADD COLUMN `note` VARCHAR(9) COLLATE utf8mb4_bin;
-- back
ALTER TABLE `customer` DROP COLUMN `note`;

-- of a type of its own
-- refused: add column "size" to table "customer": altering table "customer": adding column "size": TiDB has no invisible columns: leave mysql.Invisible() out

-- first
ALTER TABLE `customer` ADD COLUMN `note` VARCHAR(9) FIRST;
-- back
ALTER TABLE `customer` DROP COLUMN `note`;

-- after
ALTER TABLE `customer` ADD COLUMN `note` VARCHAR(9) AFTER `name`;
-- back
ALTER TABLE `customer` DROP COLUMN `note`;

-- before
-- refused: add column "note" to table "customer": altering table "customer": adding column "note": TiDB places a column FIRST or AFTER another: say so instead of before "name"

-- if not exists
ALTER TABLE `customer` ADD COLUMN IF NOT EXISTS `note` TEXT;
-- back
ALTER TABLE `customer` DROP COLUMN IF EXISTS `note`;

-- primary key
-- refused: add column "id" to table "plain": altering table "plain": adding column "id": TiDB adds no AUTO_INCREMENT column to a table that is there: create the table with it

-- nameless
-- refused: add column "" to table "plain": the column has no name
