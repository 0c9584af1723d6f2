package dialect

import (
	"fmt"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// rowsPerInsert bounds the rows of one INSERT, so that a script stays readable
// and no server's packet limit is met by rows of ordinary size.
const rowsPerInsert = 500

func insertRows(g Grammar, s ddl.InsertRows) ([]SQL, error) {
	table, err := QuoteName(g, s.Table)
	if err != nil {
		return nil, err
	}
	cols, err := QuoteList(g, s.Columns)
	if err != nil {
		return nil, err
	}
	var out []SQL
	for start := 0; start < len(s.Rows); start += rowsPerInsert {
		rows := s.Rows[start:min(start+rowsPerInsert, len(s.Rows))]
		tuples := make([]string, len(rows))
		for i, row := range rows {
			if len(row) != len(s.Columns) {
				return nil, fmt.Errorf("row %d has %d values for %d columns", start+i+1, len(row), len(s.Columns))
			}
			values := make([]string, len(row))
			for j, v := range row {
				if values[j], err = g.Expr(v); err != nil {
					return nil, fmt.Errorf("row %d, column %q: %w", start+i+1, s.Columns[j], err)
				}
			}
			tuples[i] = "(" + strings.Join(values, ", ") + ")"
		}
		out = append(out, SQL{Text: "INSERT INTO " + table + " (" + cols + ") VALUES " + strings.Join(tuples, ",\n    ")})
	}
	return out, nil
}

func updateRows(g Grammar, s ddl.UpdateRows) ([]SQL, error) {
	table, err := QuoteName(g, s.Table)
	if err != nil {
		return nil, err
	}
	set := make([]string, len(s.Set))
	for i, a := range s.Set {
		col, value, err := assignment(g, a)
		if err != nil {
			return nil, err
		}
		set[i] = col + " = " + value
	}
	where, err := where(g, s.Where)
	if err != nil {
		return nil, err
	}
	return []SQL{{Text: "UPDATE " + table + " SET " + strings.Join(set, ", ") + where}}, nil
}

func deleteRows(g Grammar, s ddl.DeleteRows) ([]SQL, error) {
	table, err := QuoteName(g, s.Table)
	if err != nil {
		return nil, err
	}
	where, err := where(g, s.Where)
	if err != nil {
		return nil, err
	}
	return []SQL{{Text: "DELETE FROM " + table + where}}, nil
}

func where(g Grammar, conds []ddl.Assignment) (string, error) {
	if len(conds) == 0 {
		return "", nil
	}
	parts := make([]string, len(conds))
	for i, c := range conds {
		col, value, err := assignment(g, c)
		if err != nil {
			return "", err
		}
		if parts[i] = col + " = " + value; c.Value.Kind == schema.ExprNull {
			parts[i] = col + " IS NULL"
		}
	}
	return " WHERE " + strings.Join(parts, " AND "), nil
}

func assignment(g Grammar, a ddl.Assignment) (column, value string, err error) {
	if column, err = g.Quote(a.Column); err != nil {
		return "", "", err
	}
	if value, err = g.Expr(a.Value); err != nil {
		return "", "", fmt.Errorf("column %q: %w", a.Column, err)
	}
	return column, value, nil
}
