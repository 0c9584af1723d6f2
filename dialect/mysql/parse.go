package mysql

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// errNotParsed says that an expression is beyond this parser. It is no fault of
// the expression: its text is then compared token by token.
var errNotParsed = errors.New("beyond the expression parser")

// parser reads expressions by the precedence of
// https://dev.mysql.com/doc/refman/8.4/en/operator-precedence.html.
type parser struct {
	tokens      []token
	pos         int
	pipesConcat bool
	depth       int
}

// maxDepth bounds the nesting, so that hostile input cannot exhaust the stack.
const maxDepth = 200

// parseExpr reads a whole expression.
func (d *Dialect) parseExpr(tokens []token) (*node, error) {
	p := &parser{tokens: tokens, pipesConcat: d.set.pipesConcat}
	n, err := p.or()
	if err != nil {
		return nil, err
	}
	if p.pos != len(tokens) {
		return nil, errNotParsed
	}
	return n, nil
}

func (p *parser) peek() token {
	if p.pos < len(p.tokens) {
		return p.tokens[p.pos]
	}
	return token{}
}

func (p *parser) peekAt(n int) token {
	if p.pos+n < len(p.tokens) {
		return p.tokens[p.pos+n]
	}
	return token{}
}

// accept takes the next token if it is one of the texts.
func (p *parser) accept(texts ...string) bool {
	if p.peek().is(texts...) {
		p.pos++
		return true
	}
	return false
}

func (p *parser) expect(text string) error {
	if !p.accept(text) {
		return fmt.Errorf("%w: no %s", errNotParsed, text)
	}
	return nil
}

func (p *parser) or() (*node, error) {
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > maxDepth {
		return nil, errNotParsed
	}
	words := []string{"OR", "||"}
	if p.pipesConcat {
		words = words[:1]
	}
	return p.chain("OR", words, func() (*node, error) {
		return p.chain("XOR", []string{"XOR"}, func() (*node, error) {
			return p.chain("AND", []string{"AND", "&&"}, p.not)
		})
	})
}

// chain reads operands that one associative operator joins.
func (p *parser) chain(name string, words []string, operand func() (*node, error)) (*node, error) {
	first, err := operand()
	if err != nil {
		return nil, err
	}
	n := &node{kind: chainNode, text: name, args: []*node{first}}
	for p.accept(words...) {
		next, err := operand()
		if err != nil {
			return nil, err
		}
		n.args = append(n.args, next)
	}
	if len(n.args) == 1 {
		return first, nil
	}
	return n, nil
}

func (p *parser) not() (*node, error) {
	if !p.accept("NOT") {
		return p.comparison()
	}
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > maxDepth {
		return nil, errNotParsed
	}
	n, err := p.not()
	if err != nil {
		return nil, err
	}
	return &node{kind: unaryNode, text: "NOT", args: []*node{n}}, nil
}

func (p *parser) comparison() (*node, error) {
	left, err := p.predicate()
	if err != nil {
		return nil, err
	}
	for {
		t := p.peek()
		switch {
		case t.kind == opToken && t.is("=", "<=>", "<>", "!=", "<", "<=", ">", ">="):
			p.pos++
			right, err := p.predicate()
			if err != nil {
				return nil, err
			}
			op := t.text
			if op == "!=" {
				op = "<>"
			}
			left = &node{kind: binaryNode, text: op, args: []*node{left, right}}
		case p.accept("IS"):
			not := p.accept("NOT")
			word := strings.ToUpper(p.peek().text)
			if !p.accept("NULL", "TRUE", "FALSE", "UNKNOWN") {
				return nil, errNotParsed
			}
			if word == "UNKNOWN" {
				word = "NULL"
			}
			left = &node{kind: isNode, text: word, not: not, args: []*node{left}}
		default:
			return left, nil
		}
	}
}

