package gen

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"go/token"
	"maps"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/gomig-dev/gomig/schema"
)

// TypedData is a schema with names that the compiler checks, as it is generated from structs.
type TypedData struct {
	Header     string // what generated it: the first line; it must be "Code generated … DO NOT EDIT."
	Package    string // name of the package
	ModulePath string // path of the user's module, by which its packages are told from the standard library
	Doc        string // comment of the variable Metadata
	Naming     schema.NamingConvention
	Tables     []TypedTable
	Reserved   []string // what the package declares already, which no import may be called
}

// TypedTable is a table with the Go names of it and of its columns.
type TypedTable struct {
	Var     string // the variable's name
	Doc     string // its comment
	Table   *schema.Table
	Columns []TypedColumn
}

// TypedColumn is the Go name of a column.
type TypedColumn struct{ Field, Column string }

// Typed is one file of Go that declares a schema: a variable Metadata, and for
// each table a variable with its declaration and the names of its columns.
func Typed(d TypedData) ([]byte, error) {
	if !token.IsIdentifier(d.Package) || d.Package == "main" {
		return nil, fmt.Errorf("declaring the schema: %q is no name of a package that can be imported", d.Package)
	}
	r := newRenderer(nil)
	r.use(schema.Path, "schema")
	options := list{head: qualified(schema.Path, "Options"), in: curly}
	if !d.Naming.IsZero() {
		n, err := r.naming(d.Naming)
		if err != nil {
			return nil, fmt.Errorf("declaring the schema: %w", err)
		}
		options.items = append(options.items, pair{text("NamingConvention"), n})
	}
	// var Metadata = schema.NewMetadata(schema.Options{})
	body := []*jen.Statement{
		jen.Op(comment(d.Doc)).Line().Var().Id("Metadata").Op("=").
			Add(call(qualified(schema.Path, "NewMetadata"), options).code(line(0, 0))),
	}
	for _, t := range d.Tables {
		s, err := r.typedTable(t)
		if err != nil {
			return nil, fmt.Errorf("declaring table %q: %w", t.Table.Name, err)
		}
		body = append(body, s)
	}
	reserved := map[string]bool{}
	for _, n := range d.Reserved {
		reserved[n] = true
	}
	scope := newScope(r.paths, maps.Clone(r.names), reserved)
	file := jen.NewFile(d.Package)
	file.HeaderComment("// " + d.Header)
	for path, b := range scope {
		if b.alias {
			file.ImportAlias(path, b.name)
		} else {
			file.ImportName(path, b.name)
		}
	}
	for _, s := range body {
		file.Add(s).Line()
	}
	var buf bytes.Buffer
	if err := file.Render(&buf); err != nil {
		first, _, _ := strings.Cut(err.Error(), "\n") // the rest is the whole source
		return nil, errors.New("declaring the schema: " + first)
	}
	return gofumpt(buf.Bytes(), d.ModulePath)
}

// naming spells a naming convention: the default by its name.
func (r *renderer) naming(n schema.NamingConvention) (node, error) {
	if n == schema.DefaultNaming {
		return qualified(schema.Path, "DefaultNaming"), nil
	}
	return r.value(n, nil)
}

// typedTable is the variable of a table.
func (r *renderer) typedTable(t TypedTable) (*jen.Statement, error) {
	receiver := text("Metadata")
	inside := line(1, len(","))
	inside.column += len("Declared: ")
	declared, err := r.call(schema.Call{
		Func: "Declare", Args: append([]any{t.Table.Name.Name}, t.Table.Items(schema.IndexesInside)...), Wide: true,
	}, &receiver)
	if err != nil {
		return nil, err
	}
	column := qualified(schema.Path, "ColumnName")
	types := []jen.Code{jen.Add(qualified(schema.Path, "Declared").text)}
	values := []jen.Code{jen.Id("Declared").Op(":").Add(declared.code(inside))}
	for _, c := range t.Columns {
		if !token.IsIdentifier(c.Field) {
			return nil, fmt.Errorf("column %q: %q is no name of a field", c.Column, c.Field)
		}
		types = append(types, jen.Id(c.Field).Add(column.text))
		values = append(values, jen.Id(c.Field).Op(":").Add(quoted(c.Column).text))
	}
	// var AccountTable = struct {
	// 	schema.Declared
	// 	ID schema.ColumnName
	// }{
	// 	Declared: Metadata.Declare("account", …),
	// 	ID:       "id",
	// }
	return jen.Op(comment(cmp.Or(t.Doc, t.Var+" is the table "+t.Table.Name.String()+"."))).Line().
		Var().Id(t.Var).Op("=").Struct(slices.Clip(types)...).Add(fields(values...)), nil
}
