package mysql_test

import (
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/schema"
)

// TestTableOptionsOfTiDB: how they are said to TiDB, and that others are not told of them.
func TestTableOptionsOfTiDB(t *testing.T) {
	since := schema.Column("since", schema.DateTime())
	created := func(items ...schema.TableItem) ddl.Statement {
		return ddl.CreateTable{Table: schema.NewTable("t", append([]schema.TableItem{since}, items...)...)}
	}
	set := func(o schema.Option) ddl.Action { return ddl.SetOption{Option: o} }
	reset := func(o schema.Option) ddl.Action { return ddl.ResetOption{Option: o} }
	on := func(actions ...ddl.Action) ddl.Statement {
		return ddl.AlterTable{Table: schema.Name{Name: "t"}, Actions: actions}
	}
	table := func(options string) []string {
		return []string{strings.TrimSpace("CREATE TABLE `t` (\n    `since` DATETIME\n) " + options)}
	}
	all := []schema.TableItem{
		mysql.TTL("si`nce", "3 month", mysql.TTLEvery("1'h")), mysql.ShardRowIDBits(4), mysql.PreSplitRegions(2), mysql.AutoIDCache(30), mysql.PlacementPolicy("p`1"),
	}
	none := []schema.TableItem{mysql.NoTTL(), mysql.ShardRowIDBits(0), mysql.PreSplitRegions(0), mysql.AutoIDCache(0), mysql.PlacementPolicy("")}
	const refused = `altering table "t": TiDB gives AUTO_ID_CACHE 1 to no table that is there, and takes it from none: create the table anew as you want it, and copy the rows`
	cases := []textCase{
		{flavor: mysql.TiDB, stmt: created(all...), want: table("AUTO_ID_CACHE=30 PLACEMENT POLICY=`p``1` PRE_SPLIT_REGIONS=2 SHARD_ROW_ID_BITS=4 TTL=`si``nce` + INTERVAL 3 MONTH TTL_ENABLE='ON' TTL_JOB_INTERVAL='1''h'")},
		{flavor: mysql.TiDB, stmt: created(none...), want: table("")},
		{flavor: mysql.TiDB, stmt: on(set(mysql.TTL("since", "'1:30' hour_minute", mysql.TTLOff)), set(mysql.NoTTL()), reset(mysql.TTL("since", "3 MONTH"))), want: []string{
			"ALTER TABLE `t` TTL=`since` + INTERVAL '1:30' HOUR_MINUTE TTL_ENABLE='OFF'", "ALTER TABLE `t` REMOVE TTL", "ALTER TABLE `t` REMOVE TTL",
		}},
		{flavor: mysql.TiDB, stmt: on(set(mysql.ShardRowIDBits(0)), reset(mysql.AutoIDCache(5)), set(mysql.PlacementPolicy("")), set(mysql.PlacementPolicy("p"))), want: []string{
			"ALTER TABLE `t` SHARD_ROW_ID_BITS=0", "ALTER TABLE `t` AUTO_ID_CACHE=0", "ALTER TABLE `t` PLACEMENT POLICY=DEFAULT", "ALTER TABLE `t` PLACEMENT POLICY=`p`",
		}},
		{flavor: mysql.TiDB, stmt: on(set(mysql.AutoIDCache(1))), err: refused},
		{flavor: mysql.TiDB, stmt: on(reset(mysql.AutoIDCache(1))), err: refused},
		{flavor: mysql.TiDB, stmt: on(set(mysql.PreSplitRegions(1))), err: `altering table "t": TiDB splits no table that is there by PRE_SPLIT_REGIONS: create the table with it, or say SPLIT TABLE by o.Exec`},
		{flavor: mysql.TiDB, stmt: on(set(mysql.TTL("since", "3 MONTH TTL_ENABLE"))), err: `altering table "t": mysql.TTL("since", "3 MONTH TTL_ENABLE"): the interval is a literal and a unit, such as "3 MONTH"`},
		{flavor: mysql.TiDB, stmt: on(set(mysql.ShardRowIDBits(16))), err: `altering table "t": mysql.ShardRowIDBits(16): TiDB takes 0 to 15 bits`},
	}
	for _, other := range []string{mysql.MySQL, mysql.MariaDB} {
		cases = append(cases, textCase{flavor: other, stmt: created(all...), want: table("")},
			textCase{flavor: other, stmt: on(set(mysql.AutoIDCache(1)), set(mysql.TTL("since", "x")), reset(mysql.ShardRowIDBits(3)), set(mysql.PreSplitRegions(1)))})
	}
	checkTexts(t, cases)
}
