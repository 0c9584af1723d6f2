package op

import (
	"errors"
	"fmt"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// TableOption sets one of a table's options of one database's own, such as
// mysql.Engine("InnoDB"). Its reverse sets the one before, if that is known, or
// is [ResetTableOption] if there was none.
type TableOption struct {
	Table  schema.Name
	Option schema.Option
	Was    schema.Option // the option before; nil for not known, or for none if Fresh
	Fresh  bool          // there was no such option before
}

// ResetTableOption takes an option from a table, for what holds without it. Its
// reverse is [TableOption].
type ResetTableOption struct {
	Table  schema.Name
	Option schema.Option // the option as it was
}

// SetTableOption sets an option of a table.
func (o *Operations) SetTableOption(table string, option schema.Option) {
	o.Invoke(&TableOption{Table: o.name(table), Option: option})
}

// ResetTableOption takes an option from a table; option is the one it has.
func (o *Operations) ResetTableOption(table string, option schema.Option) {
	o.Invoke(&ResetTableOption{Table: o.name(table), Option: option})
}

var errNoOption = errors.New("there is no option")

// Lower gives one change of the table.
func (p *TableOption) Lower() ([]ddl.Statement, error) {
	if p.Option == nil {
		return nil, errNoOption
	}
	return []ddl.Statement{ddl.AlterTable{Table: p.Table, Actions: []ddl.Action{ddl.SetOption{Option: p.Option}}}}, nil
}

// Lower gives one change of the table.
func (p *ResetTableOption) Lower() ([]ddl.Statement, error) {
	if p.Option == nil {
		return nil, errNoOption
	}
	return []ddl.Statement{ddl.AlterTable{Table: p.Table, Actions: []ddl.Action{ddl.ResetOption{Option: p.Option}}}}, nil
}

// Reverse sets the option before, or takes this one away.
func (p *TableOption) Reverse() (Operation, error) {
	switch {
	case p.Fresh:
		return &ResetTableOption{Table: p.Table, Option: p.Option}, nil
	case p.Was == nil:
		return nil, irreversible(p, "the option before is not known")
	}
	return &TableOption{Table: p.Table, Option: p.Was, Was: p.Option}, nil
}

// Reverse sets the option again.
func (p *ResetTableOption) Reverse() (Operation, error) {
	return &TableOption{Table: p.Table, Option: p.Option, Fresh: true}, nil
}

// Call spells the operation in Go.
func (p *TableOption) Call() schema.Call {
	return method(p.Table, "SetTableOption", p.Table.Name, p.Option)
}

// Call spells the operation in Go.
func (p *ResetTableOption) Call() schema.Call {
	return method(p.Table, "ResetTableOption", p.Table.Name, p.Option)
}

func (p *TableOption) inTable() schema.Call {
	return schema.Call{Func: "SetTableOption", Args: []any{p.Option}}
}
func (p *TableOption) table() schema.Name { return p.Table }

func (p *ResetTableOption) inTable() schema.Call {
	return schema.Call{Func: "ResetTableOption", Args: []any{p.Option}}
}
func (p *ResetTableOption) table() schema.Name { return p.Table }

func (p *TableOption) String() string {
	return "set " + optionText(p.Option) + fmt.Sprintf(" of table %q", p.Table)
}

func (p *ResetTableOption) String() string {
	return "reset " + optionText(p.Option) + fmt.Sprintf(" of table %q", p.Table)
}

func optionText(o schema.Option) string {
	if o == nil {
		return "an option"
	}
	return "option " + o.OptionKey()
}
