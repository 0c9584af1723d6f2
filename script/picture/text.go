package picture

import (
	"bufio"
	"io"
	"slices"
	"strings"
)

// Paint colours a part of a line; the identity leaves it plain.
type Paint func(kind Kind, text string) string

// Kind is what a part of a line is.
type Kind uint8

// The parts of a line.
const (
	Rail    Kind = iota // lines of descent
	ID                  // of a revision
	Label               // of a branch
	Tip                 // a head
	Place               // where the database is
	Message             // of a revision
)

// Plain paints nothing.
func Plain(_ Kind, text string) string { return text }

// Coloured paints for a terminal. The colours are those that git uses, which
// read on a light ground and on a dark one.
func Coloured(kind Kind, text string) string {
	codes := [...]string{Rail: "2", ID: "33", Label: "36", Tip: "1;32", Place: "1;35"}
	if text == "" || int(kind) >= len(codes) {
		return text
	}
	return "\x1b[" + codes[kind] + "m" + text + "\x1b[m"
}

// Text draws the history with a line for each revision, and lines between
// where revisions branch and merge:
//
//	●    7b21 (head), merge
//	├─╮
//	│ ●  51fe (billing), add invoice
//	● │  ae10, add account
//	├─╯
//	●    3512, first
//
// A line that only crosses a lane is interrupted by it. Revisions that are not
// applied are hollow, if the database was asked.
func Text(w io.Writer, h History, paint Paint) error {
	rows, width := layout(h.Nodes)
	pending := h.pending()
	out := bufio.NewWriter(w)
	for _, r := range rows {
		dot := '●'
		if pending[r.node] {
			dot = '○'
		}
		out.WriteString(paint(Rail, string(r.standing(width, dot))) + "  " + h.caption(r, paint) + "\n")
		if c := r.leaving(rows, width); c != nil {
			out.WriteString(paint(Rail, strings.TrimRight(string(c), " ")) + "\n")
		}
	}
	return out.Flush()
}

func (h History) caption(r row, paint Paint) string {
	text := paint(ID, r.node.ID())
	if list := labels(r.node); len(list) > 0 {
		text += " (" + paint(Label, strings.Join(list, ", ")) + ")"
	}
	for _, m := range h.marks(r.node) {
		kind := Tip
		if m == Current {
			kind = Place
		}
		text += " (" + paint(kind, string(m)) + ")"
	}
	if deps := r.node.Revision().DependsOn; len(deps) > 0 {
		text += " (needs " + strings.Join(deps, ", ") + ")"
	}
	return text + ", " + paint(Message, summary(r.node))
}

// standing is the line of the revision itself.
func (r row) standing(width int, dot rune) []rune {
	cells := rails(r.before, width)
	cells[2*r.lane] = dot
	return cells
}

// rails are lanes with lines, two columns each.
func rails(used []bool, width int) []rune {
	cells := []rune(strings.Repeat(" ", max(2*width-1, 0)))
	for i, on := range used {
		if on {
			cells[2*i] = '│'
		}
	}
	return cells
}

// The ways that lead out of a cell.
const (
	up = 1 << iota
	down
	left
	right
)

// glyphs are the lines by the ways that they lead.
var glyphs = [...]rune{
	up: '╵', down: '╷', left: '╴', right: '╶',
	up | down: '│', left | right: '─', up | left: '╯', up | right: '╰', down | left: '╮', down | right: '╭',
	up | down | left: '┤', up | down | right: '├', up | left | right: '┴', down | left | right: '┬',
	up | down | left | right: '┼',
}

// leaving is the line below a revision from which lines lead into other lanes;
// nil if none does.
func (r row) leaving(rows []row, width int) []rune {
	var ends []int
	for _, j := range r.to {
		if lane := rows[j].lane; lane != r.lane {
			ends = append(ends, lane)
		}
	}
	if len(ends) == 0 {
		return nil
	}
	first, last := min(slices.Min(ends), r.lane), max(slices.Max(ends), r.lane)
	cells := rails(r.after, width)
	for i := first; i <= last; i++ {
		end := slices.Contains(ends, i)
		if crossed := r.after[i] && !end && i != r.lane; crossed {
			continue
		}
		ways := 0
		if i == r.lane || (i < len(r.before) && r.before[i]) {
			ways |= up
		}
		if r.after[i] {
			ways |= down
		}
		if i > first {
			ways |= left
		}
		if i < last {
			ways |= right
		}
		cells[2*i] = glyphs[ways]
	}
	for i := first; i < last; i++ {
		cells[2*i+1] = '─'
	}
	return cells
}
