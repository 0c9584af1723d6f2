package migratetest

import (
	"fmt"
	"slices"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/schema"
)

// snapshot is what a database holds at one time.
type snapshot struct {
	metadata *schema.Metadata
	others   []string // enumerations and what gomig does not manage, one line each
}

// snapshot reads the database, without the version table.
func (d *Database) snapshot() *snapshot {
	d.t.Helper()
	m := d.migration()
	defer d.close(m)
	return d.read(m)
}

func (d *Database) read(m *env.Migration) *snapshot {
	d.t.Helper()
	r, err := d.reflect(m)
	if err != nil {
		d.t.Fatalf("reflecting the database: %v", err)
	}
	s := &snapshot{metadata: schema.NewMetadata(schema.Options{})}
	for _, t := range r.Tables {
		s.metadata.Add(t)
	}
	for _, e := range r.Enums {
		s.others = append(s.others, fmt.Sprintf("enumeration %s %q", e.Name, e.Values))
	}
	for _, o := range r.Others {
		s.others = append(s.others, fmt.Sprintf("%s %s", o.Kind, o.Name))
	}
	slices.Sort(s.others)
	return s
}

// reflect reads what takes part in autogenerate.
func (d *Database) reflect(m *env.Migration) (*dialect.Reflection, error) {
	conn, err := m.Conn()
	if err != nil {
		return nil, err
	}
	o := m.AutogenerateOptions()
	scope := dialect.Scope{AllSchemas: o.IncludeSchemas, Include: o.IncludeTable}
	for _, md := range o.Metadata {
		for _, t := range md.Tables() {
			if n := t.Name.Schema; n != "" && !slices.Contains(scope.Schemas, n) {
				scope.Schemas = append(scope.Schemas, n)
			}
		}
	}
	r, err := m.Dialect().Reflect(d.t.Context(), conn, scope)
	if err != nil {
		return nil, err
	}
	version := o.VersionTable
	if version.Schema == r.DefaultSchema {
		version.Schema = ""
	}
	r.Tables = slices.DeleteFunc(r.Tables, func(t *schema.Table) bool { return t.Name == version })
	return r, nil
}

// differs says what there is to do until the database is what it was.
func (d *Database) differs(want *snapshot) []string {
	d.t.Helper()
	m := d.migration()
	defer d.close(m)
	conn, err := m.Conn()
	if err != nil {
		d.t.Fatal(err)
	}
	o := m.AutogenerateOptions()
	o.Metadata = []*schema.Metadata{want.metadata}
	r, err := autogen.Compare(d.t.Context(), m.Dialect(), conn, o)
	if err != nil {
		d.t.Fatalf("comparing the database with what it was: %v", err)
	}
	out := r.Detected
	have := d.read(m)
	for _, o := range want.others {
		if !slices.Contains(have.others, o) {
			out = append(out, "added "+o)
		}
	}
	for _, o := range have.others {
		if !slices.Contains(want.others, o) {
			out = append(out, "removed "+o)
		}
	}
	return out
}
