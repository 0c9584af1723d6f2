package op

import (
	"errors"
	"fmt"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// CreateEnum creates an enumeration type where types are objects (PostgreSQL);
// elsewhere it does nothing. Its reverse is [DropEnum].
type CreateEnum struct {
	Name   schema.Name
	Values []string
}

// DropEnum drops an enumeration type. Its reverse is [CreateEnum], if Was is known.
type DropEnum struct {
	Name  schema.Name
	Was   []string // the values; nil for not known
	Guard ddl.Guard
}

// AddEnumValue adds a value to an enumeration type. It has no reverse: PostgreSQL cannot drop a value.
type AddEnumValue struct {
	Name          schema.Name
	Value         string
	Before, After string // the neighbour; both empty for last
}

// CreateEnum creates an enumeration type.
func (o *Operations) CreateEnum(name string, values ...string) {
	o.Invoke(&CreateEnum{Name: o.name(name), Values: values})
}

// DropEnum drops an enumeration type.
func (o *Operations) DropEnum(name string, guards ...Guard) {
	o.Invoke(&DropEnum{Name: o.name(name), Guard: lastGuard(guards)})
}

// AddEnumValue adds a value, last or where [After] or [Before] says.
func (o *Operations) AddEnumValue(name, value string, places ...Placed) {
	p := &AddEnumValue{Name: o.name(name), Value: value}
	for _, at := range places {
		if at.First {
			o.fail(p, errors.New("op.First does not say which value comes behind; say op.Before"))
		}
		p.Before, p.After = at.Before, at.After
	}
	o.Invoke(p)
}

// Lower gives the statement.
func (p *CreateEnum) Lower() ([]ddl.Statement, error) {
	return []ddl.Statement{ddl.CreateEnum{Name: p.Name, Values: p.Values}}, nil
}

// Lower gives the statement.
func (p *DropEnum) Lower() ([]ddl.Statement, error) {
	return []ddl.Statement{ddl.DropEnum{Name: p.Name, Guard: p.Guard}}, allow(p.Guard, ddl.IfExists)
}

// Lower gives the statement.
func (p *AddEnumValue) Lower() ([]ddl.Statement, error) {
	return []ddl.Statement{ddl.AddEnumValue{Name: p.Name, Value: p.Value, Before: p.Before, After: p.After}}, nil
}

// Reverse drops the type.
func (p *CreateEnum) Reverse() (Operation, error) {
	return &DropEnum{Name: p.Name, Was: p.Values}, nil
}

// Reverse creates the type again.
func (p *DropEnum) Reverse() (Operation, error) {
	if p.Was == nil {
		return nil, irreversible(p, "its values are not known")
	}
	return &CreateEnum{Name: p.Name, Values: p.Was}, nil
}

// Reverse is refused.
func (p *AddEnumValue) Reverse() (Operation, error) {
	return nil, irreversible(p, "PostgreSQL cannot drop a value of an enumeration")
}

// Call spells the operation in Go.
func (p *CreateEnum) Call() schema.Call {
	return method(p.Name, "CreateEnum", append([]any{p.Name.Name}, anys(p.Values)...)...)
}

// Call spells the operation in Go.
func (p *DropEnum) Call() schema.Call {
	return method(p.Name, "DropEnum", append([]any{p.Name.Name}, guardArgs(p.Guard)...)...)
}

// Call spells the operation in Go.
func (p *AddEnumValue) Call() schema.Call {
	args := []any{p.Name.Name, p.Value}
	return method(p.Name, "AddEnumValue", append(args, placeArgs(ddl.Place{Before: p.Before, After: p.After})...)...)
}

func (p *CreateEnum) String() string { return fmt.Sprintf("create enum %q", p.Name) }
func (p *DropEnum) String() string   { return fmt.Sprintf("drop enum %q", p.Name) }
func (p *AddEnumValue) String() string {
	return fmt.Sprintf("add value %q to enum %q", p.Value, p.Name)
}
