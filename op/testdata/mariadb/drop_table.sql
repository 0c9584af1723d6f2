-- not known
DROP TABLE `customer`;
-- no way back: reversing drop table "customer": it has no reverse: what the table looked like is not known

-- known
DROP TABLE `customer`;
-- back
CREATE TABLE `customer` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `name` VARCHAR(50) NOT NULL,
    `city` VARCHAR(30) DEFAULT 'Oslo',
    `age` INTEGER,
    PRIMARY KEY (`id`)
);
CREATE INDEX `ix_name` ON `customer` (`name`);

-- if exists
DROP TABLE IF EXISTS `customer`;
-- no way back: reversing drop table "customer": it has no reverse: what the table looked like is not known
