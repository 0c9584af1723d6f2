package atlasschema

import (
	"reflect"
	"strings"

	atlas "ariga.io/atlas/sql/schema"

	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/dialect/sqlite"
	"github.com/gomig-dev/gomig/schema"
)

// The attributes of a database are types of Atlas' drivers. They are told by the
// names of their types and fields, for the drivers would bring HCL with them.

// kindOf is the name of a type with its package: postgres.Identity.
func kindOf(v any) string {
	return strings.TrimPrefix(reflect.TypeOf(v).String(), "*")
}

// member is a field of a struct, or of what a pointer points at; the zero Value if there is none.
func member(v any, name string) reflect.Value {
	x := reflect.Indirect(reflect.ValueOf(v))
	if x.Kind() != reflect.Struct {
		return reflect.Value{}
	}
	return x.FieldByName(name)
}

func text(v any, name string) string {
	if f := member(v, name); f.IsValid() && f.Kind() == reflect.String {
		return f.String()
	}
	return ""
}

func number(v any, name string) int64 {
	if f := member(v, name); f.IsValid() && f.CanInt() {
		return f.Int()
	}
	return 0
}

func truth(v any, name string) bool {
	f := member(v, name)
	return f.IsValid() && f.Kind() == reflect.Bool && f.Bool()
}

// silent are attributes that say where something came from, not what it is.
func silent(kind string) bool {
	switch kind {
	case "schema.Pos", "postgres.OID", "mysql.CreateStmt", "sqlite.CreateStmt", "sqlite.File", "postgres.CheckColumns", "postgres.Concurrently", "mysql.DisplayWidth":
		return true
	}
	return false
}

func (c *converter) tableAttrs(attrs []atlas.Attr) (items []schema.TableItem) {
	for _, a := range attrs {
		switch a := a.(type) {
		case *atlas.Comment:
			items = append(items, schema.Comment(a.Text))
			continue
		case *atlas.Charset:
			items = append(items, mysql.Charset(a.V))
			continue
		case *atlas.Collation:
			items = append(items, mysql.Collate(a.V))
			continue
		case *atlas.Check:
			items = append(items, c.check(a))
			continue
		}
		switch kind := kindOf(a); {
		case kind == "sqlite.AutoIncrement": // the state of the counter
		case kind == "mysql.AutoIncrement":
			if n := number(a, "V"); n > 0 {
				items = append(items, mysql.AutoIncrementStart(uint64(n)))
			}
		case kind == "mysql.Engine":
			if !truth(a, "Default") {
				items = append(items, mysql.Engine(text(a, "V")))
			}
		case kind == "mysql.SystemVersioned":
			items = append(items, mysql.SystemVersioned())
		case kind == "sqlite.WithoutRowID":
			items = append(items, sqlite.WithoutRowid())
		case kind == "sqlite.Strict":
			items = append(items, sqlite.Strict())
		case !silent(kind):
			c.left("the attribute %s", kind)
		}
	}
	return items
}

func (c *converter) check(k *atlas.Check) *schema.CheckDef {
	out := schema.CheckConstraint(k.Name, unbracketed(k.Expr))
	for _, a := range k.Attrs {
		switch kind := kindOf(a); {
		case kind == "mysql.Enforced":
			out.NotEnforced = !truth(a, "V")
		case kind == "postgres.NoInherit":
			out.Options = schema.SetOption(out.Options, postgres.NoInherit())
		case !silent(kind):
			c.left("the attribute %s of check %q", kind, k.Name)
		}
	}
	return out
}

// indexAttr reads an attribute of an index. True says that the index is that of a constraint.
func (c *converter) indexAttr(i *schema.IndexDef, a atlas.Attr) (constraint bool) {
	if comment, ok := a.(*atlas.Comment); ok {
		i.Comment = comment.Text
		return false
	}
	switch kind := kindOf(a); {
	case kind == "postgres.IndexType", kind == "mysql.IndexType":
		if t := text(a, "T"); !strings.EqualFold(t, "btree") {
			i.Using = t
		}
	case kind == "postgres.IndexPredicate", kind == "sqlite.IndexPredicate":
		i.Where = unbracketed(text(a, "P"))
	case kind == "postgres.IndexInclude":
		if columns, ok := member(a, "Columns").Interface().([]*atlas.Column); ok {
			for _, col := range columns {
				i.Include = append(i.Include, col.Name)
			}
		}
	case kind == "postgres.IndexNullsDistinct":
		i.NullsNotDistinct = !truth(a, "V")
	case kind == "mysql.IndexParser":
		i.Options = schema.SetOption(i.Options, mysql.Parser(text(a, "P")))
	case kind == "postgres.Constraint":
		return text(a, "T") == "u" || strings.EqualFold(text(a, "T"), "UNIQUE")
	case kind == "sqlite.IndexOrigin":
		return text(a, "O") == "u"
	case !silent(kind):
		c.left("the attribute %s", kind)
	}
	return false
}

func (c *converter) partAttr(p *schema.IndexPart, a atlas.Attr) {
	if collation, ok := a.(*atlas.Collation); ok {
		p.Collation = collation.V
		return
	}
	switch kind := kindOf(a); {
	case kind == "mysql.SubPart":
		p.Length = int(number(a, "Len"))
	case kind == "postgres.IndexColumnProperty":
		switch {
		case truth(a, "NullsFirst") && !p.Descending:
			p.Nulls = schema.NullsFirst
		case truth(a, "NullsLast") && p.Descending:
			p.Nulls = schema.NullsLast
		}
	case kind == "postgres.IndexOpClass":
		if !truth(a, "Default") {
			p.OpClass = text(a, "Name")
		}
	case !silent(kind):
		c.left("the attribute %s", kind)
	}
}

// unbracketed is an expression without brackets around the whole of it.
func unbracketed(s string) string {
	s = strings.TrimSpace(s)
	for len(s) > 1 && s[0] == '(' && closing(s) == len(s)-1 {
		s = strings.TrimSpace(s[1 : len(s)-1])
	}
	return s
}

// closing is where the bracket that s begins with is closed, outside of strings; -1 if nowhere.
func closing(s string) int {
	depth, quote := 0, byte(0)
	for i := range len(s) {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"' || c == '`':
			quote = c
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}
