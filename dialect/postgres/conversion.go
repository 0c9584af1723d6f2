package postgres

import (
	"slices"

	"github.com/gomig-dev/gomig/schema"
)

// Conversion is what turns the values of a column into those of another type,
// as USING says it. It is empty where the server does that unasked, by an
// implicit cast or one for assignment, and where a type is not known here. Not ok
// are types of which neither says anything about the other, such as an integer
// and a date: such a column is dropped and added.
// https://www.postgresql.org/docs/current/sql-createcast.html
func (s server) Conversion(from *schema.ColumnDef, to schema.Type) (using string, ok bool) {
	q, err := s.Quote(from.Name)
	if err != nil {
		return "", true // whatever is made of the column tells so
	}
	return s.conversion(q, from.Type, to)
}

// Recasts reports whether checks, predicates and index expressions must be made
// anew when a column gets another type. ALTER COLUMN TYPE reads again the text that
// the server keeps of them, and that holds the casts for the type before: n > 0 of a
// numeric n is kept as n > 0::numeric, which of an integer n is then
// n::numeric > 0::numeric. Among integers, and among varchar and text, the words
// stay, or the rules know that they say the same.
// https://www.postgresql.org/docs/current/sql-altertable.html
func (s server) Recasts(from, to schema.Type) bool {
	if from.IsZero() || to.IsZero() {
		return false
	}
	x, y := castKey(s.canonicalType(from).Def()), castKey(s.canonicalType(to).Def())
	for _, alike := range [][]string{{"smallint", "integer", "bigint"}, {"varchar", "text"}} {
		if slices.Contains(alike, x) && slices.Contains(alike, y) {
			return false
		}
	}
	return x != y
}

func (s server) conversion(column string, from, to schema.Type) (using string, ok bool) {
	if from.IsZero() || to.IsZero() {
		return "", true
	}
	f, t := s.canonicalType(from).Def(), s.canonicalType(to).Def()
	text, err := s.typeDef(t)
	if err != nil || castKey(f) == castKey(t) && !isArray(f) {
		return "", true
	}
	if c, special := specialConversion(column, text, f, t); special {
		return c, true
	}
	x, y := castKey(f), castKey(t)
	switch {
	case x == "" || y == "" || unknown(f) || unknown(t):
		return "", true
	case automatic(x, y):
		return "", true
	case slices.Contains(explicitCasts[x], y):
		return column + "::" + text, true
	}
	return "", false
}

// specialConversion is about types that convert to or from many others.
func specialConversion(column, text string, f, t schema.TypeDef) (using string, ok bool) {
	x, y := castKey(f), castKey(t)
	cast := "::" + text
	fArray, tArray := isArray(f), isArray(t)
	switch {
	case isString(f) && isString(t):
		return "", true
	case isEnum(t) || isEnum(f) && !isString(t):
		if isString(f) {
			return column + cast, true
		}
		return column + "::text" + cast, true
	case y == "jsonb" || y == "json":
		return toJSON(column, x, y), true
	case isString(t):
		return "", true
	case (x == "jsonb" || x == "json") && !tArray:
		return "(" + column + " #>> '{}')" + cast, true
	case isString(f):
		return column + cast, true
	case fArray && tArray:
		return arrayConversion(column, cast, f, t)
	case tArray:
		return toArray(column, cast, f, t)
	case isBoolean(f) && isNumber(t):
		return viaInteger(column, cast, y), true
	case isNumber(f) && isBoolean(t):
		if x == "integer" {
			return column + cast, true
		}
		return column + " <> 0", true
	case x == "money" && isNumber(t) && y != "numeric", isNumber(f) && y == "money" && !automatic(x, y):
		return column + "::numeric" + cast, true
	case x == "uuid" && y == "bytea":
		return "decode(replace(" + column + "::text, '-', ''), 'hex')", true
	case x == "bytea" && y == "uuid":
		return "encode(" + column + ", 'hex')" + cast, true
	}
	return betweenTimes(column, cast, x, y)
}

// toJSON makes documents: text is one already, all else becomes one.
func toJSON(column, from, to string) string {
	switch from {
	case "json", "jsonb":
		return ""
	case "text", "varchar", "char":
		return column + "::" + to
	}
	return "to_" + to + "(" + column + ")"
}

// arrayConversion converts the elements, as far as one text says them.
func arrayConversion(column, cast string, f, t schema.TypeDef) (string, bool) {
	a, b := f.(ArrayType).Elem, t.(ArrayType).Elem
	x, y := castKey(a), castKey(b)
	switch {
	case x == y || isString(a) && isString(b):
		return "", true
	case automatic(x, y), isString(a) && !isEnum(b), slices.Contains(explicitCasts[x], y):
		return column + cast, true
	case isString(a), isEnum(b), isEnum(a), isString(b):
		return column + "::text[]" + cast, true
	}
	return "", false
}

