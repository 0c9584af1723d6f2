package op

import (
	"errors"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// Guard makes an operation do nothing where the object is not there ([IfExists], of
// what drops) or is there already ([IfNotExists], of what creates). The other one of
// the two is an error, and so is a guard for which the database has no clause.
type Guard ddl.Guard

// The guards.
const (
	IfExists    = Guard(ddl.IfExists)
	IfNotExists = Guard(ddl.IfNotExists)
)

// Call spells the guard in Go.
func (g Guard) Call() schema.Call {
	name := "IfExists"
	if g == IfNotExists {
		name = "IfNotExists"
	}
	return schema.Call{Path: Path, Func: name, Const: true}
}

// allow refuses a guard that means the opposite of what is done.
func allow(g, fitting ddl.Guard) error {
	switch {
	case g == ddl.Unguarded || g == fitting:
		return nil
	case fitting == ddl.IfExists:
		return errors.New("op.IfNotExists does not guard what is dropped; say op.IfExists")
	default:
		return errors.New("op.IfExists does not guard what is made; say op.IfNotExists")
	}
}

// opposite is the guard of the reverse.
func opposite(g ddl.Guard) ddl.Guard {
	switch g {
	case ddl.IfExists:
		return ddl.IfNotExists
	case ddl.IfNotExists:
		return ddl.IfExists
	case ddl.Unguarded:
	}
	return ddl.Unguarded
}

func guardArgs(g ddl.Guard) []any {
	if g == ddl.Unguarded {
		return nil
	}
	return []any{Guard(g)}
}

func lastGuard(guards []Guard) (g ddl.Guard) {
	for _, v := range guards {
		g = ddl.Guard(v)
	}
	return g
}
