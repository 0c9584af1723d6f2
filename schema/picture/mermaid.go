package picture

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode"

	"github.com/gomig-dev/gomig/internal/mermaid"
	"github.com/gomig-dev/gomig/internal/pattern"
	"github.com/gomig-dev/gomig/schema"
)

// Mermaid writes the schema for Mermaid, as Markdown pages show it
// (https://mermaid.js.org/syntax/entityRelationshipDiagram.html).
func Mermaid(w io.Writer, s Schema) error {
	out := bufio.NewWriter(w)
	out.WriteString("erDiagram\n")
	for _, n := range s.Notes { // in a comment only a directive, %%{…}%%, means something
		fmt.Fprintf(out, "  %%%% not shown: %s\n", strings.ReplaceAll(strings.Join(strings.Fields(n), " "), "%", "％"))
	}
	ids := map[*schema.Table]string{}
	gone := map[string]bool{}
	for _, t := range s.Tables {
		id := "t_" + strings.NewReplacer("(", "_", ")", "_").Replace(mermaidWord(t.Name.String())) // only types hold brackets
		for gone[id] {
			id += "_"
		}
		gone[id], ids[t] = true, id
		fmt.Fprintf(out, "  %s[%s] {\n", id, mermaidText(t.Name.String()))
		for _, c := range t.Columns {
			fmt.Fprintf(out, "    %s\n", s.attribute(t, c))
		}
		out.WriteString("  }\n")
	}
	for _, r := range s.references() {
		many, one, line := "}o", "||", ".."
		if r.single {
			many = "|o"
		}
		if r.optional {
			one = "o|"
		}
		if r.part {
			line = "--"
		}
		fmt.Fprintf(out, "  %s %s%s%s %s : %s\n", ids[r.from], many, line, one, ids[r.to], mermaidText(strings.Join(r.key.Columns, ", ")))
	}
	return out.Flush()
}

// attribute is a column: its type, name, keys, and in quotes what the two words could not say.
func (s Schema) attribute(t *schema.Table, c *schema.ColumnDef) string {
	name := attributeWord(c.Name)
	line := attributeWord(s.Type(c.Type)) + " " + name
	var keys []string
	m := marks(t, c.Name)
	for _, k := range []struct {
		mark mark
		word string
	}{{primary, "PK"}, {foreign, "FK"}, {alone, "UK"}} {
		if m&k.mark != 0 {
			keys = append(keys, k.word)
		}
	}
	if len(keys) > 0 {
		line += " " + strings.Join(keys, ", ")
	}
	var remark []string
	if name != c.Name {
		remark = append(remark, c.Name)
	}
	if c.Nullable {
		remark = append(remark, "nullable")
	}
	if c.Comment != "" {
		remark = append(remark, c.Comment)
	}
	if len(remark) > 0 {
		line += " " + mermaidText(strings.Join(remark, "; "))
	}
	return line
}

// notWord is what a type or name of an attribute must not hold.
var notWord = pattern.Lazy(`[^A-Za-z0-9_()]+`)

// mermaidWord is text as a word; it begins with a letter.
func mermaidWord(s string) string {
	s = strings.Trim(notWord().ReplaceAllString(s, "_"), "_")
	if s == "" || !isLetter(s[0]) {
		s = "x" + s
	}
	return s
}

// attributeWord is text as the type or name of an attribute, which must not be what a key is called.
func attributeWord(s string) string {
	s = mermaidWord(s)
	switch strings.ToUpper(s) {
	case "PK", "FK", "UK":
		s += "_"
	}
	return s
}

// mermaidText is text in quotes, which must hold something, and no quotes.
func mermaidText(s string) string {
	return `"` + cmp.Or(strings.ReplaceAll(plainText(s), `"`, "'"), " ") + `"`
}

// alike are letters that look like those which mean something to Mermaid wherever
// they stand: an entity's name may hold neither % nor \, %%{ begins a
// directive, and two ~ make the type of an attribute of all between them.
var alike = sync.OnceValue(func() *strings.Replacer { return strings.NewReplacer("%", "％", `\`, "＼", "~", "∼") })

// plainText is text of one line that means nothing to Mermaid.
func plainText(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, s)
	return alike().Replace(mermaid.Undirected(strings.Join(strings.Fields(s), " ")))
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }
