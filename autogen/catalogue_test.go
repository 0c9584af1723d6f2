package autogen_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/internal/catalogue"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
)

// TestCatalogue makes each change on the server: it is found, by the fewest
// directives that make it, after which nothing is left, and what is there is what
// a fresh database has; and it is undone.
func TestCatalogue(t *testing.T) {
	all := catalogue.Changes()
	count := map[testdb.Kind]int{}
	seen := map[string]bool{}
	for _, c := range all {
		if key := c.String(); seen[key] {
			t.Errorf("two changes are called %q", key)
		} else {
			seen[key] = true
		}
		for _, k := range testdb.Kinds() {
			if c.On(k) {
				count[k]++
			}
		}
	}
	for _, k := range testdb.Kinds() {
		if count[k] < 100 {
			t.Errorf("%s: %d changes, want 100", k, count[k])
		}
		t.Run(k.String(), func(t *testing.T) {
			t.Parallel()
			s := onServer(t, k)
			ended := map[string]int{}
			for _, c := range all {
				if !c.On(k) {
					continue
				}
				t.Run(c.Group+"/"+c.Name, func(t *testing.T) {
					if err := s.single(c); err != nil {
						t.Error(err)
					}
					if s.ended != "" { // TiDB
						t.Log(s.ended)
						ended[s.ended]++
					}
				})
			}
			t.Logf("%d changes %v", count[k], ended)
		})
	}
}

func (s *server) single(c catalogue.Change) error {
	r, err := s.thereAndBackResult(c.From, c.To, autogen.Options{})
	if err != nil {
		return fmt.Errorf("%w\n%s", err, strings.Join(s.log, ";\n"))
	}
	for _, way := range []struct {
		name string
		ops  []op.Operation
	}{{"up", r.Upgrade}, {"down", r.Downgrade}} {
		n := directives(way.ops)
		switch want := c.Directives(s.kind); {
		case n == 0:
			return fmt.Errorf("%s: nothing was found", way.name)
		case n > want:
			return fmt.Errorf("%s: %d directives, want %d:%s", way.name, n, want, spell(way.ops))
		}
	}
	return nil
}

// directives counts what a reviewer reads, those in a group one by one.
func directives(ops []op.Operation) (n int) {
	for _, o := range ops {
		if g, ok := o.(*op.AlterTable); ok {
			n += len(g.Changes)
		} else {
			n++
		}
	}
	return n
}
