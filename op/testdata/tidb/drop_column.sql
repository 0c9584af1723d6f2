-- not known
ALTER TABLE `customer` DROP COLUMN `city`;
-- no way back: reversing drop column "city" of table "customer": it has no reverse: what the column looked like is not known

-- known
ALTER TABLE `customer` DROP COLUMN `city`;
-- back
ALTER TABLE `customer` ADD COLUMN `city` VARCHAR(30) DEFAULT 'Oslo';

-- if exists
ALTER TABLE `customer` DROP COLUMN IF EXISTS `city`;
-- no way back: reversing drop column "city" of table "customer": it has no reverse: what the column looked like is not known

-- in an index
ALTER TABLE `customer` DROP COLUMN `city`;
-- no way back: reversing drop column "city" of table "customer": it has no reverse: what the column looked like is not known
