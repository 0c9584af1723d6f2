package picture_test

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/schema/picture"
)

// What Mermaid's grammar for entity-relationship diagrams takes, of what is
// written here (packages/mermaid/src/diagrams/er/parser/erDiagram.jison). Case is
// nothing to it.
var (
	mermaidEntity    = regexp.MustCompile(`^  (\w+)\["[^"%\v\x08\\\\]+"\] \{$`)
	mermaidAttribute = regexp.MustCompile(`^    ([A-Za-z_][\w()]*) ([A-Za-z_][\w()]*)(?: ([PFU]K(?:, [PFU]K)*))?(?: ("[^"]*"))?$`)
	mermaidRelation  = regexp.MustCompile(`^  (\w+) (?:\}o|\|o)(?:--|\.\.)(?:\|\||o\|) (\w+) : "[^"]*"$`)
	mermaidComment   = regexp.MustCompile(`^\s*%%[^{]`)
	mermaidKeyword   = regexp.MustCompile(`(?i)^[PFU]K$`)
	mermaidDirection = regexp.MustCompile(`(?i)direction[\s\p{Z}\x{feff}]+(?:TB|BT|RL|LR)`)
	mermaidGeneric   = regexp.MustCompile(`[^\s]*~.*~`)
)

// mermaidErrors says what Mermaid would not take.
func mermaidErrors(text string) (out []string) {
	complain := func(what, line string) { out = append(out, what+": "+line) }
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if lines[0] != "erDiagram" {
		complain("no diagram", lines[0])
	}
	entities, inside := map[string]bool{}, false
	for _, line := range lines[1:] {
		if strings.ContainsAny(line, "\r\v\f\u0085\u2028\u2029") {
			complain("a line end", line)
		}
		if strings.Contains(line, "%%{") { // a directive, wherever it stands
			complain("a directive", line)
		}
		switch {
		case mermaidComment.MatchString(line):
		case inside && line == "  }":
			inside = false
		case inside:
			m := mermaidAttribute.FindStringSubmatch(line)
			if m == nil || mermaidKeyword.MatchString(m[1]) || mermaidKeyword.MatchString(m[2]) || mermaidGeneric.MatchString(line) {
				complain("no attribute", line)
			}
		case mermaidDirection.MatchString(line):
			complain("a direction", line)
		case mermaidEntity.MatchString(line):
			id := mermaidEntity.FindStringSubmatch(line)[1]
			if entities[id] {
				complain("an entity twice", line)
			}
			entities[id], inside = true, true
		default:
			m := mermaidRelation.FindStringSubmatch(line)
			if m == nil || !entities[m[1]] || !entities[m[2]] {
				complain("no statement", line)
			}
		}
	}
	if inside {
		complain("no end", text)
	}
	return out
}

func TestMermaidTakesEveryName(t *testing.T) {
	t.Parallel()
	hostile := []string{
		"pk", "FK", "Uk", "direction TB", "x direction  lr y", "a%b", `a\b`, "%%{init: {'theme': 'dark'}}%%", "%% x", "a~b~c", "~", `a"b`, "a'b`c", "a\nb", "a\tb\rc\v\f",
		"a\x08b", "\u0085", "\u2028", "style", "class x", "end", "to", "accTitle: x", "erDiagram", "}", "{", "}|..|{", "a]b", `"]`, "#quot;", "a;b", "ä ö", "日本", "\u200b", "1", "1.5", "()", "", " ", "_",
		"direction\u00a0RL", "direction\nBT", "TB direction", "---", "subgraph",
	}
	rapid.Check(t, func(t *rapid.T) {
		text := func(label string) string {
			return rapid.OneOf(rapid.SampledFrom(hostile), rapid.String(), rapid.Custom(func(t *rapid.T) string {
				return rapid.SampledFrom(hostile).Draw(t, "one") + rapid.SampledFrom(hostile).Draw(t, "two")
			})).Draw(t, label)
		}
		s := picture.Schema{Type: func(schema.Type) string { return text("type") }, Notes: []string{text("note")}}
		for range rapid.IntRange(1, 3).Draw(t, "tables") {
			key := schema.Column(text("key"), schema.Integer(), schema.PrimaryKey(), schema.Comment(text("comment")))
			table := schema.NewTable(text("table"), schema.InSchema(rapid.OneOf(rapid.Just(""), rapid.Custom(func(*rapid.T) string { return text("a schema") })).Draw(t, "schema")), key, schema.Column(text("column"), schema.Integer(), schema.Unique()))
			if len(s.Tables) > 0 {
				to := s.Tables[0]
				table.ForeignKeys = append(table.ForeignKeys, &schema.ForeignKeyDef{
					Columns: []string{table.Columns[1].Name}, RefTable: to.Name, RefColumns: []string{to.Columns[0].Name},
				})
			}
			s.Tables = append(s.Tables, table)
		}
		var b strings.Builder
		if err := picture.Mermaid(&b, s); err != nil {
			t.Fatal(err)
		}
		for _, e := range mermaidErrors(b.String()) {
			t.Error(e)
		}
	})
}
