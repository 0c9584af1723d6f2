package autogen_test

import (
	"cmp"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

type alembicCase struct {
	ID      string `json:"id"`
	Dialect string `json:"dialect"`
	Options struct {
		IncludeSchemas     bool   `json:"include_schemas"`
		VersionTable       string `json:"version_table"`
		VersionTableSchema string `json:"version_table_schema"`
	} `json:"options"`
	DDL   []string          `json:"ddl_a"`
	Model alembicModels     `json:"model_b"`
	Diffs []json.RawMessage `json:"diffs"`
}

// alembicModels are one metadata or several.
type alembicModels []alembicModel

func (m *alembicModels) UnmarshalJSON(b []byte) error {
	if b[0] == '[' {
		var list []alembicModel
		err := json.Unmarshal(b, &list)
		*m = list
		return err
	}
	var one alembicModel
	err := json.Unmarshal(b, &one)
	*m = alembicModels{one}
	return err
}

type alembicModel struct {
	Schema string         `json:"schema"`
	Tables []alembicTable `json:"tables"`
}

type alembicTable struct {
	Name        string              `json:"name"`
	Schema      string              `json:"schema"`
	Comment     string              `json:"comment"`
	Columns     []alembicColumn     `json:"columns"`
	Constraints []alembicConstraint `json:"constraints"`
	AtColumns   []alembicConstraint `json:"column_constraints"`
	Indexes     []alembicIndex      `json:"indexes"`
	Kwargs      map[string]any      `json:"dialect_kwargs"`
}

type alembicColumn struct {
	Name     string `json:"name"`
	Nullable bool   `json:"nullable"`
	Primary  bool   `json:"primary_key"`
	Auto     any    `json:"autoincrement"`
	Comment  string `json:"comment"`
	Type     struct {
		SQL     string `json:"sql"`
		Generic string `json:"generic"`
	} `json:"type"`
	Default map[string]any `json:"server_default"`
}

type alembicConstraint struct {
	Kind       string         `json:"$"`
	Name       any            `json:"name"`
	Columns    []any          `json:"columns"`
	Ref        []string       `json:"refcolumns"`
	SQL        string         `json:"sqltext"`
	OnDelete   string         `json:"ondelete"`
	OnUpdate   string         `json:"onupdate"`
	Deferrable *bool          `json:"deferrable"`
	Initially  string         `json:"initially"`
	TypeBound  bool           `json:"type_bound"`
	Kwargs     map[string]any `json:"dialect_kwargs"`
}

type alembicIndex struct {
	Name   any            `json:"name"`
	Unique bool           `json:"unique"`
	Exprs  []any          `json:"expressions"`
	Kwargs map[string]any `json:"dialect_kwargs"`
}

func nameOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case map[string]any:
		s, _ := v["name"].(string)
		return s
	}
	return ""
}

func sqlOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case map[string]any:
		if s, ok := v["sql"].(string); ok {
			return s
		}
		s, _ := v["text"].(string)
		return s
	}
	return ""
}

func (m alembicModel) tables() (list []*schema.Table) {
	for _, t := range m.Tables {
		list = append(list, t.table())
	}
	return list
}

func (t alembicTable) table() *schema.Table {
	var all []schema.TableItem
	keys := 0
	for _, c := range t.Columns {
		if c.Primary {
			keys++
		}
	}
	for _, c := range t.Columns {
		all = append(all, c.column(keys == 1))
	}
	for _, k := range append(t.Constraints, t.AtColumns...) {
		if item := k.item(); item != nil {
			all = append(all, item)
		}
	}
	for _, i := range t.Indexes {
		all = append(all, i.index())
	}
	if t.Comment != "" {
		all = append(all, schema.Comment(t.Comment))
	}
	if t.Schema != "" {
		all = append(all, schema.InSchema(t.Schema))
	}
	return schema.NewTable(t.Name, all...)
}

