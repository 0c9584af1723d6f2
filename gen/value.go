package gen

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"time"

	"github.com/dave/jennifer/jen"

	"github.com/gomig-dev/gomig/schema"
)

// Item replaces the spelling of a value, where ok is true (render_item). It is
// asked before the value itself, for every value that is no plain Go value. A
// Call without a Func, with ok, leaves the value out: an operation from the body,
// an item from what it stands in.
type Item func(v any) (c schema.Call, ok bool)

// Expr is the Go expression that makes v again: [schema.Call] and what spells
// itself by one, strings, numbers, bools, times, nil, slices, maps with their
// keys sorted, and structs by their exported fields, zero ones left out.
func Expr(v any) (*jen.Statement, error) {
	n, err := newRenderer(nil).value(v, nil)
	if err != nil {
		return nil, err
	}
	return n.code(place{}), nil
}

// maxDepth ends the rendering of a value that contains itself.
const maxDepth = 100

// renderer turns values into nodes and keeps what it learns on the way.
type renderer struct {
	item   Item
	names  map[string]string // package names that are certain, by import path
	paths  map[string]bool   // import paths in use
	locals map[string]bool   // names of parameters, which an import must not hide behind
	depth  int
}

func newRenderer(item Item) *renderer {
	return &renderer{item: item, names: map[string]string{}, paths: map[string]bool{}, locals: map[string]bool{}}
}

// value renders v. The static type is that of the place v stands in, as far as
// it is known: in it a constant needs no conversion, and a composite literal in
// a slice or map no type.
func (r *renderer) value(v any, static reflect.Type) (node, error) {
	if r.depth++; r.depth > maxDepth {
		return nil, fmt.Errorf("rendering a %T: it is nested deeper than %d levels; does it contain itself?", v, maxDepth)
	}
	defer func() { r.depth-- }()
	rv := reflect.ValueOf(v)
	if !rv.IsValid() || rv.Kind() == reflect.Pointer && rv.IsNil() {
		return text("nil"), nil
	}
	if r.item != nil && (rv.Type().PkgPath() != "" || rv.Kind() == reflect.Pointer) {
		if c, ok := r.item(v); ok {
			if c.Func == "" {
				return omitted{}, nil
			}
			return r.call(c, nil)
		}
	}
	switch v := v.(type) {
	case schema.Call:
		return r.call(v, nil)
	case *schema.Call:
		return r.call(*v, nil)
	case schema.Block:
		return r.block(v)
	case schema.Caller:
		return r.caller(v)
	case time.Time:
		r.use("time", "time")
		return date(v), nil
	}
	return r.plain(rv, static)
}

// caller renders what spells itself.
func (r *renderer) caller(v schema.Caller) (node, error) {
	c, err := spell(v)
	if err != nil {
		return nil, err
	}
	r.learn(reflect.TypeOf(v))
	if c.Func == "" { // it does not know better than its fields do
		return r.plain(reflect.ValueOf(v), nil)
	}
	n, err := r.call(c, nil)
	if err != nil {
		return nil, err
	}
	// A pointer that spells itself as a struct: &pkg.Type{…}.
	if c.Fields != nil && len(c.Chain) == 0 && reflect.TypeOf(v).Kind() == reflect.Pointer {
		return prefix{op: "&", expr: n}, nil
	}
	return n, nil
}

// spell asks a value for its spelling. The method is the user's own as often as
// ours, and its panic must not end the program without a word.
func spell(v schema.Caller) (c schema.Call, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("rendering a %T: its method Call panicked: %v", v, p)
		}
	}()
	return v.Call(), nil
}

// learn keeps the package name of a named type, which its path alone does not tell.
func (r *renderer) learn(t reflect.Type) {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if path := t.PkgPath(); path != "" {
		r.names[path] = typePackage(t)
	}
}

// use keeps that an import is needed; name is its package name, or empty where that is not certain.
func (r *renderer) use(path, name string) {
	r.paths[path] = true
	if name != "" {
		r.names[path] = name
	}
}

var errNoSource = errors.New("no Go source says it; let the type implement schema.Caller")

// plain renders a value of a basic kind, a slice, a map, a struct or a pointer.
func (r *renderer) plain(v reflect.Value, static reflect.Type) (node, error) {
	switch v.Kind() {
	case reflect.Bool, reflect.String,
		reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr,
		reflect.Float32, reflect.Float64:
		return r.basic(v, static)
	case reflect.Slice, reflect.Array:
		return r.sequence(v, static)
	case reflect.Map:
		return r.mapping(v, static)
	case reflect.Struct:
		return r.structure(v, static)
	case reflect.Pointer:
		return r.pointer(v, static)
	case reflect.Interface:
		return r.value(v.Interface(), nil)
	default:
		return nil, fmt.Errorf("rendering a %s: %w", v.Type(), errNoSource)
	}
}

// basic renders a constant, converted to its type where the place does not do that.
func (r *renderer) basic(v reflect.Value, static reflect.Type) (node, error) {
	var n node
	isDefault := false // the type a constant has by itself
	t := v.Type()
	switch {
	case v.Kind() == reflect.String:
		n, isDefault = quoted(v.String()), t == reflect.TypeFor[string]()
	case v.Kind() == reflect.Bool:
		n, isDefault = text(strconv.FormatBool(v.Bool())), t == reflect.TypeFor[bool]()
	case v.CanInt():
		n = text(strconv.FormatInt(v.Int(), 10))
		isDefault = t == reflect.TypeFor[int]()
	case v.CanUint():
		n = text(strconv.FormatUint(v.Uint(), 10))
	default:
		n = float(v.Float(), t.Bits())
		isDefault = t == reflect.TypeFor[float64]()
		if _, constant := n.(atom); !constant {
			r.use("math", "math")
			static = nil // a call of package math has a type of its own
		}
	}
	if isDefault || t == static {
		return n, nil
	}
	typ, err := r.typ(t)
	if err != nil {
		return nil, err
	}
	// schema.Action("x"), int64(5)
	return call(typ, n), nil
}

// pointer renders &T{…} for a struct and new(v) for another value.
func (r *renderer) pointer(v reflect.Value, static reflect.Type) (node, error) {
	elem := v.Elem()
	switch {
	case elem.Kind() == reflect.Struct && elem.Type() != reflect.TypeFor[time.Time]():
		if static == v.Type() {
			return r.structure(elem, elem.Type()) // {…}, where the elided type stands for &T
		}
		n, err := r.structure(elem, nil)
		return prefix{op: "&", expr: n}, err
	case elem.IsZero():
		typ, err := r.typ(elem.Type())
		return call(text("new"), typ), err // new(int64)
	}
	n, err := r.value(elem.Interface(), nil)
	return call(text("new"), n), err // new(int64(5)), since Go 1.26
}
