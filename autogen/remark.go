package autogen

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/internal/plural"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// Remark is what a reviewer is told above an operation.
type Remark struct {
	Heading string   // where several tables change, what the operations from here on are about; empty for what was before
	Lines   []string // what is lost, what rows that are there may refuse, what does not come back
}

// Remarks are the remarks on the operations of a body, one each.
func Remarks(d dialect.Dialect, b Body) (up, down []Remark) {
	up, down = groups(b.Upgrade), groups(b.Downgrade)
	lost := map[string]string{}
	for i, o := range b.Upgrade {
		for _, p := range parts(o) {
			up[i].Lines = append(up[i].Lines, slices.Concat(refused(d, upward, p), losses(d, p))...)
			remember(d, lost, p)
		}
	}
	for i, o := range b.Downgrade {
		for _, p := range parts(o) {
			if line := lost[made(p)]; line != "" {
				down[i].Lines = append(down[i].Lines, line)
			}
			down[i].Lines = append(down[i].Lines, slices.Concat(refused(d, downward, p), losses(d, p))...)
		}
	}
	return up, down
}

// groups names what the operations are about wherever that changes, if they are
// about more than one table or kind of other object.
func groups(ops []op.Operation) []Remark {
	out := make([]Remark, len(ops))
	keys := make([]string, len(ops)) // of the group that each is in
	views := viewsIn(ops)
	for i, o := range ops {
		keys[i] = "Other objects"
		if n, ok := op.TableOf(o); ok && !views[n] {
			keys[i] = fmt.Sprintf("Table %q", n)
		} else if s := ofObject(o); s.noun != "" {
			keys[i] = plural.Of(s.noun)
		} else if ok {
			keys[i] = plural.Of(ddl.MaterializedViewKind.String()) // an index of one
		}
	}
	if len(slices.Compact(slices.Sorted(slices.Values(keys)))) < 2 {
		return out
	}
	for i := 0; i < len(ops); {
		end := i + 1
		for end < len(ops) && keys[end] == keys[i] {
			end++
		}
		out[i].Heading = heading(keys[i], ops[i:end])
		i = end
	}
	return out
}

// heading names the one object that a group is about, or the kind of all.
func heading(key string, group []op.Operation) string {
	var about []subject
	for _, o := range group {
		if s := ofObject(o); s.noun != "" {
			s.verb = ""
			about = append(about, s)
		}
	}
	if about = slices.Compact(about); len(about) == 1 {
		key = fmt.Sprintf("%s %q", about[0].noun, about[0].name)
	}
	return strings.ToUpper(key[:1]) + key[1:]
}

// viewsIn are the views that operations name.
func viewsIn(ops []op.Operation) map[schema.Name]bool {
	out := map[schema.Name]bool{}
	for _, o := range ops {
		switch o := o.(type) {
		case *op.CreateObject:
			out[o.Object.Name] = o.Object.Kind == ddl.MaterializedViewKind
		case *op.DropObject:
			out[o.Object.Name] = o.Object.Kind == ddl.MaterializedViewKind
		}
	}
	return out
}

// parts are the operations in a group, or the operation alone.
func parts(o op.Operation) []op.Operation {
	g, ok := o.(*op.AlterTable)
	if !ok {
		return []op.Operation{o}
	}
	var out []op.Operation
	for _, c := range g.Changes {
		out = append(out, parts(c)...)
	}
	return out
}

// dataLoss begins the lines on what is lost.
const dataLoss = "Data loss"

// refused say why the database does not run an operation.
func refused(d dialect.Dialect, w way, o op.Operation) (out []string) {
	for _, err := range refusals(d, w, o) {
		out = append(out, fmt.Sprintf("Refused: %v.", err))
	}
	return out
}

// losses say what an operation does to rows that are there.
func losses(d dialect.Dialect, o op.Operation) (out []string) {
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	switch o := o.(type) {
	case *op.DropTable:
		say(dataLoss+": the rows of table %q are gone.", o.Table)
	case *op.DropColumn:
		if o.Was == nil || o.Was.Computed == nil {
			say(dataLoss+": the values of column %q of table %q are gone.", o.Name, o.Table)
		}
	case *op.AddColumn:
		if c := o.Column; !c.Nullable && c.Default.IsZero() && c.Computed == nil && c.Identity == nil && !c.AutoIncrement {
			say("Existing rows: they have no value for column %q of table %q, which is NOT NULL without a default.", c.Name, o.Table)
		}
	case *op.AlterColumn:
		if o.Change.Has(ddl.TypeAspect) && o.Existing != nil {
			if what := narrowed(d, o.Existing.Type, o.New.Type); what != "" {
				say(dataLoss+": column %q of table %q goes from %s to %s; %s.", o.Name, o.Table, typeText(d, o.Existing.Type), typeText(d, o.New.Type), what)
			}
		}
		if o.Change.Has(ddl.NullableAspect) && !o.New.Nullable {
			say("Existing rows: column %q of table %q becomes NOT NULL; rows that hold NULL there make this fail.", o.Name, o.Table)
		}
	case *op.RebuildEnum:
		if gone := goneValues(o.Was, o.Values, o.Renamed); len(gone) > 0 {
			say(dataLoss+": enum %q loses %s; rows that hold one of them make this fail.", o.Name, strings.Join(gone, ", "))
		}
	}
	return out
}

// goneValues are the values that are no more, quoted.
func goneValues(before, behind []string, renamed []ddl.Renaming) (out []string) {
	for _, v := range before {
		if !slices.Contains(behind, v) && !slices.ContainsFunc(renamed, func(r ddl.Renaming) bool { return r.From == v }) {
			out = append(out, fmt.Sprintf("%q", v))
		}
	}
	return out
}

// remember keeps what an operation of the upgrade loses, under the name of what
// the downgrade makes again.
func remember(d dialect.Dialect, lost map[string]string, o op.Operation) {
	switch o := o.(type) {
	case *op.DropTable:
		lost[fmt.Sprintf("table %q", o.Table)] = fmt.Sprintf("Not restored: the rows that table %q had before the upgrade.", o.Table)
	case *op.DropColumn:
		if len(losses(d, o)) > 0 {
			lost[fmt.Sprintf("column %q of %q", o.Name, o.Table)] = fmt.Sprintf("Not restored: the values that column %q of table %q had before the upgrade.", o.Name, o.Table)
		}
	case *op.AlterColumn:
		if o.Change.Has(ddl.TypeAspect) && o.Existing != nil && narrowed(d, o.Existing.Type, o.New.Type) != "" {
			lost[fmt.Sprintf("type of %q of %q", o.Name, o.Table)] = fmt.Sprintf("Not restored: what the upgrade cut off in column %q of table %q.", o.Name, o.Table)
		}
	}
}

// made is what an operation of the downgrade makes again, as remember names it.
func made(o op.Operation) string {
	switch o := o.(type) {
	case *op.CreateTable:
		return fmt.Sprintf("table %q", o.Table.Name)
	case *op.AddColumn:
		return fmt.Sprintf("column %q of %q", o.Column.Name, o.Table)
	case *op.AlterColumn:
		if o.Change.Has(ddl.TypeAspect) {
			return fmt.Sprintf("type of %q of %q", o.Name, o.Table)
		}
	}
	return ""
}

func typeText(d dialect.Dialect, t schema.Type) string {
	s, err := d.Type(t)
	if err != nil || t.IsZero() {
		return "none"
	}
	return s
}
