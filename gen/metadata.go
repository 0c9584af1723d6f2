package gen

import (
	"bytes"
	"cmp"
	"fmt"
	"go/token"
	"maps"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
)

// MetadataData is a schema that is to be declared in Go.
type MetadataData struct {
	Package string          // name of the package; empty for "models"
	Tables  []*schema.Table // in the order in which they are to stand
	Split   bool            // a file for each table instead of one for all
	Notes   []string        // what the declaration does not say: a list in the package's comment
}

// SourceFile is a file of Go source.
type SourceFile struct {
	Name    string
	Content []byte
}

// metadataVar is the variable that `gomig init` looks for.
const metadataVar = "Metadata"

// Metadata declares tables in Go: a variable Metadata, and one for each table.
// The first file holds the metadata itself. Names of constraints and indexes are
// written out, so that no naming convention is needed to have them again.
func Metadata(d MetadataData) ([]SourceFile, error) {
	d.Package = cmp.Or(d.Package, "models")
	if !token.IsIdentifier(d.Package) || d.Package == "main" {
		return nil, fmt.Errorf("declaring the schema: %q is no name of a package that can be imported", d.Package)
	}
	main := newSourceFile("metadata.go", d)
	main.declareMetadata()
	files := []*sourceFile{main}
	names := map[string]bool{"metadata": true}
	idents := tableNames(d.Tables)
	for i, t := range d.Tables {
		f := main
		if d.Split {
			f = newSourceFile(unique(names, fileStem(t.Name))+".go", MetadataData{Package: d.Package})
			files = append(files, f)
		}
		if err := f.declareTable(idents[i], t); err != nil {
			return nil, fmt.Errorf("declaring table %q: %w", t.Name, err)
		}
	}
	out := make([]SourceFile, len(files))
	for i, f := range files {
		src, err := f.render()
		if err != nil {
			return nil, fmt.Errorf("declaring the schema: writing %s: %w", f.name, err)
		}
		out[i] = SourceFile{Name: f.name, Content: src}
	}
	return out, nil
}

// tableNames are the Go names of tables, no two the same. A table that shares
// its name with one before says its schema.
func tableNames(tables []*schema.Table) []string {
	gone := map[string]bool{metadataVar: true}
	out := make([]string, len(tables))
	for i, t := range tables {
		name := GoName(t.Name.Name)
		if gone[name] && t.Name.Schema != "" {
			name = GoName(t.Name.Schema + "_" + t.Name.Name)
		}
		out[i] = unique(gone, name)
	}
	return out
}

// fileStem is the name of a table's file, without its ending.
func fileStem(n schema.Name) string {
	return cmp.Or(script.FileName(strings.ToLower(strings.Join(words(n.String()), "_"))), "table")
}

// sourceFile is a file in the making: its declarations and what they import.
type sourceFile struct {
	name     string
	data     MetadataData
	renderer *renderer
	body     []declaration
}

// declaration is a variable with its comment.
type declaration struct {
	doc, name string
	value     node
}

func newSourceFile(name string, d MetadataData) *sourceFile {
	return &sourceFile{name: name, data: d, renderer: newRenderer(nil)}
}

// declareMetadata writes the variable that all tables are declared in.
func (f *sourceFile) declareMetadata() {
	f.renderer.use(schema.Path, "schema")
	// var Metadata = schema.NewMetadata(schema.Options{})
	f.body = append(f.body, declaration{
		doc: metadataVar + " is the schema of the database.", name: metadataVar,
		value: call(qualified(schema.Path, "NewMetadata"), list{head: qualified(schema.Path, "Options"), in: curly}),
	})
}

// declareTable writes a table as the server has it.
func (f *sourceFile) declareTable(name string, t *schema.Table) error {
	receiver := text(metadataVar)
	// var Account = Metadata.Table("account", …)
	n, err := f.renderer.call(schema.Call{
		Func: "Table", Args: append([]any{t.Name.Name}, t.Items(schema.IndexesInside)...), Wide: true,
	}, &receiver)
	if err != nil {
		return err
	}
	f.body = append(f.body, declaration{doc: fmt.Sprintf("%s is the table %s.", name, strconv.Quote(t.Name.String())), name: name, value: n})
	return nil
}

// render writes the file.
func (f *sourceFile) render() ([]byte, error) {
	scope := newScope(f.renderer.paths, maps.Clone(f.renderer.names), nil)
	file := jen.NewFile(f.data.Package)
	for path, b := range scope {
		if b.alias {
			file.ImportAlias(path, b.name)
		} else {
			file.ImportName(path, b.name)
		}
	}
	f.packageComment(file)
	for _, d := range f.body {
		// // Account is the table "account".
		// var Account = Metadata.Table(…)
		file.Op(comment(d.doc)).Line().Var().Id(d.name).Op("=").Add(d.value.code(place{column: len("var  = ") + len(d.name)}))
		file.Line()
	}
	var buf bytes.Buffer
	if err := file.Render(&buf); err != nil {
		first, _, _ := strings.Cut(err.Error(), "\n") // the rest is the whole source
		return nil, fmt.Errorf("%s", first)
	}
	return gofumpt(buf.Bytes(), "")
}

// packageComment says what the package is, in the file that holds the metadata.
func (f *sourceFile) packageComment(file *jen.File) {
	if len(f.body) == 0 || f.body[0].name != metadataVar {
		return
	}
	text := "Package " + f.data.Package + " declares the schema of the database."
	if len(f.data.Notes) > 0 {
		text += "\n\nWhat the database has and this declaration does not say:\n\n"
		for _, n := range f.data.Notes {
			text += "  - " + strings.Join(strings.Fields(n), " ") + "\n"
		}
	}
	for _, l := range strings.Split(comment(text), "\n") {
		file.PackageComment(l)
	}
}
