package gen

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/dave/jennifer/jen"
)

// text is Go source that is known to be harmless: a literal of our own, or an identifier.
func text(src string) atom { return atom{text: jen.Op(src), cols: utf8.RuneCountInString(src)} }

// quoted is a string literal. Every string of a user or database that becomes Go goes through it.
func quoted(s string) atom {
	if multiline(s) {
		a := atom{text: jen.Op("`" + s + "`")}
		for l := range strings.SplitSeq(s, "\n") {
			a.cols = max(a.cols, utf8.RuneCountInString(l)+len("``"))
		}
		return a
	}
	a := text(strconv.Quote(s))
	a.quote = true
	return a
}

// multiline reports whether s reads better, and the same, as a raw literal over
// several lines. What is not printable stays escaped, so that nothing hides.
func multiline(s string) bool {
	if !strings.Contains(strings.TrimRight(s, "\n"), "\n") || !utf8.ValidString(s) {
		return false
	}
	for _, r := range s {
		if r == '`' || !strconv.IsPrint(r) && r != '\n' && r != '\t' {
			return false
		}
	}
	return true
}

// float is a floating-point literal; the numbers that have none are asked of package math.
func float(f float64, bits int) node {
	switch {
	case math.IsNaN(f):
		return call(qualified("math", "NaN")) // math.NaN()
	case math.IsInf(f, 0):
		sign := "1"
		if f < 0 {
			sign = "-1"
		}
		return call(qualified("math", "Inf"), text(sign)) // math.Inf(-1)
	case f == 0 && math.Signbit(f):
		return call(qualified("math", "Copysign"), text("0"), text("-1")) // math.Copysign(0, -1)
	}
	s := strconv.FormatFloat(f, 'g', -1, bits)
	if !strings.ContainsAny(s, ".e") {
		s += ".0" // else the constant would be an integer
	}
	return text(s)
}

// date is a point in time: time.Date(2026, time.November, 20, 10, 0, 0, 0, time.UTC).
func date(t time.Time) node {
	if t.IsZero() && t.Location() == time.UTC {
		return list{head: qualified("time", "Time"), in: curly} // time.Time{}
	}
	number := func(n int) node { return text(strconv.Itoa(n)) }
	var zone node = qualified("time", "UTC")
	if t.Location() != time.UTC {
		name, offset := t.Zone()
		zone = call(qualified("time", "FixedZone"), quoted(name), number(offset)) // time.FixedZone("CET", 3600)
	}
	return call(qualified("time", "Date"),
		number(t.Year()), qualified("time", t.Month().String()), number(t.Day()),
		number(t.Hour()), number(t.Minute()), number(t.Second()), number(t.Nanosecond()), zone)
}

// call is fn(args).
func call(fn node, args ...node) list { return list{head: fn, in: round, items: args} }

// qualified is a name of another package: pkg.Name.
func qualified(path, name string) atom {
	return atom{text: jen.Qual(path, name), cols: len(packageName(path)) + len(".") + len(name)}
}
