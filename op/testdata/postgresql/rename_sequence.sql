-- plain
ALTER SEQUENCE "s" RENAME TO "r";
-- back
ALTER SEQUENCE "r" RENAME TO "s";
