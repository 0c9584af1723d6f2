package inspect

import (
	"context"
	"encoding/json"
	"io"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/gen"
	"github.com/gomig-dev/gomig/schema"
)

// schemaVersion is the version of the JSON shape of a schema, which
// docs/inspect.md describes; a change that readers notice raises it.
const schemaVersion = 1

type (
	schemaJSON struct {
		Version       int            `json:"version"`
		Dialect       string         `json:"dialect"`
		DefaultSchema string         `json:"default_schema"`
		Tables        []tableJSON    `json:"tables"`
		Views         []viewJSON     `json:"views"`
		Sequences     []sequenceJSON `json:"sequences"`
		Enums         []enumJSON     `json:"enums"`
		Others        []objectJSON   `json:"others"`
		Problems      []problemJSON  `json:"problems"`
	}
	nameJSON struct {
		Schema string `json:"schema,omitempty"`
		Name   string `json:"name"`
	}
	tableJSON struct {
		nameJSON
		Comment     string           `json:"comment,omitempty"`
		Columns     []columnJSON     `json:"columns"`
		PrimaryKey  *keyJSON         `json:"primary_key,omitempty"`
		Uniques     []keyJSON        `json:"unique_constraints"`
		Checks      []checkJSON      `json:"check_constraints"`
		ForeignKeys []foreignKeyJSON `json:"foreign_keys"`
		Excludes    []excludeJSON    `json:"exclude_constraints"`
		Indexes     []indexJSON      `json:"indexes"`
		Options     []optionJSON     `json:"options,omitempty"`
	}
	columnJSON struct {
		Name          string        `json:"name"`
		Type          string        `json:"type"`
		Nullable      bool          `json:"nullable"`
		Default       string        `json:"default,omitempty"`
		AutoIncrement bool          `json:"auto_increment,omitempty"`
		Identity      *identityJSON `json:"identity,omitempty"`
		Computed      *computedJSON `json:"computed,omitempty"`
		Collation     string        `json:"collation,omitempty"`
		Comment       string        `json:"comment,omitempty"`
		Options       []optionJSON  `json:"options,omitempty"`
	}
	identityJSON struct {
		Always    bool   `json:"always"`
		Start     int64  `json:"start,omitempty"`
		Increment int64  `json:"increment,omitempty"`
		Min       *int64 `json:"min,omitempty"`
		Max       *int64 `json:"max,omitempty"`
		Cache     int64  `json:"cache,omitempty"`
		Cycle     bool   `json:"cycle,omitempty"`
	}
	computedJSON struct {
		Expression string `json:"expression"`
		Storage    string `json:"storage,omitempty"` // stored, virtual
	}
	keyJSON struct {
		Name             string       `json:"name,omitempty"`
		Columns          []string     `json:"columns"`
		Deferral         string       `json:"deferral,omitempty"` // deferrable, initially deferred
		NullsNotDistinct bool         `json:"nulls_not_distinct,omitempty"`
		Options          []optionJSON `json:"options,omitempty"`
	}
	checkJSON struct {
		Name        string       `json:"name,omitempty"`
		Expression  string       `json:"expression"`
		NotValid    bool         `json:"not_valid,omitempty"`
		NotEnforced bool         `json:"not_enforced,omitempty"`
		Options     []optionJSON `json:"options,omitempty"`
	}
	foreignKeyJSON struct {
		Name       string        `json:"name,omitempty"`
		Columns    []string      `json:"columns"`
		References referenceJSON `json:"references"`
		OnDelete   string        `json:"on_delete,omitempty"`
		OnUpdate   string        `json:"on_update,omitempty"`
		Deferral   string        `json:"deferral,omitempty"`
		Match      string        `json:"match,omitempty"`
		NotValid   bool          `json:"not_valid,omitempty"`
		Options    []optionJSON  `json:"options,omitempty"`
	}
	referenceJSON struct {
		Schema  string   `json:"schema,omitempty"`
		Table   string   `json:"table"`
		Columns []string `json:"columns"`
	}
	excludeJSON struct {
		Name     string        `json:"name,omitempty"`
		Using    string        `json:"using,omitempty"`
		Elements []elementJSON `json:"elements"`
		Where    string        `json:"where,omitempty"`
		Deferral string        `json:"deferral,omitempty"`
		Options  []optionJSON  `json:"options,omitempty"`
	}
	elementJSON struct {
		Expression string `json:"expression"`
		Operator   string `json:"operator"`
	}
	indexJSON struct {
		Name             string       `json:"name"`
		Unique           bool         `json:"unique"`
		Using            string       `json:"using,omitempty"`
		Parts            []partJSON   `json:"parts"`
		Include          []string     `json:"include,omitempty"`
		Where            string       `json:"where,omitempty"`
		NullsNotDistinct bool         `json:"nulls_not_distinct,omitempty"`
		Comment          string       `json:"comment,omitempty"`
		Options          []optionJSON `json:"options,omitempty"`
	}
	partJSON struct {
		Column        string `json:"column,omitempty"`
		Expression    string `json:"expression,omitempty"`
		Descending    bool   `json:"descending,omitempty"`
		Nulls         string `json:"nulls,omitempty"` // first, last
		Length        int    `json:"length,omitempty"`
		Collation     string `json:"collation,omitempty"`
		OperatorClass string `json:"operator_class,omitempty"`
	}
	// optionJSON is a property that only one database has.
	optionJSON struct {
		Key string `json:"key"` // mysql.engine
		Go  string `json:"go"`  // as it is declared: mysql.Engine("InnoDB")
	}
	viewJSON struct {
		nameJSON
		Materialized bool        `json:"materialized,omitempty"`
		Query        string      `json:"query"`
		Indexes      []indexJSON `json:"indexes,omitempty"`
		Options      string      `json:"options,omitempty"` // as the server writes them
	}
	sequenceJSON struct {
		nameJSON
		Type      string `json:"type,omitempty"`
		Start     int64  `json:"start"`
		Increment int64  `json:"increment"`
		Min       *int64 `json:"min"`
		Max       *int64 `json:"max"`
		Cache     int64  `json:"cache"`
		Cycle     bool   `json:"cycle,omitempty"`
	}
	enumJSON struct {
		nameJSON
		Values []string `json:"values"`
	}
	objectJSON struct {
		Kind string `json:"kind"`
		nameJSON
	}
	problemJSON struct {
		objectJSON
		Error string `json:"error"`
	}
)

