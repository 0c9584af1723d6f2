-- view
CREATE OR REPLACE VIEW `v` AS
SELECT id, name, city FROM customer;
-- back
CREATE OR REPLACE VIEW `v` AS
SELECT id, name FROM customer;

-- view, anew
DROP VIEW IF EXISTS `v`;
CREATE VIEW `v` AS
SELECT id, name, city FROM customer;
-- back
DROP VIEW IF EXISTS `v`;
CREATE VIEW `v` AS
SELECT id, name FROM customer;

-- definition before not known
CREATE OR REPLACE VIEW `v` AS
SELECT id, name, city FROM customer;
-- no way back: reversing replace view "v": it has no reverse: its definition before is not known
