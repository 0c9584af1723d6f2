package postgres

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

const constraintsQuery = `SELECT k.conrelid::bigint, k.conname::text, k.contype::text, k.condeferrable, k.condeferred, k.convalidated, k.connoinherit,
  array_to_json(k.conkey)::text, k.conindid::bigint, k.confupdtype::text, k.confdeltype::text, k.confmatchtype::text,
  rn.nspname::text, rc.relname::text,
  CASE WHEN k.contype = 'f' THEN (SELECT json_agg(a.attname ORDER BY f.i)
    FROM unnest(k.confkey) WITH ORDINALITY f(n, i) JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = f.n)::text END,
  CASE WHEN k.contype = 'c' THEN pg_get_expr(k.conbin, k.conrelid, true) END,
  CASE WHEN k.contype = 'x' THEN (SELECT json_agg(CASE WHEN pg_operator_is_visible(o.oid) THEN o.oprname::text
      ELSE 'OPERATOR(' || quote_ident(n.nspname) || '.' || o.oprname || ')' END ORDER BY x.i)
    FROM unnest(k.conexclop) WITH ORDINALITY x(id, i) JOIN pg_catalog.pg_operator o ON o.oid = x.id
    JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace)::text END,
  d.description, NOT k.conislocal, %s, %s, %s
FROM pg_catalog.pg_constraint k
LEFT JOIN pg_catalog.pg_class rc ON rc.oid = k.confrelid AND k.contype = 'f'
LEFT JOIN pg_catalog.pg_namespace rn ON rn.oid = rc.relnamespace
LEFT JOIN pg_catalog.pg_description d ON d.classoid = 'pg_catalog.pg_constraint'::regclass AND d.objoid = k.oid AND d.objsubid = 0
WHERE k.contype IN ('p', 'u', 'c', 'f', 'x') AND k.conparentid = 0 AND k.conrelid%s
ORDER BY k.oid`

// rawConstraint is a constraint as the catalogue has it.
type rawConstraint struct {
	table                                      int64
	name, kind                                 string
	deferrable, deferred, validated, noInherit bool
	inherited                                  bool
	keys                                       text
	index                                      int64
	onUpdate, onDelete, match                  string
	refSchema, refTable, refColumns            text
	expr, operators, comment                   text
	setColumns                                 text
	enforced, period                           bool
}

func (r *reader) readConstraints() error {
	if len(r.order) == 0 {
		return nil
	}
	optional := []any{"NULL::text", "true", "false"}
	if r.has.has(setColumns) {
		optional[0] = "array_to_json(k.confdelsetcols)::text"
	}
	if r.has.has(enforcement) {
		optional[1] = "k.conenforced"
	}
	if r.has.has(periods) {
		optional[2] = "k.conperiod"
	}
	err := r.each(fmt.Sprintf(constraintsQuery, append(optional, r.selected)...), func(scan func(...any) error) error {
		var k rawConstraint
		if err := scan(&k.table, &k.name, &k.kind, &k.deferrable, &k.deferred, &k.validated, &k.noInherit, &k.keys, &k.index,
			&k.onUpdate, &k.onDelete, &k.match, &k.refSchema, &k.refTable, &k.refColumns, &k.expr, &k.operators, &k.comment,
			&k.inherited, &k.setColumns, &k.enforced, &k.period); err != nil {
			return err
		}
		if t := r.tables[k.table]; t != nil {
			t.checks = append(t.checks, k)
		}
		return nil
	})
	for _, t := range r.tables {
		for _, k := range t.checks {
			t.err = firstError(t.err, r.constraint(t, k))
		}
		r.plainIndexes(t)
	}
	return err
}

// plainIndexes are the indexes that stand behind no constraint.
func (r *reader) plainIndexes(t *table) {
	behind := map[int64]bool{}
	for _, k := range t.checks {
		if k.kind == "p" || k.kind == "u" || k.kind == "x" {
			behind[k.index] = true
		}
	}
	for _, i := range t.indexes {
		if behind[i.id] {
			continue
		}
		t.Indexes = append(t.Indexes, i.def)
		if !i.valid {
			r.problem("index", schema.Name{Schema: t.Name.Schema, Name: i.def.Name},
				errors.New("the index is not valid, as after CREATE INDEX CONCURRENTLY failed: drop it and create it again, or REINDEX it"))
		}
	}
}

