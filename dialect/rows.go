package dialect

import (
	"fmt"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
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
	set, err := assignments(g, s.Set, ", ")
	if err != nil {
		return nil, err
	}
	where, err := where(g, s.Where)
	return []SQL{{Text: "UPDATE " + table + " SET " + set + where}}, err
}

func deleteRows(g Grammar, s ddl.DeleteRows) ([]SQL, error) {
	table, err := QuoteName(g, s.Table)
	if err != nil {
		return nil, err
	}
	where, err := where(g, s.Where)
	return []SQL{{Text: "DELETE FROM " + table + where}}, err
}

func where(g Grammar, conds []ddl.Assignment) (string, error) {
	if len(conds) == 0 {
		return "", nil
	}
	text, err := assignments(g, conds, " AND ")
	return " WHERE " + text, err
}

func assignments(g Grammar, list []ddl.Assignment, sep string) (string, error) {
	parts := make([]string, len(list))
	for i, a := range list {
		col, err := g.Quote(a.Column)
		if err != nil {
			return "", err
		}
		value, err := g.Expr(a.Value)
		if err != nil {
			return "", fmt.Errorf("column %q: %w", a.Column, err)
		}
		parts[i] = col + " = " + value
	}
	return strings.Join(parts, sep), nil
}
