package revision_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/script/revision"
)

// parse reads one revision a line: "c <- a b; needs d; label x y". The file of
// revision c is c.go.
func parse(spec string) []revision.Revision {
	var revs []revision.Revision
	for line := range strings.Lines(spec) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		parts := strings.Split(line, ";")
		id, down, _ := strings.Cut(parts[0], "<-")
		r := revision.Revision{ID: strings.TrimSpace(id), Down: strings.Fields(down)}
		r.File = r.ID + ".go"
		for _, part := range parts[1:] {
			switch words := strings.Fields(part); words[0] {
			case "needs":
				r.DependsOn = words[1:]
			case "label":
				r.Labels = words[1:]
			default:
				panic("unknown part " + part)
			}
		}
		revs = append(revs, r)
	}
	return revs
}

func graph(t *testing.T, spec string) *revision.Map {
	t.Helper()
	m, err := revision.NewMap(parse(spec))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// tell writes a plan down, one step a line: what it logs, how it changes the
// rows, and the rows after it.
func tell(plan revision.Plan) string {
	var b strings.Builder
	for _, s := range plan.Steps {
		var changes []string
		for _, op := range ops(s.Changes) {
			changes = append(changes, strings.Join(op, " "))
		}
		b.WriteString(s.String() + ": " + strings.Join(changes, ", ") + " [" + strings.Join(s.After(), " ") + "]\n")
	}
	return b.String()
}

// told removes the indentation of an expected text.
func told(text string) string {
	var b strings.Builder
	for line := range strings.Lines(strings.TrimSpace(text)) {
		b.WriteString(strings.TrimSpace(line) + "\n")
	}
	if b.String() == "\n" {
		return ""
	}
	return b.String()
}

// drawRevisions draws an acyclic history with branches, merges, dependencies
// and labels, in an order of its own.
func drawRevisions(t *rapid.T) []revision.Revision {
	n := rapid.IntRange(1, 16).Draw(t, "revisions")
	revs := make([]revision.Revision, n)
	var labels []string
	for i := range revs {
		r := &revs[i]
		r.ID = string(rune('a'+i)) + "001"
		if i > 0 {
			earlier := rapid.SliceOfNDistinct(rapid.IntRange(max(0, i-4), i-1), 0, min(3, i, 4), rapid.ID)
			for _, p := range earlier.Draw(t, "down") {
				r.Down = append(r.Down, revs[p].ID)
			}
			if rapid.IntRange(0, 3).Draw(t, "depends") == 0 {
				r.DependsOn = []string{revs[rapid.IntRange(0, i-1).Draw(t, "on")].ID}
				if len(labels) > 0 && rapid.Bool().Draw(t, "by label") {
					r.DependsOn = append(r.DependsOn, rapid.SampledFrom(labels).Draw(t, "label"))
				}
			}
		}
		if rapid.IntRange(0, 4).Draw(t, "labelled") == 0 {
			r.Labels = []string{"label-" + r.ID}
			labels = append(labels, r.Labels...)
		}
	}
	return rapid.Permutation(revs).Draw(t, "load order")
}

func drawMap(t *rapid.T) *revision.Map {
	m, err := revision.NewMap(drawRevisions(t))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// drawRows draws the rows of a database that is somewhere in the history.
func drawRows(t *rapid.T, m *revision.Map) []string {
	ids := revision.IDs(m.All())
	some := rapid.SliceOfNDistinct(rapid.SampledFrom(ids), 0, min(3, len(ids)), rapid.ID).Draw(t, "rows of")
	var rows []string
	for _, id := range some {
		if !slices.ContainsFunc(some, func(other string) bool { return other != id && needs(m.Get(other), m.Get(id)) }) {
			rows = append(rows, id)
		}
	}
	return rows
}

// drawSymbol draws all kinds of symbols.
func drawSymbol(t *rapid.T, m *revision.Map) string {
	names := append(revision.IDs(m.All()), m.Labels()...)
	name := rapid.SampledFrom(append(names, "head", "heads", "base", "current")).Draw(t, "name")
	branch := rapid.SampledFrom(names).Draw(t, "branch") + "@"
	steps := rapid.SampledFrom([]string{"+1", "+2", "+5", "-1", "-2", "-5"}).Draw(t, "steps")
	form := rapid.SampledFrom([][3]bool{
		{false, true, false},
		{true, true, false},
		{false, false, true},
		{true, false, true},
		{false, true, true},
		{true, true, true},
	}).Draw(t, "form")
	var symbol string
	for i, part := range []string{branch, name, steps} {
		if form[i] {
			symbol += part
		}
	}
	return symbol
}

// needs tells, by the plainest of walks, whether n stands above p.
func needs(n, p *revision.Node) bool {
	for _, parent := range append(n.Down(), n.DependsOn()...) {
		if parent == p || needs(parent, p) {
			return true
		}
	}
	return false
}
