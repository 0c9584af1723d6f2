package op

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// Binds are the values of parameters by name. A value is what a [Row] takes.
type Binds map[string]any

// ExecNamed runs SQL of the user's own with :name for values (op.execute of
// text() with literal binds). It has no reverse.
type ExecNamed struct {
	SQL   string
	Binds Binds
}

// ExecNamed runs one statement, with a literal of each value written in place
// of its :name, so that a script holds what a run sends. What stands in strings,
// quoted names and comments is left alone, and so is a cast (::); a colon that
// would be taken for a parameter's is written \: . Every parameter needs a value
// and every value a parameter.
func (o *Operations) ExecNamed(sql string, binds Binds) {
	o.Invoke(&ExecNamed{SQL: sql, Binds: binds})
}

// Lower gives the statement, its values sorted by name.
func (p *ExecNamed) Lower() ([]ddl.Statement, error) {
	if strings.TrimSpace(p.SQL) == "" {
		return nil, errors.New("there is no SQL")
	}
	named := []ddl.Parameter{} // not nil: :name is to be looked for
	for _, name := range slices.Sorted(maps.Keys(p.Binds)) {
		e, err := value(p.Binds[name])
		if err != nil {
			return nil, fmt.Errorf("the value of :%s: %w", name, err)
		}
		named = append(named, ddl.Parameter{Name: name, Value: e})
	}
	return []ddl.Statement{ddl.Raw{SQL: p.SQL, Named: named}}, nil
}

// Reverse is refused.
func (p *ExecNamed) Reverse() (Operation, error) {
	return nil, irreversible(p, "only its author knows what undoes it")
}

// Call spells the operation in Go.
func (p *ExecNamed) Call() schema.Call {
	return schema.Call{Func: "ExecNamed", Args: []any{p.SQL, p.Binds}}
}

func (p *ExecNamed) String() string { return "execute " + abbreviate(p.SQL) }
