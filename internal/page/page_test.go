package page_test

import (
	"bufio"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/internal/page"
)

// TestWrite: texts are escaped, the picture's own parts stand where they belong.
func TestWrite(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	p := page.Page{Title: "<a>", Summary: "1 table", Find: `a "b"`, Items: ".table", Style: ".dim { opacity: 50% }\n", Script: "  searching = x;\n"}
	if err := p.Write(&b, func(w *bufio.Writer) { _, _ = w.WriteString("<svg></svg>\n") }); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"<title>&lt;a&gt;</title>", "<span>1 table</span>", `placeholder="a &#34;b&#34;"`, "opacity: 50% }\n</style>", "<main>\n<svg></svg>\n</main>",
		`querySelectorAll(".table")`, "  searching = x;\n  function go()", "% found.length",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("there is no %q in\n%s", want, b.String())
		}
	}
}
