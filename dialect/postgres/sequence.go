package postgres

import (
	"context"
	"fmt"
	"slices"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

var _ dialect.Sequencer = server{}

const standaloneQuery = `SELECT n.nspname::text, c.relname::text, n.nspname = coalesce(current_schema(), ''),
  s.seqtypid::bigint, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle,
  coalesce(tn.nspname::text, ''), coalesce(t.relname::text, ''), coalesce(a.attname::text, ''), coalesce(pg_get_expr(e.adbin, e.adrelid, true), '')
FROM pg_catalog.pg_sequence s
JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = s.seqrelid AND d.objsubid = 0
  AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype = 'a'
LEFT JOIN pg_catalog.pg_class t ON t.oid = d.refobjid
LEFT JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
LEFT JOIN pg_catalog.pg_attrdef e ON e.adrelid = t.oid AND e.adnum = a.attnum AND EXISTS (SELECT FROM pg_catalog.pg_depend u
  WHERE u.classid = 'pg_catalog.pg_attrdef'::regclass AND u.objid = e.oid AND u.refclassid = 'pg_catalog.pg_class'::regclass AND u.refobjid = s.seqrelid)
ORDER BY 1, 2`

// Sequences reads the sequences of these names.
func (s server) Sequences(ctx context.Context, conn dialect.Conn, names []schema.Name) (out []*schema.Sequence, err error) {
	rows, err := conn.QueryContext(ctx, standaloneQuery)
	if err != nil {
		return nil, fmt.Errorf("reading the sequences: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		q := &schema.Sequence{}
		var size, low, high int64
		var inDefault bool
		if err := rows.Scan(&q.Name.Schema, &q.Name.Name, &inDefault, &size, &q.Start, &q.Increment, &low, &high, &q.Cache, &q.Cycle,
			&q.Owner.Table.Schema, &q.Owner.Table.Name, &q.Owner.Column, &q.Owner.Default); err != nil {
			return nil, fmt.Errorf("reading the sequences: %w", err)
		}
		if inDefault {
			if q.Owner.Table.Schema == q.Name.Schema {
				q.Owner.Table.Schema = ""
			}
			q.Name.Schema = ""
		}
		if slices.Contains(names, q.Name) {
			q.Type, q.Min, q.Max = sequenceTypes[size], &low, &high
			out = append(out, q)
		}
	}
	return out, rows.Err()
}

// CanonicalSequence says all that a sequence leaves to the server.
func (s server) CanonicalSequence(q *schema.Sequence) *schema.Sequence {
	c := *q
	size := schema.IntegerBig
	switch def, _ := s.canonicalType(schema.RawSQL(q.Type)).Def().(schema.IntegerType); {
	case q.Type == "":
	case def.Size == schema.IntegerSmall, def.Size == schema.IntegerRegular:
		size = def.Size
	}
	c.Type = map[schema.IntegerSize]string{schema.IntegerSmall: "smallint", schema.IntegerRegular: "integer", schema.IntegerBig: "bigint"}[size]
	low, high := bounds(size, c.Increment)
	dialect.FillSequence(&c, low, high, 1)
	return &c
}
