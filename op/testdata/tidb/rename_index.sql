-- plain
ALTER TABLE `customer` RENAME INDEX `ix` TO `ix 2`;
-- back
ALTER TABLE `customer` RENAME INDEX `ix 2` TO `ix`;
