-- not known
-- nothing to do
-- no way back: reversing drop enum "mood": it has no reverse: its values are not known

-- known
-- nothing to do
-- back
-- nothing to do
