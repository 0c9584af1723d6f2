package inspect

import (
	"slices"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/gen"
	"github.com/gomig-dev/gomig/gen/structs"
	"github.com/gomig-dev/gomig/schema"
)

// Go declares the schema in a package of Go, split into a file for each table and view or not.
func (s *Schema) Go(pkg string, split bool) ([]gen.SourceFile, error) {
	return gen.Metadata(gen.MetadataData{
		Package: pkg, Sequences: s.declaredSequences(), Tables: s.Tables, Views: s.declaredViews(), Split: split, Notes: s.Notes,
	})
}

// Structs are the files of tagged structs, and what no tag could say. Views and
// sequences are declared beside them, in the metadata that is generated of the structs.
func (s *Schema) Structs(pkg string, split bool) (files []gen.SourceFile, left []string, err error) {
	d, left := structs.Write(s.Tables, structs.Words{
		LongIntegers: s.Dialect.Name() == "sqlite",
		Spell: func(t schema.Type) string {
			text, _ := s.typ(t) // what has no words is said in Go
			return text
		},
		Same: func(said, is schema.Type) bool { return s.column(said).Equal(is) },
	})
	d.Package, d.Split, d.Notes = pkg, split, slices.Concat(s.Notes, left)
	d.Sequences, d.Views = s.declaredSequences(), s.declaredViews()
	files, err = gen.Structs(d)
	return files, left, err
}

// column is a type as the database would have it for a column.
func (s *Schema) column(t schema.Type) schema.Type {
	return s.Dialect.Canonical(schema.NewTable("t", schema.Column("c", t))).Columns[0].Type
}

// declaredViews are the views as a metadata declares them.
func (s *Schema) declaredViews() []*schema.View {
	return each(s.Views, func(v dialect.View) *schema.View {
		own, _ := dialect.OwnViewOptions(s.Dialect, v)
		return &schema.View{Name: v.Name, Query: v.Definition, Materialized: v.Materialized, Indexes: v.Indexes, Options: own}
	})
}

// declaredSequences are the sequences as a metadata declares them.
func (s *Schema) declaredSequences() []*schema.Sequence {
	server, ok := s.Dialect.(dialect.Sequencer)
	return each(s.Sequences, func(q *schema.Sequence) *schema.Sequence {
		if !ok {
			return q
		}
		return dialect.PlainSequence(server, q)
	})
}
