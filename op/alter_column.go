package op

import (
	"errors"
	"fmt"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// AlterColumn changes some properties of a column (op.alter_column). Its
// reverse changes them back, if Existing is known.
type AlterColumn struct {
	Table    schema.Name
	Name     string
	Change   ddl.Aspect        // what changes; NameAspect and PlaceAspect included
	New      schema.ColumnDef  // what it changes to, as far as Change says
	Existing *schema.ColumnDef // the column as it is; nil for not known
	Using    string            // converts the old values, SQL (PostgreSQL)
	Place    ddl.Place
}

// AlterColumnOption is a change that AlterColumn makes, or what it must know.
type AlterColumnOption interface{ alterColumn(*AlterColumn) }

type alterFunc func(*AlterColumn)

func (f alterFunc) alterColumn(p *AlterColumn) { f(p) }

func change(a ddl.Aspect, set func(*schema.ColumnDef)) AlterColumnOption {
	return alterFunc(func(p *AlterColumn) {
		p.Change |= a
		set(&p.New)
	})
}

// SetType changes the type (type_).
func SetType(t schema.Type) AlterColumnOption {
	return change(ddl.TypeAspect, func(c *schema.ColumnDef) { c.Type = t })
}

// SetNullable allows NULL (nullable=True).
func SetNullable() AlterColumnOption {
	return change(ddl.NullableAspect, func(c *schema.ColumnDef) { c.Nullable = true })
}

// SetNotNull forbids NULL (nullable=False).
func SetNotNull() AlterColumnOption {
	return change(ddl.NullableAspect, func(c *schema.ColumnDef) { c.Nullable = false })
}

// SetDefault changes the server default (server_default).
func SetDefault(e schema.Expr) AlterColumnOption {
	return change(ddl.DefaultAspect, func(c *schema.ColumnDef) { c.Default = e })
}

// DropDefault drops the server default (server_default=None).
func DropDefault() AlterColumnOption { return SetDefault(schema.NoExpr()) }

// SetComment changes the comment; an empty one drops it (comment).
func SetComment(text string) AlterColumnOption {
	return change(ddl.CommentAspect, func(c *schema.ColumnDef) { c.Comment = text })
}

// SetCollation changes the collation; an empty one is the database's default.
func SetCollation(name string) AlterColumnOption {
	return change(ddl.CollationAspect, func(c *schema.ColumnDef) { c.Collation = name })
}

// SetAutoIncrement lets the database number new rows (autoincrement=True).
func SetAutoIncrement() AlterColumnOption {
	return change(ddl.AutoIncrementAspect, func(c *schema.ColumnDef) { c.AutoIncrement = true })
}

// DropAutoIncrement ends the numbering of new rows (autoincrement=False).
func DropAutoIncrement() AlterColumnOption {
	return change(ddl.AutoIncrementAspect, func(c *schema.ColumnDef) { c.AutoIncrement = false })
}

// SetComputed changes the expression of a generated column.
func SetComputed(expr string, storage schema.Storage) AlterColumnOption {
	return change(ddl.ComputedAspect, func(c *schema.ColumnDef) { c.Computed = &schema.Computed{Expr: expr, Storage: storage} })
}

// DropComputed makes a generated column an ordinary one.
func DropComputed() AlterColumnOption {
	return change(ddl.ComputedAspect, func(c *schema.ColumnDef) { c.Computed = nil })
}

// SetIdentity gives the column an identity, or changes the one it has.
func SetIdentity(id schema.Identity) AlterColumnOption {
	return change(ddl.IdentityAspect, func(c *schema.ColumnDef) { c.Identity = &id })
}

// DropIdentity ends the identity.
func DropIdentity() AlterColumnOption {
	return change(ddl.IdentityAspect, func(c *schema.ColumnDef) { c.Identity = nil })
}

// SetOptions replaces the column's options of one database's own.
func SetOptions(opts ...schema.Option) AlterColumnOption {
	return change(ddl.OptionsAspect, func(c *schema.ColumnDef) {
		c.Options = nil
		for _, o := range opts {
			c.Options = schema.SetOption(c.Options, o)
		}
	})
}

// Rename renames the column (new_column_name).
func Rename(to string) AlterColumnOption {
	return change(ddl.NameAspect, func(c *schema.ColumnDef) { c.Name = to })
}

// Using converts the old values by an SQL expression (postgresql_using).
func Using(sql string) AlterColumnOption { return alterFunc(func(p *AlterColumn) { p.Using = sql }) }

func (p Placed) alterColumn(a *AlterColumn) {
	a.Change |= ddl.PlaceAspect
	a.Place = ddl.Place(p)
}

// Existing is the whole column as it is (existing_type, existing_nullable, …):
// a database that can only repeat a definition keeps from it what does not
// change, and the reverse is made of it.
func Existing(t schema.Type, items ...schema.ColumnItem) AlterColumnOption {
	return alterFunc(func(p *AlterColumn) { p.Existing = schema.Column(p.Name, t, items...) })
}

func newAlterColumn(table schema.Name, column string, opts []AlterColumnOption) *AlterColumn {
	p := &AlterColumn{Table: table, Name: column}
	p.New.Name = column
	for _, opt := range opts {
		opt.alterColumn(p)
	}
	return p
}

// AlterColumn changes a column.
func (o *Operations) AlterColumn(table, column string, opts ...AlterColumnOption) {
	o.Invoke(newAlterColumn(o.name(table), column, opts))
}

// Lower gives the changes of the table: the properties first, the name last.
func (p *AlterColumn) Lower() ([]ddl.Statement, error) {
	if p.Change == ddl.NoAspect {
		return nil, errors.New("nothing changes; say what should, by op.SetType and the like")
	}
	if p.Using != "" && !p.Change.Has(ddl.TypeAspect) {
		return nil, errors.New("op.Using converts to a new type, and none is given; say op.SetType")
	}
	if p.newName() == "" {
		return nil, errors.New("the new name is empty")
	}
	known := ddl.NoAspect
	if p.Existing != nil {
		known = ddl.AllAspect
	}
	var actions []ddl.Action
	if p.Change&^ddl.NameAspect != 0 {
		next := p.New
		next.Name = p.Name
		actions = append(actions, ddl.AlterColumn{
			Name: p.Name, Change: p.Change &^ ddl.NameAspect, New: &next,
			Existing: p.Existing, Known: known, Using: p.Using, Place: p.Place,
		})
	}
	if p.Change.Has(ddl.NameAspect) {
		actions = append(actions, ddl.RenameColumn{Name: p.Name, To: p.New.Name, Existing: p.after()})
	}
	return []ddl.Statement{ddl.AlterTable{Table: p.Table, Actions: actions}}, nil
}

// newName is the column's name behind the change.
func (p *AlterColumn) newName() string {
	if p.Change.Has(ddl.NameAspect) {
		return p.New.Name
	}
	return p.Name
}

// after is the column behind the change, nil if it was not known before.
func (p *AlterColumn) after() *schema.ColumnDef {
	if p.Existing == nil {
		return nil
	}
	c := p.Existing.Clone()
	(p.Change &^ ddl.NameAspect).Copy(c, &p.New)
	return c
}

// Reverse changes the column back.
func (p *AlterColumn) Reverse() (Operation, error) {
	onlyName := p.Change == ddl.NameAspect
	if p.Existing == nil && !onlyName {
		return nil, irreversible(p, "what the column looked like is not known; say it by op.Existing")
	}
	if p.Change.Has(ddl.PlaceAspect) {
		return nil, irreversible(p, "where the column stood is not known")
	}
	back := &AlterColumn{Table: p.Table, Name: p.newName(), Change: p.Change}
	if p.Existing != nil {
		back.New = *p.Existing.Clone()
		back.Existing = p.after()
		back.Existing.Name = p.newName()
	}
	back.New.Name = p.Name
	return back, nil
}

func (p *AlterColumn) args() []any {
	var args []any
	add := func(name string, a ...any) { args = append(args, fn(name, a...)) }
	n := &p.New
	if p.Change.Has(ddl.NameAspect) {
		add("Rename", n.Name)
	}
	if p.Change.Has(ddl.TypeAspect) {
		add("SetType", n.Type)
	}
	if p.Using != "" {
		add("Using", p.Using)
	}
	toggle := func(a ddl.Aspect, on bool, set, drop string, arg ...any) {
		switch {
		case !p.Change.Has(a):
		case on:
			add(set, arg...)
		default:
			add(drop)
		}
	}
	toggle(ddl.NullableAspect, n.Nullable, "SetNullable", "SetNotNull")
	toggle(ddl.DefaultAspect, !n.Default.IsZero(), "SetDefault", "DropDefault", n.Default)
	toggle(ddl.AutoIncrementAspect, n.AutoIncrement, "SetAutoIncrement", "DropAutoIncrement")
	if n.Computed != nil {
		toggle(ddl.ComputedAspect, true, "SetComputed", "", n.Computed.Expr, n.Computed.Storage)
	} else {
		toggle(ddl.ComputedAspect, false, "", "DropComputed")
	}
	if n.Identity != nil {
		toggle(ddl.IdentityAspect, true, "SetIdentity", "", *n.Identity)
	} else {
		toggle(ddl.IdentityAspect, false, "", "DropIdentity")
	}
	if p.Change.Has(ddl.CollationAspect) {
		add("SetCollation", n.Collation)
	}
	if p.Change.Has(ddl.CommentAspect) {
		add("SetComment", n.Comment)
	}
	if p.Change.Has(ddl.OptionsAspect) {
		opts := make([]any, len(n.Options))
		for i, v := range n.Options {
			opts[i] = v
		}
		add("SetOptions", opts...)
	}
	args = append(args, placeArgs(p.Place)...)
	if p.Existing != nil {
		c := p.Existing.Call() // schema.Column("name", type, items…): the type and the items are said again
		add("Existing", c.Args[1:]...)
	}
	return args
}

// Call spells the operation in Go.
func (p *AlterColumn) Call() schema.Call {
	return wide(method(p.Table, "AlterColumn", append([]any{p.Table.Name, p.Name}, p.args()...)...))
}

func (p *AlterColumn) inTable() schema.Call {
	return schema.Call{Func: "AlterColumn", Args: append([]any{p.Name}, p.args()...)}
}
func (p *AlterColumn) table() schema.Name { return p.Table }

func (p *AlterColumn) String() string {
	if p.Change == ddl.NameAspect {
		return fmt.Sprintf("rename column %q of table %q to %q", p.Name, p.Table, p.newName())
	}
	return fmt.Sprintf("alter column %q of table %q", p.Name, p.Table)
}
