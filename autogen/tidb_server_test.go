package autogen_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/gen"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// TestTiDB makes changes of what TiDB alone has, or keeps where no catalogue tells
// of it, and of what it refuses: that is said beforehand, and nothing is run.
func TestTiDB(t *testing.T) {
	s := onServer(t, testdb.KindTiDB)
	id := schema.Column("id", schema.Integer(), schema.PrimaryKey())
	a := schema.Column("a", schema.Integer())
	with := func(items ...schema.TableItem) []*schema.Table {
		return tables(schema.NewTable("t", append([]schema.TableItem{id}, items...)...))
	}
	keyed := func(key *schema.PrimaryKeyDef, items ...schema.TableItem) []*schema.Table {
		return tables(schema.NewTable("t", append([]schema.TableItem{
			schema.Column("id", schema.Integer(), schema.NotNull()), schema.Column("b", schema.Integer(), schema.NotNull()), key,
		}, items...)...))
	}
	loose := func(columns ...string) *schema.PrimaryKeyDef {
		return schema.PrimaryKeyConstraint("", columns...).With(mysql.Nonclustered())
	}
	random := func(items ...schema.TableItem) []*schema.Table {
		return tables(schema.NewTable("t", append([]schema.TableItem{
			schema.Column("id", schema.BigInteger(), schema.NotNull(), mysql.AutoRandom(5), schema.Comment("k")), schema.PrimaryKeyConstraint("", "id"),
		}, items...)...))
	}
	noted := random()
	noted[0].Columns[0].Comment = "key"
	computed := func(typ schema.Type, how schema.Storage) []*schema.Table {
		return with(schema.Column("a", typ), schema.Column("g", schema.BigInteger(), schema.ComputedAs("a + 1", how)))
	}
	since := schema.Column("since", schema.DateTime())
	scattered := func(items ...schema.TableItem) []*schema.Table {
		return keyed(loose("id"), items...)
	}
	policy := "p" + s.db.Name
	for _, name := range []string{policy, policy + "2"} {
		if err := s.exec("CREATE PLACEMENT POLICY " + name + " FOLLOWERS=2"); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := errors.Join(s.reset(), s.exec("DROP PLACEMENT POLICY "+name)); err != nil {
				t.Error(err)
			}
		})
	}
	for name, c := range map[string]struct {
		from, to []*schema.Table
		refused  string // empty for nothing
	}{
		"a check that is not enforced":         {with(a, schema.CheckConstraint("ck", "a > 0")), with(a, schema.CheckConstraint("ck", "a > 0").With(schema.NotEnforced())), ""},
		"leading zeros":                        {with(a), with(schema.Column("a", mysql.ZeroFill(schema.Integer(), 8))), ""},
		"a column beside random numbers":       {random(), random(a), ""},
		"a column of random numbers":           {random(), noted, ""},
		"a key that the rows are not kept by":  {keyed(loose("id")), keyed(loose("id", "b")), ""},
		"a key that the rows are kept by":      {keyed(schema.PrimaryKeyConstraint("", "id")), keyed(schema.PrimaryKeyConstraint("", "id", "b")), "the upgrade of table 't' cannot run as it is: TiDB keeps the rows by this key (it is clustered)"},
		"what a virtual column is made of":     {computed(schema.Integer(), schema.Virtual), computed(schema.BigInteger(), schema.Virtual), ""},
		"a virtual column that becomes stored": {computed(schema.Integer(), schema.Virtual), computed(schema.Integer(), schema.Stored), "the upgrade of table 't' cannot run as it is: TiDB changes the expression of no stored generated column"},
		"a stored column that becomes virtual": {computed(schema.Integer(), schema.Stored), computed(schema.Integer(), schema.Virtual), "the downgrade of table 't' cannot run as it is: TiDB changes the expression of no stored generated column"},
		"a new stored column":                  {with(a), computed(schema.Integer(), schema.Stored), "the upgrade of table 't' cannot run as it is: TiDB adds no stored generated column"},
		"a new numbered column":                {with(), tables(schema.NewTable("t", schema.Column("id", schema.Integer(), schema.PrimaryKey(), schema.AutoIncrement()))), "the upgrade of table 't' cannot run as it is: TiDB gives AUTO_INCREMENT to no column"},
		"rows that go":                         {with(since), with(since, mysql.TTL("Since", "3 month", mysql.TTLOff)), ""},
		"rows that go in time":                 {with(since, mysql.TTL("since", "3 MONTH")), with(since, mysql.TTL("since", "'1:30' HOUR_MINUTE", mysql.TTLEvery("90m"))), ""},
		"rows that go for now":                 {with(since, mysql.TTL("since", "3 MONTH")), with(since, mysql.TTL("since", "3 MONTH", mysql.TTLOff)), ""},
		"rows that stay":                       {with(since, mysql.TTL("since", "1.5 YEAR", mysql.TTLEvery("90m"), mysql.TTLOff)), with(since, mysql.NoTTL()), ""},
		"rows that go, and their column":       {with(a), with(a, since, mysql.TTL("since", "3 MONTH")), ""},
		"rows that go, said as it is":          {with(since, mysql.TableOption("TTL", "`since` + INTERVAL 3 MONTH"), mysql.TableOption("TTL_ENABLE", "'OFF'")), with(since, mysql.TableOption("TTL", "since + interval 4 month")), ""},
		"rows that stay, without their column": {with(a, since, mysql.TTL("since", "3 MONTH")), with(a, mysql.NoTTL()), ""},
		"scattered rows":                       {scattered(), scattered(mysql.ShardRowIDBits(4), mysql.PreSplitRegions(2)), ""},
		"rows scattered more":                  {scattered(mysql.ShardRowIDBits(4)), scattered(mysql.TableOption("SHARD_ROW_ID_BITS", "5")), ""},
		"rows scattered no more":               {scattered(mysql.ShardRowIDBits(4)), scattered(mysql.ShardRowIDBits(0)), ""},
		"numbers at once":                      {with(a), with(a, mysql.AutoIDCache(30)), ""},
		"numbers as the server chooses":        {with(a, mysql.AutoIDCache(30)), with(a, mysql.AutoIDCache(0)), ""},
		"numbers in order":                     {with(a), with(a, mysql.AutoIDCache(1)), "the upgrade of table 't' cannot run as it is: TiDB gives AUTO_ID_CACHE 1 to no table"},
		"numbers no longer in order":           {with(a, mysql.AutoIDCache(1)), with(a, mysql.AutoIDCache(100)), "the upgrade of table 't' cannot run as it is: TiDB gives AUTO_ID_CACHE 1 to no table"},
		"a policy":                             {with(a), with(a, mysql.PlacementPolicy(policy)), ""},
		"another policy":                       {with(a, mysql.PlacementPolicy(policy)), with(a, mysql.PlacementPolicy(policy+"2")), ""},
		"no policy":                            {with(a, mysql.TableOption("PLACEMENT POLICY", "`"+policy+"`")), with(a, mysql.PlacementPolicy("")), ""},
		"random numbers for a column":          {tables(schema.NewTable("t", schema.Column("id", schema.BigInteger(), schema.PrimaryKey()))), random(), "the upgrade of table 't' cannot run as it is: TiDB gives AUTO_RANDOM to no column"},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := s.thereAndBackResult(c.from, c.to, autogen.Options{})
			switch {
			case err != nil:
				t.Error(err)
			case strings.HasSuffix(s.ended, "unsupported"):
				t.Error("the server refused it, and that was not said before")
			case c.refused == "" && len(r.Warnings) > 0, c.refused != "" && !slices.ContainsFunc(r.Warnings, func(w string) bool { return strings.HasPrefix(w, c.refused) }):
				t.Errorf("warned of %q, want %q", r.Warnings, c.refused)
			}
		})
	}
}

