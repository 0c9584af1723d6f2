package op

import (
	"fmt"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// TableOption sets one of a table's options of one database's own, such as
// mysql.Engine("InnoDB"). Its reverse sets the one before, if that is known.
type TableOption struct {
	Table  schema.Name
	Option schema.Option
	Was    schema.Option // the option before; nil for not known
}

// SetTableOption sets an option of a table.
func (o *Operations) SetTableOption(table string, option schema.Option) {
	o.Invoke(&TableOption{Table: o.name(table), Option: option})
}

// Lower gives one change of the table.
func (p *TableOption) Lower() ([]ddl.Statement, error) {
	return []ddl.Statement{ddl.AlterTable{Table: p.Table, Actions: []ddl.Action{ddl.SetOption{Option: p.Option}}}}, nil
}

// Reverse sets the option before.
func (p *TableOption) Reverse() (Operation, error) {
	if p.Was == nil {
		return nil, irreversible(p, "the option before is not known")
	}
	return &TableOption{Table: p.Table, Option: p.Was, Was: p.Option}, nil
}

// Call spells the operation in Go.
func (p *TableOption) Call() schema.Call {
	return method(p.Table, "SetTableOption", p.Table.Name, p.Option)
}

func (p *TableOption) inTable() schema.Call {
	return schema.Call{Func: "SetTableOption", Args: []any{p.Option}}
}
func (p *TableOption) table() schema.Name { return p.Table }

func (p *TableOption) String() string {
	return fmt.Sprintf("set option %s of table %q", p.Option.OptionKey(), p.Table)
}
