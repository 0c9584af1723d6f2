package picture

import (
	"bufio"
	"fmt"
	"io"

	"github.com/gomig-dev/gomig/internal/page"
	"github.com/gomig-dev/gomig/internal/plural"
)

// HTML draws the history as a page with the picture and a field to search it: the
// Enter key goes from one found revision to the next. It loads nothing from elsewhere.
func HTML(w io.Writer, h History) error {
	heads := 0
	for _, n := range h.Nodes {
		if n.IsRealHead() {
			heads++
		}
	}
	count := plural.Count(len(h.Nodes), "revision") + ", " + plural.Count(heads, "head")
	if pending := h.pending(); pending != nil {
		count += fmt.Sprintf(", %d not applied", len(pending))
	}
	p := page.Page{Title: h.title(), Summary: count, Find: "id, label or message", Items: ".revision", Style: pageStyle}
	return p.Write(w, func(out *bufio.Writer) { h.svg(out) })
}

const pageStyle = `.dim { opacity: .2 }
.revision:hover .id { text-decoration: underline }
`
