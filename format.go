package gomig

import (
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/script/picture"
	"github.com/gomig-dev/gomig/script/revision"
)

// emptyMessage stands where a revision has no message, as in Alembic.
const emptyMessage = "empty message"

// parts says what a line about a revision shows (cmd_format).
type parts struct {
	parents, labels, doc bool
	noTree               bool // leaves out (branchpoint) and (mergepoint)
	current              []string
	paint                picture.Paint // nil is plain
}

// colour paints a part of a line.
func (p parts) colour(kind picture.Kind, text string) string {
	if p.paint == nil {
		return text
	}
	return p.paint(kind, text)
}

// marks writes the words in brackets behind a revision.
func (p parts) marks(b *strings.Builder) func(on bool, kind picture.Kind, text string) {
	return func(on bool, kind picture.Kind, text string) {
		if on {
			b.WriteString(" (" + p.colour(kind, text) + ")")
		}
	}
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
	b.WriteString(p.colour(picture.ID, n.ID()))
	if labels := n.Labels(); p.labels && len(labels) > 0 {
		b.WriteString(" (" + p.colour(picture.Label, commas(labels)) + ")")
	}
	mark := p.marks(&b)
	mark(n.IsRealHead(), picture.Tip, "head")
	mark(n.IsHead() && !n.IsRealHead(), picture.Tip, "effective head")
	mark(slices.Contains(p.current, n.ID()), picture.Place, "current")
	mark(p.parents && len(n.Revision().Replaces) > 0, picture.Rail, "baseline")
	mark(!p.noTree && n.IsBranchPoint(), picture.Rail, "branchpoint")
	mark(!p.noTree && n.IsMergePoint(), picture.Rail, "mergepoint")
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
func (p parts) entry(n *revision.Node) string {
	var b strings.Builder
	b.WriteString("Rev: " + p.colour(picture.ID, n.ID()))
	mark := p.marks(&b)
	mark(n.IsHead(), picture.Tip, "head")
	mark(len(n.Revision().Replaces) > 0, picture.Rail, "baseline")
	mark(n.IsBranchPoint(), picture.Rail, "branchpoint")
	mark(n.IsMergePoint(), picture.Rail, "mergepoint")
	mark(slices.Contains(p.current, n.ID()), picture.Place, "current")
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
	line("Replaces", commas(n.Revision().Replaces))
	if n.IsBranchPoint() {
		line("Branches into", commas(revision.IDs(n.Children())))
	}
	line("Branch names", p.colour(picture.Label, commas(n.Labels())))
	line("Path", n.File())
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
