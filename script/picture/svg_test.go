package picture_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/script/picture"
	"github.com/gomig-dev/gomig/script/revision"
)

// shop has branches, a merge, labels, dependencies and a message that is code.
const shop = `a1:, first
b1: a1 is billing, add "invoice" & <b>total</b>
c1: a1, add account; -- %%{init}%% ]]
d1: is search, own base \n
d2: d1 needs b1, index "]
m1: b1 c1, merge
e1: a1, 請求書を追加`

func TestPictures(t *testing.T) {
	t.Parallel()
	nodes := history(t, shop)
	for name, draw := range map[string]func(io.Writer, picture.History) error{
		"shop.svg": picture.SVG, "shop.html": picture.HTML, "shop.dot": picture.DOT, "shop.mmd": picture.Mermaid,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var b strings.Builder
			if err := draw(&b, picture.History{Nodes: nodes, Current: []string{"b1"}, Title: `Revisions of "<shop>"`}); err != nil {
				t.Fatal(err)
			}
			golden(t, name, b.String())
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Error(diff)
	}
}

// Whatever a message, a label or an id holds, the picture is XML, and what a
// reader of it sees is what was written.
func TestSVGIsXML(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		doc := rapid.String().Draw(t, "doc")
		m, err := revision.NewMap([]revision.Revision{{ID: "a1", Doc: doc}})
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := picture.SVG(&b, picture.History{Nodes: m.All(), Title: doc}); err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(strings.NewReader(b.String()))
		for {
			_, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%v in\n%s", err, b.String())
			}
		}
	})
}

// Nothing in a message ends the text that it stands in.
func TestNotationsKeepTextTogether(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		doc := rapid.String().Draw(t, "doc")
		m, err := revision.NewMap([]revision.Revision{{ID: "a1", Doc: doc}})
		if err != nil {
			t.Fatal(err)
		}
		h := picture.History{Nodes: m.All()}
		var dot, mermaid strings.Builder
		if err := errors.Join(picture.DOT(&dot, h), picture.Mermaid(&mermaid, h)); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(dot.String(), "\n"); n != 5 {
			t.Errorf("DOT has %d lines:\n%s", n, dot.String())
		}
		plain := strings.NewReplacer(`\\`, "", `\"`, "").Replace(dot.String())
		if n := strings.Count(plain, `"`); n != 8 {
			t.Errorf("DOT has %d quotes:\n%s", n, dot.String())
		}
		if n := strings.Count(mermaid.String(), `"`); n != 2 {
			t.Errorf("Mermaid has %d quotes:\n%s", n, mermaid.String())
		}
		if n := strings.Count(mermaid.String(), "\n"); n != 4 {
			t.Errorf("Mermaid has %d lines:\n%s", n, mermaid.String())
		}
	})
}

// TestSVGWidth: widths are sums of whole numbers. In fractions that of a message
// of 21 letters and of what stands before it falls short of 218 on some
// processors, and is that on others.
func TestSVGWidth(t *testing.T) {
	t.Parallel()
	width := func(letters int) (n int) {
		m, err := revision.NewMap([]revision.Revision{{ID: "a", Doc: strings.Repeat("x", letters)}})
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := picture.SVG(&b, picture.History{Nodes: m.All()}); err != nil {
			t.Fatal(err)
		}
		_, rest, _ := strings.Cut(b.String(), ` width="`)
		if _, err := fmt.Sscan(strings.ReplaceAll(rest, `"`, " "), &n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if got := width(31) - width(21); got != 73 {
		t.Errorf("ten letters are %d wide, want 73", got)
	}
}
