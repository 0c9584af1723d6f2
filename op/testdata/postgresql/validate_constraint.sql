-- not known
ALTER TABLE "order" VALIDATE CONSTRAINT "late";
-- no way back: reversing validate constraint "late" of table "order": it has no reverse: what the constraint says is not known; say it by op.ExistingConstraint

-- known
ALTER TABLE "order" VALIDATE CONSTRAINT "late";
-- back
ALTER TABLE "order" DROP CONSTRAINT "late",
    ADD CONSTRAINT "late" CHECK (customer_id > 1) NOT VALID;
