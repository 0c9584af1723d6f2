package mysql

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/internal/pattern"
	"github.com/gomig-dev/gomig/schema"
)

// tableKeys are the indexes and foreign keys of one table as they are, those
// included that the server made for itself and canonical form leaves out.
type tableKeys struct {
	indexes []rawIndex
	foreign []rawForeignKey
}

type rawIndex struct {
	name    string
	unique  bool
	plain   bool // whole columns only
	columns []string
}

type rawForeignKey struct {
	name    string
	columns []string
}

// covers reports whether the index begins with the columns.
func (i rawIndex) covers(columns []string) bool {
	return i.plain && len(i.columns) >= len(columns) && slices.EqualFunc(i.columns[:len(columns)], columns, strings.EqualFold)
}

func (k tableKeys) has(index string) bool {
	return slices.ContainsFunc(k.indexes, func(i rawIndex) bool { return strings.EqualFold(i.name, index) })
}

// madeFor is the index that the server made for a foreign key, unless it is another's
// that stays as well. heir is a key that stays and needs it, though it is not called as
// that one's would be: the server keeps one index for keys of the same columns, that of
// the one added last.
func (k tableKeys) madeFor(name string, dropped map[string]bool) (index rawIndex, heir *rawForeignKey, ok bool) {
	at := slices.IndexFunc(k.foreign, func(fk rawForeignKey) bool { return strings.EqualFold(fk.name, name) })
	if at < 0 {
		return index, nil, false
	}
	for _, i := range k.indexes {
		if !i.ownOf(k.foreign[at]) {
			continue
		}
		claimed := false
		heir = nil
		for n := range k.foreign {
			o := &k.foreign[n]
			if dropped[strings.ToLower(o.name)] || !i.covers(o.columns) ||
				slices.ContainsFunc(k.indexes, func(j rawIndex) bool { return j.name != i.name && j.covers(o.columns) }) {
				continue
			}
			claimed = claimed || i.ownOf(*o)
			if heir == nil || len(o.columns) >= len(heir.columns) { // an index of its own would serve the shorter ones
				heir = o
			}
		}
		if !claimed {
			return i, heir, true
		}
	}
	return index, nil, false
}

// ownOf reports whether the index is one that a server would make for the key alone.
func (i rawIndex) ownOf(fk rawForeignKey) bool {
	return !i.unique && i.plain && slices.EqualFunc(i.columns, fk.columns, strings.EqualFold) && namedFor(i.name, fk.name, fk.columns[0])
}

// ownName is what a server calls the index that it makes for a foreign key.
func (k tableKeys) ownName(fk rawForeignKey) string {
	if column := fk.columns[0]; madeUpKey().MatchString(fk.name) && !k.has(column) {
		return column
	}
	return fk.name
}

// madeUpKey is the name that a server gives a foreign key: t_ibfk_1, on TiDB
// fk_1. The name of the table in it may hold anything, a line break too.
var madeUpKey = pattern.Lazy(`(?s)^(.*_ibfk_|fk_)[0-9]+$`)

// namedFor reports whether an index bears the name that a server gives the one
// it makes for a foreign key: the key's, or for a key without a name of its own
// the first column's, with a number if that is taken.
func namedFor(index, key, column string) bool {
	if strings.EqualFold(index, key) {
		return true
	}
	if key != "" && !madeUpKey().MatchString(key) {
		return false
	}
	rest, ok := strings.CutPrefix(strings.ToLower(index), strings.ToLower(column))
	if !ok {
		return false
	}
	number, numbered := strings.CutPrefix(rest, "_")
	return rest == "" || numbered && number != "" && strings.Trim(number, "0123456789") == ""
}

// madeUpCheck is the name that a server gives a check: t_chk_1, on MariaDB CONSTRAINT_1.
var madeUpCheck = pattern.Lazy(`(?s)^(.*_chk_|CONSTRAINT_)[0-9]+$`)

// MadeUp reports whether a name looks like one that the server made up.
func (d *Dialect) MadeUp(c schema.Constraint, name string) bool {
	switch c := c.(type) {
	case *schema.ForeignKeyDef:
		return madeUpKey().MatchString(name)
	case *schema.CheckDef:
		return madeUpCheck().MatchString(name)
	case *schema.UniqueDef:
		return len(c.Columns) > 0 && namedFor(name, "", c.Columns[0])
	}
	return false
}

