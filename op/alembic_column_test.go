package op_test

import (
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

func (tr translator) column(o python) *schema.ColumnDef {
	var items []schema.ColumnItem
	add := func(given any, it schema.ColumnItem) {
		if is(given) {
			items = append(items, it)
		}
	}
	typ := o["type"].(python)
	add(!is(o["nullable"]), schema.NotNull())
	add(o["primary_key"], schema.PrimaryKey())
	// Alembic's autoincrement="auto": an integer key numbers itself, where the dialect can.
	add(is(o["primary_key"]) && typ["class"] == "Integer" && tr.dialect != "default", schema.AutoIncrement())
	add(o["unique"], schema.Unique())
	add(o["index"], schema.Indexed())
	if s := str(o["comment"]); s != "" {
		items = append(items, schema.Comment(s))
	}
	switch d, _ := o["server_default"].(python); kind(o["server_default"]) {
	case "Computed":
		items = append(items, schema.ComputedAs(str(d["sqltext"]), storage(d)))
	case "Identity":
		items = append(items, schema.IdentityAs(identity(d)))
	case "DefaultClause":
		items = append(items, schema.ServerDefault(schema.Literal(str(d["string"]))))
	}
	keys, _ := o["foreign_keys"].([]any)
	for _, k := range keys[:min(1, len(keys))] { // those beyond the first are constraints of their own
		items = append(items, schema.References(str(k.(python)["target"]), references(k.(python))...))
	}
	checks, _ := o["constraints"].([]any)
	for _, k := range checks {
		items = append(items, schema.Check(str(k.(python)["name"]), str(k.(python)["sqltext"])))
	}
	return schema.Column(str(o["name"]), recordedType(typ), items...)
}

func references(o python) (items []schema.ForeignKeyItem) {
	if s := str(o["ondelete"]); s != "" {
		items = append(items, schema.OnDelete(schema.Action(s)))
	}
	if s := str(o["onupdate"]); s != "" {
		items = append(items, schema.OnUpdate(schema.Action(s)))
	}
	if s := str(o["match"]); s != "" && s != "SIMPLE" {
		items = append(items, schema.Match(s))
	}
	switch {
	case strings.EqualFold(str(o["initially"]), "deferred"):
		items = append(items, schema.WithDeferral(schema.InitiallyDeferred))
	case is(o["deferrable"]):
		items = append(items, schema.WithDeferral(schema.Deferrable))
	}
	if is(o["postgresql_not_valid"]) {
		items = append(items, schema.NotValid())
	}
	return items
}

func storage(o python) schema.Storage {
	if is(o["persisted"]) {
		return schema.Stored
	}
	return schema.StorageDefault
}

func identity(o python) schema.Identity {
	id := schema.Identity{Always: is(o["always"]), Start: integer(o["start"]), Increment: integer(o["increment"]), Cache: integer(o["cache"]), Cycle: is(o["cycle"])}
	if v, ok := o["minvalue"]; ok {
		id.Min = schema.Bound(integer(v))
	}
	if v, ok := o["maxvalue"]; ok {
		id.Max = schema.Bound(integer(v))
	}
	return id
}

// recordedType is a type of gomig's, or the SQL that was recorded for one it has no word for.
func recordedType(o python) schema.Type {
	args, _ := o["args"].(python)
	switch o["class"] {
	case "Integer":
		return schema.Integer()
	case "Boolean":
		return schema.Boolean()
	case "DATETIME":
		return schema.DateTime()
	case "String":
		if n := integer(args["length"]); n > 0 {
			return schema.String(int(n))
		}
	}
	return schema.RawSQL(str(o["sql"]))
}

// defaultOf is a server default that is neither computed nor an identity.
func defaultOf(v any) schema.Expr {
	switch v := v.(type) {
	case nil:
		return schema.NoExpr()
	case string:
		return schema.Literal(v)
	default:
		return schema.SQL(str(v))
	}
}
