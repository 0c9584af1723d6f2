package op

import (
	"fmt"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// DropTable drops a table (op.drop_table). Its reverse is [CreateTable], if Was is known.
type DropTable struct {
	Table schema.Name
	Guard ddl.Guard
	Was   *schema.Table // the table as it was; nil for not known
}

// DropTable drops a table, with all that is in it.
func (o *Operations) DropTable(name string, guards ...Guard) {
	o.Invoke(&DropTable{Table: o.name(name), Guard: lastGuard(guards)})
}

// Lower gives the statement.
func (p *DropTable) Lower() ([]ddl.Statement, error) {
	if err := allow(p.Guard, ddl.IfExists); err != nil {
		return nil, err
	}
	return []ddl.Statement{ddl.DropTable{Table: p.Table, Guard: p.Guard}}, nil
}

// Reverse creates the table again, empty.
func (p *DropTable) Reverse() (Operation, error) {
	if p.Was == nil {
		return nil, irreversible(p, "what the table looked like is not known")
	}
	return &CreateTable{Table: p.Was, Guard: opposite(p.Guard)}, nil
}

// Call spells the operation in Go.
func (p *DropTable) Call() schema.Call {
	return method(p.Table, "DropTable", append([]any{p.Table.Name}, guardArgs(p.Guard)...)...)
}

func (p *DropTable) String() string { return fmt.Sprintf("drop table %q", p.Table) }
