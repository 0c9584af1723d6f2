package op_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// alembicCall is a call of Alembic's as it was recorded.
type alembicCall struct {
	Call   string
	Args   []any
	Kwargs map[string]any
	Params []any
}

// python is a recorded Python python: its kind stands in "$".
type python = map[string]any

func kind(v any) string {
	o, _ := v.(python)
	s, _ := o["$"].(string)
	return s
}

// str is a string, a name, or nothing.
func str(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case python:
		for _, key := range []string{"name", "sql", "text", "sqltext"} {
			if s, ok := v[key].(string); ok {
				return s
			}
		}
	}
	return ""
}

func strs(v any) (list []string) {
	if s, ok := v.(string); ok {
		return []string{s}
	}
	all, _ := v.([]any)
	for _, s := range all {
		list = append(list, str(s))
	}
	return list
}

func is(v any) bool { b, _ := v.(bool); return b }

func integer(v any) int64 { f, _ := v.(float64); return int64(f) }

// translator says Alembic's calls as operations, in the way that gomig's
// documentation tells those who come from there.
type translator struct {
	dialect string // the recorded one: "default" is SQLAlchemy's own
	naming  schema.NamingConvention
}

// argument is the i-th argument or the one of that name.
func (c alembicCall) argument(i int, key string) any {
	if i < len(c.Args) {
		return c.Args[i]
	}
	return c.Kwargs[key]
}

func (c alembicCall) table(i int, key string) schema.Name {
	return schema.Name{Schema: str(c.Kwargs["schema"]), Name: str(c.argument(i, key))}
}

func (c alembicCall) guard(key string, g ddl.Guard) ddl.Guard {
	if is(c.Kwargs[key]) {
		return g
	}
	return ddl.Unguarded
}

// operations says a call; an error says why it cannot be said.
func (tr translator) operations(c alembicCall) ([]op.Operation, error) {
	one := func(p op.Operation) ([]op.Operation, error) { return []op.Operation{p}, nil }
	switch strings.TrimPrefix(c.Call, "op.") {
	case "create_table":
		return one(tr.createTable(c))
	case "drop_table":
		return one(&op.DropTable{Table: c.table(0, "table_name"), Guard: c.guard("if_exists", ddl.IfExists)})
	case "rename_table":
		return one(&op.RenameTable{Table: c.table(0, ""), To: str(c.Args[1])})
	case "create_table_comment":
		return one(&op.TableComment{Table: c.table(0, ""), Comment: str(c.argument(1, "comment"))})
	case "drop_table_comment":
		return one(&op.TableComment{Table: c.table(0, "")})
	case "add_column":
		return one(tr.addColumn(c))
	case "drop_column":
		return one(&op.DropColumn{Table: c.table(0, ""), Name: str(c.Args[1]), Guard: c.guard("if_exists", ddl.IfExists)})
	case "alter_column":
		return tr.alterColumn(c)
	case "create_index":
		return one(tr.createIndex(c))
	case "drop_index":
		return one(&op.DropIndex{Table: c.table(1, "table_name"), Name: str(c.Args[0]), Guard: c.guard("if_exists", ddl.IfExists), Options: concurrently(c)})
	case "create_primary_key", "create_unique_constraint", "create_check_constraint", "create_foreign_key", "create_exclude_constraint":
		return one(tr.addConstraint(c))
	case "drop_constraint":
		return tr.dropConstraint(c)
	case "bulk_insert":
		return bulkInsert(c)
	case "execute":
		return one(&op.Exec{SQL: str(c.Args[0])})
	}
	return nil, fmt.Errorf("%s is no operation of Alembic's own", c.Call)
}

func (tr translator) createTable(c alembicCall) op.Operation {
	items := []schema.TableItem{schema.InSchema(str(c.Kwargs["schema"]))}
	add := func(v any) {
		if it := tr.item(v); it != nil {
			items = append(items, it)
		}
	}
	for _, v := range c.Args[1:] {
		add(v)
	}
	if s := str(c.Kwargs["comment"]); s != "" {
		items = append(items, schema.Comment(s))
	}
	if o, ok := c.Args[0].(python); ok { // a whole table
		for _, key := range []string{"columns", "constraints", "indexes"} {
			list, _ := o[key].([]any)
			for _, v := range list {
				add(v)
			}
		}
	}
	metadata := schema.NewMetadata(schema.Options{NamingConvention: tr.naming})
	if final(c.Args) {
		metadata = schema.NewMetadata(schema.Options{})
	}
	return &op.CreateTable{Table: metadata.Table(str(c.Args[0]), items...), Guard: c.guard("if_not_exists", ddl.IfNotExists)}
}

// final reports whether a name is marked as taken as it is (op.f), as all names
// of gomig's operations are.
func final(v any) bool {
	switch v := v.(type) {
	case python:
		return kind(v) == "f" || slices.ContainsFunc(slices.Collect(maps.Values(v)), final)
	case []any:
		return slices.ContainsFunc(v, final)
	}
	return false
}

