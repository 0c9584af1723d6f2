package mysql

import "strings"

// primary reads an operand: a literal, a column, a call, a bracket, CASE, INTERVAL.
func (p *parser) primary() (*node, error) {
	t := p.peek()
	p.pos++
	switch t.kind {
	case stringToken:
		return stringLiteral(t), nil
	case numberToken:
		return &node{kind: numberNode, text: normalNumber(t.text)}, nil
	case hexToken:
		return &node{kind: hexNode, text: t.text}, nil
	case identToken:
		return p.column(t)
	case opToken:
		if t.text == "(" {
			return p.bracket()
		}
	case wordToken:
		return p.word(t)
	case endToken:
	}
	return nil, errNotParsed
}

// stringLiteral drops an introducer that says nothing: MySQL puts the
// connection's character set before every string, and for plain ASCII all
// character sets here agree.
func stringLiteral(t token) *node {
	n := &node{kind: stringNode, text: t.text}
	switch t.charset {
	case "", "utf8mb4", "utf8mb3", "utf8":
	case "binary", "ucs2", "utf16", "utf16le", "utf32":
		n.note = t.charset
	default:
		if !isASCII(t.text) {
			n.note = t.charset
		}
	}
	return n
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// normalNumber writes a number as the servers print it: .5 becomes 0.5.
func normalNumber(s string) string {
	s = strings.ToLower(s)
	if strings.HasPrefix(s, ".") {
		return "0" + s
	}
	return s
}

func (p *parser) bracket() (*node, error) {
	list, err := p.list()
	switch {
	case err != nil:
		return nil, err
	case len(list) == 0:
		return nil, errNotParsed
	case len(list) == 1:
		return list[0], nil
	}
	return &node{kind: tupleNode, args: list}, nil
}

// column reads a column that may stand behind a table and a schema; the servers
// drop those.
func (p *parser) column(t token) (*node, error) {
	for p.peek().is(".") {
		p.pos++
		t = p.peek()
		if t.kind != identToken && t.kind != wordToken {
			return nil, errNotParsed
		}
		p.pos++
	}
	if p.peek().is("(") {
		// A stored or sequence function such as nextval(`db`.`sq`).
		p.pos++
		args, err := p.list()
		return &node{kind: funcNode, text: quoted(t.text), args: args}, err
	}
	return &node{kind: identNode, text: t.text}, nil
}

// bareFunctions are called without brackets too. Their normal spelling has them.
var bareFunctions = map[string]string{
	"CURRENT_DATE": "curdate", "CURRENT_TIME": "curtime", "CURRENT_TIMESTAMP": "current_timestamp",
	"LOCALTIME": "current_timestamp", "LOCALTIMESTAMP": "current_timestamp",
	"UTC_DATE": "utc_date", "UTC_TIME": "utc_time", "UTC_TIMESTAMP": "utc_timestamp",
	"CURRENT_USER": "current_user",
}

func (p *parser) word(t token) (*node, error) {
	upper := strings.ToUpper(t.text)
	switch upper {
	case "NULL", "TRUE", "FALSE":
		return &node{kind: wordNode, text: upper}, nil
	case "CASE":
		return p.caseExpr()
	case "INTERVAL":
		return p.interval()
	case "DATE", "TIME", "TIMESTAMP":
		if s := p.peek(); s.kind == stringToken {
			p.pos++
			return &node{kind: typedNode, text: upper, args: []*node{{kind: stringNode, text: s.text}}}, nil
		}
	case "SELECT", "EXISTS", "MATCH", "AND", "OR", "NOT", "DISTINCT", "FROM", "ALL", "ANY", "SOME":
		return nil, errNotParsed
	}
	if p.peek().is("(") {
		p.pos++
		return p.call(upper)
	}
	if name, ok := bareFunctions[upper]; ok {
		return &node{kind: funcNode, text: name}, nil
	}
	return p.column(t)
}

func (p *parser) caseExpr() (*node, error) {
	n := &node{kind: caseNode}
	if !p.peek().is("WHEN") {
		v, err := p.or()
		if err != nil {
			return nil, err
		}
		n.args, n.note = append(n.args, v), "value"
	}
	for p.accept("WHEN") {
		when, err := p.or()
		if err != nil {
			return nil, err
		}
		if err := p.expect("THEN"); err != nil {
			return nil, err
		}
		then, err := p.or()
		if err != nil {
			return nil, err
		}
		n.args = append(n.args, when, then)
	}
	if p.accept("ELSE") {
		other, err := p.or()
		if err != nil {
			return nil, err
		}
		n.args, n.note = append(n.args, other), n.note+"else"
	}
	return n, p.expect("END")
}

func (p *parser) interval() (*node, error) {
	n, err := p.or()
	if err != nil {
		return nil, err
	}
	unit := p.peek()
	if unit.kind != wordToken {
		return nil, errNotParsed
	}
	p.pos++
	return &node{kind: intervalNode, text: strings.ToUpper(unit.text), args: []*node{n}}, nil
}

// call reads a function call behind its opening bracket. Some have a syntax of their own.
func (p *parser) call(upper string) (*node, error) {
	switch upper {
	case "CAST":
		return p.cast("AS")
	case "CONVERT":
		return p.cast(",")
	case "EXTRACT":
		return p.unitCall("extract", "FROM")
	case "TIMESTAMPDIFF", "TIMESTAMPADD":
		return p.unitCall(strings.ToLower(upper), ",")
	case "TRIM":
		return p.trim()
	case "POSITION":
		what, err := p.binary(0)
		if err != nil {
			return nil, err
		}
		if err := p.expect("IN"); err != nil {
			return nil, err
		}
		in, err := p.list()
		if err != nil || len(in) != 1 {
			return nil, errNotParsed
		}
		return &node{kind: funcNode, text: "locate", args: []*node{what, in[0]}}, nil
	case "COUNT":
		if p.accept("*") {
			return &node{kind: funcNode, text: "count", args: []*node{{kind: starNode}}}, p.expect(")")
		}
	case "SUBSTRING", "SUBSTR", "MID":
		return p.substring()
	}
	args, err := p.list()
	return &node{kind: funcNode, text: strings.ToLower(upper), args: args}, err
}

func (p *parser) substring() (*node, error) {
	s, err := p.or()
	if err != nil {
		return nil, err
	}
	n := &node{kind: funcNode, text: "substr", args: []*node{s}}
	for p.accept(",", "FROM", "FOR") {
		a, err := p.or()
		if err != nil {
			return nil, err
		}
		n.args = append(n.args, a)
	}
	return n, p.expect(")")
}

func (p *parser) trim() (*node, error) {
	side := strings.ToUpper(p.peek().text)
	sided := p.accept("LEADING", "TRAILING", "BOTH")
	if !sided {
		side = "BOTH"
	}
	n := &node{kind: trimNode, text: side}
	if sided && p.accept("FROM") {
		from, err := p.list()
		if err != nil || len(from) != 1 {
			return nil, errNotParsed
		}
		n.args = []*node{{kind: stringNode, text: " "}, from[0]}
		return n, nil
	}
	first, err := p.or()
	if err != nil {
		return nil, err
	}
	if p.accept(")") {
		return &node{kind: funcNode, text: "trim", args: []*node{first}}, nil
	}
	if err := p.expect("FROM"); err != nil {
		return nil, err
	}
	from, err := p.list()
	if err != nil || len(from) != 1 {
		return nil, errNotParsed
	}
	n.args = []*node{first, from[0]}
	return n, nil
}

func (p *parser) unitCall(name, sep string) (*node, error) {
	unit := p.peek()
	if unit.kind != wordToken {
		return nil, errNotParsed
	}
	p.pos++
	if err := p.expect(sep); err != nil {
		return nil, err
	}
	args, err := p.list()
	text := strings.ToUpper(strings.TrimPrefix(strings.ToUpper(unit.text), "SQL_TSI_"))
	return &node{kind: funcNode, text: name, args: append([]*node{{kind: unitNode, text: text}}, args...)}, err
}

// cast reads CAST(x AS type), CONVERT(x, type) and CONVERT(x USING charset).
func (p *parser) cast(sep string) (*node, error) {
	n, err := p.or()
	if err != nil {
		return nil, err
	}
	if sep == "," && p.accept("USING") {
		t := p.peek()
		if t.kind != wordToken && t.kind != identToken {
			return nil, errNotParsed
		}
		p.pos++
		return &node{kind: usingNode, text: strings.ToLower(t.text), args: []*node{n}}, p.expect(")")
	}
	if err := p.expect(sep); err != nil {
		return nil, err
	}
	var words []string
	depth := 0
	for {
		t := p.peek()
		switch {
		case t.kind != wordToken && t.kind != numberToken && !t.is("(", ")", ","):
			return nil, errNotParsed
		case t.is("("):
			depth++
		case t.is(")"):
			if depth == 0 {
				p.pos++
				return &node{kind: castNode, text: castType(words), args: []*node{n}}, nil
			}
			depth--
		}
		words = append(words, strings.ToLower(t.text))
		p.pos++
	}
}

// castType brings the type of a cast to the servers' spelling.
func castType(words []string) string {
	s := strings.Join(words, " ")
	s = strings.NewReplacer(" ( ", "(", " )", ")", " , ", ",").Replace(s)
	s = strings.ReplaceAll(s, "character set", "charset")
	s = strings.TrimSuffix(s, " charset utf8mb4")
	if rest, ok := strings.CutSuffix(s, " integer"); ok {
		s = rest
	}
	if rest, ok := strings.CutSuffix(s, " int"); ok {
		s = rest
	}
	return s
}
