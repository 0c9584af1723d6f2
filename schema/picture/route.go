package picture

import (
	"cmp"
	"slices"
)

const (
	trackGap    = 9  // between the lines of a channel
	channelSide = 24 // free for the marks at the ends of lines
)

// side is a side of a channel.
type side uint8

const (
	leftSide side = iota
	rightSide
)

// stop is where a line meets a side of a channel.
type stop struct {
	side side
	y    int
	end  *end // the foreign key that begins there; nil for a table that is pointed at, or a slot
}

// trunk is a net in one channel: a line down it, with branches to both sides.
type trunk struct {
	net       *net
	source    stop // the side of the table that is pointed at
	target    bool // the source is that table itself
	beside    int  // the column that the branches lead to
	branches  []stop
	low, high int
	track     int
}

// channel is what lies between two columns.
type channel struct {
	trunks []*trunk
	tracks int
}

func (c channel) width() int { return 2*channelSide + max(c.tracks-1, 0)*trackGap }

// route finds the lines of every channel, the last being behind the last column.
func (p *plan) route() []channel {
	channels := make([]channel, len(p.columns))
	for _, n := range p.nets {
		for k := range channels {
			if t := n.in(k); t != nil {
				channels[k].trunks = append(channels[k].trunks, t)
			}
		}
	}
	for k := range channels {
		channels[k].assign()
	}
	return channels
}

// optional reports whether all keys whose lines run through a column may point at nothing.
func (n *net) optional(column int) bool {
	return !slices.ContainsFunc(n.ends, func(e end) bool {
		at := e.item.column
		return !e.optional && (n.to.column < column && column < at || at < column && column < n.to.column)
	})
}

// in is the net in a channel; nil if it does not run there.
func (n *net) in(k int) *trunk {
	t := &trunk{net: n}
	home := n.to.column
	own := stop{side: leftSide, y: n.to.y + n.to.port(n.column)}
	beside, from := k+1, k // the column that branches lead to, and the one they come from
	branch := rightSide
	if k < home {
		own.side, beside, from, branch = rightSide, k, k+1, leftSide
	}
	t.source, t.target, t.beside = own, from == home, beside
	if s := n.slots[from]; !t.target {
		if s == nil {
			return nil
		}
		t.source.y = s.y + slotPort
	}
	if s := n.slots[beside]; s != nil {
		t.branches = append(t.branches, stop{side: branch, y: s.y + slotPort})
	}
	for i := range n.ends {
		e := &n.ends[i]
		at := stop{side: branch, y: e.item.y + e.item.port(first(e.key.Columns)), end: e}
		switch {
		case e.item.column == home && k == home:
			at.side = leftSide
		case e.item.column == home, e.item.column != beside, (e.item.column > home) != (k >= home):
			continue
		}
		t.branches = append(t.branches, at)
	}
	if len(t.branches) == 0 {
		return nil
	}
	t.low, t.high = t.source.y, t.source.y
	for _, b := range t.branches {
		t.low, t.high = min(t.low, b.y), max(t.high, b.y)
	}
	return t
}

// stops are all stops on a side.
func (t *trunk) stops(s side) (ys []int) {
	for _, b := range append([]stop{t.source}, t.branches...) {
		if b.side == s {
			ys = append(ys, b.y)
		}
	}
	return ys
}

// crossings are those of two trunks if a is left of b.
func crossings(a, b *trunk) (n int) {
	for _, y := range b.stops(leftSide) {
		if a.low < y && y < a.high {
			n++
		}
	}
	for _, y := range a.stops(rightSide) {
		if b.low < y && y < b.high {
			n++
		}
	}
	return n
}

// assign gives each trunk its track, so that few lines cross.
func (c *channel) assign() {
	var bent []*trunk
	for _, t := range c.trunks {
		if t.low < t.high {
			bent = append(bent, t)
		}
	}
	slices.SortStableFunc(bent, func(a, b *trunk) int { return cmp.Or(cmp.Compare(b.low, a.low), cmp.Compare(a.high, b.high)) })
	for swapped, rounds := true, 0; swapped && rounds < 100; rounds++ {
		swapped = false
		for i := 1; i < len(bent); i++ {
			if a, b := bent[i-1], bent[i]; crossings(b, a) < crossings(a, b) {
				bent[i-1], bent[i], swapped = b, a, true
			}
		}
	}
	for i, t := range bent {
		for _, before := range bent[:i] {
			if before.low <= t.high+4 && t.low <= before.high+4 {
				t.track = max(t.track, before.track+1)
			}
		}
		c.tracks = max(c.tracks, t.track+1)
	}
}

// palette are the colours of the nets (Okabe and Ito, and darker ones beside
// them): they keep their distance for colour-blind readers.
var palette = []string{
	"#0072b2", "#d55e00", "#009e73", "#a6408f", "#8a6d00", "#2f8fc4", "#7a1f3d", "#4b5320", "#c2185b", "#5b4fc4", "#6d4c41", "#00808a",
}

// paint gives the nets colours: all of one table the same, and those that run in
// one channel different ones as long as there are enough.
func (p *plan) paint(channels []channel) {
	byTable := map[*item]string{}
	for _, n := range p.nets {
		if c, ok := byTable[n.to]; ok {
			n.colour = c
			continue
		}
		uses := map[string]int{}
		for _, c := range channels {
			if !slices.ContainsFunc(c.trunks, func(t *trunk) bool { return t.net.to == n.to }) {
				continue
			}
			for _, t := range c.trunks {
				uses[t.net.colour]++
			}
		}
		all := map[string]int{}
		for _, c := range byTable {
			all[c]++
		}
		n.colour = slices.MinFunc(palette, func(a, b string) int { return cmp.Or(cmp.Compare(uses[a], uses[b]), cmp.Compare(all[a], all[b])) })
		byTable[n.to] = n.colour
	}
}
