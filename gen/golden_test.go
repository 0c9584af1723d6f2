package gen_test

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/gen"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

var update = flag.Bool("update", false, "write the golden files anew")

// noted is an operation with a remark.
type noted struct {
	op.Operation
	note string
}

func (n noted) Note() string { return n.note }

var account = schema.NewTable("account",
	schema.Column("id", schema.BigInteger(), schema.PrimaryKey(), schema.AutoIncrement()),
	schema.Column("name", schema.String(50), schema.NotNull()),
	schema.Column("kind", schema.Enum("account_kind", "private", "business", "government", "charity"), schema.NotNull(), schema.ServerDefault(schema.Literal("private"))),
	schema.Column("owner_id", schema.BigInteger(), schema.References("person.id", schema.OnDelete(schema.Cascade))),
	schema.Column("balance", schema.Numeric(12, 2), schema.NotNull(), schema.ServerDefault(schema.Literal(0)), schema.Comment("in the currency of the account's country, never of its owner's")),
	schema.Column("created_at", schema.DateTime(), schema.NotNull(), schema.ServerDefault(schema.Now())),
	schema.UniqueConstraint("uq_account_name_kind", "name", "kind"),
	schema.CheckConstraint("ck_account_balance", "balance >= 0"),
	schema.Index("ix_account_name", "name"),
	schema.IndexOn("ix_account_created", schema.Key("created_at").Desc(), schema.KeyExpr("lower(name)")).With(schema.UniqueIndex(), schema.Where("balance > 0")),
	schema.Comment("what people have with us"),
)

func reverse(t *testing.T, ops []op.Operation) []op.Operation {
	t.Helper()
	var back []op.Operation
	for _, o := range slices.Backward(ops) {
		r, err := o.Reverse()
		if err != nil {
			t.Fatal(err)
		}
		back = append(back, r)
	}
	return back
}

func named(name string) schema.Name { return schema.Name{Name: name} }

var goldens = []struct {
	name     string
	data     gen.Data
	up, down []op.Operation
	back     bool // down is up reversed
}{
	{name: "empty", data: gen.Data{UpRevision: "3512b954651e"}},
	{
		name: "add_account", back: true,
		data: gen.Data{Message: "add account", UpRevision: "3512b954651e", DownRevision: []string{"2b1ae634e5cd"}},
		up:   []op.Operation{&op.CreateTable{Table: account}},
	},
	{
		name: "merge",
		data: gen.Data{
			Message: "merge billing\n\nBoth lines changed the table account,\nwhich is why they meet here.", UpRevision: "1.2/x",
			DownRevision: []string{"ae1027a6acf", "1975ea83b712"}, BranchLabels: []string{"billing", "with \"quotes\""}, DependsOn: []string{"27c6a30d7c24"},
		},
	},
	{
		name: "change",
		data: gen.Data{Message: "change many things", UpRevision: "ae1027a6acf", DownRevision: []string{"3512b954651e"}},
		back: true,
		up: []op.Operation{
			&op.AddColumn{Table: named("account"), Column: schema.Column("note", schema.Text()), Place: ddl.Place{After: "name"}},
			&op.AlterColumn{
				Table: named("account"), Name: "name", Change: ddl.TypeAspect | ddl.NullableAspect,
				New:      schema.ColumnDef{Name: "name", Type: schema.String(100), Nullable: true},
				Existing: schema.Column("name", schema.String(50), schema.NotNull()),
			},
			noted{
				&op.DropColumn{Table: named("account"), Name: "balance", Was: account.Column("balance")},
				"data loss: the values of balance are gone",
			},
			&op.AlterTable{Table: named("person"), Changes: []op.Operation{
				&op.AddColumn{Table: named("person"), Column: schema.Column("born", schema.Date(), schema.NotNull())},
				&op.AddConstraint{Table: named("person"), Constraint: schema.ForeignKeyConstraint("fk_person_country",
					[]string{"country_code"}, "geography.country", []string{"code"}, schema.OnUpdate(schema.Cascade), schema.WithDeferral(schema.InitiallyDeferred))},
			}},
			&op.CreateIndex{Table: schema.Name{Schema: "audit", Name: "entry"}, Index: schema.Index("ix_entry_at", "at")},
			&op.RenameTable{Table: named("logs"), To: "log"},
			&op.AddConstraint{Table: named("log"), Constraint: schema.PrimaryKeyConstraint("pk_log", "id")},
			&op.CreateEnum{Name: named("mood"), Values: []string{
				"happy", "sad", "furious", "indifferent", "melancholic", "exuberant", "contemplative", "apprehensive", "nostalgic",
			}},
		},
	},
	{
		name: "data",
		data: gen.Data{Message: "fill the table of countries", UpRevision: "b2", DownRevision: []string{"ae1027a6acf"}},
		up: []op.Operation{
			&op.BulkInsert{Table: named("country"), Rows: []op.Row{
				{"code": "de", "name": "Germany", "area": 357.6, "since": time.Date(1949, 5, 23, 0, 0, 0, 0, time.UTC)},
				{"code": "va", "name": "Vatican City", "area": 0.49, "since": nil},
				{"code": "un", "name": "Country with a name so long that nobody has ever heard of it before", "area": int64(1), "since": schema.Now()},
			}},
			&op.Exec{SQL: "CREATE VIEW rich AS\nSELECT *\n  FROM account\n WHERE balance > 1000000"},
			&op.Exec{SQL: "UPDATE account SET kind = ? WHERE id = ?", Args: []any{"business", int64(7)}},
		},
		down: []op.Operation{&op.Exec{SQL: "DROP VIEW rich"}, &op.Exec{SQL: "DELETE FROM country"}},
	},
	{
		name: "hostile",
		data: gen.Data{
			Message: "// x\nvar Injected = 1\n*/ \x00 \u202e\n+build ignore", UpRevision: "a\"*/b",
			DownRevision: []string{"\nx := 1"}, CreateDate: time.Date(2026, 11, 20, 10, 0, 0, 0, time.FixedZone("CET", 3600)),
		},
		up: []op.Operation{
			&op.DropTable{Table: named("`\"'; DROP TABLE x; --"), Guard: ddl.IfExists},
			&op.DropIndex{Table: schema.Name{Schema: "a.b", Name: "*/"}, Name: "\x00\xff\n"},
		},
	},
}