// TestTiDBTableOptions: what is run and written for the options of tables that TiDB alone
// has, and what is read of a table that has them all; MySQL takes none of them.
func TestTiDBTableOptions(t *testing.T) {
	s := onServer(t, testdb.KindTiDB)
	if err := s.exec("CREATE TABLE t (id INT NOT NULL, `a``\n b` DATETIME DEFAULT NULL, PRIMARY KEY (id) NONCLUSTERED) TTL=`a``\n b` + INTERVAL '1:30' HOUR_MINUTE TTL_ENABLE='OFF' " +
		"TTL_JOB_INTERVAL='90m' SHARD_ROW_ID_BITS=4 PRE_SPLIT_REGIONS=2 AUTO_ID_CACHE=30 COMMENT='TTL=x AUTO_ID_CACHE=3' PARTITION BY HASH (id) PARTITIONS 2"); err != nil {
		t.Fatal(err)
	}
	before := s.createText(t, "t")
	reflected := s.everything(t, autogen.Options{})
	table := reflected.Tables[0]
	own := schema.SetOption(slices.Clone(table.Options), mysql.PreSplitRegions(2))
	if got := reflected.Own[table.Name].Options; !cmp.Equal(got, own) {
		t.Errorf("its own are %v, want %v", got, own)
	}
	want := []schema.Option{mysql.AutoIDCache(30), mysql.ShardRowIDBits(4), mysql.TTL("a`\n b", "'1:30' HOUR_MINUTE", mysql.TTLOff, mysql.TTLEvery("90m"))}
	ofTiDB := func(list []schema.Option) []schema.Option {
		return slices.DeleteFunc(slices.Clone(list), func(o schema.Option) bool { return !strings.HasPrefix(o.OptionKey(), "tidb.") })
	}
	if got := ofTiDB(table.Options); !cmp.Equal(got, want) {
		t.Errorf("it has %v, want %v", got, want)
	}
	all, err := s.d.Reflect(s.ctx, s.conn, dialect.Scope{Verbatim: true}) // as inspect does
	if err != nil {
		t.Fatal(err)
	}
	if got := all.Tables[0]; !cmp.Equal(ofTiDB(got.Options), ofTiDB(own)) || !cmp.Equal(got.PrimaryKey.Options, []schema.Option{mysql.Nonclustered()}) {
		t.Errorf("to be made again it has %v and %v", got.Options, got.PrimaryKey.Options)
	}
	m := schema.NewMetadata(schema.Options{})
	m.Table("t", schema.Column("id", schema.Integer(), schema.NotNull()), schema.Column("a`\n b", schema.DateTime()), schema.PrimaryKeyConstraint("", "id").With(mysql.Nonclustered()),
		schema.Comment("TTL=x AUTO_ID_CACHE=3"), mysql.NoTTL(), mysql.AutoIDCache(0), mysql.ShardRowIDBits(5), mysql.PreSplitRegions(1))
	r, err := autogen.Compare(s.ctx, s.d, s.conn, autogen.Options{Metadata: []*schema.Metadata{m}})
	if err != nil {
		t.Fatal(err)
	}
	for way, w := range map[string]struct {
		ops  []op.Operation
		want []string
	}{
		"up": {r.Upgrade, []string{
			`ResetTableOption("t", mysql.AutoIDCache(uint64(30)))`, `SetTableOption("t", mysql.ShardRowIDBits(5))`,
			`ResetTableOption("t", mysql.TTL("a` + "`" + `\n b", "'1:30' HOUR_MINUTE", mysql.TTLOff, mysql.TTLEvery("90m")))`,
		}},
		"down": {r.Downgrade, []string{
			`SetTableOption("t", mysql.AutoIDCache(uint64(30)))`, `SetTableOption("t", mysql.ShardRowIDBits(4))`,
			`SetTableOption("t", mysql.TTL("a` + "`" + `\n b", "'1:30' HOUR_MINUTE", mysql.TTLOff, mysql.TTLEvery("90m")))`,
		}},
	} {
		var got []string
		for _, o := range w.ops {
			said, err := gen.Expr(o)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, said.GoString())
		}
		if !slices.Equal(got, w.want) {
			t.Errorf("%s:\n%s\nwant\n%s", way, strings.Join(got, "\n"), strings.Join(w.want, "\n"))
		}
	}
	s.log = nil
	if err := s.run(r.Upgrade); err != nil {
		t.Fatal(err)
	}
	if want := []string{"ALTER TABLE `t` AUTO_ID_CACHE=0", "ALTER TABLE `t` SHARD_ROW_ID_BITS=5", "ALTER TABLE `t` REMOVE TTL"}; !slices.Equal(s.log, want) {
		t.Errorf("it ran %q, want %q", s.log, want)
	}
	if err := s.run(r.Downgrade); err != nil {
		t.Fatal(err)
	}
	if got := s.createText(t, "t"); got != before {
		t.Errorf("there is\n%s\nand was\n%s", got, before)
	}
}

