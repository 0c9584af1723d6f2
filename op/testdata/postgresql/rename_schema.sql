-- plain
ALTER SCHEMA "a" RENAME TO "b";
-- back
ALTER SCHEMA "b" RENAME TO "a";
