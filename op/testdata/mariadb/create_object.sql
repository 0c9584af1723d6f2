-- view
CREATE VIEW `v` AS
SELECT id, name FROM customer;
-- back
DROP VIEW `v`;

-- view, or replace
CREATE OR REPLACE VIEW `v` AS
SELECT id, name, city FROM customer;
-- no way back: reversing create view "v": it has no reverse: what it replaced is not known; say it by a Replace method

-- view with options
CREATE ALGORITHM=MERGE DEFINER=`ro``ot`@`%` SQL SECURITY INVOKER VIEW `v` AS
SELECT id, name FROM customer;
-- back
DROP VIEW `v`;

-- view, if not exists
CREATE VIEW IF NOT EXISTS `v` AS
SELECT id, name FROM customer;
-- back
DROP VIEW IF EXISTS `v`;

-- materialized view
-- refused: create materialized view "v": materialized view "v": MariaDB has none: create a view, or a table that is filled by a query

-- trigger
CREATE TRIGGER `tr` BEFORE INSERT ON customer FOR EACH ROW SET NEW.city = 'Bergen';
-- back
DROP TRIGGER `tr`;

-- trigger with a block
DELIMITER $$
CREATE TRIGGER IF NOT EXISTS `tr` BEFORE INSERT ON customer FOR EACH ROW BEGIN
    SET NEW.city = 'Bergen;';
    SET NEW.age = 1;
END$$
DELIMITER ;
-- back
DROP TRIGGER IF EXISTS `tr`;

-- function
CREATE FUNCTION `f` (n INT) RETURNS INT DETERMINISTIC RETURN 2 * n;
-- back
DROP FUNCTION `f`;

-- procedure
CREATE PROCEDURE `p` () DELETE FROM customer;
-- back
DROP PROCEDURE `p`;

-- event
CREATE EVENT `e` ON SCHEDULE EVERY 1 DAY DISABLE DO DELETE FROM customer;
-- back
DROP EVENT `e`;
