package op

import (
	"errors"
	"fmt"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// ValidateConstraint has the rows that exist checked against a constraint that
// was added as not valid (PostgreSQL). Its reverse drops the constraint and adds
// it again as not valid, if Was is known. (Alembic has no such operation.)
type ValidateConstraint struct {
	Table schema.Name
	Name  string
	Was   schema.Constraint // as it is, not valid; nil for not known
}

// ValidateConstraintOption is an option of ValidateConstraint: [ExistingConstraint].
type ValidateConstraintOption interface {
	validateConstraint(p *ValidateConstraint)
}

func (d ConstraintDefinition) validateConstraint(p *ValidateConstraint) { p.Was = d.constraint }

func newValidateConstraint(table schema.Name, name string, opts []ValidateConstraintOption) *ValidateConstraint {
	p := &ValidateConstraint{Table: table, Name: name}
	for _, opt := range opts {
		opt.validateConstraint(p)
	}
	return p
}

// ValidateConstraint checks the rows that exist against a constraint.
func (o *Operations) ValidateConstraint(name, table string, opts ...ValidateConstraintOption) {
	o.Invoke(newValidateConstraint(o.name(table), name, opts))
}

// ValidateConstraint checks the rows that exist against a constraint.
func (t *Table) ValidateConstraint(name string, opts ...ValidateConstraintOption) {
	t.add(newValidateConstraint(t.name, name, opts))
}

// Lower gives one change of the table.
func (p *ValidateConstraint) Lower() ([]ddl.Statement, error) {
	if p.Name == "" {
		return nil, errors.New("the constraint has no name")
	}
	return []ddl.Statement{ddl.AlterTable{Table: p.Table, Actions: []ddl.Action{ddl.ValidateConstraint{Name: p.Name}}}}, nil
}

// Reverse makes the constraint not valid again: no database has a statement for
// that, so it is dropped and added.
func (p *ValidateConstraint) Reverse() (Operation, error) {
	if p.Was == nil {
		return nil, irreversible(p, "what the constraint says is not known; say it by op.ExistingConstraint")
	}
	was := schema.CloneConstraint(p.Was)
	switch c := was.(type) {
	case *schema.CheckDef:
		c.NotValid = true
	case *schema.ForeignKeyDef:
		c.NotValid = true
	case *schema.PrimaryKeyDef, *schema.UniqueDef, *schema.ExcludeDef:
		return nil, irreversible(p, "a "+was.Kind().String()+" always holds")
	}
	return &AlterTable{Table: p.Table, Changes: []Operation{
		&DropConstraint{Table: p.Table, Name: p.Name, Kind: was.Kind(), Was: was},
		&AddConstraint{Table: p.Table, Constraint: was},
	}}, nil
}

func (p *ValidateConstraint) options() []any {
	if p.Was == nil {
		return nil
	}
	return []any{fn("ExistingConstraint", p.Was)}
}

// Call spells the operation in Go.
func (p *ValidateConstraint) Call() schema.Call {
	return method(p.Table, "ValidateConstraint", append([]any{p.Name, p.Table.Name}, p.options()...)...)
}

func (p *ValidateConstraint) inTable() schema.Call {
	return schema.Call{Func: "ValidateConstraint", Args: append([]any{p.Name}, p.options()...)}
}
func (p *ValidateConstraint) table() schema.Name { return p.Table }

func (p *ValidateConstraint) String() string {
	return fmt.Sprintf("validate constraint %q of table %q", p.Name, p.Table)
}
