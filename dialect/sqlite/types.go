package sqlite

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gomig-dev/gomig/internal/pattern"
	"github.com/gomig-dev/gomig/schema"
)

// StorageType is a type of SQLite's own, known by its name alone.
type StorageType struct{ Name string }

// Call spells the type in Go.
func (t StorageType) Call() schema.Call {
	switch t.Name {
	case "INT":
		return call("Int")
	case "REAL":
		return call("Real")
	default:
		return call("Any")
	}
}

// Int is the type INT: an integer, but as a primary key not the row's number.
func Int() schema.Type { return schema.TypeOf(StorageType{"INT"}) }

// Real is the type REAL: a double-precision number.
func Real() schema.Type { return schema.TypeOf(StorageType{"REAL"}) }

// Any is the type ANY: in a strict table a value of any type, kept as it is.
func Any() schema.Type { return schema.TypeOf(StorageType{"ANY"}) }

// names are the names under which variants are looked for.
var names = []string{"sqlite"}

// Type spells a type. The spellings are SQLAlchemy's, so that a database may
// pass from Alembic to gomig and back.
func (d database) Type(t schema.Type) (string, error) {
	switch def := t.For(names...).Def().(type) {
	case nil:
		return "", nil
	case schema.IntegerType:
		switch def.Size {
		case schema.IntegerSmall:
			return "SMALLINT", nil
		case schema.IntegerBig:
			return "BIGINT", nil
		case schema.IntegerRegular:
		}
		return "INTEGER", nil
	case schema.BooleanType:
		return "BOOLEAN", nil
	case schema.StringType:
		return sized("VARCHAR", def.Length), nil
	case schema.TextType:
		return "TEXT", nil
	case schema.DateType:
		return "DATE", nil
	case schema.TimeType:
		return "TIME", nil
	case schema.DateTimeType, schema.IntervalType: // SQLAlchemy keeps an interval as the time since 1970
		return "DATETIME", nil
	case schema.NumericType:
		if def.Precision == 0 {
			return "NUMERIC", nil
		}
		return fmt.Sprintf("NUMERIC(%d, %d)", def.Precision, def.Scale), nil
	case schema.FloatType:
		return "FLOAT", nil
	case schema.DoubleType:
		return "DOUBLE", nil
	case schema.BinaryType:
		return "BLOB", nil // VARBINARY would have numeric affinity
	case schema.JSONType:
		return "JSON", nil
	case schema.UUIDType:
		return "CHAR(32)", nil
	case schema.EnumType:
		longest := 0
		for _, v := range def.EnumValues() {
			longest = max(longest, utf8.RuneCountInString(v))
		}
		return sized("VARCHAR", longest), nil
	case StorageType:
		return def.Name, nil
	case schema.RawType:
		return rawType(def.SQL)
	default:
		return "", fmt.Errorf("writing the type %T: SQLite does not have it; give it a variant for \"sqlite\"", def)
	}
}

func sized(name string, n int) string {
	if n == 0 {
		return name
	}
	return name + "(" + strconv.Itoa(n) + ")"
}

// rawType is a type in the user's words. They must stay one type: what would
// end it and begin something else is refused.
func rawType(sql string) (string, error) {
	p := newParser("CREATE TABLE t (c " + sql + ")")
	if c, err := parseCreateTable(p.src); err != nil || len(c.columns) != 1 || len(c.table) > 0 || len(c.columns[0].constraints) > 0 || c.options.end > 0 {
		return "", fmt.Errorf("writing the type %q: it is not one type name with at most two numbers", excerpt(sql))
	}
	return strings.TrimSpace(sql), nil
}

var typeText = pattern.Lazy(`^([A-Z][A-Z0-9_ ]*)(?:\(([0-9]+)(?:, ([0-9]+))?\))?$`)

// parseType is the type that a column's declared text names: a generic one
// where it is spelled like it, else the text itself.
func parseType(sql string) schema.Type {
	if t, ok := generic(sql); ok {
		return t
	}
	sql = normalType(sql)
	if sql == "" {
		return schema.NoType()
	}
	if t, ok := generic(sql); ok {
		return t
	}
	return schema.RawSQL(sql)
}

