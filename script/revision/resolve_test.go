package revision_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/script/revision"
)

func TestResolve(t *testing.T) {
	t.Parallel()
	m := graph(t, app)
	for _, c := range []struct {
		symbol, current, want string
	}{
		{"c001", "", "c001"},
		{"c00", "", "error: Can't locate revision identified by 'c00': several revisions start like this: 'c001', 'c002'"},
		{"m0", "", "m001"},
		{"stable", "", "c002"},
		{"stab", "", "c002"},
		{"head", "", "error: Multiple head revisions are present for given argument 'head'; please specify a specific target " +
			"revision, '<branchname>@head' to narrow to a specific head, or 'heads' for all heads; or join them by `gomig merge -m \"merge heads\" d002 m001 y002`"},
		{"heads", "", "d002 m001 y002"},
		{"base", "", ""},
		{"current", "c001 x001", "c001 x001"},
		{"current", "gone", "error: Can't locate revision identified by 'gone': the database is at it, but no revision file has it; " +
			"use the code that has it, restore the file, or put the table right with stamp --purge"},
		{"head@c001", "", "error: Can't locate revision identified by 'head': there is no such branch"},
		{"heads", "gone", "d002 m001 y002"},

		{"stable@head", "", "d002"},
		{"stable@heads", "", "d002"},
		{"stable@base", "", ""},
		{"plugin@head", "", "m001"},
		{"x002@head", "", "m001"},
		{"x00@x003", "", "error: Can't locate revision identified by 'x00': several revisions start like this: 'x001', 'x002', 'x003'"},
		{"b001@head", "", "error: Multiple head revisions are present for given argument 'b001@head'; please specify one of them: d002, m001; or join them by `gomig merge -m \"merge heads\" d002 m001`"},
		{"b001@heads", "", "d002 m001"},
		{"stable@b001", "", "b001"},
		{"stable@c00", "", "c002"},
		{"stable@x001", "", "error: Can't locate revision identified by 'x001': it is not a member of branch 'stable'"},
		{"stabel@head", "", "error: Can't locate revision identified by 'stabel': there is no such branch; did you mean 'stable'?"},
		{"plugin@current", "c001 x001", "x001"},

		{"+1", "x001", "x002"},
		{"+2", "", "error: Ambiguous walk: base is followed by a001, x001, y001; name the revision, or a branch as in label@+1"},
		{"+1", "x001 a001", "error: Ambiguous upgrade from multiple current revisions"},
		{"+9", "x001", "error: Relative revision +9 didn't produce 9 migrations"},
		{"plugin@+1", "x001 a001", "x002"},
		{"plugin@+1", "a001", "x001"},
		{"stable@+2", "a001", "c002"},
		{"stable@+1", "d001", "c002"},
		{"-1", "x002", "x001"},
		{"-1", "x001", ""},
		{"-2", "x001", "error: Relative revision -2 didn't produce 2 migrations"},
		{"-1", "m001", "error: Ambiguous walk: m001 follows d001, x003; name the revision, or a branch as in label@-1"},
		{"plugin@-1", "c001 x002", "x001"},
		{"plugin@-1", "y002", "x002"},
		{"stable@-1", "x001", "error: Relative revision -1 didn't produce 1 migrations on branch 'stable'"},
		{"b001@-1", "c001 d002", "error: Ambiguous downgrade from multiple current revisions"},
		{"report@head-1", "", "y001"},
		{"x001+2", "", "x003"},
		{"b001+1", "", "error: Ambiguous walk: b001 is followed by c001, c002; name the revision, or a branch as in label@+1"},
		{"stable@b001+1", "", "c002"},
		{"x001+9", "", "error: Walked too far: 'x001+9' has only 3 of 9 steps"},
		{"c001-9", "", "error: Walked too far: 'c001-9' has only 3 of 9 steps"},
		{"c001-3", "", ""},
		{"c001+0", "", "c001"},
		{"head-1", "", "error: Multiple head revisions are present for given argument 'head-1'; please specify a specific target " +
			"revision, '<branchname>@head-1' to narrow to a specific head, or 'heads' for all heads; or join them by `gomig merge -m \"merge heads\" d002 m001 y002`"},

		{"", "", "error: Can't read revision symbol '': it is empty"},
		{"@head", "", "error: Can't read revision symbol '@head': a branch must stand before '@'"},
		{"stable@", "", "error: Can't read revision symbol 'stable@': a revision must follow '@'"},
		{"a@b@c", "", "error: Can't read revision symbol 'a@b@c': only one '@' is possible"},
		{"a001:b001", "", "error: Can't read revision symbol 'a001:b001': a range is not possible here"},
		{"a001+x", "", "error: Can't read revision symbol 'a001+x': a number must follow '+'"},
		{"a001+1+1", "", "error: Can't read revision symbol 'a001+1+1': only one relative part is possible"},
		{"+99999999999999999999", "", "error: Can't read revision symbol '+99999999999999999999': the number is too large"},
		{"a001-2x", "", "error: Can't locate revision identified by 'a001-2x'"},
		{"d003", "", "error: Can't locate revision identified by 'd003'; did you mean 'd001' or 'd002' or 'x003'?"},
		{"deadbeef", "", "error: Can't locate revision identified by 'deadbeef'"},
	} {
		nodes, err := m.Resolve(c.symbol, append([]string{}, strings.Fields(c.current)...))
		got := strings.Join(revision.IDs(nodes), " ")
		if err != nil {
			got = "error: " + err.Error()
		}
		if got != c.want {
			t.Errorf("%s at %q\ngot  %s\nwant %s", c.symbol, c.current, got, c.want)
		}
	}
}

