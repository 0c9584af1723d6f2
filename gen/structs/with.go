package structs

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/dialect/sqlite"
	"github.com/gomig-dev/gomig/gen"
	"github.com/gomig-dev/gomig/schema"
)

// spelledIn are the packages that an expression in a tag may name.
var spelledIn = map[string]string{"schema": schema.Path, "mysql": mysql.Path, "postgres": postgres.Path, "sqlite": sqlite.Path}

// verbatim is an item of a declaration as a tag spells it: an expression of Go
// whose strings stand in single quotes, since a tag is a string itself. What the
// expression gives is not known here; it is written out as it is, and the
// compiler sees whether it is one.
type verbatim struct{ text string }

var _ schema.Option = verbatim{}

// OptionKey is the text, so that one item does not take the place of another.
func (v verbatim) OptionKey() string { return "with:" + v.text }

// Call spells the item. The text was parsed when the tag was read.
func (v verbatim) Call() schema.Call {
	list, err := expressions(v.text)
	if err != nil || len(list) != 1 {
		return schema.Call{}
	}
	return list[0]
}

// with are the items that a tag spells.
func (r *reader) with(f *field, text string) (out []schema.Option) {
	list, err := expressions(text)
	if err != nil {
		r.problem(f.pos, `field %s: with:%s: %v; write it as in with:mysql.Engine('InnoDB')`, f.what(), text, err)
		return nil
	}
	for _, c := range list {
		s, err := spell(c)
		if err != nil {
			r.problem(f.pos, "field %s: with:%s: %v", f.what(), text, err)
			return nil
		}
		out = append(out, verbatim{s})
	}
	return out
}

// goTypeText reports whether a tag spells a type in Go: mysql.Unsigned(schema.Integer()).
func goTypeText(s string) bool {
	name, rest, ok := strings.Cut(s, ".")
	return ok && spelledIn[name] != "" && rest != "" && token.IsExported(rest) && strings.Contains(rest, "(")
}

// expressions parses a list of expressions: calls of functions, constants and
// struct literals of gomig's packages, strings in single quotes, numbers, lists.
func expressions(text string) (out []schema.Call, err error) {
	src, err := doubleQuoted(text)
	if err != nil {
		return nil, err
	}
	e, err := parser.ParseExpr("f(" + src + ")")
	if err != nil {
		return nil, errors.New("it is no expression of Go")
	}
	list, ok := e.(*ast.CallExpr)
	if !ok {
		return nil, errors.New("it is no list of expressions")
	}
	for _, a := range list.Args {
		v, err := value(a)
		if err != nil {
			return nil, err
		}
		c, ok := v.(schema.Call)
		if !ok {
			return nil, errors.New("it is no call")
		}
		out = append(out, c)
	}
	return out, nil
}

// value is what an expression stands for.
func value(e ast.Expr) (any, error) {
	switch e := e.(type) {
	case *ast.BasicLit:
		return literal(e)
	case *ast.UnaryExpr:
		if x, ok := e.X.(*ast.BasicLit); ok && e.Op == token.SUB && (x.Kind == token.INT || x.Kind == token.FLOAT) {
			return literal(&ast.BasicLit{Kind: x.Kind, Value: "-" + x.Value})
		}
	case *ast.Ident:
		switch e.Name {
		case "true", "false":
			return e.Name == "true", nil
		case "nil":
			return nil, nil
		}
	case *ast.SelectorExpr:
		c, err := selected(e)
		c.Const = true
		return c, err
	case *ast.CallExpr:
		return called(e)
	case *ast.CompositeLit:
		return composite(e)
	}
	return nil, errors.New("it may hold calls of the packages schema, mysql, postgres and sqlite, strings in single quotes, numbers and lists")
}

func literal(e *ast.BasicLit) (any, error) {
	switch e.Kind {
	case token.STRING:
		return strconv.Unquote(e.Value)
	case token.INT:
		n, err := strconv.ParseInt(e.Value, 0, 64)
		return int(n), err
	case token.FLOAT:
		return strconv.ParseFloat(e.Value, 64)
	default:
		return nil, fmt.Errorf("%s is no string or number", e.Value)
	}
}

// selected is a name of one of gomig's packages.
func selected(e *ast.SelectorExpr) (schema.Call, error) {
	x, ok := e.X.(*ast.Ident)
	if !ok || spelledIn[x.Name] == "" || !e.Sel.IsExported() {
		return schema.Call{}, errors.New("only the packages schema, mysql, postgres and sqlite are known")
	}
	return schema.Call{Path: spelledIn[x.Name], Func: e.Sel.Name}, nil
}

func called(e *ast.CallExpr) (any, error) {
	args := make([]any, len(e.Args))
	for i, a := range e.Args {
		v, err := value(a)
		if err != nil {
			return nil, err
		}
		args[i] = v
	}
	switch f := e.Fun.(type) {
	case *ast.Ident: // uint32(4326)
		if to, ok := numbers[f.Name]; ok && len(args) == 1 {
			if v := reflect.ValueOf(args[0]); v.IsValid() && (v.CanInt() || v.CanFloat()) {
				return v.Convert(to).Interface(), nil
			}
		}
	case *ast.ArrayType: // []byte('…')
		if s, ok := only[string](args); ok && f.Len == nil && isName(f.Elt, "byte") {
			return []byte(s), nil
		}
	case *ast.SelectorExpr:
		if _, ok := f.X.(*ast.Ident); ok {
			c, err := selected(f)
			c.Args = args
			return c, err
		}
		before, err := value(f.X)
		if err != nil {
			return nil, err
		}
		if c, ok := before.(schema.Call); ok {
			c.Chain = append(slices.Clip(c.Chain), schema.Call{Func: f.Sel.Name, Args: args})
			return c, nil
		}
	}
	return nil, errors.New("it calls what is no function of a package")
}