// JSON writes the schema for programs.
func (s *Schema) JSON(_ context.Context, w io.Writer) error {
	j := jsonWriter{Schema: s}
	out := schemaJSON{
		Version: schemaVersion, Dialect: s.Dialect.Name(), DefaultSchema: s.DefaultSchema,
		Tables: each(s.Tables, j.table), Views: each(s.Views, j.view), Sequences: each(s.Sequences, j.sequence),
		Enums: []enumJSON{}, Others: []objectJSON{}, Problems: []problemJSON{},
	}
	for _, e := range s.Enums {
		out.Enums = append(out.Enums, enumJSON{nameJSON(e.Name), e.Values})
	}
	for _, o := range s.Others {
		out.Others = append(out.Others, objectJSON{o.Kind, nameJSON(o.Name)})
	}
	for _, p := range s.Problems {
		out.Problems = append(out.Problems, problemJSON{objectJSON{p.Object.Kind, nameJSON(p.Object.Name)}, p.Err.Error()})
	}
	if j.err != nil {
		return j.err
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(out)
}

// each maps a list; the result is never null.
func each[T, J any](list []T, f func(T) J) []J {
	out := make([]J, 0, len(list))
	for _, v := range list {
		out = append(out, f(v))
	}
	return out
}

// jsonWriter turns a schema into its JSON shape and keeps the first error.
type jsonWriter struct {
	*Schema
	err error
}

func (j *jsonWriter) keep(text string, err error) string {
	if j.err == nil {
		j.err = err
	}
	return text
}

func (j *jsonWriter) table(t *schema.Table) tableJSON {
	out := tableJSON{
		nameJSON: nameJSON(t.Name), Comment: t.Comment, Columns: each(t.Columns, j.column), Uniques: each(t.Uniques, j.unique),
		Checks: each(t.Checks, j.check), ForeignKeys: each(t.ForeignKeys, j.foreignKey), Excludes: each(t.Excludes, j.exclude),
		Indexes: each(t.Indexes, j.index), Options: j.options(t.Options),
	}
	if pk := t.PrimaryKey; pk != nil {
		out.PrimaryKey = &keyJSON{Name: pk.Name, Columns: pk.Columns, Options: j.options(pk.Options)}
	}
	return out
}

func (j *jsonWriter) column(c *schema.ColumnDef) columnJSON {
	out := columnJSON{
		Name: c.Name, Type: j.typ(c.Type), Nullable: c.Nullable, AutoIncrement: c.AutoIncrement, Collation: c.Collation,
		Comment: c.Comment, Options: j.options(c.Options), Identity: (*identityJSON)(c.Identity),
	}
	if !c.Default.IsZero() {
		out.Default = j.keep(j.Dialect.Expr(c.Default))
	}
	if v := c.Computed; v != nil {
		storage := map[schema.Storage]string{schema.Stored: "stored", schema.Virtual: "virtual"}[v.Storage]
		out.Computed = &computedJSON{Expression: v.Expr, Storage: storage}
	}
	return out
}

// typ is a type in the database's words; a column of SQLite may have none.
func (j *jsonWriter) typ(t schema.Type) string { return j.keep(j.Schema.typ(t)) }

// typ is a type in the database's words.
func (s *Schema) typ(t schema.Type) (string, error) {
	if t.IsZero() {
		return "", nil
	}
	return s.Dialect.Type(t)
}

func (j *jsonWriter) unique(u *schema.UniqueDef) keyJSON {
	return keyJSON{
		Name: u.Name, Columns: u.Columns, Deferral: deferralJSON(u.Deferral), NullsNotDistinct: u.NullsNotDistinct,
		Options: j.options(u.Options),
	}
}

func (j *jsonWriter) check(c *schema.CheckDef) checkJSON {
	return checkJSON{Name: c.Name, Expression: c.Expr, NotValid: c.NotValid, NotEnforced: c.NotEnforced, Options: j.options(c.Options)}
}

func (j *jsonWriter) foreignKey(k *schema.ForeignKeyDef) foreignKeyJSON {
	return foreignKeyJSON{
		Name: k.Name, Columns: k.Columns, References: referenceJSON{k.RefTable.Schema, k.RefTable.Name, append([]string{}, k.RefColumns...)},
		OnDelete: string(k.OnDelete), OnUpdate: string(k.OnUpdate), Deferral: deferralJSON(k.Deferral), Match: k.Match,
		NotValid: k.NotValid, Options: j.options(k.Options),
	}
}

func (j *jsonWriter) exclude(x *schema.ExcludeDef) excludeJSON {
	return excludeJSON{
		Name: x.Name, Using: x.Using, Where: x.Where, Deferral: deferralJSON(x.Deferral), Options: j.options(x.Options),
		Elements: each(x.Elements, func(e schema.ExcludeElement) elementJSON { return elementJSON{e.Expr, e.Operator} }),
	}
}

func (j *jsonWriter) index(i *schema.IndexDef) indexJSON {
	return indexJSON{
		Name: i.Name, Unique: i.Unique, Using: i.Using, Include: i.Include, Where: i.Where, NullsNotDistinct: i.NullsNotDistinct,
		Comment: i.Comment, Options: j.options(i.Options),
		Parts: each(i.Parts, func(p schema.IndexPart) partJSON {
			return partJSON{
				Column: p.Column, Expression: p.Expr, Descending: p.Descending, Length: p.Length, Collation: p.Collation, OperatorClass: p.OpClass,
				Nulls: map[schema.NullsOrder]string{schema.NullsFirst: "first", schema.NullsLast: "last"}[p.Nulls],
			}
		}),
	}
}

func (j *jsonWriter) view(v dialect.View) viewJSON {
	return viewJSON{
		nameJSON: nameJSON(v.Name), Materialized: v.Materialized, Query: v.Definition, Indexes: each(v.Indexes, j.index), Options: v.Options,
	}
}

func (*jsonWriter) sequence(q *schema.Sequence) sequenceJSON {
	return sequenceJSON{nameJSON(q.Name), q.Type, q.Start, q.Increment, q.Min, q.Max, q.Cache, q.Cycle}
}

func (j *jsonWriter) options(list []schema.Option) []optionJSON {
	if len(list) == 0 {
		return nil
	}
	return each(list, func(o schema.Option) optionJSON {
		expr, err := gen.Expr(o)
		j.keep("", err)
		if err != nil {
			return optionJSON{}
		}
		return optionJSON{Key: o.OptionKey(), Go: expr.GoString()}
	})
}

func deferralJSON(d schema.Deferral) string {
	return map[schema.Deferral]string{schema.Deferrable: "deferrable", schema.InitiallyDeferred: "initially deferred"}[d]
}
