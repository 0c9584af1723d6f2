package revision

import (
	"fmt"
	"slices"
	"strings"
)

// Downgrade plans the way from the rows in current down to target: whatever
// follows the target, and whatever depends on that, is taken back as far as it
// is applied. Base, or an empty target, takes everything back.
//
// LABEL@TARGET takes back one branch only, and leaves what it depends on.
// Plain "-N" counts from the first row and stays on its branch; with several
// rows the plan carries a warning.
//
// A target that is not applied is a [DestinationError], one that is itself a
// row an empty plan.
func (m *Map) Downgrade(current []string, target string) (Plan, error) {
	rows, err := m.Rows(current)
	if err != nil {
		return Plan{}, err
	}
	if err := m.checkRows(rows); err != nil {
		return Plan{}, err
	}
	goal, err := m.downgradeGoal(rows, target)
	if err != nil {
		return Plan{}, err
	}
	todo, err := m.undone(rows, goal)
	if err != nil {
		return Plan{}, err
	}
	plan := m.migrate(rows, m.newestFirst(todo), Down)
	plan.Warnings = goal.warnings
	return plan, nil
}

// CheckTarget refuses an empty target that somebody wrote for a downgrade. The one of
// a script whose variable is not set would take everything back.
func CheckTarget(target string) error {
	if target == "" {
		return &SymbolError{Symbol: target, Reason: "it is empty; to go back behind all revisions write base"}
	}
	return nil
}

// goal is where a downgrade goes: to node, nil being base, on one branch if
// that is named.
type goal struct {
	symbol     string
	node       *Node
	branch     *Node
	branchName string
	warnings   []string
}

func (m *Map) downgradeGoal(rows []*Node, target string) (goal, error) {
	if target == "" {
		target = nameBase
	}
	s, err := m.parse(target)
	if err != nil {
		return goal{}, err
	}
	g := goal{symbol: target, branchName: s.Branch}
	if s.Branch != "" {
		if g.branch, err = m.branchRevision(s.Branch); err != nil {
			return goal{}, err
		}
	}
	if s.Name == "" {
		return m.goalFromRows(g, s, rows)
	}
	if s.Relative {
		g.node, err = m.climb(s, rows)
		return g, err
	}
	// The revision itself need not lie on the branch: it is where the branch
	// is taken back to, such as the fork below it.
	g.node, err = m.lookupOne(Symbol{Branch: branchOfHead(s), Name: s.Name}, rows)
	return g, err
}

// branchOfHead returns the branch where it is needed to tell which revision is
// meant at all.
func branchOfHead(s Symbol) string {
	switch s.Name {
	case nameHead, nameHeads, nameCurrent:
		return s.Branch
	}
	return ""
}

// goalFromRows resolves "-N" and "label@-N".
func (m *Map) goalFromRows(g goal, s Symbol, rows []*Node) (goal, error) {
	if s.Steps >= 0 {
		return goal{}, &RelativeError{Symbol: s, Missing: s.Steps}
	}
	var err error
	if g.node, err = m.descend(s, rows); err != nil {
		return goal{}, err
	}
	if g.branch == nil {
		g.branch = rows[0]
		if len(rows) > 1 {
			g.warnings = append(g.warnings, ambiguousDowngrade(s, rows))
		}
	}
	return g, nil
}

// undone returns what has to go on the way to g.
func (m *Map) undone(rows []*Node, g goal) (nodeSet, error) {
	roots := m.Bases()
	if g.node != nil {
		roots = g.node.children
	}
	if g.branch != nil {
		line := m.lineage([]*Node{g.branch})
		if g.node != nil && !line.has(g.node) {
			return nil, &NotInBranchError{Revision: g.node.ID(), Branch: g.branchName}
		}
		roots = within(roots, line)
	}
	todo := m.above(roots, rows)
	if !slices.Contains(todo, true) && g.node != nil && !slices.Contains(rows, g.node) {
		return nil, &DestinationError{Destination: g.symbol, Direction: Down}
	}
	return todo, nil
}

// above returns the roots and everything that needs them, as far as it is
// applied in a database with these rows.
func (m *Map) above(roots, rows []*Node) nodeSet {
	todo := m.reach(roots, dependentsOf)
	todo.cut(m.reach(rows, needsOf))
	return todo
}

func ambiguousDowngrade(s Symbol, rows []*Node) string {
	first := rows[0].ID()
	return fmt.Sprintf("downgrade %s is ambiguous with several current revisions (%s); it goes down from %s, write %s@%s to say so",
		s, strings.Join(IDs(rows), ", "), first, first, s)
}
