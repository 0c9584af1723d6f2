package mysql

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

func (d *Dialect) noSequence(name schema.Name) error {
	return fmt.Errorf("sequence %q: %s has no sequences: number the rows by AUTO_INCREMENT, or keep the number in a table", name, d.product())
}

// sequence spells CREATE and ALTER SEQUENCE of MariaDB and TiDB.
// https://mariadb.com/kb/en/create-sequence/
// https://docs.pingcap.com/tidb/stable/sql-statement-create-sequence/
func (d *Dialect) sequence(head string, name schema.Name, clauses []ddl.SequenceClause) ([]dialect.SQL, error) {
	if d.is(MySQL) {
		return nil, d.noSequence(name)
	}
	var tail strings.Builder
	for _, c := range clauses {
		text, err := d.sequenceClause(c)
		if err != nil {
			return nil, fmt.Errorf("sequence %q: %w", name, err)
		}
		tail.WriteString(" " + text)
	}
	return d.named(head, name, tail.String())
}

func (d *Dialect) sequenceClause(c ddl.SequenceClause) (string, error) {
	if text, ok := dialect.SequenceClause(c); ok {
		return text, nil
	}
	switch c.Kind {
	case ddl.SequenceNoCycle:
		return "NOCYCLE", nil
	case ddl.SequenceType:
		return "", fmt.Errorf("a sequence of %s is BIGINT: leave op.SequenceAs out, or bound it by op.MaxValue", d.product())
	case ddl.SequenceOwner:
		return "", fmt.Errorf("a sequence of %s belongs to no column: leave op.OwnedBy out", d.product())
	default:
		return "", errors.New("it has a clause of no known kind")
	}
}

// renameSequence renames a sequence as what it is inside: a table.
func (d *Dialect) renameSequence(s ddl.RenameSequence) ([]dialect.SQL, error) {
	if !d.is(MariaDB) {
		if d.is(MySQL) {
			return nil, d.noSequence(s.Name)
		}
		return nil, fmt.Errorf("renaming sequence %q: %s cannot: create another, and drop this one", s.Name, d.product())
	}
	to, err := dialect.QuoteName(d, schema.Name{Schema: s.Name.Schema, Name: s.To})
	if err != nil {
		return nil, err
	}
	return d.named("ALTER TABLE ", s.Name, " RENAME TO "+to)
}

var _ dialect.Sequencer = (*Dialect)(nil)

// Sequences reads the sequences of these names, each from itself: MariaDB has a
// catalogue of them since 11.5 only.
func (d *Dialect) Sequences(ctx context.Context, conn dialect.Conn, names []schema.Name) (out []*schema.Sequence, err error) {
	for _, n := range names {
		if d.is(MySQL) {
			return nil, d.noSequence(n)
		}
		there := false
		where := "TABLE_SCHEMA = " + d.schemaText(n.Schema) + " AND TABLE_NAME = " + d.quotedText(n.Name)
		err := query(ctx, conn, "SELECT 1 FROM information_schema.TABLES WHERE TABLE_TYPE = 'SEQUENCE' AND "+where, func(*row) { there = true })
		if err == nil && there {
			var q *schema.Sequence
			if q, err = d.readSequence(ctx, conn, n); err == nil {
				out = append(out, q)
			}
		}
		if err != nil {
			return nil, fmt.Errorf("reading sequence %q: %w", n, err)
		}
	}
	return out, nil
}

func (d *Dialect) readSequence(ctx context.Context, conn dialect.Conn, n schema.Name) (*schema.Sequence, error) {
	name, err := dialect.QuoteName(d, n)
	if err != nil {
		return nil, err
	}
	q := &schema.Sequence{Name: n}
	var low, high int64
	err = conn.QueryRowContext(ctx, "SELECT minimum_value, maximum_value, start_value, increment, cache_size, cycle_option FROM "+name).
		Scan(&low, &high, &q.Start, &q.Increment, &q.Cache, &q.Cycle)
	q.Min, q.Max = &low, &high
	return q, err
}

// CanonicalSequence says all that a sequence leaves to the server.
// https://mariadb.com/kb/en/create-sequence/
func (d *Dialect) CanonicalSequence(s *schema.Sequence) *schema.Sequence {
	c := *s
	c.Type = ""
	low, high := int64(1), int64(math.MaxInt64-1)
	if c.Increment < 0 {
		low, high = math.MinInt64+1, -1
	}
	dialect.FillSequence(&c, low, high, 1000)
	return &c
}