func (p *parser) predicate() (*node, error) {
	left, err := p.binary(0)
	if err != nil {
		return nil, err
	}
	not := p.peek().is("NOT") && p.peekAt(1).is("IN", "BETWEEN", "LIKE", "REGEXP", "RLIKE")
	if not {
		p.pos++
	}
	switch {
	case p.accept("IN"):
		if err := p.expect("("); err != nil {
			return nil, err
		}
		list, err := p.list()
		return &node{kind: inNode, not: not, args: append([]*node{left}, list...)}, err
	case p.accept("BETWEEN"):
		low, err := p.binary(0)
		if err != nil {
			return nil, err
		}
		if err := p.expect("AND"); err != nil {
			return nil, err
		}
		high, err := p.predicate()
		return &node{kind: betweenNode, not: not, args: []*node{left, low, high}}, err
	case p.accept("LIKE"):
		return p.like(left, not)
	case p.accept("REGEXP", "RLIKE"):
		right, err := p.binary(0)
		return &node{kind: likeNode, text: "REGEXP", not: not, args: []*node{left, right}}, err
	}
	return left, nil
}

func (p *parser) like(left *node, not bool) (*node, error) {
	right, err := p.unary()
	if err != nil {
		return nil, err
	}
	n := &node{kind: likeNode, text: "LIKE", not: not, args: []*node{left, right}}
	if p.accept("ESCAPE") {
		escape, err := p.unary()
		if err != nil {
			return nil, err
		}
		n.args = append(n.args, escape)
	}
	return n, nil
}

// precedence lists the binary operators from loose to tight.
var precedence = [][]string{{"|"}, {"&"}, {"<<", ">>"}, {"+", "-"}, {"*", "/", "DIV", "%", "MOD"}, {"^"}}

// level is the precedence of a binary operator, -1 for none.
func level(op string) int {
	return slices.IndexFunc(precedence, func(ops []string) bool { return slices.Contains(ops, op) })
}

// binary reads operators of at least the given level.
func (p *parser) binary(at int) (*node, error) {
	if at == len(precedence) {
		return p.unary()
	}
	left, err := p.binary(at + 1)
	if err != nil {
		return nil, err
	}
	for {
		op := strings.ToUpper(p.peek().text)
		if k := p.peek().kind; (k != opToken && k != wordToken) || level(op) != at {
			return left, nil
		}
		p.pos++
		right, err := p.binary(at + 1)
		if err != nil {
			return nil, err
		}
		if op == "MOD" {
			op = "%"
		}
		left = &node{kind: binaryNode, text: op, args: []*node{left, right}}
	}
}

func (p *parser) unary() (*node, error) {
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > maxDepth {
		return nil, errNotParsed
	}
	t := p.peek()
	switch {
	case t.kind == opToken && t.is("-", "~", "!", "+"):
		p.pos++
		n, err := p.unary()
		if err != nil {
			return nil, err
		}
		switch t.text {
		case "+":
			return n, nil
		case "!":
			return &node{kind: unaryNode, text: "NOT", args: []*node{n}}, nil
		}
		return &node{kind: unaryNode, text: t.text, args: []*node{n}}, nil
	case t.is("BINARY") && !p.peekAt(1).is("("):
		p.pos++
		n, err := p.unary()
		return &node{kind: castNode, text: "char charset binary", args: []*node{n}}, err
	}
	n, err := p.primary()
	if err != nil {
		return nil, err
	}
	return p.suffix(n)
}

// suffix reads what may follow an operand: COLLATE, -> and ->>.
func (p *parser) suffix(n *node) (*node, error) {
	for {
		switch {
		case p.accept("COLLATE"):
			t := p.peek()
			if t.kind != wordToken && t.kind != identToken && t.kind != stringToken {
				return nil, errNotParsed
			}
			p.pos++
			n = &node{kind: collateNode, text: strings.ToLower(t.text), args: []*node{n}}
		case p.peek().is("->", "->>"):
			unquote := p.peek().text == "->>"
			p.pos++
			path := p.peek()
			if path.kind != stringToken {
				return nil, errNotParsed
			}
			p.pos++
			n = &node{kind: funcNode, text: "json_extract", args: []*node{n, {kind: stringNode, text: path.text}}}
			if unquote {
				n = &node{kind: funcNode, text: "json_unquote", args: []*node{n}}
			}
		default:
			return n, nil
		}
	}
}

// list reads expressions up to the closing bracket.
func (p *parser) list() ([]*node, error) {
	var out []*node
	if p.accept(")") {
		return nil, nil
	}
	for {
		n, err := p.or()
		if err != nil {
			return nil, err
		}
		out = append(out, n)
		if p.accept(")") {
			return out, nil
		}
		if err := p.expect(","); err != nil {
			return nil, err
		}
	}
}
