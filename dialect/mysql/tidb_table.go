package mysql

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

// The options of tables that only TiDB has. Other databases make their tables as if
// they were not said.
type (
	// TTLOption is how long rows are kept.
	TTLOption struct {
		Column   string // from whose time on; empty for rows that stay
		Interval string // SQL: "3 MONTH"
		Off      bool   // no row is deleted for now
		Every    string // how often rows are deleted: "24h"; empty for the server's choice
	}
	// ShardRowIDBitsOption is how many bits scatter the rows of a table that no key keeps.
	ShardRowIDBitsOption int
	// PreSplitRegionsOption is in how many regions a table begins.
	PreSplitRegionsOption int
	// AutoIDCacheOption is how many numbers of AUTO_INCREMENT a server takes at once.
	AutoIDCacheOption uint64
	// PlacementPolicyOption is the policy by which a table is put on the cluster's nodes.
	PlacementPolicyOption string
)

// TTL has TiDB delete a row when so much time is over since what the column says:
// TTL("created_at", "3 MONTH"). The interval is SQL, a literal and a unit.
// https://docs.pingcap.com/tidb/stable/time-to-live/
func TTL(column, interval string, settings ...TTLSetting) TTLOption {
	o := TTLOption{Column: column, Interval: interval}
	for _, s := range settings {
		s.setTTL(&o)
	}
	return o
}

// NoTTL says that rows stay, which is the rule; said, it is compared.
func NoTTL() TTLOption { return TTLOption{} }

// TTLSetting is a setting of [TTL]: [TTLOff], [TTLEvery].
type TTLSetting interface{ setTTL(o *TTLOption) }

// TTLSwitch is [TTLOff].
type TTLSwitch string

// TTLOff deletes no row for now (TTL_ENABLE).
const TTLOff TTLSwitch = "OFF"

// TTLInterval is what [TTLEvery] says.
type TTLInterval string

// TTLEvery is how often rows are deleted, such as "24h" (TTL_JOB_INTERVAL). Left out
// it is the server's choice, and not compared.
func TTLEvery(interval string) TTLInterval { return TTLInterval(interval) }

func (s TTLSwitch) setTTL(o *TTLOption)   { o.Off = s == TTLOff }
func (s TTLInterval) setTTL(o *TTLOption) { o.Every = string(s) }

// Call spells the setting in Go.
func (TTLSwitch) Call() schema.Call { return schema.Call{Path: Path, Func: "TTLOff", Const: true} }

// Call spells the setting in Go.
func (s TTLInterval) Call() schema.Call { return call("TTLEvery", string(s)) }

// ShardRowIDBits scatters the rows of a TiDB table that no key keeps over the cluster
// by so many bits of their numbers, 1 to 15; 0 does not, which is the rule.
func ShardRowIDBits(bits int) ShardRowIDBitsOption { return ShardRowIDBitsOption(bits) }

// PreSplitRegions begins a TiDB table in two to the power of n regions. It is for new
// tables, and not compared.
func PreSplitRegions(n int) PreSplitRegionsOption { return PreSplitRegionsOption(n) }

// AutoIDCache is how many numbers of AUTO_INCREMENT a TiDB server takes at once; 0 is
// its own choice, which is the rule. With 1 numbers are given in order; a table that is
// there can neither get nor lose that.
// https://docs.pingcap.com/tidb/stable/auto-increment/#cache-size-control
func AutoIDCache(n uint64) AutoIDCacheOption { return AutoIDCacheOption(n) }

// PlacementPolicy puts a TiDB table on nodes by a policy, which must be there; the
// empty name is none, which is the rule.
// https://docs.pingcap.com/tidb/stable/placement-rules-in-sql/
func PlacementPolicy(name string) PlacementPolicyOption { return PlacementPolicyOption(name) }

// OptionKey is tidb.ttl.
func (TTLOption) OptionKey() string { return tidbPrefix + "ttl" }

// OptionKey is tidb.shard_row_id_bits.
func (ShardRowIDBitsOption) OptionKey() string { return tidbPrefix + "shard_row_id_bits" }

// OptionKey is tidb.pre_split_regions.
func (PreSplitRegionsOption) OptionKey() string { return tidbPrefix + "pre_split_regions" }

// OptionKey is tidb.auto_id_cache.
func (AutoIDCacheOption) OptionKey() string { return tidbPrefix + "auto_id_cache" }

// OptionKey is tidb.placement_policy.
func (PlacementPolicyOption) OptionKey() string { return tidbPrefix + "placement_policy" }

// Call spells the option in Go.
func (o TTLOption) Call() schema.Call {
	if o.Column == "" {
		return call("NoTTL")
	}
	args := []any{o.Column, o.Interval}
	if o.Off {
		args = append(args, TTLOff)
	}
	if o.Every != "" {
		args = append(args, TTLEvery(o.Every))
	}
	return call("TTL", args...)
}

