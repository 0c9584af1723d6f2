package op

import (
	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// Guard makes an operation a no-op where the object is (or is not) there
// already: [IfExists] and [IfNotExists]. A database without such a clause refuses it.
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
