package picture

import (
	"slices"
	"strings"
	"unicode"

	"github.com/gomig-dev/gomig/script/revision"
)

// History is what is drawn.
type History struct {
	Nodes []*revision.Node // newest first, every revision before those it follows
	// Current are the ids that the database is at, empty if it is at base. They
	// are marked, and what is not applied yet is drawn hollow. Nil means that the
	// database was not asked.
	Current []string
	Title   string // of the page; "revisions" if it is empty
}

func (h History) title() string {
	if h.Title == "" {
		return "revisions"
	}
	return h.Title
}

// Mark is something said of a revision beside its labels.
type Mark string

// The marks, in the order they stand in.
const (
	Head          Mark = "head"
	EffectiveHead Mark = "effective head" // a head that another branch depends on
	Current       Mark = "current"        // the database is at it
)

func (h History) marks(n *revision.Node) (marks []Mark) {
	switch {
	case n.IsRealHead():
		marks = append(marks, Head)
	case n.IsHead():
		marks = append(marks, EffectiveHead)
	}
	if slices.Contains(h.Current, n.ID()) {
		marks = append(marks, Current)
	}
	return marks
}

// labels are the branch labels that are written beside a revision: where a
// branch begins and where it ends. All of a branch have them, which would be
// more than one wants to read.
func labels(n *revision.Node) []string {
	if n.IsHead() {
		return n.Labels()
	}
	own := slices.Clone(n.Revision().Labels)
	slices.Sort(own)
	return slices.Compact(own)
}

// words are the labels and marks of a revision.
func (h History) words(n *revision.Node) []string {
	words := labels(n)
	for _, m := range h.marks(n) {
		words = append(words, string(m))
	}
	return words
}

// pending are the revisions that are not applied; nil if the database was not asked.
func (h History) pending() map[*revision.Node]bool {
	if h.Current == nil {
		return nil
	}
	pending := make(map[*revision.Node]bool, len(h.Nodes))
	for _, n := range h.Nodes {
		pending[n] = true
	}
	applied := slices.DeleteFunc(slices.Clone(h.Nodes), func(n *revision.Node) bool { return !slices.Contains(h.Current, n.ID()) })
	for len(applied) > 0 {
		n := applied[len(applied)-1]
		applied = applied[:len(applied)-1]
		if !pending[n] {
			continue
		}
		delete(pending, n)
		applied = append(append(applied, n.Down()...), n.DependsOn()...)
	}
	return pending
}

// summary is the message of a revision, never empty, on one line: nothing in it
// can move a terminal's cursor.
func summary(n *revision.Node) string {
	s := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, n.Summary())
	if s == "" {
		return "empty message"
	}
	return s
}
