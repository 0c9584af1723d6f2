package op

import (
	"fmt"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// CreateExtension installs an extension (PostgreSQL). Its reverse is
// [DropExtension]. (Alembic has no such operation.)
type CreateExtension struct {
	Name    string
	Schema  string // where its objects go; empty leaves it to the extension
	Version string // empty for the default one
	Guard   ddl.Guard
	Cascade bool // with the extensions that it needs
}

// DropExtension removes an extension. Its reverse is [CreateExtension].
type DropExtension struct {
	Name    string
	Schema  string // where its objects were, for the reverse
	Version string // for the reverse
	Guard   ddl.Guard
	Cascade bool // with all that depends on it
}

// CreateExtensionOption is an option of CreateExtension: [IfNotExists],
// [Cascade], [Version].
type CreateExtensionOption interface{ createExtension(p *CreateExtension) }

// DropExtensionOption is an option of DropExtension: [IfExists], [Cascade].
type DropExtensionOption interface{ dropExtension(p *DropExtension) }

// VersionOption is the option [Version].
type VersionOption string

// Version is the version of an extension that is installed.
func Version(v string) VersionOption { return VersionOption(v) }

// Call spells the option in Go.
func (v VersionOption) Call() schema.Call { return fn("Version", string(v)) }

func (g Guard) createExtension(p *CreateExtension)       { p.Guard = ddl.Guard(g) }
func (CascadeOption) createExtension(p *CreateExtension) { p.Cascade = true }
func (v VersionOption) createExtension(p *CreateExtension) {
	p.Version = string(v)
}
func (g Guard) dropExtension(p *DropExtension)       { p.Guard = ddl.Guard(g) }
func (CascadeOption) dropExtension(p *DropExtension) { p.Cascade = true }

// CreateExtension installs an extension, in the schema of o if it has one.
func (o *Operations) CreateExtension(name string, opts ...CreateExtensionOption) {
	p := &CreateExtension{Name: name, Schema: o.schema}
	for _, opt := range opts {
		opt.createExtension(p)
	}
	o.Invoke(p)
}

// DropExtension removes an extension, whose name is unique in the database.
func (o *Operations) DropExtension(name string, opts ...DropExtensionOption) {
	p := &DropExtension{Name: name, Schema: o.schema}
	for _, opt := range opts {
		opt.dropExtension(p)
	}
	o.Invoke(p)
}

// Lower gives the statement.
func (p *CreateExtension) Lower() ([]ddl.Statement, error) {
	s := ddl.CreateExtension{Name: p.Name, Schema: p.Schema, Version: p.Version, Guard: p.Guard, Cascade: p.Cascade}
	return []ddl.Statement{s}, allow(p.Guard, ddl.IfNotExists)
}

// Lower gives the statement.
func (p *DropExtension) Lower() ([]ddl.Statement, error) {
	return []ddl.Statement{ddl.DropExtension{Name: p.Name, Guard: p.Guard, Cascade: p.Cascade}}, allow(p.Guard, ddl.IfExists)
}

// Reverse removes the extension.
func (p *CreateExtension) Reverse() (Operation, error) {
	return &DropExtension{Name: p.Name, Schema: p.Schema, Version: p.Version, Guard: opposite(p.Guard)}, nil
}

// Reverse installs the extension again.
func (p *DropExtension) Reverse() (Operation, error) {
	if p.Cascade {
		return nil, irreversible(p, "what depended on it is not known")
	}
	return &CreateExtension{Name: p.Name, Schema: p.Schema, Version: p.Version, Guard: opposite(p.Guard)}, nil
}

// Call spells the operation in Go.
func (p *CreateExtension) Call() schema.Call {
	args := append([]any{p.Name}, guardArgs(p.Guard)...)
	if p.Version != "" {
		args = append(args, Version(p.Version))
	}
	return method(schema.Name{Schema: p.Schema, Name: p.Name}, "CreateExtension", append(args, cascadeArgs(p.Cascade)...)...)
}

// Call spells the operation in Go.
func (p *DropExtension) Call() schema.Call {
	args := append([]any{p.Name}, guardArgs(p.Guard)...)
	return method(schema.Name{Schema: p.Schema, Name: p.Name}, "DropExtension", append(args, cascadeArgs(p.Cascade)...)...)
}

func (p *CreateExtension) String() string { return fmt.Sprintf("create extension %q", p.Name) }
func (p *DropExtension) String() string   { return fmt.Sprintf("drop extension %q", p.Name) }
