-- reset
ALTER TABLE "t" RESET (fillfactor);
-- back
ALTER TABLE "t" SET (fillfactor = '70');
