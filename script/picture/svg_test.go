package picture_test

import (
	"encoding/xml"
	"errors"
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
