package op

import (
	"fmt"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// CreateSchema creates a schema, which MySQL calls a database. Its reverse is
// [DropSchema], which drops it only if it is empty. (Alembic has no such operation.)
type CreateSchema struct {
	Name  string
	Guard ddl.Guard
}

// DropSchema drops a schema: an empty one, unless Cascade is set. Its reverse
// is [CreateSchema], if it was empty.
type DropSchema struct {
	Name    string
	Guard   ddl.Guard
	Cascade bool // with all that is in it
}

// RenameSchema renames a schema (PostgreSQL). It reverses itself.
type RenameSchema struct{ Name, To string }

// DropSchemaOption is an option of DropSchema: [IfExists], [Cascade].
type DropSchemaOption interface{ dropSchema(p *DropSchema) }

func (g Guard) dropSchema(p *DropSchema)       { p.Guard = ddl.Guard(g) }
func (CascadeOption) dropSchema(p *DropSchema) { p.Cascade = true }

// CreateSchema creates a schema.
func (o *Operations) CreateSchema(name string, guards ...Guard) {
	o.Invoke(&CreateSchema{Name: name, Guard: lastGuard(guards)})
}

// DropSchema drops a schema that is empty, or with [Cascade] all that is in it.
func (o *Operations) DropSchema(name string, opts ...DropSchemaOption) {
	p := &DropSchema{Name: name}
	for _, opt := range opts {
		opt.dropSchema(p)
	}
	o.Invoke(p)
}

// RenameSchema renames a schema.
func (o *Operations) RenameSchema(from, to string) { o.Invoke(&RenameSchema{Name: from, To: to}) }

// Lower gives the statement.
func (p *CreateSchema) Lower() ([]ddl.Statement, error) {
	return []ddl.Statement{ddl.CreateSchema{Name: p.Name, Guard: p.Guard}}, allow(p.Guard, ddl.IfNotExists)
}

// Lower gives the statement.
func (p *DropSchema) Lower() ([]ddl.Statement, error) {
	return []ddl.Statement{ddl.DropSchema{Name: p.Name, Guard: p.Guard, Cascade: p.Cascade}}, allow(p.Guard, ddl.IfExists)
}

// Lower gives the statement.
func (p *RenameSchema) Lower() ([]ddl.Statement, error) {
	return []ddl.Statement{ddl.RenameSchema{Name: p.Name, To: p.To}}, nil
}

// Reverse drops the schema, if it is empty again.
func (p *CreateSchema) Reverse() (Operation, error) {
	return &DropSchema{Name: p.Name, Guard: opposite(p.Guard)}, nil
}

// Reverse creates the schema again.
func (p *DropSchema) Reverse() (Operation, error) {
	if p.Cascade {
		return nil, irreversible(p, "what was in it is not known")
	}
	return &CreateSchema{Name: p.Name, Guard: opposite(p.Guard)}, nil
}

// Reverse renames the schema back.
func (p *RenameSchema) Reverse() (Operation, error) {
	return &RenameSchema{Name: p.To, To: p.Name}, nil
}

// Call spells the operation in Go.
func (p *CreateSchema) Call() schema.Call {
	return schema.Call{Func: "CreateSchema", Args: append([]any{p.Name}, guardArgs(p.Guard)...)}
}

// Call spells the operation in Go.
func (p *DropSchema) Call() schema.Call {
	args := append([]any{p.Name}, guardArgs(p.Guard)...)
	return schema.Call{Func: "DropSchema", Args: append(args, cascadeArgs(p.Cascade)...)}
}

// Call spells the operation in Go.
func (p *RenameSchema) Call() schema.Call {
	return schema.Call{Func: "RenameSchema", Args: []any{p.Name, p.To}}
}

func (p *CreateSchema) String() string { return fmt.Sprintf("create schema %q", p.Name) }
func (p *DropSchema) String() string   { return fmt.Sprintf("drop schema %q", p.Name) }
func (p *RenameSchema) String() string { return fmt.Sprintf("rename schema %q to %q", p.Name, p.To) }
