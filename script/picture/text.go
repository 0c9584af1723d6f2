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
	Rail Kind = iota // lines of descent
	ID
	Label
	Mark
	Message
)

// Plain paints nothing.
func Plain(_ Kind, text string) string { return text }

// Text draws the history with a line for each revision and lines between for
// branches and merges:
//
//	●─╮  7b21 (head), merge
//	│ ●  51fe (billing), add invoice
//	● │  ae10, add account
//	├─╯
//	●    3512, first
func Text(w io.Writer, h History, paint Paint) error {
	rows, width := layout(h.Nodes)
	out := bufio.NewWriter(w)
	line := func(cells []rune, rest string) {
		text := strings.TrimRight(string(cells), " ")
		if rest != "" {
			text = string(cells) + "  "
		}
		out.WriteString(paint(Rail, text) + rest + "\n")
	}
	for _, r := range rows {
		if len(r.joins) > 0 {
			line(r.joined(width), "")
		}
		line(r.cells(width), h.caption(r, paint))
		if len(r.opens) > 0 {
			line(r.opened(width), "")
		}
	}
	return out.Flush()
}

func (h History) caption(r row, paint Paint) string {
	text := paint(ID, r.node.ID())
	if labels := r.node.Labels(); len(labels) > 0 {
		text += " (" + paint(Label, strings.Join(labels, ", ")) + ")"
	}
	for _, m := range h.marks(r.node) {
		text += " (" + paint(Mark, m) + ")"
	}
	if deps := r.node.Revision().DependsOn; len(deps) > 0 {
		text += " needs " + strings.Join(deps, ", ")
	}
	return text + ", " + paint(Message, summary(r.node))
}

// rails are the lanes of a row, two columns each.
func rails(used []bool, width int) []rune {
	cells := []rune(strings.Repeat(" ", max(2*width-1, 0)))
	for i, on := range used {
		if on {
			cells[2*i] = '│'
		}
	}
	return cells
}

// cells is the line of the revision itself.
func (r row) cells(width int) []rune {
	used := slices.Clone(r.before)
	for _, i := range r.joins {
		used[i] = false
	}
	cells := rails(used, width)
	cells[2*r.lane] = '●'
	return cells
}

// joined is the line above a revision at which other lanes end.
func (r row) joined(width int) []rune {
	cells := rails(r.before, width)
	corner := func(right bool) rune {
		if right {
			return '╯'
		}
		return '╰'
	}
	cells[2*r.lane] = '│'
	for _, to := range r.joins {
		connect(cells, r.lane, to, corner(to > r.lane), func(i int) bool { return slices.Contains(r.joins, i) })
	}
	return cells
}

// opened is the line below a revision from which lines lead to other lanes.
func (r row) opened(width int) []rune {
	cells := rails(r.after, width)
	for _, to := range r.opens {
		end := '┤'
		fresh := slices.Contains(r.fresh, to)
		switch {
		case to > r.lane && fresh:
			end = '╮'
		case to < r.lane && fresh:
			end = '╭'
		case to < r.lane:
			end = '├'
		}
		connect(cells, r.lane, to, end, func(i int) bool { return slices.Contains(r.opens, i) })
	}
	if r.ends {
		left := slices.ContainsFunc(r.opens, func(i int) bool { return i < r.lane })
		right := slices.ContainsFunc(r.opens, func(i int) bool { return i > r.lane })
		switch {
		case left && right:
			cells[2*r.lane] = '┴'
		case right:
			cells[2*r.lane] = '╰'
		default:
			cells[2*r.lane] = '╯'
		}
	}
	return cells
}

// connect draws a line from a revision's lane to another, with a corner there.
// Other ends on the way are kept as branches of the line.
func connect(cells []rune, from, to int, corner rune, isEnd func(int) bool) {
	step := 1
	start := '├'
	if to < from {
		step, start = -1, '┤'
	}
	switch at := cells[2*from]; {
	case at == '├' && start == '┤', at == '┤' && start == '├':
		cells[2*from] = '┼'
	case at != '┼':
		cells[2*from] = start
	}
	for i := from + step; i != to; i += step {
		switch cells[2*i] {
		case ' ':
			cells[2*i] = '─'
		case '│':
			cells[2*i] = '┼'
			if isEnd(i) {
				cells[2*i] = '┼'
			}
		case '╯', '╰':
			cells[2*i] = '┴'
		case '╮', '╭':
			cells[2*i] = '┬'
		}
	}
	for i := 2*min(from, to) + 1; i < 2*max(from, to); i += 2 {
		cells[i] = '─'
	}
	cells[2*to] = corner
}
