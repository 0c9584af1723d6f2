-- plain
ALTER TABLE `customer` RENAME TO `client`;
-- back
ALTER TABLE `client` RENAME TO `customer`;
