-- unique
ALTER TABLE `order` RENAME INDEX `uq` TO `uq2`;
-- back
ALTER TABLE `order` RENAME INDEX `uq2` TO `uq`;

-- check
ALTER TABLE `order` DROP CONSTRAINT `ck`, ADD CONSTRAINT `ck2` CHECK (customer_id > 0);
-- back
ALTER TABLE `order` DROP CONSTRAINT `ck2`, ADD CONSTRAINT `ck` CHECK (customer_id > 0);

-- foreign key
ALTER TABLE `order` DROP FOREIGN KEY `fk`;
ALTER TABLE `order` ADD CONSTRAINT `fk2` FOREIGN KEY (`customer_id`) REFERENCES `customer` (`id`);
-- back
ALTER TABLE `order` DROP FOREIGN KEY `fk2`;
ALTER TABLE `order` ADD CONSTRAINT `fk` FOREIGN KEY (`customer_id`) REFERENCES `customer` (`id`);

-- not known
-- refused: rename constraint "fk" of table "order" to "fk2": altering table "order": renaming constraint "fk": MariaDB must drop and add it, and a script does not know what it says: say it by op.ExistingConstraint, or run online
