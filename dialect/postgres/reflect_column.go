package postgres

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// sequence is a sequence that belongs to a column.
type sequence struct {
	qualified
	id       int64
	internal bool // of an identity, not of a serial
	size     string
	schema.Identity
}

const sequencesQuery = `SELECT d.refobjid::bigint, d.refobjsubid, d.deptype::text, c.oid::bigint, n.nspname::text, c.relname::text,
  s.seqtypid::bigint, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle
FROM pg_catalog.pg_depend d
JOIN pg_catalog.pg_sequence s ON s.seqrelid = d.objid
JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = 'pg_catalog.pg_class'::regclass
  AND d.objsubid = 0 AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')`

// sequenceTypes are the integers by their numbers in the catalogue, which never change.
var sequenceTypes = map[int64]string{21: "smallint", 23: "integer", 20: "bigint"}

func (r *reader) readSequences() error {
	r.sequences, r.owned = map[[2]int64]sequence{}, map[int64][2]int64{}
	return r.each(sequencesQuery, func(scan func(...any) error) error {
		var s sequence
		var table, column, size, low, high int64
		var kind string
		if err := scan(&table, &column, &kind, &s.id, &s.schema, &s.name, &size, &s.Start, &s.Increment, &low, &high, &s.Cache, &s.Cycle); err != nil {
			return err
		}
		s.internal, s.size = kind == "i", sequenceTypes[size]
		s.Min, s.Max = &low, &high
		at := [2]int64{table, column}
		if !r.sequences[at].internal { // a serial that became an identity may own its old one still
			r.sequences[at] = s
		}
		r.owned[s.id] = at
		return nil
	})
}

// ownMissing is a condition: an inherited column has no default, and a parent's has,
// or must not be NULL, and no parent's must not. There is no word for that in a new table.
const ownMissing = `ad.oid IS NULL AND EXISTS (SELECT FROM pg_catalog.pg_inherits h
    JOIN pg_catalog.pg_attribute p ON p.attrelid = h.inhparent AND p.attname = a.attname AND NOT p.attisdropped AND p.atthasdef AND p.attgenerated = ''
    WHERE h.inhrelid = a.attrelid)
  OR a.attnotnull AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits h
    JOIN pg_catalog.pg_attribute p ON p.attrelid = h.inhparent AND p.attname = a.attname AND NOT p.attisdropped AND p.attnotnull
    WHERE h.inhrelid = a.attrelid)`

const columnsQuery = `SELECT a.attrelid::bigint, a.attnum::bigint, a.attname::text, a.atttypid::bigint, format_type(a.atttypid, a.atttypmod),
  a.attnotnull, a.attidentity::text, a.attgenerated::text, pg_get_expr(ad.adbin, ad.adrelid, true),
  a.attcollation::bigint, a.attcollation <> t.typcollation,
  CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage::text END, coalesce(a.attstattarget, -1)::int, %s, d.description,
  NOT a.attislocal AND NOT (` + ownMissing + `)
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_attrdef ad ON ad.adrelid = a.attrelid AND ad.adnum = a.attnum
LEFT JOIN pg_catalog.pg_description d ON d.classoid = 'pg_catalog.pg_class'::regclass AND d.objoid = a.attrelid AND d.objsubid = a.attnum
WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attrelid%s
ORDER BY a.attrelid, a.attnum`

// rawColumn is what is looked up once all columns are read.
type rawColumn struct {
	def       *schema.ColumnDef
	typ       int64
	typeName  string
	collation int64
	collated  bool // by another collation than the type's own
}

func (r *reader) readColumns() error {
	if len(r.order) == 0 {
		return nil
	}
	method := "NULL::text"
	if r.has.has(compression) {
		method = "nullif(a.attcompression::text, '')"
	}
	return r.each(fmt.Sprintf(columnsQuery, method, r.selected), func(scan func(...any) error) error {
		var id, number int64
		var identity, generated string
		var expr, storage, method, comment text
		var target int
		c := &schema.ColumnDef{}
		raw := rawColumn{def: c}
		var notNull, inherited bool
		if err := scan(&id, &number, &c.Name, &raw.typ, &raw.typeName, &notNull, &identity, &generated, &expr,
			&raw.collation, &raw.collated, &storage, &target, &method, &comment, &inherited); err != nil {
			return err
		}
		t := r.tables[id]
		if t == nil {
			return nil // made since the tables were read
		}
		c.Nullable, c.Comment = !notNull, comment.String
		c.Options = keptOptions(storage.String, method.String, target)
		r.source(c, [2]int64{id, number}, identity, generated, expr)
		t.Columns, t.raw = append(t.Columns, c), append(t.raw, raw)
		t.columns[number] = c
		if inherited {
			t.from = append(t.from, c.Name)
		}
		return nil
	})
}

var storageWords = map[string]string{"p": "PLAIN", "e": "EXTERNAL", "x": "EXTENDED", "m": "MAIN"}

var compressionWords = map[string]string{"p": "pglz", "l": "lz4"}

