package postgres

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

var (
	_ dialect.Viewer       = server{}
	_ dialect.ViewOptioner = server{}
)

// Views reads the views that belong to no extension.
func (s server) Views(ctx context.Context, conn dialect.Conn, scope dialect.Scope) ([]dialect.View, error) {
	r := &reader{server: s, ctx: ctx, conn: conn, out: &dialect.Reflection{}, tables: map[int64]*table{}}
	err := r.within(scope)
	var views map[int64]*dialect.View
	if err == nil {
		views, err = r.readViews(scope)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the views: %w", err)
	}
	var out []dialect.View
	for _, v := range views {
		out = append(out, *v)
	}
	slices.SortFunc(out, func(a, b dialect.View) int { return a.Name.Compare(b.Name) })
	return out, nil
}

const viewsQuery = `SELECT c.oid::bigint, n.nspname::text, c.relname::text, c.relkind::text, pg_get_viewdef(c.oid),
  array_to_string(c.reloptions, chr(10)),
  (SELECT json_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) ORDER BY a.attnum)
     FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0)::text, NOT (%[1]s)
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('v', 'm') AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
  WHERE e.classid = 'pg_catalog.pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e') AND (%[1]s%[2]s)`

// dependentViews is a further condition: a view rests on a relation of the schemas.
const dependentViews = ` OR c.oid IN (SELECT r.ev_class FROM pg_catalog.pg_depend d
  JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid JOIN pg_catalog.pg_class u ON u.oid = d.refobjid JOIN pg_catalog.pg_namespace n ON n.oid = u.relnamespace
  WHERE d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.refclassid = 'pg_catalog.pg_class'::regclass AND %s)`

const viewUsesQuery = `SELECT DISTINCT r.ev_class::bigint, n.nspname::text, c.relname::text, a.attname::text
FROM pg_catalog.pg_depend d
JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid
JOIN pg_catalog.pg_class c ON c.oid = d.refobjid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid AND d.refobjsubid > 0
WHERE d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.refclassid = 'pg_catalog.pg_class'::regclass
  AND c.oid <> r.ev_class AND r.ev_class = ANY ('%s'::oid[])
ORDER BY 1, 2, 3, 4`

// readViews reads the views of a scope, by number.
func (r *reader) readViews(scope dialect.Scope) (map[int64]*dialect.View, error) {
	out := map[int64]*dialect.View{}
	var all, kept []int64
	more := ""
	if scope.Dependents {
		more = fmt.Sprintf(dependentViews, r.spaces)
	}
	err := r.each(fmt.Sprintf(viewsQuery, r.spaces, more), func(scan func(...any) error) error {
		var id int64
		var space, name, kind string
		var definition, options, columns text
		var outside bool
		if err := scan(&id, &space, &name, &kind, &definition, &options, &columns, &outside); err != nil {
			return err
		}
		v := &dialect.View{Name: r.name(space, name), Materialized: kind == "m", Outside: outside}
		if scope.Include != nil && !scope.Include(v.Name) {
			return nil
		}
		v.Definition = strings.TrimRight(strings.TrimSpace(definition.String), ";")
		lines := strings.Split(options.String, "\n")
		if !v.Materialized {
			v.Own, lines = r.viewSettings(options.String)
		}
		for _, line := range lines {
			if check, ok := strings.CutPrefix(line, "check_option="); ok {
				v.Definition += "\n WITH " + strings.ToUpper(check) + " CHECK OPTION"
			} else if line != "" {
				v.Options = strings.TrimPrefix(v.Options+viewOptionsApart+line, viewOptionsApart)
			}
		}
		v.Canonical = oneSpelling(v.Definition)
		out[id], all = v, append(all, id)
		if v.Materialized {
			kept = append(kept, id)
			r.order, r.tables[id] = append(r.order, id), &table{Table: &schema.Table{Name: v.Name}, columns: map[int64]*schema.ColumnDef{}}
		}
		v.Columns = strs(columns) // none of a view without columns, as CREATE VIEW v AS SELECT FROM t makes it
		return nil
	})
	if err == nil {
		err = r.each(fmt.Sprintf(viewUsesQuery, numbers(all)), func(scan func(...any) error) error {
			var id int64
			var space, name string
			var column text
			if err := scan(&id, &space, &name, &column); err != nil {
				return err
			}
			v, n := out[id], r.name(space, name)
			if l := len(v.Uses); l == 0 || v.Uses[l-1].Name != n {
				v.Uses = append(v.Uses, dialect.ViewUse{Name: n})
			}
			if column.Valid {
				u := &v.Uses[len(v.Uses)-1]
				u.Columns = append(u.Columns, column.String)
			}
			return nil
		})
	}
	if err == nil && len(all) > 0 {
		err = r.readBeside(out, all)
	}
	if err == nil && len(kept) > 0 {
		err = r.readViewIndexes(out)
	}
	return out, err
}

