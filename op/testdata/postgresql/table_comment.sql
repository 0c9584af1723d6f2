-- set
COMMENT ON TABLE "customer" IS 'it''s who buys';
-- no way back: reversing set the comment of table "customer": it has no reverse: the comment before is not known; say it by op.ExistingComment

-- change
COMMENT ON TABLE "customer" IS 'b';
-- back
COMMENT ON TABLE "customer" IS 'a';

-- drop
COMMENT ON TABLE "customer" IS NULL;
-- back
COMMENT ON TABLE "customer" IS 'a';
