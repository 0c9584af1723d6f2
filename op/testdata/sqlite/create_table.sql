-- everything
CREATE TABLE "invoice" (
    "id" INTEGER PRIMARY KEY,
    "number" VARCHAR(20) NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "net" NUMERIC(12, 2) NOT NULL DEFAULT 0,
    "paid" BOOLEAN NOT NULL DEFAULT 0,
    "made" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "gross" NUMERIC(12, 2) GENERATED ALWAYS AS (net * 2) STORED,
    CONSTRAINT "uq_invoice_customer" UNIQUE ("customer_id", "made"),
    UNIQUE ("number"),
    CONSTRAINT "ck_invoice_net" CHECK (net < 1000000),
    CHECK (net >= 0),
    FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE CASCADE
);
CREATE INDEX "ix_invoice_made" ON "invoice" ("made");
CREATE INDEX "ix_invoice_customer_id" ON "invoice" ("customer_id");
-- back
DROP TABLE "invoice";

-- if not exists
CREATE TABLE IF NOT EXISTS "customer" (
    "id" INTEGER PRIMARY KEY,
    "name" VARCHAR(50) NOT NULL,
    "city" VARCHAR(30) DEFAULT 'Oslo',
    "age" INTEGER
);
-- back
DROP TABLE IF EXISTS "customer";

-- referring to itself
CREATE TABLE "customer" (
    "id" INTEGER PRIMARY KEY,
    "name" VARCHAR(50) NOT NULL,
    "city" VARCHAR(30) DEFAULT 'Oslo',
    "age" INTEGER,
    "parent" INTEGER,
    FOREIGN KEY ("parent") REFERENCES "customer" ("id")
);
-- back
DROP TABLE "customer";

-- key of two columns
CREATE TABLE "pair" (
    "a" INTEGER NOT NULL,
    "b" VARCHAR(10) NOT NULL,
    CONSTRAINT "pk_pair" PRIMARY KEY ("a", "b")
);
-- back
DROP TABLE "pair";

-- hostile names
CREATE TABLE "a""b`c'd" (
    "select" INTEGER,
    "é %s \" VARCHAR(30) DEFAULT 'it''s \ "x" `y`'
);
-- back
DROP TABLE "a""b`c'd";

-- with options
CREATE TABLE "pair" (
    "a" TEXT NOT NULL,
    PRIMARY KEY ("a")
) STRICT, WITHOUT ROWID;
-- back
DROP TABLE "pair";
