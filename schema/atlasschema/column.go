package atlasschema

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	atlas "ariga.io/atlas/sql/schema"

	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/dialect/sqlite"
	"github.com/gomig-dev/gomig/schema"
)

func (c *converter) column(t *atlas.Table, col *atlas.Column) *schema.ColumnDef {
	c.at = fmt.Sprintf("column %q of table %q", col.Name, t.Name)
	out := schema.Column(col.Name, schema.NoType())
	if col.Type == nil {
		c.fail(errors.New("it has no type"))
		return out
	}
	out.Nullable = col.Type.Null
	typ, counts, err := c.typeOf(col.Type.Type, col.Type.Raw)
	if err != nil {
		c.fail(err)
	}
	out.Type, out.AutoIncrement = typ, counts
	out.Default = defaultOf(col.Default)
	for _, a := range col.Attrs {
		if k, ok := a.(*atlas.Check); ok {
			if !slices.Contains(t.Checks(), k) { // some drivers say one twice
				out.Checks = append(out.Checks, c.check(k))
			}
			continue
		}
		c.columnAttr(out, a)
	}
	return out
}

func (c *converter) columnAttr(out *schema.ColumnDef, a atlas.Attr) {
	switch a := a.(type) {
	case *atlas.Comment:
		out.Comment = a.Text
		return
	case *atlas.Collation:
		out.Collation = a.V
		return
	case *atlas.Charset:
		out.Options = schema.SetOption(out.Options, mysql.Charset(a.V))
		return
	case *atlas.GeneratedExpr:
		out.Computed = &schema.Computed{Expr: unbracketed(a.Expr), Storage: storage(a.Type)}
		return
	}
	switch kind := kindOf(a); {
	case kind == "mysql.AutoIncrement":
		out.AutoIncrement = true
	case kind == "sqlite.AutoIncrement":
		sqlite.AutoIncrement().AddToColumn(out)
	case kind == "postgres.Identity":
		identity(out, a)
	case kind == "mysql.OnUpdate" && strings.HasPrefix(strings.ToUpper(text(a, "A")), "CURRENT_TIMESTAMP"):
		out.Options = schema.SetOption(out.Options, mysql.OnUpdateNow())
	case !silent(kind):
		c.left("the attribute %s", kind)
	}
}

func storage(s string) schema.Storage {
	switch strings.ToUpper(s) {
	case "STORED", "PERSISTENT":
		return schema.Stored
	case "VIRTUAL":
		return schema.Virtual
	default:
		return schema.StorageDefault
	}
}

// identity reads a postgres.Identity.
func identity(out *schema.ColumnDef, a atlas.Attr) {
	id := schema.Identity{Always: strings.EqualFold(text(a, "Generation"), "ALWAYS")}
	if seq := member(a, "Sequence"); seq.IsValid() && !seq.IsNil() {
		id.Start, id.Increment = number(seq.Interface(), "Start"), number(seq.Interface(), "Increment")
		if id.Start == 1 {
			id.Start = 0
		}
		if id.Increment == 1 {
			id.Increment = 0
		}
	}
	out.Nullable = false
	if id == (schema.Identity{}) {
		out.AutoIncrement = true
		return
	}
	out.Identity = &id
}

// sqlOf is an expression as it stands in SQL.
func sqlOf(e atlas.Expr) string {
	switch e := e.(type) {
	case nil:
		return ""
	case *atlas.Literal:
		return e.V
	case *atlas.RawExpr:
		return unbracketed(e.X)
	case interface{ Underlying() atlas.Expr }:
		return sqlOf(e.Underlying())
	default:
		return text(e, "X")
	}
}

func defaultOf(e atlas.Expr) schema.Expr {
	switch e := e.(type) {
	case nil:
		return schema.NoExpr()
	case *atlas.NamedDefault:
		return defaultOf(e.Expr)
	case interface{ Underlying() atlas.Expr }:
		return defaultOf(e.Underlying())
	case *atlas.Literal:
		return literal(e.V)
	}
	return literal(sqlOf(e))
}

// literal is a literal of SQL as a value, and SQL that is none as it is.
func literal(v string) schema.Expr {
	n := len(v)
	switch {
	case n > 1 && v[0] == '\'' && v[n-1] == '\'' && !strings.Contains(v, `\`):
		return schema.Literal(strings.ReplaceAll(v[1:n-1], "''", "'"))
	case n > 1 && v[0] == '"' && v[n-1] == '"' && !strings.Contains(v, `\`):
		return schema.Literal(strings.ReplaceAll(v[1:n-1], `""`, `"`))
	case strings.EqualFold(v, "true"), strings.EqualFold(v, "false"):
		return schema.Literal(strings.EqualFold(v, "true"))
	case strings.EqualFold(v, "null"):
		return schema.Null()
	}
	if _, err := strconv.ParseFloat(v, 64); err == nil {
		return schema.Number(v)
	}
	return schema.SQL(v)
}
