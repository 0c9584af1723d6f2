-- view that is known
DROP VIEW `v`;
-- back
CREATE VIEW `v` AS
SELECT id, name FROM customer;

-- view, if exists
DROP VIEW IF EXISTS `v`;
-- no way back: reversing drop view "v": it has no reverse: its definition is not known; say it by op.ExistingDefinition

-- trigger
DROP TRIGGER `tr`;
-- back
DELIMITER $$
CREATE TRIGGER `tr` BEFORE INSERT ON customer FOR EACH ROW BEGIN
    SET NEW.city = 'Bergen;';
    SET NEW.age = 1;
END$$
DELIMITER ;

-- event
DROP EVENT `e`;
-- back
CREATE EVENT `e` ON SCHEDULE EVERY 1 DAY DISABLE DO DELETE FROM customer;
