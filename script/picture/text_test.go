package picture_test

import (
	"flag"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/script/picture"
	"github.com/gomig-dev/gomig/script/revision"
)

// history reads a history, a line a revision, oldest first:
//
//	d: b c needs x is app, message
func history(t testing.TB, text string) []*revision.Node {
	t.Helper()
	var revs []revision.Revision
	for line := range strings.Lines(text) {
		head, doc, _ := strings.Cut(strings.TrimSpace(line), ", ")
		id, rest, _ := strings.Cut(head, ":")
		rest, label, _ := strings.Cut(rest, " is ")
		down, needs, _ := strings.Cut(rest, "needs ")
		revs = append(revs, revision.Revision{
			ID: id, Doc: doc, Down: strings.Fields(down), DependsOn: strings.Fields(needs), Labels: strings.Fields(label),
		})
	}
	m, err := revision.NewMap(revs)
	if err != nil {
		t.Fatal(err)
	}
	nodes, err := m.History(revision.Range{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return nodes
}

var update = flag.Bool("update", false, "write the pictures that are drawn into testdata")

func TestText(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, history, want string
		current             []string
	}{
		{name: "nothing", history: "", want: ""},
		{
			name: "linear", history: "a1:, first\na2: a1, second\na3: a2",
			want: `
●  a3 (head), empty message
●  a2, second
●  a1, first
`,
		},
		{
			name: "branch", history: "a1:, first\nb1: a1 is app, ours\nc1: a1, theirs\nc2: c1, theirs again",
			want: `
●    b1 (app) (head), ours
│ ●  c2 (head), theirs again
│ ●  c1, theirs
├─╯
●    a1, first
`,
		},
		{
			name: "merge", history: "a1:, first\nb1: a1, ours\nc1: a1, theirs\nm1: b1 c1, merge",
			want: `
●    m1 (head), merge
├─╮
● │  b1, ours
│ ●  c1, theirs
├─╯
●    a1, first
`,
		},
		{
			name: "criss-cross", history: "a1:\nb1: a1\nc1: a1\nm1: b1 c1\nm2: c1 b1\nz1: m1 m2",
			want: `
●      z1 (head), empty message
├─╮
● │    m1, empty message
├─│─╮
│ ● │  m2, empty message
├─┴─┤
●   │  b1, empty message
│   ●  c1, empty message
├───╯
●      a1, empty message
`,
		},
		{
			name: "octopus", history: "a1:\nb1: a1\nc1: a1\nd1: a1\ne1: a1\nm1: b1 c1 d1 e1",
			want: `
●        m1 (head), empty message
├─┬─┬─╮
● │ │ │  b1, empty message
│ ● │ │  c1, empty message
├─╯ │ │
│   ● │  d1, empty message
├───╯ │
│     ●  e1, empty message
├─────╯
●        a1, empty message
`,
		},
		{
			name: "several bases", history: "a1: is app\nb1: is lib\na2: a1 needs b2\nb2: b1\nb3: b2\na3: a2",
			want: `
●    b3 (lib) (head), empty message
│ ●  a3 (app) (head), empty message
│ ●  a2 (needs b2), empty message
│ ●  a1 (app), empty message
●    b2, empty message
●    b1 (lib), empty message
`,
		},
		{
			name: "crossing", history: "a1:\nb1:\nc1:\nd1: a1 c1\ne1: b1",
			want: `
●      d1 (head), empty message
├─╮
● │    a1, empty message
  │ ●  e1 (head), empty message
  │ ●  b1, empty message
  ●    c1, empty message
`,
		},
		{
			name: "applied", history: "a1:\na2: a1\nb1: a1\na3: a2", current: []string{"a2"},
			want: `
○    b1 (head), empty message
│ ○  a3 (head), empty message
│ ●  a2 (current), empty message
├─╯
●    a1, empty message
`,
		},
		{
			name: "at base", history: "a1:", current: []string{},
			want: `
○  a1 (head), empty message
`,
		},
		{
			name: "a message that moves the cursor", history: "a1:, red\x1b[31m",
			want: `
●  a1 (head), red [31m
`,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var b strings.Builder
			if err := picture.Text(&b, picture.History{Nodes: history(t, c.history), Current: c.current}, picture.Plain); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.TrimPrefix(c.want, "\n"), b.String()); diff != "" {
				t.Errorf("%s\n%s", diff, b.String())
			}
		})
	}
}

func TestColoured(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	nodes := history(t, "a1: is app, first")
	if err := picture.Text(&b, picture.History{Nodes: nodes, Current: []string{"a1"}}, picture.Coloured); err != nil {
		t.Fatal(err)
	}
	want := "\x1b[2m●\x1b[m  \x1b[33ma1\x1b[m (\x1b[36mapp\x1b[m) (\x1b[1;32mhead\x1b[m) (\x1b[1;35mcurrent\x1b[m), first\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error(diff)
	}
}
