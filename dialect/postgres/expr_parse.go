package postgres

import (
	"slices"
	"strings"
)

// node is an expression in a form in which different spellings of one thing
// are alike: IN is = ANY, BETWEEN two comparisons, CAST(x AS t) x::t.
type node struct {
	kind nodeKind
	text string // operator, function, name, value or type
	cast string // of a value: the type it was cast to, empty for none said
	args []node
}

type nodeKind uint8

const (
	nodeValue nodeKind = iota + 1 // a string or number
	nodeWord                      // true, false, null, current_date …
	nodeName                      // a column
	nodeCall                      // a function
	nodeOp                        // an operator, prefix or infix
	nodeLogic                     // and, or (any number of arms), not
	nodeTest                      // IS NULL, IS TRUE …
	nodeCast                      // x::type
	nodeArray                     // ARRAY[…]
	nodeIn                        // x = ANY (…), with the operator
	nodeCase                      // CASE: its parts in order; missing ones are nodeNone
	nodeNone
	nodeOther // COLLATE, AT TIME ZONE, subscripts
)

// parseExpr reads the common part of the language of expressions. Not ok is
// what lies outside it: subqueries, rows, window functions, special call syntax.
func parseExpr(text string) (n node, ok bool) {
	tokens, ok := lex(text)
	if !ok || len(tokens) > 4096 {
		return node{}, false
	}
	p := &parser{tokens: tokens}
	n = p.expr(0)
	return n, !p.bad && p.at == len(tokens)
}

// parser is an operator precedence parser. After a failure it is bad, and what it returns is of no use.
type parser struct {
	tokens []token
	at     int
	depth  int
	bad    bool
}

func (p *parser) fail() node {
	p.bad = true
	return node{}
}

func (p *parser) peek(ahead int) token {
	if p.at+ahead < len(p.tokens) {
		return p.tokens[p.at+ahead]
	}
	return token{}
}

// take consumes the next tokens if they are these.
func (p *parser) take(texts ...string) bool {
	for i, text := range texts {
		if !p.peek(i).is(text) {
			return false
		}
	}
	p.at += len(texts)
	return true
}

func (p *parser) want(text string) {
	if !p.take(text) {
		p.bad = true
	}
}

// The precedences, lowest first.
// https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-PRECEDENCE
const (
	_ = iota
	precOr
	precAnd
	precNot
	precIs
	precCompare
	precLike
	precOther
	precAdd
	precMultiply
	precPower
	precAt
	precCollate
	precUnary
	precCast
)

// expr reads operators that bind tighter than min.
func (p *parser) expr(low int) node {
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > 200 {
		return p.fail()
	}
	left := p.prefix()
	for !p.bad {
		next, ok := p.infix(left, low)
		if !ok {
			break
		}
		left = next
	}
	return left
}

// prefix reads an operand with what stands before it.
func (p *parser) prefix() node {
	t := p.peek(0)
	switch {
	case p.take("not"):
		return node{kind: nodeLogic, text: "not", args: []node{p.expr(precNot)}}
	case t.kind == tokenOperator:
		p.at++
		prec := precOther
		if t.text == "-" || t.text == "+" {
			prec = precUnary
		}
		arg := p.expr(prec)
		if arg.kind == nodeValue && arg.cast == "" && t.text == "-" && !strings.HasPrefix(arg.text, "-") {
			arg.text = "-" + arg.text
			return arg
		}
		return node{kind: nodeOp, text: t.text, args: []node{arg}}
	case p.take("("):
		n := p.expr(0)
		p.want(")")
		return n
	case t.kind == tokenString || t.kind == tokenBits:
		p.at++
		return node{kind: nodeValue, text: t.text}
	case t.kind == tokenNumber:
		p.at++
		return node{kind: nodeValue, text: plainNumber(t.text)}
	case t.kind == tokenQuoted:
		return p.name()
	case t.kind == tokenWord:
		return p.word(t.text)
	}
	return p.fail()
}

