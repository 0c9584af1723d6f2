package sqlite

import "fmt"

// createIndex is a CREATE INDEX statement taken apart.
type createIndex struct {
	src     string
	unique  bool
	name    string
	nameAt  span // where a schema would stand
	table   string
	tableAt span
	parts   []indexPart
	where   span // empty for none
}

// indexPart is a key of an index.
type indexPart struct {
	expr      span   // without COLLATE and direction
	column    string // the name, if expr is no more than that
	collation string
	desc      bool
}

func parseCreateIndex(src string) (*createIndex, error) {
	p := newParser(src)
	c := &createIndex{src: src}
	p.expect("CREATE")
	c.unique = p.accept("UNIQUE")
	p.expect("INDEX")
	if p.accept("IF") {
		p.expect("NOT")
		p.expect("EXISTS")
	}
	start := p.here()
	c.name = p.ident()
	if p.acceptSymbol(".") {
		c.name = p.ident()
	}
	c.nameAt = span{start, p.last()}
	p.expect("ON")
	start = p.here()
	c.table = p.ident()
	c.tableAt = span{start, p.last()}
	p.expectSymbol("(")
	for p.err == nil {
		c.parts = append(c.parts, p.indexPart())
		if !p.acceptSymbol(",") {
			break
		}
	}
	p.expectSymbol(")")
	if p.accept("WHERE") {
		c.where.start = p.here()
		for !p.done() && p.err == nil {
			p.advance()
		}
		c.where.end = p.last()
	}
	if !p.done() {
		p.fail()
	}
	if p.err != nil {
		return nil, fmt.Errorf("reading %s: %w", excerpt(src), p.err)
	}
	return c, nil
}

// indexPart reads up to the comma or bracket that ends a key. COLLATE, ASC and
// DESC belong to the key where they stand last, else to its expression.
func (p *parser) indexPart() (part indexPart) {
	start, first := p.here(), p.i
	end := start
	for depth := 0; p.err == nil; {
		if depth == 0 && (p.atSymbol(",") || p.atSymbol(")")) {
			break
		}
		switch {
		case p.atSymbol("("):
			depth++
		case p.atSymbol(")"):
			depth--
		}
		p.advance()
	}
	last := p.i
	end = p.last()
	back := func(keyword string) bool {
		if last-first > 1 && p.toks[last-1].kind == word && sameName(p.str(last-1), keyword) {
			last--
			end = p.toks[last-1].end
			return true
		}
		return false
	}
	if p.err != nil || first == last {
		p.fail()
		return part
	}
	if last-first > 2 && p.toks[last-2].kind == word && sameName(p.str(last-2), "nulls") {
		last -= 2
		end = p.toks[last-1].end
	}
	if !back("asc") {
		part.desc = back("desc")
	}
	if last-first > 2 && p.toks[last-2].kind == word && sameName(p.str(last-2), "collate") {
		part.collation = dequote(p.str(last - 1))
		last -= 2
		end = p.toks[last-1].end
	}
	part.expr = span{start, end}
	if k := p.toks[first].kind; last-first == 1 && (k == word || k == quotedID || k == text) {
		part.column = dequote(p.str(first))
	}
	return part
}
