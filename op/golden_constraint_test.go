package op_test

import (
	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// constraintOf is a constraint on the table order, beside which customer stands.
type constraintOf struct {
	name       string
	constraint schema.Constraint
	on         []string
}

func constraints() []constraintOf {
	fk := func(items ...schema.ForeignKeyItem) *schema.ForeignKeyDef {
		return schema.ForeignKeyConstraint("fk_customer", []string{"customer_id"}, "customer", []string{"id"}, items...)
	}
	unique := func() *schema.UniqueDef { return schema.UniqueConstraint("uq_starts", "starts", "customer_id") }
	check := func() *schema.CheckDef { return schema.CheckConstraint("ck_customer", "customer_id > 5") }
	return []constraintOf{
		{"unique", unique(), nil},
		{"unique without a name", schema.UniqueConstraint("", "starts"), nil},
		{"unique, deferred", unique().With(schema.WithDeferral(schema.InitiallyDeferred)), postgress},
		{"unique, nulls equal", unique().With(schema.NullsNotDistinct()), postgress},
		{"unique, deferred", unique().With(schema.WithDeferral(schema.Deferrable)), []string{"mysql", "sqlite"}},
		{"check", check(), nil},
		{"check without a name", schema.CheckConstraint("", "customer_id > 5"), nil},
		{"check of quotes", schema.CheckConstraint("ck_quotes", "'it''s' <> 'x'"), nil},
		{"check, not valid", check().With(schema.NotValid()), postgress},
		{"check, not enforced", check().With(schema.NotEnforced()), []string{"mysql"}},
		{"foreign key", fk(), nil},
		{"foreign key with actions", fk(schema.OnDelete(schema.Cascade), schema.OnUpdate(schema.SetNull)), nil},
		{"foreign key, deferred", fk(schema.WithDeferral(schema.InitiallyDeferred)), []string{"postgresql", "sqlite"}},
		{"foreign key, deferrable", fk(schema.WithDeferral(schema.Deferrable), schema.Match("FULL")), postgress},
		{"foreign key, not valid", fk(schema.NotValid()), postgress},
		{"foreign key to itself", schema.ForeignKeyConstraint("fk_self", []string{"customer_id"}, "order", []string{"id"}), nil},
		{"foreign key without a name", schema.ForeignKeyConstraint("", []string{"customer_id"}, "customer", []string{"id"}), nil},
		{"exclude", &schema.ExcludeDef{
			Name: "ex_starts", Elements: []schema.ExcludeElement{{Expr: "daterange(starts, NULL)", Operator: "&&"}}, Where: "customer_id > 5",
		}, postgress},
		{"exclude", &schema.ExcludeDef{Name: "ex", Elements: []schema.ExcludeElement{{Expr: "a", Operator: "="}}}, []string{"mysql", "sqlite"}},
	}
}

func constraintCases() map[string][]opCase {
	keyless := schema.NewTable("pair", schema.Column("a", schema.Integer(), schema.NotNull()), schema.Column("b", schema.Integer(), schema.NotNull()))
	pk := schema.PrimaryKeyConstraint("pk_pair", "a", "b")
	keyed := schema.NewTable("pair", schema.Column("a", schema.Integer(), schema.NotNull()), schema.Column("b", schema.Integer(), schema.NotNull()), pk)
	add := []opCase{
		{name: "primary key", before: create(keyless), do: &op.AddConstraint{Table: keyless.Name, Constraint: pk}},
		{name: "nothing", do: &op.AddConstraint{Table: keyless.Name}},
	}
	drop := []opCase{
		{name: "primary key", before: create(keyed), do: &op.DropConstraint{Table: keyed.Name, Name: "pk_pair", Kind: schema.PrimaryKeyKind, Was: pk}, on: []string{"mysql", "mariadb", "postgresql", "sqlite"}},
		// A key that CREATE TABLE makes is clustered, unless it says otherwise, and cannot go.
		{name: "primary key", before: exec("CREATE TABLE pair (a INTEGER NOT NULL, b INTEGER NOT NULL, PRIMARY KEY (a, b) NONCLUSTERED)"), do: &op.DropConstraint{Table: keyed.Name, Kind: schema.PrimaryKeyKind, Was: pk}, on: []string{"tidb"}},
		{name: "primary key without its name", before: create(keyed), do: &op.DropConstraint{Table: keyed.Name, Kind: schema.PrimaryKeyKind}, on: []string{"mysql", "mariadb", "sqlite"}},
		{name: "if exists", before: create(order(schema.CheckConstraint("ck", "customer_id > 5"))), do: &op.DropConstraint{Table: name("order"), Name: "ck", Kind: schema.CheckKind, Guard: ddl.IfExists}},
		{name: "kind not known", before: create(order(schema.CheckConstraint("ck", "customer_id > 5"))), do: &op.DropConstraint{Table: name("order"), Name: "ck"}},
		{name: "nameless", do: &op.DropConstraint{Table: name("order"), Kind: schema.UniqueKind}},
	}
	for _, c := range constraints() {
		var lasts []string
		if c.constraint.Kind() == schema.ForeignKeyKind {
			lasts = mysqls // a script does not know of the index that the server made for the key
		}
		add = append(add, opCase{name: c.name, before: create(customer(), order()), do: &op.AddConstraint{Table: name("order"), Constraint: c.constraint}, on: c.on, lasts: lasts})
		if c.constraint.ConstraintName() == "ex" || c.name == "unique, deferred" && len(c.on) > 1 {
			continue // refused already when the table is made
		}
		there := schema.TableFunc(func(t *schema.Table) { schema.CloneConstraint(c.constraint).AddToTable(t) })
		drop = append(drop, opCase{name: c.name, before: create(customer(), order(there)), on: c.on, do: &op.DropConstraint{
			Table: name("order"), Name: c.constraint.ConstraintName(), Kind: c.constraint.Kind(), Was: c.constraint,
		}})
	}
	return map[string][]opCase{"add_constraint": add, "drop_constraint": drop}
}

// indexOf is an index on the table customer.
type indexOf struct {
	name    string
	index   *schema.IndexDef
	options []schema.Option
	on      []string
}

func indexes() []indexOf {
	ix := func(parts ...schema.IndexPart) *schema.IndexDef { return schema.IndexOn("ix", parts...) }
	city := schema.Key("city")
	return []indexOf{
		{"plain", schema.Index("ix", "city", "age"), nil, nil},
		{"unique", schema.Index("ix", "name").With(schema.UniqueIndex()), nil, nil},
		{"downwards", ix(city.Desc(), schema.Key("age")), nil, nil},
		{"expression", ix(schema.KeyExpr("lower(name)"), schema.Key("age")), nil, nil},
		{"partial", ix(city).With(schema.Where("age > 5")), nil, nil},
		{"method", ix(city).With(schema.Using("btree")), nil, append(mysqls, "postgresql")},
		{"including", ix(city).With(schema.Include("name")), nil, postgress},
		{"nulls first", ix(city.NullsFirst(), schema.Key("age").Desc().NullsLast()), nil, postgress},
		{"nulls equal", ix(city).With(schema.UniqueIndex(), schema.NullsNotDistinct()), nil, postgress},
		{"operator class", ix(city.Op("varchar_pattern_ops")), nil, postgress},
		{"collated", ix(city.Collate("C")), nil, postgress},
		{"collated", ix(city.Collate("NOCASE")), nil, sqlites},
		{"concurrently", ix(city), []schema.Option{postgres.Concurrently()}, postgress},
		{"prefix", ix(city.Prefix(5)), nil, mysqls},
		{"full text", ix(city).With(schema.Using("FULLTEXT")), nil, []string{"mysql", "mariadb"}},
		{"full text with a parser", ix(city).With(schema.Using("FULLTEXT"), mysql.Parser("ngram")), nil, []string{"mysql"}},
		{"with storage parameters", ix(city).With(postgres.With("fillfactor", "70")), nil, postgress},
		{"with a comment", ix(city).With(schema.Comment("it's quick")), nil, append(mysqls, "postgresql")},
		{"invisible", ix(city).With(mysql.Invisible()), nil, mysqls},
		{"with an algorithm", ix(city), []schema.Option{mysql.WithAlgorithm(mysql.InPlace)}, []string{"mysql", "mariadb"}},
	}
}

func indexCases() map[string][]opCase {
	customers := name("customer")
	makes := []opCase{
		{name: "if not exists", before: create(customer()), do: &op.CreateIndex{Table: customers, Index: schema.Index("ix", "city"), Guard: ddl.IfNotExists}},
		{name: "of nothing", do: &op.CreateIndex{Table: customers, Index: schema.Index("ix")}},
		{name: "in a schema", before: append(exec("CREATE SCHEMA sales"), create(customer(schema.InSchema("sales")))...), do: &op.CreateIndex{Table: inSales("customer"), Index: schema.Index("ix", "city")}, on: postgress},
	}
	drops := []opCase{
		{name: "not known", before: create(customer(schema.Index("ix", "city"))), do: &op.DropIndex{Table: customers, Name: "ix"}},
		{name: "if exists", before: create(customer(schema.Index("ix", "city"))), do: &op.DropIndex{Table: customers, Name: "ix", Guard: ddl.IfExists, Was: schema.Index("ix", "city")}},
	}
	place := schema.NewTable("place", schema.Column("id", schema.Integer(), schema.PrimaryKey()), schema.Column("at", mysql.Geometry(mysql.Point), schema.NotNull()))
	spatial := schema.Index("ix", "at").With(schema.Using("SPATIAL"))
	both := []string{"mysql", "mariadb"}
	makes = append(makes, opCase{name: "spatial", before: create(place), do: &op.CreateIndex{Table: place.Name, Index: spatial}, on: both})
	drops = append(drops, opCase{name: "spatial", before: append(create(place), &op.CreateIndex{Table: place.Name, Index: spatial}), do: &op.DropIndex{Table: place.Name, Name: "ix", Was: spatial}, on: both})
	for _, i := range indexes() {
		makes = append(makes, opCase{name: i.name, before: create(customer()), do: &op.CreateIndex{Table: customers, Index: i.index, Options: i.options}, on: i.on})
		if i.name == "partial" || i.name == "expression" {
			i.on = []string{"postgresql", "sqlite"}
		}
		drops = append(drops, opCase{name: i.name, before: create(customer(i.index.Clone())), do: &op.DropIndex{Table: customers, Name: "ix", Options: i.options, Was: i.index}, on: i.on})
	}
	return map[string][]opCase{"create_index": makes, "drop_index": drops}
}

func objectCases() map[string][]opCase {
	mood := name("mood")
	uses := schema.NewTable("t", schema.Column("id", schema.Integer(), schema.PrimaryKey()), schema.Column("m", schema.Enum("mood", "sad", "it's")))
	made := []op.Operation{&op.CreateEnum{Name: mood, Values: []string{"sad", "it's"}}}
	return map[string][]opCase{
		"create_enum": {
			{name: "plain", do: &op.CreateEnum{Name: mood, Values: []string{"sad", "it's", `back\slash`}}},
			{name: "in a schema", before: exec("CREATE SCHEMA sales"), do: &op.CreateEnum{Name: inSales("mood"), Values: []string{"sad"}}, on: postgress},
		},
		"drop_enum": {
			{name: "not known", before: made, do: &op.DropEnum{Name: mood}},
			{name: "known", before: made, do: &op.DropEnum{Name: mood, Was: []string{"sad", "it's"}}},
		},
		"add_enum_value": {
			{name: "last", before: append(made, create(uses)...), do: &op.AddEnumValue{Name: mood, Value: "happy"}},
			{name: "before", before: made, do: &op.AddEnumValue{Name: mood, Value: "happy", Before: "it's"}},
			{name: "after", before: made, do: &op.AddEnumValue{Name: mood, Value: "happy", After: "sad"}},
		},
	}
}
