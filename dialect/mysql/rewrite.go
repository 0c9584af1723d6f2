package mysql

import "strings"

// rewrite brings an expression to the one form of the several that the servers
// make of it; what MySQL 9.7 and MariaDB 10.11 do was observed, not assumed.
// Every rule keeps the meaning, so that the result may be executed.
func (d *Dialect) rewrite(n *node) *node {
	m := *n
	m.args = make([]*node, len(n.args))
	for i, a := range n.args {
		m.args[i] = d.rewrite(a)
	}
	switch m.kind {
	case chainNode:
		return rewriteChain(&m)
	case unaryNode:
		return rewriteUnary(&m)
	case binaryNode:
		return rewriteBinary(&m)
	case isNode:
		if m.text != "NULL" {
			m.args[0] = truth(m.args[0])
		}
		return &m
	case wordNode:
		// MariaDB knows TRUE and FALSE as numbers only.
		if d.is(MariaDB) && m.text == "TRUE" {
			return &node{kind: numberNode, text: "1"}
		}
		if d.is(MariaDB) && m.text == "FALSE" {
			return &node{kind: numberNode, text: "0"}
		}
		return &m
	case funcNode:
		return d.rewriteCall(&m)
	default:
		return &m
	}
}

// rewriteChain makes (a AND b) AND c one chain and drops the comparisons with
// zero that the servers put around what is no condition.
func rewriteChain(n *node) *node {
	out := &node{kind: chainNode, text: n.text}
	for _, a := range n.args {
		a = truth(a)
		if a.kind == chainNode && a.text == n.text {
			out.args = append(out.args, a.args...)
			continue
		}
		out.args = append(out.args, a)
	}
	return out
}

// truth is x for x <> 0, where only truth matters.
func truth(n *node) *node {
	if n.kind == binaryNode && n.text == "<>" && isNumber(n.args[1], "0") {
		return n.args[0]
	}
	return n
}

func isNumber(n *node, text string) bool { return n.kind == numberNode && n.text == text }

// opposite is what NOT makes of a comparison.
var opposite = map[string]string{"=": "<>", "<>": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}

func rewriteUnary(n *node) *node {
	arg := n.args[0]
	switch n.text {
	case "-":
		if arg.kind == numberNode && !strings.HasPrefix(arg.text, "-") {
			return &node{kind: numberNode, text: "-" + arg.text}
		}
	case "NOT":
		return negate(arg, n)
	}
	return n
}

// negate is NOT arg in the words of the servers; n is that as it stands.
func negate(arg, n *node) *node {
	switch arg.kind {
	case binaryNode:
		if op, ok := opposite[arg.text]; ok {
			return rewriteBinary(&node{kind: binaryNode, text: op, args: arg.args})
		}
	case inNode, betweenNode, likeNode, isNode:
		m := *arg
		m.not = !m.not
		return &m
	case identNode:
		return &node{kind: binaryNode, text: "=", args: []*node{arg, {kind: numberNode, text: "0"}}}
	default:
	}
	return n
}

// mirrored is the operator for exchanged operands.
var mirrored = map[string]string{"=": "=", "<>": "<>", "<=>": "<=>", "<": ">", ">": "<", "<=": ">=", ">=": "<="}

// rewriteBinary puts a number to the right of a comparison: MySQL writes (0 <> a).
func rewriteBinary(n *node) *node {
	if op, ok := mirrored[n.text]; ok && n.args[0].kind == numberNode && n.args[1].kind != numberNode {
		return &node{kind: binaryNode, text: op, args: []*node{n.args[1], n.args[0]}}
	}
	return n
}

// synonyms are functions of several names, and the one that stands for them.
var synonyms = map[string]string{
	"lcase": "lower", "ucase": "upper", "character_length": "char_length", "octet_length": "length",
	"power": "pow", "ceil": "ceiling", "day": "dayofmonth", "sha": "sha1", "now": "current_timestamp",
	"localtime": "current_timestamp", "localtimestamp": "current_timestamp",
	"current_date": "curdate", "current_time": "curtime",
}

func (d *Dialect) rewriteCall(n *node) *node {
	if name, ok := synonyms[n.text]; ok {
		n.text = name
	}
	two := len(n.args) == 2
	switch {
	case n.text == "instr" && two:
		return &node{kind: funcNode, text: "locate", args: []*node{n.args[1], n.args[0]}}
	case n.text == "mod" && two:
		return &node{kind: binaryNode, text: "%", args: n.args}
	case n.text == "isnull" && len(n.args) == 1:
		return &node{kind: isNode, text: "NULL", args: n.args}
	case n.text == "regexp_like" && two:
		return &node{kind: likeNode, text: "REGEXP", args: n.args}
	case n.text == "datediff" && two:
		days := func(a *node) *node { return &node{kind: funcNode, text: "to_days", args: []*node{a}} }
		return &node{kind: binaryNode, text: "-", args: []*node{days(n.args[0]), days(n.args[1])}}
	case (n.text == "date_add" || n.text == "adddate") && two:
		return addInterval("+", n.args)
	case (n.text == "date_sub" || n.text == "subdate") && two:
		return addInterval("-", n.args)
	case n.text == "timestampadd" && len(n.args) == 3:
		span := &node{kind: intervalNode, text: n.args[0].text, args: n.args[1:2]}
		return addInterval("+", []*node{n.args[2], span})
	}
	return n
}

// addInterval is date arithmetic by operator; a bare number means days.
func addInterval(op string, args []*node) *node {
	span := args[1]
	if span.kind != intervalNode {
		span = &node{kind: intervalNode, text: "DAY", args: []*node{span}}
	}
	return &node{kind: binaryNode, text: op, args: []*node{args[0], span}}
}
