package op

import (
	"errors"
	"fmt"
	"slices"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// CreateSequence creates a sequence (PostgreSQL, MariaDB, TiDB). Its reverse is
// [DropSequence]. (Alembic has no such operation.)
type CreateSequence struct {
	Name  schema.Name
	Items []SequenceItem
	Guard ddl.Guard
}

// AlterSequence changes what its items name. Its reverse sets what Was holds,
// if that is known.
type AlterSequence struct {
	Name  schema.Name
	Items []SequenceItem
	Was   []SequenceItem // the same properties before; nil for not known
	Guard ddl.Guard
}

// RenameSequence renames a sequence within its schema. It reverses itself.
type RenameSequence struct {
	Name schema.Name
	To   string
}

// DropSequence drops a sequence. Its reverse is [CreateSequence], if Was is known.
type DropSequence struct {
	Name    schema.Name
	Guard   ddl.Guard
	Cascade bool           // with the defaults that use it (PostgreSQL)
	Was     []SequenceItem // its properties; nil for not known
}

// CreateSequenceOption is an option of CreateSequence: a [SequenceItem], [IfNotExists].
type CreateSequenceOption interface{ createSequence(p *CreateSequence) }

// AlterSequenceOption is an option of AlterSequence: a [SequenceItem],
// [IfExists], [ExistingSequence].
type AlterSequenceOption interface{ alterSequence(p *AlterSequence) }

// DropSequenceOption is an option of DropSequence: [IfExists], [Cascade], [ExistingSequence].
type DropSequenceOption interface{ dropSequence(p *DropSequence) }

func (g Guard) createSequence(p *CreateSequence)        { p.Guard = ddl.Guard(g) }
func (g Guard) alterSequence(p *AlterSequence)          { p.Guard = ddl.Guard(g) }
func (g Guard) dropSequence(p *DropSequence)            { p.Guard = ddl.Guard(g) }
func (CascadeOption) dropSequence(p *DropSequence)      { p.Cascade = true }
func (i SequenceItem) createSequence(p *CreateSequence) { p.Items = append(p.Items, i) }
func (i SequenceItem) alterSequence(p *AlterSequence)   { p.Items = append(p.Items, i) }

// SequenceOption is the option [ExistingSequence].
type SequenceOption []SequenceItem

// ExistingSequence is what a sequence is before it is changed or dropped; the
// reverse is made of it.
func ExistingSequence(items ...SequenceItem) SequenceOption {
	return append(SequenceOption{}, items...)
}

// Call spells the option in Go.
func (s SequenceOption) Call() schema.Call { return fn("ExistingSequence", itemArgs(s)...) }

func (s SequenceOption) alterSequence(p *AlterSequence) { p.Was = s }
func (s SequenceOption) dropSequence(p *DropSequence)   { p.Was = s }

// CreateSequence creates a sequence.
func (o *Operations) CreateSequence(name string, opts ...CreateSequenceOption) {
	p := &CreateSequence{Name: o.name(name)}
	for _, opt := range opts {
		opt.createSequence(p)
	}
	o.Invoke(p)
}

// AlterSequence changes what the items name, and nothing else of a sequence.
func (o *Operations) AlterSequence(name string, opts ...AlterSequenceOption) {
	p := &AlterSequence{Name: o.name(name)}
	for _, opt := range opts {
		opt.alterSequence(p)
	}
	o.Invoke(p)
}

// RenameSequence renames a sequence.
func (o *Operations) RenameSequence(from, to string) {
	o.Invoke(&RenameSequence{Name: o.name(from), To: to})
}

// DropSequence drops a sequence.
func (o *Operations) DropSequence(name string, opts ...DropSequenceOption) {
	p := &DropSequence{Name: o.name(name)}
	for _, opt := range opts {
		opt.dropSequence(p)
	}
	o.Invoke(p)
}

// clauses are the items as data, when no two say the same property.
func clauses(items []SequenceItem) ([]ddl.SequenceClause, error) {
	seen := map[string]bool{}
	var out []ddl.SequenceClause
	for _, i := range items {
		about := i.about()
		if seen[about] {
			return nil, fmt.Errorf("the sequence is told its %s twice", about)
		}
		seen[about] = true
		out = append(out, ddl.SequenceClause(i))
	}
	return out, nil
}

// Lower gives the statement.
func (p *CreateSequence) Lower() ([]ddl.Statement, error) {
	list, err := clauses(p.Items)
	if slices.ContainsFunc(p.Items, SequenceItem.restarts) {
		err = errors.Join(err, errors.New("a new sequence starts; say op.StartWith instead of a restart"))
	}
	return []ddl.Statement{ddl.CreateSequence{Name: p.Name, Clauses: list, Guard: p.Guard}}, errors.Join(err, allow(p.Guard, ddl.IfNotExists))
}

// Lower gives the statement.
func (p *AlterSequence) Lower() ([]ddl.Statement, error) {
	list, err := clauses(p.Items)
	if len(list) == 0 {
		err = errors.Join(err, errors.New("there is nothing to change"))
	}
	return []ddl.Statement{ddl.AlterSequence{Name: p.Name, Clauses: list, Guard: p.Guard}}, errors.Join(err, allow(p.Guard, ddl.IfExists))
}

// Lower gives the statement.
func (p *RenameSequence) Lower() ([]ddl.Statement, error) {
	return []ddl.Statement{ddl.RenameSequence{Name: p.Name, To: p.To}}, nil
}

// Lower gives the statement.
func (p *DropSequence) Lower() ([]ddl.Statement, error) {
	return []ddl.Statement{ddl.DropSequence{Name: p.Name, Guard: p.Guard, Cascade: p.Cascade}}, allow(p.Guard, ddl.IfExists)
}

// Reverse drops the sequence.
func (p *CreateSequence) Reverse() (Operation, error) {
	was := p.Items
	if was == nil {
		was = []SequenceItem{}
	}
	return &DropSequence{Name: p.Name, Guard: opposite(p.Guard), Was: was}, nil
}

// Reverse sets the properties before. The number at which a sequence stood when
// it was started again is not known.
func (p *AlterSequence) Reverse() (Operation, error) {
	switch {
	case slices.ContainsFunc(p.Items, SequenceItem.restarts):
		return nil, irreversible(p, "the number at which it stood is not known")
	case p.Was == nil:
		return nil, irreversible(p, "its properties before are not known; say them by op.ExistingSequence")
	}
	return &AlterSequence{Name: p.Name, Items: p.Was, Was: p.Items, Guard: p.Guard}, nil
}

// Reverse renames the sequence back.
func (p *RenameSequence) Reverse() (Operation, error) {
	return &RenameSequence{Name: schema.Name{Schema: p.Name.Schema, Name: p.To}, To: p.Name.Name}, nil
}

// Reverse creates the sequence again, which then starts at its first number.
func (p *DropSequence) Reverse() (Operation, error) {
	if p.Was == nil {
		return nil, irreversible(p, "its properties are not known; say them by op.ExistingSequence")
	}
	return &CreateSequence{Name: p.Name, Items: p.Was, Guard: opposite(p.Guard)}, nil
}

func itemArgs(items []SequenceItem) []any {
	out := make([]any, len(items))
	for i, it := range items {
		out[i] = it
	}
	return out
}

func existingArgs(was []SequenceItem) []any {
	if was == nil {
		return nil
	}
	return []any{SequenceOption(was)}
}

// Call spells the operation in Go.
func (p *CreateSequence) Call() schema.Call {
	return method(p.Name, "CreateSequence", slices.Concat([]any{p.Name.Name}, itemArgs(p.Items), guardArgs(p.Guard))...)
}

// Call spells the operation in Go.
func (p *AlterSequence) Call() schema.Call {
	return method(p.Name, "AlterSequence", slices.Concat([]any{p.Name.Name}, itemArgs(p.Items), guardArgs(p.Guard), existingArgs(p.Was))...)
}

// Call spells the operation in Go.
func (p *RenameSequence) Call() schema.Call {
	return method(p.Name, "RenameSequence", p.Name.Name, p.To)
}

// Call spells the operation in Go.
func (p *DropSequence) Call() schema.Call {
	return method(p.Name, "DropSequence", slices.Concat([]any{p.Name.Name}, guardArgs(p.Guard), cascadeArgs(p.Cascade), existingArgs(p.Was))...)
}

func (p *CreateSequence) String() string { return fmt.Sprintf("create sequence %q", p.Name) }
func (p *AlterSequence) String() string  { return fmt.Sprintf("alter sequence %q", p.Name) }
func (p *RenameSequence) String() string {
	return fmt.Sprintf("rename sequence %q to %q", p.Name, p.To)
}
func (p *DropSequence) String() string { return fmt.Sprintf("drop sequence %q", p.Name) }
