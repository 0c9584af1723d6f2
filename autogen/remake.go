package autogen

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// remadeColumns are the columns that must be dropped and added again to become what
// is declared:
//   - generated ones that the database cannot change in place,
//   - those of a type whose values nothing converts to the new type,
//   - generated ones computed from a column whose type changes, where the database
//     refuses that (PinsGenerated),
//   - generated ones computed from any of these.
func (c *comparer) remadeColumns(t *tableChange) map[string]bool {
	remaker, _ := c.dialect.(dialect.ColumnRemaker)
	pins := dialect.TraitsOf(c.dialect).PinsGenerated
	out := map[string]bool{}
	for _, b := range t.to.canonical.Columns {
		a := t.from.canonical.Column(b.Name)
		switch {
		case a == nil:
		case remaker != nil && !c.sameComputed(t.name(), a.Computed, b.Computed) && remaker.RemakesColumn(a, b) && refusal(c.dialect, ddl.AddColumn{Column: b}) == nil:
			out[b.Name] = true
		case a.Computed == nil && !c.sameType(t.name(), a, b):
			if _, ok := c.conversion(a, b); !ok {
				out[b.Name] = true
			}
		}
	}
	for grown := true; grown; {
		grown = false
		for _, b := range t.to.canonical.Columns {
			a := t.from.canonical.Column(b.Name)
			if a == nil || a.Computed == nil || b.Computed == nil || out[b.Name] {
				continue
			}
			uses := func(s *schema.ColumnDef) bool {
				return s.Name != b.Name && (mentions(a.Computed.Expr, s.Name) || mentions(b.Computed.Expr, s.Name)) &&
					(out[s.Name] || pins && t.from.canonical.Column(s.Name) != nil && c.retyped(t, s.Name))
			}
			if refusal(c.dialect, ddl.AddColumn{Column: b}) == nil && slices.ContainsFunc(t.to.canonical.Columns, uses) {
				out[b.Name], grown = true, true
			}
		}
	}
	return out
}

// recastColumns are the columns of which the database would keep saying, in
// expressions, what was said for their former type.
func (c *comparer) recastColumns(t *tableChange) map[string]bool {
	d, ok := c.dialect.(dialect.Recaster)
	if !ok {
		return nil
	}
	out := map[string]bool{}
	for _, b := range t.to.canonical.Columns {
		if a := t.from.canonical.Column(b.Name); a != nil && !c.sameType(t.name(), a, b) && d.Recasts(a.Type, b.Type) {
			out[b.Name] = true
		}
	}
	return out
}

// conversion is the SQL that turns the values of a column into those of the new type,
// empty where the database does so unasked. ok is false if nothing converts them.
func (c *comparer) conversion(a, b *schema.ColumnDef) (using string, ok bool) {
	if d, is := c.dialect.(dialect.Converter); is {
		return d.Conversion(a, b.Type)
	}
	return "", true
}

// remake puts the drops of columns that are made anew before the changes of the other
// columns, and their additions behind: a generated column must be away while what it
// is computed from changes. Changes of the columns themselves are left out, for they
// are part of what is added.
func (c *comparer) remake(t *tableChange, altered []op.Operation) []op.Operation {
	if len(t.remade) == 0 {
		return altered
	}
	altered = slices.DeleteFunc(altered, func(o op.Operation) bool {
		a, ok := o.(*op.AlterColumn)
		return ok && t.remade[a.Name]
	})
	var drops, adds []op.Operation
	from, to := t.from.canonical, t.to.canonical
	for i, col := range from.Columns {
		if t.remade[col.Name] {
			drops = append(drops, &op.DropColumn{Table: t.name(), Name: col.Name, Was: t.from.original.Column(col.Name).Clone(), Place: c.placeBack(to, from, i)})
		}
	}
	for i, col := range to.Columns {
		if t.remade[col.Name] {
			adds = append(adds, &op.AddColumn{Table: t.name(), Column: t.to.original.Column(col.Name).Clone(), Place: c.placeAgain(t, i)})
		}
	}
	return slices.Concat(computedFirst(drops), altered, c.plainFirst(adds))
}

