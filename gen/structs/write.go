package structs

import (
	"cmp"
	"fmt"
	"go/token"
	"slices"
	"strings"
	"unicode"

	"github.com/gomig-dev/gomig/gen"
	"github.com/gomig-dev/gomig/schema"
)

// Words are the types of one database in SQL, for tags.
type Words struct {
	Spell        func(schema.Type) string        // the type in the database's words; empty for none
	LongIntegers bool                            // an integer of the regular size holds 64 bits (SQLite)
	Same         func(said, is schema.Type) bool // whether the database takes both for the same type
}

// Write makes structs of tables, with tags of which [Read] makes the tables
// again. What no tag can say is told, and left out.
func Write(tables []*schema.Table, w Words) (d gen.StructsData, left []string) {
	x := &writer{words: w, gone: map[string]bool{"Metadata": true}, enums: map[schema.EnumType]string{}}
	names := make([]string, len(tables))
	for i, t := range tables {
		names[i] = x.structName(t.Name)
		x.data.Taken = append(x.data.Taken, names[i]+"Table")
	}
	for i, t := range tables {
		x.data.Structs = append(x.data.Structs, x.table(names[i], t))
	}
	return x.data, x.left
}

// writer makes structs.
type writer struct {
	words Words
	data  gen.StructsData
	gone  map[string]bool // names that the package has
	enums map[schema.EnumType]string
	left  []string // what no tag can say
}

// structName is a name that is free, and free with Table behind it, which
// `gomig generate` calls the table's variable.
func (x *writer) structName(n schema.Name) string {
	name := gen.GoName(n.Name)
	if x.gone[name] && n.Schema != "" {
		name = gen.GoName(n.Schema + "_" + n.Name)
	}
	out := name
	for i := 2; x.gone[out] || x.gone[out+"Table"]; i++ {
		out = fmt.Sprintf("%s%d", name, i)
	}
	x.gone[out], x.gone[out+"Table"] = true, true
	return out
}

// free is a name that the package does not have yet, and takes it.
func free(gone map[string]bool, name string) string {
	out := name
	for i := 2; gone[out]; i++ {
		out = fmt.Sprintf("%s%d", name, i)
	}
	gone[out] = true
	return out
}

// quotedName is a name as a tag has it.
func quotedName(n string) string {
	if plain(n) && n[0] != '\'' {
		return n
	}
	return singleQuoted(n)
}

// plain reports whether a text can stand in a tag as it is, but for semicolons.
func plain(s string) bool {
	return s != "" && s == strings.TrimSpace(s) && !strings.ContainsAny(s, "\\`") &&
		!strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) })
}

// listed reports whether all names can stand in a list in brackets.
func listed(names ...string) bool {
	return len(names) > 0 && !slices.ContainsFunc(names, func(n string) bool { return !plain(n) || strings.ContainsAny(n, ",();") })
}

// tag are the settings of a field in the making.
type tag struct {
	settings []string
	with     []string
}

// say adds a setting; one without a value is its key alone.
func (t *tag) say(key, value string) {
	if value != "" {
		key += ":" + strings.ReplaceAll(value, ";", `\;`)
	}
	t.settings = append(t.settings, key)
}

func (t *tag) String() string {
	out := t.settings
	if len(t.with) > 0 {
		out = append(slices.Clip(out), "with:"+strings.Join(t.with, ", "))
	}
	return strings.Join(out, ";")
}

// of is the spelling of a function of package schema.
func of(fn string, args ...any) schema.Call {
	return schema.Call{Path: schema.Path, Func: fn, Args: args}
}

