-- if not exists
CREATE INDEX IF NOT EXISTS `ix` ON `customer` (`city`);
-- back
DROP INDEX IF EXISTS `ix` ON `customer`;

-- of nothing
-- refused: create index "ix" on table "customer": the index has no columns

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
CREATE INDEX `ix` ON `customer` ((lower(name)), `age`);
-- back
DROP INDEX `ix` ON `customer`;

-- partial
-- refused: create index "ix" on table "customer": creating index "ix": TiDB has no partial indexes: leave the predicate out

-- method
CREATE INDEX `ix` USING BTREE ON `customer` (`city`);
-- back
DROP INDEX `ix` ON `customer`;

-- prefix
CREATE INDEX `ix` ON `customer` (`city`(5));
-- back
DROP INDEX `ix` ON `customer`;

-- with a comment
CREATE INDEX `ix` ON `customer` (`city`) COMMENT 'it''s quick';
-- back
DROP INDEX `ix` ON `customer`;

-- invisible
CREATE INDEX `ix` ON `customer` (`city`) INVISIBLE;
-- back
DROP INDEX `ix` ON `customer`;
