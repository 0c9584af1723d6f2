package picture

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/internal/page"
	"github.com/gomig-dev/gomig/script/revision"
)

// Sizes of the SVG, in pixels.
const (
	rowHeight = 28
	laneWidth = 20
	margin    = 20
	dot       = 5
	gutter    = 9  // between the lanes of dependencies
	idLetter  = 79 // width of a letter of an id, in tenths of a pixel
	tagLetter = 67 // width of a letter of a badge
	docLetter = 73 // width of a letter of a message, at most
	longest   = 80 // letters of a message
)

// colours of the lanes, in turn; they keep their distance for colour-blind readers (Okabe and Ito).
var colours = []string{"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b58900", "#56b4e9", "#7f7f7f"}

// SVG draws the history as a picture of its own.
func SVG(w io.Writer, h History) error {
	out := bufio.NewWriter(w)
	h.svg(out)
	return out.Flush()
}

// canvas is an SVG that is being drawn.
type canvas struct {
	*bufio.Writer
	history History
	rows    []row
	needs   []need
	gutter  int // x of the first lane of dependencies
	text    int // x of what is written
	pending map[*revision.Node]bool
}

func (h History) svg(out *bufio.Writer) {
	rows, width := layout(h.Nodes)
	needs, channels := dependencies(rows)
	c := canvas{Writer: out, history: h, rows: rows, needs: needs, pending: h.pending()}
	c.gutter = margin + max(width-1, 0)*laneWidth + laneWidth
	c.text = c.gutter + channels*gutter + margin/2
	widest := 0
	for _, r := range rows {
		widest = max(widest, h.captionWidth(r.node))
	}
	fmt.Fprintf(c, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" role="img" aria-label="%s">`+"\n",
		c.text+widest+margin, 2*margin+max(len(rows)-1, 0)*rowHeight, page.Text(h.title()))
	c.WriteString(style)
	for i := range needs {
		c.dependency(needs[i])
	}
	for i, r := range rows {
		for _, j := range r.to {
			fmt.Fprintf(c, `<path class="edge" stroke="%s" d="%s"/>`+"\n", colour(rows[j].lane), curve(r.lane, i, rows[j].lane, j))
		}
		if r.cut {
			x, y := place(r.lane, i)
			fmt.Fprintf(c, `<path class="cut" stroke="%s" d="M%d %d V%d"/>`+"\n", colour(r.lane), x, y, y+rowHeight*2/3)
		}
	}
	for i, r := range rows {
		c.revision(r, i)
	}
	c.WriteString("</svg>\n")
}

const style = `<style>
svg { background: #fff; font: 13px ui-sans-serif, system-ui, sans-serif }
.id, .tag { font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace }
.id { font-weight: 600; fill: #222 }
.tag { font-size: 11px; font-weight: 600; fill: #fff }
.doc { fill: #333 }
.edge { fill: none; stroke-width: 2 }
.cut { fill: none; stroke-width: 2; stroke-dasharray: 2 3 }
.needs { fill: none; stroke: #888; stroke-width: 1.5; stroke-dasharray: 4 3 }
</style>
`

// need is a revision that others depend on: dashed lines lead from them into a
// lane of their own beside the lanes of descent, and from there to the revision.
type need struct {
	row, channel int
	from         []int // rows of those that depend on it, the newest first
}

// dependencies gives each revision that others depend on a channel, in which it
// overlaps with no other.
func dependencies(rows []row) (needs []need, channels int) {
	at := make(map[*revision.Node]int, len(rows))
	for i, r := range rows {
		at[r.node] = i
	}
	from := make(map[int][]int)
	for i, r := range rows {
		for _, d := range r.node.DependsOn() {
			if j, shown := at[d]; shown {
				from[j] = append(from[j], i)
			}
		}
	}
	for j := range rows {
		if list := from[j]; list != nil {
			needs = append(needs, need{row: j, from: list})
		}
	}
	slices.SortStableFunc(needs, func(a, b need) int { return a.top() - b.top() })
	var ends []int // the last row of each channel
	for i := range needs {
		n := &needs[i]
		n.channel = slices.IndexFunc(ends, func(end int) bool { return end < n.top() })
		if n.channel < 0 {
			n.channel = len(ends)
			ends = append(ends, 0)
		}
		ends[n.channel] = n.bottom()
	}
	return needs, len(ends)
}

func (n need) top() int    { return min(n.from[0], n.row) }
func (n need) bottom() int { return max(n.from[len(n.from)-1], n.row) }

