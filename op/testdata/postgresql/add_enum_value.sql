-- last
ALTER TYPE "mood" ADD VALUE 'happy';
-- no way back: reversing add value "happy" to enum "mood": it has no reverse: PostgreSQL cannot drop a value of an enumeration

-- before
ALTER TYPE "mood" ADD VALUE 'happy' BEFORE 'it''s';
-- no way back: reversing add value "happy" to enum "mood": it has no reverse: PostgreSQL cannot drop a value of an enumeration

-- after
ALTER TYPE "mood" ADD VALUE 'happy' AFTER 'sad';
-- no way back: reversing add value "happy" to enum "mood": it has no reverse: PostgreSQL cannot drop a value of an enumeration
