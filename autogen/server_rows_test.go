package autogen_test

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/internal/arbitrary"
	"github.com/gomig-dev/gomig/schema"
)

// insertRows inserts as many rows as asked for into each table. Those that a
// constraint refuses are left out, as are references.
func (s *server) insertRows(tables []*schema.Table) error {
	for n := range s.rows {
		for _, t := range tables {
			q := ddl.InsertRows{Table: t.Name, Rows: [][]schema.Expr{nil}}
			for _, c := range t.Columns {
				refers := slices.ContainsFunc(t.ForeignKeys, func(fk *schema.ForeignKeyDef) bool { return slices.Contains(fk.Columns, c.Name) })
				if v, ok := arbitrary.RowValue(c, n); ok && !refers {
					q.Columns, q.Rows[0] = append(q.Columns, c.Name), append(q.Rows[0], v)
				}
			}
			if len(q.Columns) == 0 {
				continue
			}
			list, err := dialect.Compile(s.ctx, s.d, nil, q)
			if err != nil {
				return err
			}
			_, _ = s.conn.ExecContext(s.ctx, list[0].Text, list[0].Args...) // which constraint refuses does not matter
		}
	}
	return nil
}

// keptRows are the values of the columns that are the same before and behind a
// change, by table. None at all where no rows were asked for.
func (s *server) keptRows(from, to *dialect.Reflection) (map[schema.Name][]string, error) {
	if s.rows == 0 {
		return nil, nil
	}
	out := map[schema.Name][]string{}
	for _, a := range from.Tables {
		i := slices.IndexFunc(to.Tables, func(b *schema.Table) bool { return a.Name == b.Name })
		if i < 0 {
			continue
		}
		rows, err := s.valuesOf(a.Name, sameColumns(a, to.Tables[i]))
		if err != nil {
			return nil, err
		}
		out[a.Name] = rows
	}
	return out, nil
}

func (s *server) rowsStay(from, to *dialect.Reflection, want map[schema.Name][]string) error {
	got, err := s.keptRows(from, to)
	if err != nil {
		return err
	}
	for name, rows := range want {
		if !slices.Equal(rows, got[name]) {
			return fmt.Errorf("table %q: the rows were %q and are %q", name, rows, got[name])
		}
	}
	return nil
}

// sameColumns are the columns that a change of a table leaves as they are.
func sameColumns(a, b *schema.Table) (names []string) {
	for _, c := range a.Columns {
		if d := b.Column(c.Name); d != nil && c.Computed == nil && d.Computed == nil && c.Type.Equal(d.Type) {
			names = append(names, c.Name)
		}
	}
	return names
}

// valuesOf are the values of some columns of a table, sorted.
func (s *server) valuesOf(table schema.Name, columns []string) (list []string, err error) {
	from, err := dialect.QuoteName(s.d, table)
	if err != nil {
		return nil, err
	}
	what := "1"
	if len(columns) > 0 {
		if what, err = dialect.QuoteList(s.d, columns); err != nil {
			return nil, err
		}
	}
	s.n++ // a text of its own: PostgreSQL keeps the plan of one it knows, and columns change
	rows, err := s.conn.QueryContext(s.ctx, fmt.Sprintf("SELECT %s FROM %s -- %d", what, from, s.n))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	values, dest := make([]sql.NullString, max(1, len(columns))), make([]any, max(1, len(columns)))
	for i := range values {
		dest[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return nil, err
		}
		list = append(list, fmt.Sprint(values))
	}
	slices.Sort(list)
	return list, rows.Err()
}
