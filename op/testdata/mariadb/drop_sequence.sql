-- known
DROP SEQUENCE `s`;
-- back
CREATE SEQUENCE `s` START WITH 10 INCREMENT BY 5 MINVALUE 5 MAXVALUE 1000 CACHE 3 CYCLE;

-- if exists
DROP SEQUENCE IF EXISTS `s`;
-- no way back: reversing drop sequence "s": it has no reverse: its properties are not known; say them by op.ExistingSequence