// item is a column, constraint or index of a table; nil for an empty primary key.
func (tr translator) item(v any) schema.TableItem {
	o, _ := v.(python)
	switch name := str(o["name"]); kind(v) {
	case "Column":
		return tr.column(o)
	case "Index":
		return schema.Index(name, strs(o["expressions"])...)
	case "UniqueConstraint":
		return schema.UniqueConstraint(name, strs(o["columns"])...)
	case "CheckConstraint":
		return schema.CheckConstraint(name, str(o["sqltext"]))
	}
	return nil
}

func (tr translator) addColumn(c alembicCall) op.Operation {
	p := &op.AddColumn{Table: c.table(0, ""), Column: tr.column(c.Args[1].(python)), Guard: c.guard("if_not_exists", ddl.IfNotExists)}
	if !is(c.Kwargs["inline_primary_key"]) {
		p.Column.PrimaryKey = false // not a word of it in Alembic, where the key is an operation of its own
	}
	keys, _ := c.Args[1].(python)["foreign_keys"].([]any)
	if len(keys) < 2 {
		return p
	}
	group := &op.AlterTable{Table: p.Table, Changes: []op.Operation{p}}
	for _, k := range keys[1:] {
		to := schema.Column(p.Column.Name, schema.Integer(), schema.References(str(k.(python)["target"]), references(k.(python))...)).References
		group.Changes = append(group.Changes, &op.AddConstraint{Table: p.Table, Constraint: schema.ForeignKeyConstraint("", []string{p.Column.Name}, to.RefTable.Name, to.RefColumns)})
	}
	return group
}

func (tr translator) alterColumn(c alembicCall) ([]op.Operation, error) {
	var opts []op.AlterColumnOption
	k := c.Kwargs
	given := func(key string) (any, bool) {
		v, ok := k[key]
		return v, ok && v != false // False is "not given"
	}
	if v, ok := k["type_"]; ok {
		opts = append(opts, op.SetType(recordedType(v.(python))))
	}
	if v, ok := k["nullable"]; ok {
		opts = append(opts, map[bool]op.AlterColumnOption{true: op.SetNullable(), false: op.SetNotNull()}[is(v)])
	}
	if v, ok := given("comment"); ok {
		opts = append(opts, op.SetComment(str(v)))
	}
	if v, ok := k["autoincrement"]; ok {
		opts = append(opts, map[bool]op.AlterColumnOption{true: op.SetAutoIncrement(), false: op.DropAutoIncrement()}[is(v)])
	}
	if s := str(k["postgresql_using"]); s != "" {
		opts = append(opts, op.Using(s))
	}
	if s := str(k["new_column_name"]); s != "" {
		opts = append(opts, op.Rename(s))
	}
	if v, ok := given("server_default"); ok {
		was := k["existing_server_default"]
		switch {
		case kind(v) == "Computed":
			opts = append(opts, op.SetComputed(str(v.(python)["sqltext"]), storage(v.(python))))
		case kind(v) == "Identity":
			opts = append(opts, op.SetIdentity(identity(v.(python))))
		case kind(was) == "Computed":
			opts = append(opts, op.DropComputed())
		case kind(was) == "Identity":
			opts = append(opts, op.DropIdentity())
		default:
			opts = append(opts, op.SetDefault(defaultOf(v)))
		}
	}
	if len(opts) == 0 {
		return nil, nil // nothing is asked for
	}
	if e := existing(k); e != nil {
		opts = append(opts, e)
	}
	return []op.Operation{altering(c.table(0, ""), cmp.Or(str(k["column_name"]), str(c.argument(1, "column_name"))), opts...)}, nil
}

// existing is the column as it is, by the existing_* of a call; nil if there are none.
func existing(k map[string]any) op.AlterColumnOption {
	if !slices.ContainsFunc(slices.Collect(maps.Keys(k)), func(key string) bool { return strings.HasPrefix(key, "existing_") }) {
		return nil
	}
	typ := schema.Integer() // what was recorded of identities and computed columns
	if o, ok := k["existing_type"].(python); ok {
		typ = recordedType(o)
	}
	var items []schema.ColumnItem
	if v, ok := k["existing_nullable"]; ok && !is(v) {
		items = append(items, schema.NotNull())
	}
	if s := str(k["existing_comment"]); s != "" {
		items = append(items, schema.Comment(s))
	}
	if is(k["existing_autoincrement"]) {
		items = append(items, schema.AutoIncrement())
	}
	if kind(k["server_default"]) == "Identity" {
		items = append(items, schema.NotNull()) // or it could have no identity
	}
	switch v := k["existing_server_default"]; {
	case kind(v) == "Computed":
		items = append(items, schema.ComputedAs(str(v.(python)["sqltext"]), storage(v.(python))))
	case kind(v) == "Identity":
		items = append(items, schema.IdentityAs(identity(v.(python))))
	case v != nil && v != false:
		items = append(items, schema.ServerDefault(defaultOf(v)))
	}
	return op.Existing(typ, items...)
}

