package revision

import (
	"slices"
	"strings"
)

// Direction is the way through the history.
type Direction uint8

// The directions.
const (
	Up Direction = iota
	Down
)

// String returns "upgrade" or "downgrade".
func (d Direction) String() string {
	if d == Down {
		return "downgrade"
	}
	return "upgrade"
}

// Kind tells whether a step runs a revision.
type Kind uint8

// The kinds of steps.
const (
	// Migration runs the upgrade or downgrade of a revision, then changes the rows.
	Migration Kind = iota
	// Stamp changes the rows and runs nothing.
	Stamp
)

// RowOp is one way to change the version table.
type RowOp uint8

// The changes of a row.
const (
	InsertRow RowOp = iota
	UpdateRow
	DeleteRow
)

// String returns "insert", "update" or "delete".
func (op RowOp) String() string {
	switch op {
	case InsertRow:
	case UpdateRow:
		return "update"
	case DeleteRow:
		return "delete"
	}
	return "insert"
}

// RowChange is one statement on the version table; it must hit exactly one row.
type RowChange struct {
	Op RowOp
	// Old is the row that is updated or deleted; empty for an insert.
	Old string
	// New is what the row holds afterwards; empty for a delete.
	New string
}

// Step is one step of a plan: what runs, and what it does to the version table.
type Step struct {
	Kind      Kind
	Direction Direction
	// Revision is the one a migration runs up or down, or a stamp arrives at;
	// nil for a stamp to base.
	Revision *Node
	// From and To name what the step goes from and to, as its log line shows
	// it. A migration names lines of descent only, a stamp rows.
	From, To []string
	// Changes brings the version table from Before to After, in this order.
	Changes []RowChange

	number int
	trail  *trail
}

// Before returns the sorted rows of the version table before the step.
func (s Step) Before() []string { return s.trail.rows(s.number) }

// After returns the sorted rows of the version table after the step.
func (s Step) After() []string { return s.trail.rows(s.number + 1) }

// String returns the step as Alembic logs it after "Running":
// "upgrade a, b -> c, message", "downgrade c -> a, message" or
// "stamp_revision a -> c".
func (s Step) String() string {
	name, doc := s.Direction.String(), ""
	if s.Kind == Stamp {
		name = "stamp_revision"
	} else if s.Revision != nil {
		doc = s.Revision.Summary()
	}
	line := name + " " + strings.Join(s.From, ", ") + " -> " + strings.Join(s.To, ", ")
	if doc != "" {
		line += ", " + doc
	}
	return line
}

// Summary returns the message up to its first blank line, on one line.
func (n *Node) Summary() string {
	text := strings.TrimSpace(strings.ReplaceAll(n.revision.Doc, "\r\n", "\n"))
	text, _, _ = strings.Cut(text, "\n\n")
	return strings.Join(strings.Fields(text), " ")
}

// Plan is the way from one state of a database to another. Its zero value does
// nothing.
type Plan struct {
	Steps []Step
	// Warnings are sentences about what the user may not have meant.
	Warnings []string
}

// planner writes steps down, with the rows between them.
type planner struct {
	steps []Step
	trail *trail
}

func newPlanner(rows []*Node) *planner {
	start := IDs(rows)
	slices.Sort(start)
	return &planner{trail: &trail{marks: [][]string{start}}}
}

func (p *planner) add(s Step) {
	s.number, s.trail = len(p.steps), p.trail
	p.steps = append(p.steps, s)
	p.trail.add(s.Changes)
}

// trail holds what was done to the rows, step by step. Writing down all rows
// after every step would be quadratic where there are many heads; so they are
// written down now and then, and reckoned from there.
type trail struct {
	changes [][]RowChange
	marks   [][]string // sorted rows before every markEvery-th step
}

const markEvery = 64

func (t *trail) add(changes []RowChange) {
	t.changes = append(t.changes, changes)
	if len(t.changes)%markEvery == 0 {
		t.marks = append(t.marks, t.replay(len(t.marks)-1, len(t.changes)))
	}
}

// rows returns the sorted rows after the first n steps.
func (t *trail) rows(n int) []string {
	if t == nil {
		return nil
	}
	return t.replay(n/markEvery, n)
}

func (t *trail) replay(mark, until int) []string {
	rows := slices.Clone(t.marks[mark])
	for _, changes := range t.changes[mark*markEvery : until] {
		for _, c := range changes {
			rows = c.apply(rows)
		}
	}
	return rows
}

// apply changes sorted rows.
func (c RowChange) apply(rows []string) []string {
	if c.Op != InsertRow {
		if at, found := slices.BinarySearch(rows, c.Old); found {
			rows = slices.Delete(rows, at, at+1)
		}
	}
	if c.Op != DeleteRow {
		at, _ := slices.BinarySearch(rows, c.New)
		rows = slices.Insert(rows, at, c.New)
	}
	return rows
}
