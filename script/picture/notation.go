package picture

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/gomig-dev/gomig/internal/mermaid"
	"github.com/gomig-dev/gomig/internal/page"
	"github.com/gomig-dev/gomig/script/revision"
)

// DOT writes the history for Graphviz.
func DOT(w io.Writer, h History) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "digraph %s {\n  rankdir=BT;\n  node [shape=box, style=rounded, fontname=\"sans-serif\", fontsize=11];\n", dotString(h.title()))
	pending := h.pending()
	for _, n := range h.Nodes {
		style := ""
		for _, m := range h.marks(n) {
			if m == Current {
				style += `, style="rounded,filled", fillcolor="#dddddd"`
			} else {
				style += ", penwidth=2"
			}
		}
		if pending[n] {
			style += `, style="rounded,dashed"`
		}
		fmt.Fprintf(out, "  %s [label=%s%s];\n", dotString(n.ID()), dotString(h.label(n, "\n")), style)
	}
	h.arrows(func(from, to *revision.Node, depends bool) {
		style := ""
		if depends {
			style = ", style=dashed"
		}
		// The arrow points to what is followed, and yet newer revisions stand above.
		fmt.Fprintf(out, "  %s -> %s [dir=back%s];\n", dotString(to.ID()), dotString(from.ID()), style)
	})
	out.WriteString("}\n")
	return out.Flush()
}

// label is what a box says, line by line.
func (h History) label(n *revision.Node, newline string) string {
	lines := []string{n.ID(), page.Shorten(summary(n), 40)}
	if words := h.words(n); len(words) > 0 {
		lines = append(lines, "("+strings.Join(words, ", ")+")")
	}
	return strings.Join(lines, newline)
}

// arrows calls draw for every line of the picture.
func (h History) arrows(draw func(from, to *revision.Node, depends bool)) {
	shown := make(map[*revision.Node]bool, len(h.Nodes))
	for _, n := range h.Nodes {
		shown[n] = true
	}
	for _, n := range h.Nodes {
		for _, p := range n.Down() {
			if shown[p] {
				draw(n, p, false)
			}
		}
		for _, d := range n.DependsOn() {
			if shown[d] {
				draw(n, d, true)
			}
		}
	}
}

func dotString(s string) string {
	s = strings.NewReplacer("\\", "\\\\", "\"", "\\\"", "\n", "\\n", "\r", " ", "\x00", "").Replace(s)
	return "\"" + s + "\""
}

// Mermaid writes the history for Mermaid, as Markdown pages show it. Mermaid
// itself refuses pictures of more than 500 lines unless it is told otherwise.
func Mermaid(w io.Writer, h History) error {
	out := bufio.NewWriter(w)
	out.WriteString("flowchart BT\n")
	names := make(map[*revision.Node]string, len(h.Nodes))
	classes := map[string][]string{}
	pending := h.pending()
	for i, n := range h.Nodes {
		name := fmt.Sprintf("r%d", i)
		names[n] = name
		fmt.Fprintf(out, "  %s[\"%s\"]\n", name, mermaidText(h.label(n, "\n")))
		class := ""
		for _, m := range h.marks(n) {
			class = "head"
			if m == Current {
				class = "current"
			}
		}
		if class == "" && pending[n] {
			class = "pending"
		}
		classes[class] = append(classes[class], name)
	}
	h.arrows(func(from, to *revision.Node, depends bool) {
		arrow := "---"
		if depends {
			arrow = "-.-"
		}
		fmt.Fprintf(out, "  %s %s %s\n", names[to], arrow, names[from])
	})
	for _, c := range []struct{ name, style string }{
		{"head", "stroke-width:3px"}, {"current", "fill:#ddd,stroke-width:3px"}, {"pending", "stroke-dasharray:4 3"},
	} {
		if list := classes[c.name]; len(list) > 0 {
			fmt.Fprintf(out, "  classDef %s %s\n  class %s %s\n", c.name, c.style, strings.Join(list, ","), c.name)
		}
	}
	return out.Flush()
}

// mermaidText is text inside a quoted label, where only entities are safe.
func mermaidText(s string) string {
	var b strings.Builder
	for _, r := range mermaid.Undirected(s) {
		switch {
		case r == '\n':
			b.WriteString("<br>")
		case strings.ContainsRune("\"'`#&<>{}[]()|;\\*_~", r) || r < ' ':
			fmt.Fprintf(&b, "#%d;", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
