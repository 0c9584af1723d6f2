-- set
-- nothing to do
-- no way back: reversing set the comment of table "customer": it has no reverse: the comment before is not known; say it by op.ExistingComment

-- change
-- nothing to do
-- back
-- nothing to do

-- drop
-- nothing to do
-- back
-- nothing to do
