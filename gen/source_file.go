package gen

import (
	"bytes"
	"fmt"
	"maps"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/gomig-dev/gomig/schema"
)

// sourceFiles are the files of a declaration: one, or one for each table and view.
type sourceFiles struct {
	pkg   string
	split bool
	names map[string]bool // of files that are there
	list  []*sourceFile
}

func newSourceFiles(stem, pkg string, split bool) *sourceFiles {
	return &sourceFiles{
		pkg: pkg, split: split, names: map[string]bool{stem: true}, list: []*sourceFile{newSourceFile(stem+".go", pkg)},
	}
}

// main is the file that holds what belongs to no table or view.
func (l *sourceFiles) main() *sourceFile { return l.list[0] }

// of is the file of a table or view.
func (l *sourceFiles) of(n schema.Name) *sourceFile {
	if !l.split {
		return l.main()
	}
	f := newSourceFile(unique(l.names, fileStem(n))+".go", l.pkg)
	l.list = append(l.list, f)
	return f
}

// declare writes objects as the server has them.
func (l *sourceFiles) declare(objects []object) error {
	for _, o := range objects {
		f := l.main()
		if o.apart {
			f = l.of(o.name)
		}
		if err := f.declare(o); err != nil {
			return fmt.Errorf("declaring %s %q: %w", o.kind, o.name, err)
		}
	}
	return nil
}

func (l *sourceFiles) render() ([]SourceFile, error) {
	out := make([]SourceFile, len(l.list))
	for i, f := range l.list {
		src, err := f.render()
		if err != nil {
			return nil, fmt.Errorf("declaring the schema: writing %s: %w", f.name, err)
		}
		out[i] = SourceFile{Name: f.name, Content: src}
	}
	return out, nil
}

// sourceFile is a file in the making: its declarations and what they import.
type sourceFile struct {
	name, pkg  string
	doc        string   // the package's comment; empty for none
	directives []string // lines for tools, behind the imports
	renderer   *renderer
	body       []declaration
}

// declaration is a variable or a type with its comment.
type declaration struct {
	doc, name string
	value     node           // of a variable
	code      *jen.Statement // of a type, whole
}

func newSourceFile(name, pkg string) *sourceFile {
	return &sourceFile{name: name, pkg: pkg, renderer: newRenderer(nil)}
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
	file := jen.NewFile(f.pkg)
	for path, b := range scope {
		if b.alias {
			file.ImportAlias(path, b.name)
		} else {
			file.ImportName(path, b.name)
		}
	}
	if f.doc != "" {
		for l := range strings.SplitSeq(comment(f.doc), "\n") {
			file.PackageComment(l)
		}
	}
	for _, d := range f.directives {
		file.Op("//" + d).Line()
	}
	for _, d := range f.body {
		s := file.Op(comment(d.doc)).Line()
		if d.code != nil {
			s.Add(d.code)
		} else {
			// // Account is the table "account".
			// var Account = Metadata.Table(…)
			s.Var().Id(d.name).Op("=").Add(d.value.code(place{column: len("var  = ") + len(d.name)}))
		}
		file.Line()
	}
	var buf bytes.Buffer
	if err := file.Render(&buf); err != nil {
		first, _, _ := strings.Cut(err.Error(), "\n") // the rest is the whole source
		return nil, fmt.Errorf("%s", first)
	}
	return gofumpt(buf.Bytes(), "")
}

// packageDoc is a package's comment, with what the package does not say.
func packageDoc(text string, notes []string) string {
	if len(notes) > 0 {
		text += "\n\nWhat the database has and this declaration does not say:\n\n"
		for _, n := range notes {
			text += "  - " + strings.Join(strings.Fields(n), " ") + "\n"
		}
	}
	return text
}
