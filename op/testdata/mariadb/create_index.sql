-- if not exists
CREATE INDEX IF NOT EXISTS `ix` ON `customer` (`city`);
-- back
DROP INDEX IF EXISTS `ix` ON `customer`;

-- of nothing
-- refused: create index "ix" on table "customer": the index has no columns

-- spatial
CREATE SPATIAL INDEX `ix` ON `place` (`at`);
-- back
DROP INDEX `ix` ON `place`;

-- plain
CREATE INDEX `ix` ON `customer` (`city`, `age`);
-- back
DROP INDEX `ix` ON `customer`;

-- unique
CREATE UNIQUE INDEX `ix` ON `customer` (`name`);
-- back
DROP INDEX `ix` ON `customer`;

-- downwards
CREATE INDEX `ix` ON `customer` (`city` DESC, `age`);
-- back
DROP INDEX `ix` ON `customer`;

-- expression
-- refused: create index "ix" on table "customer": creating index "ix": MariaDB has no index on the expression lower(name): add a generated column and index that

-- partial
-- refused: create index "ix" on table "customer": creating index "ix": MariaDB has no partial indexes: leave the predicate out

-- method
CREATE INDEX `ix` USING BTREE ON `customer` (`city`);
-- back
DROP INDEX `ix` ON `customer`;

-- prefix
CREATE INDEX `ix` ON `customer` (`city`(5));
-- back
DROP INDEX `ix` ON `customer`;

-- full text
CREATE FULLTEXT INDEX `ix` ON `customer` (`city`);
-- back
DROP INDEX `ix` ON `customer`;

-- with a comment
CREATE INDEX `ix` ON `customer` (`city`) COMMENT 'it''s quick';
-- back
DROP INDEX `ix` ON `customer`;

-- invisible
CREATE INDEX `ix` ON `customer` (`city`) IGNORED;
-- back
DROP INDEX `ix` ON `customer`;

-- with an algorithm
CREATE INDEX `ix` ON `customer` (`city`) ALGORITHM=INPLACE;
-- back
ALTER TABLE `customer` DROP INDEX `ix`, ALGORITHM=INPLACE;
