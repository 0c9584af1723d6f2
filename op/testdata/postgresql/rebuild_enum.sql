-- columns not said
-- refused: rebuild enum "mood": rebuilding type "mood": a script must be told the columns of the type: say them by op.EnumColumn, or run online

-- a value gone, the others in another order
ALTER TYPE "mood" RENAME TO "mood__gomig_old";
CREATE TYPE "mood" AS ENUM ('happy', 'ok');
ALTER TABLE "person" ALTER COLUMN "mood" DROP DEFAULT,
    ALTER COLUMN "mood" TYPE "mood" USING "mood"::text::"mood",
    ALTER COLUMN "mood" SET DEFAULT 'ok';
DROP TYPE "mood__gomig_old";
-- back
ALTER TYPE "mood" RENAME TO "mood__gomig_old";
CREATE TYPE "mood" AS ENUM ('sad', 'ok', 'happy');
ALTER TABLE "person" ALTER COLUMN "mood" DROP DEFAULT,
    ALTER COLUMN "mood" TYPE "mood" USING "mood"::text::"mood",
    ALTER COLUMN "mood" SET DEFAULT 'ok';
DROP TYPE "mood__gomig_old";

-- a value renamed on the way
ALTER TYPE "mood" RENAME TO "mood__gomig_old";
CREATE TYPE "mood" AS ENUM ('glad', 'fine');
ALTER TABLE "person" ALTER COLUMN "mood" DROP DEFAULT,
    ALTER COLUMN "mood" TYPE "mood" USING (CASE "mood"::text WHEN 'happy' THEN 'glad' WHEN 'ok' THEN 'fine' ELSE "mood"::text END)::"mood",
    ALTER COLUMN "mood" SET DEFAULT 'fine';
DROP TYPE "mood__gomig_old";
-- back
ALTER TYPE "mood" RENAME TO "mood__gomig_old";
CREATE TYPE "mood" AS ENUM ('ok', 'happy');
ALTER TABLE "person" ALTER COLUMN "mood" DROP DEFAULT,
    ALTER COLUMN "mood" TYPE "mood" USING (CASE "mood"::text WHEN 'glad' THEN 'happy' WHEN 'fine' THEN 'ok' ELSE "mood"::text END)::"mood",
    ALTER COLUMN "mood" SET DEFAULT 'ok';
DROP TYPE "mood__gomig_old";
