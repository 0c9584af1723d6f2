package picture

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gomig-dev/gomig/internal/page"
	"github.com/gomig-dev/gomig/schema"
)

const (
	letter   = 7.0 // width of a letter of a row, at most
	capital  = 8.2 // and of a table's name
	keyWidth = 42  // of the marks in front of a column
	longName = 36  // letters of a name
	longType = 26  // and of a type
	plainBox = "#5b6470"
	footer   = 40 // for the legend
)

// SVG draws the schema as a picture of its own.
func SVG(w io.Writer, s Schema) error {
	out := bufio.NewWriter(w)
	s.svg(out)
	return out.Flush()
}

func (s Schema) title() string {
	if s.Title == "" {
		return "Schema"
	}
	return s.Title
}

// canvas is an SVG that is being drawn.
type canvas struct {
	*bufio.Writer
	schema   Schema
	plan     *plan
	channels []channel
	left     []int // of each column
	widths   []int
	numbers  map[*item]int // of the tables, for the page's script
	nets     map[*net]int
}

func (s Schema) svg(out *bufio.Writer) {
	p := lay(s)
	c := canvas{Writer: out, schema: s, plan: p, channels: p.route(), numbers: map[*item]int{}, nets: map[*net]int{}}
	p.paint(c.channels)
	x, height := margin, 0
	for k, column := range p.columns {
		width := 0
		for _, i := range column {
			if i.table != nil {
				width = max(width, s.boxWidth(i.table))
				c.numbers[i] = len(c.numbers)
			}
			height = max(height, i.y+i.height())
		}
		c.left, c.widths = append(c.left, x), append(c.widths, width)
		x += width + c.channels[k].width()
	}
	for i, n := range p.nets {
		c.nets[n] = i
	}
	fmt.Fprintf(c, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" role="img" aria-label="%s">`+"\n",
		max(x, 640), height+margin+footer, page.Text(s.title()))
	c.WriteString(style)
	for _, n := range p.nets {
		c.passages(n)
	}
	for k, ch := range c.channels {
		for _, t := range ch.trunks {
			c.trunk(k, t)
		}
	}
	for _, column := range p.columns {
		for _, i := range column {
			if i.table != nil {
				c.box(i)
			}
		}
	}
	c.legend(height + margin + footer/2)
	c.WriteString("</svg>\n")
}

const style = `<style>
svg { background: #fff; font: 12px ui-sans-serif, system-ui, "DejaVu Sans", sans-serif }
.box { fill: #fff; stroke: #9aa1a9 }
.name { font-size: 13px; font-weight: 600; fill: #fff }
.key { font-size: 10px; font-weight: 700; fill: #333 }
.col { fill: #1b1f24 }
.null { fill: #7d8590 }
.type { fill: #7d8590; font-size: 11px }
.pk { font-weight: 600 }
.edge { fill: none; stroke-width: 1.6 }
.maybe { stroke-dasharray: 5 3 }
.mark { fill: none; stroke-width: 1.6 }
.legend { fill: #57606a; font-size: 11px }
</style>
`

func (s Schema) boxWidth(t *schema.Table) int {
	width := float64(float64(utf8.RuneCountInString(page.Shorten(t.Name.String(), longName)))*capital) + 24 // rounded first, as on every processor
	for _, c := range t.Columns {
		row := float64(utf8.RuneCountInString(page.Shorten(c.Name, longName))+utf8.RuneCountInString(page.Shorten(s.Type(c.Type), longType))) * letter
		width = max(width, keyWidth+row+34)
	}
	return int(width)
}

// passages are a net's lines through the slots of the columns.
func (c canvas) passages(n *net) {
	columns := make([]int, 0, len(n.slots))
	for k := range n.slots {
		columns = append(columns, k)
	}
	slices.Sort(columns)
	for _, k := range columns {
		fmt.Fprintf(c, `<path class="%s" data-net="%d" stroke="%s" d="M%d %dH%d"/>`+"\n",
			edgeClass(n.optional(k)), c.nets[n], n.colour, c.left[k], n.slots[k].y+slotPort, c.left[k]+c.widths[k])
	}
}

// edgeClass is the class of a line: dashed where it may point at nothing.
func edgeClass(optional bool) string {
	if optional {
		return "edge maybe"
	}
	return "edge"
}

// trunk draws a net in a channel: a path to each branch, and the marks at its ends.
func (c canvas) trunk(k int, t *trunk) {
	edges := map[side]int{leftSide: c.left[k] + c.widths[k]}
	edges[rightSide] = edges[leftSide] + c.channels[k].width()
	x := edges[leftSide] + channelSide + t.track*trackGap
	for _, b := range t.branches {
		class, title := edgeClass(t.net.optional(t.beside)), ""
		if b.end != nil {
			class = edgeClass(b.end.optional)
			r := b.end.reference
			title = fmt.Sprintf("<title>%s</title>", page.Text(fmt.Sprintf("%s (%s) → %s (%s)", r.from.Name, strings.Join(r.key.Columns, ", "), r.to.Name, strings.Join(r.key.RefColumns, ", "))))
		}
		fmt.Fprintf(c, `<path class="%s" data-net="%d" stroke="%s" d="%s">%s</path>`+"\n",
			class, c.nets[t.net], t.net.colour, bend(edges[t.source.side], t.source.y, x, edges[b.side], b.y), title)
		if b.end != nil {
			c.mark(t.net, edges[b.side], b, b.end.single)
		}
	}
	if t.target {
		c.mark(t.net, edges[t.source.side], t.source, true)
	}
}

