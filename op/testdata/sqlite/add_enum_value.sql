-- last
-- nothing to do
-- no way back: reversing add value "happy" to enum "mood": it has no reverse: PostgreSQL cannot drop a value of an enumeration

-- before
-- nothing to do
-- no way back: reversing add value "happy" to enum "mood": it has no reverse: PostgreSQL cannot drop a value of an enumeration

-- after
-- nothing to do
-- no way back: reversing add value "happy" to enum "mood": it has no reverse: PostgreSQL cannot drop a value of an enumeration
