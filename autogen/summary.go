package autogen

import (
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/internal/plural"
	"github.com/gomig-dev/gomig/op"
)

// Summary counts what operations do, in one line: `2 tables added, 1 column
// dropped (data loss)`. What several operations do to one object counts once. It
// is empty if there are none.
func Summary(d dialect.Dialect, ops []op.Operation) string {
	var counts []*count
	for _, n := range tally(d, ops) {
		n.name = ""
		i := slices.IndexFunc(counts, func(m *count) bool { return m.subject == n.subject })
		if i < 0 {
			counts = append(counts, n)
			continue
		}
		counts[i].all++
		counts[i].loses = counts[i].loses || n.loses
	}
	slices.SortStableFunc(counts, func(a, b *count) int { return a.place() - b.place() })
	out := make([]string, len(counts))
	for i, n := range counts {
		out[i] = n.String()
	}
	return strings.Join(out, ", ")
}

// count is how many objects something is done to.
type count struct {
	subject
	all   int
	loses bool
}

// tally counts by the name: what is dropped and added again is made anew, but for
// tables and columns, whose rows and values that does not bring back.
func tally(d dialect.Dialect, ops []op.Operation) (list []*count) {
	byName := map[subject]*count{}
	for _, o := range ops {
		for _, p := range parts(o) {
			n := &count{subject: subjectOf(p), all: 1, loses: slices.ContainsFunc(losses(d, p), func(l string) bool { return strings.HasPrefix(l, dataLoss) })}
			before := byName[n.subject]
			if n.verb == "added" && n.noun != "table" && n.noun != "column" {
				if dropped := byName[subject{n.noun, "dropped", n.name}]; dropped != nil {
					dropped.verb = "made anew"
					before = dropped
				}
			}
			if before != nil && n.name != "" {
				before.loses = before.loses || n.loses
				continue
			}
			byName[n.subject] = n
			list = append(list, n)
		}
	}
	return list
}

func (n *count) String() string {
	text := plural.Count(n.all, n.noun) + " " + n.verb
	if n.loses {
		text += " (data loss)"
	}
	return text
}

// The order in which counts are told: by what is counted, then by what becomes of it.
var (
	countedNouns = []string{
		"table", "column", "index", "constraint", "view", "materialized view", "sequence", "enum",
		"trigger", "function", "procedure", "event", "schema", "extension", "object", otherNoun,
	}
	countedVerbs = []string{"added", "dropped", "changed", "made anew", "renamed", "validated", "refreshed", otherVerb}
)

func (n *count) place() int {
	return slices.Index(countedNouns, n.noun)*len(countedVerbs) + slices.Index(countedVerbs, n.verb)
}
