package gomig

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/gen"
)

// scripts are what is to become revision files, as the comparisons fill them and
// the environment's hook changes them.
type scripts struct {
	base autogen.MigrationScript
	list []*autogen.MigrationScript

	detected []string // in Alembic's words
	hooked   bool     // a hook has looked at them
	render   autogen.RenderItem
	names    map[string]string // of imports, by path
	mu       sync.Mutex
}

func newScripts(base autogen.MigrationScript) *scripts {
	first := base
	return &scripts{base: base, list: []*autogen.MigrationScript{&first}}
}

// take puts what a comparison of one database found into the last script, and
// lets the environment's hook look at all of them.
func (s *scripts) take(ctx context.Context, m *env.Migration, r *autogen.Result) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.list) == 0 { // a hook left nothing of what was found in another database
		next := s.base
		s.list = append(s.list, &next)
	}
	s.detected = append(s.detected, r.Detected...)
	last := s.list[len(s.list)-1]
	last.Upgrade, last.Downgrade = append(last.Upgrade, r.Upgrade...), append(last.Downgrade, r.Downgrade...)
	hooks := m.AutogenerateOptions().Hooks
	if f := hooks.Render(); f != nil {
		s.render = f
	}
	if len(hooks.ImportNames) > 0 {
		if s.names == nil {
			s.names = map[string]string{}
		}
		maps.Copy(s.names, hooks.ImportNames)
	}
	if hooks.Process == nil {
		return nil
	}
	s.hooked = true
	list, err := hooks.Process(ctx, s.list)
	if err != nil {
		return err
	}
	if slices.Contains(list, nil) {
		return errors.New("processing the revision directives: the hook gave a script that is nil; give an empty list for none")
	}
	s.list = list
	return nil
}

// fill puts the operations of a script into the data of its file.
func (s *scripts) fill(data *gen.Data, of *autogen.MigrationScript) (err error) {
	opts := gen.BodyOptions{Item: gen.Item(s.render)}
	for _, path := range slices.Sorted(maps.Keys(s.names)) {
		data.Imports = append(data.Imports, gen.Import{Path: path, Name: s.names[path]})
	}
	if data.Upgrades, err = gen.Body(of.Upgrade, opts); err != nil {
		return err
	}
	data.Downgrades, err = gen.Body(of.Downgrade, opts)
	for _, name := range slices.Sorted(maps.Keys(of.Databases)) {
		db := gen.Database{Name: name}
		b := of.Databases[name]
		if err == nil {
			db.Upgrades, err = gen.Body(b.Upgrade, opts)
		}
		if err == nil {
			db.Downgrades, err = gen.Body(b.Downgrade, opts)
		}
		data.Databases = append(data.Databases, db)
	}
	return err
}

// differences are what is left to do, in words: as it was detected, or, where a
// hook has changed that, as the operations say it.
func (s *scripts) differences() []string {
	if !s.hooked {
		return s.detected
	}
	var out []string
	for _, script := range s.list {
		for _, b := range script.Bodies() {
			for _, o := range b.Upgrade {
				out = append(out, o.String())
			}
		}
	}
	return out
}
