package gen_test

import (
	"database/sql"
	"encoding/json"
	"math"
	"net/netip"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/dave/jennifer/jen"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/gen"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// Plain is a value that does not spell itself.
type Plain struct {
	Name   string
	Count  int64
	Ratio  float32
	Inner  *Plain
	List   []Plain
	Points []*Plain
	ByName map[string]int
	Any    any
	Size   *int64
	Level  Level
	When   time.Time
	Raw    json.RawMessage
}

// Level is a constant of a type of its own.
type Level uint8

// Secret has what no literal can set.
type Secret struct{ hidden int }

// Endless contains itself.
type Endless struct{ Next *Endless }

// Panics is a value whose spelling goes wrong.
type Panics struct{}

// Call panics.
func (Panics) Call() schema.Call { panic("out of words") }

// Literal spells itself as a struct.
type Literal struct{ N int }

// Call is the struct.
func (l *Literal) Call() schema.Call {
	return schema.Call{Path: "example.com/x/literal", Func: "Literal", Fields: []schema.Field{{Name: "N", Value: int64(l.N)}}}
}

func source(t *testing.T, v any) string {
	t.Helper()
	s, err := gen.Expr(v)
	if err != nil {
		t.Errorf("%#v: %v", v, err)
		return ""
	}
	src := jen.Id("_").Op("=").Add(s).GoString() // a function literal alone would be taken for a declaration
	return strings.ReplaceAll(strings.TrimPrefix(src, "_ = "), "gentest.", "")
}

func TestExpr(t *testing.T) {
	t.Parallel()
	five := int64(5)
	var none *schema.ColumnDef
	for _, c := range []struct {
		v    any
		want string
	}{
		{nil, "nil"},
		{none, "nil"},
		{"a\"b\\\n", `"a\"b\\\n"`},
		{"a\nb", "`a\nb`"},
		{"a\n`b", "\"a\\n`b\""},
		{"a\n\u202eb", `"a\n\u202eb"`},
		{true, "true"},
		{-7, "-7"},
		{int64(math.MinInt64), "int64(-9223372036854775808)"},
		{uint64(math.MaxUint64), "uint64(18446744073709551615)"},
		{uint8(1), "uint8(1)"},
		{'x', "int32(120)"},
		{1.0, "1.0"},
		{1e21, "1e+21"},
		{float32(0.1), "float32(0.1)"},
		{math.Inf(-1), "math.Inf(-1)"},
		{math.NaN(), "math.NaN()"},
		{float32(math.Inf(1)), "float32(math.Inf(1))"},
		{math.Copysign(0, -1), "math.Copysign(0, -1)"},
		{[]string{"a", "b"}, `[]string{"a", "b"}`},
		{[]string(nil), "nil"},
		{[]string{}, "[]string{}"},
		{[]byte("a\xff"), `[]byte("a\xff")`},
		{[2]bool{true}, "[2]bool{true, false}"},
		{[]any{1, "a", nil, []int{1}}, `[]any{1, "a", nil, []int{1}}`},
		{[][]string{{"a"}, nil}, `[][]string{{"a"}, nil}`},
		{map[string]any{"b": 1, "a": nil}, `map[string]any{"a": nil, "b": 1}`},
		{map[int8][]int{3: {1}, -1: nil}, `map[int8][]int{-1: nil, 3: {1}}`},
		{op.Row{"b": int64(1), "a": schema.Now()}, `op.Row{"a": schema.Now(), "b": int64(1)}`},
		{&five, "new(int64(5))"},
		{new(string), "new(string)"},
		{new([]string), "new([]string)"},
		{schema.Cascade, "schema.Cascade"},
		{schema.Action("x"), `schema.Action("x")`},
		{schema.String(50).WithVariant("mysql", schema.Text()), `schema.String(50).WithVariant("mysql", schema.Text())`},
		{schema.Identity{Start: 5, Cycle: true}, "schema.Identity{Start: 5, Cycle: true}"},
		{&schema.Identity{}, "&schema.Identity{}"},
		{&Literal{7}, "&literal.Literal{N: 7}"},
		{time.Date(2026, 2, 3, 4, 5, 6, 7, time.UTC), "time.Date(2026, time.February, 3, 4, 5, 6, 7, time.UTC)"},
		{time.Date(2026, 2, 3, 4, 5, 6, 0, time.FixedZone("CET", 3600)), `time.Date(2026, time.February, 3, 4, 5, 6, 0, time.FixedZone("CET", 3600))`},
		{time.Time{}, "time.Time{}"},
		{new(time.Date(2026, 2, 3, 0, 0, 0, 0, time.UTC)), "new(time.Date(2026, time.February, 3, 0, 0, 0, 0, time.UTC))"},
		{time.Second, "time.Duration(1000000000)"},
		{sql.NullString{String: "x", Valid: true}, `sql.NullString{String: "x", Valid: true}`},
		{json.RawMessage(`{}`), `json.RawMessage("{}")`},
		{Level(3), "Level(3)"},
		{Plain{}, "Plain{}"},
		{
			&Plain{
				Name: "a", Count: 2, Ratio: 1, Inner: &Plain{Name: "b"}, List: []Plain{{Name: "c"}}, Points: []*Plain{{}, nil},
				ByName: map[string]int{"z": 1}, Any: int64(1), Size: &five, Level: 3, Raw: json.RawMessage(`[]`),
			},
			`&Plain{
	Name: "a",
	Count: 2,
	Ratio: 1.0,
	Inner: &Plain{Name: "b"},
	List: []Plain{{Name: "c"}},
	Points: []*Plain{{}, nil},
	ByName: map[string]int{"z": 1},
	Any: int64(1),
	Size: new(int64(5)),
	Level: 3,
	Raw: json.RawMessage("[]"),
}`,
		},
		{schema.Call{Path: schema.Path, Func: "X", Args: []any{schema.Call{Func: "ctx", Const: true}}}, "schema.X(ctx)"},
		{&schema.Call{Path: schema.Path, Func: "X"}, "schema.X()"},
		{
			schema.Block{Param: "t", Type: schema.Call{Path: op.Path, Func: "Table", Const: true}, Calls: []schema.Call{{Func: "A"}, {Func: "B", Args: []any{1}}}},
			"func(t *op.Table) {\n\tt.A()\n\tt.B(1)\n}",
		},
	} {
		got := source(t, c.v)
		if squeeze(got) != squeeze(c.want) {
			t.Errorf("%#v:\n%s\nwant\n%s", c.v, got, c.want)
		}
	}
}

// squeeze takes gofmt's alignment out.
func squeeze(s string) string {
	for strings.Contains(s, ":  ") {
		s = strings.ReplaceAll(s, ":  ", ": ")
	}
	return s
}

func TestExprRefuses(t *testing.T) {
	t.Parallel()
	endless := &Endless{}
	endless.Next = endless
	var cyclic []any
	cyclic = append(cyclic, nil)
	cyclic[0] = cyclic
	for _, c := range []struct {
		v    any
		want string
	}{
		{func() {}, "rendering a func(): no Go source says it; let the type implement schema.Caller"},
		{make(chan int), "rendering a chan int: no Go source says it; let the type implement schema.Caller"},
		{[]func(){nil}, "rendering the type func(): no Go source says it; let the type implement schema.Caller"},
		{complex(1, 2), "rendering a complex128: no Go source says it; let the type implement schema.Caller"},
		{Secret{1}, "rendering a gen_test.Secret: its field hidden is set but not exported; let the type implement schema.Caller"},
		{netip.MustParseAddr("::1"), "rendering a netip.Addr: its field addr is set but not exported; let the type implement schema.Caller"},
		{struct{ A int }{1}, "rendering the type struct { A int }: no Go source says it; let the type implement schema.Caller"},
		{map[float64]int{1: 1}, "rendering a map[float64]int: its keys have no order; use strings or integers as keys"},
		{Panics{}, "rendering a gen_test.Panics: its method Call panicked: out of words"},
		{endless, "rendering a *gen_test.Endless: it is nested deeper than 100 levels; does it contain itself?"},
		{cyclic, "rendering a []interface {}: it is nested deeper than 100 levels; does it contain itself?"},
		{schema.Call{}, `rendering a call: "" is no name of a function`},
		{schema.Call{Func: "os.Exit(1);f"}, `rendering a call: "os.Exit(1);f" is no name of a function`},
		{schema.Call{Path: schema.Path, Func: "hidden"}, "rendering a call of github.com/gomig-dev/gomig/schema.hidden: the name is not exported"},
		{schema.Call{Path: "main", Func: "X"}, "rendering a call of X: package main cannot be imported; move it into a package of its own"},
		{schema.Call{Path: "a\"\nb", Func: "X"}, "rendering a call of X: \"a\\\"\\nb\" is no import path: malformed import path \"a\\\"\\nb\": invalid char '\"'"},
		{schema.Call{Func: "X", Const: true, Args: []any{1}}, "rendering X: it is a constant and has arguments"},
		{schema.Call{Func: "X", Fields: []schema.Field{}, Args: []any{1}}, "rendering X: it has fields and arguments; a struct literal has no arguments"},
		{schema.Call{Func: "X", Fields: []schema.Field{{Name: "a-b"}}}, `rendering X: "a-b" is no name of a field`},
		{schema.Call{Func: "X", Chain: []schema.Call{{Path: "a", Func: "Y"}}}, `rendering the method Y: it names the package "a"; a method has none`},
		{schema.Block{Param: "a b"}, `rendering a function: "a b" is no name of a parameter`},
		{schema.Block{Param: "t"}, "rendering a function: the type of its parameter is not a constant Call"},
	} {
		if _, err := gen.Expr(c.v); err == nil || err.Error() != c.want {
			t.Errorf("%T: %v\nwant %s", c.v, err, c.want)
		}
	}
}

// Any value of plain kinds is the same when its source is evaluated.
func TestExprMeansTheValue(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.OneOf(
			anyValue(),
			rapid.Map(rapid.SliceOf(anyText()), func(l []string) any { return l }),
			rapid.Map(rapid.SliceOf(anyValue()), func(l []any) any { return l }),
			rapid.Map(rapid.MapOf(anyText(), anyValue()), func(m map[string]any) any { return m }),
			rapid.Map(rapid.Int64(), func(n int64) any { return &n }),
		).Draw(t, "value")
		s, err := gen.Expr(v)
		if err != nil {
			t.Fatal(err)
		}
		src := s.GoString()
		got, err := evaluate(src, reflect.TypeFor[any]())
		if err != nil {
			t.Fatalf("%v: %s", err, src)
		}
		if diff := cmp.Diff(v, got, sameValues); diff != "" {
			t.Fatalf("(-value +source):\n%s\n%s", diff, src)
		}
	})
}
