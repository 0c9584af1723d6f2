package sqlite

import (
	"fmt"
	"slices"
	"strings"
)

// parser walks over the tokens of a statement that are not blank. After the
// first error it stands still.
type parser struct {
	src  string
	toks []token
	i    int
	err  error
}

func newParser(src string) *parser {
	p := &parser{src: src, toks: slices.DeleteFunc(scan(src), func(t token) bool { return t.kind == blank })}
	for len(p.toks) > 0 && p.str(len(p.toks)-1) == ";" {
		p.toks = p.toks[:len(p.toks)-1]
	}
	return p
}

func (p *parser) str(i int) string { return p.src[p.toks[i].start:p.toks[i].end] }
func (p *parser) done() bool       { return p.i >= len(p.toks) }

// kind is the kind of the next token; illegal at the end.
func (p *parser) kind() tokenKind {
	if p.done() {
		return illegal
	}
	return p.toks[p.i].kind
}

// here is where the next token begins, last where the one before it ended.
func (p *parser) here() int {
	if p.done() {
		return p.last()
	}
	return p.toks[p.i].start
}

func (p *parser) last() int {
	if p.i == 0 {
		return 0
	}
	return p.toks[p.i-1].end
}

// upper is the next token in upper case; empty unless it is a word.
func (p *parser) upper() string {
	if p.kind() != word {
		return ""
	}
	return strings.ToUpper(p.str(p.i))
}

func (p *parser) at(keyword string) bool { return p.atNth(0, keyword) }

func (p *parser) atNth(n int, keyword string) bool {
	i := p.i + n
	return p.err == nil && i >= 0 && i < len(p.toks) && p.toks[i].kind == word && strings.EqualFold(p.str(i), keyword)
}

func (p *parser) atSymbol(s string) bool {
	return p.err == nil && !p.done() && p.kind() == symbol && p.str(p.i) == s
}

func (p *parser) accept(keyword string) bool {
	if p.at(keyword) {
		p.i++
		return true
	}
	return false
}

func (p *parser) acceptSymbol(s string) bool {
	if p.atSymbol(s) {
		p.i++
		return true
	}
	return false
}

func (p *parser) expect(keyword string) {
	if !p.accept(keyword) {
		p.fail()
	}
}

func (p *parser) expectSymbol(s string) {
	if !p.acceptSymbol(s) {
		p.fail()
	}
}

func (p *parser) advance() {
	if p.err == nil && !p.done() {
		p.i++
		return
	}
	p.fail()
}

// ident reads a name in any of SQLite's quotes, or bare.
func (p *parser) ident() string {
	switch p.kind() {
	case word, quotedID, text:
		if p.err == nil {
			p.i++
			return dequote(p.str(p.i - 1))
		}
	case blank, blob, number, param, symbol, illegal:
	}
	p.fail()
	return ""
}

// brackets reads over a bracketed piece and returns what is inside.
func (p *parser) brackets() span {
	p.expectSymbol("(")
	inside := span{p.here(), p.here()}
	for depth := 1; p.err == nil; {
		switch {
		case p.atSymbol("("):
			depth++
		case p.atSymbol(")"):
			depth--
		}
		if depth == 0 {
			break
		}
		p.advance()
		inside.end = p.last()
	}
	p.expectSymbol(")")
	return inside
}

func (p *parser) fail() {
	if p.err != nil {
		return
	}
	near := "the end"
	if !p.done() {
		near = fmt.Sprintf("%q", excerpt(p.src[p.here():]))
	}
	p.err = fmt.Errorf("%w at %s", errSyntax, near)
}
