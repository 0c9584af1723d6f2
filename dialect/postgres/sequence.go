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
  s.seqtypid::bigint, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle
FROM pg_catalog.pg_sequence s
JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
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
		if err := rows.Scan(&q.Name.Schema, &q.Name.Name, &inDefault, &size, &q.Start, &q.Increment, &low, &high, &q.Cache, &q.Cycle); err != nil {
			return nil, fmt.Errorf("reading the sequences: %w", err)
		}
		if inDefault {
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
