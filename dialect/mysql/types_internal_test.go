package mysql

import (
	"testing"

	"github.com/gomig-dev/gomig/schema"
)

// everyType has one of each definition, in canonical form or not.
func everyType() []schema.Type {
	return []schema.Type{
		schema.SmallInteger(), schema.Integer(), schema.BigInteger(), schema.Boolean(), schema.String(20), schema.Unicode(20), schema.Text(), schema.UnicodeText(),
		schema.Date(), schema.Time(), schema.Time(schema.Precision(3)), schema.DateTime(), schema.DateTime(schema.Precision(0)), schema.DateTime(schema.Precision(6), schema.WithTimeZone()),
		schema.Interval(), schema.Numeric(0, 0), schema.Numeric(10, 0), schema.Numeric(10, 2), schema.Float(0), schema.Float(24), schema.Float(25), schema.Double(),
		schema.Binary(16), schema.Blob(), schema.JSON(), schema.UUID(), schema.Enum("n", "a", "it's", `\`, `"`, "", "x,y)"),
		TinyInteger(), MediumInteger(), Unsigned(schema.Integer()), Unsigned(TinyInteger()), Unsigned(schema.Numeric(5, 1)), Unsigned(schema.Double()), Unsigned(Unsigned(schema.BigInteger())),
		ZeroFill(schema.Integer(), 0), ZeroFill(schema.Integer(), 5), ZeroFill(Unsigned(schema.SmallInteger()), 3), ZeroFill(schema.Numeric(5, 1), 0), FloatDigits(7, 3), DoubleDigits(9, 2),
		Bit(0), Bit(7), Year(), Char(0), Char(36), FixedBinary(3), TinyText(), MediumText(), LongText(), TinyBlob(), MediumBlob(), LongBlob(), Set("a", "b'c"),
		Timestamp(0), Timestamp(3), Geometry(AnyGeometry), Geometry(MultiPolygon), Vector(5),
		schema.RawSQL("INT(11)"), schema.RawSQL("bool"), schema.RawSQL("double precision"), schema.RawSQL("character(3)"), schema.RawSQL("dec(5)"), schema.RawSQL("no such type"),
	}
}

// TestTypesReadBack: what is spelled reads as the canonical type, and spells the same again.
func TestTypesReadBack(t *testing.T) {
	for _, flavor := range []string{MySQL, MariaDB, TiDB} {
		d := System().Offline(flavor).(*Dialect)
		for _, typ := range everyType() {
			text, err := d.Type(typ)
			if _, ok := typ.Def().(GeometryType); ok && flavor == TiDB {
				if err == nil {
					t.Errorf("TiDB has no geometries, but %+v is %s", typ.Call(), text)
				}
				continue
			}
			if err != nil {
				t.Errorf("%s: %+v: %v", flavor, typ.Call(), err)
				continue
			}
			want := schema.TypeOf(d.canonicalType(typ.Def()))
			if again := schema.TypeOf(d.canonicalType(want.Def())); !again.Equal(want) {
				t.Errorf("%s: %+v: canonical form is %+v, then %+v", flavor, typ.Call(), want.Call(), again.Call())
			}
			if got := schema.TypeOf(d.canonicalType(schema.RawType{SQL: text})); !got.Equal(want) {
				t.Errorf("%s: %s reads as %+v, want %+v", flavor, text, got.Call(), want.Call())
			}
			second, err := d.Type(want)
			if err != nil || second == "" {
				t.Errorf("%s: %+v: %v", flavor, want.Call(), err)
			}
		}
	}
}

func FuzzParseType(f *testing.F) {
	for _, s := range []string{"int(11) unsigned zerofill", "enum('a','b''c')", "varchar(20) /*M!100301 COMPRESSED*/", "decimal(10,2)", "set('')", "enum('", "x(", "int(99999999999999999999)"} {
		f.Add(s)
	}
	d := System().Offline(MariaDB).(*Dialect)
	f.Fuzz(func(t *testing.T, text string) {
		typ := d.parseType(text)
		if again := schema.TypeOf(d.canonicalType(typ.Def())); !again.Equal(typ) {
			t.Fatalf("%q reads as %+v, whose canonical form is %+v", text, typ, again)
		}
	})
}

func TestFlavors(t *testing.T) {
	for _, c := range []struct {
		version, comment, flavor     string
		want                         version
		uuid, dropConstraint, rename bool
	}{
		{"9.7.4", "MySQL Community Server - GPL", MySQL, version{9, 7, 4}, false, true, true},
		{"8.0.28", "Source distribution", MySQL, version{8, 0, 28}, false, true, true},
		{"8.0.11-TiDB-v8.5.4", "TiDB Server (Apache License 2.0)", TiDB, version{8, 5, 4}, false, false, true},
		{"10.11.19-MariaDB-0+deb12u1", "Debian 12", MariaDB, version{10, 11, 19}, true, true, true},
		{"5.5.5-10.6.4-MariaDB", "", MariaDB, version{10, 6, 4}, false, true, true},
		{"11.8.9-MariaDB-ubu2404", "mariadb.org binary distribution", MariaDB, version{11, 8, 9}, true, true, true},
		{"10.6.0", "MariaDB Server", MariaDB, version{10, 6, 0}, false, true, true},
		{"junk", "", MySQL, version{}, false, false, false},
	} {
		flavor := flavorOf(c.version, c.comment)
		if flavor != c.flavor || parseVersion(flavor, c.version) != c.want {
			t.Errorf("%s is %s %v, want %s %v", c.version, flavor, parseVersion(flavor, c.version), c.flavor, c.want)
		}
		k := capabilitiesOf(flavor, c.version)
		if k.nativeUUID != c.uuid || k.dropConstraint != c.dropConstraint || k.renameColumn != c.rename {
			t.Errorf("%s can %+v", c.version, k)
		}
	}
}

// TestCatalogText: MySQL's catalogue escapes twice and shows bytes as characters.
func TestCatalogText(t *testing.T) {
	my, maria := System().Offline(MySQL).(*Dialect), System().Offline(MariaDB).(*Dialect)
	for in, want := range map[string]string{
		`(1 + 2)`:                             "1 + 2",
		`_utf8mb4\'abc\'`:                     "'abc'",
		`(b <> _utf8mb4\'x\\\'y\')`:           "`b` <> 'x''y'",
		`concat(_utf8mb4\'a\\\\\')`:           `concat('a\\')`,
		"_utf8mb4\\'Ã©ð\u009f\u0098\u0080\\'": "'é😀'",
		"(`Ã©` + 1)":                          "`é` + 1",
		`_utf8mb4\'\\n\'`:                     "'\n'",
		`b'101'`:                              "0x05",
	} {
		if got := my.serverExpr(in, nil); got != want {
			t.Errorf("serverExpr(%q) = %s, want %s", in, got, want)
		}
	}
	if got, want := maria.serverExpr("`b` <> 'é😀\\\\\\'q'", nil), maria.normalExpr(`b <> 'é😀\\''q'`, maria.userMode(), nil); got != want {
		t.Errorf("MariaDB shows %s, want %s", got, want)
	}
}
