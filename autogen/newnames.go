package autogen

import (
	"fmt"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// nameable refuses names that the database cannot hold: the revision would fail when it
// runs, or the server would cut the name (PostgreSQL) and autogenerate never find it.
func nameable(d dialect.Dialect, ops []op.Operation) error {
	for _, o := range ops {
		for _, n := range newNames(o) {
			if n == "" {
				continue
			}
			if _, err := d.Quote(n); err != nil {
				return fmt.Errorf("%s: %w", o, err)
			}
		}
	}
	return nil
}

// newNames are the names of what an operation makes. Those of primary keys are left
// out, which some databases give none.
func newNames(o op.Operation) (names []string) {
	switch o := o.(type) {
	case *op.CreateTable:
		names = append(names, o.Table.Name.Name)
		for _, c := range o.Table.Columns {
			names = append(names, c.Name)
		}
		for _, k := range o.Table.Constraints() {
			if k.Kind() != schema.PrimaryKeyKind {
				names = append(names, k.ConstraintName())
			}
		}
	case *op.AlterTable:
		for _, p := range o.Changes {
			names = append(names, newNames(p)...)
		}
	case *op.RenameTable:
		names = append(names, o.To)
	case *op.AddColumn:
		names = append(names, o.Column.Name)
	case *op.AlterColumn:
		names = append(names, o.New.Name)
	case *op.AddConstraint:
		if o.Constraint.Kind() != schema.PrimaryKeyKind {
			names = append(names, o.Constraint.ConstraintName())
		}
	case *op.RenameConstraint:
		names = append(names, o.To)
	case *op.CreateIndex:
		names = append(names, o.Index.Name)
	case *op.RenameIndex:
		names = append(names, o.To)
	case *op.CreateEnum:
		names = append(names, o.Name.Name)
	case *op.CreateSequence:
		names = append(names, o.Name.Name)
	case *op.CreateObject:
		names = append(names, o.Object.Name.Name)
	}
	return names
}
