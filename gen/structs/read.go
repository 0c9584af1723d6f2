package structs

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/gomig-dev/gomig/schema"
)

// ORM is the library by whose rules structs are read.
type ORM string

// The libraries.
const (
	Auto  ORM = ""      // the one whose tags a struct carries
	Plain ORM = "gomig" // gomig's own tags, or none
	GORM  ORM = "gorm"
	Bun   ORM = "bun"
	SQLX  ORM = "db" // `db` tags, as of sqlx
)

// ORMs are the libraries by name.
func ORMs() []string { return []string{string(Plain), string(GORM), string(Bun), string(SQLX)} }

// Options say what is read.
type Options struct {
	Dir       string   // where patterns start; empty for the working directory
	Patterns  []string // packages as the go command names them; none for the one in Dir
	ORM       ORM      // for every struct; Auto asks its tags
	Types     []string // the structs that are tables; none for all that look like one
	Comments  bool     // doc comments become the comments of tables and columns
	BuildTags string   // build tags, separated by commas
}

// Package is what the structs of a package declare.
type Package struct {
	Name       string // of the package
	Path       string // its import path
	ModulePath string // of its module; empty outside one
	Dir        string
	Naming     schema.NamingConvention
	Tables     []*Table // by the names of their files and the places in them
	Notes      []string // what is left out, each with the reason
	Reserved   []string // what the package declares
}

// Table is a table that a struct declares.
type Table struct {
	Struct  string // the struct's name; empty for a table between two
	Doc     string // the struct's comment
	Pos     token.Position
	Table   *schema.Table
	Columns []Column
}

// Column is a column with the name of the struct's field.
type Column struct{ Field, Column string }

// Read reads the structs of packages. Of several, those without a table are left out.
func Read(ctx context.Context, o Options) ([]*Package, error) {
	found, err := load(ctx, o)
	if err != nil {
		return nil, err
	}
	var out []*Package
	var errs []error
	w := newWorld(found)
	for _, p := range found {
		r := &reader{world: w, pkg: p, options: o}
		got, err := r.read()
		switch {
		case err != nil:
			errs = append(errs, err)
		case len(got.Tables) > 0:
			out = append(out, got)
		case len(found) == 1:
			errs = append(errs, fmt.Errorf("reading %s: no struct is a table; give one a tag, or the comment //gomig:table", p.PkgPath))
		}
	}
	if len(errs) == 0 && len(out) == 0 {
		errs = append(errs, fmt.Errorf("reading %s: no struct is a table; give one a tag, or the comment //gomig:table", strings.Join(o.Patterns, " ")))
	}
	return out, errors.Join(errs...)
}

// reader reads one package.
type reader struct {
	*world
	pkg      *packages.Package
	options  Options
	problems []problem
	notes    []string
}

// problem is something that the source does not tell.
type problem struct {
	pos  token.Position
	text string
}

func (r *reader) problem(pos token.Pos, format string, args ...any) {
	r.problems = append(r.problems, problem{r.fset.Position(pos), fmt.Sprintf(format, args...)})
}

// note tells of something that is left out.
func (r *reader) note(pos token.Pos, format string, args ...any) {
	r.notes = append(r.notes, r.place(r.fset.Position(pos))+": "+fmt.Sprintf(format, args...))
}

// err is all problems, one a line, in the order of the source.
func (r *reader) err() error {
	slices.SortStableFunc(r.problems, func(a, b problem) int {
		return cmp.Or(strings.Compare(a.pos.Filename, b.pos.Filename), cmp.Compare(a.pos.Line, b.pos.Line), cmp.Compare(a.pos.Column, b.pos.Column))
	})
	var errs []error
	for i, p := range r.problems {
		if i > 0 && p == r.problems[i-1] {
			continue
		}
		if !p.pos.IsValid() {
			errs = append(errs, errors.New(p.text))
			continue
		}
		errs = append(errs, fmt.Errorf("%s: %s", r.place(p.pos), p.text))
	}
	return errors.Join(errs...)
}

// place is file:line:column, the file as seen from where the command runs.
func (r *reader) place(p token.Position) string {
	if base, err := filepath.Abs(r.options.Dir); err == nil {
		if rel, err := filepath.Rel(base, p.Filename); err == nil && filepath.IsLocal(rel) {
			p.Filename = filepath.ToSlash(rel)
		}
	}
	return p.String()
}

