package autogen

import (
	"cmp"
	"slices"

	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// byTable moves operations on one table together, so that a reviewer reads them in
// one place, unless one of them must wait for an operation on another table. What is
// about no single table, and the drop of a table, keeps its place: before a drop
// there is then room for a line of the user's own that saves the rows.
func byTable(ops []op.Operation, parents func(schema.Name) []schema.Name) []op.Operation {
	out := make([]op.Operation, 0, len(ops))
	var part []*step
	for _, o := range ops {
		if s, ok := touches(o, parents); ok {
			part = append(part, s)
			continue
		}
		out = append(appendByTable(out, part), o)
		part = nil
	}
	return appendByTable(out, part)
}

// lane is what is left to do about one table.
type lane struct {
	steps []*step
	waits int // the sum of what its steps wait for on other tables
}

// appendByTable appends the operations of steps, table by table. Next comes the
// first table of which no step waits for another table; if each has one that waits,
// as many steps of one table as can be done now.
func appendByTable(out []op.Operation, steps []*step) []op.Operation {
	waitFor(steps)
	var lanes []*lane
	of := map[schema.Name]*lane{}
	for _, s := range steps {
		l := of[s.table]
		if l == nil {
			l = &lane{}
			of[s.table], lanes = l, append(lanes, l)
		}
		l.steps = append(l.steps, s)
		l.waits += s.waits
	}
	done := func(l *lane) {
		s := l.steps[0]
		l.steps = l.steps[1:]
		out = append(out, s.op)
		for _, next := range s.before {
			next.waits--
			of[next.table].waits--
		}
	}
	for len(lanes) > 0 {
		i := slices.IndexFunc(lanes, func(l *lane) bool { return l.waits == 0 })
		if i < 0 {
			first := slices.MinFunc(lanes, func(a, b *lane) int {
				return cmp.Or(min(a.steps[0].waits, 1)-min(b.steps[0].waits, 1), a.steps[0].place-b.steps[0].place)
			})
			i = slices.Index(lanes, first)
		}
		l := lanes[i]
		for done(l); len(l.steps) > 0 && l.steps[0].waits == 0; {
			done(l)
		}
		if len(l.steps) == 0 {
			lanes = slices.Delete(lanes, i, i+1)
		}
	}
	return out
}

// waitFor makes each step wait for those steps on other tables that stand before it
// and must stay there: that make or free the same name, that change a table which it
// mentions, or that mention the table which it changes.
func waitFor(steps []*step) {
	tables := map[string]bool{}
	for _, s := range steps {
		tables[beginOf(s.table)] = true
	}
	changed := map[schema.Name]*step{}     // the last step that changed the table
	mentioned := map[schema.Name][]*step{} // since it was changed
	named := map[string]*step{}
	invented := map[string]*step{}    // by the beginning of the table's name, which the server's name begins with
	beginning := map[string][]*step{} // by that of a table, the steps with a name that begins with it
	for i, s := range steps {
		s.place = i
		for _, n := range s.mentions {
			s.wait(changed[n])
			mentioned[n] = append(mentioned[n], s)
		}
		if s.changes {
			for _, m := range mentioned[s.table] {
				s.wait(m)
			}
			mentioned[s.table], changed[s.table] = nil, s
		}
		for _, n := range s.names {
			s.wait(named[n])
			named[n] = s
			for end := range n {
				if begin := n[:end]; tables[begin] {
					s.wait(invented[begin])
					beginning[begin] = append(beginning[begin], s)
				}
			}
		}
		if s.invents {
			table := beginOf(s.table)
			for _, b := range beginning[table] {
				s.wait(b)
			}
			beginning[table], invented[table] = nil, s
		}
	}
}

// sureBytes is how much of a long table name is sure to stand at the beginning of a
// name that the server makes up, which it cuts until all parts fit into 63 bytes.
const sureBytes = 24

// beginOf is what the names that the server makes up for a table begin with.
func beginOf(table schema.Name) string {
	name := fold(table.Name)
	return name[:min(len(name), sureBytes)]
}

// wait makes a step wait for one before it; steps on one table are in order anyway.
func (s *step) wait(on *step) {
	if on != nil && on.table != s.table {
		on.before = append(on.before, s)
		s.waits++
	}
}