func (k rawConstraint) deferral() schema.Deferral {
	switch {
	case k.deferred:
		return schema.InitiallyDeferred
	case k.deferrable:
		return schema.Deferrable
	}
	return schema.DeferralDefault
}

func (r *reader) constraint(t *table, k rawConstraint) error {
	opts := r.constraintOptions(t, k)
	cols, err := t.names(k.keys, k.name)
	if err != nil {
		return err
	}
	switch k.kind {
	case "p":
		if k.deferral() != schema.DeferralDefault {
			opts = schema.SetOption(opts, DeferKey(k.deferral()))
		}
		t.PrimaryKey = &schema.PrimaryKeyDef{Name: k.name, Columns: cols, Options: opts}
	case "u":
		u := &schema.UniqueDef{Name: k.name, Columns: cols, Deferral: k.deferral(), Options: opts}
		if i := t.index(k.index); i != nil {
			u.NullsNotDistinct = i.def.NullsNotDistinct
		}
		t.Uniques = append(t.Uniques, u)
	case "c":
		if k.inherited {
			t.checked = append(t.checked, k.name)
		}
		t.Checks = append(t.Checks, &schema.CheckDef{
			Name: k.name, Expr: k.expr.String, NotValid: !k.validated && k.enforced, NotEnforced: !k.enforced, Options: opts,
		})
	case "f":
		return r.foreignKeyOf(t, k, cols, opts)
	case "x":
		return r.excludeOf(t, k, opts)
	}
	return nil
}

// names are the columns with the numbers in a list.
func (t *table) names(list text, constraint string) ([]string, error) {
	var ids []int64
	_ = json.Unmarshal([]byte(list.String), &ids) // made by array_to_json, or empty
	out := make([]string, len(ids))
	for i, id := range ids {
		c := t.columns[id]
		if c == nil {
			if id <= 0 { // a check of the whole row
				continue
			}
			return nil, fmt.Errorf("constraint %q names a column that is not there", constraint)
		}
		out[i] = c.Name
	}
	return out, nil
}

func (t *table) index(id int64) *rawIndex {
	for i := range t.indexes {
		if t.indexes[i].id == id {
			return &t.indexes[i]
		}
	}
	return nil
}

func (r *reader) constraintOptions(t *table, k rawConstraint) (opts []schema.Option) {
	add := func(o schema.Option) { opts = schema.SetOption(opts, o) }
	if k.comment.String != "" {
		add(ConstraintComment(k.comment.String))
	}
	if k.kind == "c" && k.noInherit {
		add(NoInherit())
	}
	if k.period {
		add(WithPeriod())
	}
	if k.kind == "f" {
		if !k.enforced {
			add(NotEnforced())
		}
		return opts
	}
	if i := t.index(k.index); i != nil {
		for _, o := range i.def.Options {
			add(o)
		}
		if len(i.def.Include) > 0 {
			add(Including(i.def.Include...))
		}
	}
	return opts
}

var actions = map[string]schema.Action{"r": schema.Restrict, "c": schema.Cascade, "n": schema.SetNull, "d": schema.SetDefault}

func (r *reader) foreignKeyOf(t *table, k rawConstraint, cols []string, opts []schema.Option) error {
	fk := &schema.ForeignKeyDef{
		Name: k.name, Columns: cols, RefTable: r.name(k.refSchema.String, k.refTable.String), RefColumns: strs(k.refColumns),
		OnDelete: actions[k.onDelete], OnUpdate: actions[k.onUpdate], Deferral: k.deferral(), NotValid: !k.validated && k.enforced,
	}
	if k.match == "f" {
		fk.Match = "FULL"
	}
	only, err := t.names(k.setColumns, k.name)
	if err != nil {
		return err
	}
	if len(only) > 0 {
		opts = schema.SetOption(opts, SetColumns(only...))
	}
	fk.Options = opts
	t.ForeignKeys = append(t.ForeignKeys, fk)
	return nil
}

