CREATE EXTENSION pg_trgm;
CREATE COLLATION mine (provider = libc, locale = 'C');
CREATE DOMAIN positive AS integer DEFAULT 1 CHECK (VALUE > 0);
CREATE TYPE pair AS (a integer, b text);
CREATE TYPE mood AS ENUM ('sad', 'o''k');
CREATE TYPE span AS RANGE (subtype = numeric);
CREATE SEQUENCE order_no START 100 INCREMENT 5 CYCLE CACHE 10;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
CREATE FUNCTION twice(x integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT x * 2';
CREATE PROCEDURE p(a integer) LANGUAGE sql AS 'SELECT 1';
CREATE TABLE place (
  id bigint GENERATED ALWAYS AS IDENTITY (START WITH 10 INCREMENT BY 2 MAXVALUE 100000 CACHE 5 CYCLE) PRIMARY KEY,
  serial serial,
  name text COLLATE mine NOT NULL DEFAULT 'x''y',
  m mood DEFAULT 'sad',
  ms mood[] DEFAULT '{sad}',
  p positive,
  c pair,
  r span,
  j jsonb DEFAULT '{}'::jsonb,
  no bigint DEFAULT nextval('order_no'),
  small integer,
  twice integer GENERATED ALWAYS AS (twice(small)) STORED,
  at timestamp(3) with time zone DEFAULT now(),
  tags text[],
  code varchar(5),
  during tstzrange,
  CONSTRAINT uq UNIQUE (name) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT uq_nulls UNIQUE NULLS NOT DISTINCT (code, name) INCLUDE (small),
  CONSTRAINT ck CHECK (small > 0) NO INHERIT,
  CONSTRAINT apart EXCLUDE USING gist (during WITH &&) WHERE (small > 1) DEFERRABLE
) WITH (fillfactor = 70, autovacuum_enabled = false, toast.autovacuum_enabled = false);
ALTER TABLE place ALTER COLUMN tags SET STORAGE EXTERNAL;
ALTER TABLE place ALTER COLUMN name SET STATISTICS 500;
ALTER TABLE place ADD CONSTRAINT later CHECK (small < 1000) NOT VALID;
COMMENT ON TABLE place IS 'where things are';
COMMENT ON COLUMN place.name IS 'as people say';
CREATE INDEX ix_trgm ON place USING gin (name gin_trgm_ops) WITH (fastupdate = off);
CREATE INDEX ix_part ON place (lower(name) COLLATE "C" text_pattern_ops DESC NULLS LAST, id) INCLUDE (code) WHERE small > 5 AND m = 'sad';
CREATE UNIQUE INDEX ix_nulls ON place (code, small) NULLS NOT DISTINCT;
COMMENT ON INDEX ix_trgm IS 'for search';
CREATE STATISTICS st (ndistinct) ON small, code FROM place;
ALTER TABLE place ENABLE ROW LEVEL SECURITY;
ALTER TABLE place FORCE ROW LEVEL SECURITY;
CREATE POLICY pol ON place USING (small > 0);
CREATE TRIGGER tr BEFORE UPDATE OF small ON place FOR EACH ROW WHEN (OLD.small IS DISTINCT FROM NEW.small) EXECUTE FUNCTION f();
CREATE TABLE other (a bigint, b bigint, UNIQUE (a, b));
CREATE TABLE visit (
  id integer PRIMARY KEY,
  place bigint NOT NULL CONSTRAINT fk_place REFERENCES place ON DELETE CASCADE DEFERRABLE,
  up integer CONSTRAINT fk_self REFERENCES visit ON DELETE SET NULL ON UPDATE CASCADE,
  a bigint, b bigint, small integer,
  CONSTRAINT fk_full FOREIGN KEY (a, b) REFERENCES other (a, b) MATCH FULL
);
ALTER TABLE visit ADD CONSTRAINT fk_later FOREIGN KEY (small) REFERENCES visit NOT VALID;
CREATE RULE ru AS ON DELETE TO visit DO INSTEAD NOTHING;
CREATE TABLE log (id integer NOT NULL, at date NOT NULL, small integer, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE log_old PARTITION OF log FOR VALUES FROM (MINVALUE) TO ('2020-01-01');
CREATE TABLE log_new PARTITION OF log FOR VALUES FROM ('2020-01-01') TO (MAXVALUE) PARTITION BY LIST (id);
CREATE TABLE log_one PARTITION OF log_new FOR VALUES IN (1);
CREATE TABLE log_rest PARTITION OF log_new DEFAULT;
CREATE INDEX ix_log ON log (small);
CREATE TABLE parent (id integer PRIMARY KEY, x text);
CREATE TABLE child (small integer) INHERITS (parent);
CREATE UNLOGGED TABLE quick (id integer, small integer);
CREATE VIEW few WITH (security_barrier) AS SELECT id, name FROM place WHERE id > 5 WITH LOCAL CHECK OPTION;
CREATE MATERIALIZED VIEW total AS SELECT count(*) AS n FROM other;
CREATE INDEX ix_total ON total (n);
CREATE FOREIGN DATA WRAPPER fdw;
CREATE SERVER far FOREIGN DATA WRAPPER fdw;
CREATE FOREIGN TABLE distant (id integer) SERVER far;
