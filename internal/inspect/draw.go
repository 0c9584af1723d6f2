package inspect

import (
	"context"
	"io"

	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/schema/picture"
)

// drawing is the schema as it is drawn.
func (s *Schema) drawing() picture.Schema {
	return picture.Schema{
		Title: s.Title, Tables: s.Tables, Notes: s.Notes,
		Type: func(t schema.Type) string {
			text, _ := s.typ(t) // a type without words is drawn without
			return text
		},
	}
}

// Mermaid draws the schema for Markdown pages.
func (s *Schema) Mermaid(_ context.Context, w io.Writer) error {
	return picture.Mermaid(w, s.drawing())
}

// SVG draws the schema.
func (s *Schema) SVG(_ context.Context, w io.Writer) error { return picture.SVG(w, s.drawing()) }

// HTML draws the schema on a page that can be searched.
func (s *Schema) HTML(_ context.Context, w io.Writer) error { return picture.HTML(w, s.drawing()) }
