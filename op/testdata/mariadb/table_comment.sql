-- set
ALTER TABLE `customer` COMMENT 'it''s who buys';
-- no way back: reversing set the comment of table "customer": it has no reverse: the comment before is not known; say it by op.ExistingComment

-- change
ALTER TABLE `customer` COMMENT 'b';
-- back
ALTER TABLE `customer` COMMENT 'a';

-- drop
ALTER TABLE `customer` COMMENT '';
-- back
ALTER TABLE `customer` COMMENT 'a';
