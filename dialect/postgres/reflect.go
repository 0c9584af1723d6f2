package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// Reflect reads what the database holds. It asks twelve questions at most, whatever the
// size of the database, each of the catalogue's own tables and narrow; what
// belongs together is joined here, not there. It changes nothing in the session.
//
// Texts of expressions name objects as the session's search path lets them, so
// two reflections are alike only if their sessions' paths are.
func (s server) Reflect(ctx context.Context, conn dialect.Conn, scope dialect.Scope) (*dialect.Reflection, error) {
	r := &reader{server: s, ctx: ctx, conn: conn, out: &dialect.Reflection{}, tables: map[int64]*table{}, verbatim: scope.Verbatim}
	if err := r.within(scope); err != nil {
		return nil, fmt.Errorf("reflecting: %w", err)
	}
	r.out.DefaultSchema = r.schema
	for _, step := range []struct {
		what string
		read func() error
	}{
		{"numbered columns", r.readSequences},
		{"tables", func() error { return r.readRelations(scope.Include) }},
		{"columns", r.readColumns},
		{"enumerations", r.readEnums},
		{"what is of enumerations", r.readHolders},
		{"types", r.readTypes},
		{"indexes", r.readIndexes},
		{"collations and operator classes", r.readNames},
		{"constraints", r.readConstraints},
		{"other objects", r.readOthers},
	} {
		if err := step.read(); err != nil {
			return nil, fmt.Errorf("reflecting %s: %w", step.what, err)
		}
	}
	r.build()
	return r.out, nil
}

// HasTable asks the catalogue for one table.
func (s server) HasTable(ctx context.Context, conn dialect.Conn, name schema.Name) (bool, error) {
	table, err := literal(name.Name)
	if err != nil {
		return false, fmt.Errorf("looking for table %q: %w", name, err)
	}
	space, usable := "current_schema()", "current_schema() IS NOT NULL"
	if name.Schema != "" {
		usable = "true"
		if space, err = literal(name.Schema); err != nil {
			return false, fmt.Errorf("looking for table %q: %w", name, err)
		}
	}
	var known, found bool
	query := `SELECT ` + usable + `, EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND c.relname = ` + table + ` AND n.nspname = ` + space + `)`
	err = conn.QueryRowContext(ctx, query).Scan(&known, &found)
	if err == nil && !known {
		err = errNoSchema
	}
	if err != nil {
		return false, fmt.Errorf("looking for table %q: %w", name, err)
	}
	return found, nil
}

// reader is one reflection in the making.
type reader struct {
	server
	ctx       context.Context
	conn      dialect.Conn
	out       *dialect.Reflection
	verbatim  bool   // see dialect.Scope
	spaces    string // condition: the schema n is to be read
	selected  string // condition after a column of table numbers: the table is to be read
	order     []int64
	tables    map[int64]*table
	sequences map[[2]int64]sequence // by table and column
	owned     map[int64][2]int64    // the table and column that a sequence belongs to
	named     map[int64]schema.Name // sequences that belong to a column
	enums     map[int64]dialect.Enum
	listed    map[int64]bool // those of the schemas in scope that belong to no extension
	types     map[int64]namedType
	collation map[int64]qualified
	opclass   map[int64]operatorClass
}

// table is a table in the making.
type table struct {
	*schema.Table
	columns map[int64]*schema.ColumnDef // by number
	serials []string                    // columns that are serial
	from    []string                    // columns that are there by inheritance alone
	checked []string                    // checks that are
	raw     []rawColumn
	indexes []rawIndex
	checks  []rawConstraint
	err     error // what makes it unreadable
}

// qualified is the name of an object.
type qualified struct {
	schema, name string
	visible      bool // found without its schema
}

var errNoSchema = errors.New("the search path names no schema that is there and that the user may use: create it, or GRANT USAGE ON SCHEMA")

// within asks for the default schema and builds the conditions of a scope.
func (r *reader) within(scope dialect.Scope) error {
	var path string
	if err := r.conn.QueryRowContext(r.ctx, "SELECT coalesce(current_schema(), ''), current_setting('search_path')").Scan(&r.schema, &path); err != nil {
		return fmt.Errorf("asking for the default schema: %w", err)
	}
	names := []string{r.schema}
	for _, s := range scope.Schemas {
		if s != "" {
			names = append(names, s)
		}
	}
	if r.schema == "" && len(names) == 1 && !scope.AllSchemas {
		r.problem("default schema", schema.Name{Name: path}, errNoSchema)
	}
	if scope.AllSchemas {
		all, err := r.usable(names)
		if err != nil {
			return fmt.Errorf("asking for the schemas: %w", err)
		}
		names = append(names, all...)
	}
	for i, n := range names {
		text, err := literal(n)
		if err != nil {
			return err
		}
		names[i] = text
	}
	r.spaces = "n.nspname IN (" + strings.Join(names, ", ") + ")"
	r.selected = ` IN (SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND ` + r.spaces + `)`
	return nil
}