// toArray makes arrays of one element.
func toArray(column, cast string, f, t schema.TypeDef) (string, bool) {
	x, y := castKey(f), castKey(t.(ArrayType).Elem)
	if x == y || automatic(x, y) {
		return "ARRAY[" + column + "]" + cast, true
	}
	return "", false
}

// viaInteger makes numbers of booleans, which only integers are made of directly.
func viaInteger(column, cast, to string) string {
	if to == "integer" {
		return column + cast
	}
	return column + "::integer" + cast
}

// betweenTimes is about times of a day, which a moment of the first day of the
// epoch holds, so that the way back gives them again.
func betweenTimes(column, cast, from, to string) (string, bool) {
	moment := to == "timestamp with time zone" || to == "timestamp without time zone"
	switch {
	case from == "time without time zone" && moment:
		return "DATE '1970-01-01' + " + column, true
	case from == "time with time zone" && to == "timestamp with time zone":
		return "DATE '1970-01-01' + " + column, true
	case from == "time with time zone" && moment:
		return "DATE '1970-01-01' + " + column + "::time", true
	case from == "timestamp without time zone" && to == "time with time zone":
		return column + "::time" + cast, true
	case from == "time with time zone" && to == "interval":
		return column + "::time" + cast, true
	case from == "interval" && to == "time with time zone":
		return column + "::time" + cast, true
	}
	return "", false
}

// numberTypes convert into each other.
var numberTypes = []string{"smallint", "integer", "bigint", "numeric", "real", "double precision"}

// automatic reports whether the server converts by itself: it has an implicit
// cast or one for assignment. Casts from and to strings are told elsewhere.
func automatic(from, to string) bool {
	return from == to || slices.Contains(numberTypes, from) && slices.Contains(numberTypes, to) || slices.Contains(assignedCasts[from], to)
}

// assignedCasts are the casts of pg_cast that an assignment does (castcontext i and a), but for those among numbers and strings.
var assignedCasts = map[string][]string{
	"date":                        {"timestamp without time zone", "timestamp with time zone"},
	"timestamp without time zone": {"date", "time without time zone", "timestamp with time zone"},
	"timestamp with time zone":    {"date", "time without time zone", "time with time zone", "timestamp without time zone"},
	"time without time zone":      {"interval", "time with time zone"},
	"time with time zone":         {"time without time zone"},
	"interval":                    {"time without time zone"},
	"smallint":                    {"oid", "regclass"},
	"integer":                     {"money", "oid", "regclass"},
	"bigint":                      {"money", "oid", "regclass"},
	"numeric":                     {"money"},
	"money":                       {"numeric"},
	"oid":                         {"integer", "bigint", "regclass"},
	"regclass":                    {"integer", "bigint", "oid"},
	"bit":                         {"bit varying"},
	"bit varying":                 {"bit"},
	"macaddr":                     {"macaddr8"},
	"macaddr8":                    {"macaddr"},
	"inet":                        {"cidr"},
	"cidr":                        {"inet"},
	"point":                       {"box"},
	"box":                         {"polygon"},
	"path":                        {"polygon"},
	"polygon":                     {"path"},
}

// explicitCasts are those that must be asked for (castcontext e).
var explicitCasts = map[string][]string{
	"integer":   {"bit"},
	"bigint":    {"bit"},
	"bit":       {"integer", "bigint"},
	"int4range": {"int4multirange"},
	"int8range": {"int8multirange"},
	"numrange":  {"nummultirange"},
	"daterange": {"datemultirange"},
	"tsrange":   {"tsmultirange"},
	"tstzrange": {"tstzmultirange"},
	"box":       {"circle", "point", "lseg"},
	"circle":    {"box", "point", "polygon"},
	"lseg":      {"point"},
	"polygon":   {"box", "circle", "point"},
}

// unknown reports whether nothing is known here about a type's casts.
func unknown(def schema.TypeDef) bool {
	_, raw := def.(schema.RawType)
	return raw
}

// castKey is the name under which pg_cast knows a type: an interval is one whatever its fields.
func castKey(def schema.TypeDef) string {
	if _, ok := def.(IntervalType); ok {
		return "interval"
	}
	return key(def)
}

func isArray(def schema.TypeDef) bool { _, ok := def.(ArrayType); return ok }

func isString(def schema.TypeDef) bool {
	switch def := def.(type) {
	case schema.StringType, schema.TextType, CharType:
		return true
	case NamedType:
		return def.Name == "citext"
	}
	return false
}

// isEnum reports whether values are written by name: those of an enumeration,
// and of any type that the database was given, which may be one.
func isEnum(def schema.TypeDef) bool {
	switch def.(type) {
	case schema.EnumType, NamedType:
		return true
	}
	return false
}

func isBoolean(def schema.TypeDef) bool { _, ok := def.(schema.BooleanType); return ok }
func isNumber(def schema.TypeDef) bool  { return slices.Contains(numberTypes, castKey(def)) }
