package gomig

import (
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/script/revision"
)

// Candidate is a text that may stand where a revision is named.
type Candidate struct {
	Text  string
	About string // what it means: a revision's message
}

// newestListed is how many revisions are offered where nothing was typed yet.
const newestListed = 50

// Complete lists what a revision's name or a range that begins so may become:
// the words given, such as "head", labels, and ids, newest first, with their
// messages. It reads the headers of the revisions only, and works where the
// environment does not compile.
func Complete(c *Config, begun string, words ...string) ([]Candidate, error) {
	g, err := c.graph(messages)
	if err != nil {
		return nil, err
	}
	before := ""
	if i := strings.LastIndexByte(begun, ':'); i >= 0 {
		before, begun = begun[:i+1], begun[i+1:]
	}
	var all []Candidate
	if label, rest, ok := strings.Cut(begun, "@"); ok {
		before, begun = before+label+"@", rest
		all, err = branchCandidates(g, label)
	} else {
		all, err = candidates(g, words)
	}
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(s Candidate) bool { return !strings.HasPrefix(s.Text, begun) })
	if begun == "" && len(all) > newestListed+len(words) {
		all = all[:newestListed+len(words)]
	}
	for i := range all {
		all[i].Text = before + all[i].Text
	}
	return all, nil
}

// candidates are the names of all revisions.
func candidates(g *revision.Map, words []string) ([]Candidate, error) {
	var out []Candidate
	for _, w := range words {
		out = append(out, Candidate{Text: w, About: wordMeanings[w]})
	}
	for _, l := range g.Labels() {
		out = append(out, Candidate{Text: l, About: "branch label"}, Candidate{Text: l + "@head", About: "the head of the branch"})
	}
	nodes, err := g.History(revision.Range{}, nil)
	return append(out, named(nodes)...), err
}

// wordMeanings explain the words that stand for revisions.
var wordMeanings = map[string]string{
	"head": "the newest revision", "heads": "all heads", "base": "before every revision", "current": "what the database is at",
	"+1": "the next revision", "-1": "the revision before",
}

// branchCandidates are the names that may follow LABEL@.
func branchCandidates(g *revision.Map, label string) ([]Candidate, error) {
	out := []Candidate{
		{"head", "the head of the branch"},
		{"heads", "the heads of the branch"},
		{"base", "before the branch"},
		{"+1", "the next revision of the branch"},
		{"-1", "the revision of the branch before"},
	}
	nodes, err := g.History(revision.Range{}, nil)
	nodes = slices.DeleteFunc(nodes, func(n *revision.Node) bool { return !n.HasLabel(label) })
	return append(out, named(nodes)...), err
}

func named(nodes []*revision.Node) []Candidate {
	out := make([]Candidate, len(nodes))
	for i, n := range nodes {
		out[i] = Candidate{n.ID(), summary(n)}
	}
	return out
}
