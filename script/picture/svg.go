package picture

import (
	"bufio"
	"fmt"
	"html"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gomig-dev/gomig/script/revision"
)

// Sizes of the SVG, in pixels.
const (
	rowHeight = 28
	laneWidth = 20
	margin    = 20
	dot       = 5
	letter    = 7.3 // width of a letter of the id and of a badge
)

// colours of the lanes, in turn; they keep their distance for colour-blind readers (Okabe and Ito).
var colours = []string{"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f7f7f"}

// SVG draws the history as a picture of its own.
func SVG(w io.Writer, h History) error {
	out := bufio.NewWriter(w)
	h.svg(out)
	return out.Flush()
}

func (h History) svg(out *bufio.Writer) {
	rows, width := layout(h.Nodes)
	at := make(map[string]int, len(rows))
	widest := 0
	for i, r := range rows {
		at[r.node.ID()] = i
		widest = max(widest, h.captionWidth(r.node))
	}
	left := 2*margin + width*laneWidth
	fmt.Fprintf(out, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" role="img" aria-label="%s">`+"\n",
		left+widest+margin, 2*margin+max(len(rows)-1, 0)*rowHeight+dot, attr(h.title()))
	out.WriteString(style)
	for _, r := range rows {
		h.edges(out, r, rows, at)
	}
	for i, r := range rows {
		h.entry(out, r, i, left)
	}
	out.WriteString("</svg>\n")
}

func (h History) title() string {
	if h.Title == "" {
		return "revisions"
	}
	return h.Title
}

const style = `<style>
svg { background: #fff; font: 13px ui-sans-serif, system-ui, sans-serif }
.id { font-family: ui-monospace, Menlo, Consolas, monospace; font-weight: 600; fill: #222 }
.doc { fill: #333 }
.edge { fill: none; stroke-width: 2 }
.needs { fill: none; stroke: #999; stroke-width: 1.5; stroke-dasharray: 4 3 }
.badge { font-size: 11px; font-weight: 600; fill: #fff }
</style>
`

func place(lane, index int) (x, y int) { return margin + lane*laneWidth, margin + index*rowHeight }

func colour(lane int) string { return colours[lane%len(colours)] }

// edges draws the lines from a revision to what it follows and needs.
func (h History) edges(out *bufio.Writer, r row, rows []row, at map[string]int) {
	i := at[r.node.ID()]
	for _, p := range r.node.Down() {
		j, ok := at[p.ID()]
		if !ok {
			continue
		}
		lane := lineLane(r, rows[j], p)
		fmt.Fprintf(out, `<path class="edge" stroke="%s" d="%s"/>`+"\n", colour(lane), curve(r.lane, i, lane, rows[j].lane, j))
	}
	for _, d := range r.node.DependsOn() {
		if j, ok := at[d.ID()]; ok {
			x1, y1 := place(r.lane, i)
			x2, y2 := place(rows[j].lane, j)
			fmt.Fprintf(out, `<path class="needs" d="M%d %d C%d %d %d %d %d %d"/>`+"\n", x1, y1, x1-laneWidth/2, y1+rowHeight, x2-laneWidth/2, y2-rowHeight, x2, y2)
		}
	}
}

// lineLane is the lane in which the line from a revision to a parent runs: its
// own, or the one that was opened for that parent.
func lineLane(r, parent row, p *revision.Node) int {
	if !r.ends && firstShown(r) == p.ID() {
		return r.lane
	}
	for _, lane := range r.opens {
		if lane == parent.lane || slices.Contains(parent.joins, lane) {
			return lane
		}
	}
	return r.lane
}

// firstShown is the parent whose line goes on in the revision's own lane.
func firstShown(r row) string {
	for _, p := range r.node.Down() {
		return p.ID()
	}
	return ""
}

// curve leads from a revision into a lane, down that lane, and into its parent.
func curve(from, i, lane, to, j int) string {
	x1, y1 := place(from, i)
	xl, _ := place(lane, i)
	x2, y2 := place(to, j)
	half := rowHeight / 2
	path := fmt.Sprintf("M%d %d", x1, y1)
	y := y1
	if xl != x1 {
		y = y1 + rowHeight
		path += fmt.Sprintf(" C%d %d %d %d %d %d", x1, y1+half, xl, y1+half, xl, y)
	}
	if x2 == xl {
		return path + fmt.Sprintf(" L%d %d", x2, y2)
	}
	return path + fmt.Sprintf(" L%d %d C%d %d %d %d %d %d", xl, max(y, y2-rowHeight), xl, y2-half, x2, y2-half, x2, y2)
}

// entry draws a revision: its dot and what is written beside it.
func (h History) entry(out *bufio.Writer, r row, i, left int) {
	n := r.node
	x, y := place(r.lane, i)
	fill := colour(r.lane)
	if slices.Contains(h.Current, n.ID()) {
		fmt.Fprintf(out, `<circle cx="%d" cy="%d" r="%d" fill="none" stroke="#222" stroke-width="2"/>`+"\n", x, y, dot+3)
	}
	fmt.Fprintf(out, `<g class="revision" data-text="%s"><title>%s</title><circle cx="%d" cy="%d" r="%d" fill="%s"/>`,
		attr(strings.ToLower(n.ID()+" "+strings.Join(n.Labels(), " ")+" "+summary(n))), attr(n.ID()+"\n"+n.Doc()), x, y, dot, fill)
	tx := float64(left)
	fmt.Fprintf(out, `<text class="id" x="%.0f" y="%d">%s</text>`, tx, y+4, attr(n.ID()))
	tx += float64(utf8.RuneCountInString(n.ID()))*(letter+0.7) + 8
	for _, b := range h.badges(n) {
		width := float64(utf8.RuneCountInString(b.text))*(letter-0.6) + 12
		fmt.Fprintf(out, `<rect x="%.0f" y="%d" width="%.0f" height="18" rx="9" fill="%s"/><text class="badge" x="%.0f" y="%d">%s</text>`,
			tx, y-9, width, b.fill, tx+6, y+4, attr(b.text))
		tx += width + 5
	}
	fmt.Fprintf(out, `<text class="doc" x="%.0f" y="%d">%s</text></g>`+"\n", tx+3, y+4, attr(shorten(summary(n))))
}

type badge struct{ text, fill string }

func (h History) badges(n *revision.Node) (out []badge) {
	for _, l := range n.Labels() {
		out = append(out, badge{l, "#6a51a3"})
	}
	for _, m := range h.marks(n) {
		fill := "#1a7f37"
		if m == "current" {
			fill = "#222"
		}
		out = append(out, badge{m, fill})
	}
	return out
}

func (h History) captionWidth(n *revision.Node) int {
	width := float64(utf8.RuneCountInString(n.ID())) * (letter + 0.7)
	for _, b := range h.badges(n) {
		width += float64(utf8.RuneCountInString(b.text))*(letter-0.6) + 17
	}
	return int(width) + 20 + int(float64(utf8.RuneCountInString(shorten(summary(n))))*letter)
}

// shorten keeps a long message from making the picture wide.
func shorten(s string) string {
	const most = 80
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

// attr is text as it may stand in XML; what XML cannot hold is left out.
func attr(s string) string {
	s = strings.Map(func(r rune) rune {
		if (r < ' ' && r != '\n' && r != '\t') || r == 0xFFFE || r == 0xFFFF || r == utf8.RuneError {
			return -1
		}
		return r
	}, s)
	return html.EscapeString(s)
}
