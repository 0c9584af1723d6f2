package op

import (
	"errors"
	"fmt"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// RenameConstraint renames a constraint. It reverses itself. MySQL and MariaDB
// rename unique constraints only, and drop and add others; SQLite copies the
// table. (Alembic has no such operation.)
type RenameConstraint struct {
	Table    schema.Name
	Name, To string
	Kind     schema.ConstraintKind // 0 for not known
	Was      schema.Constraint     // as it is, for a script on MySQL; nil for not known
}

// RenameConstraintOption is an option of RenameConstraint: [ExistingConstraint].
type RenameConstraintOption interface{ renameConstraint(p *RenameConstraint) }

func (d ConstraintDefinition) renameConstraint(p *RenameConstraint) { p.Was = d.constraint }

func newRenameConstraint(table schema.Name, from, to string, kind schema.ConstraintKind, opts []RenameConstraintOption) *RenameConstraint {
	p := &RenameConstraint{Table: table, Name: from, To: to, Kind: kind}
	for _, opt := range opts {
		opt.renameConstraint(p)
	}
	return p
}

// RenameConstraint renames a constraint of the kind given.
func (o *Operations) RenameConstraint(from, to, table string, kind schema.ConstraintKind, opts ...RenameConstraintOption) {
	o.Invoke(newRenameConstraint(o.name(table), from, to, kind, opts))
}

// RenameConstraint renames a constraint of the kind given.
func (t *Table) RenameConstraint(from, to string, kind schema.ConstraintKind, opts ...RenameConstraintOption) {
	t.add(newRenameConstraint(t.name, from, to, kind, opts))
}

// Lower gives one change of the table.
func (p *RenameConstraint) Lower() ([]ddl.Statement, error) {
	switch {
	case p.To == "":
		return nil, errors.New("the new name is empty")
	case p.Was != nil && p.Kind != 0 && p.Was.Kind() != p.Kind:
		return nil, fmt.Errorf("op.ExistingConstraint is a %s", p.Was.Kind())
	}
	a := ddl.RenameConstraint{Name: p.Name, To: p.To, Kind: p.Kind, Was: p.Was}
	return []ddl.Statement{ddl.AlterTable{Table: p.Table, Actions: []ddl.Action{a}}}, nil
}

// Reverse renames the constraint back.
func (p *RenameConstraint) Reverse() (Operation, error) {
	if p.Name == "" {
		return nil, irreversible(p, "the name before was the server's own")
	}
	return &RenameConstraint{Table: p.Table, Name: p.To, To: p.Name, Kind: p.Kind, Was: p.Was}, nil
}

func (p *RenameConstraint) options() []any {
	if p.Was == nil {
		return nil
	}
	return []any{fn("ExistingConstraint", p.Was)}
}

// Call spells the operation in Go.
func (p *RenameConstraint) Call() schema.Call {
	return method(p.Table, "RenameConstraint", append([]any{p.Name, p.To, p.Table.Name, p.Kind}, p.options()...)...)
}

func (p *RenameConstraint) inTable() schema.Call {
	return schema.Call{Func: "RenameConstraint", Args: append([]any{p.Name, p.To, p.Kind}, p.options()...)}
}
func (p *RenameConstraint) table() schema.Name { return p.Table }

func (p *RenameConstraint) String() string {
	return "rename " + constraintText(p.Kind, p.Name) + fmt.Sprintf(" of table %q to %q", p.Table, p.To)
}
