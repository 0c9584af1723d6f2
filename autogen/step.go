package autogen

import (
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// step is an operation on one table, and what it touches.
type step struct {
	op       op.Operation
	table    schema.Name
	changes  bool          // it changes the table itself, and not only its foreign keys
	mentions []schema.Name // other tables that must be as they are when it runs
	names    []string      // names of tables, constraints and indexes that it makes or frees
	invents  bool          // the server makes up a name in it, which begins with the table's

	place  int     // its index among the steps
	waits  int     // how many steps on other tables must be done before it
	before []*step // the steps that wait for this one
}

// touches is an operation as a step; ok is false if it is not known what it touches,
// and it must then keep its place.
func touches(o op.Operation, parents func(schema.Name) []schema.Name) (*step, bool) {
	table, ok := op.TableOf(o)
	if !ok {
		return nil, false
	}
	s := &step{op: o, table: table, mentions: slices.Clone(parents(table))}
	for _, p := range parts(o) {
		if !s.touch(p) {
			return nil, false
		}
	}
	return s, true
}

func (s *step) touch(o op.Operation) bool {
	switch o := o.(type) {
	case *op.CreateTable:
		s.changes, s.invents = true, true
		s.name(o.Table.Name.Name)
		for _, k := range o.Table.Constraints() {
			s.constraint(k)
		}
		for _, i := range o.Table.Indexes {
			s.name(i.Name)
		}
	case *op.AddConstraint:
		s.constraint(o.Constraint)
	case *op.DropConstraint:
		if o.Was == nil {
			return false
		}
		s.constraint(o.Was)
		s.name(o.Name)
	case *op.RenameConstraint:
		if o.Was != nil {
			s.constraint(o.Was)
		}
		s.changes = true
		s.name(o.Name)
		s.name(o.To)
	case *op.CreateIndex:
		s.changes = true
		s.name(o.Index.Name)
	case *op.DropIndex:
		s.changes = true
		s.name(o.Name)
	case *op.RenameIndex:
		s.changes = true
		s.name(o.Name)
		s.name(o.To)
	case *op.AddColumn:
		s.changes, s.invents = true, true // the sequence of a serial
	case *op.DropColumn, *op.AlterColumn, *op.TableComment, *op.TableOption, *op.ResetTableOption:
		s.changes = true
	default: // a table that is dropped or renamed, rows that change, a user's own
		return false
	}
	return true
}

func (s *step) constraint(k schema.Constraint) {
	s.name(k.ConstraintName())
	if fk, ok := k.(*schema.ForeignKeyDef); ok {
		s.mentions = append(s.mentions, fk.RefTable)
	} else {
		s.changes = true
	}
}

// name takes note of a name; without one the server makes it up.
func (s *step) name(n string) {
	if n == "" {
		s.invents = true
		return
	}
	s.names = append(s.names, fold(n))
}

// fold is a name as databases that ignore its case know it too.
func fold(name string) string { return strings.ToLower(name) }