// numbers are the types that a number may be converted to.
var numbers = map[string]reflect.Type{
	"int": reflect.TypeFor[int](), "int8": reflect.TypeFor[int8](), "int16": reflect.TypeFor[int16](), "int32": reflect.TypeFor[int32](),
	"int64": reflect.TypeFor[int64](), "uint": reflect.TypeFor[uint](), "uint8": reflect.TypeFor[uint8](), "uint16": reflect.TypeFor[uint16](),
	"uint32": reflect.TypeFor[uint32](), "uint64": reflect.TypeFor[uint64](), "float32": reflect.TypeFor[float32](), "float64": reflect.TypeFor[float64](),
}

// only is the one value of a list, if it is of that type.
func only[T any](list []any) (v T, ok bool) {
	if len(list) == 1 {
		v, ok = list[0].(T)
	}
	return v, ok
}

func isName(e ast.Expr, name string) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == name
}

// composite is a struct of one of gomig's packages, or a list of strings.
func composite(e *ast.CompositeLit) (any, error) {
	if list, ok := e.Type.(*ast.ArrayType); ok && list.Len == nil && isName(list.Elt, "string") {
		out := []string{}
		for _, x := range e.Elts {
			v, err := value(x)
			s, ok := v.(string)
			if err != nil || !ok {
				return nil, errors.New("a []string holds strings in single quotes")
			}
			out = append(out, s)
		}
		return out, nil
	}
	name, ok := e.Type.(*ast.SelectorExpr)
	if !ok {
		return nil, errors.New("lists are []string, structs those of gomig's packages")
	}
	c, err := selected(name)
	c.Fields = []schema.Field{}
	for _, x := range e.Elts {
		pair, ok := x.(*ast.KeyValueExpr)
		if !ok {
			return nil, errors.New("the fields of a struct have names")
		}
		key, ok := pair.Key.(*ast.Ident)
		if !ok {
			return nil, errors.New("the fields of a struct have names")
		}
		v, e := value(pair.Value)
		if e != nil {
			return nil, e
		}
		c.Fields = append(c.Fields, schema.Field{Name: key.Name, Value: v})
	}
	return c, err
}

// doubleQuoted gives an expression the quotes of Go. In single ones a quote
// stands twice; backslashes mean what they mean in Go.
func doubleQuoted(text string) (string, error) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] != '\'' {
			b.WriteByte(text[i])
			continue
		}
		var inside strings.Builder
		for i++; ; i++ {
			if i >= len(text) {
				return "", errors.New("a single quote is missing")
			}
			if text[i] == '\'' {
				if i+1 == len(text) || text[i+1] != '\'' {
					break
				}
				i++
			}
			inside.WriteByte(text[i])
		}
		s, err := strconv.Unquote(`"` + strings.ReplaceAll(inside.String(), `"`, `\"`) + `"`)
		if err != nil {
			return "", fmt.Errorf("'%s' is no string of Go", inside.String())
		}
		b.WriteString(strconv.Quote(s))
	}
	return b.String(), nil
}

// spell is the reverse of expressions: a value that spells itself, on one line,
// without what a tag takes for its own: semicolons, and backslashes before them
// or before quotes.
func spell(v any) (string, error) {
	expr, err := gen.Expr(v)
	if err != nil {
		return "", err
	}
	src := []byte(expr.GoString())
	var s scanner.Scanner
	s.Init(token.NewFileSet().AddFile("", -1, len(src)), src, nil, 0)
	var parts []string
	for {
		_, tok, lit := s.Scan()
		last := len(parts) - 1
		switch {
		case tok == token.EOF:
			return strings.Join(parts, ""), nil
		case tok == token.SEMICOLON && lit == "\n":
		case tok == token.STRING:
			text, err := strconv.Unquote(lit)
			if err != nil {
				return "", err
			}
			parts = append(parts, singleQuoted(text))
		case tok == token.COMMA, tok == token.COLON:
			parts = append(parts, tok.String()+" ")
		case (tok == token.RPAREN || tok == token.RBRACE) && last >= 0 && parts[last] == ", ":
			parts[last] = tok.String()
		case tok.IsLiteral():
			parts = append(parts, lit)
		default:
			parts = append(parts, tok.String())
		}
	}
}

// readable spells a value so that expressions reads it again.
func readable(v any) (string, error) {
	text, err := spell(v)
	if err == nil {
		_, err = expressions(text)
	}
	return text, err
}

// unquoted is a name in a tag: one that the tag could not hold otherwise stands in
// single quotes, as a string in an expression does.
func unquoted(name string) string {
	if len(name) < 2 || name[0] != '\'' || name[len(name)-1] != '\'' {
		return name
	}
	if src, err := doubleQuoted(name); err == nil {
		if s, err := strconv.Unquote(src); err == nil {
			return s
		}
	}
	return name
}

// singleQuoted is a string as it stands in an expression in a tag.
func singleQuoted(s string) string {
	var b strings.Builder
	b.WriteByte('\'')
	for i, r := range s {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], string(utf8.RuneError)), strings.ContainsRune("\\;`", r):
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case r == '\'':
			b.WriteString("''")
		case strconv.IsPrint(r):
			b.WriteRune(r)
		default:
			b.WriteString(strings.Trim(strconv.QuoteRune(r), "'"))
		}
	}
	b.WriteByte('\'')
	return b.String()
}

// verbatimType is a type as a tag spells it.
type verbatimType struct{ text string }

// Call spells the type. The text was parsed when the tag was read.
func (t verbatimType) Call() schema.Call { return verbatim(t).Call() }