// TestTiDBRenamedTTL: the time from which rows are kept goes along with its column's new name.
func TestTiDBRenamedTTL(t *testing.T) {
	s := onServer(t, testdb.KindTiDB)
	table := func(column string) []*schema.Table {
		return tables(schema.NewTable("t", schema.Column("id", schema.Integer(), schema.PrimaryKey()), schema.Column(column, schema.DateTime()), mysql.TTL(column, "3 MONTH", mysql.TTLOff)))
	}
	r, err := s.thereAndBackResult(table("since"), table("begun"), autogen.Options{Renames: []string{"t.since:t.begun"}})
	if err != nil || len(r.Upgrade) != 1 || len(r.Downgrade) != 1 {
		t.Errorf("%v: %v and back %v", err, r.Upgrade, r.Downgrade)
	}
}

// TestTiDBKeyIndexes: a foreign key takes the index that is declared for it. TiDB
// would make one of its own before, and keep both.
func TestTiDBKeyIndexes(t *testing.T) {
	s := onServer(t, testdb.KindTiDB)
	declared := tables(
		schema.NewTable("p", schema.Column("id", schema.Integer(), schema.PrimaryKey())),
		schema.NewTable("c", schema.Column("p_id", schema.Integer()), schema.Column("q_id", schema.Integer()), schema.Column("r_id", schema.Integer(), schema.Unique()),
			schema.ForeignKeyConstraint("fk_p", []string{"p_id"}, "p", []string{"id"}), schema.ForeignKeyConstraint("fk_q", []string{"q_id"}, "p", []string{"id"}),
			schema.ForeignKeyConstraint("fk_r", []string{"r_id"}, "p", []string{"id"}), schema.Index("ix_p", "p_id", "q_id")),
	)
	r, err := s.compare(declared, autogen.Options{})
	if err == nil {
		err = errors.Join(s.run(r.Upgrade), s.settled(declared, autogen.Options{}))
	}
	if err != nil {
		t.Fatal(err)
	}
	rows, err := s.conn.QueryContext(s.ctx, "SELECT DISTINCT INDEX_NAME FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'c' ORDER BY 1")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var got []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		got = append(got, name)
	}
	if d := cmp.Diff([]string{"fk_q", "ix_p", "r_id"}, got); d != "" || rows.Err() != nil {
		t.Errorf("indexes (-want +got): %s%v", d, rows.Err())
	}
}
