-- new
ALTER TABLE "t" SET (fillfactor = '70');
-- back
ALTER TABLE "t" RESET (fillfactor);

-- changed
ALTER TABLE "t" SET (fillfactor = '80');
-- back
ALTER TABLE "t" SET (fillfactor = '70');