func (c alembicColumn) column(single bool) *schema.ColumnDef {
	d := schema.Column(c.Name, schema.RawSQL(c.Type.SQL))
	switch c.Type.Generic {
	case "Boolean":
		d.Type = schema.Boolean()
	case "JSON":
		if c.Type.SQL == "JSON" {
			d.Type = schema.JSON()
		}
	}
	if c.Type.SQL == "" || c.Type.SQL == "NULL" {
		d.Type = schema.NoType()
	}
	d.Nullable, d.Comment = c.Nullable, c.Comment
	d.AutoIncrement = c.Auto == true || single && c.Primary && c.Auto != false && c.Default == nil && strings.Contains(c.Type.Generic, "Integer")
	switch c.Default["$"] {
	case "DefaultClause":
		if s, ok := c.Default["string"].(string); ok {
			d.Default = schema.Literal(s)
		} else {
			d.Default = schema.SQL(sqlOf(c.Default["expr"]))
		}
	case "Computed":
		d.Computed = &schema.Computed{Expr: sqlOf(c.Default["sqltext"])}
		switch c.Default["persisted"] {
		case true:
			d.Computed.Storage = schema.Stored
		case false:
			d.Computed.Storage = schema.Virtual
		}
	case "Identity":
		id := schema.Identity{Always: c.Default["always"] == true, Cycle: c.Default["cycle"] == true}
		set := func(key string) int64 { f, _ := c.Default[key].(float64); return int64(f) }
		id.Start, id.Increment = set("start"), set("increment")
		if _, ok := c.Default["minvalue"].(float64); ok {
			id.Min = schema.Bound(set("minvalue"))
		}
		if _, ok := c.Default["maxvalue"].(float64); ok {
			id.Max = schema.Bound(set("maxvalue"))
		}
		d.Identity, d.AutoIncrement = &id, false
	}
	return d
}

func (k alembicConstraint) item() schema.TableItem {
	var cols []string
	for _, c := range k.Columns {
		cols = append(cols, sqlOf(c))
	}
	name := nameOf(k.Name)
	switch k.Kind {
	case "PrimaryKeyConstraint":
		if len(cols) > 0 {
			return schema.PrimaryKeyConstraint(name, cols...)
		}
	case "UniqueConstraint":
		u := schema.UniqueConstraint(name, cols...)
		if k.Kwargs["postgresql_nulls_not_distinct"] == true {
			u.NullsNotDistinct = true
		}
		return u
	case "CheckConstraint":
		if !k.TypeBound {
			return schema.CheckConstraint(name, k.SQL)
		}
	case "ForeignKeyConstraint":
		fk := schema.ForeignKeyConstraint(name, cols, "", nil, schema.OnDelete(schema.Action(k.OnDelete)), schema.OnUpdate(schema.Action(k.OnUpdate)))
		for _, r := range k.Ref {
			i := strings.LastIndexByte(r, '.')
			fk.RefTable, fk.RefColumns = schema.SplitName(r[:i]), append(fk.RefColumns, r[i+1:])
		}
		switch {
		case strings.EqualFold(k.Initially, "DEFERRED"):
			fk.Deferral = schema.InitiallyDeferred
		case k.Deferrable != nil && *k.Deferrable:
			fk.Deferral = schema.Deferrable
		}
		return fk
	}
	return nil
}

// ordered is a part of an index whose order stands in its text.
func ordered(sql string) schema.IndexPart {
	for suffix, with := range map[string]func(schema.IndexPart) schema.IndexPart{
		" DESC": schema.IndexPart.Desc, " ASC": func(p schema.IndexPart) schema.IndexPart { return p },
		" NULLS FIRST": schema.IndexPart.NullsFirst, " NULLS LAST": schema.IndexPart.NullsLast,
	} {
		if strings.HasSuffix(strings.ToUpper(sql), suffix) {
			return with(ordered(strings.TrimSpace(sql[:len(sql)-len(suffix)])))
		}
	}
	if strings.Trim(sql, "abcdefghijklmnopqrstuvwxyz_0123456789") == "" {
		return schema.Key(sql)
	}
	return schema.KeyExpr(sql)
}

func (i alembicIndex) index() *schema.IndexDef {
	x := &schema.IndexDef{Name: nameOf(i.Name), Unique: i.Unique}
	for _, e := range i.Exprs {
		if s, ok := e.(string); ok {
			x.Parts = append(x.Parts, schema.Key(s))
		} else {
			x.Parts = append(x.Parts, ordered(sqlOf(e)))
		}
	}
	for key, v := range i.Kwargs {
		switch {
		case strings.HasSuffix(key, "_where"):
			x.Where = sqlOf(v)
		case strings.HasSuffix(key, "_using"):
			x.Using = sqlOf(v)
		case strings.HasSuffix(key, "_nulls_not_distinct"):
			x.NullsNotDistinct = v == true
		case strings.HasSuffix(key, "_include"):
			for _, c := range v.([]any) {
				x.Include = append(x.Include, sqlOf(c))
			}
		}
	}
	return x
}

