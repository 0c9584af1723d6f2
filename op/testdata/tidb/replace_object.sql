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

-- definition before not known
CREATE OR REPLACE VIEW `v` AS
SELECT id, name, city FROM customer;
-- no way back: reversing replace view "v": it has no reverse: its definition before is not known
