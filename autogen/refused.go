package autogen

import (
	"fmt"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// refusal is why the database does not make a change of a table at all; nil if it does.
func refusal(d dialect.Dialect, a ddl.Action) error {
	if r, ok := d.(dialect.Refuser); ok {
		return r.Refuses(a)
	}
	return nil
}

// way is a direction of a revision.
type way string

const (
	upward   way = "upgrade"
	downward way = "downgrade"
)

// refusals are why the database does not run an operation, a reason each. A key
// that the way back drops is one that the way there added, which any database takes
// off again.
func refusals(d dialect.Dialect, w way, o op.Operation) (out []error) {
	if _, ok := d.(dialect.Refuser); !ok {
		return nil
	}
	if drop, ok := o.(*op.DropConstraint); ok && drop.Kind == schema.PrimaryKeyKind && w == downward {
		return nil
	}
	if set, ok := o.(*op.TableOption); ok && set.Was != nil { // it goes
		if err := refusal(d, ddl.ResetOption{Option: set.Was}); err != nil {
			out = append(out, err)
		}
	}
	list, err := o.Lower()
	if err != nil {
		return out // it says so itself when it runs
	}
	for _, s := range list {
		alter, ok := s.(ddl.AlterTable)
		if !ok {
			continue
		}
		for _, a := range alter.Actions {
			if err := refusal(d, a); err != nil {
				out = append(out, err)
			}
		}
	}
	return out
}

// warnRefused warns of what the database refuses to do, on the way up or down:
// such a revision must be changed by hand before it can run.
func warnRefused(d dialect.Dialect, w way, ops []op.Operation) (out []string) {
	for _, o := range ops {
		for _, p := range parts(o) {
			name, _ := op.TableOf(p)
			for _, err := range refusals(d, w, p) {
				out = append(out, fmt.Sprintf("the %s of table %s cannot run as it is: %v", w, quoted(name.String()), err))
			}
		}
	}
	return out
}
