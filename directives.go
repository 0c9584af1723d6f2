package gomig

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/gen"
	"github.com/gomig-dev/gomig/op"
)

// scripts are what is to become revision files, as the comparisons fill them and
// the environment's hook changes them.
type scripts struct {
	base      autogen.MigrationScript
	databases []string // that have a body in each, whether anything was found in them or not
	list      []*autogen.MigrationScript

	detected []detected
	compared bool            // with a declaration, which a plain revision is not
	hooked   bool            // a hook has looked at them
	dialect  dialect.Dialect // of the last database; nil for none
	render   autogen.RenderItem
	names    map[string]string // of imports, by path
	mu       sync.Mutex
}

// detected is what was found in one database, in Alembic's words.
type detected struct {
	number int // of the database
	what   []string
}

// newScripts begins with one script; databases are those that it has something
// for in any case.
func newScripts(base autogen.MigrationScript, databases []string) *scripts {
	s := &scripts{base: base, databases: databases}
	s.add()
	return s
}

// add begins one more script.
func (s *scripts) add() {
	next := s.base
	for _, name := range s.databases {
		bodyOf(&next, name)
	}
	s.list = append(s.list, &next)
}

// bodyOf is the body of a script for a database; its own if that has no name.
func bodyOf(s *autogen.MigrationScript, database string) *autogen.Body {
	if database == "" {
		return &s.Body
	}
	if s.Databases == nil {
		s.Databases = map[string]*autogen.Body{}
	}
	if s.Databases[database] == nil {
		s.Databases[database] = &autogen.Body{}
	}
	return s.Databases[database]
}

// take puts what a comparison of one database found into the last script, and
// lets the environment's hook look at all of them.
func (s *scripts) take(ctx context.Context, m *env.Migration, r *autogen.Result) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.list) == 0 { // a hook left nothing of what was found in another database
		s.add()
	}
	s.detected = append(s.detected, detected{m.Number(), within(m.Database(), r.Detected)})
	body := bodyOf(s.list[len(s.list)-1], m.Database())
	body.Upgrade, body.Downgrade = append(body.Upgrade, r.Upgrade...), append(body.Downgrade, r.Downgrade...)
	body.Stays = append(body.Stays, r.Stays...)
	s.dialect = m.Dialect()
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
	for _, path := range slices.Sorted(maps.Keys(s.names)) {
		data.Imports = append(data.Imports, gen.Import{Path: path, Name: s.names[path]})
	}
	if data.Upgrades, data.Downgrades, err = s.bodies(of.Body); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(of.Databases)) {
		db := gen.Database{Name: name}
		if db.Upgrades, db.Downgrades, err = s.bodies(*of.Databases[name]); err != nil {
			return err
		}
		data.Databases = append(data.Databases, db)
	}
	return nil
}

// bodies renders the two bodies of one database, with the remarks for their reader.
func (s *scripts) bodies(b autogen.Body) (up, down gen.Fragment, err error) {
	var upward, downward []autogen.Remark
	if s.dialect != nil {
		upward, downward = autogen.Remarks(s.dialect, b)
	}
	item := gen.Item(s.render)
	if up, err = gen.Body(b.Upgrade, gen.BodyOptions{Item: item, Remarks: remarks(upward)}); err != nil {
		return up, down, err
	}
	down, err = gen.Body(b.Downgrade, gen.BodyOptions{Item: item, Remarks: remarks(downward), Lead: b.Stays})
	return up, down, err
}

func remarks(list []autogen.Remark) []gen.Remark {
	out := make([]gen.Remark, len(list))
	for i, r := range list {
		out[i] = gen.Remark(r)
	}
	return out
}

// summary is what a script does, for the terminal.
func (s *scripts) summary(of *autogen.MigrationScript) string {
	var ops []op.Operation
	for _, b := range of.Bodies() {
		ops = append(ops, b.Upgrade...)
	}
	switch {
	case len(ops) == 0 && s.compared && !slices.ContainsFunc(s.detected, func(d detected) bool { return len(d.what) > 0 }):
		return "nothing differs; the revision is empty"
	case len(ops) == 0 && s.compared:
		return "the revision is empty"
	case s.dialect == nil:
		return ""
	}
	return autogen.Summary(s.dialect, ops)
}

// differences are what is left to do, in words: as it was detected, or, where a
// hook has changed that, as the operations say it.
func (s *scripts) differences() []string {
	var out []string
	if !s.hooked {
		slices.SortStableFunc(s.detected, func(a, b detected) int { return a.number - b.number })
		for _, d := range s.detected {
			out = append(out, d.what...)
		}
		return out
	}
	for _, script := range s.list {
		out = append(out, sayings(script.Upgrade)...)
		for _, name := range slices.Sorted(maps.Keys(script.Databases)) {
			out = append(out, within(name, sayings(script.Databases[name].Upgrade))...)
		}
	}
	return out
}

// sayings are operations in words.
func sayings(list []op.Operation) []string {
	out := make([]string, len(list))
	for i, o := range list {
		out[i] = o.String()
	}
	return out
}

// within says of which database something is, if that has a name.
func within(database string, what []string) []string {
	if database == "" {
		return what
	}
	out := make([]string, len(what))
	for i, w := range what {
		out[i] = database + ": " + w
	}
	return out
}
