// Package inspect shows what a database holds: as a declaration or structs in
// Go, as SQL, as JSON, as a picture.
package inspect

import (
	"context"
	"fmt"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// Schema is the part of a database that is shown.
type Schema struct {
	Dialect dialect.Dialect
	*dialect.Reflection
	Title string   // of a picture
	Notes []string // what is there and not shown
}

// Read reads what a filter lets through.
func Read(ctx context.Context, d dialect.Dialect, conn dialect.Conn, f Filter) (*Schema, error) {
	r, err := d.Reflect(ctx, conn, f.scope())
	if err == nil {
		err = dialect.ReadObjects(ctx, d, conn, f.scope(), r)
	}
	if err != nil {
		return nil, fmt.Errorf("reflecting the database: %w", err)
	}
	return f.choose(d, r), nil
}

// ViewOptions tells of what neither SQL nor Go says of a view.
func (s *Schema) ViewOptions() (notes []string) {
	for _, v := range s.Views {
		own, local := dialect.OwnViewOptions(s.Dialect, v)
		switch {
		case len(local) > 0: // an account, which another database may not have
			notes = append(notes, fmt.Sprintf("options of view %q that another database may not have: %s", v.Name, v.Options))
		case v.Options != "" && len(own) == 0:
			notes = append(notes, fmt.Sprintf("options of view %q: %s", v.Name, v.Options))
		}
	}
	return notes
}

// Undrawn tells of what a picture leaves out.
func (s *Schema) Undrawn() (notes []string) {
	for _, v := range s.Views {
		notes = append(notes, fmt.Sprintf("view %q", v.Name))
	}
	for _, q := range s.Sequences {
		notes = append(notes, fmt.Sprintf("sequence %q", q.Name))
	}
	return notes
}

// UnusedEnums tells of enumeration types that no column is of: a declaration in
// Go names a type where a column has it.
func (s *Schema) UnusedEnums() (notes []string) {
	used := map[schema.Name]bool{}
	for _, t := range s.Tables {
		for _, c := range t.Columns {
			if e, _, ok := schema.EnumOf(c.Type); ok {
				used[schema.Name{Schema: e.Schema, Name: e.Name}] = true
			}
		}
	}
	for _, e := range s.Enums {
		if !used[e.Name] {
			notes = append(notes, fmt.Sprintf("enumeration type %q, which no column is of", e.Name))
		}
	}
	return notes
}
