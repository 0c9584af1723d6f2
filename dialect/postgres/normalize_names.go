package postgres

import (
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

// restore makes of a table in the scratch place the table that was declared.
// own is the declaration in canonical form.
func (p *scratch) restore(t, own *schema.Table) *schema.Table {
	t.Name, t.Comment, t.ForeignKeys = own.Name, own.Comment, own.ForeignKeys
	if o, ok := schema.Find[InheritsOption](own.Options); ok {
		t.Options = schema.SetOption(t.Options, o)
	}
	for i, c := range t.Columns {
		c.Comment = own.Columns[i].Comment
		if _, ok := enumOf(own.Columns[i].Type.Def()); ok {
			c.Type = own.Columns[i].Type
		}
	}
	p.inExpressions(t, p.fromScratch)
	strip := func(name *string) {
		if strings.HasPrefix(*name, unnamed) {
			*name = ""
		}
	}
	if t.PrimaryKey != nil {
		strip(&t.PrimaryKey.Name)
	}
	for _, u := range t.Uniques {
		strip(&u.Name)
	}
	for _, k := range t.Checks {
		strip(&k.Name)
	}
	for _, x := range t.Excludes {
		strip(&x.Name)
	}
	sortParts(t)
	return t
}

// inExpressions changes every expression of a table.
func (p *scratch) inExpressions(t *schema.Table, change func(string) string) {
	for _, c := range t.Columns {
		if e := c.Default.For(p.Names()...); e.Kind == schema.ExprSQL {
			c.Default = schema.SQL(change(e.Text))
		}
		if c.Computed != nil {
			c.Computed.Expr = change(c.Computed.Expr)
		}
	}
	for _, k := range t.Checks {
		k.Expr = change(k.Expr)
	}
	for _, x := range t.Excludes {
		x.Where = change(x.Where)
		for i := range x.Elements {
			x.Elements[i].Expr = change(x.Elements[i].Expr)
		}
	}
	for _, i := range t.Indexes {
		i.Where = change(i.Where)
		for k := range i.Parts {
			i.Parts[k].Expr = change(i.Parts[k].Expr)
		}
	}
}

// toScratch has an expression name the enumerations in the scratch place, where
// it names them with their schema.
func (p *scratch) toScratch(expr string) string {
	return requalified(expr, func(space, name string) string {
		if _, ok := p.enums[schema.Name{Schema: p.fold(space), Name: name}]; ok {
			return p.names[p.fold(space)]
		}
		return space
	})
}

// fromScratch has an expression name its objects where they will be.
func (p *scratch) fromScratch(expr string) string {
	return requalified(expr, func(space, _ string) string {
		for own, name := range p.names {
			if name == space {
				return own
			}
		}
		return space
	})
}

// requalified puts other schemas into an expression; an empty one goes. What
// cannot be read stays as it is.
func requalified(expr string, change func(space, name string) string) string {
	tokens, ok := lex(expr)
	if !ok {
		return expr
	}
	var out []token
	changed := false
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		if (t.kind == tokenWord || t.kind == tokenQuoted) && i+2 < len(tokens) && tokens[i+1].is(".") && (i == 0 || !tokens[i-1].is(".")) {
			switch space := change(t.text, tokens[i+2].text); space {
			case t.text:
			case "":
				changed = true
				i++ // the point goes as well
				continue
			default:
				changed = true
				t = token{tokenQuoted, space}
			}
		}
		out = append(out, t)
	}
	if !changed {
		return expr
	}
	return spell(out)
}
