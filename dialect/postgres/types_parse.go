package postgres

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// allDigits is what a time keeps after the second unless told otherwise.
const allDigits = 6

// parseType reads a built-in type as the server's format_type and people write
// it, in canonical form. Not ok are types that have no definition here.
func parseType(text string) (def schema.TypeDef, ok bool) {
	text = strings.TrimSpace(text)
	if elem, isArray := cutArray(text); isArray {
		def, ok = parseType(elem)
		if !ok {
			return nil, false
		}
		if a, nested := def.(ArrayType); nested {
			return a, true
		}
		return ArrayType{Elem: def}, true
	}
	base, args, ok := cutArgs(text)
	if !ok {
		return nil, false
	}
	if def, ok := parseFixed(base); ok {
		return def, len(args) == 0
	}
	return parseSized(base, args)
}

// cutArray takes one pair of brackets, or the word ARRAY, from the end of a type.
func cutArray(text string) (elem string, ok bool) {
	if lower := strings.ToLower(text); strings.HasSuffix(lower, " array") {
		return text[:len(text)-len(" array")], true
	}
	i := strings.LastIndexByte(text, '[')
	if i < 0 || !strings.HasSuffix(text, "]") {
		return "", false
	}
	if bound := strings.TrimSpace(text[i+1 : len(text)-1]); strings.Trim(bound, "0123456789") != "" {
		return "", false
	}
	return text[:i], true
}

// cutArgs takes the bracketed numbers out of a type: timestamp(3) with time zone.
func cutArgs(text string) (base string, args []int, ok bool) {
	base = text
	if i := strings.IndexByte(text, '('); i >= 0 {
		j := strings.IndexByte(text, ')')
		if j < i {
			return "", nil, false
		}
		for part := range strings.SplitSeq(text[i+1:j], ",") {
			n, err := strconv.Atoi(strings.TrimSpace(part))
			if err != nil {
				return "", nil, false
			}
			args = append(args, n)
		}
		base = text[:i] + " " + text[j+1:]
	}
	base = strings.ToLower(strings.Join(strings.Fields(base), " "))
	base = strings.TrimPrefix(base, "pg_catalog.")
	return base, args, !strings.ContainsAny(base, `"'()[],;.`)
}

// parseFixed reads types that take no arguments.
func parseFixed(base string) (schema.TypeDef, bool) {
	switch base {
	case "smallint", "int2":
		return schema.IntegerType{Size: schema.IntegerSmall}, true
	case "integer", "int", "int4":
		return schema.IntegerType{}, true
	case "bigint", "int8":
		return schema.IntegerType{Size: schema.IntegerBig}, true
	case "boolean", "bool":
		return schema.BooleanType{}, true
	case "text":
		return schema.TextType{}, true
	case "date":
		return schema.DateType{}, true
	case "real", "float4":
		return schema.FloatType{Precision: realDigits}, true
	case "double precision", "float8":
		return schema.DoubleType{}, true
	case "bytea":
		return schema.BinaryType{}, true
	case "json":
		return schema.JSONType{}, true
	case "uuid":
		return schema.UUIDType{}, true
	}
	if _, ok := plainFuncs[base]; ok {
		return PlainType{base}, true
	}
	return nil, false
}

// parseSized reads types that may take arguments.
func parseSized(base string, args []int) (schema.TypeDef, bool) {
	one, has := 0, len(args) == 1
	if has {
		one = args[0]
	}
	if base == "numeric" || base == "decimal" || base == "dec" {
		switch len(args) {
		case 0:
			return schema.NumericType{}, true
		case 1:
			return schema.NumericType{Precision: one}, true
		case 2:
			return schema.NumericType{Precision: args[0], Scale: args[1]}, true
		}
	}
	if len(args) > 1 {
		return nil, false
	}
	plain := schema.Fraction{Digits: one, HasDigits: has}
	zoned := schema.Fraction{Digits: one, HasDigits: has, TimeZone: true}
	switch base {
	case "character varying", "varchar", "char varying":
		return schema.StringType{Length: one}, true
	case "character", "char":
		return CharType{max(one, 1)}, true
	case "bpchar": // without a length it is a type of its own, see canonicalDef
		return CharType{one}, has
	case "bit":
		return BitType{Length: max(one, 1)}, true
	case "bit varying", "varbit":
		return BitType{Length: one, Varying: true}, true
	case "float":
		return canonicalDef(schema.FloatType{Precision: one}), true
	case "time", "time without time zone":
		return schema.TimeType{Fraction: digits(plain)}, true
	case "time with time zone", "timetz":
		return schema.TimeType{Fraction: digits(zoned)}, true
	case "timestamp", "timestamp without time zone":
		return schema.DateTimeType{Fraction: digits(plain)}, true
	case "timestamp with time zone", "timestamptz":
		return schema.DateTimeType{Fraction: digits(zoned)}, true
	}
	if fields, ok := strings.CutPrefix(base, "interval"); ok {
		fields = strings.ToUpper(strings.TrimSpace(fields))
		if slices.Contains(intervalFields, fields) {
			return canonicalDef(IntervalType{Fields: fields, Digits: one, HasDigits: has}), true
		}
	}
	return nil, false
}

