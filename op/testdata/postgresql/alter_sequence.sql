-- known
ALTER SEQUENCE "s" INCREMENT BY 2 CYCLE;
-- back
ALTER SEQUENCE "s" INCREMENT BY 1 NO CYCLE;

-- begins again
ALTER SEQUENCE "s" RESTART;
-- no way back: reversing alter sequence "s": it has no reverse: the number at which it stood is not known

-- goes on elsewhere
ALTER SEQUENCE IF EXISTS "s" RESTART WITH 50;
-- no way back: reversing alter sequence "s": it has no reverse: the number at which it stood is not known
