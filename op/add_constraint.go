package op

import (
	"errors"
	"fmt"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// AddConstraint adds a constraint of any kind (op.create_primary_key,
// op.create_unique_constraint, op.create_check_constraint,
// op.create_foreign_key, op.create_exclude_constraint). Its reverse is
// [DropConstraint]; one without a name is found again by what it says.
type AddConstraint struct {
	Table      schema.Name
	Constraint schema.Constraint
}

// AddConstraint adds a constraint of any kind; the methods beside it are its short forms.
func (o *Operations) AddConstraint(table string, c schema.Constraint) {
	o.Invoke(&AddConstraint{Table: o.name(table), Constraint: c})
}

// CreatePrimaryKey adds a primary key.
func (o *Operations) CreatePrimaryKey(name, table string, columns ...string) {
	o.AddConstraint(table, schema.PrimaryKeyConstraint(name, columns...))
}

// CreateUniqueConstraint adds a unique constraint.
func (o *Operations) CreateUniqueConstraint(name, table string, columns ...string) {
	o.AddConstraint(table, schema.UniqueConstraint(name, columns...))
}

// CreateCheckConstraint adds a check; condition is SQL without outer brackets.
func (o *Operations) CreateCheckConstraint(name, table, condition string) {
	o.AddConstraint(table, schema.CheckConstraint(name, condition))
}

// CreateForeignKey adds a foreign key from columns of source to columns of
// referent, which may be "schema.table".
func (o *Operations) CreateForeignKey(name, source, referent string, columns, refColumns []string, items ...schema.ForeignKeyItem) {
	o.AddConstraint(source, schema.ForeignKeyConstraint(name, columns, referent, refColumns, items...))
}

// Lower gives one change of the table.
func (p *AddConstraint) Lower() ([]ddl.Statement, error) {
	if p.Constraint == nil {
		return nil, errors.New("there is no constraint to add")
	}
	return []ddl.Statement{ddl.AlterTable{Table: p.Table, Actions: []ddl.Action{ddl.AddConstraint{Constraint: p.Constraint}}}}, nil
}

// Reverse drops the constraint.
func (p *AddConstraint) Reverse() (Operation, error) {
	if p.Constraint == nil {
		return nil, irreversible(p, "there is no constraint")
	}
	return &DropConstraint{Table: p.Table, Name: p.Constraint.ConstraintName(), Kind: p.Constraint.Kind(), Was: p.Constraint}, nil
}

// spelling gives the short form, if the constraint has one: the method, and the
// arguments but for the name and the table.
func (p *AddConstraint) spelling() (method string, args []any, ok bool) {
	switch c := p.Constraint.(type) {
	case *schema.PrimaryKeyDef:
		return "CreatePrimaryKey", anys(c.Columns), len(c.Options) == 0
	case *schema.UniqueDef:
		return "CreateUniqueConstraint", anys(c.Columns),
			len(c.Options) == 0 && c.Deferral == schema.DeferralDefault && !c.NullsNotDistinct
	case *schema.CheckDef:
		return "CreateCheckConstraint", []any{c.Expr}, len(c.Options) == 0 && !c.NotValid && !c.NotEnforced
	case *schema.ForeignKeyDef:
		call := c.Call() // schema.ForeignKeyConstraint(name, columns, table, refColumns, items…)
		args := append([]any{call.Args[2], call.Args[1]}, call.Args[3:]...)
		return "CreateForeignKey", args, len(c.Options) == 0
	case *schema.ExcludeDef:
	}
	return "", nil, false
}

func anys[T any](list []T) []any {
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = s
	}
	return out
}

// Call spells the operation in Go.
func (p *AddConstraint) Call() schema.Call {
	if name, args, ok := p.spelling(); ok {
		return method(p.Table, name, append([]any{p.Constraint.ConstraintName(), p.Table.Name}, args...)...)
	}
	return method(p.Table, "AddConstraint", p.Table.Name, p.Constraint)
}

func (p *AddConstraint) inTable() schema.Call {
	return schema.Call{Func: "AddConstraint", Args: []any{p.Constraint}}
}
func (p *AddConstraint) table() schema.Name { return p.Table }

func (p *AddConstraint) String() string {
	if p.Constraint == nil {
		return fmt.Sprintf("add constraint to table %q", p.Table)
	}
	return "add " + constraintText(p.Constraint.Kind(), p.Constraint.ConstraintName()) + fmt.Sprintf(" to table %q", p.Table)
}

// constraintText names a constraint in a message.
func constraintText(kind schema.ConstraintKind, name string) string {
	if name == "" {
		return kind.String()
	}
	return fmt.Sprintf("%s %q", kind, name)
}
