package op

import (
	"fmt"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// AddColumn adds a column, with the constraints and the index said at it
// (op.add_column). Its reverse is [DropColumn].
type AddColumn struct {
	Table  schema.Name
	Column *schema.ColumnDef
	Place  ddl.Place
	Guard  ddl.Guard
}

// AddColumnOption is an option of AddColumn: [First], [After], [Before], [IfNotExists].
type AddColumnOption interface{ addColumn(*AddColumn) }

// Placed says where in the table a column goes.
type Placed ddl.Place

// First puts a column before all others (MySQL, or a rebuild).
func First() Placed { return Placed{First: true} }

// After puts a column behind another (MySQL, or a rebuild; insert_after).
func After(column string) Placed { return Placed{After: column} }

// Before puts a column before another (a rebuild; insert_before).
func Before(column string) Placed { return Placed{Before: column} }

func (p Placed) addColumn(a *AddColumn) { a.Place = ddl.Place(p) }
func (g Guard) addColumn(a *AddColumn)  { a.Guard = ddl.Guard(g) }

func placeArgs(p ddl.Place) []any {
	switch {
	case p.First:
		return []any{fn("First")}
	case p.After != "":
		return []any{fn("After", p.After)}
	case p.Before != "":
		return []any{fn("Before", p.Before)}
	}
	return nil
}

func newAddColumn(table schema.Name, c *schema.ColumnDef, opts []AddColumnOption) *AddColumn {
	p := &AddColumn{Table: table, Column: c}
	for _, opt := range opts {
		opt.addColumn(p)
	}
	return p
}

// AddColumn adds a column to a table.
func (o *Operations) AddColumn(table string, c *schema.ColumnDef, opts ...AddColumnOption) {
	o.Invoke(newAddColumn(o.name(table), c, opts))
}

// Lower gives one change of the table, and the index if the column asks for one.
func (p *AddColumn) Lower() ([]ddl.Statement, error) {
	if p.Column.Name == "" {
		return nil, fmt.Errorf("the column has no name")
	}
	// What the column says of constraints and indexes is lifted as in CREATE TABLE.
	t := schema.NewTable(p.Table.Name, p.Column)
	if err := t.Err(); err != nil {
		return nil, err
	}
	actions := []ddl.Action{ddl.AddColumn{Column: t.Columns[0], Place: p.Place, Guard: p.Guard}}
	for _, c := range t.Constraints() {
		actions = append(actions, ddl.AddConstraint{Constraint: c})
	}
	out := []ddl.Statement{ddl.AlterTable{Table: p.Table, Actions: actions}}
	for _, i := range t.Indexes {
		out = append(out, ddl.CreateIndex{Table: p.Table, Index: i, Guard: p.Guard})
	}
	return out, nil
}

// Reverse drops the column.
func (p *AddColumn) Reverse() (Operation, error) {
	g := ddl.Unguarded
	if p.Guard == ddl.IfNotExists {
		g = ddl.IfExists
	}
	return &DropColumn{Table: p.Table, Name: p.Column.Name, Guard: g, Was: p.Column}, nil
}

func (p *AddColumn) args() []any {
	args := append([]any{p.Column}, placeArgs(p.Place)...)
	return append(args, guardArgs(p.Guard)...)
}

// Call spells the operation in Go.
func (p *AddColumn) Call() schema.Call {
	return method(p.Table, "AddColumn", append([]any{p.Table.Name}, p.args()...)...)
}

func (p *AddColumn) inTable() schema.Call { return schema.Call{Func: "AddColumn", Args: p.args()} }
func (p *AddColumn) table() schema.Name   { return p.Table }

func (p *AddColumn) String() string {
	return fmt.Sprintf("add column %q to table %q", p.Column.Name, p.Table)
}
