package autogen

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// narrowed says which values of a type another cannot hold, empty if it holds
// all of them. Of what it does not know it says so: a remark too many costs the
// reader a line.
func narrowed(d dialect.Dialect, from, to schema.Type) string {
	a, b := from.For(d.Names()...).Def(), to.For(d.Names()...).Def()
	if x, ok := a.(schema.EnumType); ok {
		if y, ok := b.(schema.EnumType); ok {
			gone := goneValues(x.EnumValues(), y.EnumValues(), nil)
			return when(len(gone) > 0, "it loses "+strings.Join(gone, ", "))
		}
	}
	k, keeps := d.(dialect.Keeper)
	if keeps && k.Keeps(from, to) {
		return ""
	}
	switch x := a.(type) {
	case schema.IntegerType:
		if y, ok := b.(schema.IntegerType); ok {
			return when(bits(y) < bits(x), fmt.Sprintf("numbers of more than %d bits do not fit", bits(y)))
		}
	case schema.StringType:
		if y, ok := b.(schema.StringType); ok {
			return shorter(x.Length, y.Length, "characters")
		}
	case schema.TextType:
		if y, ok := b.(schema.StringType); ok {
			return shorter(0, y.Length, "characters")
		}
	case schema.BinaryType:
		if y, ok := b.(schema.BinaryType); ok {
			return shorter(x.Length, y.Length, "bytes")
		}
	case schema.NumericType:
		if y, ok := b.(schema.NumericType); ok {
			return digits(measuredNumber(d, x), measuredNumber(d, y))
		}
	}
	if _, ok := b.(schema.TextType); ok && !longer(d, a) && (keeps || !bytes(a)) {
		return "" // takes any value in words
	}
	if _, ok := b.(schema.JSONType); ok && text(a) && !keeps {
		return "text that is no JSON makes this fail"
	}
	s, t := typeText(d, from), typeText(d, to)
	if widened(s, t) {
		return ""
	}
	return "values that it cannot hold are changed or refused"
}

func when(is bool, text string) string {
	if is {
		return text
	}
	return ""
}

func bits(t schema.IntegerType) int {
	switch t.Size {
	case schema.IntegerSmall:
		return 16
	case schema.IntegerBig:
		return 64
	case schema.IntegerRegular:
	}
	return 32
}

// shorter compares lengths, of which 0 is any.
func shorter(from, to int, of string) string {
	return when(to > 0 && (from == 0 || to < from), fmt.Sprintf("values of more than %d %s do not fit", to, of))
}

// measuredNumber is a number as the database has it, which may give one of no
// measures its own: DECIMAL is DECIMAL(10, 0) to MySQL.
func measuredNumber(d dialect.Dialect, t schema.NumericType) schema.NumericType {
	c := &schema.ColumnDef{Name: "n", Type: schema.TypeOf(t), Nullable: true}
	if own, ok := d.Canonical(&schema.Table{Name: schema.Name{Name: "t"}, Columns: []*schema.ColumnDef{c}}).Columns[0].Type.Def().(schema.NumericType); ok {
		return own
	}
	return t
}

// longer reports whether a type says that it holds more than TEXT does, which in
// MySQL ends at 64 KB; JSON does not.
func longer(d dialect.Dialect, t schema.TypeDef) bool {
	if _, ok := t.(schema.JSONType); ok {
		return dialect.TraitsOf(d).ShortText
	}
	l, ok := t.(interface{ LongerThanText() bool })
	return ok && l.LongerThanText()
}

// bytes reports whether a type holds bytes that need be no text.
func bytes(t schema.TypeDef) bool {
	_, ok := t.(schema.BinaryType)
	b, also := t.(interface{ HoldsBytes() bool })
	return ok || also && b.HoldsBytes()
}

// text reports whether a type holds text of any kind.
func text(t schema.TypeDef) bool {
	switch t.(type) {
	case schema.StringType, schema.TextType:
		return true
	}
	_, ok := t.(interface{ LongerThanText() bool })
	return ok && !bytes(t)
}

// digits compares what stands before and behind the point; precision 0 is the
// database's own.
func digits(from, to schema.NumericType) string {
	switch {
	case to.Precision == 0:
		return ""
	case from.Precision == 0 || from.Precision-from.Scale > to.Precision-to.Scale:
		return fmt.Sprintf("numbers of more than %d digits before the point do not fit", to.Precision-to.Scale)
	case from.Scale > to.Scale:
		return fmt.Sprintf("digits behind the point are rounded to %d", to.Scale)
	}
	return ""
}

var measured = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(.*?)\((\d+)(?:,\s*(\d+))?\)(.*)$`) })

// widened reports whether two types are one in the database's words, but for
// measures that are no smaller.
func widened(from, to string) bool {
	if from == to {
		return true
	}
	a, b := measured().FindStringSubmatch(from), measured().FindStringSubmatch(to)
	if a == nil || b == nil || a[1] != b[1] || a[4] != b[4] || (a[3] == "") != (b[3] == "") {
		return false
	}
	number := func(s string) int {
		n, err := strconv.Atoi(s)
		if err != nil {
			return 0
		}
		return n
	}
	return number(a[2]) <= number(b[2]) && number(a[3]) <= number(b[3]) && number(a[2])-number(a[3]) <= number(b[2])-number(b[3])
}