// usable are all schemas but the system's own and those that the user may not use,
// which are left alone unless they are named.
func (r *reader) usable(named []string) (out []string, err error) {
	const query = `SELECT n.nspname::text, has_schema_privilege(n.oid, 'USAGE') FROM pg_catalog.pg_namespace n
WHERE n.nspname <> 'information_schema' AND left(n.nspname, 3) <> 'pg_' ORDER BY 1`
	err = r.each(query, func(scan func(...any) error) error {
		var name string
		var may bool
		if err := scan(&name, &may); err != nil {
			return err
		}
		if may {
			out = append(out, name)
		} else if !slices.Contains(named, name) {
			r.problem("schema", schema.Name{Name: name}, errors.New("the user has no right USAGE on it"))
		}
		return nil
	})
	return out, err
}

// fold is the schema of an object as its name has it.
func (r *reader) fold(schemaName string) string {
	if schemaName == r.schema {
		return ""
	}
	return schemaName
}

func (r *reader) name(schemaName, name string) schema.Name {
	return schema.Name{Schema: r.fold(schemaName), Name: name}
}

func (r *reader) problem(kind string, name schema.Name, err error) {
	r.out.Problems = append(r.out.Problems, dialect.Problem{Object: dialect.Object{Kind: kind, Name: name}, Err: err})
}

