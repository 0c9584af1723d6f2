package structs

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// inflection is a rule of English: what matches is replaced.
type inflection struct {
	find    *regexp.Regexp
	replace string
}

// inflections are the rules for plurals and singulars in the order in which they
// are tried: those of Rails' ActiveSupport as github.com/jinzhu/inflection has
// them, which GORM and bun use. That package compiles two hundred expressions
// whenever a program starts; here they are compiled when the first is needed.
type inflections struct{ plural, singular []inflection }

var english = sync.OnceValue(func() (x inflections) {
	for _, w := range uncountable {
		same := inflection{regexp.MustCompile("^(?i)(" + w + ")$"), "${1}"}
		x.plural, x.singular = append(x.plural, same), append(x.singular, same)
	}
	for _, w := range irregular {
		for _, form := range []func(string) string{title, func(s string) string { return s }} {
			x.plural = append(x.plural, inflection{regexp.MustCompile(form(w[0]) + "$"), form(w[1])})
			x.singular = append(x.singular, inflection{regexp.MustCompile(form(w[1]) + "$"), form(w[0])})
		}
	}
	x.plural = append(x.plural, compiled(plurals)...)
	x.singular = append(x.singular, compiled(singulars)...)
	return x
})

// compiled are rules with the last first, each in its own case and then in any.
func compiled(rules [][2]string) (out []inflection) {
	for _, r := range slices.Backward(rules) {
		out = append(out, inflection{regexp.MustCompile(r[0]), r[1]}, inflection{regexp.MustCompile("(?i)" + r[0]), r[1]})
	}
	return out
}

func inflect(s string, rules []inflection) string {
	for _, r := range rules {
		if r.find.MatchString(s) {
			return r.find.ReplaceAllString(s, r.replace)
		}
	}
	return s
}

// plural is the plural of a table's name, as GORM and bun form it.
func plural(name string) string { return inflect(name, english().plural) }

// singular is the singular of a field's name, as GORM forms it.
func singular(name string) string { return inflect(name, english().singular) }

var uncountable = strings.Fields("equipment information rice money species series fish sheep jeans police")

var irregular = [][2]string{
	{"person", "people"},
	{"man", "men"},
	{"child", "children"},
	{"sex", "sexes"},
	{"move", "moves"},
	{"mombie", "mombies"},
}

var plurals = [][2]string{
	{"([a-z])$", "${1}s"},
	{"s$", "s"},
	{"^(ax|test)is$", "${1}es"},
	{"(octop|vir)us$", "${1}i"},
	{"(octop|vir)i$", "${1}i"},
	{"(alias|status)$", "${1}es"},
	{"(bu)s$", "${1}ses"},
	{"(buffal|tomat)o$", "${1}oes"},
	{"([ti])um$", "${1}a"},
	{"([ti])a$", "${1}a"},
	{"sis$", "ses"},
	{"(?:([^f])fe|([lr])f)$", "${1}${2}ves"},
	{"(hive)$", "${1}s"},
	{"([^aeiouy]|qu)y$", "${1}ies"},
	{"(x|ch|ss|sh)$", "${1}es"},
	{"(matr|vert|ind)(?:ix|ex)$", "${1}ices"},
	{"^(m|l)ouse$", "${1}ice"},
	{"^(m|l)ice$", "${1}ice"},
	{"^(ox)$", "${1}en"},
	{"^(oxen)$", "${1}"},
	{"(quiz)$", "${1}zes"},
}

var singulars = [][2]string{
	{"s$", ""},
	{"(ss)$", "${1}"},
	{"(n)ews$", "${1}ews"},
	{"([ti])a$", "${1}um"},
	{"((a)naly|(b)a|(d)iagno|(p)arenthe|(p)rogno|(s)ynop|(t)he)(sis|ses)$", "${1}sis"},
	{"(^analy)(sis|ses)$", "${1}sis"},
	{"([^f])ves$", "${1}fe"},
	{"(hive)s$", "${1}"},
	{"(tive)s$", "${1}"},
	{"([lr])ves$", "${1}f"},
	{"([^aeiouy]|qu)ies$", "${1}y"},
	{"(s)eries$", "${1}eries"},
	{"(m)ovies$", "${1}ovie"},
	{"(c)ookies$", "${1}ookie"},
	{"(x|ch|ss|sh)es$", "${1}"},
	{"^(m|l)ice$", "${1}ouse"},
	{"(bus)(es)?$", "${1}"},
	{"(o)es$", "${1}"},
	{"(shoe)s$", "${1}"},
	{"(cris|test)(is|es)$", "${1}is"},
	{"^(a)x[ie]s$", "${1}xis"},
	{"(octop|vir)(us|i)$", "${1}us"},
	{"(alias|status)(es)?$", "${1}"},
	{"^(ox)en", "${1}"},
	{"(vert|ind)ices$", "${1}ex"},
	{"(matr)ices$", "${1}ix"},
	{"(quiz)zes$", "${1}"},
	{"(database)s$", "${1}"},
}
