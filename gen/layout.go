package gen

import "github.com/dave/jennifer/jen"

const (
	lineLimit = 120     // columns that a line should not exceed
	tabWidth  = 4       // columns that a tab is taken for
	never     = 1 << 20 // the width of what cannot stand on one line
)

// node is an expression that knows its width before it is written, so that a
// long call is broken over lines at its outermost brackets first: jennifer
// itself breaks no lines, and gofmt moves none.
type node interface {
	// width is the number of columns on one line, at least never if it must be broken.
	width() int
	// code writes the expression as the place allows.
	code(at place) *jen.Statement
}

// omitted is a value that a hook has left out. Lists leave it out too.
type omitted struct{}

func (omitted) width() int                { return 0 }
func (omitted) code(place) *jen.Statement { return &jen.Statement{} }

// place is where an expression begins, and what follows it on its last line.
type place struct {
	column int // where it begins
	indent int // tabs in front of its line
	tail   int // columns behind it on its line
}

func (p place) fits(width int) bool { return p.column+width+p.tail <= lineLimit }

// line is the beginning of a line of its own, indented by tabs.
func line(indent, tail int) place {
	return place{column: indent * tabWidth, indent: indent, tail: tail}
}

// atom is what is never broken: a name or a literal.
type atom struct {
	text  *jen.Statement
	cols  int
	quote bool // a string literal, which may stay on the line of the call it leads
}

func (a atom) width() int                { return a.cols }
func (a atom) code(place) *jen.Statement { return a.text }

// brackets are those around a list.
type brackets struct{ open, close string }

var (
	round = brackets{"(", ")"} // of a call
	curly = brackets{"{", "}"} // of a composite literal
)

// list is a call or a composite literal.
type list struct {
	head  node // what stands in front of the bracket; nil for an elided type
	in    brackets
	items []node
	wide  bool // one item a line
}

// lead is how many items stay on the line of the head when the rest is broken:
// the names a call begins with.
func (l list) lead() int {
	n := 0
	for n < len(l.items) && l.in == round {
		if a, ok := l.items[n].(atom); !ok || !a.quote {
			break
		}
		n++
	}
	if n == len(l.items) && n > 1 && !l.wide {
		return 1 // nothing but strings, too long for a line: the first is the name of the others
	}
	return n
}

func (l list) headWidth() int {
	if l.head == nil {
		return 0
	}
	return l.head.width()
}

func (l list) width() int {
	if l.wide && l.lead() < len(l.items) {
		return never
	}
	w := l.headWidth() + len("()")
	for i, it := range l.items {
		if i > 0 {
			w += len(", ")
		}
		w += it.width()
	}
	return min(w, never)
}

// joined reports whether the items stay on the line of the head although they
// do not fit: a function literal and a single argument break inside.
func (l list) joined() bool {
	for _, it := range l.items {
		if _, ok := it.(block); ok {
			return true
		}
	}
	return l.in == round && !l.wide && len(l.items) == 1
}

func (l list) code(at place) *jen.Statement {
	lead := l.lead()
	if at.fits(l.width()) || l.joined() || lead == len(l.items) {
		return l.oneLine(at)
	}
	// head("lead",
	// 	item,
	// )
	s := l.begin(at)
	codes := l.lines(l.items[lead:], line(at.indent+1, len(",")))
	if lead == 0 {
		return s.Custom(jen.Options{Open: l.in.open, Close: l.in.close, Separator: ",", Multi: true}, codes...)
	}
	first := make([]jen.Code, 0, lead)
	for _, it := range l.items[:lead] {
		first = append(first, it.code(at))
	}
	return s.Custom(jen.Options{Open: l.in.open, Separator: ","}, first...).Op(",").
		Custom(jen.Options{Close: l.in.close, Separator: ",", Multi: true}, codes...)
}

