package op

import (
	"fmt"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// RenameTable renames a table within its schema (op.rename_table). It reverses itself.
type RenameTable struct {
	Table schema.Name
	To    string
}

// RenameTable renames a table.
func (o *Operations) RenameTable(from, to string) {
	o.Invoke(&RenameTable{Table: o.name(from), To: to})
}

// Lower gives the statement.
func (p *RenameTable) Lower() ([]ddl.Statement, error) {
	return []ddl.Statement{ddl.RenameTable{Table: p.Table, To: p.To}}, nil
}

// Reverse renames the table back.
func (p *RenameTable) Reverse() (Operation, error) {
	return &RenameTable{Table: schema.Name{Schema: p.Table.Schema, Name: p.To}, To: p.Table.Name}, nil
}

// Call spells the operation in Go.
func (p *RenameTable) Call() schema.Call {
	return method(p.Table, "RenameTable", p.Table.Name, p.To)
}

func (p *RenameTable) String() string { return fmt.Sprintf("rename table %q to %q", p.Table, p.To) }
