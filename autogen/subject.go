package autogen

import (
	"cmp"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// subject is what an operation is about, in words: a column, added.
type subject struct {
	noun, verb string
	name       string // with its table; empty for what has none
}

// What else operations are about.
const (
	otherNoun = "change"
	otherVerb = "besides"
)

// subjectOf says what an operation is about.
func subjectOf(o op.Operation) subject {
	in := func(table schema.Name, name string) string {
		if name == "" {
			return ""
		}
		return table.String() + "." + name
	}
	switch o := o.(type) {
	case *op.CreateTable:
		return subject{"table", "added", o.Table.Name.String()}
	case *op.DropTable:
		return subject{"table", "dropped", o.Table.String()}
	case *op.RenameTable:
		return subject{"table", "renamed", o.Table.String()}
	case *op.TableComment:
		return subject{"table", "changed", o.Table.String()}
	case *op.TableOption:
		return subject{"table", "changed", o.Table.String()}
	case *op.ResetTableOption:
		return subject{"table", "changed", o.Table.String()}
	case *op.AddColumn:
		return subject{"column", "added", in(o.Table, o.Column.Name)}
	case *op.DropColumn:
		return subject{"column", "dropped", in(o.Table, o.Name)}
	case *op.AlterColumn:
		if o.Change == ddl.NameAspect {
			return subject{"column", "renamed", in(o.Table, o.Name)}
		}
		return subject{"column", "changed", in(o.Table, o.Name)}
	case *op.CreateIndex:
		return subject{"index", "added", in(o.Table, o.Index.Name)}
	case *op.DropIndex:
		return subject{"index", "dropped", in(o.Table, o.Name)}
	case *op.RenameIndex:
		return subject{"index", "renamed", in(o.Table, o.Name)}
	case *op.AddConstraint:
		return subject{"constraint", "added", in(o.Table, o.Constraint.ConstraintName())}
	case *op.DropConstraint:
		return subject{"constraint", "dropped", in(o.Table, o.Name)}
	case *op.RenameConstraint:
		return subject{"constraint", "renamed", in(o.Table, o.Name)}
	case *op.ValidateConstraint:
		return subject{"constraint", "validated", in(o.Table, o.Name)}
	}
	return cmp.Or(ofObject(o), subject{otherNoun, otherVerb, ""})
}

// ofObject is the subject of an operation on what is in no table; the zero one otherwise.
func ofObject(o op.Operation) subject {
	switch o := o.(type) {
	case *op.CreateObject:
		return subject{o.Object.Kind.String(), "added", o.Object.Name.String()}
	case *op.DropObject:
		return subject{o.Object.Kind.String(), "dropped", o.Object.Name.String()}
	case *op.ReplaceObject:
		return subject{o.Object.Kind.String(), "changed", o.Object.Name.String()}
	case *op.RefreshView:
		return subject{ddl.MaterializedViewKind.String(), "refreshed", o.Name.String()}
	case *op.CreateSequence:
		return subject{"sequence", "added", o.Name.String()}
	case *op.DropSequence:
		return subject{"sequence", "dropped", o.Name.String()}
	case *op.AlterSequence:
		return subject{"sequence", "changed", o.Name.String()}
	case *op.RenameSequence:
		return subject{"sequence", "renamed", o.Name.String()}
	case *op.CreateEnum:
		return subject{"enum", "added", o.Name.String()}
	case *op.DropEnum:
		return subject{"enum", "dropped", o.Name.String()}
	case *op.AddEnumValue:
		return subject{"enum", "changed", o.Name.String()}
	case *op.RenameEnumValue:
		return subject{"enum", "changed", o.Name.String()}
	case *op.RebuildEnum:
		return subject{"enum", "changed", o.Name.String()}
	case *op.RenameEnum:
		return subject{"enum", "renamed", o.Name.String()}
	case *op.CreateSchema:
		return subject{"schema", "added", o.Name}
	case *op.DropSchema:
		return subject{"schema", "dropped", o.Name}
	case *op.RenameSchema:
		return subject{"schema", "renamed", o.Name}
	case *op.CreateExtension:
		return subject{"extension", "added", o.Name}
	case *op.DropExtension:
		return subject{"extension", "dropped", o.Name}
	}
	return subject{}
}
