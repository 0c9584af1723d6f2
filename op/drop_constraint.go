package op

import (
	"errors"
	"fmt"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// DropConstraint drops a constraint (op.drop_constraint). Its reverse is
// [AddConstraint], if Was is known.
type DropConstraint struct {
	Table schema.Name
	Name  string                // empty for a primary key, or one that Was finds
	Kind  schema.ConstraintKind // MySQL must know it; 0 for not known
	Guard ddl.Guard
	Was   schema.Constraint // the constraint as it was; nil for not known
}

// DropConstraintOption is an option of DropConstraint: [IfExists], [ExistingConstraint].
type DropConstraintOption interface{ dropConstraint(*DropConstraint) }

func (g Guard) dropConstraint(p *DropConstraint) { p.Guard = ddl.Guard(g) }

// ConstraintDefinition is the option [ExistingConstraint].
type ConstraintDefinition struct{ constraint schema.Constraint }

func (d ConstraintDefinition) dropConstraint(p *DropConstraint) { p.Was = d.constraint }

// ExistingConstraint is the constraint as it is. One that was declared without a
// name is found by it in the database, and the reverse is made of it.
func ExistingConstraint(c schema.Constraint) ConstraintDefinition { return ConstraintDefinition{c} }

func newDropConstraint(table schema.Name, name string, kind schema.ConstraintKind, opts []DropConstraintOption) *DropConstraint {
	p := &DropConstraint{Table: table, Name: name, Kind: kind}
	for _, opt := range opts {
		opt.dropConstraint(p)
	}
	return p
}

// DropConstraint drops a constraint of the kind given.
func (o *Operations) DropConstraint(name, table string, kind schema.ConstraintKind, opts ...DropConstraintOption) {
	o.Invoke(newDropConstraint(o.name(table), name, kind, opts))
}

// Lower gives one change of the table.
func (p *DropConstraint) Lower() ([]ddl.Statement, error) {
	if err := allow(p.Guard, ddl.IfExists); err != nil {
		return nil, err
	}
	switch {
	case p.Name == "" && p.Kind != schema.PrimaryKeyKind && p.Was == nil:
		return nil, errors.New("the constraint has no name; say what it is by op.ExistingConstraint")
	case p.Was != nil && p.Kind != 0 && p.Was.Kind() != p.Kind:
		return nil, fmt.Errorf("op.ExistingConstraint is a %s", p.Was.Kind())
	}
	drop := ddl.DropConstraint{Name: p.Name, Kind: p.Kind, Was: p.Was, Guard: p.Guard}
	return []ddl.Statement{ddl.AlterTable{Table: p.Table, Actions: []ddl.Action{drop}}}, nil
}

// Reverse adds the constraint again.
func (p *DropConstraint) Reverse() (Operation, error) {
	if p.Was == nil {
		return nil, irreversible(p, "what the constraint looked like is not known")
	}
	return &AddConstraint{Table: p.Table, Constraint: p.Was}, nil
}

func (p *DropConstraint) options() []any {
	args := append([]any{p.Kind}, guardArgs(p.Guard)...)
	if p.Name == "" && p.Kind != schema.PrimaryKeyKind && p.Was != nil {
		args = append(args, fn("ExistingConstraint", p.Was))
	}
	return args
}

// Call spells the operation in Go.
func (p *DropConstraint) Call() schema.Call {
	return method(p.Table, "DropConstraint", append([]any{p.Name, p.Table.Name}, p.options()...)...)
}

func (p *DropConstraint) inTable() schema.Call {
	return schema.Call{Func: "DropConstraint", Args: append([]any{p.Name}, p.options()...)}
}
func (p *DropConstraint) table() schema.Name { return p.Table }

func (p *DropConstraint) String() string {
	return "drop " + constraintText(p.Kind, p.Name) + fmt.Sprintf(" of table %q", p.Table)
}