// excludeOf puts an exclusion constraint together from its index and its operators.
func (r *reader) excludeOf(t *table, k rawConstraint, opts []schema.Option) error {
	i, ops := t.index(k.index), strs(k.operators)
	if i == nil || len(ops) != len(i.def.Parts) {
		return fmt.Errorf("constraint %q has no index of its own", k.name)
	}
	x := &schema.ExcludeDef{Name: k.name, Using: i.def.Using, Where: i.def.Where, Deferral: k.deferral(), Options: opts}
	t.Excludes = append(t.Excludes, x)
	for n, p := range i.def.Parts {
		expr := p.Expr
		if expr == "" {
			expr = quoteIfNeeded(p.Column)
		}
		how, err := r.partOptions(p)
		if err != nil {
			return err
		}
		if how != "" {
			expr = indexable(expr) + how
		}
		x.Elements = append(x.Elements, schema.ExcludeElement{Expr: expr, Operator: ops[n]})
	}
	return nil
}

const othersQuery = `SELECT 'trigger', n.nspname::text, c.relname || '.' || o.tgname FROM pg_catalog.pg_trigger o
  JOIN pg_catalog.pg_class c ON c.oid = o.tgrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE NOT o.tgisinternal AND %[1]s
UNION ALL
SELECT 'policy', n.nspname::text, c.relname || '.' || o.polname FROM pg_catalog.pg_policy o
  JOIN pg_catalog.pg_class c ON c.oid = o.polrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE %[1]s
UNION ALL
SELECT 'rule', n.nspname::text, c.relname || '.' || o.rulename FROM pg_catalog.pg_rewrite o
  JOIN pg_catalog.pg_class c ON c.oid = o.ev_class JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE o.rulename <> '_RETURN' AND %[1]s
UNION ALL
SELECT CASE o.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END, n.nspname::text,
  o.proname || '(' || pg_get_function_identity_arguments(o.oid) || ')' FROM pg_catalog.pg_proc o
  JOIN pg_catalog.pg_namespace n ON n.oid = o.pronamespace
  LEFT JOIN pg_catalog.pg_depend e ON e.classid = 'pg_catalog.pg_proc'::regclass AND e.objid = o.oid AND e.deptype IN ('e', 'i')
  WHERE e.objid IS NULL AND %[1]s
UNION ALL
SELECT CASE o.typtype WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range type' WHEN 'c' THEN 'composite type' ELSE 'type' END, n.nspname::text, o.typname::text
  FROM pg_catalog.pg_type o JOIN pg_catalog.pg_namespace n ON n.oid = o.typnamespace
  LEFT JOIN pg_catalog.pg_class c ON c.oid = o.typrelid
  LEFT JOIN pg_catalog.pg_depend e ON e.classid = 'pg_catalog.pg_type'::regclass AND e.objid = o.oid AND e.deptype = 'e'
  WHERE e.objid IS NULL AND (o.typtype IN ('d', 'r') OR o.typtype = 'c' AND c.relkind = 'c' OR o.typtype = 'b' AND o.typelem = 0) AND %[1]s
UNION ALL
SELECT 'what inherited columns lack in table', n.nspname::text, c.relname::text FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.oid IN (SELECT h.inhrelid FROM pg_catalog.pg_inherits h) AND c.relkind = 'r' AND NOT c.relispartition AND EXISTS (SELECT FROM pg_catalog.pg_attribute a
    LEFT JOIN pg_catalog.pg_attrdef ad ON ad.adrelid = a.attrelid AND ad.adnum = a.attnum
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND NOT a.attislocal AND (` + ownMissing + `)) AND %[1]s
UNION ALL
SELECT 'options of column', n.nspname::text, c.relname || '.' || a.attname FROM pg_catalog.pg_attribute a
  JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE strpos(a.attoptions::text, 'n_distinct') > 0 AND a.attnum > 0 AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND %[1]s
UNION ALL
SELECT CASE WHEN c.reloftype <> 0 THEN 'type of table' ELSE 'replica identity of table' END, n.nspname::text, c.relname::text FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND (c.reloftype <> 0 OR c.relreplident <> 'd') AND %[1]s
UNION ALL
SELECT 'order by CLUSTER of index', n.nspname::text, c.relname::text FROM pg_catalog.pg_index i
  JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE i.indisclustered AND %[1]s
UNION ALL
SELECT 'comment on index', n.nspname::text, c.relname::text FROM pg_catalog.pg_description d
  JOIN pg_catalog.pg_constraint k ON k.conindid = d.objoid AND k.contype IN ('p', 'u', 'x') JOIN pg_catalog.pg_class c ON c.oid = d.objoid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE d.classoid = 'pg_catalog.pg_class'::regclass AND %[1]s
UNION ALL
SELECT 'comment on type', n.nspname::text, o.typname::text FROM pg_catalog.pg_description d
  JOIN pg_catalog.pg_type o ON o.oid = d.objoid JOIN pg_catalog.pg_namespace n ON n.oid = o.typnamespace
  WHERE d.classoid = 'pg_catalog.pg_type'::regclass AND o.typtype = 'e' AND %[1]s
UNION ALL
SELECT CASE c.relkind WHEN 'S' THEN 'comment on sequence' ELSE 'comment on view' END, n.nspname::text,
  c.relname || coalesce('.' || a.attname, '') FROM pg_catalog.pg_description d
  JOIN pg_catalog.pg_class c ON c.oid = d.objoid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.objsubid AND d.objsubid > 0
  LEFT JOIN pg_catalog.pg_depend e ON e.classid = 'pg_catalog.pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e'
  WHERE d.classoid = 'pg_catalog.pg_class'::regclass AND c.relkind IN ('v', 'm', 'S') AND e.objid IS NULL AND %[1]s
UNION ALL
SELECT 'statistics', n.nspname::text, o.stxname::text FROM pg_catalog.pg_statistic_ext o
  JOIN pg_catalog.pg_namespace n ON n.oid = o.stxnamespace WHERE %[1]s
UNION ALL
SELECT 'collation', n.nspname::text, o.collname::text FROM pg_catalog.pg_collation o
  JOIN pg_catalog.pg_namespace n ON n.oid = o.collnamespace
  LEFT JOIN pg_catalog.pg_depend e ON e.classid = 'pg_catalog.pg_collation'::regclass AND e.objid = o.oid AND e.deptype = 'e'
  WHERE e.objid IS NULL AND n.nspname <> 'pg_catalog' AND %[1]s
UNION ALL
SELECT 'operator', n.nspname::text, o.oprname::text || '(' || format_type(o.oprleft, NULL) || ', ' || format_type(o.oprright, NULL) || ')'
  FROM pg_catalog.pg_operator o JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace
  LEFT JOIN pg_catalog.pg_depend e ON e.classid = 'pg_catalog.pg_operator'::regclass AND e.objid = o.oid AND e.deptype = 'e'
  WHERE e.objid IS NULL AND n.nspname <> 'pg_catalog' AND %[1]s
UNION ALL
SELECT 'operator class', n.nspname::text, o.opcname::text FROM pg_catalog.pg_opclass o
  JOIN pg_catalog.pg_namespace n ON n.oid = o.opcnamespace
  LEFT JOIN pg_catalog.pg_depend e ON e.classid = 'pg_catalog.pg_opclass'::regclass AND e.objid = o.oid AND e.deptype = 'e'
  WHERE e.objid IS NULL AND n.nspname <> 'pg_catalog' AND %[1]s
UNION ALL
SELECT 'text search configuration', n.nspname::text, o.cfgname::text FROM pg_catalog.pg_ts_config o
  JOIN pg_catalog.pg_namespace n ON n.oid = o.cfgnamespace
  LEFT JOIN pg_catalog.pg_depend e ON e.classid = 'pg_catalog.pg_ts_config'::regclass AND e.objid = o.oid AND e.deptype = 'e'
  WHERE e.objid IS NULL AND n.nspname <> 'pg_catalog' AND %[1]s
UNION ALL
SELECT 'extension', n.nspname::text, o.extname::text FROM pg_catalog.pg_extension o
  JOIN pg_catalog.pg_namespace n ON n.oid = o.extnamespace WHERE %[1]s
ORDER BY 1, 2, 3`

// readOthers names what is there beside tables and what is like one.
func (r *reader) readOthers() error {
	return r.each(fmt.Sprintf(othersQuery, r.spaces), func(scan func(...any) error) error {
		var kind, space, name string
		if err := scan(&kind, &space, &name); err != nil {
			return err
		}
		r.out.Others = append(r.out.Others, dialect.Object{Kind: kind, Name: r.name(space, name)})
		return nil
	})
}
