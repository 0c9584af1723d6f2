package op

import (
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// Row is a row to insert: column to value. A value is a [schema.Expr], or what a
// driver takes: nil, a string, number, bool, []byte, time.Time, a pointer to
// such, a type made of such, or a driver.Valuer; a [json.RawMessage], a map with
// string keys and an []any are written as JSON text. A time is written in UTC;
// PostgreSQL is told so, for columns with a time zone.
type Row map[string]any

// BulkInsert inserts rows (op.bulk_insert). It has no reverse.
type BulkInsert struct {
	Table schema.Name
	Rows  []Row
}

// BulkInsert inserts rows, which must all have the same columns.
func (o *Operations) BulkInsert(table string, rows ...Row) {
	o.Invoke(&BulkInsert{Table: o.name(table), Rows: rows})
}

// Lower gives the rows as literals, their columns sorted by name.
func (p *BulkInsert) Lower() ([]ddl.Statement, error) {
	if len(p.Rows) == 0 {
		return nil, nil
	}
	columns := slices.Sorted(maps.Keys(p.Rows[0]))
	if len(columns) == 0 {
		return nil, errors.New("row 1 has no columns")
	}
	rows := make([][]schema.Expr, len(p.Rows))
	for i, row := range p.Rows {
		if len(row) != len(columns) {
			return nil, fmt.Errorf("row %d has %d columns, row 1 has %d; all rows need the same", i+1, len(row), len(columns))
		}
		for _, c := range columns {
			v, ok := row[c]
			if !ok {
				return nil, fmt.Errorf("row %d has no value for the column %q; all rows need the same columns", i+1, c)
			}
			e, err := value(v)
			if err != nil {
				return nil, fmt.Errorf("row %d, column %q: %w", i+1, c, err)
			}
			rows[i] = append(rows[i], e)
		}
	}
	return []ddl.Statement{ddl.InsertRows{Table: p.Table, Columns: columns, Rows: rows}}, nil
}

// value is a value as database/sql understands it.
func value(v any) (schema.Expr, error) {
	switch v := v.(type) {
	case schema.Expr:
		if v.IsZero() {
			return v, errors.New("there is no value; say schema.Null() for NULL")
		}
		return v, nil
	case uint64, uint, float32: // which a driver.Value does not hold exactly
		return schema.Literal(v), nil
	case json.RawMessage: // whose bytes MySQL takes for JSON only as text
		if v == nil {
			return schema.Null(), nil
		}
		return schema.Literal(string(v)), nil
	case map[string]any, []any, map[string]string, []string:
		text, err := json.Marshal(v)
		return schema.Literal(string(text)), err
	case time.Time:
		return instant(v), nil
	}
	plain, err := driver.DefaultParameterConverter.ConvertValue(v)
	if err != nil {
		return schema.Expr{}, err
	}
	if t, ok := plain.(time.Time); ok {
		return instant(t), nil
	}
	return schema.Literal(plain), nil
}

// instant is a time in UTC. PostgreSQL would read one without a zone in that of
// the session; in a column without a zone it overlooks the one given.
// https://www.postgresql.org/docs/current/datatype-datetime.html#DATATYPE-DATETIME-INPUT-TIMESTAMPS
func instant(t time.Time) schema.Expr {
	e := schema.Literal(t)
	return e.WithVariant("postgresql", schema.Literal(e.Text+"+00"))
}

// Reverse is refused.
func (p *BulkInsert) Reverse() (Operation, error) {
	return nil, irreversible(p, "which rows were there before is not known")
}

// Call spells the operation in Go.
func (p *BulkInsert) Call() schema.Call {
	args := []any{p.Table.Name}
	for _, r := range p.Rows {
		args = append(args, r)
	}
	return wide(method(p.Table, "BulkInsert", args...))
}

func (p *BulkInsert) String() string {
	return fmt.Sprintf("insert %d rows into table %q", len(p.Rows), p.Table)
}
