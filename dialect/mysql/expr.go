package mysql

import "slices"

// nodeKind tells the nodes of a parsed expression apart.
type nodeKind uint8

const (
	identNode    nodeKind = iota + 1 // text: the column
	stringNode                       // text: the string; note: its character set, if that matters
	numberNode                       // text: as written, a sign included
	hexNode                          // text: upper-case hexadecimal digits
	wordNode                         // text: NULL, TRUE, FALSE or a typed literal's word
	chainNode                        // text: AND, OR or XOR; two or more args
	binaryNode                       // text: the operator; two args
	unaryNode                        // text: -, ~ or NOT; one arg
	isNode                           // text: NULL, TRUE, FALSE or UNKNOWN; one arg; not
	inNode                           // first arg in the others; not
	betweenNode                      // three args; not
	likeNode                         // text: LIKE or REGEXP; two args, a third is the escape; not
	funcNode                         // text: lower-case name
	caseNode                         // note "value" if the first arg is one, "else" if the last is, in this order
	castNode                         // one arg; text: the type
	usingNode                        // CONVERT(arg USING text)
	intervalNode                     // one arg; text: the unit
	tupleNode                        // (a, b)
	collateNode                      // one arg; text: the collation
	typedNode                        // text: DATE, TIME or TIMESTAMP; one string arg
	unitNode                         // text: the unit, as first argument of TIMESTAMPDIFF or of EXTRACT
	trimNode                         // text: LEADING, TRAILING, BOTH; args: what, from
	starNode                         // COUNT(*)
)

// node is an expression. The nodes of one kind are told apart by text, note and not.
type node struct {
	kind nodeKind
	text string
	note string
	not  bool
	args []*node
}

// leaf reports whether the node has a text of its own rather than a structure.
func (n *node) leaf() bool {
	switch n.kind {
	case identNode, stringNode, numberNode, hexNode, wordNode:
		return true
	default:
		return false
	}
}

// equal reports whether two expressions are the same in every node.
func (n *node) equal(m *node) bool {
	return n.kind == m.kind && n.text == m.text && n.note == m.note && n.not == m.not &&
		slices.EqualFunc(n.args, m.args, (*node).equal)
}

// columns are the columns an expression names, sorted, each once.
func (n *node) columns() []string {
	var out []string
	n.walk(func(m *node) {
		if m.kind == identNode {
			out = append(out, m.text)
		}
	})
	slices.Sort(out)
	return slices.Compact(out)
}

func (n *node) walk(f func(*node)) {
	f(n)
	for _, a := range n.args {
		a.walk(f)
	}
}
