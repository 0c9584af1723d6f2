package mysql

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

// The properties that only TiDB has. Other databases, MySQL and MariaDB among
// them, are made as if they were not said.
type (
	// ClusteredOption says whether the rows are kept by the primary key.
	ClusteredOption bool
	// AutoRandomOption gives a column random numbers of its own.
	AutoRandomOption struct {
		Shard int // bits that scatter rows, 1 to 15
		Range int // bits of the whole number, 32 to 64; 0 for 64
	}
)

// tidbPrefix begins the keys of options that are TiDB's alone.
const tidbPrefix = "tidb."

// Clustered keeps the rows of a table by its primary key, on TiDB, where that is
// not the rule (tidb_enable_clustered_index). It holds from the table's creation on
// and is not compared.
func Clustered() ClusteredOption { return true }

// Nonclustered keeps the rows of a table by a number of their own, on TiDB. Only
// such a primary key can be dropped. It holds from the table's creation on and is not compared.
// https://docs.pingcap.com/tidb/stable/clustered-indexes/
func Nonclustered() ClusteredOption { return false }

// AutoRandom gives a BIGINT primary key of TiDB random numbers, of which the first
// bits, shard of them, scatter the rows over the cluster. It can be neither given to a
// column that is there nor taken from it.
// https://docs.pingcap.com/tidb/stable/auto-random/
func AutoRandom(shard int) AutoRandomOption { return AutoRandomOption{Shard: shard} }

// AutoRandomRange is [AutoRandom] with numbers of that many bits in all, such as 54
// for what JavaScript reads.
func AutoRandomRange(shard, bits int) AutoRandomOption {
	return AutoRandomOption{Shard: shard, Range: bits}
}

// OptionKey is tidb.clustered.
func (ClusteredOption) OptionKey() string { return tidbPrefix + "clustered" }

// OptionKey is tidb.auto_random.
func (AutoRandomOption) OptionKey() string { return tidbPrefix + "auto_random" }

// Call spells the option in Go.
func (o ClusteredOption) Call() schema.Call {
	if o {
		return call("Clustered")
	}
	return call("Nonclustered")
}

// Call spells the option in Go.
func (o AutoRandomOption) Call() schema.Call {
	if o.Range == 0 {
		return call("AutoRandom", o.Shard)
	}
	return call("AutoRandomRange", o.Shard, o.Range)
}

// AddToConstraint sets the property of a primary key; others have none of the kind.
func (o ClusteredOption) AddToConstraint(c schema.Constraint) {
	if k, ok := c.(*schema.PrimaryKeyDef); ok {
		k.Options = schema.SetOption(k.Options, o)
	}
}

// AddToColumn sets the property.
func (o AutoRandomOption) AddToColumn(c *schema.ColumnDef) { setColumn(c, o) }

// clustering is what is said behind a primary key.
func (d *Dialect) clustering(c *schema.PrimaryKeyDef) string {
	o, ok := schema.Find[ClusteredOption](c.Options)
	switch {
	case !ok || !d.is(TiDB):
		return ""
	case bool(o):
		return " CLUSTERED"
	}
	return " NONCLUSTERED"
}

// autoRandom is what is said at a column, unless the server's own words say it already.
func (d *Dialect) autoRandom(c *schema.ColumnDef, as definition) (string, error) {
	const word = "AUTO_RANDOM"
	o, ok := schema.Find[AutoRandomOption](c.Options)
	switch {
	case !ok || !d.is(TiDB) || strings.Contains(as.extra, word):
		return "", nil
	case o.Shard < 1 || o.Shard > 15:
		return "", fmt.Errorf("mysql.AutoRandom(%d): TiDB takes 1 to 15 bits", o.Shard)
	case o.Range != 0 && (o.Range < 32 || o.Range > 64):
		return "", fmt.Errorf("mysql.AutoRandomRange(%d, %d): TiDB takes numbers of 32 to 64 bits", o.Shard, o.Range)
	case o.Range != 0:
		return fmt.Sprintf("%s(%d, %d)", word, o.Shard, o.Range), nil
	}
	return fmt.Sprintf("%s(%d)", word, o.Shard), nil
}

// canonical is the property as the server tells it.
func (o AutoRandomOption) canonical() AutoRandomOption {
	if o.Range == 64 {
		o.Range = 0
	}
	return o
}

// parseSharding reads TIDB_ROW_ID_SHARDING_INFO: PK_AUTO_RANDOM_BITS=5, RANGE BITS=54.
func parseSharding(text string) (o AutoRandomOption, ok bool) {
	for part := range strings.SplitSeq(text, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		n, err := strconv.Atoi(value)
		switch {
		case err != nil:
		case name == "PK_AUTO_RANDOM_BITS":
			o.Shard, ok = n, true
		case name == "RANGE BITS":
			o.Range = n
		}
	}
	return o.canonical(), ok
}
