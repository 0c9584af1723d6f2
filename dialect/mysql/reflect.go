package mysql

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// systemSchemas are the servers' own.
var systemSchemas = []string{"information_schema", "mysql", "performance_schema", "sys", "metrics_schema", "inspection_schema"}

// Reflect reads what the database holds: one set of narrow catalogue queries a
// schema, whatever the number of tables. Only tables with what no catalogue tells
// cost a query each: partitions, and the parsers of FULLTEXT indexes.
func (d *Dialect) Reflect(ctx context.Context, conn dialect.Conn, scope dialect.Scope) (*dialect.Reflection, error) {
	r := &reader{d: d, ctx: ctx, conn: conn, include: scope.Include, verbatim: scope.Verbatim}
	if err := r.begin(scope); err != nil {
		return nil, fmt.Errorf("reflecting: %w", err)
	}
	for _, s := range r.schemas {
		if err := r.schema(s, ""); err != nil {
			return nil, fmt.Errorf("reflecting schema %q: %w", s, err)
		}
	}
	return r.finish(), nil
}

// ReflectTable reads one table. The catalogue opens that table only.
func (d *Dialect) ReflectTable(ctx context.Context, conn dialect.Conn, name schema.Name) (*schema.Table, error) {
	r := &reader{d: d, ctx: ctx, conn: conn}
	scope := dialect.Scope{}
	if err := r.begin(scope); err != nil {
		return nil, fmt.Errorf("reflecting table %q: %w", name, err)
	}
	in := name.Schema
	if in == "" {
		in = r.out.DefaultSchema
	}
	if err := r.schema(in, name.Name); err != nil {
		return nil, fmt.Errorf("reflecting table %q: %w", name, err)
	}
	out := r.finish()
	for _, p := range out.Problems {
		return nil, fmt.Errorf("reflecting table %q: %w", name, p.Err)
	}
	if len(out.Tables) == 0 {
		return nil, fmt.Errorf("reflecting table %q: there is no such table", name)
	}
	return out.Tables[0], nil
}

// HasTable asks the catalogue for one table.
func (d *Dialect) HasTable(ctx context.Context, conn dialect.Conn, name schema.Name) (bool, error) {
	found := false
	where := "TABLE_SCHEMA = " + d.schemaText(name.Schema) + " AND TABLE_NAME = " + d.quotedText(name.Name)
	err := query(ctx, conn, "SELECT TABLE_TYPE FROM information_schema.TABLES WHERE "+where, func(w *row) {
		found = found || isTable(w.text(0))
	})
	if err != nil {
		return false, fmt.Errorf("looking for table %q: %w", name, err)
	}
	return found, nil
}

// schemaText is the schema in a condition; empty for the connection's own.
func (d *Dialect) schemaText(s string) string {
	if s == "" {
		return "DATABASE()"
	}
	return d.quotedText(s)
}

func isTable(kind string) bool { return kind == "BASE TABLE" || kind == "SYSTEM VERSIONED" }

// reader gathers the answers of the catalogue.
type reader struct {
	d       *Dialect
	ctx     context.Context
	conn    dialect.Conn
	include func(schema.Name) bool
	schemas []string // to read, the default one first
	out     dialect.Reflection

	verbatim bool // see dialect.Scope

	in     string            // the schema being read
	only   string            // the only table to read, empty for all
	tables map[string]*found // of the schema being read, by name
	all    []*found          // of all schemas
}

// found is a table while it is read.
type found struct {
	table     *schema.Table
	collation string
	err       error // why it cannot be read
	special   bool  // needs SHOW CREATE TABLE
	geometry  bool  // has a geometry whose reference system another view holds

	clustering *ClusteredOption  // what keeps the rows, where that is not the rule (TiDB)
	widths     map[string]string // types of columns with a width of their own (TiDB), by column
}

// fail records the first thing about a table that cannot be read.
func (f *found) fail(format string, args ...any) {
	if f.err == nil {
		f.err = fmt.Errorf(format, args...)
	}
}

