package picture

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// DOT writes the history for Graphviz.
func DOT(w io.Writer, h History) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "digraph %s {\n  rankdir=BT;\n  node [shape=box, style=rounded, fontname=\"sans-serif\"];\n", dotString(h.title()))
	for _, n := range h.Nodes {
		text := n.ID() + "\n" + summary(n)
		if words := append(n.Labels(), h.marks(n)...); len(words) > 0 {
			text += "\n(" + strings.Join(words, ", ") + ")"
		}
		extra := ""
		if len(h.marks(n)) > 0 {
			extra = ", penwidth=2"
		}
		fmt.Fprintf(out, "  %s [label=%s%s];\n", dotString(n.ID()), dotString(text), extra)
	}
	for _, n := range h.Nodes {
		for _, p := range n.Down() {
			fmt.Fprintf(out, "  %s -> %s [dir=back];\n", dotString(p.ID()), dotString(n.ID()))
		}
		for _, d := range n.DependsOn() {
			fmt.Fprintf(out, "  %s -> %s [dir=back, style=dashed];\n", dotString(d.ID()), dotString(n.ID()))
		}
	}
	out.WriteString("}\n")
	return out.Flush()
}

func dotString(s string) string {
	s = strings.NewReplacer("\\", "\\\\", "\"", "\\\"", "\n", "\\n", "\r", " ", "\x00", "").Replace(s)
	return "\"" + s + "\""
}

// Mermaid writes the history for Mermaid, as Markdown pages show it.
func Mermaid(w io.Writer, h History) error {
	out := bufio.NewWriter(w)
	out.WriteString("flowchart BT\n")
	names := make(map[string]string, len(h.Nodes))
	for i, n := range h.Nodes {
		names[n.ID()] = fmt.Sprintf("r%d", i)
		text := n.ID() + "<br>" + mermaidText(summary(n))
		if words := append(n.Labels(), h.marks(n)...); len(words) > 0 {
			text += "<br>(" + mermaidText(strings.Join(words, ", ")) + ")"
		}
		fmt.Fprintf(out, "  r%d[\"%s\"]\n", i, text)
	}
	for _, n := range h.Nodes {
		for _, p := range n.Down() {
			if name, ok := names[p.ID()]; ok {
				fmt.Fprintf(out, "  %s --> %s\n", name, names[n.ID()])
			}
		}
		for _, d := range n.DependsOn() {
			if name, ok := names[d.ID()]; ok {
				fmt.Fprintf(out, "  %s -.-> %s\n", name, names[n.ID()])
			}
		}
	}
	return out.Flush()
}

// mermaidText is text inside a quoted label, where only entities are safe.
func mermaidText(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			b.WriteByte(' ')
		case strings.ContainsRune("\"'`#&<>{}[]()|;\\", r) || r < ' ':
			fmt.Fprintf(&b, "#%d;", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
