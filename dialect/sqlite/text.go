package sqlite

import (
	"fmt"
	"slices"
	"strings"
)

// edit replaces a piece of text.
type edit struct {
	at   span
	text string
}

// apply makes the edits, which do not overlap, and reads the statement again.
// Every edit goes through here, so what is built is always what can be read. Words
// that nothing parts any longer get a blank.
func (c *createTable) apply(edits ...edit) (*createTable, error) {
	slices.SortStableFunc(edits, func(a, b edit) int { return a.at.start - b.at.start })
	var b strings.Builder
	last := byte(' ')
	write := func(s string) {
		if s == "" {
			return
		}
		if isIDPart(last) && isIDPart(s[0]) {
			b.WriteByte(' ')
		}
		b.WriteString(s)
		last = s[len(s)-1]
	}
	done := 0
	for _, e := range edits {
		write(c.src[done:e.at.start])
		write(e.text)
		done = e.at.end
	}
	write(c.src[done:])
	return parseCreateTable(b.String())
}

// elements are the places of all columns and table constraints, in order.
func (c *createTable) elements() []span {
	var list []span
	for _, col := range c.columns {
		list = append(list, col.span)
	}
	for _, k := range c.table {
		list = append(list, k.span)
	}
	return list
}

// separator is what stands between two elements: the table's own habit.
func (c *createTable) separator() string {
	gap := c.src[c.body.start:c.columns[0].start]
	if len(c.elements()) > 1 {
		e := c.elements()
		gap = strings.Replace(c.src[e[0].end:e[1].start], ",", "", 1)
	}
	if i := strings.LastIndexByte(gap, '\n'); i >= 0 && strings.TrimSpace(gap[i:]) == "" {
		return "," + gap[i:]
	}
	return ", "
}

// insertBehind puts a new element behind the one at index i, or first if i is -1.
func (c *createTable) insertBehind(i int, text string) (*createTable, error) {
	all := c.elements()
	if i < 0 {
		at := all[0].start
		return c.apply(edit{span{at, at}, text + c.separator()})
	}
	at := all[i].end
	return c.apply(edit{span{at, at}, c.separator() + text})
}

// remove takes the element at index i away, with one comma. Comments beside it stay.
func (c *createTable) remove(i int) (*createTable, error) {
	all := c.elements()
	if len(all) == 1 || i < len(c.columns) && len(c.columns) == 1 {
		return nil, fmt.Errorf("table %q would have no column left", c.name)
	}
	if i+1 < len(all) {
		gap := span{all[i].end, all[i+1].start}
		if comma, ok := c.comma(gap); ok {
			if !c.commented(gap) {
				return c.apply(edit{span{all[i].start, gap.end}, ""})
			}
			return c.apply(edit{all[i], ""}, edit{span{comma, comma + 1}, ""})
		}
		return c.apply(edit{all[i], ""})
	}
	gap := span{all[i-1].end, all[i].start}
	if !c.commented(gap) {
		return c.apply(edit{span{gap.start, all[i].end}, ""})
	}
	if comma, ok := c.comma(gap); ok {
		return c.apply(edit{all[i], ""}, edit{span{comma, comma + 1}, ""})
	}
	return c.apply(edit{all[i], ""})
}

// comma finds the comma in a gap between elements. Between table constraints there may be none.
func (c *createTable) comma(gap span) (int, bool) {
	for _, t := range scan(c.cut(gap)) {
		if t.kind == symbol {
			return gap.start + t.start, true
		}
	}
	return 0, false
}

func (c *createTable) commented(gap span) bool {
	for _, t := range scan(c.cut(gap)) {
		if t.kind == blank && strings.Trim(c.src[gap.start+t.start:gap.start+t.end], " \t\n\f\r") != "" {
			return true
		}
	}
	return false
}

// reorder puts the columns into the order of their names.
func (c *createTable) reorder(order []string) (*createTable, error) {
	var edits []edit
	for i, name := range order {
		j := c.columnIndex(name)
		if j < 0 {
			return nil, fmt.Errorf("there is no column %q", name)
		}
		if i != j {
			edits = append(edits, edit{c.columns[i].span, c.cut(c.columns[j].span)})
		}
	}
	return c.apply(edits...)
}

