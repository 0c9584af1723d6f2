package op

import (
	"errors"
	"fmt"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// RenameIndex renames an index. It reverses itself. SQLite makes the index
// again. (Alembic has no such operation.)
type RenameIndex struct {
	Table    schema.Name
	Name, To string
	Was      *schema.IndexDef // the index as it is, for a script on SQLite; nil for not known
}

// RenameIndexOption is an option of RenameIndex: [ExistingIndex].
type RenameIndexOption interface{ renameIndex(p *RenameIndex) }

// IndexDefinition is the option [ExistingIndex].
type IndexDefinition struct{ index *schema.IndexDef }

// ExistingIndex is an index as it is: a script on SQLite, which must make the
// index again, asks for it.
func ExistingIndex(index *schema.IndexDef) IndexDefinition { return IndexDefinition{index} }

// Call spells the option in Go.
func (d IndexDefinition) Call() schema.Call { return fn("ExistingIndex", d.index) }

func (d IndexDefinition) renameIndex(p *RenameIndex) { p.Was = d.index }

func newRenameIndex(table schema.Name, from, to string, opts []RenameIndexOption) *RenameIndex {
	p := &RenameIndex{Table: table, Name: from, To: to}
	for _, opt := range opts {
		opt.renameIndex(p)
	}
	return p
}

// RenameIndex renames an index of a table.
func (o *Operations) RenameIndex(from, to, table string, opts ...RenameIndexOption) {
	o.Invoke(newRenameIndex(o.name(table), from, to, opts))
}

// RenameIndex renames an index.
func (t *Table) RenameIndex(from, to string, opts ...RenameIndexOption) {
	t.add(newRenameIndex(t.name, from, to, opts))
}

// Lower gives the statement.
func (p *RenameIndex) Lower() ([]ddl.Statement, error) {
	if p.Name == "" || p.To == "" {
		return nil, errors.New("an index is renamed from a name to another; one of them is empty")
	}
	return []ddl.Statement{ddl.RenameIndex{Table: p.Table, Name: p.Name, To: p.To, Was: p.Was}}, nil
}

// Reverse renames the index back.
func (p *RenameIndex) Reverse() (Operation, error) {
	back := &RenameIndex{Table: p.Table, Name: p.To, To: p.Name}
	if p.Was != nil {
		back.Was = p.Was.Clone()
		back.Was.Name = p.To
	}
	return back, nil
}

func (p *RenameIndex) options() []any {
	if p.Was == nil {
		return nil
	}
	return []any{ExistingIndex(p.Was)}
}

// Call spells the operation in Go.
func (p *RenameIndex) Call() schema.Call {
	return method(p.Table, "RenameIndex", append([]any{p.Name, p.To, p.Table.Name}, p.options()...)...)
}

func (p *RenameIndex) inTable() schema.Call {
	return schema.Call{Func: "RenameIndex", Args: append([]any{p.Name, p.To}, p.options()...)}
}
func (p *RenameIndex) table() schema.Name { return p.Table }

func (p *RenameIndex) String() string {
	return fmt.Sprintf("rename index %q of table %q to %q", p.Name, p.Table, p.To)
}
