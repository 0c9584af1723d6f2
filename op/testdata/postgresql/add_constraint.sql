-- primary key
ALTER TABLE "pair" ADD CONSTRAINT "pk_pair" PRIMARY KEY ("a", "b");
-- back
ALTER TABLE "pair" DROP CONSTRAINT "pk_pair";

-- nothing
-- refused: add constraint to table "pair": there is no constraint to add

-- unique
ALTER TABLE "order" ADD CONSTRAINT "uq_starts" UNIQUE ("starts", "customer_id");
-- back
ALTER TABLE "order" DROP CONSTRAINT "uq_starts";

-- unique without a name
ALTER TABLE "order" ADD UNIQUE ("starts");
-- back
ALTER TABLE "order" DROP CONSTRAINT "order_starts_key";

-- unique, deferred
ALTER TABLE "order" ADD CONSTRAINT "uq_starts" UNIQUE ("starts", "customer_id") DEFERRABLE INITIALLY DEFERRED;
-- back
ALTER TABLE "order" DROP CONSTRAINT "uq_starts";

-- unique, nulls equal
ALTER TABLE "order" ADD CONSTRAINT "uq_starts" UNIQUE NULLS NOT DISTINCT ("starts", "customer_id");
-- back
ALTER TABLE "order" DROP CONSTRAINT "uq_starts";

-- check
ALTER TABLE "order" ADD CONSTRAINT "ck_customer" CHECK (customer_id > 5);
-- back
ALTER TABLE "order" DROP CONSTRAINT "ck_customer";

-- check without a name
ALTER TABLE "order" ADD CHECK (customer_id > 5);
-- no way back: drop check constraint of table "order": table "order": dropping a constraint: PostgreSQL needs its name

-- check of quotes
ALTER TABLE "order" ADD CONSTRAINT "ck_quotes" CHECK ('it''s' <> 'x');
-- back
ALTER TABLE "order" DROP CONSTRAINT "ck_quotes";

-- check, not valid
ALTER TABLE "order" ADD CONSTRAINT "ck_customer" CHECK (customer_id > 5) NOT VALID;
-- back
ALTER TABLE "order" DROP CONSTRAINT "ck_customer";

-- foreign key
ALTER TABLE "order" ADD CONSTRAINT "fk_customer" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id");
-- back
ALTER TABLE "order" DROP CONSTRAINT "fk_customer";

-- foreign key with actions
ALTER TABLE "order" ADD CONSTRAINT "fk_customer" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE CASCADE ON UPDATE SET NULL;
-- back
ALTER TABLE "order" DROP CONSTRAINT "fk_customer";

-- foreign key, deferred
ALTER TABLE "order" ADD CONSTRAINT "fk_customer" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") DEFERRABLE INITIALLY DEFERRED;
-- back
ALTER TABLE "order" DROP CONSTRAINT "fk_customer";

-- foreign key, deferrable
ALTER TABLE "order" ADD CONSTRAINT "fk_customer" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") MATCH FULL DEFERRABLE;
-- back
ALTER TABLE "order" DROP CONSTRAINT "fk_customer";

-- foreign key, not valid
ALTER TABLE "order" ADD CONSTRAINT "fk_customer" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") NOT VALID;
-- back
ALTER TABLE "order" DROP CONSTRAINT "fk_customer";

-- foreign key to itself
ALTER TABLE "order" ADD CONSTRAINT "fk_self" FOREIGN KEY ("customer_id") REFERENCES "order" ("id");
-- back
ALTER TABLE "order" DROP CONSTRAINT "fk_self";

-- foreign key without a name
ALTER TABLE "order" ADD FOREIGN KEY ("customer_id") REFERENCES "customer" ("id");
-- back
ALTER TABLE "order" DROP CONSTRAINT "order_customer_id_fkey";

-- exclude
ALTER TABLE "order" ADD CONSTRAINT "ex_starts" EXCLUDE USING gist (daterange(starts, NULL) WITH &&) WHERE (customer_id > 5);
-- back
ALTER TABLE "order" DROP CONSTRAINT "ex_starts";
