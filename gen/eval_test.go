package gen_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"reflect"
	"strconv"
	"time"

	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// names are what rendered Go may refer to: functions, constants and types.
var names = map[string]any{
	"time.Date": time.Date, "time.UTC": time.UTC, "time.FixedZone": time.FixedZone,
	"time.Time": reflect.TypeFor[time.Time](),
	"math.NaN":  math.NaN, "math.Inf": math.Inf, "math.Copysign": math.Copysign,

	"op.Row": reflect.TypeFor[op.Row](), "op.Batch": reflect.TypeFor[op.Batch](),
	"op.IfExists": op.IfExists, "op.IfNotExists": op.IfNotExists, "op.First": op.First, "op.After": op.After, "op.Before": op.Before,
	"op.With": op.With, "op.SetType": op.SetType, "op.SetNullable": op.SetNullable, "op.SetNotNull": op.SetNotNull,
	"op.SetDefault": op.SetDefault, "op.DropDefault": op.DropDefault, "op.SetComment": op.SetComment,
	"op.SetCollation": op.SetCollation, "op.SetAutoIncrement": op.SetAutoIncrement, "op.DropAutoIncrement": op.DropAutoIncrement,
	"op.SetComputed": op.SetComputed, "op.DropComputed": op.DropComputed, "op.SetIdentity": op.SetIdentity,
	"op.DropIdentity": op.DropIdentity, "op.SetOptions": op.SetOptions, "op.Rename": op.Rename, "op.Using": op.Using,
	"op.Existing": op.Existing, "op.ExistingComment": op.ExistingComment,
	"op.RecreateAlways": op.RecreateAlways, "op.RecreateNever": op.RecreateNever,

	"schema.Identity": reflect.TypeFor[schema.Identity](),
	"schema.Column":   schema.Column, "schema.NotNull": schema.NotNull, "schema.PrimaryKey": schema.PrimaryKey,
	"schema.AutoIncrement": schema.AutoIncrement, "schema.ServerDefault": schema.ServerDefault, "schema.Unique": schema.Unique,
	"schema.Indexed": schema.Indexed, "schema.Collate": schema.Collate, "schema.ComputedAs": schema.ComputedAs,
	"schema.IdentityAs": schema.IdentityAs, "schema.References": schema.References, "schema.Check": schema.Check,
	"schema.Comment": schema.Comment, "schema.Bound": schema.Bound, "schema.Stored": schema.Stored, "schema.Virtual": schema.Virtual,
	"schema.StorageDefault": schema.StorageDefault, "schema.InSchema": schema.InSchema,
	"schema.PrimaryKeyConstraint": schema.PrimaryKeyConstraint, "schema.UniqueConstraint": schema.UniqueConstraint,
	"schema.CheckConstraint": schema.CheckConstraint, "schema.ForeignKeyConstraint": schema.ForeignKeyConstraint,
	"schema.ExcludeConstraint": schema.ExcludeConstraint, "schema.Exclude": schema.Exclude, "schema.RefTable": schema.RefTable,
	"schema.RefColumns": schema.RefColumns, "schema.Named": schema.Named, "schema.DeferralDefault": schema.DeferralDefault,
	"schema.ConstraintKind": reflect.TypeFor[schema.ConstraintKind](),
	"schema.OnDelete":       schema.OnDelete, "schema.OnUpdate": schema.OnUpdate, "schema.Match": schema.Match,
	"schema.WithDeferral": schema.WithDeferral, "schema.Deferrable": schema.Deferrable, "schema.InitiallyDeferred": schema.InitiallyDeferred,
	"schema.NotValid": schema.NotValid, "schema.NotEnforced": schema.NotEnforced, "schema.NullsNotDistinct": schema.NullsNotDistinct,
	"schema.NoAction": schema.NoAction, "schema.Restrict": schema.Restrict, "schema.Cascade": schema.Cascade,
	"schema.SetNull": schema.SetNull, "schema.SetDefault": schema.SetDefault, "schema.Action": reflect.TypeFor[schema.Action](),
	"schema.PrimaryKeyKind": schema.PrimaryKeyKind, "schema.UniqueKind": schema.UniqueKind, "schema.CheckKind": schema.CheckKind,
	"schema.ForeignKeyKind": schema.ForeignKeyKind, "schema.ExcludeKind": schema.ExcludeKind,
	"schema.Index": schema.Index, "schema.IndexOn": schema.IndexOn, "schema.Key": schema.Key, "schema.KeyExpr": schema.KeyExpr,
	"schema.UniqueIndex": schema.UniqueIndex, "schema.Include": schema.Include, "schema.Using": schema.Using, "schema.Where": schema.Where,
	"schema.Literal": schema.Literal, "schema.SQL": schema.SQL, "schema.Now": schema.Now, "schema.Null": schema.Null,
	"schema.Number": schema.Number, "schema.NoExpr": schema.NoExpr, "schema.NoType": schema.NoType,
	"schema.SmallInteger": schema.SmallInteger, "schema.Integer": schema.Integer, "schema.BigInteger": schema.BigInteger,
	"schema.Boolean": schema.Boolean, "schema.String": schema.String, "schema.Text": schema.Text, "schema.Unicode": schema.Unicode,
	"schema.UnicodeText": schema.UnicodeText, "schema.Date": schema.Date, "schema.Time": schema.Time, "schema.DateTime": schema.DateTime,
	"schema.Precision": schema.Precision, "schema.WithTimeZone": schema.WithTimeZone, "schema.Interval": schema.Interval,
	"schema.Numeric": schema.Numeric, "schema.Float": schema.Float, "schema.Double": schema.Double, "schema.Binary": schema.Binary,
	"schema.Blob": schema.Blob, "schema.JSON": schema.JSON, "schema.UUID": schema.UUID, "schema.Enum": schema.Enum,
	"schema.EnumIn": schema.EnumIn, "schema.RawSQL": schema.RawSQL,
}

