package inspect

import (
	"testing"

	"github.com/gomig-dev/gomig/schema"
)

func TestPatterns(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pattern string
		name    schema.Name
		want    bool
	}{
		{"user_*", schema.Name{Name: "user_role"}, true},
		{"user_*", schema.Name{Name: "users"}, false},
		{"auth.*", schema.Name{Schema: "auth", Name: "user"}, true},
		{"auth.*", schema.Name{Name: "user"}, false},
		{"*", schema.Name{Schema: "a/b", Name: "c/d"}, true},
		{"a*d", schema.Name{Name: "a/b/c/d"}, true},
		{"a?b", schema.Name{Name: "a/b"}, true},
		{"a/*", schema.Name{Name: "a/b"}, true},
		{"a/*", schema.Name{Name: "ab"}, false},
		{`a\*`, schema.Name{Name: "a*"}, true},
		{`a\*`, schema.Name{Name: "ab"}, false},
	} {
		if got := matches([]string{c.pattern}, c.name); got != c.want {
			t.Errorf("%q on %q: %t", c.pattern, c.name, got)
		}
	}
}
