package op

import (
	"errors"
	"fmt"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// AlterTable groups changes of one table (op.batch_alter_table): a database
// that can takes them in one statement, and SQLite copies the table once. Its
// reverse is the group of reverses, last first.
type AlterTable struct {
	Table   schema.Name
	Changes []Operation
	Batch   Batch
}

// Batch says how a table is copied where it cannot be altered; the zero Batch
// is the default.
type Batch struct {
	Recreate ddl.Recreate
	CopyFrom *schema.Table           // the table as it is; nil reads it from the database (copy_from)
	Naming   schema.NamingConvention // names for constraints that have none (naming_convention)
	Order    [][]string              // columns that follow one another (partial_reordering)
	Items    []schema.TableItem      // further items of the new table (table_args)
	Options  []schema.Option         // of the statement, such as mysql.Algorithm("INSTANT")
}

// When to copy a table.
const (
	RecreateAuto   = ddl.RecreateAuto   // where the database cannot alter it
	RecreateAlways = ddl.RecreateAlways // always
	RecreateNever  = ddl.RecreateNever  // never: what cannot be altered is an error
)

// Table is one table inside [Operations.AlterTable]; its methods queue changes,
// which run when the function returns.
type Table struct {
	name    schema.Name
	changes []Operation
}

// AlterTable queues the changes that f asks for and runs them together.
func (o *Operations) AlterTable(table string, f func(t *Table), batch ...Batch) {
	if o.Err() != nil {
		return
	}
	t := &Table{name: o.name(table)}
	f(t)
	p := &AlterTable{Table: t.name, Changes: t.changes}
	for _, b := range batch {
		p.Batch = b
	}
	o.Invoke(p)
}

func (t *Table) add(p Operation) { t.changes = append(t.changes, p) }

// AddColumn adds a column.
func (t *Table) AddColumn(c *schema.ColumnDef, opts ...AddColumnOption) {
	t.add(newAddColumn(t.name, c, opts))
}

// DropColumn drops a column.
func (t *Table) DropColumn(name string, opts ...DropColumnOption) {
	t.add(newDropColumn(t.name, name, opts))
}

// AlterColumn changes a column.
func (t *Table) AlterColumn(name string, opts ...AlterColumnOption) {
	t.add(newAlterColumn(t.name, name, opts))
}

// AddConstraint adds a constraint.
func (t *Table) AddConstraint(c schema.Constraint) {
	t.add(&AddConstraint{Table: t.name, Constraint: c})
}

// DropConstraint drops a constraint.
func (t *Table) DropConstraint(name string, kind schema.ConstraintKind, guards ...Guard) {
	t.add(&DropConstraint{Table: t.name, Name: name, Kind: kind, Guard: lastGuard(guards)})
}

// CreateIndex creates an index on whole columns.
func (t *Table) CreateIndex(name string, columns ...string) {
	t.AddIndex(schema.Index(name, columns...))
}

// CreateUniqueIndex creates a unique index on whole columns.
func (t *Table) CreateUniqueIndex(name string, columns ...string) {
	t.AddIndex(schema.Index(name, columns...).With(schema.UniqueIndex()))
}

// AddIndex creates an index of any kind.
func (t *Table) AddIndex(index *schema.IndexDef, opts ...IndexOption) {
	t.add(newCreateIndex(t.name, index, opts))
}

// DropIndex drops an index.
func (t *Table) DropIndex(name string, opts ...IndexOption) { t.add(newDropIndex(t.name, name, opts)) }

// CreateTableComment sets the table's comment.
func (t *Table) CreateTableComment(comment string, opts ...TableCommentOption) {
	t.add(newTableComment(t.name, comment, opts))
}

// DropTableComment drops the table's comment.
func (t *Table) DropTableComment(opts ...TableCommentOption) {
	t.add(newTableComment(t.name, "", opts))
}

// SetTableOption sets an option of the table.
func (t *Table) SetTableOption(option schema.Option) {
	t.add(&TableOption{Table: t.name, Option: option})
}

// Grouped is an operation that may stand in an [AlterTable].
type Grouped interface {
	Operation
	table() schema.Name
	inTable() schema.Call
}

// Lower gives index drops first, then one change of the table, then what is
// left: so that no index stands in the way and every new one finds its columns.
func (p *AlterTable) Lower() ([]ddl.Statement, error) {
	var before, after []ddl.Statement
	alter := ddl.AlterTable{Table: p.Table, Options: p.Batch.Options, Batch: p.Batch.lower()}
	for _, c := range p.Changes {
		stmts, err := c.Lower()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c, err)
		}
		for _, s := range stmts {
			switch s := s.(type) {
			case ddl.AlterTable:
				alter.Actions = append(alter.Actions, s.Actions...)
			case ddl.DropIndex:
				before = append(before, s)
			default:
				after = append(after, s)
			}
		}
	}
	out := before
	if len(alter.Actions) > 0 || p.Batch.Recreate == RecreateAlways {
		out = append(out, alter)
	}
	return append(out, after...), nil
}

func (b Batch) lower() *ddl.Batch {
	return &ddl.Batch{Recreate: b.Recreate, CopyFrom: b.CopyFrom, Naming: b.Naming, Order: b.Order, Items: b.Items}
}

// Reverse undoes the changes, last first.
func (p *AlterTable) Reverse() (Operation, error) {
	back := &AlterTable{Table: p.Table, Batch: p.Batch}
	var errs []error
	for i := len(p.Changes) - 1; i >= 0; i-- {
		r, err := p.Changes[i].Reverse()
		if err != nil {
			errs = append(errs, err)
			continue
		}
		back.Changes = append(back.Changes, r)
	}
	return back, errors.Join(errs...)
}

// Call spells the operation in Go.
func (p *AlterTable) Call() schema.Call {
	b := schema.Block{Param: "t", Type: schema.Call{Path: Path, Func: "Table", Const: true}}
	for _, c := range p.Changes {
		if g, ok := c.(Grouped); ok {
			b.Calls = append(b.Calls, g.inTable())
		}
	}
	args := []any{p.Table.Name, b}
	if p.Batch.Recreate != RecreateAuto {
		args = append(args, p.Batch)
	}
	return method(p.Table, "AlterTable", args...)
}

// Call spells the batch in Go, as far as a rendered revision needs it.
func (b Batch) Call() schema.Call {
	name := "RecreateAlways"
	if b.Recreate == RecreateNever {
		name = "RecreateNever"
	}
	return schema.Call{Path: Path, Func: "Batch", Fields: []schema.Field{
		{Name: "Recreate", Value: schema.Call{Path: Path, Func: name, Const: true}},
	}}
}

func (p *AlterTable) String() string { return fmt.Sprintf("alter table %q", p.Table) }