// table makes a struct.
func (x *writer) table(name string, t *schema.Table) gen.StructType {
	out := gen.StructType{Name: name, Doc: fmt.Sprintf("%s is a row of the table %q.", name, t.Name), Table: t.Name}
	w := &tableWriter{writer: x, table: t, fields: map[string]string{}, tags: map[string]*tag{}}
	gone := map[string]bool{"Declared": true, "Table": true, "TableName": true}
	for _, c := range t.Columns {
		w.fields[c.Name], w.tags[c.Name] = free(gone, gen.GoName(c.Name)), &tag{}
	}
	about := &tag{}
	about.say("table", quotedName(t.Name.Name))
	switch {
	case t.Name.Schema != "":
		about.say("schema", quotedName(t.Name.Schema))
	case !word().MatchString(t.Name.Name): // a point in the name does not part it
		about.say("schema", "''")
	}
	switch {
	case plain(t.Comment):
		about.say("comment", t.Comment)
	case t.Comment != "":
		w.item(about, of("Comment", t.Comment))
	}
	for _, o := range t.Options {
		w.item(about, o)
	}
	w.blank = append(w.blank, about)
	types := w.columns()
	w.constraints()
	for _, b := range w.blank {
		out.Fields = append(out.Fields, gen.StructField{Name: "_", Tag: b.String()})
	}
	for i, c := range t.Columns {
		out.Fields = append(out.Fields, gen.StructField{Name: w.fields[c.Name], Type: types[i], Tag: w.tags[c.Name].String()})
	}
	return out
}

// enum is the Go type of an enumeration; false if there can be none. One that is
// an object of its own has one type, others have one for each column.
func (x *writer) enum(t *schema.Table, c *schema.ColumnDef, e schema.EnumType) (name string, ok bool) {
	values := e.EnumValues()
	if len(values) == 0 || len(slices.Compact(slices.Sorted(slices.Values(values)))) != len(values) {
		return "", false
	}
	if e.Name != "" && (!plain(e.Name) || strings.ContainsAny(e.Name+e.Schema, ".") || e.Schema != "" && !plain(e.Schema)) {
		return "", false
	}
	if name, ok = x.enums[e]; ok && e.Name != "" {
		return name, true
	}
	what := fmt.Sprintf("is what the column %q of the table %q may hold.", c.Name, t.Name)
	name = gen.GoName(t.Name.Name + "_" + c.Name)
	if e.Name != "" {
		what = fmt.Sprintf("is the enumeration type %q.", schema.Name{Schema: e.Schema, Name: e.Name})
		name = gen.GoName(e.Name)
	}
	name = free(x.gone, name)
	out := gen.GoEnum{Name: name, Doc: name + " " + what}
	for _, v := range values {
		constant := name + strings.TrimPrefix(gen.GoName("x_"+v), "X")
		if constant == name || !token.IsIdentifier(constant) {
			constant = name + "Value"
		}
		out.Values = append(out.Values, gen.GoConstant{Name: free(x.gone, constant), Value: v})
	}
	x.enums[e] = name
	x.data.Enums = append(x.data.Enums, out)
	return name, true
}

// said is how a column's type is said: by the Go type, and by settings.
type said struct {
	goType gen.GoType
	kind   kind // of the Go type
	whole  bool // it is one of the integers that count by themselves as a key
}

