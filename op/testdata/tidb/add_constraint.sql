-- primary key
ALTER TABLE `pair` ADD PRIMARY KEY (`a`, `b`);
-- back
ALTER TABLE `pair` DROP PRIMARY KEY;

-- nothing
-- refused: add constraint to table "pair": there is no constraint to add

-- unique
ALTER TABLE `order` ADD CONSTRAINT `uq_starts` UNIQUE (`starts`, `customer_id`);
-- back
ALTER TABLE `order` DROP INDEX `uq_starts`;

-- unique without a name
ALTER TABLE `order` ADD UNIQUE (`starts`);
-- no way back: drop unique constraint of table "order": altering table "order": dropping a unique constraint: the server made up its name, and a script cannot ask for it: say the name, or run online

-- check
ALTER TABLE `order` ADD CONSTRAINT `ck_customer` CHECK (customer_id > 5);
-- back
ALTER TABLE `order` DROP CHECK `ck_customer`;

-- check without a name
ALTER TABLE `order` ADD CHECK (customer_id > 5);
-- no way back: drop check constraint of table "order": altering table "order": dropping a check constraint: the server made up its name, and a script cannot ask for it: say the name, or run online

-- check of quotes
ALTER TABLE `order` ADD CONSTRAINT `ck_quotes` CHECK ('it''s' <> 'x');
-- back
ALTER TABLE `order` DROP CHECK `ck_quotes`;

-- foreign key
ALTER TABLE `order` ADD CONSTRAINT `fk_customer` FOREIGN KEY (`customer_id`) REFERENCES `customer` (`id`);
-- back
ALTER TABLE `order` DROP FOREIGN KEY `fk_customer`;

-- foreign key with actions
ALTER TABLE `order` ADD CONSTRAINT `fk_customer` FOREIGN KEY (`customer_id`) REFERENCES `customer` (`id`) ON DELETE CASCADE ON UPDATE SET NULL;
-- back
ALTER TABLE `order` DROP FOREIGN KEY `fk_customer`;

-- foreign key to itself
ALTER TABLE `order` ADD CONSTRAINT `fk_self` FOREIGN KEY (`customer_id`) REFERENCES `order` (`id`);
-- back
ALTER TABLE `order` DROP FOREIGN KEY `fk_self`;

-- foreign key without a name
ALTER TABLE `order` ADD FOREIGN KEY (`customer_id`) REFERENCES `customer` (`id`);
-- no way back: drop foreign key of table "order": altering table "order": dropping a foreign key: the server made up its name, and a script cannot ask for it: say the name, or run online