// lines are the items one a line, or as many as a line holds if all are literals.
func (l list) lines(items []node, inside place) []jen.Code {
	codes := make([]jen.Code, 0, len(items))
	short := true
	for _, it := range items {
		_, ok := it.(atom)
		short = short && ok
		codes = append(codes, it.code(inside))
	}
	if !short || l.wide {
		return codes
	}
	var rows []jen.Code
	for from := 0; from < len(items); {
		to, width := from+1, items[from].width()
		for to < len(items) && inside.fits(width+len(", ")+items[to].width()) {
			width += len(", ") + items[to].width()
			to++
		}
		rows = append(rows, jen.Custom(jen.Options{Separator: ","}, codes[from:to]...))
		from = to
	}
	return rows
}

// oneLine writes head(item, item), whose items may still break inside.
func (l list) oneLine(at place) *jen.Statement {
	s := l.begin(at)
	after := len(l.in.close) + at.tail
	for _, it := range l.items {
		after += it.width() + len(", ")
	}
	column := at.column + l.headWidth() + len(l.in.open)
	codes := make([]jen.Code, 0, len(l.items))
	for i, it := range l.items {
		after -= it.width() + len(", ")
		tail := after
		if i < len(l.items)-1 && it.width() >= never {
			tail = len(", ") // what follows stands on a line further down
		}
		codes = append(codes, it.code(place{column: column, indent: at.indent, tail: tail}))
		column += it.width() + len(", ")
		if it.width() >= never {
			column = at.indent*tabWidth + len("}, ")
		}
	}
	return s.Custom(jen.Options{Open: l.in.open, Close: l.in.close, Separator: ","}, codes...)
}

func (l list) begin(at place) *jen.Statement {
	if l.head == nil {
		return &jen.Statement{}
	}
	return jen.Add(l.head.code(at))
}

// chain is a call with calls on its result; every link but the first begins with the dot.
type chain []node

func (c chain) width() int {
	w := 0
	for _, link := range c {
		w += link.width()
	}
	return min(w, never)
}

// code breaks the widest link if the chain is too long for the line.
func (c chain) code(at place) *jen.Statement {
	widest, all := 0, c.width()
	for i, link := range c {
		if link.width() > c[widest].width() {
			widest = i
		}
	}
	s := &jen.Statement{}
	column := at.column
	for i, link := range c {
		p := place{column: column, indent: at.indent}
		column += link.width()
		if i == widest && !at.fits(all) {
			p.tail = lineLimit
			column = at.indent*tabWidth + len(")") // what follows stands behind the closing bracket
		}
		s.Add(link.code(p))
	}
	return s
}

// pair is a key and its value in a composite literal.
type pair struct{ key, value node }

func (p pair) width() int { return min(p.key.width()+len(": ")+p.value.width(), never) }

func (p pair) code(at place) *jen.Statement {
	value := at
	value.column += p.key.width() + len(": ")
	// key: value
	return jen.Add(p.key.code(at)).Op(":").Add(p.value.code(value))
}

// prefix is an operator in front of an expression.
type prefix struct {
	op   string
	expr node
}

func (p prefix) width() int { return min(len(p.op)+p.expr.width(), never) }

func (p prefix) code(at place) *jen.Statement {
	at.column += len(p.op)
	// &expr
	return jen.Op(p.op).Add(p.expr.code(at))
}

// block is a function literal of one parameter whose body is calls.
type block struct {
	param string
	typ   node
	body  []node
	err   bool
}

func (block) width() int { return never }

func (b block) code(at place) *jen.Statement {
	body := make([]jen.Code, 0, len(b.body))
	for _, n := range b.body {
		body = append(body, n.code(line(at.indent+1, 0)))
	}
	f := jen.Func().Params(jen.Id(b.param).Op("*").Add(b.typ.code(at)))
	if b.err {
		// func(o *op.Operations) error {
		// 	o.ExecFile(…)
		// 	return o.Err()
		// }
		return f.Error().Block(append(body, jen.Return(jen.Id(b.param).Dot("Err").Call()))...)
	}
	// func(t *op.Table) {
	// 	t.AddColumn(…)
	// }
	return f.Block(body...)
}
