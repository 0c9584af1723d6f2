package schema

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ExprKind tells the kinds of [Expr] apart.
type ExprKind uint8

// The kinds of expression.
const (
	ExprNone   ExprKind = iota // no expression: the zero Expr
	ExprString                 // a string value, quoted by the dialect
	ExprNumber                 // a number, written as it is
	ExprBool                   // true or false, in the dialect's words
	ExprNow                    // the current date and time
	ExprSQL                    // SQL text of the user's own
	ExprNull                   // NULL, said on purpose
	ExprBinary                 // bytes, written as the dialect's literal
)

// Expr is a value that a database computes or keeps: a literal or SQL text.
// The zero Expr is no expression.
type Expr struct {
	Kind     ExprKind
	Text     string // the string, number or SQL; "true" or "false"
	variants []exprVariant
}

type exprVariant struct {
	dialect string
	expr    Expr
}

// Literal is a value quoted for the database: a string, []byte, bool, integer, float or
// time.Time (in UTC, to the microsecond).
// Any other value is kept as the string that fmt makes of it.
func Literal(v any) Expr {
	switch v := v.(type) {
	case nil:
		return Expr{Kind: ExprNull}
	case string:
		return Expr{Kind: ExprString, Text: v}
	case []byte:
		return Expr{Kind: ExprBinary, Text: string(v)}
	case bool:
		return Expr{Kind: ExprBool, Text: strconv.FormatBool(v)}
	case int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64:
		return Expr{Kind: ExprNumber, Text: fmt.Sprint(v)}
	case float32:
		return float(float64(v), 32)
	case float64:
		return float(v, 64)
	case time.Time:
		return Expr{Kind: ExprString, Text: v.UTC().Format("2006-01-02 15:04:05.999999")}
	default:
		return Expr{Kind: ExprString, Text: fmt.Sprint(v)}
	}
}

// float is a number as it is written; NaN and the infinities have no number's
// spelling and are what a server that knows them casts from a string.
func float(f float64, bits int) Expr {
	kind := ExprNumber
	if math.IsNaN(f) || math.IsInf(f, 0) {
		kind = ExprString
	}
	return Expr{Kind: kind, Text: strconv.FormatFloat(f, 'g', -1, bits)}
}

// SQL is an expression in the database's own words (sqlalchemy.text).
func SQL(text string) Expr { return Expr{Kind: ExprSQL, Text: text} }

// Now is the current date and time (func.now).
func Now() Expr { return Expr{Kind: ExprNow} }

// Null is NULL, said on purpose.
func Null() Expr { return Expr{Kind: ExprNull} }

// Number is a number as it is written, for values that Go's own types do not hold exactly.
func Number(text string) Expr { return Expr{Kind: ExprNumber, Text: text} }

// NoExpr is the absence of an expression, the zero Expr.
func NoExpr() Expr { return Expr{} }

// IsZero reports whether there is no expression.
func (e Expr) IsZero() bool { return e.Kind == ExprNone && len(e.variants) == 0 }

// WithVariant returns e with another expression in the named dialect. A dialect
// named twice takes the later expression.
func (e Expr) WithVariant(dialect string, other Expr) Expr {
	other.variants = nil
	vs := make([]exprVariant, 0, len(e.variants)+1)
	for _, v := range e.variants {
		if v.dialect != dialect {
			vs = append(vs, v)
		}
	}
	vs = append(vs, exprVariant{dialect, other})
	slices.SortFunc(vs, func(a, b exprVariant) int { return strings.Compare(a.dialect, b.dialect) })
	e.variants = vs
	return e
}

// For is the expression in one dialect, without variants; names are tried in order.
func (e Expr) For(names ...string) Expr {
	for _, n := range names {
		for _, v := range e.variants {
			if v.dialect == n {
				return v.expr
			}
		}
	}
	e.variants = nil
	return e
}

// Equal reports whether both are written the same.
func (e Expr) Equal(f Expr) bool {
	if e.Kind != f.Kind || e.Text != f.Text || len(e.variants) != len(f.variants) {
		return false
	}
	for i, v := range e.variants {
		if v.dialect != f.variants[i].dialect || !v.expr.Equal(f.variants[i].expr) {
			return false
		}
	}
	return true
}

// Call spells the expression in Go.
func (e Expr) Call() Call {
	c := e.spelling()
	for _, v := range e.variants {
		c.Chain = append(c.Chain, Call{Func: "WithVariant", Args: []any{v.dialect, v.expr}})
	}
	return c
}

func (e Expr) spelling() Call {
	switch e.Kind {
	case ExprString:
		return call("Literal", e.Text)
	case ExprBinary:
		return call("Literal", []byte(e.Text))
	case ExprNumber:
		if n, err := strconv.ParseInt(e.Text, 10, 64); err == nil && strconv.FormatInt(n, 10) == e.Text {
			return call("Literal", int(n))
		}
		return call("Number", e.Text)
	case ExprBool:
		return call("Literal", e.Text == "true")
	case ExprNow:
		return call("Now")
	case ExprNull:
		return call("Null")
	case ExprSQL:
		return call("SQL", e.Text)
	default:
		return call("NoExpr")
	}
}