// readViewIndexes reads the indexes of materialized views as those of tables.
func (r *reader) readViewIndexes(views map[int64]*dialect.View) error {
	r.selected = " = ANY ('" + numbers(r.order) + "'::oid[])"
	r.sequences = map[[2]int64]sequence{}
	for _, read := range []func() error{r.readColumns, r.readEnums, r.readTypes, r.readIndexes, r.readNames} {
		if err := read(); err != nil {
			return err
		}
	}
	canon := r.server
	canon.schema = r.schema
	for id, t := range r.tables {
		if t.err != nil {
			return fmt.Errorf("reading materialized view %q: %w", t.Name, t.err)
		}
		for _, raw := range t.indexes {
			t.Indexes = append(t.Indexes, raw.def)
		}
		views[id].Indexes = canon.Canonical(t.Table).Indexes
	}
	return nil
}

// oneSpelling is a query in one way of spelling. What cannot be read stays as it is.
func oneSpelling(query string) string {
	tokens, ok := lex(query)
	if !ok {
		return query
	}
	return spell(tokens)
}

// NormalizeViews makes the views in schemas of their own, as Normalize does with tables.
func (s server) NormalizeViews(ctx context.Context, conn dialect.Conn, tables []*schema.Table, views []*schema.View) (out []dialect.View, refused map[schema.Name]error, err error) {
	undo, err := begin(ctx, conn)
	if err != nil {
		return nil, nil, fmt.Errorf("normalizing views: %w", err)
	}
	defer func() {
		if e := undo(context.WithoutCancel(ctx)); e != nil {
			err = errors.Join(err, fmt.Errorf("normalizing views: rolling back: %w", e))
		}
	}()
	p := &scratch{server: s, ctx: ctx, conn: conn, names: map[string]string{}, refused: map[schema.Name]error{}, made: map[schema.Name]bool{}}
	for _, v := range views {
		p.names[p.fold(v.Name.Schema)] = ""
	}
	if err := p.prepare(tables); err != nil {
		return nil, nil, fmt.Errorf("normalizing views: %w", err)
	}
	for _, t := range tables {
		if err := p.create(t); err != nil {
			return nil, nil, fmt.Errorf("normalizing views: making table %q: %w", t.Name, err)
		}
		p.made[schema.Name{Schema: p.fold(t.Name.Schema), Name: t.Name.Name}] = true
	}
	for _, v := range views {
		if err := p.attempt(v.Name, func() error { return p.createView(v) }); err != nil {
			return nil, nil, fmt.Errorf("normalizing view %q: %w", v.Name, err)
		}
		p.made[schema.Name{Schema: p.fold(v.Name.Schema), Name: v.Name.Name}] = true
	}
	out, err = p.reflectViews(views)
	return out, p.refused, err
}

// createView makes a view, and a materialized one with its indexes but without rows.
func (p *scratch) createView(v *schema.View) error {
	o := ddl.Object{Kind: ddl.ViewKind, Name: schema.Name{Schema: p.names[p.fold(v.Name.Schema)], Name: v.Name.Name}}
	o.Definition = requalified(strings.TrimRight(strings.TrimSpace(v.Query), "; \t\r\n"), p.moveObject)
	if v.Materialized {
		o.Kind = ddl.MaterializedViewKind
		o.Definition = strings.TrimSuffix(strings.TrimSpace(oneSpelling(o.Definition)), "WITH NO DATA") + " WITH NO DATA"
	}
	list := []ddl.Statement{ddl.CreateObject{Object: o}}
	for _, i := range v.Indexes {
		list = append(list, ddl.CreateIndex{Table: o.Name, Index: i})
	}
	return p.run(list)
}

// moveObject has a query name the tables, views and types in the scratch place,
// where it names them with their schema.
func (p *scratch) moveObject(space, name string) string {
	n := schema.Name{Schema: p.fold(space), Name: name}
	if _, ok := p.enums[n]; ok || p.made[n] {
		return p.names[n.Schema]
	}
	return space
}

// reflectViews reads the views back and gives them their own names again.
func (p *scratch) reflectViews(views []*schema.View) ([]dialect.View, error) {
	var scope dialect.Scope
	own := map[string]string{} // scratch schema → the one it stands for
	for name, space := range p.names {
		scope.Schemas = append(scope.Schemas, space)
		own[space] = name
	}
	slices.Sort(scope.Schemas)
	got, err := p.Views(p.ctx, p.conn, scope)
	if err != nil {
		return nil, err
	}
	home := func(n schema.Name) schema.Name {
		if n.Schema == "" { // the scratch schema is the default one here
			return n
		}
		if name, ok := own[n.Schema]; ok {
			n.Schema = name
		}
		n.Schema = p.fold(n.Schema)
		return n
	}
	found := map[schema.Name]dialect.View{}
	for _, v := range got {
		v.Name = home(v.Name)
		v.Definition = p.fromScratch(v.Definition)
		v.Canonical = oneSpelling(v.Definition)
		v.Beside = dialect.ViewBeside{} // of what was made for a moment nothing is to be kept
		for i := range v.Uses {
			v.Uses[i].Name = home(v.Uses[i].Name)
		}
		found[v.Name] = v
	}
	var out []dialect.View
	for _, v := range views {
		if got, ok := found[schema.Name{Schema: p.fold(v.Name.Schema), Name: v.Name.Name}]; ok {
			got.Name, got.Own = v.Name, v.Options // what is not said says nothing
			out = append(out, got)
		}
	}
	return out, nil
}