func (r *reader) begin(scope dialect.Scope) error {
	all, err := pairs(r.ctx, r.conn, "SELECT SCHEMA_NAME, DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA")
	if err != nil {
		return err
	}
	if err := query(r.ctx, r.conn, "SELECT DATABASE()", func(w *row) { r.out.DefaultSchema = w.text(0) }); err != nil {
		return err
	}
	// Schemas come and go after Detect; what is read is judged by what is there now.
	d := *r.d
	d.set.database, d.set.schemaCollation = r.out.DefaultSchema, all
	r.d = &d
	if r.out.DefaultSchema != "" {
		r.schemas = append(r.schemas, r.out.DefaultSchema)
	}
	want := slices.Clone(scope.Schemas)
	if scope.AllSchemas {
		for s := range all {
			if !slices.Contains(systemSchemas, strings.ToLower(s)) && !isScratch(s) {
				want = append(want, s)
			}
		}
	}
	slices.Sort(want)
	for _, s := range slices.Compact(want) {
		if s != "" && s != r.out.DefaultSchema {
			r.schemas = append(r.schemas, s)
		}
	}
	if len(r.schemas) == 0 {
		return errors.New("the connection has no database: name one in the URL")
	}
	return nil
}

// name is the name of an object of the schema being read.
func (r *reader) name(s string) schema.Name {
	if r.in == r.out.DefaultSchema {
		return schema.Name{Name: s}
	}
	return schema.Name{Schema: r.in, Name: s}
}

// where is the condition on the schema being read, and on the table if it is only one.
func (r *reader) where(schemaColumn, tableColumn string) string {
	text := schemaColumn + " = " + r.d.quotedText(r.in)
	if r.only != "" {
		text += " AND " + tableColumn + " = " + r.d.quotedText(r.only)
	}
	return text
}

// schema reads one schema.
func (r *reader) schema(in, only string) error {
	r.in, r.only, r.tables = in, only, map[string]*found{}
	steps := []func() error{r.readTables, r.readColumns, r.readIndexes, r.readForeignKeys, r.readChecks, r.readPartitioned, r.readTiDB, r.readSpecial}
	if only == "" {
		steps = append(steps, r.readOthers)
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// get runs a catalogue query.
func (r *reader) get(text string, each func(*row)) error { return query(r.ctx, r.conn, text, each) }

// finish brings what was read to canonical form, in order.
func (r *reader) finish() *dialect.Reflection {
	for _, f := range r.all {
		if f.err != nil {
			r.out.Problems = append(r.out.Problems, dialect.Problem{Object: dialect.Object{Kind: "table", Name: f.table.Name}, Err: f.err})
			continue
		}
		out := r.d.Canonical(f.table)
		if r.verbatim {
			r.d.verbatim(out, f.table)
			f.addOwn(out)
		}
		r.out.Tables = append(r.out.Tables, out)
		r.keepOwn(f, out)
	}
	slices.SortFunc(r.out.Tables, func(a, b *schema.Table) int { return a.Name.Compare(b.Name) })
	slices.SortFunc(r.out.Problems, func(a, b dialect.Problem) int { return a.Object.Name.Compare(b.Object.Name) })
	slices.SortFunc(r.out.Others, func(a, b dialect.Object) int {
		if c := a.Name.Compare(b.Name); c != 0 {
			return c
		}
		return strings.Compare(a.Kind, b.Kind)
	})
	return &r.out
}

// keepOwn keeps of a table what canonical form leaves out, for it is not compared.
func (r *reader) keepOwn(f *found, canonical *schema.Table) {
	if f.clustering == nil && !has[PreSplitRegionsOption](f.table.Options) {
		return
	}
	own := canonical.Clone()
	f.addOwn(own)
	if r.out.Own == nil {
		r.out.Own = map[schema.Name]*schema.Table{}
	}
	r.out.Own[own.Name] = own
}

// addOwn gives a table what canonical form leaves out.
func (f *found) addOwn(t *schema.Table) {
	if o, ok := schema.Find[PreSplitRegionsOption](f.table.Options); ok {
		o.AddToTable(t)
	}
	if f.clustering != nil {
		t.PrimaryKey.With(*f.clustering)
	}
}
