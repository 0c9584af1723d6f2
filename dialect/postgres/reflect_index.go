package postgres

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

const indexesQuery = `SELECT i.indexrelid::bigint, i.indrelid::bigint, c.relname::text, am.amname::text, i.indisunique, i.indisvalid,
  i.indnkeyatts, i.indkey::text, i.indclass::text, i.indoption::text, i.indcollation::text,
  pg_get_expr(i.indpred, i.indrelid, true),
  CASE WHEN i.indexprs IS NOT NULL THEN (SELECT json_agg(pg_get_indexdef(i.indexrelid, k, true) ORDER BY k)
    FROM generate_series(1, i.indnkeyatts) k)::text END,
  CASE WHEN i.indexprs IS NOT NULL THEN pg_get_indexdef(i.indexrelid) END,
  array_to_string(c.reloptions, chr(10)), ts.spcname::text, d.description, o.options, %s
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
JOIN pg_catalog.pg_am am ON am.oid = c.relam
LEFT JOIN pg_catalog.pg_tablespace ts ON ts.oid = c.reltablespace
LEFT JOIN pg_catalog.pg_description d ON d.classoid = 'pg_catalog.pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0
LEFT JOIN (SELECT a.attrelid, json_object_agg(a.attnum, array_to_string(a.attoptions, chr(10)))::text AS options
  FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class x ON x.oid = a.attrelid AND x.relkind IN ('i', 'I')
  WHERE a.attoptions IS NOT NULL GROUP BY a.attrelid) o ON o.attrelid = c.oid
WHERE i.indrelid%s
ORDER BY i.indexrelid`

// rawIndex is an index with what is looked up once all is read.
type rawIndex struct {
	id       int64
	def      *schema.IndexDef
	valid    bool
	keys     []int64 // numbers of columns, 0 for an expression
	classes  []int64
	collates []int64
	whole    string // the statement that makes an index on expressions
}

func (r *reader) readIndexes() error {
	if len(r.order) == 0 {
		return nil
	}
	distinct := "false"
	if r.has.has(nullsNotDistinct) {
		distinct = "i.indnullsnotdistinct"
	}
	return r.each(fmt.Sprintf(indexesQuery, distinct, r.selected), func(scan func(...any) error) error {
		var tableID int64
		var size int
		var keys, classes, bits, collates string
		var where, exprs, whole, options, space, comment, params text
		i := &schema.IndexDef{}
		raw := rawIndex{def: i}
		if err := scan(&raw.id, &tableID, &i.Name, &i.Using, &i.Unique, &raw.valid, &size, &keys, &classes, &bits, &collates,
			&where, &exprs, &whole, &options, &space, &comment, &params, &i.NullsNotDistinct); err != nil {
			return err
		}
		t := r.tables[tableID]
		if t == nil {
			return nil // made since the tables were read
		}
		raw.whole = whole.String
		i.Where, i.Comment = where.String, comment.String
		i.Options = storageOptions(options.String, space.String)
		raw.keys, raw.classes, raw.collates = vector(keys), vector(classes), vector(collates)
		t.err = firstError(t.err, r.keysOf(t, &raw, size, vector(bits), strs(exprs), classOptions(params.String)))
		t.indexes = append(t.indexes, raw)
		return nil
	})
}