// onPurpose are the cases in which gomig finds what Alembic does not, by a part of
// their names, and why.
var onPurpose = map[string]string{
	"AutogenCheckConstraint":         "checks are compared by what they say, those without a name too",
	"cant_change_computed_warning":   "a column that is computed otherwise is changed, not warned of",
	"NoUqReflectionIndexTest":        "SQLAlchemy is made to read no unique constraints; gomig reads them",
	"NoUqReportsIndAsUqTest":         "the same",
	"ExpressionIndexTest_sqlite":     "SQLAlchemy does not read indexes on expressions of SQLite",
	"ExpressionIndexTest_mysql":      "SQLAlchemy does not compare indexes on expressions of MySQL",
	"warn_operator":                  "operator classes are compared, not warned of",
	"labels_were_truncated":          "SQLAlchemy cuts long names and adds a hash; gomig takes a name as it is given",
	"test_idx_matches_long":          "the same",
	"custom_compare_type":            "the case has a hook in Python",
	"cola11-colb11-False":            "character sets and collations are compared",
	"cola13-colb13-False":            "the same",
	"index_named_as_column":          "an index of the name of its column is one that somebody made, unless a foreign key rests on it",
	"no_change[<lambda>-<lambda>10]": "the recording names an operator class for a column that is not in the index",
	"no_change[<lambda>-<lambda>11]": "the same",
	"cola18-_exclusions_018":         "the case's type is a name in plain SQL, which is no enumeration to gomig",
	"test_dont_add_system":           "a declared column xmin is a column: PostgreSQL's own are not for declaring",
}

func foundOnPurpose(id string) bool {
	for part := range onPurpose {
		if strings.Contains(id, part) {
			return true
		}
	}
	return false
}

// TestAlembicCases replays what Alembic's own tests compare. GOMIG_CASES names the
// recording, gzipped JSON; without it the test is skipped.
func TestAlembicCases(t *testing.T) {
	if os.Getenv("GOMIG_CASES") == "" {
		t.Skip("GOMIG_CASES names no recording of Alembic's cases")
	}
	f, err := os.Open(os.Getenv("GOMIG_CASES"))
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var all struct{ Cases []alembicCase }
	if err := json.NewDecoder(z).Decode(&all); err != nil {
		t.Fatal(err)
	}
	names := map[testdb.Kind]string{testdb.KindSQLite: "sqlite", testdb.KindPostgres: "postgresql", testdb.KindMySQL: "mysql", testdb.KindMariaDB: "mariadb"}
	for _, k := range testdb.Kinds() {
		t.Run(k.String(), func(t *testing.T) {
			s := onServer(t, k)
			same, more, missed, bad := 0, 0, 0, 0
			for _, c := range all.Cases {
				if c.Dialect != names[k] {
					continue
				}
				r, err := s.replay(c)
				switch {
				case err != nil:
					bad++
					t.Logf("not replayed: %s: %v", c.ID, err)
				case r.Empty() == (len(c.Diffs) == 0):
					same++
				case r.Empty():
					missed++
					t.Errorf("%s: Alembic finds %s", c.ID, c.Diffs)
				default:
					more++
					if !foundOnPurpose(c.ID) {
						t.Errorf("%s: Alembic finds nothing, gomig %q", c.ID, r.Detected)
					}
				}
			}
			t.Logf("same %d, more %d, missed %d, bad %d", same, more, missed, bad)
		})
	}
}

func (s *server) replay(c alembicCase) (*autogen.Result, error) {
	if err := s.reset(); err != nil {
		return nil, err
	}
	if s.kind == testdb.KindPostgres {
		if err := s.exec("DROP SCHEMA IF EXISTS test_schema CASCADE", "CREATE SCHEMA test_schema"); err != nil {
			return nil, err
		}
	}
	if err := s.exec(c.DDL...); err != nil {
		return nil, err
	}
	o := autogen.Options{
		IncludeSchemas: c.Options.IncludeSchemas,
		VersionTable:   schema.Name{Schema: c.Options.VersionTableSchema, Name: cmp.Or(c.Options.VersionTable, "alembic_version")},
	}
	for _, model := range c.Model {
		m := schema.NewMetadata(schema.Options{Schema: model.Schema})
		for _, t := range model.tables() {
			m.Add(t)
		}
		o.Metadata = append(o.Metadata, m)
	}
	r, err := autogen.Compare(s.ctx, s.d, s.conn, o)
	if err != nil {
		return nil, fmt.Errorf("comparing: %w", err)
	}
	return r, nil
}
