package op

import (
	"errors"
	"fmt"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// DropIndex drops an index (op.drop_index). Its reverse is [CreateIndex], if Was is known.
type DropIndex struct {
	Table   schema.Name
	Name    string
	Guard   ddl.Guard
	Options []schema.Option
	Was     *schema.IndexDef // the index as it was; nil for not known
}

// DropIndex drops an index of a table.
func (o *Operations) DropIndex(name, table string, opts ...IndexOption) {
	o.Invoke(newDropIndex(o.name(table), name, opts))
}

func newDropIndex(table schema.Name, name string, opts []IndexOption) *DropIndex {
	p := &DropIndex{Table: table, Name: name}
	for _, opt := range opts {
		opt.dropIndex(p)
	}
	return p
}

// Lower gives the statement.
func (p *DropIndex) Lower() ([]ddl.Statement, error) {
	if err := allow(p.Guard, ddl.IfExists); err != nil {
		return nil, err
	}
	if p.Name == "" {
		return nil, errors.New("the index has no name")
	}
	return []ddl.Statement{ddl.DropIndex{Table: p.Table, Name: p.Name, Guard: p.Guard, Options: p.Options}}, nil
}

// Reverse creates the index again.
func (p *DropIndex) Reverse() (Operation, error) {
	if p.Was == nil {
		return nil, irreversible(p, "what the index looked like is not known")
	}
	return &CreateIndex{Table: p.Table, Index: p.Was, Guard: opposite(p.Guard), Options: p.Options}, nil
}

func (p *DropIndex) options() []any {
	return append(guardArgs(p.Guard), optionArgs(p.Options)...)
}

// Call spells the operation in Go.
func (p *DropIndex) Call() schema.Call {
	return method(p.Table, "DropIndex", append([]any{p.Name, p.Table.Name}, p.options()...)...)
}

func (p *DropIndex) inTable() schema.Call {
	return schema.Call{Func: "DropIndex", Args: append([]any{p.Name}, p.options()...)}
}
func (p *DropIndex) table() schema.Name { return p.Table }

func (p *DropIndex) String() string {
	return fmt.Sprintf("drop index %q of table %q", p.Name, p.Table)
}
