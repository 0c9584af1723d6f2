package postgres

import (
	"strings"
)

// infix reads what stands behind left, if it binds tighter than low.
func (p *parser) infix(left node, low int) (node, bool) {
	t := p.peek(0)
	switch t.kind {
	case tokenSign:
		return p.attached(left, low)
	case tokenOperator:
		return p.operator(left, t.text, low)
	case tokenWord:
		return p.keyword(left, low)
	default:
		return node{}, false
	}
}

// attached reads a cast or a subscript.
func (p *parser) attached(left node, low int) (node, bool) {
	switch {
	case low < precCast && p.take("::"):
		return cast(left, p.typeName()), true
	case low < precCast && p.take("["):
		n := node{kind: nodeOther, text: "[]", args: []node{left, p.expr(0)}}
		p.want("]")
		return n, true
	}
	return node{}, false
}

var precedence = map[string]int{
	"<": precCompare, ">": precCompare, "=": precCompare, "<=": precCompare, ">=": precCompare, "<>": precCompare,
	"+": precAdd, "-": precAdd, "*": precMultiply, "/": precMultiply, "%": precMultiply, "^": precPower,
}

func (p *parser) operator(left node, op string, low int) (node, bool) {
	prec := precedence[op]
	if prec == 0 {
		prec = precOther
	}
	if prec <= low {
		return node{}, false
	}
	p.at++
	for _, every := range []string{"any", "some", "all"} {
		if p.peek(0).is(every) && p.peek(1).is("(") {
			p.at += 2
			right := p.expr(0)
			p.want(")")
			return quantified(left, op, every, right), true
		}
	}
	return node{kind: nodeOp, text: op, args: []node{left, p.expr(prec)}}, true
}

// quantified is x = ANY (…); with the elements of an array written out it is what IN is.
func quantified(left node, op, every string, right node) node {
	if every == "some" {
		every = "any"
	}
	args := []node{left}
	for right.kind == nodeCast && right.args[0].kind == nodeArray {
		elems := right.args[0]
		for i, e := range elems.args {
			if e.kind == nodeValue && e.cast == "" {
				elems.args[i].cast = strings.TrimSuffix(right.text, "[]")
			}
		}
		right = elems
	}
	text := op + " " + every
	if right.kind == nodeArray {
		return node{kind: nodeIn, text: text, args: append(args, right.args...)}
	}
	return node{kind: nodeOther, text: text, args: append(args, right)}
}

func (p *parser) keyword(left node, low int) (node, bool) {
	switch {
	case low < precOr && p.take("or"):
		return logic("or", left, p.expr(precOr)), true
	case low < precAnd && p.take("and"):
		return logic("and", left, p.expr(precAnd)), true
	case low < precIs && p.take("isnull"):
		return node{kind: nodeTest, text: "null", args: []node{left}}, true
	case low < precIs && p.take("notnull"):
		return node{kind: nodeTest, text: "not null", args: []node{left}}, true
	case low < precIs && p.take("is"):
		return p.is(left), true
	case low < precCollate && p.take("collate"):
		name := p.peek(0).text
		p.at++
		return node{kind: nodeOther, text: "collate " + name, args: []node{left}}, true
	case low < precAt && p.take("at", "time", "zone"):
		return node{kind: nodeCall, text: "timezone", args: []node{p.expr(precAt), left}}, true
	case low < precLike:
		return p.likeOrIn(left)
	}
	return node{}, false
}

// logic joins arms; those of the same kind within it are arms of the whole.
func logic(op string, arms ...node) node {
	n := node{kind: nodeLogic, text: op}
	for _, a := range arms {
		if a.kind == nodeLogic && a.text == op {
			n.args = append(n.args, a.args...)
		} else {
			n.args = append(n.args, a)
		}
	}
	return n
}

func (p *parser) is(left node) node {
	text := ""
	if p.take("not") {
		text = "not "
	}
	if p.take("distinct", "from") {
		return node{kind: nodeOp, text: text + "distinct", args: []node{left, p.expr(precIs)}}
	}
	for _, word := range []string{"null", "true", "false", "unknown"} {
		if p.take(word) {
			return node{kind: nodeTest, text: text + word, args: []node{left}}
		}
	}
	return p.fail()
}

// likeOrIn reads [NOT] LIKE, ILIKE, IN and BETWEEN.
func (p *parser) likeOrIn(left node) (node, bool) {
	not := p.peek(0).is("not")
	skip := 0
	if not {
		skip = 1
	}
	word := p.peek(skip)
	if word.kind != tokenWord {
		return node{}, false
	}
	switch word.text {
	case "like", "ilike":
		p.at += skip + 1
		op := "~~"
		if word.text == "ilike" {
			op = "~~*"
		}
		if not {
			op = "!" + op
		}
		right := p.expr(precLike)
		if p.peek(0).is("escape") {
			return p.fail(), true
		}
		return node{kind: nodeOp, text: op, args: []node{left, right}}, true
	case "in":
		p.at += skip + 1
		p.want("(")
		n := in(left, p.list(")"))
		if not {
			n.text = map[string]string{"=": "<>", "= any": "<> all"}[n.text]
		}
		return n, true
	case "between":
		p.at += skip + 1
		if p.peek(0).is("symmetric") || p.peek(0).is("asymmetric") {
			return p.fail(), true
		}
		from := p.expr(precLike)
		p.want("and")
		to := p.expr(precLike)
		if not {
			return logic("or", comparison(left, "<", from), comparison(left, ">", to)), true
		}
		return logic("and", comparison(left, ">=", from), comparison(left, "<=", to)), true
	}
	return node{}, false
}

// in is x IN (…), which with one element is a comparison.
func in(left node, elems []node) node {
	if len(elems) == 1 {
		return comparison(left, "=", elems[0])
	}
	return node{kind: nodeIn, text: "= any", args: append([]node{left}, elems...)}
}

func comparison(left node, op string, right node) node {
	return node{kind: nodeOp, text: op, args: []node{left, right}}
}

// typeName reads a type behind :: or AS.
func (p *parser) typeName() string {
	start := p.at
	if t := p.peek(0); t.kind != tokenWord && t.kind != tokenQuoted {
		p.bad = true
		return ""
	}
	p.at++
	for p.take(".") {
		p.at++
	}
	two := map[string][]string{"double": {"precision"}, "character": {"varying"}, "char": {"varying"}, "bit": {"varying"}}
	p.take(two[p.tokens[start].text]...)
	if p.peek(0).is("(") {
		if end := closing(p.tokens, p.at); end > 0 {
			p.at = end + 1
		}
	}
	if t := p.tokens[start].text; t == "time" || t == "timestamp" {
		_ = p.take("with", "time", "zone") || p.take("without", "time", "zone")
	}
	for p.take("[", "]") || p.peek(0).is("array") && p.take("array") {
	}
	if p.bad || p.at > len(p.tokens) {
		p.bad = true
		return ""
	}
	return typeKey(spell(p.tokens[start:p.at]))
}

// typeKey is one name for all the names of a type.
func typeKey(name string) string {
	if def, ok := parseType(name); ok {
		if text, err := (server{}).typeDef(def); err == nil {
			return strings.ToLower(text)
		}
	}
	return strings.TrimPrefix(name, "pg_catalog.")
}

// cast gives a value its type, and anything else a cast.
func cast(n node, to string) node {
	if n.kind == nodeValue && n.cast == "" {
		n.cast = to
		return n
	}
	return node{kind: nodeCast, text: to, args: []node{n}}
}
