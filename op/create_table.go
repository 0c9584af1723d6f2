package op

import (
	"fmt"
	"slices"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// CreateTable creates a table with its constraints and indexes (op.create_table).
// Its reverse is [DropTable].
type CreateTable struct {
	Table *schema.Table
	Guard ddl.Guard
}

// AddToTable lets a guard stand among a table's items.
func (g Guard) AddToTable(*schema.Table) {}

// CreateTable creates a table of the columns, constraints, indexes and options
// given, and of [IfNotExists].
func (o *Operations) CreateTable(name string, items ...schema.TableItem) {
	all := append([]schema.TableItem{schema.InSchema(o.schema)}, items...)
	o.Invoke(&CreateTable{Table: schema.NewTable(name, all...), Guard: itemGuard(items)})
}

// CreateTableOf creates a table as it is declared elsewhere.
func (o *Operations) CreateTableOf(t *schema.Table, guards ...Guard) {
	if t == nil {
		t = schema.NewTable("") // refused by Lower, for it has no name
	}
	o.Invoke(&CreateTable{Table: t, Guard: lastGuard(guards)})
}

func itemGuard(items []schema.TableItem) (g ddl.Guard) {
	for _, it := range items {
		if v, ok := it.(Guard); ok {
			g = ddl.Guard(v)
		}
	}
	return g
}

// Lower gives the table and its indexes.
func (p *CreateTable) Lower() ([]ddl.Statement, error) {
	if err := allow(p.Guard, ddl.IfNotExists); err != nil {
		return nil, err
	}
	if err := p.Table.Err(); err != nil {
		return nil, err
	}
	early := p.Table.EarlyIndexes()
	out := []ddl.Statement{ddl.CreateTable{Table: p.Table, Guard: p.Guard, Inside: early}}
	for _, i := range p.Table.Indexes {
		if slices.Contains(early, i) {
			continue
		}
		out = append(out, ddl.CreateIndex{Table: p.Table.Name, Index: i, Guard: p.Guard})
	}
	return out, nil
}

// Reverse drops the table.
func (p *CreateTable) Reverse() (Operation, error) {
	return &DropTable{Table: p.Table.Name, Guard: opposite(p.Guard), Was: p.Table}, nil
}

// Call spells the operation in Go.
func (p *CreateTable) Call() schema.Call {
	args := append([]any{p.Table.Name.Name}, p.Table.Items(schema.IndexesInside)...)
	return schema.Call{Func: "CreateTable", Args: append(args, guardArgs(p.Guard)...), Wide: true}
}

func (p *CreateTable) String() string { return fmt.Sprintf("create table %q", p.Table.Name) }
