package op

import (
	"errors"
	"fmt"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// CreateIndex creates an index (op.create_index). Its reverse is [DropIndex].
type CreateIndex struct {
	Table   schema.Name
	Index   *schema.IndexDef
	Guard   ddl.Guard
	Options []schema.Option // of the statement, such as postgres.Concurrently()
}

// IndexOption is an option of AddIndex and DropIndex: a guard, or [With].
type IndexOption interface {
	createIndex(*CreateIndex)
	dropIndex(*DropIndex)
}

func (g Guard) createIndex(p *CreateIndex) { p.Guard = ddl.Guard(g) }
func (g Guard) dropIndex(p *DropIndex)     { p.Guard = ddl.Guard(g) }

// StatementOptions are options of one database's own for a statement.
type StatementOptions []schema.Option

// With gives a statement options of one database's own, such as postgres.Concurrently(),
// and a view those that it has there, such as mysql.SecurityInvoker; in MySQL and
// MariaDB a trigger, routine or event has a DEFINER (mysql.Definer). What is not said of
// one that is replaced stays as it is; what is said holds both ways, unless
// [ExistingOptions] says what was before.
func With(opts ...schema.Option) StatementOptions { return opts }

func (s StatementOptions) createIndex(p *CreateIndex) { p.Options = s }
func (s StatementOptions) dropIndex(p *DropIndex)     { p.Options = s }

func optionArgs(opts []schema.Option) []any {
	if len(opts) == 0 {
		return nil
	}
	return []any{fn("With", anys(opts)...)}
}

// CreateIndex creates an index on whole columns; [Operations.AddIndex] creates one of any kind.
func (o *Operations) CreateIndex(name, table string, columns ...string) {
	o.AddIndex(table, schema.Index(name, columns...))
}

// CreateUniqueIndex creates a unique index on whole columns.
func (o *Operations) CreateUniqueIndex(name, table string, columns ...string) {
	o.AddIndex(table, schema.Index(name, columns...).With(schema.UniqueIndex()))
}

// AddIndex creates an index of any kind.
func (o *Operations) AddIndex(table string, index *schema.IndexDef, opts ...IndexOption) {
	o.Invoke(newCreateIndex(o.name(table), index, opts))
}

func newCreateIndex(table schema.Name, index *schema.IndexDef, opts []IndexOption) *CreateIndex {
	if index == nil {
		index = &schema.IndexDef{} // refused by Lower, for it has no name
	}
	p := &CreateIndex{Table: table, Index: index}
	for _, opt := range opts {
		opt.createIndex(p)
	}
	return p
}

// Lower gives the statement.
func (p *CreateIndex) Lower() ([]ddl.Statement, error) {
	if err := allow(p.Guard, ddl.IfNotExists); err != nil {
		return nil, err
	}
	switch {
	case p.Index.Name == "":
		return nil, errors.New("the index has no name")
	case len(p.Index.Parts) == 0:
		return nil, errors.New("the index has no columns")
	}
	return []ddl.Statement{ddl.CreateIndex{Table: p.Table, Index: p.Index, Guard: p.Guard, Options: p.Options}}, nil
}

// Reverse drops the index.
func (p *CreateIndex) Reverse() (Operation, error) {
	return &DropIndex{Table: p.Table, Name: p.Index.Name, Guard: opposite(p.Guard), Options: p.Options, Was: p.Index}, nil
}

// spelling gives the method and its arguments but for the table.
func (p *CreateIndex) spelling() (name string, short bool, args []any) {
	i := p.Index
	cols, plain := i.PlainColumns()
	if plain && i.Using == "" && i.Where == "" && i.Comment == "" && !i.NullsNotDistinct &&
		len(i.Include) == 0 && len(i.Options) == 0 && p.Guard == ddl.Unguarded && len(p.Options) == 0 {
		if i.Unique {
			return "CreateUniqueIndex", true, anys(cols)
		}
		return "CreateIndex", true, anys(cols)
	}
	args = append([]any{p.Index}, guardArgs(p.Guard)...)
	return "AddIndex", false, append(args, optionArgs(p.Options)...)
}

// Call spells the operation in Go.
func (p *CreateIndex) Call() schema.Call {
	name, short, args := p.spelling()
	if short {
		return method(p.Table, name, append([]any{p.Index.Name, p.Table.Name}, args...)...)
	}
	return method(p.Table, name, append([]any{p.Table.Name}, args...)...)
}

func (p *CreateIndex) inTable() schema.Call {
	name, short, args := p.spelling()
	if short {
		args = append([]any{p.Index.Name}, args...)
	}
	return schema.Call{Func: name, Args: args}
}
func (p *CreateIndex) table() schema.Name { return p.Table }

func (p *CreateIndex) String() string {
	return fmt.Sprintf("create index %q on table %q", p.Index.Name, p.Table)
}
