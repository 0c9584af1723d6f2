package mysql

import (
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

// Path is the import path of this package, for values that spell themselves.
const Path = "github.com/gomig-dev/gomig/dialect/mysql"

// The types that only this family has. Each is made by the function of its plain name.
type (
	// IntegerType is an integer of a width that other databases lack.
	IntegerType struct{ Size IntegerSize }
	// UnsignedType is a number without a sign.
	UnsignedType struct{ Of schema.TypeDef }
	// ZeroFillType is an unsigned number shown with leading zeros up to Width; 0 means the type's own width.
	ZeroFillType struct {
		Of    schema.TypeDef
		Width int
	}
	// FloatDigitsType is FLOAT(m,d) or DOUBLE(m,d).
	FloatDigitsType struct {
		Double        bool
		Digits, Scale int
	}
	// BitType is a field of bits.
	BitType struct{ Length int }
	// YearType is a year.
	YearType struct{}
	// CharType is text padded to Length.
	CharType struct{ Length int }
	// FixedBinaryType is exactly Length bytes.
	FixedBinaryType struct{ Length int }
	// TextType is text of another greatest length than TEXT.
	TextType struct{ Size LobSize }
	// BlobType is bytes of another greatest length than BLOB.
	BlobType struct{ Size LobSize }
	// SetType is any of the Values at once.
	SetType struct{ Values string }
	// TimestampType is a moment kept in UTC.
	TimestampType struct{ Digits int }
	// GeometryType is a geometry; SRID is its spatial reference system if HasSRID.
	GeometryType struct {
		Kind    GeometryKind
		SRID    uint32
		HasSRID bool
	}
	// VectorType is a vector of Dimensions floats; 0 leaves the number to the server.
	VectorType struct{ Dimensions int }
	// InetType is an internet address (MariaDB).
	InetType struct{ Six bool }
)

// IntegerSize is the width of an [IntegerType].
type IntegerSize uint8

// The widths.
const (
	Tiny   IntegerSize = iota + 1 // 8 bits
	Medium                        // 24 bits
)

// LobSize is the greatest length of a [TextType] or [BlobType].
type LobSize uint8

// The sizes.
const (
	TinySize   LobSize = iota + 1 // 255 bytes
	MediumSize                    // 16 MB
	LongSize                      // 4 GB
)

// GeometryKind is the kind of a geometry, in SQL's word.
type GeometryKind string

// The kinds of geometry.
const (
	AnyGeometry        GeometryKind = "GEOMETRY"
	Point              GeometryKind = "POINT"
	LineString         GeometryKind = "LINESTRING"
	Polygon            GeometryKind = "POLYGON"
	MultiPoint         GeometryKind = "MULTIPOINT"
	MultiLineString    GeometryKind = "MULTILINESTRING"
	MultiPolygon       GeometryKind = "MULTIPOLYGON"
	GeometryCollection GeometryKind = "GEOMETRYCOLLECTION"
)

// TinyInteger is an 8-bit integer (mysql.TINYINT).
func TinyInteger() schema.Type { return schema.TypeOf(IntegerType{Tiny}) }

// MediumInteger is a 24-bit integer (mysql.MEDIUMINT).
func MediumInteger() schema.Type { return schema.TypeOf(IntegerType{Medium}) }

// Unsigned is a number type without a sign: Unsigned(schema.Integer()).
func Unsigned(t schema.Type) schema.Type { return schema.TypeOf(UnsignedType{t.Def()}) }

// ZeroFill is a number type without a sign, shown with leading zeros up to
// width; 0 means the type's own width.
func ZeroFill(t schema.Type, width int) schema.Type {
	return schema.TypeOf(ZeroFillType{t.Def(), width})
}

// FloatDigits is FLOAT(digits,scale), which MySQL advises against.
func FloatDigits(digits, scale int) schema.Type {
	return schema.TypeOf(FloatDigitsType{Digits: digits, Scale: scale})
}

// DoubleDigits is DOUBLE(digits,scale), which MySQL advises against.
func DoubleDigits(digits, scale int) schema.Type {
	return schema.TypeOf(FloatDigitsType{Double: true, Digits: digits, Scale: scale})
}

// Bit is a field of length bits; 0 means one (mysql.BIT).
func Bit(length int) schema.Type { return schema.TypeOf(BitType{length}) }

// Year is a year (mysql.YEAR).
func Year() schema.Type { return schema.TypeOf(YearType{}) }

// Char is text padded to length characters (CHAR).
func Char(length int) schema.Type { return schema.TypeOf(CharType{length}) }

// FixedBinary is exactly length bytes (BINARY).
func FixedBinary(length int) schema.Type { return schema.TypeOf(FixedBinaryType{length}) }

// TinyText is text of at most 255 bytes.
func TinyText() schema.Type { return schema.TypeOf(TextType{TinySize}) }

// MediumText is text of at most 16 MB.
func MediumText() schema.Type { return schema.TypeOf(TextType{MediumSize}) }

// LongText is text of at most 4 GB.
func LongText() schema.Type { return schema.TypeOf(TextType{LongSize}) }

// TinyBlob is at most 255 bytes.
func TinyBlob() schema.Type { return schema.TypeOf(BlobType{TinySize}) }

// MediumBlob is at most 16 MB.
func MediumBlob() schema.Type { return schema.TypeOf(BlobType{MediumSize}) }

// LongBlob is at most 4 GB.
func LongBlob() schema.Type { return schema.TypeOf(BlobType{LongSize}) }

// Set is any of the values at once (mysql.SET).
func Set(values ...string) schema.Type {
	return schema.TypeOf(SetType{strings.Join(values, "\x00")})
}

// Timestamp is a moment kept in UTC and shown in the session's time zone, to
// digits after the second (mysql.TIMESTAMP).
func Timestamp(digits int) schema.Type { return schema.TypeOf(TimestampType{digits}) }

// Geometry is a geometry of one kind, or AnyGeometry.
func Geometry(kind GeometryKind) schema.Type { return schema.TypeOf(GeometryType{Kind: kind}) }

// GeometryIn is a geometry of one kind in a spatial reference system.
func GeometryIn(kind GeometryKind, srid uint32) schema.Type {
	return schema.TypeOf(GeometryType{Kind: kind, SRID: srid, HasSRID: true})
}

// Vector is a vector of floats (MySQL 9, MariaDB 11.7); 0 leaves the number to the server.
func Vector(dimensions int) schema.Type { return schema.TypeOf(VectorType{dimensions}) }

// Inet4 is an IPv4 address (MariaDB 10.10).
func Inet4() schema.Type { return schema.TypeOf(InetType{}) }

// Inet6 is an IPv6 address (MariaDB).
func Inet6() schema.Type { return schema.TypeOf(InetType{Six: true}) }

// SetValues are the values in their order.
func (t SetType) SetValues() []string {
	if t.Values == "" {
		return nil
	}
	return strings.Split(t.Values, "\x00")
}

func call(fn string, args ...any) schema.Call { return schema.Call{Path: Path, Func: fn, Args: args} }

// sized names a function by a size: TinyText, MediumText, LongText.
func sized(size uint8, names ...string) schema.Call {
	if i := int(size) - 1; i >= 0 && i < len(names) {
		return call(names[i])
	}
	return call(names[0])
}

// Call spells the type in Go.
func (t IntegerType) Call() schema.Call {
	return sized(uint8(t.Size), "TinyInteger", "MediumInteger")
}

// Call spells the type in Go.
func (t UnsignedType) Call() schema.Call { return call("Unsigned", schema.TypeOf(t.Of)) }

// Call spells the type in Go.
func (t ZeroFillType) Call() schema.Call { return call("ZeroFill", schema.TypeOf(t.Of), t.Width) }

// Call spells the type in Go.
func (t FloatDigitsType) Call() schema.Call {
	if t.Double {
		return call("DoubleDigits", t.Digits, t.Scale)
	}
	return call("FloatDigits", t.Digits, t.Scale)
}

// Call spells the type in Go.
func (t BitType) Call() schema.Call { return call("Bit", t.Length) }

// Call spells the type in Go.
func (YearType) Call() schema.Call { return call("Year") }

// Call spells the type in Go.
func (t CharType) Call() schema.Call { return call("Char", t.Length) }

// Call spells the type in Go.
func (t FixedBinaryType) Call() schema.Call { return call("FixedBinary", t.Length) }

// LongerThanText reports whether values of the type may not fit in TEXT.
func (t TextType) LongerThanText() bool { return t.Size > TinySize }

// LongerThanText reports whether values of the type may not fit in TEXT.
func (t BlobType) LongerThanText() bool { return t.Size > TinySize }

// HoldsBytes reports that a value need be no text.
func (BlobType) HoldsBytes() bool { return true }

// HoldsBytes reports that a value need be no text.
func (FixedBinaryType) HoldsBytes() bool { return true }

// Call spells the type in Go.
func (t TextType) Call() schema.Call {
	return sized(uint8(t.Size), "TinyText", "MediumText", "LongText")
}

// Call spells the type in Go.
func (t BlobType) Call() schema.Call {
	return sized(uint8(t.Size), "TinyBlob", "MediumBlob", "LongBlob")
}

// Call spells the type in Go.
func (t SetType) Call() schema.Call {
	values := t.SetValues()
	args := make([]any, len(values))
	for i, v := range values {
		args[i] = v
	}
	return call("Set", args...)
}

// Call spells the type in Go.
func (t TimestampType) Call() schema.Call { return call("Timestamp", t.Digits) }

// Call spells the type in Go.
func (t GeometryType) Call() schema.Call {
	if t.HasSRID {
		return call("GeometryIn", t.Kind, t.SRID)
	}
	return call("Geometry", t.Kind)
}

// geometryNames are the constants of the kinds.
var geometryNames = map[GeometryKind]string{
	AnyGeometry: "AnyGeometry", Point: "Point", LineString: "LineString", Polygon: "Polygon",
	MultiPoint: "MultiPoint", MultiLineString: "MultiLineString", MultiPolygon: "MultiPolygon",
	GeometryCollection: "GeometryCollection",
}

// Call spells the kind in Go.
func (k GeometryKind) Call() schema.Call {
	if name, ok := geometryNames[k]; ok {
		return schema.Call{Path: Path, Func: name, Const: true}
	}
	return call("GeometryKind", string(k))
}

// Call spells the type in Go.
func (t VectorType) Call() schema.Call { return call("Vector", t.Dimensions) }

// Call spells the type in Go.
func (t InetType) Call() schema.Call {
	if t.Six {
		return call("Inet6")
	}
	return call("Inet4")
}
