package op

import (
	"fmt"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// DropConstraint drops a constraint (op.drop_constraint). Its reverse is
// [AddConstraint], if Was is known.
type DropConstraint struct {
	Table schema.Name
	Name  string                // may be empty for a primary key
	Kind  schema.ConstraintKind // MySQL must know it; 0 for not known
	Guard ddl.Guard
	Was   schema.Constraint // the constraint as it was; nil for not known
}

// DropConstraint drops a constraint of the kind given.
func (o *Operations) DropConstraint(name, table string, kind schema.ConstraintKind, guards ...Guard) {
	o.Invoke(&DropConstraint{Table: o.name(table), Name: name, Kind: kind, Guard: lastGuard(guards)})
}

// Lower gives one change of the table.
func (p *DropConstraint) Lower() ([]ddl.Statement, error) {
	if p.Name == "" && p.Kind != schema.PrimaryKeyKind {
		return nil, fmt.Errorf("the constraint has no name; only a primary key is dropped without one")
	}
	drop := ddl.DropConstraint{Name: p.Name, Kind: p.Kind, Guard: p.Guard}
	return []ddl.Statement{ddl.AlterTable{Table: p.Table, Actions: []ddl.Action{drop}}}, nil
}

// Reverse adds the constraint again.
func (p *DropConstraint) Reverse() (Operation, error) {
	if p.Was == nil {
		return nil, irreversible(p, "what the constraint looked like is not known")
	}
	return &AddConstraint{Table: p.Table, Constraint: p.Was}, nil
}

func (p *DropConstraint) options() []any { return append([]any{p.Kind}, guardArgs(p.Guard)...) }

// Call spells the operation in Go.
func (p *DropConstraint) Call() schema.Call {
	return method(p.Table, "DropConstraint", append([]any{p.Name, p.Table.Name}, p.options()...)...)
}

func (p *DropConstraint) inTable() schema.Call {
	return schema.Call{Func: "DropConstraint", Args: append([]any{p.Name}, p.options()...)}
}
func (p *DropConstraint) table() schema.Name { return p.Table }

func (p *DropConstraint) String() string {
	return fmt.Sprintf("drop %s %q of table %q", p.Kind, p.Name, p.Table)
}
