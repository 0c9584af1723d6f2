package mysql

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// TableOptions spells what follows the closing bracket of CREATE TABLE.
func (d *Dialect) TableOptions(t *schema.Table) (string, error) {
	var parts, last []string
	for _, o := range t.Options {
		text, err := d.tableOption(o)
		if err != nil {
			return "", err
		}
		switch o.(type) {
		case PartitionOption, SystemVersionedOption:
			last = append([]string{text}, last...) // system versioning before partitions
		default:
			if text != "" {
				parts = append(parts, text)
			}
		}
	}
	if t.Comment != "" {
		s, err := d.literal(t.Comment)
		if err != nil {
			return "", err
		}
		parts = append(parts, "COMMENT="+s)
	}
	return strings.Join(append(parts, last...), " "), nil
}

// tableOption spells one option of a table, as it stands in CREATE TABLE and in
// ALTER TABLE. Another database's option says nothing here.
func (d *Dialect) tableOption(o schema.Option) (string, error) {
	name := func(key, value string) (string, error) {
		s, err := d.charsetName(value)
		return key + "=" + s, err
	}
	switch o := o.(type) {
	case EngineOption:
		return name("ENGINE", string(o))
	case CharsetOption:
		return name("DEFAULT CHARSET", string(o))
	case CollateOption:
		return name("COLLATE", string(o))
	case RowFormatOption:
		return name("ROW_FORMAT", string(o))
	case AutoIncrementStartOption:
		return "AUTO_INCREMENT=" + strconv.FormatUint(uint64(o), 10), nil
	case TableOptionValue:
		if _, err := d.charsetName(strings.ReplaceAll(o.Name, " ", "_")); err != nil {
			return "", err
		}
		return o.Name + "=" + o.Value, nil
	case PartitionOption:
		return "PARTITION BY " + string(o), nil
	case SystemVersionedOption:
		if !d.caps.serverVersioning {
			return "", fmt.Errorf("%s has no system-versioned tables: leave mysql.SystemVersioned() out", d.product())
		}
		return "WITH SYSTEM VERSIONING", nil
	}
	return d.tidbTableOption(o)
}

// statementOptions spells ALGORITHM and LOCK with sep before each: a comma in
// ALTER TABLE, a blank behind CREATE INDEX and DROP INDEX.
func statementOptions(opts []schema.Option, sep string) (string, error) {
	var b strings.Builder
	for _, o := range opts {
		switch o := o.(type) {
		case AlgorithmOption:
			switch Algorithm(o) {
			case Instant, NoCopy, InPlace, Copy:
				b.WriteString(sep + "ALGORITHM=" + string(o))
			default:
				return "", fmt.Errorf("there is no algorithm %q: use mysql.Instant, NoCopy, InPlace or Copy", string(o))
			}
		case LockOption:
			switch LockMode(o) {
			case LockNone, LockShared, LockExclusive:
				b.WriteString(sep + "LOCK=" + string(o))
			default:
				return "", fmt.Errorf("there is no lock mode %q: use mysql.LockNone, LockShared or LockExclusive", string(o))
			}
		}
	}
	return b.String(), nil
}

// resetOption takes an option away, for what a table without it has.
func (a *alteration) resetOption(o schema.Option) error {
	switch o := o.(type) {
	case PartitionOption:
		a.flush()
		a.out = append(a.out, dialect.SQL{Text: "ALTER TABLE " + a.table + " REMOVE PARTITIONING"})
	case SystemVersionedOption:
		a.clause("DROP SYSTEM VERSIONING")
	case PeriodOption, SystemPeriodOption:
		return a.dropPeriod(o)
	case EngineOption:
		return a.setOption(EngineOption(a.d.set.engine))
	case CharsetOption, CollateOption:
		collation := a.d.set.schemaCollation[a.d.schemaOf(a.name)]
		if collation == "" {
			return fmt.Errorf("taking away the table's collation: the database's own is known only online: set it by mysql.Collate")
		}
		return a.setOption(CollateOption(collation))
	case RowFormatOption:
		a.clause("ROW_FORMAT=DEFAULT")
	case TTLOption, ShardRowIDBitsOption, PreSplitRegionsOption, AutoIDCacheOption, PlacementPolicyOption:
		return a.resetTiDB(o)
	case TableOptionValue:
		return a.setOption(TableOptionValue{o.Name, neutralValue(o)})
	}
	return nil
}

// neutralValue is the value that stands for no option.
func neutralValue(o TableOptionValue) string {
	switch {
	case strings.HasPrefix(o.Value, "'"):
		return "''"
	case strings.HasPrefix(o.Name, "STATS_"), o.Name == "PACK_KEYS":
		return "DEFAULT"
	case o.Name == mergedTables:
		return "()"
	case o.Name == mergeInserts:
		return "NO"
	}
	return "0"
}