// word reads what begins with a keyword or a name.
func (p *parser) word(word string) node {
	switch word {
	case "true", "false", "null", "current_date", "current_time", "localtime", "localtimestamp", "current_user", "session_user":
		if p.peek(1).is("(") {
			return p.fail()
		}
		p.at++
		return node{kind: nodeWord, text: word}
	case "current_timestamp":
		p.at++
		if p.peek(0).is("(") {
			return p.fail()
		}
		return node{kind: nodeCall, text: "now"}
	case "cast":
		p.at++
		p.want("(")
		n := p.expr(0)
		p.want("as")
		n = cast(n, p.typeName())
		p.want(")")
		return n
	case "array":
		p.at++
		p.want("[")
		return node{kind: nodeArray, args: p.list("]")}
	case "case":
		p.at++
		return p.caseWhen()
	}
	if special[word] && p.peek(1).is("(") {
		return p.specialCall(word)
	}
	if capitals[word] && !slices.Contains([]string{"coalesce", "greatest", "least", "nullif"}, word) {
		return p.fail()
	}
	if n, ok := p.typed(); ok {
		return n
	}
	return p.name()
}

// typed reads a value behind its type: date '2020-01-01'.
func (p *parser) typed() (node, bool) {
	end := p.at
	for end < len(p.tokens) && p.tokens[end].kind == tokenWord {
		end++
	}
	if end == p.at || end == len(p.tokens) || p.tokens[end].kind != tokenString {
		return node{}, false
	}
	name := spell(p.tokens[p.at:end])
	if _, known := parseType(name); !known {
		return node{}, false
	}
	value := p.tokens[end].text
	p.at = end + 1
	return cast(node{kind: nodeValue, text: value}, typeKey(name)), true
}

// name reads a column or a call.
func (p *parser) name() node {
	parts := []string{p.peek(0).text}
	p.at++
	for p.take(".") {
		t := p.peek(0)
		if t.kind != tokenWord && t.kind != tokenQuoted {
			return p.fail()
		}
		parts = append(parts, t.text)
		p.at++
	}
	if len(parts) > 1 && parts[0] == "pg_catalog" {
		parts = parts[1:]
	}
	full := strings.Join(parts, "\x00")
	if !p.take("(") {
		return node{kind: nodeName, text: full}
	}
	return node{kind: nodeCall, text: full, args: p.list(")")}
}

// list reads expressions up to the closing bracket.
func (p *parser) list(end string) (args []node) {
	if p.take(end) {
		return nil
	}
	for !p.bad {
		args = append(args, p.expr(0))
		if p.take(end) {
			return args
		}
		p.want(",")
	}
	return nil
}

// special are the functions whose arguments may have words between them.
var special = set("substring overlay position trim extract")

// specialCall reads such a call: substring(v FROM 1 FOR 2). The words become part of its name.
func (p *parser) specialCall(name string) node {
	p.at += 2
	n := node{kind: nodeCall, text: name}
	if name == "trim" {
		side := "both"
		for _, word := range []string{"both", "leading", "trailing"} {
			if p.take(word) {
				side = word
			}
		}
		n.text += " " + side
		p.take("from")
	}
	for !p.bad {
		arg := p.expr(precLike) // IN is one of the words
		if name == "extract" && arg.kind == nodeName && len(n.args) == 0 {
			arg.kind = nodeValue
		}
		n.args = append(n.args, arg)
		word := p.peek(0).text
		switch {
		case p.take(")"):
			return n
		case p.take(","):
		case p.take("from"), p.take("for"), p.take("in"), p.take("placing"):
			n.text += " " + word
		default:
			return p.fail()
		}
	}
	return n
}

func (p *parser) caseWhen() node {
	n := node{kind: nodeCase, args: []node{{kind: nodeNone}}}
	if !p.peek(0).is("when") {
		n.args[0] = p.expr(0)
	}
	for p.take("when") {
		when := p.expr(0)
		p.want("then")
		n.args = append(n.args, when, p.expr(0))
	}
	last := node{kind: nodeWord, text: "null"} // what the server writes where nothing was said
	if p.take("else") {
		last = p.expr(0)
	}
	p.want("end")
	n.args = append(n.args, last)
	return n
}
