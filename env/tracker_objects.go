package env

import (
	"maps"
	"slices"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// defined names what is defined by text of the user's own: a trigger lies in the
// schema of its table.
type defined struct {
	kind ddl.ObjectKind
	name schema.Name
}

// made is what is known of one that the script made.
type made struct {
	options []schema.Option
	table   schema.Name // of a trigger, which goes with it
}

func definedBy(o ddl.Object) defined {
	name := o.Name
	if o.Kind == ddl.TriggerKind {
		name.Schema = o.Table.Schema
	}
	return defined{o.Kind, name}
}

// keepObject gives an object that is replaced the options that the script gave it before.
func (t *tracker) keepObject(s ddl.CreateObject) ddl.CreateObject {
	had, known := t.objects[definedBy(s.Object)]
	if !s.Replace || !known {
		return s
	}
	opts := slices.Clone(had.options)
	for _, o := range s.Object.Options {
		opts = schema.SetOption(opts, o)
	}
	s.Object.Options, s.Whole = opts, true
	return s
}

// followObject takes note of an object that the script makes.
func (t *tracker) followObject(s ddl.CreateObject) {
	key := definedBy(s.Object)
	_, known := t.objects[key]
	if s.Guard != ddl.Unguarded || s.Replace && !known && !s.Whole {
		return
	}
	if t.objects == nil {
		t.objects = map[defined]made{}
	}
	t.objects[key] = made{s.Object.Options, s.Object.Table}
}

// forgetObject takes note of an object that goes.
func (t *tracker) forgetObject(s ddl.DropObject) { delete(t.objects, definedBy(s.Object)) }

// forgetObjectsIn takes note of a schema that goes, or gets another name: what is in it
// then is no longer known.
func (t *tracker) forgetObjectsIn(space string) {
	maps.DeleteFunc(t.objects, func(d defined, _ made) bool { return d.name.Schema == space })
}
