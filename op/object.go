package op

import (
	"errors"
	"fmt"
	"slices"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// CreateObject creates a view, trigger, function, procedure or event, which are
// defined by text of the user's own. Its reverse is [DropObject]; one that may
// have replaced another has none. (Alembic has these as "replaceable objects" in
// its cookbook only.)
type CreateObject struct {
	Object  ddl.Object
	Guard   ddl.Guard
	Replace bool // whatever has the name already
}

// ReplaceObject puts an object in the place of another of its name. It reverses
// itself, if Was is known.
type ReplaceObject struct {
	Object     ddl.Object
	Was        string          // the definition before; empty for not known
	WasOptions []schema.Option // those of its options that were others before, by key
	Anew       bool            // drops the former one first, instead of replacing it in place
}

// DropObject drops an object. Its reverse is [CreateObject], if the definition is known.
type DropObject struct {
	Object  ddl.Object // its definition may be empty: then it is not known
	Guard   ddl.Guard
	Cascade bool // with all that depends on it (PostgreSQL)
}

// CreateObjectOption is an option of the methods that create a view, trigger or
// routine: [IfNotExists], [OrReplace], [With].
type CreateObjectOption interface{ createObject(p *CreateObject) }

// ReplaceObjectOption is an option of the methods that replace one: [Anew], [With],
// [ExistingOptions].
type ReplaceObjectOption interface{ replaceObject(p *ReplaceObject) }

// DropObjectOption is an option of the methods that drop one: [IfExists],
// [Cascade], [ExistingDefinition], [ExistingOptions].
type DropObjectOption interface{ dropObject(p *DropObject) }

func (g Guard) createObject(p *CreateObject) { p.Guard = ddl.Guard(g) }
func (g Guard) dropObject(p *DropObject)     { p.Guard = ddl.Guard(g) }

// OrReplaceOption is the option [OrReplace].
type OrReplaceOption struct{}

// OrReplace lets what is created take the place of an object of its name. Such a
// creation has no reverse, for what was there is not known.
func OrReplace() OrReplaceOption { return OrReplaceOption{} }

// Call spells the option in Go.
func (OrReplaceOption) Call() schema.Call { return fn("OrReplace") }

func (OrReplaceOption) createObject(p *CreateObject) { p.Replace = true }

// AnewOption is the option [Anew].
type AnewOption struct{}

// Anew drops what is replaced and creates it again, instead of replacing it in
// place. A PostgreSQL view may then lose or change columns; but its privileges
// go, and nothing may depend on it.
func Anew() AnewOption { return AnewOption{} }

// Call spells the option in Go.
func (AnewOption) Call() schema.Call { return fn("Anew") }

func (AnewOption) replaceObject(p *ReplaceObject) { p.Anew = true }

// CascadeOption is the option [Cascade].
type CascadeOption struct{}

// Cascade drops what depends on an object with it (PostgreSQL), and all that is
// in a schema. An extension it installs with those that it needs.
func Cascade() CascadeOption { return CascadeOption{} }

// Call spells the option in Go.
func (CascadeOption) Call() schema.Call { return fn("Cascade") }

func (CascadeOption) dropObject(p *DropObject) { p.Cascade = true }

func cascadeArgs(on bool) []any {
	if !on {
		return nil
	}
	return []any{Cascade()}
}

// DefinitionOption is the option [ExistingDefinition].
type DefinitionOption string

// ExistingDefinition is what an object that is dropped says: the reverse is made
// of it, and PostgreSQL tells by it one function from others of its name.
func ExistingDefinition(text string) DefinitionOption { return DefinitionOption(text) }

// Call spells the option in Go.
func (d DefinitionOption) Call() schema.Call { return fn("ExistingDefinition", string(d)) }

func (d DefinitionOption) dropObject(p *DropObject) { p.Object.Definition = string(d) }

// sorted are options by key, the last of those of one key.
func sorted(opts []schema.Option) (out []schema.Option) {
	for _, o := range opts {
		if o != nil {
			out = schema.SetOption(out, o)
		}
	}
	return out
}

func (s StatementOptions) createObject(p *CreateObject)   { p.Object.Options = sorted(s) }
func (s StatementOptions) replaceObject(p *ReplaceObject) { p.Object.Options = sorted(s) }

// FormerOptions is the option [ExistingOptions].
type FormerOptions []schema.Option

// ExistingOptions are the options, of one database's own, of what is dropped: the
// reverse makes it with them. Of what is replaced they are those that become others.
// Views have some, and in MySQL and MariaDB triggers, routines and events a DEFINER.
func ExistingOptions(opts ...schema.Option) FormerOptions { return opts }

// Call spells the option in Go.
func (f FormerOptions) Call() schema.Call { return fn("ExistingOptions", anys(f)...) }

func (f FormerOptions) dropObject(p *DropObject)       { p.Object.Options = sorted(f) }
func (f FormerOptions) replaceObject(p *ReplaceObject) { p.WasOptions = sorted(f) }

func formerArgs(opts []schema.Option) []any {
	if len(opts) == 0 {
		return nil
	}
	return []any{FormerOptions(opts)}
}

func (o *Operations) createObject(obj ddl.Object, opts []CreateObjectOption) {
	p := &CreateObject{Object: obj}
	for _, opt := range opts {
		opt.createObject(p)
	}
	o.Invoke(p)
}

func (o *Operations) replaceObject(obj ddl.Object, was string, opts []ReplaceObjectOption) {
	p := &ReplaceObject{Object: obj, Was: was}
	for _, opt := range opts {
		opt.replaceObject(p)
	}
	o.Invoke(p)
}

func (o *Operations) dropObject(obj ddl.Object, opts []DropObjectOption) {
	p := &DropObject{Object: obj}
	for _, opt := range opts {
		opt.dropObject(p)
	}
	o.Invoke(p)
}

func checkObject(o ddl.Object) error {
	switch {
	case o.Name.Name == "":
		return fmt.Errorf("the %s has no name", o.Kind)
	case o.Kind == ddl.TriggerKind && o.Table.Name == "":
		return errors.New("the trigger has no table")
	}
	return nil
}

// Lower gives the statement.
func (p *CreateObject) Lower() ([]ddl.Statement, error) {
	if err := errors.Join(allow(p.Guard, ddl.IfNotExists), checkObject(p.Object)); err != nil {
		return nil, err
	}
	if p.Replace && p.Guard != ddl.Unguarded {
		return nil, errors.New("op.OrReplace and op.IfNotExists exclude each other")
	}
	return []ddl.Statement{ddl.CreateObject{Object: p.Object, Guard: p.Guard, Replace: p.Replace}}, nil
}

// Lower gives the statement.
func (p *ReplaceObject) Lower() ([]ddl.Statement, error) {
	if err := checkObject(p.Object); err != nil {
		return nil, err
	}
	return []ddl.Statement{ddl.CreateObject{Object: p.Object, Replace: true, Anew: p.Anew, Was: p.Was}}, nil
}

// Lower gives the statement.
func (p *DropObject) Lower() ([]ddl.Statement, error) {
	if err := errors.Join(allow(p.Guard, ddl.IfExists), checkObject(p.Object)); err != nil {
		return nil, err
	}
	return []ddl.Statement{ddl.DropObject{Object: p.Object, Guard: p.Guard, Cascade: p.Cascade}}, nil
}

// Reverse drops the object.
func (p *CreateObject) Reverse() (Operation, error) {
	if p.Replace {
		return nil, irreversible(p, "what it replaced is not known; say it by a Replace method")
	}
	return &DropObject{Object: p.Object, Guard: opposite(p.Guard)}, nil
}

// Reverse puts the one before back.
func (p *ReplaceObject) Reverse() (Operation, error) {
	if p.Was == "" {
		return nil, irreversible(p, "its definition before is not known")
	}
	back := &ReplaceObject{Object: p.Object, Was: p.Object.Definition, Anew: p.Anew}
	back.Object.Definition = p.Was
	for _, o := range p.WasOptions {
		back.Object.Options = schema.SetOption(back.Object.Options, o)
		if i := slices.IndexFunc(p.Object.Options, func(n schema.Option) bool { return n.OptionKey() == o.OptionKey() }); i >= 0 {
			back.WasOptions = append(back.WasOptions, p.Object.Options[i])
		}
	}
	return back, nil
}

// Reverse creates the object again.
func (p *DropObject) Reverse() (Operation, error) {
	if p.Object.Definition == "" {
		return nil, irreversible(p, "its definition is not known; say it by op.ExistingDefinition")
	}
	return &CreateObject{Object: p.Object, Guard: opposite(p.Guard)}, nil
}

var objectWords = map[ddl.ObjectKind]string{
	ddl.ViewKind: "View", ddl.MaterializedViewKind: "MaterializedView", ddl.TriggerKind: "Trigger",
	ddl.FunctionKind: "Function", ddl.ProcedureKind: "Procedure", ddl.EventKind: "Event",
}

// objectCall spells a method for the object's kind, in its schema.
func objectCall(verb string, o ddl.Object, args ...any) schema.Call {
	names := []any{o.Name.Name}
	at := o.Name
	if o.Kind == ddl.TriggerKind {
		names, at = append(names, o.Table.Name), o.Table
	}
	return method(at, verb+objectWords[o.Kind], append(names, args...)...)
}

// Call spells the operation in Go.
func (p *CreateObject) Call() schema.Call {
	args := append([]any{p.Object.Definition}, guardArgs(p.Guard)...)
	if p.Replace {
		args = append(args, OrReplace())
	}
	args = append(args, optionArgs(p.Object.Options)...)
	return objectCall("Create", p.Object, args...)
}

// Call spells the operation in Go.
func (p *ReplaceObject) Call() schema.Call {
	args := []any{p.Object.Definition, p.Was}
	if p.Anew {
		args = append(args, Anew())
	}
	args = append(args, optionArgs(p.Object.Options)...)
	args = append(args, formerArgs(p.WasOptions)...)
	return objectCall("Replace", p.Object, args...)
}

// Call spells the operation in Go.
func (p *DropObject) Call() schema.Call {
	args := append(guardArgs(p.Guard), cascadeArgs(p.Cascade)...)
	if p.Object.Definition != "" {
		args = append(args, ExistingDefinition(p.Object.Definition))
	}
	args = append(args, formerArgs(p.Object.Options)...)
	return objectCall("Drop", p.Object, args...)
}

func (p *CreateObject) String() string  { return "create " + objectText(p.Object) }
func (p *ReplaceObject) String() string { return "replace " + objectText(p.Object) }
func (p *DropObject) String() string    { return "drop " + objectText(p.Object) }

func objectText(o ddl.Object) string {
	if o.Kind == ddl.TriggerKind {
		return fmt.Sprintf("trigger %q of table %q", o.Name, o.Table)
	}
	return fmt.Sprintf("%s %q", o.Kind, o.Name)
}