// Call spells the option in Go.
func (o ShardRowIDBitsOption) Call() schema.Call { return call("ShardRowIDBits", int(o)) }

// Call spells the option in Go.
func (o PreSplitRegionsOption) Call() schema.Call { return call("PreSplitRegions", int(o)) }

// Call spells the option in Go.
func (o AutoIDCacheOption) Call() schema.Call { return call("AutoIDCache", uint64(o)) }

// Call spells the option in Go.
func (o PlacementPolicyOption) Call() schema.Call { return call("PlacementPolicy", string(o)) }

// AddToTable sets how long rows are kept.
func (o TTLOption) AddToTable(t *schema.Table) { setTable(t, o) }

// AddToTable sets the bits.
func (o ShardRowIDBitsOption) AddToTable(t *schema.Table) { setTable(t, o) }

// AddToTable sets the regions.
func (o PreSplitRegionsOption) AddToTable(t *schema.Table) { setTable(t, o) }

// AddToTable sets how many numbers are taken.
func (o AutoIDCacheOption) AddToTable(t *schema.Table) { setTable(t, o) }

// AddToTable sets the policy.
func (o PlacementPolicyOption) AddToTable(t *schema.Table) { setTable(t, o) }

// RenameColumn is the option when a column has another name.
func (o TTLOption) RenameColumn(from, to string) schema.Option {
	o.Column = renamedColumn(o.Column, from, to)
	return o
}

// Open reports whether the option leaves to the server how often rows are deleted.
func (o TTLOption) Open() bool { return o.Every == "" }

// Plain is the option without that.
func (o TTLOption) Plain() schema.Option {
	o.Every = ""
	return o
}

// tidbTableOption spells an option that TiDB alone has, as it stands in CREATE TABLE
// and in ALTER TABLE; nothing for one that says what holds without it.
func (d *Dialect) tidbTableOption(o schema.Option) (string, error) {
	if !d.is(TiDB) {
		return "", nil
	}
	switch o := o.(type) {
	case TTLOption:
		return d.ttl(o)
	case ShardRowIDBitsOption:
		if o < 0 || o > 15 {
			return "", fmt.Errorf("mysql.ShardRowIDBits(%d): TiDB takes 0 to 15 bits", int(o))
		}
		if o == 0 {
			return "", nil
		}
		return "SHARD_ROW_ID_BITS=" + strconv.Itoa(int(o)), nil
	case PreSplitRegionsOption:
		if o < 0 || o > 15 {
			return "", fmt.Errorf("mysql.PreSplitRegions(%d): TiDB takes 0 to 15", int(o))
		}
		if o == 0 {
			return "", nil
		}
		return "PRE_SPLIT_REGIONS=" + strconv.Itoa(int(o)), nil
	case AutoIDCacheOption:
		if o == 0 {
			return "", nil
		}
		return "AUTO_ID_CACHE=" + strconv.FormatUint(uint64(o), 10), nil
	case PlacementPolicyOption:
		if o == "" {
			return "", nil
		}
		q, err := d.Quote(string(o))
		return "PLACEMENT POLICY=" + q, err
	}
	return "", nil
}

// resetTiDB takes an option that TiDB alone has from a table.
func (a *alteration) resetTiDB(o schema.Option) error {
	if !a.d.is(TiDB) {
		return nil
	}
	if err := a.d.refusesOption(o); err != nil {
		return err
	}
	switch o.(type) {
	case TTLOption:
		a.clause("REMOVE TTL")
	case ShardRowIDBitsOption:
		a.clause("SHARD_ROW_ID_BITS=0")
	case AutoIDCacheOption:
		a.clause("AUTO_ID_CACHE=0")
	case PlacementPolicyOption:
		a.clause("PLACEMENT POLICY=DEFAULT")
	}
	return nil
}

// refusesOption refuses to set an option of a table that is there, or to take it away
// (errors 1105 and 8200).
func (d *Dialect) refusesOption(o schema.Option) error {
	if !d.is(TiDB) {
		return nil
	}
	if o == AutoIDCache(1) {
		return errors.New("TiDB gives AUTO_ID_CACHE 1 to no table that is there, and takes it from none: create the table anew as you want it, and copy the rows")
	}
	if has[PreSplitRegionsOption]([]schema.Option{o}) {
		return errors.New("TiDB splits no table that is there by PRE_SPLIT_REGIONS: create the table with it, or say SPLIT TABLE by o.Exec")
	}
	return nil
}

