package mysql

import (
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

// engines are the engines' names as the servers write them.
var engines = map[string]string{
	"innodb": "InnoDB", "myisam": "MyISAM", "memory": "MEMORY", "heap": "MEMORY", "aria": "Aria", "archive": "ARCHIVE",
	"merge": mergeEngine, "mrg_myisam": mergeEngine, "csv": "CSV", "blackhole": "BLACKHOLE", "rocksdb": "ROCKSDB", "ndb": "ndbcluster", "ndbcluster": "ndbcluster",
}

// canonicalTableOptions brings the options to canonical form and tells the
// table's collation, as far as it is known.
func (d *Dialect) canonicalTableOptions(t *schema.Table) (collation string) {
	var out []schema.Option
	var charset, collate string
	for _, o := range d.withTiDB(t.Options) {
		switch o := o.(type) {
		case EngineOption:
			if e := d.canonicalEngine(string(o)); e != "" {
				out = schema.SetOption(out, EngineOption(e))
			}
		case CharsetOption:
			charset = string(o)
		case CollateOption:
			collate = currentName(string(o))
		case RowFormatOption, TableOptionValue:
			if d.is(TiDB) {
				break // it takes them and makes nothing of them, or has no catalogue of them
			}
			out = d.setTableOption(out, o)
		case PartitionOption:
			out = schema.SetOption(out, PartitionOption(d.canonicalPartitions(string(o), columnNames(t))))
		case TTLOption, ShardRowIDBitsOption, AutoIDCacheOption, PlacementPolicyOption:
			if o := d.canonicalTiDB(o, t); o != nil {
				out = schema.SetOption(out, o)
			}
		case SystemVersionedOption, TemporaryOption, PeriodOption, SystemPeriodOption:
			out = schema.SetOption(out, o)
		}
	}
	own := d.set.schemaCollation[d.schemaOf(t.Name)]
	if collate == "" {
		collate = d.defaultCollation(charset)
	}
	switch {
	case collate == "" && charset != "":
		out = schema.SetOption(out, CharsetOption(currentName(charset)))
	case collate != "" && collate != own:
		out = schema.SetOption(out, CollateOption(collate))
	default:
		collate = own
	}
	t.Options = out
	return collate
}

// setTableOption adds an option in canonical form; a row format that is the
// server's own choice is none.
func (d *Dialect) setTableOption(out []schema.Option, o schema.Option) []schema.Option {
	switch o := o.(type) {
	case RowFormatOption:
		if s := strings.ToUpper(string(o)); s != "DEFAULT" {
			return schema.SetOption(out, RowFormatOption(s))
		}
	case TableOptionValue:
		return schema.SetOption(out, d.canonicalOptionValue(o))
	}
	return out
}

// schemaOf is the schema that a table is in.
func (d *Dialect) schemaOf(n schema.Name) string {
	if n.Schema == "" {
		return d.set.database
	}
	return n.Schema
}

// canonicalEngine is the engine, empty if a table without one gets it. TiDB has one engine.
func (d *Dialect) canonicalEngine(name string) string {
	if own, ok := engines[strings.ToLower(name)]; ok {
		name = own
	}
	if d.is(TiDB) || strings.EqualFold(name, d.set.engine) {
		return ""
	}
	return name
}

// canonicalOptionValue writes a word in capitals and a string in single quotes.
// MariaDB takes the one for the other where an engine has the option.
func (d *Dialect) canonicalOptionValue(o TableOptionValue) TableOptionValue {
	v := strings.TrimSpace(o.Value)
	if strings.EqualFold(o.Name, mergedTables) {
		return d.canonicalUnion(v)
	}
	if word := strings.Trim(v, `'"`); d.is(MariaDB) && word != "" && strings.Trim(strings.ToLower(word), "abcdefghijklmnopqrstuvwxyz0123456789_") == "" {
		v = word
	}
	if len(v) >= 2 && (v[0] == '\'' || v[0] == '"') && v[len(v)-1] == v[0] {
		v = "'" + v[1:len(v)-1] + "'"
	} else {
		v = strings.ToUpper(v)
	}
	return TableOptionValue{strings.ToUpper(o.Name), v}
}
