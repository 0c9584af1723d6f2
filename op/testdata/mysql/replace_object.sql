-- view
CREATE OR REPLACE VIEW `v` AS
SELECT id, name, city FROM customer;
-- back
CREATE OR REPLACE VIEW `v` AS
SELECT id, name FROM customer;

-- view, anew
CREATE OR REPLACE VIEW `v` AS
SELECT id, name, city FROM customer;
-- back
CREATE OR REPLACE VIEW `v` AS
SELECT id, name FROM customer;

-- view, options too
CREATE OR REPLACE ALGORITHM=MERGE DEFINER=CURRENT_USER SQL SECURITY DEFINER VIEW `v` AS
SELECT id, name, city FROM customer;
-- back
CREATE OR REPLACE ALGORITHM=MERGE DEFINER=`ro``ot`@`%` SQL SECURITY INVOKER VIEW `v` AS
SELECT id, name FROM customer;

-- trigger
DROP TRIGGER IF EXISTS `tr`;
DELIMITER $$
CREATE TRIGGER `tr` BEFORE INSERT ON customer FOR EACH ROW BEGIN
    SET NEW.city = 'Bergen;';
    SET NEW.age = 1;
END$$
DELIMITER ;
-- back
DROP TRIGGER IF EXISTS `tr`;
CREATE TRIGGER `tr` BEFORE INSERT ON customer FOR EACH ROW SET NEW.city = 'Bergen';

-- function
DROP FUNCTION IF EXISTS `f`;
CREATE FUNCTION `f` (n INT) RETURNS INT DETERMINISTIC RETURN 3 * n;
-- back
DROP FUNCTION IF EXISTS `f`;
CREATE FUNCTION `f` (n INT) RETURNS INT DETERMINISTIC RETURN 2 * n;

-- definition before not known
CREATE OR REPLACE VIEW `v` AS
SELECT id, name, city FROM customer;
-- no way back: reversing replace view "v": it has no reverse: its definition before is not known
