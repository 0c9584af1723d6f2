-- several changes
ALTER TABLE `customer` ADD COLUMN `note` TEXT, DROP COLUMN `city`, MODIFY `name` VARCHAR(90) NOT NULL, ADD CONSTRAINT `uq_name` UNIQUE (`name`);
CREATE INDEX `ix_age` ON `customer` (`age`);
-- back
DROP INDEX `ix_age` ON `customer`;
ALTER TABLE `customer` DROP INDEX `uq_name`, MODIFY `name` VARCHAR(50) NOT NULL, ADD COLUMN `city` VARCHAR(30) DEFAULT 'Oslo', DROP COLUMN `note`;

-- nothing
-- nothing to do
-- back
-- nothing to do

-- with an algorithm
ALTER TABLE `customer` ADD COLUMN `note` TEXT, ALGORITHM=INPLACE, LOCK=NONE;
-- back
ALTER TABLE `customer` DROP COLUMN `note`, ALGORITHM=INPLACE, LOCK=NONE;
