package script_test

import (
	"context"
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/script"
)

func up(context.Context, *op.Operations) error { return nil }

func down(context.Context, *op.Operations) error { return nil }

// at is where a function stands in this file, as messages say it.
func at(f script.Func) string {
	_, line := runtime.FuncForPC(reflect.ValueOf(f).Pointer()).FileLine(reflect.ValueOf(f).Pointer())
	return fmt.Sprintf("script/set_test.go:%d", line)
}

func TestJoin(t *testing.T) {
	var one, two, empty script.Set
	first := one.Add(script.Revision{ID: "a1", Down: script.Base(), Upgrade: up, Labels: []string{"x"}})
	one.Add(script.Revision{ID: "b2", Down: script.Revises("a1")})
	two.Add(script.Revision{ID: "c3", Down: script.Revises("a1", "b2"), DependsOn: []string{"x"}})
	all, err := script.Join(&one, nil, &empty, &two)
	if err != nil {
		t.Fatal(err)
	}
	ids := func(list []script.Registered) (out []string) {
		for _, e := range list {
			out = append(out, e.ID)
		}
		return out
	}
	if diff := cmp.Diff([]string{"a1", "b2", "c3"}, ids(all)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(ids(one.Revisions()), ids(all[:2])); diff != "" || first.ID != "a1" {
		t.Error(diff)
	}
	if !slices.Equal(all[2].Down, []string{"a1", "b2"}) || all[0].Down != nil {
		t.Errorf("parents %v and %v", all[2].Down, all[0].Down)
	}
	if none, err := script.Join(); len(none) > 0 || err != nil {
		t.Errorf("got %v, %v", none, err)
	}
}

// A double is named with both its places: those of a function of it, so that
// another file is told apart, or that of the registration.
func TestJoinDoubles(t *testing.T) {
	_, _, line, _ := runtime.Caller(0)
	register := func(s *script.Set, upgrade, downgrade script.Func) {
		s.Add(script.Revision{ID: "a1", Upgrade: upgrade, Downgrade: downgrade})
	}
	here := fmt.Sprintf("script/set_test.go:%d", line+2)
	for _, c := range []struct {
		name          string
		first, second [2]script.Func
		want          string
	}{
		{"functions", [2]script.Func{up, down}, [2]script.Func{nil, down}, at(up) + " and " + at(down)},
		{"none", [2]script.Func{}, [2]script.Func{up, nil}, here + " and " + at(up)},
	} {
		var one, two script.Set
		register(&one, c.first[0], c.first[1])
		register(&two, c.second[0], c.second[1])
		want := `revision "a1" is registered twice: ` + c.want + "; give one of them another ID"
		if _, err := script.Join(&one, &two); err == nil || err.Error() != want {
			t.Errorf("%s: got  %v\nwant %s", c.name, err, want)
		}
		register(&one, c.second[0], c.second[1]) // in one set as well
		if _, err := script.Join(&one); err == nil || err.Error() != want {
			t.Errorf("%s: got  %v\nwant %s", c.name, err, want)
		}
	}
}

func TestJoinWithoutID(t *testing.T) {
	var s script.Set
	s.Add(script.Revision{Upgrade: up})
	if _, err := script.Join(&s); err == nil || err.Error() != at(up)+" registers a revision without an ID" {
		t.Errorf("got %v", err)
	}
}