func keptOptions(storage, method string, target int) (opts []schema.Option) {
	if word := storageWords[storage]; word != "" {
		opts = schema.SetOption(opts, Storage(word))
	}
	if word := compressionWords[method]; word != "" {
		opts = schema.SetOption(opts, Compression(word))
	}
	if target >= 0 {
		opts = schema.SetOption(opts, Statistics(target))
	}
	return opts
}

// source says where the values of a column come from.
func (r *reader) source(c *schema.ColumnDef, at [2]int64, identity, generated string, expr text) {
	switch {
	case generated != "":
		c.Computed = &schema.Computed{Expr: expr.String, Storage: schema.Stored}
		if generated == "v" {
			c.Computed.Storage = schema.Virtual
		}
	case identity != "":
		id := r.sequences[at].Identity
		id.Always = identity == "a"
		c.Identity = &id
	case expr.Valid && r.serial(c, at, expr.String):
		SerialBy(r.sequences[at].name, r.sequences[at].size).AddToColumn(c)
		r.tables[at[0]].serials = append(r.tables[at[0]].serials, c.Name)
	case expr.Valid:
		c.Default = schema.SQL(expr.String)
	}
}

// serial tells whether a column with this default is what SERIAL makes: it owns
// the sequence, which has no options of its own. The sequence's type may be
// smaller or larger than the column's, as after a change of the column's type.
func (r *reader) serial(c *schema.ColumnDef, at [2]int64, expr string) bool {
	s, ok := r.sequences[at]
	if !ok || s.internal || c.Nullable || !callsFor(expr, s.qualified) {
		return false
	}
	probe := &schema.ColumnDef{Type: schema.RawSQL(s.size), Identity: &s.Identity}
	probe.Type = r.canonicalType(probe.Type)
	canonicalIdentity(probe)
	return probe.AutoIncrement
}

// ownedSequence names a sequence that belongs to a column. Of a serial column it is
// part; with any other it stands beside the table. Those of tables that are not read
// are not named.
func (r *reader) ownedSequence(id int64, name schema.Name) {
	at := r.owned[id]
	t, s := r.tables[at[0]], r.sequences[at]
	if t == nil || t.columns[at[1]] == nil || s.id == id && s.internal {
		return
	}
	if s.id != id || !slices.Contains(t.serials, t.columns[at[1]].Name) {
		r.out.Others = append(r.out.Others, dialect.Object{Kind: "sequence", Name: name}, dialect.Object{Kind: "owner of sequence", Name: name})
	}
}

// nextOf is the sequence of which a default is the next number, if it names it without a schema.
func nextOf(expr string) (string, bool) {
	tokens, ok := lex(expr)
	if !ok || len(tokens) < 4 || !tokens[0].is("nextval") || !tokens[1].is("(") || tokens[2].kind != tokenString {
		return "", false
	}
	name, ok := lex(tokens[2].text)
	if !ok || len(name) != 1 || name[0].kind != tokenWord && name[0].kind != tokenQuoted {
		return "", false
	}
	return name[0].text, true
}

// callsFor tells whether a default is the next value of the sequence.
func callsFor(expr string, s qualified) bool {
	tokens, ok := lex(expr)
	if !ok || len(tokens) != 6 || !tokens[0].is("nextval") || tokens[2].kind != tokenString || !tokens[4].is("regclass") {
		return false
	}
	name, ok := lex(tokens[2].text)
	if !ok || len(name) == 0 || name[len(name)-1].text != s.name {
		return false
	}
	return len(name) == 1 || len(name) == 3 && name[0].text == s.schema
}

const enumsQuery = `SELECT t.oid::bigint, n.nspname::text, t.typname::text, x.objid IS NOT NULL, e.enumlabel::text, %s
FROM pg_catalog.pg_type t
JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
LEFT JOIN pg_catalog.pg_enum e ON e.enumtypid = t.oid
LEFT JOIN pg_catalog.pg_depend x ON x.classid = 'pg_catalog.pg_type'::regclass AND x.objid = t.oid AND x.deptype = 'e'
WHERE t.typtype = 'e' ORDER BY t.oid, e.enumsortorder`

// readEnums reads all enumerations; those of the schemas in scope that belong to no extension are listed.
func (r *reader) readEnums() error {
	r.enums = map[int64]dialect.Enum{}
	r.listed = map[int64]bool{}
	err := r.each(fmt.Sprintf(enumsQuery, r.spaces), func(scan func(...any) error) error {
		var id int64
		var space, name string
		var member, inScope bool
		var value text
		if err := scan(&id, &space, &name, &member, &value, &inScope); err != nil {
			return err
		}
		e := r.enums[id]
		e.Name = r.name(space, name)
		if value.Valid {
			e.Values = append(e.Values, value.String)
		}
		r.enums[id] = e
		r.listed[id] = inScope && !member
		return nil
	})
	return err
}

