package op

import (
	"fmt"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// DropColumn drops a column (op.drop_column). Its reverse is [AddColumn], if Was is known.
type DropColumn struct {
	Table schema.Name
	Name  string
	Guard ddl.Guard
	Was   *schema.ColumnDef // the column as it was; nil for not known
	Place ddl.Place         // where it stood, for the reverse
}

// DropColumnOption is an option of DropColumn: [IfExists].
type DropColumnOption interface{ dropColumn(*DropColumn) }

func (g Guard) dropColumn(d *DropColumn) { d.Guard = ddl.Guard(g) }

func newDropColumn(table schema.Name, column string, opts []DropColumnOption) *DropColumn {
	p := &DropColumn{Table: table, Name: column}
	for _, opt := range opts {
		opt.dropColumn(p)
	}
	return p
}

// DropColumn drops a column of a table, with the values in it.
func (o *Operations) DropColumn(table, column string, opts ...DropColumnOption) {
	o.Invoke(newDropColumn(o.name(table), column, opts))
}

// Lower gives one change of the table.
func (p *DropColumn) Lower() ([]ddl.Statement, error) {
	if err := allow(p.Guard, ddl.IfExists); err != nil {
		return nil, err
	}
	return []ddl.Statement{ddl.AlterTable{Table: p.Table, Actions: []ddl.Action{ddl.DropColumn{Name: p.Name, Guard: p.Guard}}}}, nil
}

// Reverse adds the column again, without its values.
func (p *DropColumn) Reverse() (Operation, error) {
	if p.Was == nil {
		return nil, irreversible(p, "what the column looked like is not known")
	}
	return &AddColumn{Table: p.Table, Column: p.Was, Guard: opposite(p.Guard), Place: p.Place}, nil
}

// Call spells the operation in Go.
func (p *DropColumn) Call() schema.Call {
	return method(p.Table, "DropColumn", append([]any{p.Table.Name, p.Name}, guardArgs(p.Guard)...)...)
}

func (p *DropColumn) inTable() schema.Call {
	return schema.Call{Func: "DropColumn", Args: append([]any{p.Name}, guardArgs(p.Guard)...)}
}
func (p *DropColumn) table() schema.Name { return p.Table }

func (p *DropColumn) String() string {
	return fmt.Sprintf("drop column %q of table %q", p.Name, p.Table)
}
