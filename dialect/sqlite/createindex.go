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

// indexPart reads up to the comma or bracket that ends a key.
func (p *parser) indexPart() (part indexPart) {
	first := p.i
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
	if p.err != nil || first == p.i {
		p.fail()
		return part
	}
	toks := p.toks[first:p.i]
	wordAt := func(back int, keyword string) bool {
		i := len(toks) - back
		return i > 0 && toks[i].kind == word && sameName(p.src[toks[i].start:toks[i].end], keyword)
	}
	if wordAt(2, "nulls") {
		toks = toks[:len(toks)-2]
	}
	if part.desc = wordAt(1, "desc"); part.desc || wordAt(1, "asc") {
		toks = toks[:len(toks)-1]
	}
	// COLLATE belongs to the key where it stands last, brackets or not.
	for {
		n := len(toks)
		toks = unbracket(p.src, toks)
		if wordAt(2, "collate") {
			if part.collation == "" {
				last := toks[len(toks)-1]
				part.collation = dequote(p.src[last.start:last.end])
			}
			toks = toks[:len(toks)-2]
		}
		if len(toks) == n {
			break
		}
	}
	part.expr = span{toks[0].start, toks[len(toks)-1].end}
	if k := toks[0].kind; len(toks) == 1 && (k == word || k == quotedID || k == text) {
		part.column = dequote(p.src[part.expr.start:part.expr.end])
	}
	return part
}
