package op

import (
	"errors"
	"fmt"
	"slices"

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
	Columns  []*schema.ColumnDef     // columns as a copy takes them to be, whatever the database says of their types, defaults and collations (reflect_args)
	Naming   schema.NamingConvention // names for constraints that have none (naming_convention)
	Order    [][]string              // columns that follow one another (partial_reordering)
	Items    []schema.TableItem      // further items of the new table (table_args)
	Options  []schema.Option         // of the statement, such as mysql.WithAlgorithm(mysql.Instant)

	// Together puts drops and additions of indexes into the one statement too, where
	// the database can: MySQL refuses a numbered column that is in no key, be it between
	// two statements (error 1075).
	Together bool
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

// AlterTable queues the changes that f asks for and runs them together
// (op.batch_alter_table). Of several batches the last counts.
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
func (t *Table) DropConstraint(name string, kind schema.ConstraintKind, opts ...DropConstraintOption) {
	t.add(newDropConstraint(t.name, name, kind, opts))
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

// ResetTableOption takes an option from the table.
func (t *Table) ResetTableOption(option schema.Option) {
	t.add(&ResetTableOption{Table: t.name, Option: option})
}

// Invoke queues an operation of the user's own.
func (t *Table) Invoke(p Operation) { t.add(p) }

// Grouped is an operation that may stand in an [AlterTable].
type Grouped interface {
	Operation
	table() schema.Name
	inTable() schema.Call
}

// Lower gives the drops of indexes, then one change of the table, then all else: no
// index stands in the way of the change, and every new one finds its columns. Only
// what is queued before the drop of an index, and holds the drop of a foreign key,
// comes before that drop: the key may rest on the index (MySQL, error 1553).
func (p *AlterTable) Lower() ([]ddl.Statement, error) {
	var out, after []ddl.Statement
	alter := p.alter()
	for _, c := range p.Changes {
		if c == nil {
			return nil, errors.New("one of the changes is nil")
		}
		stmts, err := c.Lower()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c, err)
		}
		for _, s := range stmts {
			if p.Batch.Together && embed(&alter, s) {
				continue
			}
			switch s := s.(type) {
			case ddl.AlterTable:
				alter.Actions = append(alter.Actions, s.Actions...)
			case ddl.DropIndex:
				if p.mayRest(alter.Actions) {
					out = append(out, alter)
					alter = p.alter()
				}
				out = append(out, s)
			default:
				after = append(after, s)
			}
		}
	}
	b := p.Batch
	if len(alter.Actions)+len(alter.DropIndexes)+len(alter.AddIndexes) > 0 || b.Recreate == RecreateAlways || len(b.Order) > 0 || len(b.Items) > 0 {
		out = append(out, alter)
	}
	return append(out, after...), nil
}

// embed takes an index into a change of its table.
func embed(alter *ddl.AlterTable, s ddl.Statement) bool {
	switch s := s.(type) {
	case ddl.DropIndex:
		alter.DropIndexes = append(alter.DropIndexes, s)
	case ddl.CreateIndex:
		alter.AddIndexes = append(alter.AddIndexes, s)
	default:
		return false
	}
	return true
}

func (p *AlterTable) alter() ddl.AlterTable {
	b := p.Batch
	return ddl.AlterTable{Table: p.Table, Options: b.Options, Batch: &ddl.Batch{
		Recreate: b.Recreate, CopyFrom: b.CopyFrom, Columns: b.Columns, Naming: b.Naming, Order: b.Order, Items: b.Items,
	}}
}

// mayRest reports whether the actions drop a foreign key and can run by
// themselves: what a batch says of the table as it is holds for its one copy only.
func (p *AlterTable) mayRest(actions []ddl.Action) bool {
	b := p.Batch
	if b.Recreate != RecreateAuto || b.CopyFrom != nil || len(b.Columns) > 0 || len(b.Order) > 0 || len(b.Items) > 0 {
		return false
	}
	return slices.ContainsFunc(actions, func(a ddl.Action) bool {
		d, ok := a.(ddl.DropConstraint)
		return ok && (d.Kind == schema.ForeignKeyKind || d.Kind == 0)
	})
}

// Reverse undoes the changes, last first; the error names every change that has no
// reverse. CopyFrom, Columns, Order and Items of the batch are left out, for they
// describe the table as it was before.
func (p *AlterTable) Reverse() (Operation, error) {
	back := &AlterTable{Table: p.Table, Batch: p.Batch}
	back.Batch.CopyFrom, back.Batch.Columns, back.Batch.Order, back.Batch.Items = nil, nil, nil, nil
	var errs []error
	for _, c := range slices.Backward(p.Changes) {
		r, err := c.Reverse()
		if err != nil {
			errs = append(errs, err)
			continue
		}
		if group, ok := r.(*AlterTable); ok {
			back.Changes = append(back.Changes, group.Changes...)
			continue
		}
		back.Changes = append(back.Changes, r)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return back, nil
}

// Call spells the operation in Go.
func (p *AlterTable) Call() schema.Call {
	b := schema.Block{Param: "t", Type: schema.Call{Path: Path, Func: "Table", Const: true}}
	for _, c := range p.Changes {
		if g, ok := c.(Grouped); ok {
			b.Calls = append(b.Calls, g.inTable())
		} else {
			b.Calls = append(b.Calls, schema.Call{Func: "Invoke", Args: []any{c}})
		}
	}
	args := []any{p.Table.Name, b}
	if batch := p.Batch.Call(); len(batch.Fields) > 0 {
		args = append(args, batch)
	}
	return method(p.Table, "AlterTable", args...)
}

// Call spells the batch in Go, without the fields that are zero.
func (b Batch) Call() schema.Call {
	c := schema.Call{Path: Path, Func: "Batch", Fields: []schema.Field{}}
	add := func(name string, given bool, value any) {
		if given {
			c.Fields = append(c.Fields, schema.Field{Name: name, Value: value})
		}
	}
	recreate := "RecreateAlways"
	if b.Recreate == RecreateNever {
		recreate = "RecreateNever"
	}
	add("Recreate", b.Recreate != RecreateAuto, schema.Call{Path: Path, Func: recreate, Const: true})
	add("CopyFrom", b.CopyFrom != nil, b.CopyFrom)
	add("Columns", len(b.Columns) > 0, b.Columns)
	add("Naming", b.Naming != (schema.NamingConvention{}), b.Naming)
	add("Order", len(b.Order) > 0, b.Order)
	add("Items", len(b.Items) > 0, b.Items)
	add("Options", len(b.Options) > 0, b.Options)
	add("Together", b.Together, true)
	return c
}

func (p *AlterTable) String() string { return fmt.Sprintf("alter table %q", p.Table) }
