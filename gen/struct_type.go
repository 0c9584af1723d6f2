package gen

import (
	"cmp"
	"fmt"
	"go/token"

	"github.com/dave/jennifer/jen"

	"github.com/gomig-dev/gomig/schema"
)

// StructsData is a schema that is to be declared as structs with tags. What is
// no table is declared beside them, in the Metadata that `gomig generate` makes.
type StructsData struct {
	Package   string       // name of the package; empty for "models"
	Enums     []GoEnum     // the types that fields are of
	Structs   []StructType // in the order in which they are to stand, as the others
	Taken     []string     // names that the package will have besides
	Sequences []*schema.Sequence
	Views     []*schema.View
	Split     bool     // a file for each struct and view instead of one for all
	Notes     []string // what the declaration does not say: a list in the package's comment
}

// GoEnum is a string type with constants.
type GoEnum struct {
	Name   string
	Doc    string
	Values []GoConstant
}

// GoConstant is a constant of an enumeration.
type GoConstant struct{ Name, Value string }

// StructType is a struct for the rows of a table.
type StructType struct {
	Name   string
	Doc    string
	Table  schema.Name // whose file it stands in
	Fields []StructField
}

// StructField is a field with its tag.
type StructField struct {
	Name string // "_" for one that speaks of the table
	Type GoType
	Tag  string // the value of the key gomig; empty for none
}

// GoType is the type of a field.
type GoType struct {
	Path    string // of its package; empty for this one and for Go's own types
	Name    string // empty for struct{}
	Pointer bool
	Slice   bool
}

// Structs are the files that declare structs with gomig's tags, as `gomig
// generate` reads them. The first one holds enumerations and sequences.
func Structs(d StructsData) ([]SourceFile, error) {
	d.Package = cmp.Or(d.Package, "models")
	if !token.IsIdentifier(d.Package) || d.Package == "main" {
		return nil, fmt.Errorf("declaring structs: %q is no name of a package that can be imported", d.Package)
	}
	l := newSourceFiles("models", d.Package, d.Split)
	main := l.main()
	main.doc = packageDoc("Package "+d.Package+" has a struct for each table of the database; gomig generate declares the schema by them.", d.Notes)
	main.directives = []string{"go:generate gomig generate", "gomig:naming none"}
	taken := append([]string{metadataVar}, d.Taken...)
	for _, e := range d.Enums {
		taken = append(taken, e.Name)
		main.body = append(main.body, declaration{doc: e.Doc, code: e.code()})
		for _, v := range e.Values {
			taken = append(taken, v.Name)
		}
	}
	for _, s := range d.Structs {
		taken = append(taken, s.Name)
		f := l.of(s.Table)
		f.body = append(f.body, declaration{doc: s.Doc, code: f.structCode(s)})
	}
	objects := objectsOf(MetadataData{Sequences: d.Sequences, Views: d.Views}, taken...)
	if err := l.declare(objects); err != nil {
		return nil, err
	}
	return l.render()
}

// code is a type of strings, and its constants.
func (e GoEnum) code() *jen.Statement {
	// type Mood string
	//
	// const (
	// 	MoodSad Mood = "sad"
	// )
	consts := make([]jen.Code, len(e.Values))
	for i, v := range e.Values {
		consts[i] = jen.Id(v.Name).Id(e.Name).Op("=").Add(quoted(v.Value).text)
	}
	return jen.Type().Id(e.Name).String().Line().Line().
		Op(comment("The values of " + e.Name + ".")).Line().Const().Defs(consts...)
}

// structCode is a struct.
func (f *sourceFile) structCode(s StructType) *jen.Statement {
	// type Account struct {
	// 	ID int64 `gomig:"pk"`
	// }
	fields := make([]jen.Code, len(s.Fields))
	for i, x := range s.Fields {
		field := jen.Id(x.Name)
		if x.Type.Pointer {
			field.Op("*")
		}
		if x.Type.Slice {
			field.Index()
		}
		switch {
		case x.Type.Name == "":
			field.Struct()
		case x.Type.Path != "":
			f.renderer.use(x.Type.Path, "")
			field.Qual(x.Type.Path, x.Type.Name)
		default:
			field.Id(x.Type.Name)
		}
		if x.Tag != "" {
			field.Tag(map[string]string{"gomig": x.Tag})
		}
		fields[i] = field
	}
	return jen.Type().Id(s.Name).Struct(fields...)
}
