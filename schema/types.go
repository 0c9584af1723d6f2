package schema

import "strings"

// IntegerSize is the width of an integer.
type IntegerSize uint8

// The widths every database has.
const (
	IntegerRegular IntegerSize = iota // 32 bits
	IntegerSmall                      // 16 bits
	IntegerBig                        // 64 bits
)

// The generic definitions. Each is made by the function of its plain name.
type (
	// IntegerType is a signed integer.
	IntegerType struct{ Size IntegerSize }
	// BooleanType is true or false; TINYINT(1) on MySQL.
	BooleanType struct{}
	// StringType is text of at most Length characters; Unicode asks for a national type where there is one.
	StringType struct {
		Length  int
		Unicode bool
	}
	// TextType is text of any length.
	TextType struct{ Unicode bool }
	// DateType is a calendar day.
	DateType struct{}
	// TimeType is a time of day.
	TimeType struct{ Fraction Fraction }
	// DateTimeType is a day and a time of day.
	DateTimeType struct{ Fraction Fraction }
	// IntervalType is a span of time.
	IntervalType struct{}
	// NumericType is an exact number; Precision 0 leaves both to the database.
	NumericType struct{ Precision, Scale int }
	// FloatType is an approximate number; Precision is in binary digits, 0 leaves it to the database.
	FloatType struct{ Precision int }
	// DoubleType is a double-precision number.
	DoubleType struct{}
	// BinaryType is at most Length bytes; 0 means any number (a blob).
	BinaryType struct{ Length int }
	// JSONType is a JSON document.
	JSONType struct{}
	// UUIDType is a universally unique identifier; CHAR(32) or the like where the database has no such type.
	UUIDType struct{}
	// EnumType is one of the Values; Name names the type where it is an object of its own (PostgreSQL).
	EnumType struct {
		Schema string
		Name   string
		Values string // joined by NUL, so that the definition stays comparable; see EnumValues
	}
	// RawType is a type in the database's own words.
	RawType struct{ SQL string }
)

// Fraction says how a time is kept: the digits of its second and its zone.
type Fraction struct {
	Digits    int  // digits after the second, if HasDigits
	HasDigits bool // false leaves the digits to the database
	TimeZone  bool // keeps the time zone where the database can
}

// TimeItem is a property of a time or datetime type: [Precision] or [WithTimeZone].
type TimeItem func(*Fraction)

// Precision sets the digits kept after the second.
func Precision(digits int) TimeItem {
	return func(f *Fraction) { f.Digits, f.HasDigits = digits, true }
}

// WithTimeZone keeps the time zone where the database can (timezone=True).
func WithTimeZone() TimeItem { return func(f *Fraction) { f.TimeZone = true } }

func fraction(items []TimeItem) (f Fraction) {
	for _, it := range items {
		if it != nil {
			it(&f)
		}
	}
	return f
}

// NewFraction is the fraction that the items describe.
func NewFraction(items ...TimeItem) Fraction { return fraction(items) }

// SmallInteger is a 16-bit integer.
func SmallInteger() Type { return TypeOf(IntegerType{IntegerSmall}) }

// Integer is a 32-bit integer.
func Integer() Type { return TypeOf(IntegerType{}) }

// BigInteger is a 64-bit integer.
func BigInteger() Type { return TypeOf(IntegerType{IntegerBig}) }

// Boolean is true or false; TINYINT(1) on MySQL.
func Boolean() Type { return TypeOf(BooleanType{}) }

// String is text of at most length characters; 0 leaves the length open where the database allows it.
func String(length int) Type { return TypeOf(StringType{Length: length}) }

// Text is text of any length.
func Text() Type { return TypeOf(TextType{}) }

// Unicode is text of at most length characters in a national character type where there is one.
func Unicode(length int) Type { return TypeOf(StringType{Length: length, Unicode: true}) }

// UnicodeText is text of any length in a national character type where there is one.
func UnicodeText() Type { return TypeOf(TextType{Unicode: true}) }

// Date is a calendar day without a time.
func Date() Type { return TypeOf(DateType{}) }

// Time is a time of day.
func Time(items ...TimeItem) Type { return TypeOf(TimeType{fraction(items)}) }

// DateTime is a day and a time of day.
func DateTime(items ...TimeItem) Type { return TypeOf(DateTimeType{fraction(items)}) }

// Interval is a span of time.
func Interval() Type { return TypeOf(IntervalType{}) }

// Numeric is an exact number of precision digits, scale of them after the point;
// precision 0 leaves both to the database.
func Numeric(precision, scale int) Type { return TypeOf(NumericType{precision, scale}) }

