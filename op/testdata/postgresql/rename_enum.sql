-- plain
ALTER TYPE "mood" RENAME TO "feeling";
-- back
ALTER TYPE "feeling" RENAME TO "mood";
