-- plain
ALTER TABLE `s` RENAME TO `r`;
-- back
ALTER TABLE `r` RENAME TO `s`;
