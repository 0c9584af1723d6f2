package op

import (
	"errors"
	"fmt"
	"slices"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// RebuildEnum gives an enumeration type other values, in another order or with
// some of them gone, which PostgreSQL cannot do to a type that is there: a new
// type is made, every column of the old one moves over to it, and the old one is
// dropped. It fails, and changes nothing, if a row holds a value that is gone.
// Its reverse gives the values before, if Was is known. (Alembic has no such operation.)
type RebuildEnum struct {
	Name    schema.Name
	Values  []string
	Was     []string         // the values before; nil for not known
	Renamed []ddl.Renaming   // values that become others in the rows
	Columns []ddl.EnumColumn // the columns of the type, for scripts; on a connection the database is asked
}

// RebuildEnumOption is an option of RebuildEnum: [ExistingValues],
// [EnumColumn], [RenameValue].
type RebuildEnumOption interface{ rebuildEnum(p *RebuildEnum) }

// ValuesOption is the option [ExistingValues].
type ValuesOption []string

// ExistingValues are the values of an enumeration before it is rebuilt; the
// reverse is made of them.
func ExistingValues(values ...string) ValuesOption { return values }

// Call spells the option in Go.
func (v ValuesOption) Call() schema.Call { return fn("ExistingValues", anys(v)...) }

func (v ValuesOption) rebuildEnum(p *RebuildEnum) { p.Was = v }

// EnumColumnOption is the option [EnumColumn].
type EnumColumnOption struct{ column ddl.EnumColumn }

// EnumColumn is a column of the enumeration, in a table that may be
// "schema.table". A script must be told all of them, with their defaults; on a
// connection the database is asked, and what is said here does not count.
func EnumColumn(table, column string) EnumColumnOption {
	return EnumColumnOption{ddl.EnumColumn{Table: schema.SplitName(table), Column: column}}
}

// Default is the default that the column has, and keeps.
func (c EnumColumnOption) Default(value schema.Expr) EnumColumnOption {
	c.column.Default = value
	return c
}

// Array says that the column holds arrays of the enumeration.
func (c EnumColumnOption) Array() EnumColumnOption {
	c.column.Array = true
	return c
}

// Call spells the option in Go.
func (c EnumColumnOption) Call() schema.Call {
	call := fn("EnumColumn", c.column.Table.String(), c.column.Column)
	if !c.column.Default.IsZero() {
		call.Chain = append(call.Chain, schema.Call{Func: "Default", Args: []any{c.column.Default}})
	}
	if c.column.Array {
		call.Chain = append(call.Chain, schema.Call{Func: "Array"})
	}
	return call
}

func (c EnumColumnOption) rebuildEnum(p *RebuildEnum) { p.Columns = append(p.Columns, c.column) }

// RenamingOption is the option [RenameValue].
type RenamingOption ddl.Renaming

// RenameValue has rows that hold a value hold another afterwards, when both the
// old and the new one are values of their time.
func RenameValue(from, to string) RenamingOption { return RenamingOption{from, to} }

// Call spells the option in Go.
func (r RenamingOption) Call() schema.Call { return fn("RenameValue", r.From, r.To) }

func (r RenamingOption) rebuildEnum(p *RebuildEnum) {
	p.Renamed = append(p.Renamed, ddl.Renaming(r))
}

// RebuildEnum gives an enumeration type other values.
func (o *Operations) RebuildEnum(name string, values []string, opts ...RebuildEnumOption) {
	p := &RebuildEnum{Name: o.name(name), Values: values}
	for _, opt := range opts {
		opt.rebuildEnum(p)
	}
	o.Invoke(p)
}

// Lower gives the statement.
func (p *RebuildEnum) Lower() ([]ddl.Statement, error) {
	if len(p.Values) == 0 {
		return nil, errors.New("there are no values")
	}
	for _, r := range p.Renamed {
		switch {
		case !slices.Contains(p.Values, r.To):
			return nil, fmt.Errorf("%q becomes %q, which is none of the new values", r.From, r.To)
		case p.Was != nil && !slices.Contains(p.Was, r.From):
			return nil, fmt.Errorf("%q becomes %q, but is none of the values before", r.From, r.To)
		}
	}
	return []ddl.Statement{ddl.RebuildEnum{Name: p.Name, Values: p.Values, Renamed: p.Renamed, Columns: p.Columns}}, nil
}

// Reverse gives the values before. A value that others became one with cannot
// be told from them again.
func (p *RebuildEnum) Reverse() (Operation, error) {
	if p.Was == nil {
		return nil, irreversible(p, "its values before are not known; say them by op.ExistingValues")
	}
	back := &RebuildEnum{Name: p.Name, Values: p.Was, Was: p.Values}
	for _, r := range p.Renamed {
		merged := slices.ContainsFunc(p.Renamed, func(other ddl.Renaming) bool { return other.To == r.To && other.From != r.From })
		if merged || slices.Contains(p.Was, r.To) {
			return nil, irreversible(p, fmt.Sprintf("which rows held %q before is not known", r.From))
		}
		back.Renamed = append(back.Renamed, ddl.Renaming{From: r.To, To: r.From})
	}
	for _, c := range p.Columns {
		for _, r := range p.Renamed {
			if c.Default.Kind == schema.ExprString && c.Default.Text == r.From {
				c.Default = schema.Literal(r.To)
			}
		}
		back.Columns = append(back.Columns, c)
	}
	return back, nil
}

// Call spells the operation in Go.
func (p *RebuildEnum) Call() schema.Call {
	args := []any{p.Name.Name, p.Values}
	if p.Was != nil {
		args = append(args, ValuesOption(p.Was))
	}
	for _, r := range p.Renamed {
		args = append(args, RenamingOption(r))
	}
	for _, c := range p.Columns {
		args = append(args, EnumColumnOption{c})
	}
	return method(p.Name, "RebuildEnum", args...)
}

func (p *RebuildEnum) String() string { return fmt.Sprintf("rebuild enum %q", p.Name) }
