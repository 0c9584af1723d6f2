package revision_test

import (
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/script/revision"
)

func TestParents(t *testing.T) {
	t.Parallel()
	m := graph(t, app)
	for _, c := range []struct {
		symbols string
		splice  bool
		want    string
	}{
		{"", false, "error: Multiple heads are present; please specify the head revision on which the new revision should be " +
			"based, or perform a merge. To join them run `gomig merge -m \"merge heads\" d002 m001 y002`"},
		{"stable@head", false, "d002"},
		{"base", false, ""},
		{"heads", false, "d002 m001 y002"},
		{"d002 m001", false, "d002 m001"},
		{"d002 d002", false, "error: Duplicate head revisions specified"},
		{"c001", false, "error: Revision c001 is not a head revision; please specify --splice to create a new branch from this revision"},
		{"c001", true, "c001"},
		{"c001 y001", true, "c001 y001"},
		{"c001 a001", true, "error: Requested revision c001 overlaps with other requested revisions a001"},
		{"nope", false, "error: Can't locate revision identified by 'nope'"},
	} {
		nodes, err := m.Parents(revision.NewParents{Symbols: strings.Fields(c.symbols), Splice: c.splice})
		got := strings.Join(revision.IDs(nodes), " ")
		if err != nil {
			got = "error: " + err.Error()
		}
		if got != c.want {
			t.Errorf("%q: %s, want %s", c.symbols, got, c.want)
		}
	}
}

func TestDependencies(t *testing.T) {
	t.Parallel()
	m := graph(t, app)
	for symbols, want := range map[string]string{
		"":               "",
		"d00":            "error: Can't locate revision identified by 'd00': several revisions start like this: 'd001', 'd002'",
		"m0":             "m001",
		"plugin m001 m0": "plugin m001",
		"stable@head":    "d002",
		"base":           "error: Can't read revision symbol 'base': nothing can depend on base",
		"heads":          "error: Multiple head revisions are present for given argument 'heads'; please specify a specific target revision, '<branchname>@heads' to narrow to a specific head, or 'heads' for all heads; or join them by `gomig merge -m \"merge heads\" d002 m001 y002`",
	} {
		names, err := m.Dependencies(strings.Fields(symbols)...)
		got := strings.Join(names, " ")
		if err != nil {
			got = "error: " + err.Error()
		}
		if got != want {
			t.Errorf("%q: %s, want %s", symbols, got, want)
		}
	}
}
