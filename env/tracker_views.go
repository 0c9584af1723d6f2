package env

import (
	"maps"
	"slices"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// keepView gives a view that is replaced the options that the script gave it before.
func (t *tracker) keepView(s ddl.CreateObject) ddl.CreateObject {
	had, made := t.views[s.Object.Name]
	if !s.Replace || s.Object.Kind != ddl.ViewKind || !made {
		return s
	}
	opts := slices.Clone(had)
	for _, o := range s.Object.Options {
		opts = schema.SetOption(opts, o)
	}
	s.Object.Options, s.Whole = opts, true
	return s
}

// followView takes note of a view that the script makes.
func (t *tracker) followView(s ddl.CreateObject) {
	_, made := t.views[s.Object.Name]
	if s.Object.Kind != ddl.ViewKind || s.Guard != ddl.Unguarded || s.Replace && !made && !s.Whole {
		return
	}
	if t.views == nil {
		t.views = map[schema.Name][]schema.Option{}
	}
	t.views[s.Object.Name] = s.Object.Options
}

// forgetView takes note of a view that goes.
func (t *tracker) forgetView(s ddl.DropObject) {
	if s.Object.Kind == ddl.ViewKind {
		delete(t.views, s.Object.Name)
	}
}

// forgetViewsIn takes note of a schema that goes, or gets another name: what is in it
// then is no longer known.
func (t *tracker) forgetViewsIn(space string) {
	maps.DeleteFunc(t.views, func(n schema.Name, _ []schema.Option) bool { return n.Schema == space })
}
