package postgres

import (
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

// The definitions of PostgreSQL's own types. Each is made by the function of its plain name.
type (
	// PlainType is a built-in type without arguments, by its catalogue name.
	PlainType struct{ Name string }
	// CharType is text padded with blanks to Length characters.
	CharType struct{ Length int }
	// BitType is a string of bits, of at most (Varying) or just Length; 0 means any number if Varying, else one.
	BitType struct {
		Length  int
		Varying bool
	}
	// IntervalType is a span of time restricted to some Fields ("DAY TO SECOND",
	// empty for all) or to some digits of the second.
	IntervalType struct {
		Fields    string
		Digits    int
		HasDigits bool // false leaves the digits to the database
	}
	// ArrayType is an array. The server keeps neither the number of dimensions nor their bounds.
	ArrayType struct{ Elem schema.TypeDef }
	// NamedType is a type that the database was given: a domain, a composite type
	// or a type of an extension. Args is what stands in brackets behind it, SQL.
	NamedType struct{ Schema, Name, Args string }
)

// Char is text padded with blanks to length characters.
func Char(length int) schema.Type { return schema.TypeOf(CharType{length}) }

// Bit is a string of just length bits.
func Bit(length int) schema.Type { return schema.TypeOf(BitType{Length: length}) }

// VarBit is a string of at most length bits; 0 means any number.
func VarBit(length int) schema.Type { return schema.TypeOf(BitType{Length: length, Varying: true}) }

// Interval is a span of time of the fields named, such as "YEAR TO MONTH"; empty for all.
func Interval(fields string) schema.Type {
	return schema.TypeOf(IntervalType{Fields: strings.ToUpper(strings.Join(strings.Fields(fields), " "))})
}

// IntervalDigits is [Interval] with some digits kept after the second.
func IntervalDigits(fields string, digits int) schema.Type {
	t, _ := Interval(fields).Def().(IntervalType)
	t.Digits, t.HasDigits = digits, true
	return schema.TypeOf(t)
}

// Array is an array of elem, in any number of dimensions.
func Array(elem schema.Type) schema.Type {
	return schema.TypeOf(ArrayType{Elem: elem.For(server{}.Names()...).Def()})
}

// Element is the type of the elements.
func (t ArrayType) Element() schema.TypeDef { return t.Elem }

// WithElement is the array with elements of another type.
func (t ArrayType) WithElement(e schema.TypeDef) schema.TypeDef {
	t.Elem = e
	return t
}

// Named is a type that the database was given, by its name: a domain, a
// composite type, a type of an extension.
func Named(name string) schema.Type { return schema.TypeOf(NamedType{Name: name}) }

// NamedIn is [Named] with the type in a schema.
func NamedIn(schemaName, name string) schema.Type {
	return schema.TypeOf(NamedType{Schema: schemaName, Name: name})
}

// NamedWith is a named type with arguments, as PostGIS' geometry(Point,4326);
// an empty schema leaves it to the search path.
func NamedWith(schemaName, name, args string) schema.Type {
	return schema.TypeOf(NamedType{Schema: schemaName, Name: name, Args: args})
}

// CIText is case-insensitive text, of the extension citext.
func CIText() schema.Type { return Named("citext") }

// HStore is a set of keys with values, of the extension hstore.
func HStore() schema.Type { return Named("hstore") }

func plain(name string) schema.Type { return schema.TypeOf(PlainType{name}) }

// JSONB is a JSON document, kept decomposed.
func JSONB() schema.Type { return plain("jsonb") }

// JSONPath is a path into a JSON document.
func JSONPath() schema.Type { return plain("jsonpath") }

// XML is an XML document or fragment.
func XML() schema.Type { return plain("xml") }

// INET is the address of a host or network.
func INET() schema.Type { return plain("inet") }

// CIDR is the address of a network.
func CIDR() schema.Type { return plain("cidr") }

// MACADDR is a MAC address of six bytes.
func MACADDR() schema.Type { return plain("macaddr") }

// MACADDR8 is a MAC address of eight bytes.
func MACADDR8() schema.Type { return plain("macaddr8") }

// Money is an amount of the server's currency.
func Money() schema.Type { return plain("money") }

// TSVector is a document prepared for text search.
func TSVector() schema.Type { return plain("tsvector") }

// TSQuery is a text search.
func TSQuery() schema.Type { return plain("tsquery") }

// OID is the number of an object in the catalogue.
func OID() schema.Type { return plain("oid") }

// RegClass is a relation, by its number in the catalogue.
func RegClass() schema.Type { return plain("regclass") }

// PGLSN is a position in the write-ahead log.
func PGLSN() schema.Type { return plain("pg_lsn") }

// Point is a point in a plane.
func Point() schema.Type { return plain("point") }

// Line is an infinite line in a plane.
func Line() schema.Type { return plain("line") }

// LSeg is a segment of a line in a plane.
func LSeg() schema.Type { return plain("lseg") }

// Box is a rectangle in a plane.
func Box() schema.Type { return plain("box") }

// GeometricPath is PostgreSQL's path, an open or closed path in a plane.
func GeometricPath() schema.Type { return plain("path") }

// Polygon is a polygon in a plane.
func Polygon() schema.Type { return plain("polygon") }

// Circle is a circle in a plane.
func Circle() schema.Type { return plain("circle") }

// Int4Range is a range of integers.
func Int4Range() schema.Type { return plain("int4range") }

// Int8Range is a range of big integers.
func Int8Range() schema.Type { return plain("int8range") }

// NumRange is a range of exact numbers.
func NumRange() schema.Type { return plain("numrange") }

// TSRange is a range of times without a zone.
func TSRange() schema.Type { return plain("tsrange") }

// TSTZRange is a range of times with a zone.
func TSTZRange() schema.Type { return plain("tstzrange") }

// DateRange is a range of days.
func DateRange() schema.Type { return plain("daterange") }

// Int4MultiRange is a set of ranges of integers (PostgreSQL 14).
func Int4MultiRange() schema.Type { return plain("int4multirange") }

// Int8MultiRange is a set of ranges of big integers (PostgreSQL 14).
func Int8MultiRange() schema.Type { return plain("int8multirange") }

// NumMultiRange is a set of ranges of exact numbers (PostgreSQL 14).
func NumMultiRange() schema.Type { return plain("nummultirange") }

// TSMultiRange is a set of ranges of times without a zone (PostgreSQL 14).
func TSMultiRange() schema.Type { return plain("tsmultirange") }

// TSTZMultiRange is a set of ranges of times with a zone (PostgreSQL 14).
func TSTZMultiRange() schema.Type { return plain("tstzmultirange") }

// DateMultiRange is a set of ranges of days (PostgreSQL 14).
func DateMultiRange() schema.Type { return plain("datemultirange") }

// plainFuncs are the functions of the plain types, by catalogue name.
var plainFuncs = map[string]string{
	"jsonb": "JSONB", "jsonpath": "JSONPath", "xml": "XML",
	"inet": "INET", "cidr": "CIDR", "macaddr": "MACADDR", "macaddr8": "MACADDR8",
	"money": "Money", "tsvector": "TSVector", "tsquery": "TSQuery",
	"oid": "OID", "regclass": "RegClass", "pg_lsn": "PGLSN",
	"point": "Point", "line": "Line", "lseg": "LSeg", "box": "Box", "path": "GeometricPath", "polygon": "Polygon", "circle": "Circle",
	"int4range": "Int4Range", "int8range": "Int8Range", "numrange": "NumRange",
	"tsrange": "TSRange", "tstzrange": "TSTZRange", "daterange": "DateRange",
	"int4multirange": "Int4MultiRange", "int8multirange": "Int8MultiRange", "nummultirange": "NumMultiRange",
	"tsmultirange": "TSMultiRange", "tstzmultirange": "TSTZMultiRange", "datemultirange": "DateMultiRange",
}

func call(fn string, args ...any) schema.Call { return schema.Call{Path: Path, Func: fn, Args: args} }

// Call spells the type in Go.
func (t PlainType) Call() schema.Call {
	if fn, ok := plainFuncs[t.Name]; ok {
		return call(fn)
	}
	return schema.RawType{SQL: t.Name}.Call()
}

// Call spells the type in Go.
func (t CharType) Call() schema.Call { return call("Char", t.Length) }

// Call spells the type in Go.
func (t BitType) Call() schema.Call {
	if t.Varying {
		return call("VarBit", t.Length)
	}
	return call("Bit", t.Length)
}

// Call spells the type in Go.
func (t IntervalType) Call() schema.Call {
	if t.HasDigits {
		return call("IntervalDigits", t.Fields, t.Digits)
	}
	return call("Interval", t.Fields)
}

// Call spells the type in Go.
func (t ArrayType) Call() schema.Call { return call("Array", schema.TypeOf(t.Elem)) }

// Call spells the type in Go.
func (t NamedType) Call() schema.Call {
	switch {
	case t.Args != "":
		return call("NamedWith", t.Schema, t.Name, t.Args)
	case t.Schema != "":
		return call("NamedIn", t.Schema, t.Name)
	case t.Name == "citext":
		return call("CIText")
	case t.Name == "hstore":
		return call("HStore")
	default:
		return call("Named", t.Name)
	}
}