// bend is a line from one side to another by way of a track.
func bend(x1, y1, track, x2, y2 int) string {
	if y1 == y2 && x1 != x2 {
		return fmt.Sprintf("M%d %dH%d", x1, y1, x2)
	}
	r := min(6, abs(y2-y1)/2)
	down, out, back := r, r, r // towards the track, down it, away from it
	if y2 < y1 {
		down = -r
	}
	if x1 > track {
		out = -r
	}
	if x2 < track {
		back = -r
	}
	return fmt.Sprintf("M%d %dH%dQ%d %d %d %dV%dQ%d %d %d %dH%d", x1, y1, track-out, track, y1, track, y1+down, y2-down, track, y2, track+back, y2, x2)
}

func abs(n int) int { return max(n, -n) }

// mark is a bar for one, and a crow's foot for many.
func (c canvas) mark(n *net, edge int, at stop, one bool) {
	away := 1
	if at.side == rightSide {
		away = -1
	}
	d := fmt.Sprintf("M%d %dV%d", edge+8*away, at.y-5, at.y+5)
	if !one {
		d = fmt.Sprintf("M%d %dL%d %dL%d %d", edge, at.y-6, edge+12*away, at.y, edge, at.y+6)
	}
	fmt.Fprintf(c, `<path class="mark" data-net="%d" stroke="%s" d="%s"/>`+"\n", c.nets[n], n.colour, d)
}

// box draws a table.
func (c canvas) box(i *item) {
	t := i.table
	x, w := c.left[i.column], c.widths[i.column]
	fill := plainBox
	var nets []string
	colours := map[string]string{} // of the foreign keys, by column
	for _, n := range c.plan.nets {
		if n.to == i {
			fill = n.colour
			nets = append(nets, strconv.Itoa(c.nets[n]))
		}
		for _, e := range n.ends {
			if e.item != i {
				continue
			}
			nets = append(nets, strconv.Itoa(c.nets[n]))
			for _, column := range e.key.Columns {
				colours[column] = n.colour
			}
		}
	}
	text := t.Name.String()
	for _, column := range t.Columns {
		text += " " + column.Name
	}
	fmt.Fprintf(c, `<g class="table" data-nets="%s" data-text="%s"><title>%s</title>`, strings.Join(nets, " "), page.Text(strings.ToLower(text)), page.Text(strings.TrimSpace(t.Name.String()+"\n"+t.Comment)))
	fmt.Fprintf(c, `<rect class="box" x="%d" y="%d" width="%d" height="%d" rx="4"/>`, x, i.y, w, i.height())
	fmt.Fprintf(c, `<path fill="%s" d="M%d %dv-%dq0-4 4-4h%dq4 0 4 4v%[4]dz"/>`, fill, x, i.y+headHeight, headHeight-4, w-8)
	fmt.Fprintf(c, `<text class="name" x="%d" y="%d">%s</text>`, x+10, i.y+17, page.Text(page.Shorten(t.Name.String(), longName)))
	for row, column := range t.Columns {
		c.row(i, row, column, colours[column.Name])
	}
	c.WriteString("</g>\n")
}

// row draws a column: what it is in keys, its name, its type.
func (c canvas) row(i *item, row int, column *schema.ColumnDef, colour string) {
	x, w := c.left[i.column], c.widths[i.column]
	y := i.y + headHeight + row*rowHeight + 14
	m := marks(i.table, column.Name)
	at := x + 8
	for _, k := range []struct {
		mark mark
		word string
	}{{primary, "PK"}, {foreign, "FK"}, {alone, "UQ"}} {
		if m&k.mark == 0 || at > x+8+20 {
			continue
		}
		fill := ""
		if k.mark == foreign && colour != "" {
			fill = fmt.Sprintf(` style="fill:%s"`, colour)
		}
		fmt.Fprintf(c, `<text class="key"%s x="%d" y="%d">%s</text>`, fill, at, y, k.word)
		at += 20
	}
	class := "col"
	if column.Nullable {
		class = "null"
	}
	if m&primary != 0 {
		class += " pk"
	}
	fmt.Fprintf(c, `<text class="%s" x="%d" y="%d">%s</text>`, class, x+8+keyWidth, y, page.Text(page.Shorten(column.Name, longName)))
	fmt.Fprintf(c, `<text class="type" text-anchor="end" x="%d" y="%d">%s</text>`, x+w-10, y, page.Text(page.Shorten(strings.ToLower(c.schema.Type(column.Type)), longType)))
}

// legend says what the marks mean.
func (c canvas) legend(y int) {
	x := margin
	say := func(class, d, text string, width int) {
		if d != "" {
			fmt.Fprintf(c, `<path class="%s" stroke="#57606a" d="%s"/>`, class, d)
			x += 42
		}
		fmt.Fprintf(c, `<text class="legend" x="%d" y="%d">%s</text>`, x, y+4, text)
		x += width
	}
	line := fmt.Sprintf("M%d %dh34", x, y)
	say("mark", fmt.Sprintf("%sM%d %dl-12 6l12 6", line, x+34, y-6), "many rows", 78)
	line = fmt.Sprintf("M%d %dh34", x, y)
	say("mark", fmt.Sprintf("%sM%d %dv10", line, x+26, y-5), "one row", 68)
	say("edge maybe", fmt.Sprintf("M%d %dh34", x, y), "may point at nothing", 134)
	say("", "", "grey: a column that may be NULL", 0)
	c.WriteString("\n")
}
