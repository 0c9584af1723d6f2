-- view
DROP VIEW IF EXISTS "v";
CREATE VIEW "v" AS
SELECT id, name, city FROM customer;
-- back
DROP VIEW IF EXISTS "v";
CREATE VIEW "v" AS
SELECT id, name FROM customer;

-- view, anew
DROP VIEW IF EXISTS "v";
CREATE VIEW "v" AS
SELECT id, name, city FROM customer;
-- back
DROP VIEW IF EXISTS "v";
CREATE VIEW "v" AS
SELECT id, name FROM customer;

-- trigger
DROP TRIGGER IF EXISTS "tr";
CREATE TRIGGER "tr" AFTER DELETE ON customer BEGIN SELECT 1; END;
-- back
DROP TRIGGER IF EXISTS "tr";
CREATE TRIGGER "tr" AFTER INSERT ON customer BEGIN
    UPDATE customer SET age = 1 WHERE id = NEW.id;
END;

-- definition before not known
DROP VIEW IF EXISTS "v";
CREATE VIEW "v" AS
SELECT id, name, city FROM customer;
-- no way back: reversing replace view "v": it has no reverse: its definition before is not known