// readKeys reads the indexes and foreign keys of one table.
func (d *Dialect) readKeys(ctx context.Context, conn dialect.Conn, name schema.Name) (tableKeys, error) {
	keys := tableKeys{}
	where := d.whereTable(name, "TABLE_SCHEMA", "TABLE_NAME")
	expression := "NULL"
	if d.caps.expressionIndex {
		expression = "EXPRESSION"
	}
	err := query(ctx, conn, "SELECT INDEX_NAME, NON_UNIQUE, COLUMN_NAME, SUB_PART, "+expression+" FROM information_schema.STATISTICS WHERE "+
		where+" ORDER BY INDEX_NAME, SEQ_IN_INDEX", func(r *row) {
		n := len(keys.indexes)
		if n == 0 || keys.indexes[n-1].name != r.text(0) {
			keys.indexes = append(keys.indexes, rawIndex{name: r.text(0), unique: r.text(1) == "0", plain: true})
			n++
		}
		i := &keys.indexes[n-1]
		i.columns = append(i.columns, r.text(2))
		i.plain = i.plain && !r.null(2) && r.null(3) && r.null(4)
	})
	if err != nil {
		return keys, fmt.Errorf("reading the indexes of table %q: %w", name, err)
	}
	err = query(ctx, conn, "SELECT CONSTRAINT_NAME, COLUMN_NAME FROM information_schema.KEY_COLUMN_USAGE WHERE "+
		where+" AND REFERENCED_TABLE_NAME IS NOT NULL ORDER BY CONSTRAINT_NAME, ORDINAL_POSITION", func(r *row) {
		n := len(keys.foreign)
		if n == 0 || keys.foreign[n-1].name != r.text(0) {
			keys.foreign = append(keys.foreign, rawForeignKey{name: r.text(0)})
			n++
		}
		keys.foreign[n-1].columns = append(keys.foreign[n-1].columns, r.text(1))
	})
	if err != nil {
		return keys, fmt.Errorf("reading the foreign keys of table %q: %w", name, err)
	}
	return keys, nil
}

// whereTable is the condition on one table. The catalogue of MariaDB opens only
// the tables that a comparison with a constant names.
func (d *Dialect) whereTable(name schema.Name, schemaColumn, tableColumn string) string {
	db := "DATABASE()"
	if s := name.Schema; s != "" {
		db = d.quotedText(s)
	} else if d.set.database != "" {
		db = d.quotedText(d.set.database)
	}
	return schemaColumn + " = " + db + " AND " + tableColumn + " = " + d.quotedText(name.Name)
}

func quoteAll(d *Dialect, names []string) (string, error) { return dialect.QuoteList(d, names) }

// DropIndexIn spells the removal of an index, with the index that a foreign key
// needs in its stead, if there is one: see [alteration.dropIndexes].
func (d *Dialect) DropIndexIn(ctx context.Context, cat dialect.Catalog, s ddl.DropIndex) ([]dialect.SQL, error) {
	plain, err := d.DropIndex(s)
	if err != nil || cat == nil || cat.Conn() == nil {
		return []dialect.SQL{plain}, err
	}
	wrap := func(err error) error { return fmt.Errorf("dropping index %q: %w", s.Name, err) }
	keys, err := d.readKeys(ctx, cat.Conn(), s.Table)
	if err != nil {
		return nil, wrap(err)
	}
	adds, err := d.replacements(keys, []string{s.Name}, nil)
	if err != nil {
		return nil, wrap(err)
	}
	if len(adds) == 0 {
		return []dialect.SQL{plain}, nil
	}
	table, err := dialect.QuoteName(d, s.Table)
	name, err2 := d.Quote(s.Name)
	options, err3 := statementOptions(s.Options, ", ")
	if err := errors.Join(err, err2, err3); err != nil {
		return nil, wrap(err)
	}
	drop := "DROP INDEX " + name
	if d.caps.oneChange {
		var out []dialect.SQL
		for _, c := range append(adds, drop) {
			out = append(out, dialect.SQL{Text: "ALTER TABLE " + table + " " + c + options})
		}
		return out, nil
	}
	return []dialect.SQL{{Text: "ALTER TABLE " + table + " " + strings.Join(append(adds, drop), ", ") + options}}, nil
}
