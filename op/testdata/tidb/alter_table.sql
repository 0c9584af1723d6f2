-- several changes
ALTER TABLE `customer` ADD COLUMN `note` TEXT;
ALTER TABLE `customer` DROP COLUMN `city`;
ALTER TABLE `customer` MODIFY `name` VARCHAR(90) NOT NULL;
ALTER TABLE `customer` ADD CONSTRAINT `uq_name` UNIQUE (`name`);
CREATE INDEX `ix_age` ON `customer` (`age`);
-- back
DROP INDEX `ix_age` ON `customer`;
ALTER TABLE `customer` DROP INDEX `uq_name`;
ALTER TABLE `customer` MODIFY `name` VARCHAR(50) NOT NULL;
ALTER TABLE `customer` ADD COLUMN `city` VARCHAR(30) DEFAULT 'Oslo';
ALTER TABLE `customer` DROP COLUMN `note`;

-- nothing
-- nothing to do
-- back
-- nothing to do
