package mysql

import "strings"

// print spells an expression for this session: keywords in capitals, columns
// quoted, brackets only where they are needed.
func (d *Dialect) print(n *node) string {
	var b strings.Builder
	d.write(&b, n)
	return b.String()
}

// binding is how tightly a node holds together; a node stands in brackets where
// its place asks for more.
const (
	bindOr = iota
	bindXor
	bindAnd
	bindNot
	bindComparison
	bindPredicate
	bindArithmetic // plus the level of the operator, 0 to 5
	bindUnary      = bindArithmetic + 6
	bindPrimary    = bindUnary + 1
)

func (n *node) binding() int {
	switch n.kind {
	case chainNode:
		return map[string]int{"OR": bindOr, "XOR": bindXor, "AND": bindAnd}[n.text]
	case unaryNode:
		if n.text == "NOT" {
			return bindNot
		}
		return bindUnary
	case binaryNode:
		if l := level(n.text); l >= 0 {
			return bindArithmetic + l
		}
		return bindComparison
	case isNode:
		return bindComparison
	case inNode, betweenNode, likeNode:
		return bindPredicate
	case numberNode:
		if strings.HasPrefix(n.text, "-") {
			return bindUnary
		}
		return bindPrimary
	case collateNode:
		return bindUnary
	case intervalNode:
		return bindArithmetic
	default:
		return bindPrimary
	}
}

// in writes a node that must hold at least so tightly.
func (d *Dialect) in(b *strings.Builder, n *node, binding int) {
	if n.binding() >= binding {
		d.write(b, n)
		return
	}
	b.WriteByte('(')
	d.write(b, n)
	b.WriteByte(')')
}

func (d *Dialect) list(b *strings.Builder, list []*node) {
	for i, a := range list {
		if i > 0 {
			b.WriteString(", ")
		}
		d.write(b, a)
	}
}

func (d *Dialect) write(b *strings.Builder, n *node) {
	switch n.kind {
	case identNode:
		b.WriteString(quoted(n.text))
	case stringNode:
		if n.note != "" {
			b.WriteString("_" + n.note)
		}
		b.WriteString(d.quotedText(n.text))
	case numberNode, wordNode, unitNode:
		b.WriteString(n.text)
	case hexNode:
		b.WriteString(hexText(n.text))
	case starNode:
		b.WriteByte('*')
	case chainNode, binaryNode, unaryNode, collateNode, intervalNode:
		d.writeOperator(b, n)
	case isNode, inNode, betweenNode, likeNode:
		d.writePredicate(b, n)
	default:
		d.writeCall(b, n)
	}
}

func (d *Dialect) writeOperator(b *strings.Builder, n *node) {
	own := n.binding()
	switch n.kind {
	case chainNode:
		for i, a := range n.args {
			if i > 0 {
				b.WriteString(" " + n.text + " ")
			}
			d.in(b, a, own+1)
		}
	case unaryNode:
		b.WriteString(n.text)
		if n.text == "NOT" {
			b.WriteByte(' ')
			// HIGH_NOT_PRECEDENCE binds NOT tighter: brackets mean the same in both.
			d.in(b, n.args[0], bindPrimary)
			return
		}
		d.in(b, n.args[0], bindPrimary)
	case binaryNode:
		left, right := own, own+1
		if own == bindComparison {
			left, right = bindArithmetic, bindArithmetic
		}
		d.in(b, n.args[0], left)
		b.WriteString(" " + n.text + " ")
		if n.args[1].kind == intervalNode {
			d.write(b, n.args[1])
			return
		}
		d.in(b, n.args[1], right)
	case collateNode:
		d.in(b, n.args[0], bindPrimary)
		b.WriteString(" COLLATE " + n.text)
	default: // intervalNode
		b.WriteString("INTERVAL ")
		d.in(b, n.args[0], bindUnary)
		b.WriteString(" " + n.text)
	}
}

func (d *Dialect) writePredicate(b *strings.Builder, n *node) {
	d.in(b, n.args[0], bindArithmetic)
	not := ""
	if n.not {
		not = "NOT "
	}
	switch n.kind {
	case isNode:
		b.WriteString(" IS " + not + n.text)
	case inNode:
		b.WriteString(" " + not + "IN (")
		d.list(b, n.args[1:])
		b.WriteByte(')')
	case betweenNode:
		b.WriteString(" " + not + "BETWEEN ")
		d.in(b, n.args[1], bindArithmetic)
		b.WriteString(" AND ")
		d.in(b, n.args[2], bindArithmetic)
	default: // likeNode
		b.WriteString(" " + not + n.text + " ")
		d.in(b, n.args[1], bindUnary)
		if len(n.args) > 2 {
			b.WriteString(" ESCAPE ")
			d.in(b, n.args[2], bindUnary)
		}
	}
}

func (d *Dialect) writeCall(b *strings.Builder, n *node) {
	switch n.kind {
	case caseNode:
		d.writeCase(b, n)
	case castNode:
		b.WriteString("CAST(")
		d.write(b, n.args[0])
		b.WriteString(" AS " + n.text + ")")
	case usingNode:
		b.WriteString("CONVERT(")
		d.write(b, n.args[0])
		b.WriteString(" USING " + n.text + ")")
	case typedNode:
		b.WriteString(n.text)
		d.write(b, n.args[0])
	case trimNode:
		b.WriteString("TRIM(" + n.text + " ")
		d.write(b, n.args[0])
		b.WriteString(" FROM ")
		d.write(b, n.args[1])
		b.WriteByte(')')
	case funcNode:
		b.WriteString(n.text + "(")
		if n.text == "extract" && len(n.args) == 2 {
			b.WriteString(n.args[0].text + " FROM ")
			d.write(b, n.args[1])
		} else {
			d.list(b, n.args)
		}
		b.WriteByte(')')
	default: // tupleNode
		b.WriteByte('(')
		d.list(b, n.args)
		b.WriteByte(')')
	}
}

func (d *Dialect) writeCase(b *strings.Builder, n *node) {
	args := n.args
	b.WriteString("CASE ")
	if strings.HasPrefix(n.note, "value") {
		d.write(b, args[0])
		b.WriteByte(' ')
		args = args[1:]
	}
	for ; len(args) >= 2; args = args[2:] {
		b.WriteString("WHEN ")
		d.write(b, args[0])
		b.WriteString(" THEN ")
		d.write(b, args[1])
		b.WriteByte(' ')
	}
	if len(args) == 1 {
		b.WriteString("ELSE ")
		d.write(b, args[0])
		b.WriteByte(' ')
	}
	b.WriteString("END")
}

// hexText spells bytes given by hexadecimal digits.
func hexText(digits string) string {
	if digits == "" {
		return "x''"
	}
	return "0x" + digits
}