var plainTypes = map[string]schema.Type{
	"INTEGER": schema.Integer(), "BIGINT": schema.BigInteger(), "SMALLINT": schema.SmallInteger(), "BOOLEAN": schema.Boolean(),
	"BOOL": schema.Boolean(), "TEXT": schema.Text(), "DATE": schema.Date(), "TIME": schema.Time(), "DATETIME": schema.DateTime(),
	"NUMERIC": schema.Numeric(0, 0), "FLOAT": schema.Float(0), "DOUBLE": schema.Double(), "BLOB": schema.Blob(), "JSON": schema.JSON(),
	"VARCHAR": schema.String(0), "INT": Int(), "REAL": Real(), "ANY": Any(),
}

// generic is the generic type of a text as [normalType] writes it: a name with one number, two, or none.
func generic(sql string) (schema.Type, bool) {
	name, rest, sized := strings.Cut(sql, "(")
	if !sized {
		t, ok := plainTypes[name]
		return t, ok
	}
	rest, closed := strings.CutSuffix(rest, ")")
	first, second, two := strings.Cut(rest, ", ")
	a, okA := decimal(first)
	b, okB := decimal(second)
	switch {
	case !closed || !okA || a == 0 || two != okB:
	case name == "VARCHAR" && !two:
		return schema.String(a), true
	case name == "NUMERIC":
		return schema.Numeric(a, b), true
	}
	return schema.Type{}, false
}

// decimal is the number that a text of nothing but digits stands for.
func decimal(text string) (int, bool) {
	for _, r := range text {
		if r < '0' || r > '9' {
			return 0, false
		}
	}
	n, err := strconv.Atoi(text)
	return n, err == nil
}

// normalType is a type's text in one spelling: upper case, single blanks.
func normalType(sql string) string {
	var b strings.Builder
	prev := ""
	for _, t := range significant(sql) {
		s := sql[t.start:t.end]
		switch t.kind {
		case word:
			s = strings.ToUpper(s)
		case quotedID, text:
			if name := dequote(s); typeText().MatchString(strings.ToUpper(name)) {
				s = strings.ToUpper(name)
			}
		case blank, blob, number, param, symbol, illegal:
		}
		if prev != "" && prev != "(" && s != "(" && s != ")" && s != "," && prev != "+" && prev != "-" {
			b.WriteByte(' ')
		}
		b.WriteString(s)
		prev = s
	}
	return b.String()
}

// strictType is what stands for a type in a strict table, which knows six.
func strictType(t schema.Type) schema.Type {
	switch t.Def().(type) {
	case schema.IntegerType, schema.BooleanType:
		return schema.Integer()
	case schema.StringType, schema.TextType, schema.DateType, schema.TimeType, schema.DateTimeType, schema.IntervalType,
		schema.JSONType, schema.UUIDType, schema.EnumType:
		return schema.Text()
	case schema.NumericType, schema.FloatType, schema.DoubleType:
		return Real()
	case schema.BinaryType:
		return schema.Blob()
	}
	return t
}

// Keeps reports whether values of one type stay as they are in a column of the
// other: where both have one affinity, and nothing is cast. SQLite heeds neither
// lengths nor sizes, and it keeps what it cannot convert. ANY keeps all, but what
// becomes of it in a strict table may not.
func (d database) Keeps(from, to schema.Type) bool {
	from, to = from.For(names...), to.For(names...)
	a, err := d.Type(from)
	if err != nil || strings.EqualFold(a, "ANY") {
		return false
	}
	b, err := d.Type(to)
	return err == nil && !conversion(parseType(a), to) && affinityOf(a) == affinityOf(b)
}

// affinity is the way in which SQLite converts the values of a column
// (https://www.sqlite.org/datatype3.html#determination_of_column_affinity).
type affinity string

const (
	integerAffinity affinity = "INTEGER"
	textAffinity    affinity = "TEXT"
	blobAffinity    affinity = "BLOB"
	realAffinity    affinity = "REAL"
	numericAffinity affinity = "NUMERIC"
)

// affinityOf is the affinity of a type by its text.
func affinityOf(sql string) affinity {
	s := strings.ToUpper(sql)
	contains := func(list ...string) bool {
		for _, w := range list {
			if strings.Contains(s, w) {
				return true
			}
		}
		return false
	}
	switch {
	case contains("INT"):
		return integerAffinity
	case contains("CHAR", "CLOB", "TEXT"):
		return textAffinity
	case s == "" || contains("BLOB"):
		return blobAffinity
	case contains("REAL", "FLOA", "DOUB"):
		return realAffinity
	}
	return numericAffinity
}