var builtins = map[string]reflect.Type{
	"string": reflect.TypeFor[string](), "bool": reflect.TypeFor[bool](), "byte": reflect.TypeFor[byte](), "any": reflect.TypeFor[any](),
	"int": reflect.TypeFor[int](), "int8": reflect.TypeFor[int8](), "int16": reflect.TypeFor[int16](), "int32": reflect.TypeFor[int32](),
	"int64": reflect.TypeFor[int64](), "uint": reflect.TypeFor[uint](), "uint8": reflect.TypeFor[uint8](), "uint16": reflect.TypeFor[uint16](),
	"uint32": reflect.TypeFor[uint32](), "uint64": reflect.TypeFor[uint64](),
	"float32": reflect.TypeFor[float32](), "float64": reflect.TypeFor[float64](),
}

// machine evaluates the Go that gen renders, and nothing else: calls, composite
// literals, constants, and function literals whose statements are calls. What
// it does not know is an error, so that a new spelling does not go untested.
type machine struct {
	locals map[string]reflect.Value
}

type evalError struct{ error }

func (m *machine) fail(format string, args ...any) {
	panic(evalError{fmt.Errorf(format, args...)})
}

func caught(err *error) {
	switch p := recover().(type) {
	case nil:
	case evalError:
		*err = p.error
	default:
		panic(p)
	}
}

// runBody runs the statements of a body on o, up to its return.
func runBody(body string, o *op.Operations) (err error) {
	defer caught(&err)
	f, err := parser.ParseFile(token.NewFileSet(), "", "package p\nfunc f() error {\n"+body+"\n}", 0)
	if err != nil {
		return err
	}
	m := &machine{locals: map[string]reflect.Value{"o": reflect.ValueOf(o)}}
	list := f.Decls[0].(*ast.FuncDecl).Body.List
	m.statements(list[:len(list)-1])
	return o.Err()
}

// evaluate is the value of an expression.
func evaluate(src string, want reflect.Type) (v any, err error) {
	defer caught(&err)
	e, err := parser.ParseExpr(src)
	if err != nil {
		return nil, err
	}
	return (&machine{}).expr(e, want).Interface(), nil
}

func (m *machine) statements(list []ast.Stmt) {
	for _, s := range list {
		e, ok := s.(*ast.ExprStmt)
		if !ok {
			m.fail("a statement that is a %T", s)
		}
		m.call(e.X.(*ast.CallExpr))
	}
}

// expr is the value of e, converted to want as Go would; nil asks for e's own type.
func (m *machine) expr(e ast.Expr, want reflect.Type) reflect.Value {
	switch e := e.(type) {
	case *ast.BasicLit:
		return m.constant(e, "", want)
	case *ast.UnaryExpr:
		if e.Op == token.AND {
			v := m.expr(e.X, nil)
			p := reflect.New(v.Type())
			p.Elem().Set(v)
			return p
		}
		return m.constant(e.X.(*ast.BasicLit), e.Op.String(), want)
	case *ast.Ident:
		switch e.Name {
		case "nil":
			return reflect.Zero(want)
		case "true", "false":
			return to(reflect.ValueOf(e.Name == "true"), want)
		}
		return m.locals[e.Name]
	case *ast.SelectorExpr:
		return m.name(e)
	case *ast.CallExpr:
		results := m.call(e)
		if len(results) != 1 {
			m.fail("a call of %d results as a value", len(results))
		}
		return results[0]
	case *ast.CompositeLit:
		return m.composite(e, want)
	case *ast.FuncLit:
		return m.function(e, want)
	}
	m.fail("an expression that is a %T", e)
	return reflect.Value{}
}

func to(v reflect.Value, want reflect.Type) reflect.Value {
	if want == nil || want.Kind() == reflect.Interface {
		return v
	}
	return v.Convert(want)
}

