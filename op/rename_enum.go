package op

import (
	"fmt"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// RenameEnum renames an enumeration type within its schema, where types are
// objects (PostgreSQL); elsewhere it does nothing. It reverses itself.
type RenameEnum struct {
	Name schema.Name
	To   string
}

// RenameEnumValue renames a value of an enumeration type, in all rows that hold
// it (PostgreSQL). It reverses itself.
type RenameEnumValue struct {
	Name      schema.Name
	Value, To string
}

// RenameEnum renames an enumeration type.
func (o *Operations) RenameEnum(from, to string) {
	o.Invoke(&RenameEnum{Name: o.name(from), To: to})
}

// RenameEnumValue renames a value of an enumeration type.
func (o *Operations) RenameEnumValue(name, from, to string) {
	o.Invoke(&RenameEnumValue{Name: o.name(name), Value: from, To: to})
}

// Lower gives the statement.
func (p *RenameEnum) Lower() ([]ddl.Statement, error) {
	return []ddl.Statement{ddl.RenameEnum{Name: p.Name, To: p.To}}, nil
}

// Lower gives the statement.
func (p *RenameEnumValue) Lower() ([]ddl.Statement, error) {
	return []ddl.Statement{ddl.RenameEnumValue{Name: p.Name, Value: p.Value, To: p.To}}, nil
}

// Reverse renames the type back.
func (p *RenameEnum) Reverse() (Operation, error) {
	return &RenameEnum{Name: schema.Name{Schema: p.Name.Schema, Name: p.To}, To: p.Name.Name}, nil
}

// Reverse renames the value back.
func (p *RenameEnumValue) Reverse() (Operation, error) {
	return &RenameEnumValue{Name: p.Name, Value: p.To, To: p.Value}, nil
}

// Call spells the operation in Go.
func (p *RenameEnum) Call() schema.Call { return method(p.Name, "RenameEnum", p.Name.Name, p.To) }

// Call spells the operation in Go.
func (p *RenameEnumValue) Call() schema.Call {
	return method(p.Name, "RenameEnumValue", p.Name.Name, p.Value, p.To)
}

func (p *RenameEnum) String() string { return fmt.Sprintf("rename enum %q to %q", p.Name, p.To) }
func (p *RenameEnumValue) String() string {
	return fmt.Sprintf("rename value %q of enum %q to %q", p.Value, p.Name, p.To)
}
