package gen

import (
	"cmp"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"strconv"
	"strings"

	"mvdan.cc/gofumpt/format"

	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
)

// langVersion is the version of Go that generated code is written in. This
// module demands it, so the user's has it too.
const langVersion = "go1.26"

// File is a whole revision file: the template executed, its imports completed
// and cleared of what is not needed, and formatted. Imports of the template's
// own are kept as they are.
//
// An error names the template and its line, or shows the line of the generated
// source that is no Go.
func File(tmpl string, d Data) ([]byte, error) {
	d.TemplateName = cmp.Or(d.TemplateName, "script.go.tmpl")
	d.Package = cmp.Or(d.Package, "versions")
	src, err := d.source(tmpl)
	if err != nil {
		return nil, fmt.Errorf("rendering revision %q: %w", d.UpRevision, err)
	}
	return src, nil
}

func (d Data) source(tmpl string) ([]byte, error) {
	switch {
	case d.UpRevision == "":
		return nil, errors.New("it has no id")
	case !token.IsIdentifier(d.Package):
		return nil, fmt.Errorf("%q is no name of a package", d.Package)
	}
	var reserved map[string]bool
	for {
		names := d.scope(reserved)
		p, err := d.page(names)
		if err != nil {
			return nil, err
		}
		text, err := execute(tmpl, d, p)
		if err != nil {
			return nil, err
		}
		f, err := parse(d.TemplateName, text)
		if err != nil {
			return nil, err
		}
		// The template's own names win: the packages of the bodies get others.
		if own := f.names(names); reserved == nil && names.collides(own) {
			reserved = own
			continue
		}
		return d.finish(f, names)
	}
}

// fragments are all bodies of the file.
func (d Data) fragments() []Fragment {
	all := []Fragment{d.Upgrades, d.Downgrades}
	for _, db := range d.Databases {
		all = append(all, db.Upgrades, db.Downgrades)
	}
	return all
}

// scope names the imports that the file may need: those of the bodies, of the
// frame, and what the caller adds.
func (d Data) scope(reserved map[string]bool) scope {
	used := map[string]bool{"context": true, op.Path: true, schema.Path: true, scriptPath: true}
	known := map[string]string{}
	locals := map[string]bool{}
	for name := range reserved {
		locals[name] = true
	}
	for _, f := range d.fragments() {
		for path := range f.paths {
			used[path] = true
			if n := f.names[path]; n != "" {
				known[path] = n
			}
		}
		for name := range f.locals {
			locals[name] = true
		}
	}
	for _, i := range d.Imports {
		used[i.Path] = true
		if i.Name != "" {
			known[i.Path] = i.Name
		}
	}
	delete(used, d.PackagePath)
	names := newScope(used, known, locals)
	for _, i := range d.Imports {
		if b, ok := names[i.Path]; ok && i.Name != "" && i.Name != packageName(i.Path) {
			b.alias = true // a name that was asked for is no name of the package's own
			names[i.Path] = b
		}
	}
	return names
}

func (d Data) page(names scope) (page, error) {
	p := page{
		Message: prose(d.Message), UpRevision: prose(d.UpRevision), DownRevision: newProses(d.DownRevision),
		BranchLabels: newProses(d.BranchLabels), DependsOn: newProses(d.DependsOn), CreateDate: stamp{d.CreateDate},
		Imports: names.imports(), Package: d.Package, Args: d.Args, config: d.Config,
		UpgradeFunc: "upgrade" + script.Ident(d.UpRevision), DowngradeFunc: "downgrade" + script.Ident(d.UpRevision),
	}
	if strings.TrimSpace(d.Message) == "" {
		p.Message = "empty message"
	}
	var err error
	write := func(f Fragment) string {
		text, werr := f.write(names, d.PackagePath)
		err = errors.Join(err, werr)
		return text
	}
	p.Upgrades, p.Downgrades = write(d.Upgrades), write(d.Downgrades)
	for _, db := range d.Databases {
		p.Databases = append(p.Databases, databasePage{
			Name: prose(db.Name), Upgrades: write(db.Upgrades), Downgrades: write(db.Downgrades),
			UpgradeFunc:   p.UpgradeFunc + ending(db.Name),
			DowngradeFunc: p.DowngradeFunc + ending(db.Name),
		})
	}
	return p, err
}

// ending is the part of a function's name that stands for a database: two names have two.
func ending(database string) string {
	id := script.Ident(database)
	if id != "" && 'a' <= id[0] && id[0] <= 'z' {
		return strings.ToUpper(id[:1]) + id[1:]
	}
	return "_" + id
}

// source is generated Go that parses.
type source struct {
	name string
	text string
	fset *token.FileSet
	ast  *ast.File
}

func parse(name, text string) (*source, error) {
	s := &source{name: name, text: text, fset: token.NewFileSet()}
	var err error
	if s.ast, err = parser.ParseFile(s.fset, name, text, parser.ParseComments); err != nil {
		return nil, offending(name, text, err)
	}
	return s, nil
}

// offending shows the line that is no Go.
func offending(name, text string, err error) error {
	var list scanner.ErrorList
	if !errors.As(err, &list) || len(list) == 0 {
		return fmt.Errorf("what the template %s gives is no Go: %w", name, err)
	}
	first := list[0]
	lines := strings.Split(text, "\n")
	shown := ""
	if n := first.Pos.Line; n >= 1 && n <= len(lines) {
		shown = ": " + strconv.QuoteToGraphic(strings.TrimSpace(lines[n-1]))
	}
	return fmt.Errorf("what the template %s gives is no Go: %s in line %d of it%s", name, first.Msg, first.Pos.Line, shown)
}

// finish settles the imports and formats.
func (d Data) finish(f *source, names scope) ([]byte, error) {
	text := f.settleImports(names)
	out := []byte(text)
	// Gofumpt may need to see its own lines once more.
	for range 3 {
		next, err := gofumpt(out, d.ModulePath)
		if err != nil {
			return nil, offending(d.TemplateName, string(out), err)
		}
		if string(next) == string(out) {
			break
		}
		out = next
	}
	return out, nil
}

// gofumpt formats. The formatter panics on what it did not think of, and a
// template may hold anything.
func gofumpt(src []byte, modulePath string) (out []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			out, err = nil, fmt.Errorf("formatting it: %v", p)
		}
	}()
	return format.Source(src, format.Options{LangVersion: langVersion, ModulePath: modulePath})
}
