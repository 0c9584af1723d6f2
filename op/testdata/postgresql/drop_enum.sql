-- not known
DROP TYPE "mood";
-- no way back: reversing drop enum "mood": it has no reverse: its values are not known

-- known
DROP TYPE "mood";
-- back
CREATE TYPE "mood" AS ENUM ('sad', 'it''s');