func (c canvas) dependency(n need) {
	x := c.gutter + n.channel*gutter
	x2, y2 := place(c.rows[n.row].lane, n.row)
	for _, i := range n.from {
		x1, y1 := place(c.rows[i].lane, i)
		fmt.Fprintf(c, `<path class="needs" d="M%d %d H%d Q%d %d %d %d V%d Q%d %d %d %d H%d"/>`+"\n",
			x1, y1, x-6, x, y1, x, y1+6, y2-6, x, y2, x-6, y2, x2)
	}
}

func place(lane, index int) (x, y int) { return margin + lane*laneWidth, margin + index*rowHeight }

func colour(lane int) string { return colours[lane%len(colours)] }

// curve leads from a revision into the lane of another, and down to it.
func curve(from, i, to, j int) string {
	x1, y1 := place(from, i)
	x2, y2 := place(to, j)
	if x1 == x2 {
		return fmt.Sprintf("M%d %d V%d", x1, y1, y2)
	}
	const half = rowHeight / 2
	path := fmt.Sprintf("M%d %d C%d %d %d %d %d %d", x1, y1, x1, y1+half, x2, y1+half, x2, y1+rowHeight)
	if j > i+1 {
		path += fmt.Sprintf(" V%d", y2)
	}
	return path
}

// revision draws a revision: its dot and what is written beside it.
func (c canvas) revision(r row, i int) {
	n := r.node
	x, y := place(r.lane, i)
	fmt.Fprintf(c, `<g class="revision" data-text="%s"><title>%s</title>`,
		page.Text(strings.ToLower(strings.Join(append([]string{n.ID(), summary(n)}, c.history.words(n)...), " "))), page.Text(n.ID()+"\n"+n.Doc()))
	if slices.Contains(c.history.Current, n.ID()) {
		fmt.Fprintf(c, `<circle cx="%d" cy="%d" r="%d" fill="#fff" stroke="#222" stroke-width="2"/>`, x, y, dot+4)
	}
	fill := colour(r.lane)
	if c.pending[n] {
		fill = "#fff"
	}
	fmt.Fprintf(c, `<circle cx="%d" cy="%d" r="%d" fill="%s" stroke="%s" stroke-width="2"/>`, x, y, dot, fill, colour(r.lane))
	fmt.Fprintf(c, `<text class="id" x="%d" y="%d">%s</text>`, c.text, y+4, page.Text(n.ID()))
	at := tenths(c.text) + idWidth(n)
	for _, b := range c.history.badges(n) {
		fmt.Fprintf(c, `<rect x="%d" y="%d" width="%d" height="18" rx="9" fill="%s"/><text class="tag" x="%d" y="%d">%s</text>`,
			rounded(at), y-9, rounded(b.width()), b.fill, rounded(at+tenths(7)), y+4, page.Text(b.text))
		at += b.width() + tenths(5)
	}
	fmt.Fprintf(c, `<text class="doc" x="%d" y="%d">%s</text></g>`+"\n", rounded(at+tenths(3)), y+4, page.Text(page.Shorten(summary(n), longest)))
}

// Widths of text are whole tenths of a pixel: some processors multiply and add
// fractions in one step, and their pictures would not be those of others.

func tenths(pixels int) int { return 10 * pixels }

func rounded(tenths int) int { return (tenths + 5) / 10 }

// idWidth is the width of an id with the gap behind it.
func idWidth(n *revision.Node) int { return columns(n.ID())*idLetter + tenths(8) }

type badge struct{ text, fill string }

func (b badge) width() int { return columns(b.text)*tagLetter + tenths(14) }

func (h History) badges(n *revision.Node) (out []badge) {
	for _, l := range labels(n) {
		out = append(out, badge{l, "#6a51a3"})
	}
	for _, m := range h.marks(n) {
		fill := map[Mark]string{Head: "#1a7f37", EffectiveHead: "#5a7f64", Current: "#222"}[m]
		out = append(out, badge{string(m), fill})
	}
	return out
}

func (h History) captionWidth(n *revision.Node) int {
	width := idWidth(n)
	for _, b := range h.badges(n) {
		width += b.width() + tenths(5)
	}
	return (width+tenths(3)+columns(page.Shorten(summary(n), longest))*docLetter)/10 + 1
}

// columns is the width of a text in letters: those of East Asia take two.
func columns(s string) (n int) {
	for _, r := range s {
		n++
		if r >= 0x1100 && (r <= 0x115F || r >= 0x2E80 && r <= 0xD7A3 || r >= 0xF900 && r <= 0xFAFF || r >= 0xFE30 && r <= 0xFE6F || r >= 0xFF00 && r <= 0xFF60 || r >= 0x1F300) {
			n++
		}
	}
	return n
}
