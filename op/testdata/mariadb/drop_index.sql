-- not known
DROP INDEX `ix` ON `customer`;
-- no way back: reversing drop index "ix" of table "customer": it has no reverse: what the index looked like is not known

-- if exists
DROP INDEX IF EXISTS `ix` ON `customer`;
-- back
CREATE INDEX IF NOT EXISTS `ix` ON `customer` (`city`);

-- spatial
DROP INDEX `ix` ON `place`;
-- back
CREATE SPATIAL INDEX `ix` ON `place` (`at`);

-- plain
DROP INDEX `ix` ON `customer`;
-- back
CREATE INDEX `ix` ON `customer` (`city`, `age`);

-- unique
DROP INDEX `ix` ON `customer`;
-- back
CREATE UNIQUE INDEX `ix` ON `customer` (`name`);

-- downwards
DROP INDEX `ix` ON `customer`;
-- back
CREATE INDEX `ix` ON `customer` (`city` DESC, `age`);

-- method
DROP INDEX `ix` ON `customer`;
-- back
CREATE INDEX `ix` USING BTREE ON `customer` (`city`);

-- prefix
DROP INDEX `ix` ON `customer`;
-- back
CREATE INDEX `ix` ON `customer` (`city`(5));

-- full text
DROP INDEX `ix` ON `customer`;
-- back
CREATE FULLTEXT INDEX `ix` ON `customer` (`city`);

-- with a comment
DROP INDEX `ix` ON `customer`;
-- back
CREATE INDEX `ix` ON `customer` (`city`) COMMENT 'it''s quick';

-- invisible
DROP INDEX `ix` ON `customer`;
-- back
CREATE INDEX `ix` ON `customer` (`city`) IGNORED;

-- with an algorithm
ALTER TABLE `customer` DROP INDEX `ix`, ALGORITHM=INPLACE;
-- back
CREATE INDEX `ix` ON `customer` (`city`) ALGORITHM=INPLACE;
