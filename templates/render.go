package templates

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"go/format"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"unicode"

	"github.com/gomig-dev/gomig/internal/pattern"
)

// The names of the files that a command must know.
const (
	Config = "alembic.ini"    // goes where the configuration is, not into the environment
	Script = "script.go.tmpl" // the template of revisions
)

// Data is what an environment is made with. The zero value of each field gives its default.
type Data struct {
	Package     string // name of the environment package; empty for migrations
	Dir         string // the environment's directory, absolute or relative to that of the configuration; empty for Package
	DatabaseURL string // may hold ${VAR} from the process environment; empty for sqlite:///app.db
	Driver      string // import path of the driver; empty for modernc.org/sqlite
	Target      Target // the user's declared schema; zero for not known
	ModulePath  string // path of the user's module, for a template that imports its packages
}

// Target says where the declared schema is.
type Target struct {
	Path string // import path, such as example.com/shop/models
	Name string // what it is imported as; empty for the package's own name
	Expr string // such as models.Metadata
}

// File is one file of an environment.
type File struct {
	Path    string // relative to the environment, with slashes
	Content []byte
}

func (d Data) withDefaults() Data {
	d.Package = cmp.Or(d.Package, "migrations")
	d.Dir = cmp.Or(d.Dir, d.Package)
	d.DatabaseURL = cmp.Or(d.DatabaseURL, "sqlite:///app.db")
	d.Driver = cmp.Or(d.Driver, "modernc.org/sqlite")
	return d
}

// check refuses what would be no Go or no configuration.
func (d Data) check() error {
	t := d.Target
	switch {
	case !token.IsIdentifier(d.Package):
		return fmt.Errorf("%q is no name of a package", d.Package)
	case (t.Path == "") != (t.Expr == ""):
		return errors.New("the target has an import path or an expression, but not both")
	case t.Name != "" && !token.IsIdentifier(t.Name):
		return fmt.Errorf("%q is no name for an import", t.Name)
	}
	for _, p := range []string{d.Driver, t.Path} {
		if strings.ContainsFunc(p, notInPath) {
			return fmt.Errorf("%q is no import path", p)
		}
	}
	if t.Expr != "" {
		if _, err := parser.ParseExpr(t.Expr); err != nil {
			return fmt.Errorf("the target %q is no Go expression: %w", t.Expr, err)
		}
	}
	return nil
}

// notInPath holds for the runes that the language keeps out of import paths.
func notInPath(r rune) bool {
	return !unicode.IsGraphic(r) || unicode.IsSpace(r) || strings.ContainsRune("!\"#$%&'()*,:;<=>?[\\]^{|}`\uFFFD", r)
}

// Render makes the files of an environment, sorted by path. What makes a
// package of the revisions, versions.go, goes into the directory versions.
func Render(fsys fs.FS, d Data) ([]File, error) {
	d = d.withDefaults()
	if err := d.check(); err != nil {
		return nil, fmt.Errorf("rendering the environment: %w", err)
	}
	var files []File
	err := fs.WalkDir(fsys, ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || p == partsFile {
			return err
		}
		text, err := fs.ReadFile(fsys, p)
		if err != nil {
			return err
		}
		f, err := d.file(fsys, p, text)
		files = append(files, f)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("rendering the environment: %w", err)
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return files, nil
}

// file makes one file of the environment from one of the template.
func (d Data) file(fsys fs.FS, name string, text []byte) (File, error) {
	target, isTemplate := strings.CutSuffix(name, ".tmpl")
	if !isTemplate || name == Script {
		return File{Path: name, Content: text}, nil
	}
	t, err := template.New(name).Option("missingkey=error").Funcs(funcs).Parse(string(text))
	if err == nil {
		err = addParts(t, fsys)
	}
	if err != nil {
		return File{}, located(err)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, d); err != nil {
		return File{}, located(err)
	}
	out := b.Bytes()
	if path.Ext(target) == ".go" {
		if out, err = format.Source(out); err != nil {
			return File{}, fmt.Errorf("what the template %s gives is no Go: %w", name, err)
		}
	}
	if target == "versions.go" {
		target = "versions/versions.go"
	}
	return File{Path: target, Content: out}, nil
}

// partsFile defines what several files of environments have in common.
const partsFile = "parts.tmpl"

// addParts defines for a template the parts that come with gomig, and those of its folder.
func addParts(t *template.Template, own fs.FS) error {
	for _, fsys := range []fs.FS{embeddedRoot{}, own} {
		name := partsFile
		if _, ok := fsys.(embeddedRoot); ok {
			name = common + "/" + partsFile
		}
		text, err := fs.ReadFile(fsys, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			_, err = t.New(partsFile).Parse(string(text))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// located is an error of a template without the word in front of name:line.
func located(err error) error {
	return errors.New(strings.TrimPrefix(err.Error(), "template: "))
}

// funcs are the functions a template of an environment has beside those of text/template.
var funcs = template.FuncMap{
	"quote":    strconv.Quote,
	"ini":      ini,
	"other":    other,
	"location": location,
}

// ini is text as a value of the configuration: percent signs doubled, on one
// line. A ${VAR} stays one.
func ini(value string) (string, error) {
	if strings.ContainsAny(value, "\n\r\x00") {
		return "", fmt.Errorf("%q cannot stand in %s: it holds a line break", value, Config)
	}
	return strings.ReplaceAll(value, "%", "%%"), nil
}

// other is the URL of a second database beside that of the first.
func other(url, name string) string {
	for _, stem := range []string{"dbname", "app"} {
		if before, ok := strings.CutSuffix(strings.TrimSuffix(url, ".db"), "/"+stem); ok {
			return before + "/" + name + strings.TrimPrefix(url, before+"/"+stem)
		}
	}
	if url == "${DATABASE_URL}" {
		return "${" + strings.ToUpper(name) + "_URL:-}"
	}
	return url
}

var dollars = pattern.Lazy(`\$+\{`)

// location is a directory as a value of the configuration, which may be moved along with it.
func location(dir string) (string, error) {
	value, err := ini(filepath.ToSlash(dir))
	if err != nil {
		return "", err
	}
	value = dollars().ReplaceAllStringFunc(value, func(run string) string {
		return strings.Repeat("$", 2*(len(run)-1)) + "{"
	})
	if filepath.IsAbs(dir) {
		return value, nil
	}
	return "%(here)s/" + strings.TrimPrefix(value, "./"), nil
}