func (c *createTable) columnIndex(name string) int {
	return slices.IndexFunc(c.columns, func(col columnText) bool { return sameName(col.name, name) })
}

// clause is the first clause of a kind at the column at index i, or -1.
func (c *createTable) clause(i int, kind constraintKind) int {
	return slices.IndexFunc(c.columns[i].constraints, func(k constraintText) bool { return k.kind == kind })
}

// setClause gives the column at index i a clause in place of those of that
// kind, of which SQLite takes several. An empty text takes them away; a name
// that the clause has stays.
func (c *createTable) setClause(i int, kind constraintKind, text string) (*createTable, error) {
	var edits []edit
	for _, k := range c.columns[i].constraints {
		switch {
		case k.kind != kind:
		case text == "" || len(edits) > 0:
			edits = append(edits, c.without(k.span))
		case k.nameAt.end > 0:
			edits = append(edits, edit{k.span, c.cut(k.nameAt) + " " + text})
		default:
			edits = append(edits, edit{k.span, text})
		}
	}
	if len(edits) == 0 && text != "" {
		end := c.columns[i].end
		edits = append(edits, edit{span{end, end}, " " + text})
	}
	return c.apply(edits...)
}

// without takes a clause away with the blanks before it.
func (c *createTable) without(at span) edit {
	start := at.start
	for start > 0 && isBlank(c.src[start-1]) {
		start--
	}
	// Blanks that end a line comment belong to it.
	if line := c.src[:start]; strings.Contains(line[strings.LastIndexByte(line, '\n')+1:], "--") {
		start = at.start
	}
	return edit{span{start, at.end}, ""}
}

// setType gives the column at index i another type.
func (c *createTable) setType(i int, typ string) (*createTable, error) {
	col := c.columns[i]
	switch {
	case col.typeAt.start != col.typeAt.end && typ != "":
		return c.apply(edit{col.typeAt, typ})
	case typ == "":
		return c.apply(c.without(col.typeAt))
	}
	return c.apply(edit{col.typeAt, " " + typ})
}

// renamed is the statement for a table of another name. Expressions that name
// the table before a column drop that name, which means the same.
func (c *createTable) renamed(quoted string) (*createTable, error) {
	edits := []edit{{c.nameAt, quoted}}
	body := significant(c.cut(c.body))
	at := func(t token) string { return c.src[c.body.start+t.start : c.body.start+t.end] }
	for i := 0; i+2 < len(body); i++ {
		isName := body[i].kind == word || body[i].kind == quotedID
		if isName && at(body[i+1]) == "." && sameName(dequote(at(body[i])), c.name) && (i == 0 || at(body[i-1]) != ".") {
			edits = append(edits, edit{span{c.body.start + body[i].start, c.body.start + body[i+1].end}, ""})
		}
	}
	return c.apply(edits...)
}

// numbersRows reports whether a column is the number of the row, and which.
func (c *createTable) numbersRows() int {
	if c.noRowid {
		return -1
	}
	for i, col := range c.columns {
		if n := c.clause(i, primaryKeyClause); n >= 0 {
			if !col.constraints[n].desc && c.isInteger(i) {
				return i
			}
			return -1
		}
	}
	for _, k := range c.table {
		if k.kind == primaryKeyClause && len(k.terms) == 1 {
			if i := c.columnIndex(k.terms[0].name); i >= 0 && c.isInteger(i) {
				return i
			}
		}
	}
	return -1
}

func (c *createTable) isInteger(i int) bool {
	return normalType(c.cut(c.columns[i].typeAt)) == "INTEGER"
}

// autoIncrements reports whether the keyword AUTOINCREMENT stands in the table.
func (c *createTable) autoIncrements() bool {
	auto := func(k constraintText) bool { return k.autoIncrement }
	return slices.ContainsFunc(c.table, auto) || slices.ContainsFunc(c.columns, func(col columnText) bool {
		return slices.ContainsFunc(col.constraints, auto)
	})
}
