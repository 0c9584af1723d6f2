package op

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// UpdateRows sets columns in rows (op.execute of table.update()). It has no reverse.
type UpdateRows struct {
	Table schema.Name
	Set   Row
	Where Row // columns with the values they must have, all of them; nil matches NULL
}

// DeleteRows deletes rows (op.execute of table.delete()). It has no reverse.
type DeleteRows struct {
	Table schema.Name
	Where Row // columns with the values they must have, all of them; nil matches NULL
}

// UpdateRows sets columns in the rows whose columns have the values of where;
// an empty where means every row. Values are written as literals (inline_literal).
func (o *Operations) UpdateRows(table string, set, where Row) {
	o.Invoke(&UpdateRows{Table: o.name(table), Set: set, Where: where})
}

// DeleteRows deletes the rows whose columns have the values of where; an empty
// where means every row.
func (o *Operations) DeleteRows(table string, where Row) {
	o.Invoke(&DeleteRows{Table: o.name(table), Where: where})
}

// assignments are the columns of a row by name.
func assignments(r Row) (out []ddl.Assignment, err error) {
	for _, c := range slices.Sorted(maps.Keys(r)) {
		e, err := value(r[c])
		if err != nil {
			return nil, fmt.Errorf("column %q: %w", c, err)
		}
		out = append(out, ddl.Assignment{Column: c, Value: e})
	}
	return out, nil
}

// Lower gives the statement.
func (p *UpdateRows) Lower() ([]ddl.Statement, error) {
	set, err := assignments(p.Set)
	if err != nil {
		return nil, err
	}
	if len(set) == 0 {
		return nil, errors.New("there is no column to set")
	}
	where, err := assignments(p.Where)
	return []ddl.Statement{ddl.UpdateRows{Table: p.Table, Set: set, Where: where}}, err
}

// Lower gives the statement.
func (p *DeleteRows) Lower() ([]ddl.Statement, error) {
	where, err := assignments(p.Where)
	return []ddl.Statement{ddl.DeleteRows{Table: p.Table, Where: where}}, err
}

// Reverse is refused.
func (p *UpdateRows) Reverse() (Operation, error) {
	return nil, irreversible(p, "what the rows held before is not known")
}

// Reverse is refused.
func (p *DeleteRows) Reverse() (Operation, error) {
	return nil, irreversible(p, "what the rows held is not known")
}

// Call spells the operation in Go.
func (p *UpdateRows) Call() schema.Call {
	return method(p.Table, "UpdateRows", p.Table.Name, p.Set, p.Where)
}

// Call spells the operation in Go.
func (p *DeleteRows) Call() schema.Call { return method(p.Table, "DeleteRows", p.Table.Name, p.Where) }

func (p *UpdateRows) String() string { return fmt.Sprintf("update rows of table %q", p.Table) }
func (p *DeleteRows) String() string { return fmt.Sprintf("delete rows of table %q", p.Table) }
