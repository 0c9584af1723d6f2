package gomig

import (
	"context"
	"io"

	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/schema/picture"
)

// drawing is the schema as it is drawn.
func (s inspected) drawing() picture.Schema {
	return picture.Schema{
		Title: s.title, Tables: s.Tables, Notes: s.notes,
		Type: func(t schema.Type) string {
			text, _ := s.typ(t) // a type without words is drawn without
			return text
		},
	}
}

func (s inspected) mermaid(_ context.Context, w io.Writer) error {
	return picture.Mermaid(w, s.drawing())
}

func (s inspected) svg(_ context.Context, w io.Writer) error { return picture.SVG(w, s.drawing()) }

func (s inspected) html(_ context.Context, w io.Writer) error { return picture.HTML(w, s.drawing()) }
