-- primary key
ALTER TABLE `pair` DROP PRIMARY KEY;
-- back
ALTER TABLE `pair` ADD PRIMARY KEY (`a`, `b`);

-- if exists
-- refused: drop check constraint "ck" of table "order": altering table "order": dropping check constraint "ck": TiDB has no DROP of a check constraint IF EXISTS: leave the guard out

-- kind not known
-- refused: drop constraint "ck" of table "order": altering table "order": dropping constraint "ck": TiDB drops each kind of constraint by words of its own: say which kind it is

-- nameless
-- refused: drop unique constraint of table "order": the constraint has no name; say what it is by op.ExistingConstraint

-- unique
ALTER TABLE `order` DROP INDEX `uq_starts`;
-- back
ALTER TABLE `order` ADD CONSTRAINT `uq_starts` UNIQUE (`starts`, `customer_id`);

-- unique without a name
-- refused: drop unique constraint of table "order": altering table "order": dropping a unique constraint: the server made up its name, and a script cannot ask for it: say the name, or run online

-- check
ALTER TABLE `order` DROP CHECK `ck_customer`;
-- back
ALTER TABLE `order` ADD CONSTRAINT `ck_customer` CHECK (customer_id > 5);

-- check without a name
-- refused: drop check constraint of table "order": altering table "order": dropping a check constraint: the server made up its name, and a script cannot ask for it: say the name, or run online

-- check of quotes
ALTER TABLE `order` DROP CHECK `ck_quotes`;
-- back
ALTER TABLE `order` ADD CONSTRAINT `ck_quotes` CHECK ('it''s' <> 'x');

-- foreign key
ALTER TABLE `order` DROP FOREIGN KEY `fk_customer`;
-- back
ALTER TABLE `order` ADD CONSTRAINT `fk_customer` FOREIGN KEY (`customer_id`) REFERENCES `customer` (`id`);

-- foreign key with actions
ALTER TABLE `order` DROP FOREIGN KEY `fk_customer`;
-- back
ALTER TABLE `order` ADD CONSTRAINT `fk_customer` FOREIGN KEY (`customer_id`) REFERENCES `customer` (`id`) ON DELETE CASCADE ON UPDATE SET NULL;

-- foreign key to itself
ALTER TABLE `order` DROP FOREIGN KEY `fk_self`;
-- back
ALTER TABLE `order` ADD CONSTRAINT `fk_self` FOREIGN KEY (`customer_id`) REFERENCES `order` (`id`);

-- foreign key without a name
-- refused: drop foreign key of table "order": altering table "order": dropping a foreign key: the server made up its name, and a script cannot ask for it: say the name, or run online
