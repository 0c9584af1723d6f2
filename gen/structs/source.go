package structs

import (
	"fmt"
	"go/token"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/gen"
)

// Apart says that the schema is declared in a package of its own.
type Apart struct {
	Package string // its name; empty for the package of the structs
}

// Source is the file that declares what the structs of a package do. In their
// own package a table's variable is named after its struct with Table behind it,
// elsewhere like the struct.
func Source(p *Package, at Apart) ([]byte, error) {
	d := gen.TypedData{
		Header: Header, Package: p.Name, ModulePath: p.ModulePath, Naming: p.Naming,
		Doc: "Metadata is the schema that the structs of this package declare.",
	}
	suffix, what := "Table", ""
	if at.Package != "" {
		d.Package, suffix, what = at.Package, "", p.Name+"."
		d.Doc = "Metadata is the schema that the structs of package " + p.Path + " declare."
	} else {
		d.Reserved = p.Reserved
	}
	gone := append([]string{"Metadata"}, d.Reserved...)
	if slices.Contains(d.Reserved, "Metadata") {
		return nil, fmt.Errorf("generating the schema of %s: the package declares Metadata already; write it into a package of its own by --output", p.Path)
	}
	for _, t := range p.Tables {
		name := title(t.Struct)
		if name == "" {
			name = camel(t.Table.Name.Name)
		}
		name += suffix
		if !token.IsIdentifier(name) {
			return nil, fmt.Errorf("generating the schema of %s: table %q has no name in Go; give it a struct", p.Path, t.Table.Name)
		}
		if slices.Contains(gone, name) {
			return nil, fmt.Errorf("generating the schema of %s: %s is declared already, and table %q wants the name; write the schema into a package of its own by --output", p.Path, name, t.Table.Name)
		}
		gone = append(gone, name)
		out := gen.TypedTable{Var: name, Table: t.Table, Doc: fmt.Sprintf("%s is the table %q of [%s%s].", name, t.Table.Name, what, t.Struct)}
		if t.Struct == "" {
			out.Doc = fmt.Sprintf("%s is the table %q between two others.", name, t.Table.Name)
		}
		for _, c := range t.Columns {
			out.Columns = append(out.Columns, gen.TypedColumn{Field: c.Field, Column: c.Column})
		}
		d.Tables = append(d.Tables, out)
	}
	return gen.Typed(d)
}

// camel is a table's name as a Go name: user_languages is UserLanguages.
func camel(s string) string {
	var b strings.Builder
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '_' || r == '-' || r == '.' || r == ' ' }) {
		if up := strings.ToUpper(w); slices.Contains(initialisms, up) {
			w = up
		}
		b.WriteString(title(w))
	}
	return b.String()
}