// each calls f for every row.
func (r *reader) each(query string, f func(scan func(...any) error) error) error {
	rows, err := r.conn.QueryContext(r.ctx, query)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := f(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// text is a column of a result that may be NULL, which counts as empty.
type text = sql.NullString

const relationsQuery = `SELECT c.oid::bigint, n.nspname::text, c.relname::text, c.relkind::text, c.relpersistence::text, c.relispartition,
  c.relrowsecurity, c.relforcerowsecurity, e.objid IS NOT NULL, d.description,
  array_to_string(c.reloptions, chr(10)), array_to_string(tc.reloptions, chr(10)),
  ts.spcname::text, am.amname::text, CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END,
  CASE WHEN c.relkind = 'r' AND NOT c.relispartition THEN (SELECT json_agg(json_build_array(pn.nspname, pc.relname) ORDER BY i.inhseqno)
    FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class pc ON pc.oid = i.inhparent
    JOIN pg_catalog.pg_namespace pn ON pn.oid = pc.relnamespace WHERE i.inhrelid = c.oid)::text END
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_class tc ON tc.oid = c.reltoastrelid
LEFT JOIN pg_catalog.pg_tablespace ts ON ts.oid = c.reltablespace
LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
LEFT JOIN pg_catalog.pg_description d ON d.classoid = 'pg_catalog.pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0
LEFT JOIN pg_catalog.pg_depend e ON e.classid = 'pg_catalog.pg_class'::regclass AND e.objid = c.oid AND e.objsubid = 0 AND e.deptype = 'e'
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND `

// kinds are the words for what a schema holds beside tables, by the catalogue's letters.
var kinds = map[string]string{"v": "view", "m": "materialized view", "S": "sequence", "f": "foreign table"}

// readRelations reads the tables, and names what is like a table.
func (r *reader) readRelations(include func(schema.Name) bool) error {
	r.named = map[int64]schema.Name{}
	err := r.each(relationsQuery+r.spaces+" ORDER BY n.nspname, c.relname", func(scan func(...any) error) error {
		var c rawRelation
		if err := scan(&c.id, &c.schema, &c.name, &c.kind, &c.persistence, &c.partition, &c.rowSecurity, &c.forced, &c.member,
			&c.comment, &c.options, &c.toast, &c.tablespace, &c.method, &c.key, &c.parents); err != nil {
			return err
		}
		name := r.name(c.schema, c.name)
		kind := c.otherKind()
		if kind != "" {
			if _, ok := r.owned[c.id]; ok {
				r.named[c.id] = name
			} else {
				r.out.Others = append(r.out.Others, dialect.Object{Kind: kind, Name: name})
			}
			return nil
		}
		if include == nil || include(name) {
			r.order = append(r.order, c.id)
			r.tables[c.id] = &table{Table: r.relation(name, c), columns: map[int64]*schema.ColumnDef{}}
		}
		return nil
	})
	if include != nil {
		r.selected = " = ANY ('" + numbers(r.order) + "'::oid[])"
	}
	return err
}

// numbers is an array of numbers as a literal holds it.
func numbers(list []int64) string {
	texts := make([]string, len(list))
	for i, n := range list {
		texts[i] = strconv.FormatInt(n, 10)
	}
	return "{" + strings.Join(texts, ",") + "}"
}

type rawRelation struct {
	id                               int64
	schema, name, kind, persistence  string
	partition, rowSecurity, forced   bool
	member                           bool // of an extension
	comment, options, toast          text
	tablespace, method, key, parents text
}

// otherKind is the word for what is no table that gomig manages; empty for one that is.
func (c rawRelation) otherKind() string {
	switch {
	case kinds[c.kind] != "":
		return kinds[c.kind]
	case c.partition:
		return "partition"
	case c.member:
		return "table of an extension"
	}
	return ""
}

func (r *reader) relation(name schema.Name, c rawRelation) *schema.Table {
	t := &schema.Table{Name: name, Comment: c.comment.String}
	add := func(o schema.Option) { t.Options = schema.SetOption(t.Options, o) }
	if c.persistence == "u" {
		add(Unlogged())
	}
	if c.key.String != "" {
		add(PartitionBy(c.key.String))
	}
	if names := pairs(c.parents.String); len(names) > 0 {
		parents := make([]string, len(names))
		for i, p := range names {
			parents[i] = parentText(r.name(p[0], p[1]))
		}
		add(Inherits(parents...))
	}
	if c.kind == "r" && c.method.String != "" {
		add(AccessMethod(c.method.String))
	}
	if c.tablespace.String != "" {
		add(Tablespace(c.tablespace.String))
	}
	if c.rowSecurity {
		scope := Others
		if c.forced {
			scope = OwnerIncluded
		}
		add(RowSecurity(scope))
	}
	for _, o := range params(c.options.String, "") {
		add(o)
	}
	for _, o := range params(c.toast.String, "toast.") {
		add(o)
	}
	return t
}

// params reads storage parameters: name=value, one a line.
func params(lines, prefix string) (out []schema.Option) {
	for line := range strings.SplitSeq(lines, "\n") {
		if name, value, ok := strings.Cut(line, "="); ok {
			out = append(out, With(prefix+name, value))
		}
	}
	return out
}

// restate gives a table in canonical form back what that form takes as one:
// now() beside CURRENT_TIMESTAMP, 0.00 beside 0, and what is its own.
func (t *table) restate(out *schema.Table) {
	t.own(out)
	for _, c := range t.Columns {
		o := out.Column(c.Name)
		number := c.Default.Text != "" && strings.Trim(c.Default.Text, "0123456789.") == ""
		switch {
		case o.Default.Kind == schema.ExprNow && c.Default.Text != "CURRENT_TIMESTAMP":
			o.Default = c.Default
		case o.Default.Kind == schema.ExprNumber && number:
			o.Default = schema.Number(c.Default.Text)
		}
	}
}

// own gives a table in canonical form its serial and inherited columns back.
func (t *table) own(out *schema.Table) {
	for _, name := range t.serials {
		if c := out.Column(name); !isSerial(c) {
			Serial().AddToColumn(c)
		}
	}
	for _, name := range t.from {
		Inherited().AddToColumn(out.Column(name))
	}
	for _, c := range out.Checks {
		if slices.Contains(t.checked, c.Name) {
			Inherited().AddToConstraint(c)
		}
	}
}

// build turns what was read into tables in canonical form, in order.
func (r *reader) build() {
	canon := r.server
	canon.schema = r.schema
	r.out.Own = map[schema.Name]*schema.Table{}
	for _, id := range r.order {
		t := r.tables[id]
		if t.err != nil {
			r.problem("table", t.Name, t.err)
			continue
		}
		out := canon.Canonical(t.Table)
		if r.verbatim {
			t.restate(out)
		} else if len(t.serials)+len(t.from)+len(t.checked) > 0 {
			said := out.Clone()
			t.own(said)
			r.out.Own[out.Name] = said
		}
		r.out.Tables = append(r.out.Tables, out)
	}
	for id, name := range r.named {
		r.ownedSequence(id, name)
	}
	slices.SortFunc(r.out.Tables, func(a, b *schema.Table) int { return a.Name.Compare(b.Name) })
	slices.SortFunc(r.out.Enums, func(a, b dialect.Enum) int { return a.Name.Compare(b.Name) })
	slices.SortStableFunc(r.out.Others, func(a, b dialect.Object) int {
		if c := strings.Compare(a.Kind, b.Kind); c != 0 {
			return c
		}
		return a.Name.Compare(b.Name)
	})
}
