package picture

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"github.com/gomig-dev/gomig/schema"
)

// The picture has its tables in columns, what others point at to the left of
// what points at it. All foreign keys that point at one column are one net: it
// leaves the table on its right, runs down the channels between the columns, and
// crosses a column only where a slot is kept free for it. So no line runs through
// a box, and none has to be told from another that points elsewhere.

// Sizes, in pixels.
const (
	rowHeight  = 20
	headHeight = 24
	boxFoot    = 6
	boxGap     = 28 // between the boxes of a column
	slotHeight = 20
	slotGap    = 8
	slotPort   = headHeight + rowHeight/2 - rowHeight // so that lines of a column keep to its grid
	margin     = 28
)

// item is what stands in a column: a table, or the slot where a net passes.
type item struct {
	table  *schema.Table
	net    *net // of a slot
	column int
	y      int
	links  []link // to items of the columns beside it
}

// link says that a line leads from a place of this item to one of another.
type link struct {
	to          *item
	here, there int // from the top of each
}

func (i *item) height() int {
	if i.table == nil {
		return slotHeight
	}
	return headHeight + len(i.table.Columns)*rowHeight + boxFoot
}

// gap is what must stay free between two items of a column.
func gap(a, b *item) int {
	if a.table == nil && b.table == nil {
		return 0
	}
	if a.table == nil || b.table == nil {
		return slotGap
	}
	return boxGap
}

// port is where a line meets an item, from its top: the row of a column.
func (i *item) port(column string) int {
	if i.table == nil {
		return slotPort
	}
	row := slices.IndexFunc(i.table.Columns, func(c *schema.ColumnDef) bool { return c.Name == column })
	return headHeight + max(row, 0)*rowHeight + rowHeight/2
}

// net is all that points at one column of a table.
type net struct {
	to     *item
	column string
	ends   []end
	slots  map[int]*item // by column of the picture
	colour string
}

// end is a foreign key where it begins.
type end struct {
	reference
	item *item
}

// plan is a picture before it is drawn.
type plan struct {
	columns [][]*item
	items   map[*schema.Table]*item
	nets    []*net
}

// lay places the tables.
func lay(s Schema) *plan {
	p := &plan{items: map[*schema.Table]*item{}}
	for _, t := range s.Tables {
		p.items[t] = &item{table: t}
	}
	refs := s.references()
	p.fill(s.Tables, refs)
	p.connect(refs)
	p.order()
	p.settle()
	return p
}

// fill puts the tables into columns: each behind all that it points at, as long
// as that is no circle, and as far to the left as the height of the picture lets it.
func (p *plan) fill(tables []*schema.Table, refs []reference) {
	parents := map[*schema.Table]map[*schema.Table]bool{}
	children := map[*schema.Table]int{}
	for _, r := range refs {
		if r.from == r.to {
			continue
		}
		if parents[r.from] == nil {
			parents[r.from] = map[*schema.Table]bool{}
		}
		parents[r.from][r.to] = true
		children[r.to]++
	}
	limit := p.limit(tables)
	heights := []int{}
	put := func(t *schema.Table, first int) {
		i := p.items[t]
		need := i.height() + boxGap
		c := first
		for c < len(heights) && heights[c] > 0 && heights[c]+need > limit {
			c++
		}
		for len(heights) <= c {
			heights, p.columns = append(heights, 0), append(p.columns, nil)
		}
		i.column = c
		heights[c] += need
		p.columns[c] = append(p.columns[c], i)
	}
	var left, lone []*schema.Table
	for _, t := range tables {
		if len(parents[t]) == 0 && children[t] == 0 {
			lone = append(lone, t)
		} else {
			left = append(left, t)
		}
	}
	placed := map[*schema.Table]bool{}
	for len(left) > 0 {
		waits := func(t *schema.Table) (n int) {
			for parent := range parents[t] {
				if !placed[parent] {
					n++
				}
			}
			return n
		}
		// What waits for nothing comes first; in a circle, what waits for the least.
		next := slices.MinFunc(left, func(a, b *schema.Table) int {
			return cmp.Or(cmp.Compare(waits(a), waits(b)), cmp.Compare(children[b], children[a]), a.Name.Compare(b.Name))
		})
		first := 0
		for parent := range parents[next] {
			if placed[parent] {
				first = max(first, p.items[parent].column+1)
			}
		}
		put(next, first)
		placed[next] = true
		left = slices.DeleteFunc(left, func(t *schema.Table) bool { return t == next })
	}
	for _, t := range lone { // where there is most room
		first := 0
		for c := range heights {
			if heights[c] < heights[first] {
				first = c
			}
		}
		put(t, first)
	}
}

// limit is the height of a column that makes the picture a little wider than high.
func (p *plan) limit(tables []*schema.Table) int {
	const width, shape = 380, 1.5 // of a column with its channel; of the picture
	total, highest := 0, 0
	for _, t := range tables {
		h := p.items[t].height() + boxGap
		total, highest = total+h, max(highest, h)
	}
	columns := math.Max(1, math.Round(math.Sqrt(shape*float64(total)/width)))
	return max(highest, int(float64(total)/columns)+boxGap)
}

// connect makes nets of the references, and slots where they pass a column.
func (p *plan) connect(refs []reference) {
	type target struct {
		table  *schema.Table
		column string
	}
	byTarget := map[target]*net{}
	for _, r := range refs {
		at := target{r.to, first(r.key.RefColumns)}
		n := byTarget[at]
		if n == nil {
			n = &net{to: p.items[r.to], column: at.column, slots: map[int]*item{}}
			byTarget[at] = n
			p.nets = append(p.nets, n)
		}
		n.ends = append(n.ends, end{r, p.items[r.from]})
	}
	for _, n := range p.nets {
		for _, e := range n.ends {
			low, high := min(n.to.column, e.item.column)+1, max(n.to.column, e.item.column)-1
			for c := low; c <= high; c++ {
				if n.slots[c] == nil {
					n.slots[c] = &item{net: n, column: c}
					p.columns[c] = append(p.columns[c], n.slots[c])
				}
			}
		}
		n.link()
	}
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// link tells the items of a net what they are joined with in the columns beside them.
func (n *net) link() {
	join := func(a, b *item, aport, bport int) {
		a.links = append(a.links, link{b, aport, bport})
		b.links = append(b.links, link{a, bport, aport})
	}
	at := func(c int) (*item, int) { // the net on its way
		if c == n.to.column {
			return n.to, n.to.port(n.column)
		}
		return n.slots[c], slotPort
	}
	for _, c := range slices.Sorted(maps.Keys(n.slots)) {
		toward := c - 1
		if c < n.to.column {
			toward = c + 1
		}
		prev, port := at(toward)
		join(n.slots[c], prev, slotPort, port)
	}
	for _, e := range n.ends {
		c := e.item.column
		switch {
		case c > n.to.column:
			prev, port := at(c - 1)
			join(e.item, prev, e.item.port(first(e.key.Columns)), port)
		case c < n.to.column:
			prev, port := at(c + 1)
			join(e.item, prev, e.item.port(first(e.key.Columns)), port)
		}
	}
}
