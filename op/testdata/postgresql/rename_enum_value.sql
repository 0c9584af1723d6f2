-- plain
ALTER TYPE "mood" RENAME VALUE 'ok' TO 'it''s fine';
-- back
ALTER TYPE "mood" RENAME VALUE 'it''s fine' TO 'ok';