func concurrently(c alembicCall) []schema.Option {
	if is(c.Kwargs["postgresql_concurrently"]) {
		return []schema.Option{postgres.Concurrently()}
	}
	return nil
}

func (tr translator) createIndex(c alembicCall) op.Operation {
	var parts []schema.IndexPart
	list, ok := c.Args[2].([]any)
	if !ok {
		list = []any{c.Args[2]}
	}
	for _, v := range list {
		if s, ok := v.(string); ok {
			parts = append(parts, schema.Key(s))
		} else {
			parts = append(parts, schema.KeyExpr(str(v)))
		}
	}
	i := schema.IndexOn(str(c.Args[0]), parts...).With(schema.Include(strs(c.Kwargs["postgresql_include"])...), schema.Where(str(c.Kwargs["postgresql_where"])))
	i.Unique = is(c.Kwargs["unique"])
	table := c.table(1, "")
	if i.Name == "" {
		i = tr.named(table.Name, i).Indexes[0]
	}
	return &op.CreateIndex{Table: table, Index: i, Guard: c.guard("if_not_exists", ddl.IfNotExists), Options: concurrently(c)}
}

// named declares a table with an item, so that it gets its name as in a schema
// of the user's: operations take names as they are.
func (tr translator) named(table string, item schema.TableItem) *schema.Table {
	return schema.NewMetadata(schema.Options{NamingConvention: tr.naming}).Table(table, schema.Column("x", schema.Integer()), item)
}

func (tr translator) addConstraint(c alembicCall) op.Operation {
	name, table := str(c.Args[0]), c.table(1, "")
	var item schema.TableItem
	switch c.Call {
	case "op.create_primary_key":
		item = schema.PrimaryKeyConstraint(name, strs(c.Args[2])...)
	case "op.create_unique_constraint":
		item = schema.UniqueConstraint(name, strs(c.Args[2])...)
	case "op.create_check_constraint":
		item = schema.CheckConstraint(name, str(c.Args[2]))
	case "op.create_foreign_key":
		table.Schema = str(c.Kwargs["source_schema"])
		fk := schema.ForeignKeyConstraint(name, strs(c.Args[3]), str(c.Args[2]), strs(c.Args[4]), references(c.Kwargs)...)
		fk.RefTable.Schema = str(c.Kwargs["referent_schema"])
		item = fk
	case "op.create_exclude_constraint":
		x := &schema.ExcludeDef{Name: name, Using: str(c.Kwargs["using"]), Where: str(c.Kwargs["where"])}
		for _, e := range c.Args[2:] {
			pair := strs(e)
			x.Elements = append(x.Elements, schema.ExcludeElement{Expr: pair[0], Operator: pair[1]})
		}
		item = x
	}
	if tr.naming != (schema.NamingConvention{}) {
		item = tr.named(table.Name, item).Constraints()[0].(schema.TableItem)
	}
	return &op.AddConstraint{Table: table, Constraint: item.(schema.Constraint)}
}

func (tr translator) dropConstraint(c alembicCall) ([]op.Operation, error) {
	kinds := map[string]schema.ConstraintKind{"": 0, "check": schema.CheckKind, "foreignkey": schema.ForeignKeyKind, "primary": schema.PrimaryKeyKind, "unique": schema.UniqueKind}
	k, ok := kinds[str(c.argument(2, "type_"))]
	if !ok {
		return nil, fmt.Errorf("schema has no kind of constraint %q", c.Kwargs["type_"])
	}
	name := str(c.Args[0])
	if tr.naming.Check != "" && !final(c.Args) {
		name = tr.named(str(c.Args[1]), schema.CheckConstraint(name, "true")).Checks[0].Name
	}
	return []op.Operation{&op.DropConstraint{Table: c.table(1, ""), Name: name, Kind: k, Guard: c.guard("if_exists", ddl.IfExists)}}, nil
}

func bulkInsert(c alembicCall) ([]op.Operation, error) {
	list, ok := c.Args[1].([]any)
	p := &op.BulkInsert{Table: c.table(0, "")}
	for _, v := range list {
		row, isRow := v.(python)
		ok = ok && isRow
		out := op.Row{}
		for key, value := range row {
			if kind(value) == "inline_literal" {
				value = value.(python)["value"]
			}
			out[key] = value
		}
		p.Rows = append(p.Rows, out)
	}
	if !ok {
		return nil, fmt.Errorf("rows are op.Row, and nothing else compiles")
	}
	return []op.Operation{p}, nil
}

func decodeCases(data []byte) (cases []alembicCase, err error) {
	err = json.Unmarshal(data, &cases)
	return cases, err
}
