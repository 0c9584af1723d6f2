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
	Package   string             // name of the package; empty for "models"
	Sequences []*schema.Sequence // in the order in which they are to stand, as the others
	Tables    []*schema.Table
	Views     []*schema.View
	Split     bool     // a file for each table and view instead of one for all
	Notes     []string // what the declaration does not say: a list in the package's comment
}

// SourceFile is a file of Go source.
type SourceFile struct {
	Name    string
	Content []byte
}

// metadataVar is the variable that `gomig init` looks for.
const metadataVar = "Metadata"

// Metadata declares sequences, tables and views in Go: a variable Metadata, and
// one for each of them. The first file holds the metadata itself and the sequences. Names of constraints and indexes are
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
	for _, o := range objectsOf(d) {
		f := main
		if d.Split && o.apart {
			f = newSourceFile(unique(names, fileStem(o.name))+".go", MetadataData{Package: d.Package})
			files = append(files, f)
		}
		if err := f.declare(o); err != nil {
			return nil, fmt.Errorf("declaring %s %q: %w", o.kind, o.name, err)
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

// object is what a metadata declares by one call.
type object struct {
	ident, kind string
	name        schema.Name
	call        schema.Call // of a method of the metadata
	apart       bool        // it has a file of its own, if each has one
}

// objectsOf are all that is to be declared, no two by the same Go name. What
// shares its name with one before says its schema.
func objectsOf(d MetadataData) (out []object) {
	gone := map[string]bool{metadataVar: true}
	add := func(o object) {
		o.ident = GoName(o.name.Name)
		if gone[o.ident] && o.name.Schema != "" {
			o.ident = GoName(o.name.Schema + "_" + o.name.Name)
		}
		o.ident = unique(gone, o.ident)
		out = append(out, o)
	}
	// Metadata.Sequence("order_no", …)
	for _, q := range d.Sequences {
		add(object{kind: "sequence", name: q.Name, call: q.Declaration()})
	}
	// Metadata.Table("account", …)
	for _, t := range d.Tables {
		add(object{kind: "table", name: t.Name, apart: true, call: schema.Call{
			Func: "Table", Args: append([]any{t.Name.Name}, t.Items(schema.IndexesInside)...), Wide: true,
		}})
	}
	// Metadata.View("recent", schema.ViewAs(…))
	for _, v := range d.Views {
		kind := "view"
		if v.Materialized {
			kind = "materialized view"
		}
		add(object{kind: kind, name: v.Name, apart: true, call: v.Declaration()})
	}
	return out
}

// fileStem is the name of a table's or view's file, without its ending.
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

// declare writes an object as the server has it.
func (f *sourceFile) declare(o object) error {
	receiver := text(metadataVar)
	n, err := f.renderer.call(o.call, &receiver)
	if err != nil {
		return err
	}
	// var Account = Metadata.Table("account", …)
	f.body = append(f.body, declaration{doc: fmt.Sprintf("%s is the %s %s.", o.ident, o.kind, strconv.Quote(o.name.String())), name: o.ident, value: n})
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
	for l := range strings.SplitSeq(comment(text), "\n") {
		file.PackageComment(l)
	}
}