// ttl spells a TTL with whether it is on, which would stay as it was.
func (d *Dialect) ttl(o TTLOption) (string, error) {
	if o.Column == "" {
		return "", nil
	}
	column, err := d.Quote(o.Column)
	if err != nil {
		return "", err
	}
	interval, ok := d.ttlInterval(o.Interval)
	if !ok {
		return "", fmt.Errorf("mysql.TTL(%q, %q): the interval is a literal and a unit, such as \"3 MONTH\"", o.Column, o.Interval)
	}
	enable := "ON"
	if o.Off {
		enable = "OFF"
	}
	text := "TTL=" + column + " + INTERVAL " + interval + " TTL_ENABLE='" + enable + "'"
	if o.Every != "" {
		every, err := d.literal(o.Every)
		if err != nil {
			return "", err
		}
		text += " TTL_JOB_INTERVAL=" + every
	}
	return text, nil
}

// ttlInterval is an interval in one spelling: a literal, and a unit in capitals.
func (d *Dialect) ttlInterval(text string) (string, bool) {
	tokens, err := lex(text, d.userMode())
	if err != nil || len(tokens) != 2 || tokens[1].kind != wordToken {
		return text, false
	}
	unit := " " + strings.ToUpper(tokens[1].text)
	switch tokens[0].kind {
	case numberToken:
		return tokens[0].text + unit, true
	case stringToken:
		return d.quotedText(tokens[0].text) + unit, true
	default:
		return text, false
	}
}

// withTiDB are the options of a table with those that TiDB alone has as such where they
// are said by [TableOption].
func (d *Dialect) withTiDB(opts []schema.Option) []schema.Option {
	if !d.is(TiDB) {
		return opts
	}
	var text strings.Builder
	for _, o := range opts {
		if v, ok := o.(TableOptionValue); ok {
			text.WriteString(v.Name + "=" + v.Value + " ")
		}
	}
	tokens, err := lex(text.String(), d.userMode())
	if err != nil || len(tokens) == 0 {
		return opts
	}
	return append(d.tidbOptionsIn(tokens), opts...) // what is said as such wins
}

// canonicalTiDB is an option that TiDB alone has in canonical form; nil for one that
// says what holds without it, or that is not compared.
func (d *Dialect) canonicalTiDB(o schema.Option, t *schema.Table) schema.Option {
	switch o := o.(type) {
	case TTLOption:
		if o.Column == "" {
			return nil
		}
		if c := columnOf(t, o.Column); c != nil {
			o.Column = c.Name
		}
		o.Interval, _ = d.ttlInterval(o.Interval)
		return o
	case ShardRowIDBitsOption:
		if o > 0 {
			return o
		}
	case AutoIDCacheOption:
		if o > 0 {
			return o
		}
	case PlacementPolicyOption:
		if o != "" {
			return PlacementPolicyOption(strings.ToLower(string(o)))
		}
	}
	return nil
}

// tidbTableOptions reads the options that TiDB alone has from SHOW CREATE TABLE, the
// only place that has them all.
func (d *Dialect) tidbTableOptions(text string) []schema.Option {
	if !d.is(TiDB) {
		return nil
	}
	tokens, err := lex(openComments(text), serverMode)
	if err != nil {
		return nil
	}
	var bared []token // in no brackets: not of a column, nor of a partition
	depth := 0
	for _, t := range tokens {
		if depth == 0 {
			bared = append(bared, t)
		}
		depth += nesting(t)
	}
	return d.tidbOptionsIn(bared)
}

// tidbOptionsIn reads options that TiDB alone has.
func (d *Dialect) tidbOptionsIn(tokens []token) (out []schema.Option) {
	var ttl TTLOption
	for i := 0; i+2 < len(tokens); i++ {
		if !tokens[i+1].is("=") || tokens[i].kind != wordToken {
			continue
		}
		value := tokens[i+2]
		n, bad := strconv.ParseUint(value.text, 10, 63)
		switch name := tokens[i]; {
		case name.is("TTL"):
			if i+6 < len(tokens) && tokens[i+3].is("+") && tokens[i+4].is("INTERVAL") {
				ttl.Column, ttl.Interval = value.text, d.tokenText(tokens[i+5])+" "+strings.ToUpper(tokens[i+6].text)
			}
		case name.is("TTL_ENABLE"):
			ttl.Off = strings.EqualFold(value.text, string(TTLOff))
		case name.is("TTL_JOB_INTERVAL"):
			ttl.Every = value.text
		case name.is("POLICY"):
			out = append(out, PlacementPolicy(value.text))
		case bad != nil:
		case name.is("SHARD_ROW_ID_BITS"):
			out = append(out, ShardRowIDBits(int(n)))
		case name.is("PRE_SPLIT_REGIONS"):
			out = append(out, PreSplitRegions(int(n)))
		case name.is("AUTO_ID_CACHE"):
			out = append(out, AutoIDCache(n))
		}
	}
	if ttl.Column != "" {
		out = append(out, ttl)
	}
	return out
}

// tokenText is a literal as this session writes it.
func (d *Dialect) tokenText(t token) string {
	if t.kind == stringToken {
		return d.quotedText(t.text)
	}
	return t.text
}