func TestGoldenRevisions(t *testing.T) {
	t.Parallel()
	check, tmpl := newChecker(t), template(t)
	for _, g := range goldens {
		d := g.data
		if d.CreateDate.IsZero() {
			d.CreateDate = time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)
		}
		if g.back {
			g.down = reverse(t, g.up)
		}
		var err error
		if d.Upgrades, err = gen.Body(g.up, gen.BodyOptions{}); err != nil {
			t.Fatalf("%s: %v", g.name, err)
		}
		if d.Downgrades, err = gen.Body(g.down, gen.BodyOptions{}); err != nil {
			t.Fatalf("%s: %v", g.name, err)
		}
		src, err := gen.File(tmpl, d)
		if err != nil {
			t.Fatalf("%s: %v", g.name, err)
		}
		if _, err := check.check(src, versionsFile); err != nil {
			t.Errorf("%s: %v", g.name, err)
		}
		compare(t, g.name, src)
	}
}

// compare compares with a golden file, or writes it.
func compare(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name+".go.golden")
	if *update {
		if err := os.MkdirAll("testdata", 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, got, 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; run the test with -update", err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

func TestMainPackage(t *testing.T) {
	t.Parallel()
	src, err := gen.Main(gen.MainData{
		EnvPath:      "example.com/shop/migrations",
		VersionPaths: []string{"example.com/shop/migrations/versions", "example.com/shop/billing/versions"},
		Headers:      `[{"ID":"3512b954651e","Doc":"add \"account\""}]`,
	})
	if err != nil {
		t.Fatal(err)
	}
	compare(t, "main", src)
	again, err := gen.Main(gen.MainData{EnvPath: "shop/m", VersionPaths: []string{"shop/m/versions"}, Headers: "`\n\x00\""})
	if err != nil {
		t.Fatal(err)
	}
	compare(t, "main_hostile", again)
	if _, err := gen.Main(gen.MainData{EnvPath: "main"}); err == nil {
		t.Error("an environment in package main can be imported")
	}
}