// constant is the value of a literal with its sign.
func (m *machine) constant(e *ast.BasicLit, sign string, want reflect.Type) reflect.Value {
	switch e.Kind { //nolint:exhaustive // gen writes no other literals
	case token.STRING:
		s, err := strconv.Unquote(e.Value)
		if err != nil {
			m.fail("unquoting %s: %v", e.Value, err)
		}
		return to(reflect.ValueOf(s), want)
	case token.INT:
		if want != nil && (want.Kind() == reflect.Uint64 || want.Kind() == reflect.Uint) {
			n, err := strconv.ParseUint(e.Value, 10, 64)
			if err != nil {
				m.fail("reading %s: %v", e.Value, err)
			}
			return to(reflect.ValueOf(n), want)
		}
		n, err := strconv.Atoi(sign + e.Value)
		if err != nil {
			m.fail("reading %s: %v", e.Value, err)
		}
		return to(reflect.ValueOf(n), want)
	case token.FLOAT:
		f, err := strconv.ParseFloat(sign+e.Value, 64)
		if err != nil {
			m.fail("reading %s: %v", e.Value, err)
		}
		return to(reflect.ValueOf(f), want)
	}
	m.fail("a constant %s", e.Value)
	return reflect.Value{}
}

func (m *machine) name(e *ast.SelectorExpr) reflect.Value {
	key := e.X.(*ast.Ident).Name + "." + e.Sel.Name
	v, ok := names[key]
	for month := time.January; !ok && month <= time.December; month++ {
		v, ok = month, key == "time."+month.String()
	}
	if !ok {
		m.fail("%s is not in the table of names", key)
	}
	return reflect.ValueOf(v)
}

// typ is the type that e names, nil if it names none.
func (m *machine) typ(e ast.Expr) reflect.Type {
	switch e := e.(type) {
	case *ast.Ident:
		return builtins[e.Name]
	case *ast.SelectorExpr:
		if id, ok := e.X.(*ast.Ident); ok {
			t, _ := names[id.Name+"."+e.Sel.Name].(reflect.Type)
			return t
		}
	case *ast.ArrayType:
		return reflect.SliceOf(m.typ(e.Elt))
	case *ast.MapType:
		return reflect.MapOf(m.typ(e.Key), m.typ(e.Value))
	}
	return nil
}

func (m *machine) call(e *ast.CallExpr) []reflect.Value {
	if t := m.typ(e.Fun); t != nil { // a conversion
		if lit, ok := e.Args[0].(*ast.BasicLit); ok {
			return []reflect.Value{m.constant(lit, "", t)}
		}
		return []reflect.Value{m.expr(e.Args[0], nil).Convert(t)}
	}
	if id, ok := e.Fun.(*ast.Ident); ok && id.Name == "new" {
		if t := m.typ(e.Args[0]); t != nil {
			return []reflect.Value{reflect.New(t)}
		}
		v := m.expr(e.Args[0], nil)
		p := reflect.New(v.Type())
		p.Elem().Set(v)
		return []reflect.Value{p}
	}
	fn := m.callee(e.Fun.(*ast.SelectorExpr))
	args := make([]reflect.Value, len(e.Args))
	for i, a := range e.Args {
		args[i] = m.argument(fn.Type(), i, a)
	}
	return fn.Call(args)
}

func (m *machine) callee(e *ast.SelectorExpr) reflect.Value {
	if id, ok := e.X.(*ast.Ident); ok {
		if _, local := m.locals[id.Name]; !local {
			return m.name(e)
		}
	}
	fn := m.expr(e.X, nil).MethodByName(e.Sel.Name)
	if !fn.IsValid() {
		m.fail("there is no method %s", e.Sel.Name)
	}
	return fn
}

func (m *machine) argument(fn reflect.Type, i int, e ast.Expr) reflect.Value {
	want := fn.In(min(i, fn.NumIn()-1))
	if fn.IsVariadic() && i >= fn.NumIn()-1 {
		want = want.Elem()
	}
	v := m.expr(e, want)
	if !v.Type().AssignableTo(want) {
		m.fail("a %s where a %s is wanted", v.Type(), want)
	}
	return v
}

func (m *machine) composite(e *ast.CompositeLit, want reflect.Type) reflect.Value {
	t := want
	if e.Type != nil {
		t = m.typ(e.Type)
	}
	v := reflect.New(t).Elem()
	if t.Kind() == reflect.Map {
		v.Set(reflect.MakeMap(t))
	} else if t.Kind() == reflect.Slice {
		v.Set(reflect.MakeSlice(t, 0, len(e.Elts)))
	}
	for _, elt := range e.Elts {
		kv, keyed := elt.(*ast.KeyValueExpr)
		switch {
		case t.Kind() == reflect.Slice && !keyed:
			v.Set(reflect.Append(v, m.expr(elt, t.Elem())))
		case t.Kind() == reflect.Map && keyed:
			v.SetMapIndex(m.expr(kv.Key, t.Key()), m.expr(kv.Value, t.Elem()))
		case t.Kind() == reflect.Struct && keyed:
			f := v.FieldByName(kv.Key.(*ast.Ident).Name)
			f.Set(m.expr(kv.Value, f.Type()))
		default:
			m.fail("a composite literal of %s", t)
		}
	}
	return v
}

func (m *machine) function(e *ast.FuncLit, want reflect.Type) reflect.Value {
	param := e.Type.Params.List[0].Names[0].Name
	return reflect.MakeFunc(want, func(args []reflect.Value) []reflect.Value {
		inner := &machine{locals: map[string]reflect.Value{param: args[0]}}
		inner.statements(e.Body.List)
		return nil
	})
}