// Float is an approximate number of single or of the given binary precision; 0 leaves it to the database.
func Float(precision int) Type { return TypeOf(FloatType{precision}) }

// Double is an approximate number of double precision.
func Double() Type { return TypeOf(DoubleType{}) }

// Binary is at most length bytes; 0 is any number of them, a [Blob].
func Binary(length int) Type { return TypeOf(BinaryType{length}) }

// Blob is any number of bytes (LargeBinary).
func Blob() Type { return TypeOf(BinaryType{}) }

// JSON is a JSON document.
func JSON() Type { return TypeOf(JSONType{}) }

// UUID is a universally unique identifier.
func UUID() Type { return TypeOf(UUIDType{}) }

// Enum is one of the values. The name is the type's own where enumerations are
// objects (PostgreSQL); elsewhere it says nothing to the database.
func Enum(name string, values ...string) Type {
	return TypeOf(EnumType{Name: name, Values: strings.Join(values, "\x00")})
}

// EnumIn is [Enum] with the type in a schema.
func EnumIn(schema, name string, values ...string) Type {
	return TypeOf(EnumType{Schema: schema, Name: name, Values: strings.Join(values, "\x00")})
}

// RawSQL is a type in the database's own words.
func RawSQL(sql string) Type { return TypeOf(RawType{sql}) }

// EnumOf is the named enumeration that a type is, or that it is an array of, which
// array tells. ok is false for any other type, and for an enumeration without a name.
// Variants do not count: see [Type.For].
func EnumOf(t Type) (e EnumType, array, ok bool) {
	def := t.Def()
	for {
		if e, ok := def.(EnumType); ok {
			return e, array, e.Name != ""
		}
		a, is := def.(interface{ Element() TypeDef })
		if !is {
			return EnumType{}, false, false
		}
		def, array = a.Element(), true
	}
}

// EnumValues are the values in their order.
func (e EnumType) EnumValues() []string {
	if e.Values == "" {
		return nil
	}
	return strings.Split(e.Values, "\x00")
}

func timeItems(f Fraction) (args []any) {
	if f.HasDigits {
		args = append(args, call("Precision", f.Digits))
	}
	if f.TimeZone {
		args = append(args, call("WithTimeZone"))
	}
	return args
}

// Call spells the type in Go.
func (t IntegerType) Call() Call {
	switch t.Size {
	case IntegerSmall:
		return call("SmallInteger")
	case IntegerBig:
		return call("BigInteger")
	default:
		return call("Integer")
	}
}

// Call spells the type in Go.
func (BooleanType) Call() Call { return call("Boolean") }

// Call spells the type in Go.
func (t StringType) Call() Call {
	if t.Unicode {
		return call("Unicode", t.Length)
	}
	return call("String", t.Length)
}

// Call spells the type in Go.
func (t TextType) Call() Call {
	if t.Unicode {
		return call("UnicodeText")
	}
	return call("Text")
}

// Call spells the type in Go.
func (DateType) Call() Call { return call("Date") }

// Call spells the type in Go.
func (t TimeType) Call() Call { return call("Time", timeItems(t.Fraction)...) }

// Call spells the type in Go.
func (t DateTimeType) Call() Call { return call("DateTime", timeItems(t.Fraction)...) }

// Call spells the type in Go.
func (IntervalType) Call() Call { return call("Interval") }

// Call spells the type in Go.
func (t NumericType) Call() Call { return call("Numeric", t.Precision, t.Scale) }

// Call spells the type in Go.
func (t FloatType) Call() Call { return call("Float", t.Precision) }

// Call spells the type in Go.
func (DoubleType) Call() Call { return call("Double") }

// Call spells the type in Go.
func (t BinaryType) Call() Call {
	if t.Length == 0 {
		return call("Blob")
	}
	return call("Binary", t.Length)
}

// Call spells the type in Go.
func (JSONType) Call() Call { return call("JSON") }

// Call spells the type in Go.
func (UUIDType) Call() Call { return call("UUID") }

// Call spells the type in Go.
func (e EnumType) Call() Call {
	args := []any{e.Name}
	fn := "Enum"
	if e.Schema != "" {
		fn, args = "EnumIn", []any{e.Schema, e.Name}
	}
	for _, v := range e.EnumValues() {
		args = append(args, v)
	}
	return call(fn, args...)
}

// Call spells the type in Go.
func (t RawType) Call() Call { return call("RawSQL", t.SQL) }
