package gen

import (
	"cmp"
	"fmt"
	"go/token"
	"strings"

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
	l := newSourceFiles("metadata", d.Package, d.Split)
	l.main().doc = packageDoc("Package "+d.Package+" declares the schema of the database.", d.Notes)
	l.main().declareMetadata()
	if err := l.declare(objectsOf(d, metadataVar)); err != nil {
		return nil, err
	}
	return l.render()
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
func objectsOf(d MetadataData, taken ...string) (out []object) {
	gone := map[string]bool{}
	for _, name := range taken {
		gone[name] = true
	}
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
