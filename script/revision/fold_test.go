package revision_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/script/revision"
)

// a1 ← b2 ← c3 ← d4, a branch b2 ← x7, a dependency y8 → c3, and z9 alone.
func foldable(t *testing.T, more ...revision.Revision) *revision.Map {
	t.Helper()
	m, err := revision.NewMap(append([]revision.Revision{
		{ID: "a1", Labels: []string{"app"}},
		{ID: "b2", Down: []string{"a1"}, Replaces: []string{"b0", "b1"}, DependsOn: []string{"z9"}},
		{ID: "c3", Down: []string{"b2"}, DependsOn: []string{"a1", "z9"}},
		{ID: "d4", Down: []string{"c3"}},
		{ID: "z9"},
	}, more...))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestFold(t *testing.T) {
	t.Parallel()
	f, err := foldable(t).Fold(revision.Range{End: "d4"})
	if err != nil {
		t.Fatal(err)
	}
	if f.Baseline.ID() != "d4" || f.Parents() != nil || !slices.Equal(revision.IDs(f.Folded), []string{"a1", "b2", "c3"}) ||
		!slices.Equal(f.Replaces, []string{"a1", "b0", "b1", "b2", "c3"}) || !slices.Equal(f.DependsOn, []string{"z9"}) ||
		!slices.Equal(f.Labels, []string{"app"}) {
		t.Errorf("%+v", f)
	}
	f, err = foldable(t, revision.Revision{ID: "x7", Down: []string{"d4"}}).Fold(revision.Range{Start: "b2", End: "d4"})
	if err != nil || !slices.Equal(f.Parents(), []string{"b2"}) || !slices.Equal(f.Replaces, []string{"c3"}) {
		t.Errorf("%+v, %v", f, err)
	}
}

func TestFoldRefuses(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		more  []revision.Revision
		start string
		end   string
		want  string
	}{
		{[]revision.Revision{{ID: "x7", Down: []string{"b2"}}}, "base", "d4", "x7 follows b2"},
		{[]revision.Revision{{ID: "x7", DependsOn: []string{"c3"}}}, "b2", "d4", "x7 depends on c3"},
		{[]revision.Revision{{ID: "x7", DependsOn: []string{"app"}}}, "base", "d4", "x7 depends on a1"},
		{[]revision.Revision{{ID: "x7", Down: []string{"d4", "z9"}}}, "b2", "x7", "x7 joins d4, z9"},
		{nil, "d4", "b2", "b2 does not follow d4"},
		{nil, "z9", "d4", "d4 does not follow z9"},
		{nil, "c3", "d4", "nothing before d4"},
		{nil, "d4", "d4", "nothing in the range"},
	} {
		_, err := foldable(t, tt.more...).Fold(revision.Range{Start: tt.start, End: tt.end})
		if refused := (*revision.FoldError)(nil); !errors.As(err, &refused) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s:%s: %v, want %q", tt.start, tt.end, err, tt.want)
		}
	}
}

func TestReplaced(t *testing.T) {
	t.Parallel()
	m := foldable(t)
	var row *revision.UnknownRowError
	if _, err := m.Upgrade([]string{"b1"}, "heads"); !errors.As(err, &row) || row.Baseline != "b2" {
		t.Errorf("a row that was folded: %v", err)
	}
	var unknown *revision.UnknownRevisionError
	if _, err := m.ResolveOne("b1", nil); !errors.As(err, &unknown) || unknown.Baseline != "b2" {
		t.Errorf("a symbol that was folded: %v", err)
	}
	var parent *revision.MissingParentError
	if _, err := revision.NewMap([]revision.Revision{{ID: "b2", Replaces: []string{"b1"}}, {ID: "c3", Down: []string{"b1"}}}); !errors.As(err, &parent) || parent.Baseline != "b2" {
		t.Errorf("a parent that was folded: %v", err)
	}
	var both *revision.ReplacedError
	if _, err := revision.NewMap([]revision.Revision{{ID: "b2", Replaces: []string{"b1"}}, {ID: "b1"}}); !errors.As(err, &both) {
		t.Errorf("a revision that was folded and is there: %v", err)
	}
}
