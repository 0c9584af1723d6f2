-- primary key
ALTER TABLE "pair" DROP CONSTRAINT "pk_pair";
-- back
ALTER TABLE "pair" ADD CONSTRAINT "pk_pair" PRIMARY KEY ("a", "b");

-- if exists
ALTER TABLE "order" DROP CONSTRAINT IF EXISTS "ck";
-- no way back: reversing drop check constraint "ck" of table "order": it has no reverse: what the constraint looked like is not known

-- kind not known
ALTER TABLE "order" DROP CONSTRAINT "ck";
-- no way back: reversing drop constraint "ck" of table "order": it has no reverse: what the constraint looked like is not known

-- nameless
-- refused: drop unique constraint of table "order": the constraint has no name; say what it is by op.ExistingConstraint

-- unique
ALTER TABLE "order" DROP CONSTRAINT "uq_starts";
-- back
ALTER TABLE "order" ADD CONSTRAINT "uq_starts" UNIQUE ("starts", "customer_id");

-- unique without a name
ALTER TABLE "order" DROP CONSTRAINT "order_starts_key";
-- back
ALTER TABLE "order" ADD UNIQUE ("starts");

-- unique, deferred
ALTER TABLE "order" DROP CONSTRAINT "uq_starts";
-- back
ALTER TABLE "order" ADD CONSTRAINT "uq_starts" UNIQUE ("starts", "customer_id") DEFERRABLE INITIALLY DEFERRED;

-- unique, nulls equal
ALTER TABLE "order" DROP CONSTRAINT "uq_starts";
-- back
ALTER TABLE "order" ADD CONSTRAINT "uq_starts" UNIQUE NULLS NOT DISTINCT ("starts", "customer_id");

-- check
ALTER TABLE "order" DROP CONSTRAINT "ck_customer";
-- back
ALTER TABLE "order" ADD CONSTRAINT "ck_customer" CHECK (customer_id > 5);

-- check without a name
-- refused: drop check constraint of table "order": table "order": dropping a constraint: PostgreSQL needs its name

-- check of quotes
ALTER TABLE "order" DROP CONSTRAINT "ck_quotes";
-- back
ALTER TABLE "order" ADD CONSTRAINT "ck_quotes" CHECK ('it''s' <> 'x');

-- check, not valid
ALTER TABLE "order" DROP CONSTRAINT "ck_customer";
-- back
ALTER TABLE "order" ADD CONSTRAINT "ck_customer" CHECK (customer_id > 5) NOT VALID;

-- foreign key
ALTER TABLE "order" DROP CONSTRAINT "fk_customer";
-- back
ALTER TABLE "order" ADD CONSTRAINT "fk_customer" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id");

-- foreign key with actions
ALTER TABLE "order" DROP CONSTRAINT "fk_customer";
-- back
ALTER TABLE "order" ADD CONSTRAINT "fk_customer" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE CASCADE ON UPDATE SET NULL;

-- foreign key, deferred
ALTER TABLE "order" DROP CONSTRAINT "fk_customer";
-- back
ALTER TABLE "order" ADD CONSTRAINT "fk_customer" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") DEFERRABLE INITIALLY DEFERRED;

-- foreign key, deferrable
ALTER TABLE "order" DROP CONSTRAINT "fk_customer";
-- back
ALTER TABLE "order" ADD CONSTRAINT "fk_customer" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") MATCH FULL DEFERRABLE;

-- foreign key, not valid
ALTER TABLE "order" DROP CONSTRAINT "fk_customer";
-- back
ALTER TABLE "order" ADD CONSTRAINT "fk_customer" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") NOT VALID;

-- foreign key to itself
ALTER TABLE "order" DROP CONSTRAINT "fk_self";
-- back
ALTER TABLE "order" ADD CONSTRAINT "fk_self" FOREIGN KEY ("customer_id") REFERENCES "order" ("id");

-- foreign key without a name
ALTER TABLE "order" DROP CONSTRAINT "order_customer_id_fkey";
-- back
ALTER TABLE "order" ADD FOREIGN KEY ("customer_id") REFERENCES "customer" ("id");

-- exclude
ALTER TABLE "order" DROP CONSTRAINT "ex_starts";
-- back
ALTER TABLE "order" ADD CONSTRAINT "ex_starts" EXCLUDE USING gist (daterange(starts, NULL) WITH &&) WHERE (customer_id > 5);
