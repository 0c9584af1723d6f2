package op

import (
	"errors"
	"fmt"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// AddColumn adds a column, with the constraints and the index said at it
// (op.add_column). Its reverse is [DropColumn], in an [AlterTable] that drops
// first what was said at the column.
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
	if c == nil {
		c = &schema.ColumnDef{} // refused by Lower, for it has no name
	}
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
	if err := allow(p.Guard, ddl.IfNotExists); err != nil {
		return nil, err
	}
	t, err := p.lifted()
	if err != nil {
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

// lifted is a table of the column alone, in which what the column says of
// constraints and indexes stands as in CREATE TABLE.
func (p *AddColumn) lifted() (*schema.Table, error) {
	if p.Column.Name == "" {
		return nil, errors.New("the column has no name")
	}
	in := schema.TableFunc(func(t *schema.Table) { t.Name.Schema = p.Table.Schema })
	t := schema.NewTable(p.Table.Name, p.Column, in)
	return t, t.Err()
}

// Reverse drops the column, and before it the constraints and the index that were said at it.
func (p *AddColumn) Reverse() (Operation, error) {
	drop := &DropColumn{Table: p.Table, Name: p.Column.Name, Guard: opposite(p.Guard), Was: p.Column, Place: p.Place}
	t, err := p.lifted()
	if err != nil {
		return nil, fmt.Errorf("reversing %s: %w", p, err)
	}
	back := &AlterTable{Table: p.Table}
	for _, c := range t.Constraints() {
		back.Changes = append(back.Changes, &DropConstraint{Table: p.Table, Name: c.ConstraintName(), Kind: c.Kind(), Was: c})
	}
	for _, i := range t.Indexes {
		back.Changes = append(back.Changes, &DropIndex{Table: p.Table, Name: i.Name, Guard: drop.Guard, Was: i})
	}
	if len(back.Changes) == 0 {
		return drop, nil
	}
	drop.Was = t.Columns[0]
	back.Changes = append(back.Changes, drop)
	return back, nil
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