// digits folds a fraction: all the digits there are is the same as none said.
func digits(f schema.Fraction) schema.Fraction {
	if !f.HasDigits || f.Digits == allDigits {
		return schema.Fraction{TimeZone: f.TimeZone}
	}
	return f
}

// canonicalType is the type as reflection reports it.
func (s server) canonicalType(t schema.Type) schema.Type {
	def := t.For(s.Names()...).Def()
	if def == nil {
		return schema.Type{}
	}
	return schema.TypeOf(s.inDefaultSchema(canonicalDef(def)))
}

// canonicalDef folds what the server does not tell apart.
func canonicalDef(def schema.TypeDef) schema.TypeDef {
	switch def := def.(type) {
	case schema.StringType:
		return schema.StringType{Length: def.Length}
	case schema.TextType:
		return schema.TextType{}
	case schema.BinaryType:
		return schema.BinaryType{}
	case schema.FloatType:
		if def.Precision > 0 && def.Precision <= realDigits {
			return schema.FloatType{Precision: realDigits}
		}
		return schema.DoubleType{}
	case schema.TimeType:
		return schema.TimeType{Fraction: digits(def.Fraction)}
	case schema.DateTimeType:
		return schema.DateTimeType{Fraction: digits(def.Fraction)}
	case schema.RawType:
		if known, ok := parseType(def.SQL); ok {
			return known
		}
		return schema.RawType{SQL: strings.Join(strings.Fields(def.SQL), " ")}
	case CharType:
		return CharType{max(def.Length, 1)}
	case BitType:
		if !def.Varying {
			return BitType{Length: max(def.Length, 1)}
		}
	case IntervalType:
		if def.HasDigits && def.Digits == allDigits || !def.HasDigits {
			def.Digits, def.HasDigits = 0, false
		}
		if def == (IntervalType{}) {
			return schema.IntervalType{}
		}
		return def
	case ArrayType:
		if def.Elem == nil {
			return def
		}
		elem := canonicalDef(def.Elem)
		if inner, ok := elem.(ArrayType); ok {
			return inner
		}
		return ArrayType{Elem: elem}
	}
	return def
}

// inDefaultSchema takes the default schema from the name of a type.
func (s server) inDefaultSchema(def schema.TypeDef) schema.TypeDef {
	switch def := def.(type) {
	case schema.EnumType:
		def.Schema = s.fold(def.Schema)
		return def
	case NamedType:
		def.Schema = s.fold(def.Schema)
		return def
	case ArrayType:
		if def.Elem != nil {
			return ArrayType{Elem: s.inDefaultSchema(def.Elem)}
		}
	}
	return def
}

// SameType lets a type that the search path finds have its schema said or not.
func (s server) SameType(found *dialect.Reflection, a, b schema.Type) bool {
	x, ok := a.Def().(NamedType)
	y, ok2 := b.Def().(NamedType)
	if p, isArray := a.Def().(ArrayType); isArray {
		q, bothArrays := b.Def().(ArrayType)
		return bothArrays && s.SameType(found, schema.TypeOf(p.Elem), schema.TypeOf(q.Elem))
	}
	if !ok || !ok2 || x.Name != y.Name || x.Args != y.Args || (x.Schema == "") == (y.Schema == "") {
		return false
	}
	return found.ByPath[schema.Name{Schema: x.Schema + y.Schema, Name: x.Name}]
}

var _ dialect.TypeFinder = server{}

// fold is the schema as it stands in names: empty for the default one.
func (s server) fold(schemaName string) string {
	if schemaName == s.schema {
		return ""
	}
	return schemaName
}
