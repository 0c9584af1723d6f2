-- not known
ALTER TABLE `customer` DROP COLUMN `city`;
-- no way back: reversing drop column "city" of table "customer": it has no reverse: what the column looked like is not known

-- known
ALTER TABLE `customer` DROP COLUMN `city`;
-- back
ALTER TABLE `customer` ADD COLUMN `city` VARCHAR(30) DEFAULT 'Oslo';

-- if exists
-- refused: drop column "city" of table "customer": altering table "customer": dropping column "city": MySQL has no DROP COLUMN IF EXISTS: leave the guard out

-- in an index
ALTER TABLE `customer` DROP COLUMN `city`;
-- no way back: reversing drop column "city" of table "customer": it has no reverse: what the column looked like is not known