// Without a database, "-1" starts at the heads.
func TestResolveWithoutRows(t *testing.T) {
	t.Parallel()
	m := graph(t, app)
	for symbol, want := range map[string]string{"report@-1": "y001", "stable@-2": "b001", "-9": ""} {
		nodes, err := m.Resolve(symbol, nil)
		if got := strings.Join(revision.IDs(nodes), " "); got != want || (err == nil) != (want != "") {
			t.Errorf("%s: %s, %v", symbol, got, err)
		}
	}
}

// Names with signs win over relative symbols.
func TestLabelsWithSigns(t *testing.T) {
	t.Parallel()
	m := graph(t, `
		a001; label release
		b001 <- a001
		c001 <- b001
		z001; label release-2`)
	for symbol, want := range map[string]string{
		"release-2": "z001", "release+2": "c001", "release-2@head": "z001", "release@head-2": "a001", "release-2+0": "z001",
	} {
		n, err := m.ResolveOne(symbol, nil)
		if err != nil || n.ID() != want {
			t.Errorf("%s: %v, %v", symbol, n, err)
		}
	}
}

func TestEmptyMap(t *testing.T) {
	t.Parallel()
	m := graph(t, "")
	for _, symbol := range []string{"head", "heads", "base", "current"} {
		if nodes, err := m.Resolve(symbol, nil); len(nodes) > 0 || err != nil {
			t.Errorf("%s: %v, %v", symbol, nodes, err)
		}
	}
	for _, plan := range []func() (revision.Plan, error){
		func() (revision.Plan, error) { return m.Upgrade(nil, "head") },
		func() (revision.Plan, error) { return m.Downgrade(nil, "base") },
		func() (revision.Plan, error) { return m.Stamp(nil, "heads") },
	} {
		if p, err := plan(); len(p.Steps) > 0 || err != nil {
			t.Errorf("%v, %v", p, err)
		}
	}
}

func TestParseSymbol(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]revision.Symbol{
		"ae10":         {Name: "ae10"},
		"app@ae10":     {Branch: "app", Name: "ae10"},
		"+3":           {Relative: true, Steps: 3},
		"app@-2":       {Branch: "app", Relative: true, Steps: -2},
		"app@head-2":   {Branch: "app", Name: "head", Relative: true, Steps: -2},
		"release-2-10": {Name: "release-2", Relative: true, Steps: -10},
		"a-b":          {Name: "a-b"},
	} {
		got, err := revision.ParseSymbol(text)
		if err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
		if got.String() != text {
			t.Errorf("%s is written %s", text, got)
		}
	}
}

func TestParseRange(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]revision.Range{
		":": {}, "a:": {Start: "a"}, ":b": {End: "b"}, "a:b": {Start: "a", End: "b"}, " -3:current ": {Start: "-3", End: "current"},
	} {
		got, err := revision.ParseRange(text)
		if err != nil || got != want || !revision.IsRange(text) {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "a", "a:b:c"} {
		_, err := revision.ParseRange(text)
		if err == nil || err.Error() != "History range requires [start]:[end], [start]:, or :[end]" {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// Whatever is asked, the answer is revisions or an error, and a symbol is
// written as it is read.
func FuzzSymbol(f *testing.F) {
	for _, text := range []string{
		"head", "heads", "base", "current", "stable@head", "x001+2", "plugin@-1", "report@head-1", "a001:b001", "+1", "-99999999999999999999",
		"a@b@c", "@", "+", "-", "x00", "stable@c00+1", "Ä+1", "release-2",
	} {
		f.Add(text, "c001")
	}
	m, err := revision.NewMap(parse(app))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text, row string) {
		if s, err := revision.ParseSymbol(text); err == nil {
			again, err := revision.ParseSymbol(s.String())
			if err != nil || again != s {
				t.Fatalf("%q is read as %+v and then as %+v, %v", text, s, again, err)
			}
		}
		rows := strings.Fields(row)
		for _, current := range [][]string{nil, rows} {
			if nodes, err := m.Resolve(text, current); err != nil && len(nodes) > 0 {
				t.Fatalf("%q: both %v and %v", text, nodes, err)
			}
		}
		for _, plan := range []func() (revision.Plan, error){
			func() (revision.Plan, error) { return m.Upgrade(rows, text) },
			func() (revision.Plan, error) { return m.Downgrade(rows, text) },
			func() (revision.Plan, error) { return m.Stamp(rows, text, row) },
		} {
			p, err := plan()
			if err != nil && len(p.Steps) > 0 {
				t.Fatalf("%q: both a plan and %v", text, err)
			}
			for _, s := range p.Steps {
				if s.String() == "" || len(s.Changes) == 0 {
					t.Fatalf("%q: empty step", text)
				}
			}
		}
		if r, err := revision.ParseRange(text); err == nil {
			_, _ = m.History(r, rows)
		}
		_, _ = m.Parents(revision.NewParents{Symbols: []string{text, row}, Current: rows})
		_, _ = m.Dependencies(text)
	})
}
