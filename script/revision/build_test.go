package revision_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/script/revision"
)

// app is the history most tests look at:
//
//	                    +-- c002 -- d002            label stable on c002
//	a001 -- b001 -------+
//	                    +-- c001 -- d001 --+
//	                                       +-- m001
//	x001 -- x002 ----------- x003 ---------+        label plugin on x001
//	                          ^
//	                          : depends on
//	y001 -------------------- y002                  label report on y001
const app = `
	a001
	b001 <- a001
	c001 <- b001
	c002 <- b001; label stable
	d001 <- c001
	d002 <- c002
	x001; label plugin
	x002 <- x001
	x003 <- x002
	m001 <- d001 x003
	y001; label report
	y002 <- y001; needs x003`

func TestNodes(t *testing.T) {
	t.Parallel()
	m := graph(t, app)
	for _, c := range []struct {
		what, want string
		got        []*revision.Node
	}{
		{"heads", "d002 m001 y002", m.Heads()},
		{"real heads", "d002 m001 y002", m.RealHeads()},
		{"bases", "a001 x001 y001", m.Bases()},
		{"real bases", "a001 x001 y001", m.RealBases()},
		{"children of b001", "c001 c002", m.Get("b001").Children()},
		{"children of x003", "m001", m.Get("x003").Children()},
		{"dependents of x003", "m001 y002", m.Get("x003").Dependents()},
		{"parents of m001", "d001 x003", m.Get("m001").Parents()},
		{"parents of y002", "y001 x003", m.Get("y002").Parents()},
		{"down of y002", "y001", m.Get("y002").Down()},
		{"dependencies of y002", "x003", m.Get("y002").DependsOn()},
		{"branch points", "b001", keepIf(m, (*revision.Node).IsBranchPoint)},
		{"merge points", "m001", keepIf(m, (*revision.Node).IsMergePoint)},
		{"stable", "c002 d002", labelled(m, "stable")},
		{"plugin", "x001 x002 x003 m001", labelled(m, "plugin")},
		{"report", "y001 y002", labelled(m, "report")},
	} {
		if got := strings.Join(revision.IDs(c.got), " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
	if diff := cmp.Diff([]string{"plugin", "report", "stable"}, m.Labels()); diff != "" {
		t.Error(diff)
	}
	if m.Get("plugin") != nil || m.Get("c00") != nil {
		t.Error("Get knows more than ids")
	}
	if n := m.Get("c002"); n.File() != "c002.go" || n.Revision().Labels[0] != "stable" {
		t.Errorf("c002 is %+v", n.Revision())
	}
}

func keepIf(m *revision.Map, wanted func(*revision.Node) bool) []*revision.Node {
	return slices.DeleteFunc(m.All(), func(n *revision.Node) bool { return !wanted(n) })
}

func labelled(m *revision.Map, label string) []*revision.Node {
	return keepIf(m, func(n *revision.Node) bool { return n.HasLabel(label) })
}

// A head that another branch depends on is a head without a row.
func TestEffectiveHead(t *testing.T) {
	t.Parallel()
	m := graph(t, `
		x001
		y001; needs x001`)
	if got := revision.IDs(m.Heads()); !slices.Equal(got, []string{"x001", "y001"}) {
		t.Errorf("heads %v", got)
	}
	if got := revision.IDs(m.RealHeads()); !slices.Equal(got, []string{"y001"}) {
		t.Errorf("real heads %v", got)
	}
	if at, err := m.AtHeads([]string{"y001"}); !at || err != nil {
		t.Errorf("a fully upgraded database is not at the heads: %v", err)
	}
	if at, _ := m.AtHeads([]string{"x001"}); at {
		t.Error("x001 is not all there is")
	}
	tips, err := m.EffectiveHeads([]string{"y001"})
	if got := revision.IDs(tips); err != nil || !slices.Equal(got, []string{"x001", "y001"}) {
		t.Errorf("effective heads %v, %v", got, err)
	}
}

// A label sinks below its revision as far as the history is one line.
func TestLabelsSink(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, spec, want string }{
		{"to the base", `
			a001
			b001 <- a001; label l
			c001 <- b001`, "a001 b001 c001"},
		{"to the fork", `
			a001
			z001 <- a001
			b001 <- a001
			c001 <- b001; label l`, "b001 c001"},
		{"to the merge", `
			a001
			z001
			b001 <- a001 z001
			c001 <- b001; label l`, "c001"},
		{"not from below a fork", `
			a001
			b001 <- a001; label l
			c001 <- b001
			c002 <- b001`, "b001 c001 c002"},
		{"not past a dependent", `
			a001
			b001 <- a001
			c001 <- b001; label l
			z001; needs b001`, "c001"},
	} {
		if got := strings.Join(revision.IDs(labelled(graph(t, c.spec), "l")), " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// An ancestor's dependency need not be kept twice.
func TestDependenciesAreNormalized(t *testing.T) {
	t.Parallel()
	m := graph(t, `
		a001
		b001; needs a001
		c001 <- b001
		d001 <- c001; needs a001
		e001; needs a001`)
	for id, want := range map[string]int{"b001": 1, "d001": 0, "e001": 1} {
		if got := m.Get(id).NormalizedDependsOn(); len(got) != want {
			t.Errorf("%s: %v", id, revision.IDs(got))
		}
	}
}

func TestBuildErrors(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, spec string
		want       error
		text       string
	}{
		{
			"self-loop", "a001 <- a001",
			&revision.SelfLoopError{ID: "a001", Edge: revision.FollowsEdge, File: "a001.go"},
			"Self-loop is detected in revisions (a001) [a001.go]",
		},
		{
			"dependency self-loop", "a001; needs a001",
			&revision.SelfLoopError{ID: "a001", Edge: revision.DependsEdge, File: "a001.go"},
			"Dependency self-loop is detected in revisions (a001) [a001.go]",
		},
		{
			"dependency self-loop by label", "a001; needs l; label l",
			&revision.SelfLoopError{ID: "a001", Edge: revision.DependsEdge, File: "a001.go"},
			"Dependency self-loop is detected in revisions (a001) [a001.go]",
		},
		{
			"illegal id", "a@b-c",
			&revision.IllegalNameError{Kind: "revision identifier", Name: "a@b-c", Characters: "-@", File: "a@b-c.go"},
			"Character(s) '-, @' not allowed in revision identifier 'a@b-c' [a@b-c.go]",
		},
		{
			"reserved id", "heads",
			&revision.IllegalNameError{
				Kind: "revision identifier", Name: "heads",
				Reason: "the word has a meaning of its own", File: "heads.go",
			},
			"The revision identifier 'heads' can't be used: the word has a meaning of its own [heads.go]",
		},
		{
			"illegal label", "a001; label -1",
			&revision.IllegalNameError{
				Kind: "branch label", Name: "-1", Reason: "it reads as a relative revision", File: "a001.go",
			},
			"The branch label '-1' can't be used: it reads as a relative revision [a001.go]",
		},
		{
			"duplicate id", "a001\na001",
			&revision.DuplicateRevisionError{ID: "a001", Files: []string{"a001.go", "a001.go"}},
			"Revision a001 is present more than once [a001.go, a001.go]",
		},
		{
			"duplicate label", "a001; label l\nb001; label l",
			&revision.DuplicateLabelError{Label: "l", Revision: "b001", Other: "a001", Files: []string{"b001.go", "a001.go"}},
			"Branch name 'l' in revision b001 already used by revision a001 [b001.go, a001.go]",
		},
		{
			"label is an id", "a001\nb001; label a001",
			&revision.DuplicateLabelError{Label: "a001", Revision: "b001", Other: "a001", Files: []string{"b001.go", "a001.go"}},
			"Branch name 'a001' in revision b001 already used by revision a001 [b001.go, a001.go]",
		},
		{
			"missing parent", "a001\nb001 <- a002",
			&revision.MissingParentError{Revision: "b001", Parent: "a002", File: "b001.go", Suggestions: []string{"a001"}},
			"Revision a002 referenced from revision b001 (down revision) is not present [b001.go]; did you mean 'a001'?",
		},
		{
			"a label is no parent", "a001; label l\nb001 <- l",
			&revision.MissingParentError{Revision: "b001", Parent: "l", File: "b001.go"},
			"Revision l referenced from revision b001 (down revision) is not present [b001.go]",
		},
		{
			"missing dependency", "a001\nb001; needs plugin",
			&revision.MissingDependencyError{Revision: "b001", Dependency: "plugin", File: "b001.go"},
			"Revision plugin referenced from revision b001 (dependency) is not present [b001.go]",
		},
		{
			"cycle", "a001 <- c001\nb001 <- a001\nc001 <- b001\nd001 <- c001",
			&revision.CycleError{
				Edge: revision.FollowsEdge, Revisions: []string{"a001", "b001", "c001", "d001"},
				Path: []string{"a001", "c001", "b001", "a001"}, Files: []string{"c001.go", "b001.go", "a001.go"},
			},
			"Cycle is detected in revisions (a001, b001, c001, d001): a001 -> c001 -> b001 -> a001 [c001.go, b001.go, a001.go]",
		},
		{
			// Alembic does not see this one.
			"cycle between base and head", "a001\nb001 <- a001 c001\nc001 <- b001\nd001 <- c001",
			&revision.CycleError{
				Edge: revision.FollowsEdge, Revisions: []string{"b001", "c001", "d001"},
				Path: []string{"b001", "c001", "b001"}, Files: []string{"c001.go", "b001.go"},
			},
			"Cycle is detected in revisions (b001, c001, d001): b001 -> c001 -> b001 [c001.go, b001.go]",
		},
		{
			"dependency cycle", "a001; needs b001\nb001 <- a001",
			&revision.CycleError{
				Edge: revision.DependsEdge, Revisions: []string{"a001", "b001"},
				Path: []string{"a001", "b001", "a001"}, Files: []string{"b001.go", "a001.go"},
			},
			"Dependency cycle is detected in revisions (a001, b001): a001 -> b001 -> a001 [b001.go, a001.go]",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := revision.NewMap(parse(c.spec))
			if diff := cmp.Diff(c.want, err); diff != "" {
				t.Error(diff)
			}
			if err != nil && err.Error() != c.text {
				t.Errorf("got  %s\nwant %s", err, c.text)
			}
		})
	}
}

func TestLongCycleStaysReadable(t *testing.T) {
	t.Parallel()
	revs := linear(500)
	revs[0].Down = []string{revs[499].ID}
	_, err := revision.NewMap(revs)
	var cycle *revision.CycleError
	if !errors.As(err, &cycle) || len(cycle.Revisions) != 500 || len(cycle.Path) != 501 {
		t.Fatalf("%v", err)
	}
	if len(err.Error()) > 800 || !strings.Contains(err.Error(), "and 480 more") {
		t.Errorf("%s", err)
	}
}

func TestCheckNames(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"", "a+b", "a:b", "a@b", "a-b", "head", "heads", "base", "current", " a"} {
		if revision.CheckID(id) == nil {
			t.Errorf("id %q is accepted", id)
		}
	}
	for _, label := range []string{"", "a@b", "a:b", "+1", "-x", "head", "b "} {
		if revision.CheckLabel(label) == nil {
			t.Errorf("label %q is accepted", label)
		}
	}
	for _, name := range []string{"ae1027a6acf", "2024.01_x", "Ärger", "a b"} {
		if err := errors.Join(revision.CheckID(name), revision.CheckLabel(name)); err != nil {
			t.Error(err)
		}
	}
	if err := revision.CheckLabel("release-2"); err != nil {
		t.Error(err)
	}
	if _, err := revision.NewMap([]revision.Revision{{}}); err == nil {
		t.Error("an empty id is accepted")
	}
}

func TestMapKeepsNothingOfItsInput(t *testing.T) {
	t.Parallel()
	revs := parse(app)
	m, err := revision.NewMap(revs)
	if err != nil {
		t.Fatal(err)
	}
	revs[1].Down[0] = "nowhere"
	m.All()[0] = nil
	m.Get("b001").Children()[0] = nil
	if got := m.Get("b001").Revision().Down[0]; got != "a001" {
		t.Errorf("b001 follows %s", got)
	}
	if m.All()[0] == nil || m.Get("b001").Children()[0] == nil {
		t.Error("the map can be changed from outside")
	}
}