func (r *reader) read() (*Package, error) {
	out := &Package{
		Name: r.pkg.Name, Path: r.pkg.PkgPath, Dir: packageDir(r.pkg),
		Reserved: r.pkg.Types.Scope().Names(),
	}
	if r.pkg.Module != nil {
		out.ModulePath = r.pkg.Module.Path
	}
	models := r.models()
	for _, m := range models {
		if m.skip == "" || m.skip == embedded || m.skip == alone {
			r.checkTags(m.fields)
		}
		switch m.skip {
		case "", embedded, ignored, valued:
		default:
			r.note(m.pos, "struct %s is taken for no table: %s", m.name, m.skip)
		}
	}
	models = slices.DeleteFunc(models, func(m *model) bool { return m.skip != "" })
	byORM := map[ORM][]*model{}
	for _, m := range models {
		byORM[m.orm] = append(byORM[m.orm], m)
	}
	var tables []*table
	tables = append(tables, r.gorm(byORM[GORM])...)
	tables = append(tables, r.bun(byORM[Bun])...)
	tables = append(tables, r.plain(append(byORM[Plain], byORM[SQLX]...))...)
	slices.SortStableFunc(tables, func(a, b *table) int { return r.order(a.pos, b.pos) })
	r.finish(tables)
	if len(byORM[GORM]) == 0 && len(byORM[Bun]) == 0 && !unnamed(r.pkg.Syntax) {
		out.Naming = schema.DefaultNaming
	}
	for _, t := range tables {
		out.Tables = append(out.Tables, r.result(t))
	}
	out.Notes = r.notes
	return out, r.err()
}

func packageDir(p *packages.Package) string {
	for _, f := range slices.Concat(p.GoFiles, p.CompiledGoFiles) {
		return filepath.Dir(f)
	}
	return p.Dir
}

// table is a table in the making.
type table struct {
	model   *model // nil for a table between two
	pos     token.Pos
	def     *schema.Table
	columns []*column
}

// column is a column in the making.
type column struct {
	field *field
	name  string // the field's Go name, with those it is embedded under in front where they carry a prefix
	def   *schema.ColumnDef
}

func (t *table) add(c *column) {
	t.columns = append(t.columns, c)
	t.def.Columns = append(t.def.Columns, c.def)
}

// column is the column of a name, nil if there is none.
func (t *table) column(name string) *column {
	for _, c := range t.columns {
		if c.def.Name == name {
			return c
		}
	}
	return nil
}

// result is a table as it is handed out.
func (r *reader) result(t *table) *Table {
	out := &Table{Table: t.def, Pos: r.fset.Position(t.pos)}
	if t.model != nil {
		out.Struct, out.Doc = t.model.name, r.docs[t.model.pos]
	}
	gone := map[string]bool{"Declared": true}
	for _, c := range t.columns {
		name := c.name
		for gone[name] {
			name += "_"
		}
		gone[name] = true
		out.Columns = append(out.Columns, Column{Field: name, Column: c.def.Name})
	}
	return out
}

// finish adds comments and checks what the tables declare as the schema package does.
func (r *reader) finish(tables []*table) {
	seen := map[schema.Name]*table{}
	for _, t := range tables {
		if before := seen[t.def.Name]; before != nil {
			r.problem(t.pos, "table %q is declared by %s already, at %s; //gomig:ignore above one of them leaves it out", t.def.Name, before.what(), r.place(r.fset.Position(before.pos)))
			continue
		}
		seen[t.def.Name] = t
		if r.options.Comments {
			r.comment(t)
		}
		if len(t.columns) == 0 {
			r.problem(t.pos, "table %q of %s has no columns", t.def.Name, t.what())
			continue
		}
		if len(r.problems) > 0 {
			continue // they are the cause of most of what is wrong
		}
		for _, err := range checked(t.def) {
			r.problem(t.pos, "%s: %s", t.what(), err)
		}
	}
}

// what is the table's struct, in words.
func (t *table) what() string {
	if t.model != nil {
		return "struct " + t.model.name
	}
	return "the table between two structs"
}

// checked asks the schema package what is wrong with a table.
func checked(t *schema.Table) []string {
	var items []schema.TableItem
	for _, c := range t.Columns {
		items = append(items, c)
	}
	for _, c := range t.Constraints() {
		items = append(items, c)
	}
	for _, i := range t.Indexes {
		items = append(items, i)
	}
	if err := schema.NewTable(t.Name.Name, items...).Err(); err != nil {
		return strings.Split(err.Error(), "\n")
	}
	return nil
}

// comment makes doc comments those of the table and its columns, where none are given.
func (r *reader) comment(t *table) {
	if t.model != nil && t.def.Comment == "" {
		t.def.Comment = oneLine(r.docs[t.model.pos])
	}
	for _, c := range t.columns {
		if c.def.Comment == "" && c.field != nil {
			c.def.Comment = oneLine(r.docs[c.field.pos])
		}
	}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// sameType reports whether both are the same named type.
func sameType(a, b *types.Named) bool { return a != nil && b != nil && a.Obj() == b.Obj() }