// typeOf chooses the Go type of a column, and has the tag say what it does not.
func (w *tableWriter) typeOf(c *schema.ColumnDef, t *tag) said {
	named := func(name string, k kind) said { return said{goType: gen.GoType{Name: name}, kind: k} }
	switch d := c.Type.Def().(type) {
	case schema.IntegerType:
		s := named(map[schema.IntegerSize]string{schema.IntegerSmall: "int16", schema.IntegerRegular: "int32", schema.IntegerBig: "int64"}[d.Size], integer)
		if d.Size == schema.IntegerRegular && w.words.LongIntegers {
			t.say("type", "integer")
			s.goType.Name = "int64"
		}
		s.whole = true
		return s
	case schema.BooleanType:
		return named("bool", boolean)
	case schema.StringType:
		if d.Length > 0 && !d.Unicode {
			t.say("size", fmt.Sprint(d.Length))
			return named("string", text)
		}
	case schema.TextType:
		if !d.Unicode {
			if w.keyed(c.Name) {
				t.say("type", "text")
			}
			return named("string", text)
		}
	case schema.DoubleType:
		return named("float64", floating)
	case schema.FloatType:
		if d.Precision == 0 {
			return named("float32", floating)
		}
	case schema.NumericType:
		if d.Precision > 0 && d.Scale >= 0 {
			t.say("precision", fmt.Sprint(d.Precision))
			if d.Scale > 0 {
				t.say("scale", fmt.Sprint(d.Scale))
			}
			return named("string", decimal)
		}
	case schema.BinaryType:
		if d.Length > 0 {
			t.say("size", fmt.Sprint(d.Length))
		}
		return said{goType: gen.GoType{Name: "byte", Slice: true}, kind: binary}
	case schema.JSONType:
		return said{goType: gen.GoType{Path: "encoding/json", Name: "RawMessage"}, kind: document}
	case schema.DateTimeType:
		if d.Fraction.TimeZone && (!d.Fraction.HasDigits || d.Fraction.Digits > 0) {
			if d.Fraction.HasDigits {
				t.say("precision", fmt.Sprint(d.Fraction.Digits))
			}
			return said{goType: gen.GoType{Path: "time", Name: "Time"}, kind: moment}
		}
	case schema.EnumType:
		if name, ok := w.enum(w.table, c, d); ok {
			switch {
			case d.Schema != "":
				t.say("enum", d.Schema+"."+d.Name)
			case d.Name != "" && d.Name != snake(name):
				t.say("enum", d.Name)
			}
			return named(name, text)
		}
	}
	return w.spelledType(c, t)
}

// spelledType says a type by the database's own words, where those mean it and
// nothing else, or by the function that makes it.
func (w *tableWriter) spelledType(c *schema.ColumnDef, t *tag) said {
	words := ""
	if w.words.Spell != nil {
		words = w.words.Spell(c.Type)
	}
	if plain(words) && !goTypeText(words) && w.words.Same(sqlType(words), c.Type) {
		t.say("type", words)
	} else if text, err := readable(c.Type); err == nil {
		t.say("type", text)
	} else {
		w.left = append(w.left, fmt.Sprintf("the type of column %q of table %q, which no tag can say: %v", c.Name, w.table.Name, err))
	}
	return goTypeOf(strings.ToLower(words))
}

// goTypeOf guesses the Go type that holds what a type in SQL does.
func goTypeOf(words string) said {
	begins := func(list ...string) bool {
		return slices.ContainsFunc(list, func(p string) bool { return strings.HasPrefix(words, p) })
	}
	named := func(name string, k kind) said { return said{goType: gen.GoType{Name: name}, kind: k} }
	unsigned := ""
	if strings.Contains(words, "unsigned") || strings.Contains(words, "zerofill") {
		unsigned = "u"
	}
	switch {
	case strings.HasSuffix(words, "]"):
		return named("string", text)
	case begins("tinyint"):
		return named(unsigned+"int8", integer)
	case begins("smallint", "year"):
		return named(unsigned+"int16", integer)
	case begins("mediumint", "int ", "int(", "integer") || words == "int":
		return named(unsigned+"int32", integer)
	case begins("bigint"):
		return named(unsigned+"int64", integer)
	case begins("double", "float", "real"):
		return named("float64", floating)
	case begins("bit", "bytea", "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "geometry", "point", "linestring", "polygon", "multi"):
		return said{goType: gen.GoType{Name: "byte", Slice: true}, kind: binary}
	case begins("json"):
		return said{goType: gen.GoType{Path: "encoding/json", Name: "RawMessage"}, kind: document}
	case begins("date", "timestamp"):
		return said{goType: gen.GoType{Path: "time", Name: "Time"}, kind: moment}
	}
	return named("string", text)
}

// snakeName is the column that a field of a name stands for without a tag.
func snakeName(field string) string { return cmp.Or(snake(field), field) }
