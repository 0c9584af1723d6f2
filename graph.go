package gomig

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"github.com/gomig-dev/gomig/internal/whole"
	"github.com/gomig-dev/gomig/script/picture"
)

// GraphFormat is a form in which Graph draws.
type GraphFormat string

// The formats.
const (
	GraphSVG     GraphFormat = "svg"     // a picture
	GraphHTML    GraphFormat = "html"    // a page with the picture that can be searched
	GraphDOT     GraphFormat = "dot"     // for Graphviz
	GraphMermaid GraphFormat = "mermaid" // for Markdown pages
)

// GraphOptions are the options of Graph.
type GraphOptions struct {
	Format          GraphFormat // empty for SVG
	File            string      // to write; empty for the config's Stdout
	Range           string      // START:END; empty for everything
	IndicateCurrent bool        // marks what the database is at, and what is not applied
}

// History are the options of the part of the history that is drawn.
func (o GraphOptions) History() HistoryOptions {
	return HistoryOptions{Range: o.Range, IndicateCurrent: o.IndicateCurrent}
}

// Graph draws the history.
func Graph(ctx context.Context, c *Config, o GraphOptions) error {
	draw, ok := map[GraphFormat]func(io.Writer, picture.History) error{
		"": picture.SVG, GraphSVG: picture.SVG, GraphHTML: picture.HTML, GraphDOT: picture.DOT, GraphMermaid: picture.Mermaid,
	}[o.Format]
	if !ok {
		return wrong("drawing the history: there is no format %q; choose svg, html, dot or mermaid", o.Format)
	}
	part, err := c.part(ctx, o.History(), o.History().NeedsDatabase())
	if err != nil {
		return err
	}
	if dir, err := c.ScriptLocation(); err == nil {
		if m, err := findModule(dir); err == nil {
			part.Title = "Revisions of " + m.Path
		}
	}
	if o.File == "" {
		return draw(c.out(), part)
	}
	var b bytes.Buffer
	if err := draw(&b, part); err != nil {
		return err
	}
	if err := whole.Write(o.File, b.Bytes()); err != nil {
		return fmt.Errorf("drawing the history: %w", err)
	}
	c.status("Drawing %s ...  done", o.File)
	return nil
}
