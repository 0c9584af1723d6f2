package picture

import (
	"cmp"
	"slices"
)

// order sorts each column by where its neighbours stand, forth and back, and
// keeps the order with the shortest lines.
func (p *plan) order() {
	p.stack()
	best, shortest := p.orders(), p.length()
	for round := range 16 {
		for k := range p.columns {
			c := k
			if round%2 == 1 {
				c = len(p.columns) - 1 - k
			}
			p.sortColumn(c, round%4 < 2)
			p.stackColumn(c)
		}
		if l := p.length(); l < shortest {
			best, shortest = p.orders(), l
		}
	}
	p.columns = best
	p.stack()
}

func (p *plan) orders() [][]*item {
	out := make([][]*item, len(p.columns))
	for i, c := range p.columns {
		out[i] = slices.Clone(c)
	}
	return out
}

// sortColumn sorts by the mean of the neighbours: of those to the left, or of all.
func (p *plan) sortColumn(c int, leftOnly bool) {
	want := map[*item]float64{}
	for _, i := range p.columns[c] {
		sum, n := 0.0, 0
		for _, l := range i.links {
			if leftOnly && l.to.column > c {
				continue
			}
			sum += float64(l.to.y + l.there)
			n++
		}
		want[i] = float64(i.y + i.height()/2)
		if n > 0 {
			want[i] = sum / float64(n)
		} else if len(i.links) == 0 {
			want[i] = 1e9 // what stands alone goes to the foot
		}
	}
	slices.SortStableFunc(p.columns[c], func(a, b *item) int { return cmp.Compare(want[a], want[b]) })
}

func (p *plan) stack() {
	for c := range p.columns {
		p.stackColumn(c)
	}
}

func (p *plan) stackColumn(c int) {
	y := 0
	for k, i := range p.columns[c] {
		if k > 0 {
			y += gap(p.columns[c][k-1], i)
		}
		i.y = y
		y += i.height()
	}
}

// length is that of all lines, up and down.
func (p *plan) length() (sum int) {
	for _, c := range p.columns {
		for _, i := range c {
			for _, l := range i.links {
				d := i.y + l.here - l.to.y - l.there
				sum += max(d, -d)
			}
		}
	}
	return sum
}

// settle moves the items of each column, in their order, to where their lines
// are shortest, and then onto the column's grid. Columns beside each other have
// grids half a row apart, so that no two lines between them run on top of each other.
func (p *plan) settle() {
	for round := range 12 {
		for k := range p.columns {
			c := k
			if round%2 == 1 {
				c = len(p.columns) - 1 - k
			}
			p.relax(c)
		}
	}
	top := 0
	for _, c := range p.columns {
		for _, i := range c {
			top = min(top, i.y)
		}
	}
	for n, c := range p.columns {
		free := margin
		for k, i := range c {
			y := max(i.y-top+margin, free)
			if k > 0 {
				y = max(y, c[k-1].y+c[k-1].height()+gap(c[k-1], i))
			}
			i.y = snap(y, n)
			free = i.y + i.height()
		}
	}
}

// snap is the next place on a column's grid.
func snap(y, column int) int {
	const half = rowHeight / 2
	offset := margin + column%2*half
	return offset + (y-offset+rowHeight-1)/rowHeight*rowHeight
}

// block is a run of items that touch each other: they move as one.
type block struct {
	from, to int     // items
	sum      float64 // of where they want to be
	weight   float64
}

func (b block) place() float64 { return b.sum / b.weight }

// relax gives each item of a column the place it wants, as near as its
// neighbours in the column let it (pool adjacent violators).
func (p *plan) relax(c int) {
	column := p.columns[c]
	offsets := make([]int, len(column))
	for k := 1; k < len(column); k++ {
		offsets[k] = offsets[k-1] + column[k-1].height() + gap(column[k-1], column[k])
	}
	var blocks []block
	for k, i := range column {
		want, weight := float64(i.y), 0.1
		if len(i.links) > 0 {
			want, weight = 0, float64(len(i.links))
			for _, l := range i.links {
				want += float64(l.to.y+l.there-l.here) / weight
			}
			if i.table == nil {
				weight *= 2 // a line that runs straight is easy to follow
			}
		}
		blocks = append(blocks, block{k, k, (want - float64(offsets[k])) * weight, weight})
		for n := len(blocks); n > 1 && blocks[n-2].place() > blocks[n-1].place(); n = len(blocks) {
			a, b := blocks[n-2], blocks[n-1]
			blocks = append(blocks[:n-2], block{a.from, b.to, a.sum + b.sum, a.weight + b.weight})
		}
	}
	for _, b := range blocks {
		for k := b.from; k <= b.to; k++ {
			column[k].y = int(b.place()) + offsets[k]
		}
	}
}
