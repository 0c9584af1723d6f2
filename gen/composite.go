package gen

import (
	"cmp"
	"fmt"
	"go/token"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/gomig-dev/gomig/schema"
)

// sequence renders a slice or array: []string{"a", "b"}, []byte("…").
func (r *renderer) sequence(v reflect.Value, elide reflect.Type) (node, error) {
	if v.Kind() == reflect.Slice && v.IsNil() {
		return text("nil"), nil
	}
	typ, err := r.typ(v.Type())
	if err != nil {
		return nil, err
	}
	if v.Kind() == reflect.Slice && v.Type().Elem() == reflect.TypeFor[byte]() {
		return call(typ, quoted(string(v.Bytes()))), nil
	}
	l := list{head: typ, in: curly}
	if elide == v.Type() {
		l.head = nil
	}
	for i := range v.Len() {
		n, err := r.element(v.Index(i), v.Type().Elem())
		if err != nil {
			return nil, err
		}
		if _, out := n.(omitted); out {
			continue
		}
		l.items = append(l.items, n)
	}
	return l, nil
}

// element renders a value inside a composite literal whose type names its type.
func (r *renderer) element(v reflect.Value, static reflect.Type) (node, error) {
	if !v.CanInterface() {
		return nil, fmt.Errorf("rendering a %s: %w", v.Type(), errNoSource)
	}
	return r.value(v.Interface(), static)
}

// mapping renders a map with its keys sorted: op.Row{"id": 1, "name": "x"}.
func (r *renderer) mapping(v reflect.Value, elide reflect.Type) (node, error) {
	if v.IsNil() {
		return text("nil"), nil
	}
	typ, err := r.typ(v.Type())
	if err != nil {
		return nil, err
	}
	l := list{head: typ, in: curly}
	if elide == v.Type() {
		l.head = nil
	}
	keys := v.MapKeys()
	if err := sortKeys(v.Type(), keys); err != nil {
		return nil, err
	}
	for _, k := range keys {
		key, err := r.element(k, v.Type().Key())
		if err != nil {
			return nil, err
		}
		value, err := r.element(v.MapIndex(k), v.Type().Elem())
		if err != nil {
			return nil, err
		}
		l.items = append(l.items, pair{key, value})
	}
	return l, nil
}

func sortKeys(t reflect.Type, keys []reflect.Value) error {
	var compare func(a, b reflect.Value) int
	zero := reflect.Zero(t.Key())
	switch {
	case zero.Kind() == reflect.String:
		compare = func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) }
	case zero.CanInt():
		compare = func(a, b reflect.Value) int { return cmp.Compare(a.Int(), b.Int()) }
	case zero.CanUint():
		compare = func(a, b reflect.Value) int { return cmp.Compare(a.Uint(), b.Uint()) }
	default:
		return fmt.Errorf("rendering a %s: its keys have no order; use strings or integers as keys", t)
	}
	slices.SortFunc(keys, compare)
	return nil
}

// structure renders a struct by its exported fields, in the order declared, zero ones left out.
func (r *renderer) structure(v reflect.Value, elide reflect.Type) (node, error) {
	typ, err := r.typ(v.Type())
	if err != nil {
		return nil, err
	}
	l := list{head: typ, in: curly}
	if elide == v.Type() {
		l.head = nil
	}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		switch {
		case f.Name == "_" || v.Field(i).IsZero():
			continue
		case !f.IsExported():
			return nil, fmt.Errorf("rendering a %s: its field %s is set but not exported; let the type implement schema.Caller", v.Type(), f.Name)
		}
		n, err := r.field(v.Field(i))
		if err != nil {
			return nil, err
		}
		l.items = append(l.items, pair{text(f.Name), n})
	}
	return l, nil
}

// field renders the value of a struct's field: its type decides about
// constants, but does not stand for that of a composite literal.
func (r *renderer) field(v reflect.Value) (node, error) {
	switch v.Kind() {
	case reflect.Slice, reflect.Array, reflect.Map, reflect.Struct, reflect.Pointer, reflect.Interface:
		return r.element(v, nil)
	default:
		return r.element(v, v.Type())
	}
}

// fieldValue renders the value of a field that is known by its name only: it
// has the type of the value, or one that takes it.
func (r *renderer) fieldValue(v any) (node, error) {
	rv := reflect.ValueOf(v)
	if _, ok := v.(schema.Caller); ok || !rv.IsValid() {
		return r.value(v, nil)
	}
	return r.field(rv)
}

// typ renders a type.
func (r *renderer) typ(t reflect.Type) (atom, error) {
	if t.Name() != "" {
		return r.namedType(t)
	}
	var open string
	if t == reflect.TypeFor[[]byte]() {
		return text("[]byte"), nil // reflection calls a byte uint8
	}
	switch t.Kind() {
	case reflect.Pointer:
		open = "*"
	case reflect.Slice:
		open = "[]"
	case reflect.Array:
		open = "[" + strconv.Itoa(t.Len()) + "]"
	case reflect.Map:
		key, err := r.typ(t.Key())
		if err != nil {
			return atom{}, err
		}
		elem, err := r.typ(t.Elem())
		if err != nil {
			return atom{}, err
		}
		// map[key]elem
		return atom{text: jen.Map(key.text).Add(elem.text), cols: len("map[]") + key.cols + elem.cols}, nil
	case reflect.Interface:
		if t.NumMethod() == 0 {
			return text("any"), nil
		}
		fallthrough
	default:
		return atom{}, fmt.Errorf("rendering the type %s: %w", t, errNoSource)
	}
	elem, err := r.typ(t.Elem())
	if err != nil {
		return atom{}, err
	}
	// []elem, *elem
	return atom{text: jen.Op(open).Add(elem.text), cols: len(open) + elem.cols}, nil
}

func (r *renderer) namedType(t reflect.Type) (atom, error) {
	path := t.PkgPath()
	if path == "" {
		return text(t.Name()), nil
	}
	if !token.IsExported(t.Name()) || !token.IsIdentifier(t.Name()) {
		return atom{}, fmt.Errorf("rendering a %s: the type is not exported or generic; let it implement schema.Caller", t)
	}
	path, err := importPath(path)
	if err != nil {
		return atom{}, fmt.Errorf("rendering a %s: %w", t, err)
	}
	r.use(path, typePackage(t))
	return qualified(path, t.Name()), nil
}

// typePackage is the name of the package a named type is of.
func typePackage(t reflect.Type) string {
	name, _, _ := strings.Cut(t.String(), ".")
	return name
}