func firstError(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

func storageOptions(lines, space string) (opts []schema.Option) {
	for _, o := range params(lines, "") {
		opts = schema.SetOption(opts, o)
	}
	if space != "" {
		opts = schema.SetOption(opts, Tablespace(space))
	}
	return opts
}

// vector reads numbers with blanks between them.
func vector(text string) []int64 {
	fields := strings.Fields(text)
	out := make([]int64, len(fields))
	for i, f := range fields {
		out[i], _ = strconv.ParseInt(f, 10, 64) // the server's own numbers
	}
	return out
}

// classOptions reads the parameters of operator classes, by the place of the key.
func classOptions(text string) map[int]string {
	var lines map[int]string
	_ = json.Unmarshal([]byte(text), &lines) // made by json_object_agg, or empty
	for k, v := range lines {
		var parts []string
		for line := range strings.SplitSeq(v, "\n") {
			if name, value, ok := strings.Cut(line, "="); ok {
				parts = append(parts, name+" = "+quoteLiteral(value))
			}
		}
		lines[k] = "(" + strings.Join(parts, ", ") + ")"
	}
	return lines
}

// The bits of indoption. They say something only of methods that sort, but are 0 elsewhere.
const (
	bitDescending = 1
	bitNullsFirst = 2
)

// keysOf fills the keys of an index; those behind the first size are only kept along.
func (r *reader) keysOf(t *table, raw *rawIndex, size int, bits []int64, exprs []string, params map[int]string) error {
	for k, number := range raw.keys {
		c := t.columns[number]
		if number != 0 && c == nil {
			return fmt.Errorf("index %q names a column that is not there", raw.def.Name)
		}
		if k >= size {
			raw.def.Include = append(raw.def.Include, c.Name)
			continue
		}
		p := schema.IndexPart{OpClass: params[k+1]} // the class itself comes in front, see readNames
		if number != 0 {
			p.Column = c.Name
		} else if k < len(exprs) {
			p.Expr = exprs[k]
		}
		if k < len(bits) {
			p.Descending = bits[k]&bitDescending != 0
			first := bits[k]&bitNullsFirst != 0
			if first && !p.Descending {
				p.Nulls = schema.NullsFirst
			}
			if !first && p.Descending {
				p.Nulls = schema.NullsLast
			}
		}
		raw.def.Parts = append(raw.def.Parts, p)
	}
	return nil
}

// operatorClass is what is known of an operator class.
type operatorClass struct {
	qualified
	byItself bool // taken for its type where none is named
}

const namesQuery = `SELECT 'c', o.oid::bigint, n.nspname::text, o.collname::text, pg_collation_is_visible(o.oid), false
FROM pg_catalog.pg_collation o JOIN pg_catalog.pg_namespace n ON n.oid = o.collnamespace WHERE o.oid = ANY ('%s'::oid[])
UNION ALL
SELECT 'o', o.oid::bigint, n.nspname::text, o.opcname::text, pg_opclass_is_visible(o.oid), o.opcdefault
FROM pg_catalog.pg_opclass o JOIN pg_catalog.pg_namespace n ON n.oid = o.opcnamespace WHERE o.oid = ANY ('%s'::oid[])`

// readNames reads the collations and operator classes that are in use and names them in columns and indexes.
func (r *reader) readNames() error {
	collations, classes := map[int64]bool{}, map[int64]bool{}
	for _, t := range r.tables {
		for _, c := range t.raw {
			collations[c.collation] = true
		}
		for _, i := range t.indexes {
			for _, c := range i.collates {
				collations[c] = true
			}
			for _, c := range i.classes {
				classes[c] = true
			}
		}
	}
	delete(collations, 0)
	if len(collations)+len(classes) == 0 {
		return nil
	}
	r.collation, r.opclass = map[int64]qualified{}, map[int64]operatorClass{}
	ids := func(m map[int64]bool) string { return numbers(slices.Sorted(maps.Keys(m))) }
	err := r.each(fmt.Sprintf(namesQuery, ids(collations), ids(classes)), func(scan func(...any) error) error {
		var kind string
		var id int64
		var c operatorClass
		if err := scan(&kind, &id, &c.schema, &c.name, &c.visible, &c.byItself); err != nil {
			return err
		}
		if kind == "c" {
			r.collation[id] = c.qualified
		} else {
			r.opclass[id] = c
		}
		return nil
	})
	for _, t := range r.tables {
		r.nameParts(t)
	}
	return err
}

func (r *reader) nameParts(t *table) {
	byName := map[string]int64{}
	for _, c := range t.raw {
		if c.collated {
			c.def.Collation = r.collationName(c.collation)
		}
		byName[c.def.Name] = c.collation
	}
	for _, i := range t.indexes {
		collated := collatedKeys(i.whole)
		for k := range i.def.Parts {
			p := &i.def.Parts[k]
			if k < len(i.classes) {
				p.OpClass = r.className(i.classes[k], p.OpClass)
			}
			if k >= len(i.collates) {
				continue
			}
			id := i.collates[k]
			derived := id == byName[p.Column]
			if p.Expr != "" { // an expression has the collation of what it is made of
				derived = k >= len(collated) || !collated[k]
			}
			if id != 0 && !derived {
				p.Collation = r.collationName(id)
			}
		}
	}
}

// collatedKeys tells which keys of an index name a collation, by the statement that
// makes it: the server says it there where it is not the key's own.
func collatedKeys(statement string) (out []bool) {
	tokens, ok := lex(statement)
	start := 0
	for ok && start < len(tokens) && (!tokens[start].is("(") || start <= 2 || !tokens[start-2].is("using")) {
		start++
	}
	if !ok || start == len(tokens) {
		return nil
	}
	depth, named := 0, false
	for _, t := range tokens[start:] {
		switch {
		case t.is("(") || t.is("["):
			depth++
		case t.is(")") || t.is("]"):
			if depth--; depth == 0 {
				return append(out, named)
			}
		case depth == 1 && t.is(","):
			out, named = append(out, named), false
		case depth == 1 && t.is("collate"):
			named = true
		}
	}
	return nil
}

// collationName names a collation: with its schema, quoted, where it needs that.
func (r *reader) collationName(id int64) string {
	c, ok := r.collation[id]
	switch {
	case !ok:
		return ""
	case c.visible:
		return c.name
	default:
		return quoteIdent(c.schema) + "." + quoteIdent(c.name)
	}
}

// className names an operator class with its parameters, nothing for one that is taken by itself.
func (r *reader) className(id int64, params string) string {
	c, ok := r.opclass[id]
	switch {
	case !ok || c.byItself && params == "":
		return ""
	case c.visible:
		return quoteIfNeeded(c.name) + params
	default:
		return quoteIfNeeded(c.schema) + "." + quoteIfNeeded(c.name) + params
	}
}
