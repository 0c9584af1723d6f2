package env

import (
	"context"
	"fmt"
	"log/slog"
	"reflect"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script/revision"
)

// runHistory runs every revision in the scratch database that is connected to.
// What an environment does beside running revisions (OnVersionApply) is left
// out: nothing was applied to a database of anyone's.
func (m *Migration) runHistory(ctx context.Context) error {
	task, log, callbacks := m.task, m.log, m.options.OnVersionApply
	defer func() { m.task, m.log, m.options.OnVersionApply = task, log, callbacks }()
	m.options.OnVersionApply = nil
	m.log = slog.New(&quieter{log.Handler()})
	m.task = Task{
		Writes: true, History: true, Destination: "heads",
		Plan: func(_ context.Context, _ *Migration, heads []string) (revision.Plan, error) {
			return m.graph.Upgrade(heads, "heads")
		},
	}
	return m.runOnline(ctx)
}

// quieter makes information debugging: a history that is run to be looked at is
// no progress of the database.
type quieter struct{ slog.Handler }

func (h *quieter) Enabled(ctx context.Context, l slog.Level) bool {
	return h.Handler.Enabled(ctx, quiet(l))
}

func (h *quieter) Handle(ctx context.Context, r slog.Record) error {
	r.Level = quiet(r.Level)
	return h.Handler.Handle(ctx, r)
}

func quiet(l slog.Level) slog.Level {
	if l == slog.LevelInfo {
		return slog.LevelDebug
	}
	return l
}

// confined reports whether the scratch database is all that a history may touch
// on its server, so that no other may be named: a schema of MySQL is a database
// of the server's like any other.
func (m *Migration) confined() bool {
	return m.task.History && m.conn != nil && m.selfCommitter() != nil
}

// confine refuses a statement that names another database.
func (m *Migration) confine(s ddl.Statement) error {
	if !m.confined() {
		return nil
	}
	if n, ok := elsewhere(reflect.ValueOf(s)); ok {
		return fmt.Errorf("it names %q, which is in another database; a history runs in one scratch database, so compare with the real one instead", n)
	}
	return nil
}

// declared refuses tables of other databases.
func (m *Migration) declared() error {
	if !m.confined() {
		return nil
	}
	for _, md := range m.options.TargetMetadata {
		for _, t := range md.Tables() {
			if t.Name.Schema != "" {
				return fmt.Errorf("table %q is declared in another database; a history runs in one scratch database, so compare with the real one instead", t.Name)
			}
		}
	}
	return nil
}

var nameType = reflect.TypeFor[schema.Name]()

// elsewhere is the first name in a statement that has a schema.
func elsewhere(v reflect.Value) (schema.Name, bool) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			return elsewhere(v.Elem())
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			if n, ok := elsewhere(v.Index(i)); ok {
				return n, true
			}
		}
	case reflect.Struct:
		if v.Type() == nameType {
			n, ok := reflect.TypeAssert[schema.Name](v)
			return n, ok && n.Schema != ""
		}
		for i := range v.NumField() {
			if !v.Type().Field(i).IsExported() {
				continue
			}
			if n, ok := elsewhere(v.Field(i)); ok {
				return n, true
			}
		}
	default:
	}
	return schema.Name{}, false
}
