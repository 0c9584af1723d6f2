-- plain
CREATE SEQUENCE `s`;
-- back
DROP SEQUENCE `s`;

-- if not exists
CREATE SEQUENCE IF NOT EXISTS `s`;
-- back
DROP SEQUENCE IF EXISTS `s`;

-- everything
CREATE SEQUENCE `s` START WITH 10 INCREMENT BY 5 MINVALUE 5 MAXVALUE 1000 CACHE 3 CYCLE;
-- back
DROP SEQUENCE `s`;

-- of a type
-- refused: create sequence "s": sequence "s": a sequence of TiDB is BIGINT: leave op.SequenceAs out, or bound it by op.MaxValue

-- owned
-- refused: create sequence "s": sequence "s": a sequence of TiDB belongs to no column: leave op.OwnedBy out