// What of a view is of an enumeration goes before the tables below it, and what of
// a partition with the table that it is part of.
const holdersQuery = `SELECT DISTINCT t.oid::bigint, coalesce(c.oid, 0)::bigint
FROM pg_catalog.pg_type t
JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_type'::regclass AND d.refobjid = ANY (ARRAY[t.oid, t.typarray]) AND d.deptype = 'n'
LEFT JOIN pg_catalog.pg_class c ON d.classid = 'pg_catalog.pg_class'::regclass AND c.oid = d.objid
WHERE t.oid = ANY ('%s'::oid[]) AND (d.classid IN ('pg_catalog.pg_proc'::regclass, 'pg_catalog.pg_type'::regclass)
  OR c.relkind IN ('r', 'p', 'f', 'c') AND NOT c.relispartition)`

// readHolders reads what enumerations cannot go with the tables that are read.
func (r *reader) readHolders() error {
	ids := slices.DeleteFunc(slices.Sorted(maps.Keys(r.enums)), func(id int64) bool { return !r.listed[id] })
	if len(ids) == 0 {
		return nil
	}
	held := map[int64]bool{}
	err := r.each(fmt.Sprintf(holdersQuery, numbers(ids)), func(scan func(...any) error) error {
		var id, relation int64
		err := scan(&id, &relation)
		held[id] = held[id] || r.tables[relation] == nil
		return err
	})
	for _, id := range ids {
		e := r.enums[id]
		e.Held = held[id]
		r.out.Enums = append(r.out.Enums, e)
	}
	return err
}

// namedType is a type that the database was given.
type namedType struct {
	qualified
	elem int64 // of an array
	own  string
}

const typesQuery = `SELECT t.oid::bigint, n.nspname::text, t.typname::text, pg_type_is_visible(t.oid),
  CASE WHEN t.typtype = 'b' AND t.typcategory = 'A' AND t.typlen = -1 THEN t.typelem ELSE 0 END::bigint, format_type(t.oid, NULL)
FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
WHERE t.oid = ANY ('%[1]s'::oid[]) OR t.oid IN (SELECT typelem FROM pg_catalog.pg_type WHERE oid = ANY ('%[1]s'::oid[]))`

// firstUserObject is the least number of an object that the database was given.
// https://www.postgresql.org/docs/current/system-catalog-initial-data.html#SYSTEM-CATALOG-OID-ASSIGNMENT
const firstUserObject = 16384

// readTypes reads the types of columns that are not built in, and gives all columns their types.
func (r *reader) readTypes() error {
	r.types, r.out.ByPath = map[int64]namedType{}, map[schema.Name]bool{}
	used := map[int64]bool{}
	for _, t := range r.tables {
		for _, c := range t.raw {
			if c.typ >= firstUserObject && r.enums[c.typ].Name.Name == "" {
				used[c.typ] = true
			}
		}
	}
	if len(used) > 0 {
		ids := slices.Sorted(maps.Keys(used))
		err := r.each(fmt.Sprintf(typesQuery, numbers(ids)), func(scan func(...any) error) error {
			var id int64
			var t namedType
			err := scan(&id, &t.schema, &t.name, &t.visible, &t.elem, &t.own)
			r.types[id] = t
			if t.visible {
				r.out.ByPath[schema.Name{Schema: t.schema, Name: t.name}] = true
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	known := map[string]schema.Type{}
	for _, t := range r.tables {
		for _, c := range t.raw {
			c.def.Type = r.columnType(c, known)
		}
	}
	return nil
}

func (r *reader) columnType(c rawColumn, known map[string]schema.Type) schema.Type {
	if c.typ >= firstUserObject {
		return schema.TypeOf(r.userType(c.typ, c.typeName))
	}
	t, ok := known[c.typeName]
	if !ok {
		t = r.canonicalType(schema.RawSQL(c.typeName))
		known[c.typeName] = t
	}
	return t
}

// userType is a type that the database was given; text is its name with the
// column's arguments, as format_type writes it.
func (r *reader) userType(id int64, text string) schema.TypeDef {
	if e := r.enums[id]; e.Name.Name != "" {
		return schema.EnumType{Schema: e.Name.Schema, Name: e.Name.Name, Values: strings.Join(e.Values, "\x00")}
	}
	t, ok := r.types[id]
	if !ok {
		return schema.RawType{SQL: text}
	}
	if t.elem >= firstUserObject {
		return ArrayType{Elem: r.userType(t.elem, strings.TrimSuffix(text, "[]"))}
	}
	space := t.schema
	if t.visible {
		space = ""
	}
	args := strings.TrimSuffix(strings.TrimPrefix(text, t.own), "[]")
	args = strings.TrimSuffix(strings.TrimPrefix(args, "("), ")")
	return NamedType{Schema: r.fold(space), Name: t.name, Args: args}
}

// pairs reads an array of pairs of names.
func pairs(text string) (out [][2]string) {
	_ = json.Unmarshal([]byte(text), &out) // made by json_agg, or empty
	return out
}

// strs reads an array of texts.
func strs(text sql.NullString) (out []string) {
	_ = json.Unmarshal([]byte(text.String), &out) // made by json_agg, or empty
	return out
}
