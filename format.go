package gomig

import (
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/script/revision"
)

// emptyMessage stands where a revision has no message, as in Alembic.
const emptyMessage = "empty message"

// parts says what a line about a revision shows (cmd_format).
type parts struct {
	parents, labels, doc bool
	noTree               bool // leaves out (branchpoint) and (mergepoint)
	current              []string
}

// line is one line about a revision:
//
//	<base> -> ae1027a6acf (app) (head), add account
func (p parts) line(n *revision.Node) string {
	var b strings.Builder
	if p.parents {
		b.WriteString(parentList(n))
		if deps := dependencies(n); deps != "" {
			b.WriteString(" (" + deps + ")")
		}
		b.WriteString(" -> ")
	}
	b.WriteString(n.ID())
	if labels := n.Labels(); p.labels && len(labels) > 0 {
		b.WriteString(" (" + commas(labels) + ")")
	}
	mark := func(on bool, text string) {
		if on {
			b.WriteString(" (" + text + ")")
		}
	}
	mark(n.IsRealHead(), "head")
	mark(n.IsHead() && !n.IsRealHead(), "effective head")
	mark(slices.Contains(p.current, n.ID()), "current")
	mark(!p.noTree && n.IsBranchPoint(), "branchpoint")
	mark(!p.noTree && n.IsMergePoint(), "mergepoint")
	if p.doc {
		b.WriteString(", " + summary(n))
	}
	return b.String()
}

func summary(n *revision.Node) string {
	if s := n.Summary(); s != "" {
		return s
	}
	return emptyMessage
}

func parentList(n *revision.Node) string {
	if n.IsBase() {
		return "<base>"
	}
	return commas(revision.IDs(n.Down()))
}

func dependencies(n *revision.Node) string { return commas(n.Revision().DependsOn) }

func commas(list []string) string { return strings.Join(list, ", ") }

// entry is the long form of a revision (log_entry).
func entry(n *revision.Node, path string, current []string) string {
	var b strings.Builder
	b.WriteString("Rev: " + n.ID())
	mark := func(on bool, text string) {
		if on {
			b.WriteString(" (" + text + ")")
		}
	}
	mark(n.IsHead(), "head")
	mark(n.IsBranchPoint(), "branchpoint")
	mark(n.IsMergePoint(), "mergepoint")
	mark(slices.Contains(current, n.ID()), "current")
	line := func(label, text string) {
		if text != "" {
			b.WriteString("\n" + label + ": " + text)
		}
	}
	if n.IsMergePoint() {
		line("Merges", parentList(n))
	} else {
		line("Parent", parentList(n))
	}
	line("Also depends on", dependencies(n))
	if n.IsBranchPoint() {
		line("Branches into", commas(revision.IDs(n.Children())))
	}
	line("Branch names", commas(n.Labels()))
	line("Path", path)
	b.WriteString("\n\n")
	doc := n.Doc()
	if doc == "" {
		doc = emptyMessage
	}
	for l := range strings.SplitSeq(strings.TrimRight(doc, "\n"), "\n") {
		b.WriteString(strings.TrimRight("    "+l, " ") + "\n")
	}
	return b.String()
}