// placeAgain says where a column goes that was dropped to be added again: behind the
// nearest column before it that exists at that time. New plain columns exist by
// then; new generated ones, and for a plain column those made anew, come later.
func (c *comparer) placeAgain(t *tableChange, i int) ddl.Place {
	to := t.to.canonical.Columns
	if !dialect.TraitsOf(c.dialect).PlacesColumns || i == len(to)-1 {
		return ddl.Place{}
	}
	for _, d := range slices.Backward(to[:i]) {
		isNew, comesLater := t.from.canonical.Column(d.Name) == nil, t.remade[d.Name] && to[i].Computed == nil
		if d.Computed == nil || !isNew && !comesLater {
			return ddl.Place{After: d.Name}
		}
	}
	return ddl.Place{First: true}
}

// uses is what a constraint or an index is made of: columns, and SQL that may name more.
type uses struct{ columns, expressions []string }

// moves reports whether something must be made anew for what it is made of: for a
// column that is dropped and added again, or for an expression about one of an
// enumeration that is rebuilt or of a type of which the expression says it otherwise.
func (t *tableChange) moves(u uses) bool {
	if about(t.rebuilt, u.expressions) || about(t.recast, u.expressions) {
		return true
	}
	return about(t.remade, u.expressions) || slices.ContainsFunc(u.columns, func(c string) bool { return t.remade[c] })
}

// about reports whether expressions may name one of the columns.
func about(columns map[string]bool, expressions []string) bool {
	for column := range columns {
		if slices.ContainsFunc(expressions, func(e string) bool { return mentions(e, column) }) {
			return true
		}
	}
	return false
}

// madeOf are the expressions of the constraint or index that an operation drops or
// adds; none for any other.
func madeOf(o op.Operation) (expressions []string, adds bool) {
	switch o := o.(type) {
	case *op.DropConstraint:
		return constraintUses(o.Was).expressions, false
	case *op.DropIndex:
		return indexUses(o.Was).expressions, false
	case *op.AddConstraint:
		return constraintUses(o.Constraint).expressions, true
	case *op.CreateIndex:
		return indexUses(o.Index).expressions, true
	}
	return nil, false
}

func constraintUses(k schema.Constraint) (u uses) {
	switch k := k.(type) {
	case *schema.PrimaryKeyDef:
		u.columns = k.Columns
	case *schema.UniqueDef:
		u.columns = k.Columns
	case *schema.ForeignKeyDef:
		u.columns = k.Columns
	case *schema.CheckDef:
		u.expressions = []string{k.Expr}
	case *schema.ExcludeDef:
		u.expressions = []string{k.Where}
		for _, e := range k.Elements {
			u.expressions = append(u.expressions, e.Expr)
		}
	}
	return u
}

func indexUses(i *schema.IndexDef) uses {
	u := uses{columns: i.Include, expressions: []string{i.Where}}
	for _, p := range i.Parts {
		if p.Expr == "" {
			u.columns = append(u.columns[:len(u.columns):len(u.columns)], p.Column)
		} else {
			u.expressions = append(u.expressions, p.Expr)
		}
	}
	return u
}

// mentions reports whether an expression may name a column. It looks at words,
// not at grammar: one too many costs the making of something anew, no more.
func mentions(expr, column string) bool {
	expr, column = strings.ToLower(expr), strings.ToLower(column)
	if column == "" {
		return false
	}
	for at := 0; ; {
		i := strings.Index(expr[at:], column)
		if i < 0 {
			return false
		}
		start, end := at+i, at+i+len(column)
		before, _ := utf8.DecodeLastRuneInString(expr[:start])
		after, _ := utf8.DecodeRuneInString(expr[end:])
		if !inWord(before) && !inWord(after) {
			return true
		}
		at = start + 1
	}
}

func inWord(r rune) bool { return r == '_' || r == '$' || unicode.IsLetter(r) || unicode.IsDigit(r) }
