package sqlite

import (
	"errors"
	"fmt"
	"strings"
)

// span is a piece of a statement's text: src[start:end].
type span struct{ start, end int }

// createTable is a CREATE TABLE statement taken apart, each part with its place
// in the text, so that it can be read, and edited without losing what is not named.
type createTable struct {
	src     string
	name    string
	nameAt  span // the name with its schema
	body    span // between the outer brackets
	columns []columnText
	table   []constraintText // of the table, behind the columns
	options span             // behind the closing bracket; empty for none
	strict  bool
	noRowid bool
}

// columnText is a column definition.
type columnText struct {
	span
	name        string
	nameAt      span
	typeAt      span // empty, at the end of the name, for none
	constraints []constraintText
}

// constraintKind tells the clauses of a column or table apart.
type constraintKind uint8

const (
	otherClause constraintKind = iota // a name without a constraint, or NULL
	primaryKeyClause
	notNullClause
	uniqueClause
	checkClause
	defaultClause
	collateClause
	referencesClause // of a column, or a table's FOREIGN KEY
	generatedClause
	deferrableClause // of a column, standing apart from its REFERENCES
)

// constraintText is a constraint or other clause, with its CONSTRAINT name if it has one.
type constraintText struct {
	span
	kind          constraintKind
	name          string
	nameAt        span // with the word CONSTRAINT; empty for none
	terms         []keyTerm
	conflict      string // ROLLBACK, ABORT, FAIL, IGNORE or REPLACE; empty for none
	autoIncrement bool
	desc          bool // PRIMARY KEY DESC at a column
	expr          span // of a check, default or generated column, without outer brackets
	bracketed     bool // the default stands in brackets
	stored        bool // the generated column is kept
	collation     string
	ref           reference
}

// keyTerm is a column of a primary key, unique constraint or foreign key.
type keyTerm struct {
	name  string
	at    span
	plain bool // neither COLLATE nor a direction
}

// reference is what follows REFERENCES.
type reference struct {
	table              string
	columns            []string
	onDelete, onUpdate string
	match              string
	deferrable         bool
	deferred           bool
}

var errSyntax = errors.New("not the syntax that SQLite documents")

// parseCreateTable takes a CREATE TABLE statement apart as SQLite's own grammar
// does (https://www.sqlite.org/src/file/src/parse.y).
func parseCreateTable(src string) (*createTable, error) {
	p := newParser(src)
	c := &createTable{src: src}
	p.expect("CREATE")
	_ = p.accept("TEMP") || p.accept("TEMPORARY")
	p.expect("TABLE")
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
	p.expectSymbol("(")
	c.body.start = p.last()
	p.columnList(c)
	c.body.end = p.here()
	p.expectSymbol(")")
	p.tableOptions(c)
	if !p.done() {
		p.fail()
	}
	if p.err != nil {
		return nil, fmt.Errorf("reading %s: %w", excerpt(src), p.err)
	}
	return c, nil
}

// excerpt is the start of a long text, for messages.
func excerpt(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > 60 {
		return strings.ToValidUTF8(s[:57], "") + "..."
	}
	return s
}

func (p *parser) columnList(c *createTable) {
	for p.err == nil {
		c.columns = append(c.columns, p.column())
		comma := p.acceptSymbol(",")
		if p.atConstraint() {
			c.table = p.constraintList()
			return
		}
		if !comma {
			return
		}
	}
}

// constraintList reads table constraints. Commas between them are optional in SQLite.
func (p *parser) constraintList() (list []constraintText) {
	for p.err == nil && p.atConstraint() {
		list = append(list, p.tableConstraint())
		p.acceptSymbol(",")
	}
	return list
}

func (p *parser) atConstraint() bool {
	return p.at("CONSTRAINT") || p.at("PRIMARY") || p.at("UNIQUE") || p.at("CHECK") || p.at("FOREIGN")
}

func (p *parser) tableOptions(c *createTable) {
	if p.done() {
		return
	}
	start := p.here()
	for p.err == nil {
		switch {
		case p.accept("WITHOUT"):
			p.expect("ROWID")
			c.noRowid = true
		case p.accept("STRICT"):
			c.strict = true
		default:
			p.fail()
		}
		c.options = span{start, p.last()}
		if !p.acceptSymbol(",") {
			return
		}
	}
}

func (p *parser) column() columnText {
	c := columnText{span: span{start: p.here()}}
	c.nameAt.start = p.here()
	c.name = p.ident()
	c.nameAt.end = p.last()
	c.typeAt = span{p.last(), p.last()}
	if p.atType() {
		c.typeAt.start = p.here()
		first := p.i
		for p.atType() {
			p.advance()
		}
		if p.atSymbol("(") {
			p.brackets()
		}
		c.typeAt.end = p.typeEnd(first)
		c.typeAt.start = min(c.typeAt.start, c.typeAt.end) // there may be nothing left
	}
	for p.err == nil && !p.done() && !p.atSymbol(",") && !p.atSymbol(")") {
		// A table constraint may follow the last column without a comma; FOREIGN is
		// no word of a column, PRIMARY, UNIQUE and CHECK are the column's own.
		if p.at("FOREIGN") {
			break
		}
		c.constraints = append(c.constraints, p.columnConstraint())
	}
	c.end = p.last()
	return c
}

// typeEnd is where the type that begins at token first ends. Like SQLite it
// reads GENERATED ALWAYS as words of the type and takes them from its end, once,
// whatever follows them.
func (p *parser) typeEnd(first int) int {
	n := p.i
	if n-first >= 2 && p.atNth(-1, "ALWAYS") && p.atNth(-2, "GENERATED") {
		n -= 2
		if p.at("AS") {
			p.i = n
		}
	}
	return p.toks[n-1].end
}

// atType reports whether the next token is part of a type: any name that
// begins no clause of a column.
func (p *parser) atType() bool {
	switch p.kind() {
	case quotedID, text:
		return p.err == nil
	case word:
		return p.err == nil && !columnWords[p.upper()]
	case blank, blob, number, param, symbol, illegal:
	}
	return false
}

// columnWords are the reserved words that may follow a column's type.
var columnWords = map[string]bool{
	"CONSTRAINT": true, "PRIMARY": true, "NOT": true, "NULL": true, "UNIQUE": true, "CHECK": true, "DEFAULT": true,
	"COLLATE": true, "REFERENCES": true, "AS": true, "FOREIGN": true, "DEFERRABLE": true,
}
