package mysql

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// CreateIndex spells an index.
func (d *Dialect) CreateIndex(s ddl.CreateIndex) (dialect.SQL, error) {
	text, err := d.createIndex(s)
	if err != nil {
		return dialect.SQL{}, fmt.Errorf("creating index %q: %w", s.Index.Name, err)
	}
	return dialect.SQL{Text: text}, nil
}

func (d *Dialect) createIndex(s ddl.CreateIndex) (string, error) {
	table, err := dialect.QuoteName(d, s.Table)
	if err != nil {
		return "", err
	}
	x, err := d.index(s.Index)
	if err != nil {
		return "", err
	}
	guard := ""
	if s.Guard == ddl.IfNotExists {
		if !d.caps.guards && !d.is(TiDB) {
			return "", fmt.Errorf("%s has no CREATE INDEX IF NOT EXISTS: leave the guard out", d.product())
		}
		guard = "IF NOT EXISTS "
	}
	options, err := statementOptions(s.Options, " ")
	if err != nil {
		return "", err
	}
	return "CREATE " + x.kind + "INDEX " + guard + x.name + x.using + " ON " + table + " (" + x.keys + ")" + x.tail + options, nil
}

// EmbedIndex spells an index as it stands in CREATE TABLE, and behind ADD in ALTER TABLE.
func (d *Dialect) EmbedIndex(i *schema.IndexDef) (string, error) {
	x, err := d.index(i)
	return x.kind + "INDEX " + x.name + x.using + " (" + x.keys + ")" + x.tail, err
}

var _ dialect.IndexEmbedder = (*Dialect)(nil)

// indexText is an index in its parts, which CREATE INDEX and ADD INDEX order alike.
type indexText struct {
	kind  string // "UNIQUE " or the like
	name  string
	using string
	keys  string
	tail  string
}

func (d *Dialect) index(i *schema.IndexDef) (x indexText, err error) {
	switch {
	case i.Where != "":
		return x, fmt.Errorf("%s has no partial indexes: leave the predicate out", d.product())
	case len(i.Include) > 0:
		return x, fmt.Errorf("%s has no included columns: add them to the key", d.product())
	case i.NullsNotDistinct:
		return x, fmt.Errorf("%s always lets NULLs stand beside each other in a unique index: leave NullsNotDistinct out", d.product())
	}
	if x.name, err = d.Quote(i.Name); err != nil {
		return x, err
	}
	if x.kind, x.using, err = d.indexMethod(i); err != nil {
		return x, err
	}
	if x.keys, err = d.indexKeys(i); err != nil {
		return x, err
	}
	x.tail, err = d.indexTail(i)
	return x, err
}

// indexKeys are the parts of an index, and the period in which it holds.
func (d *Dialect) indexKeys(i *schema.IndexDef) (string, error) {
	keys := make([]string, len(i.Parts))
	for n, p := range i.Parts {
		var err error
		if keys[n], err = d.indexPart(p); err != nil {
			return "", err
		}
	}
	period, err := d.overlaps(i.Options)
	return strings.Join(keys, ", ") + period, err
}

// indexMethod tells apart what stands before the word INDEX and what behind the name.
func (d *Dialect) indexMethod(i *schema.IndexDef) (kind, using string, err error) {
	method := strings.ToUpper(i.Using)
	switch method {
	case "FULLTEXT", "SPATIAL", "VECTOR":
		if d.is(TiDB) {
			// It takes FULLTEXT in CREATE TABLE and makes nothing of it:
			// https://docs.pingcap.com/tidb/stable/mysql-compatibility/#unsupported-features
			return "", "", fmt.Errorf("TiDB has no %s indexes: leave it out", method)
		}
		if i.Unique {
			return "", "", fmt.Errorf("a %s index cannot be unique", method)
		}
		return method + " ", "", nil
	case "":
	case "BTREE", "HASH", "RTREE":
		using = " USING " + method
	default:
		return "", "", fmt.Errorf("there is no index method %q: use BTREE, HASH, FULLTEXT or SPATIAL", i.Using)
	}
	if i.Unique {
		kind = "UNIQUE "
	}
	return kind, using, nil
}

func (d *Dialect) indexPart(p schema.IndexPart) (string, error) {
	switch {
	case p.Nulls != schema.NullsDefault:
		return "", fmt.Errorf("%s sorts NULL first and has no NULLS FIRST or LAST in an index: leave it out", d.product())
	case p.Collation != "":
		return "", fmt.Errorf("%s sorts a key by its column's collation: leave it out of the index", d.product())
	case p.OpClass != "":
		return "", fmt.Errorf("%s has no operator classes", d.product())
	}
	text := ""
	switch {
	case p.Expr != "":
		if !d.caps.expressionIndex {
			return "", fmt.Errorf("%s has no index on the expression %s: add a generated column and index that", d.product(), p.Expr)
		}
		if p.Length != 0 {
			return "", errors.New("an expression in an index has no prefix length: say LEFT(…) in the expression")
		}
		text = "(" + p.Expr + ")"
	default:
		q, err := d.Quote(p.Column)
		if err != nil {
			return "", err
		}
		text = q
		if p.Length > 0 {
			text += "(" + strconv.Itoa(p.Length) + ")"
		}
	}
	if p.Descending {
		text += " DESC"
	}
	return text, nil
}

// indexTail is what stands behind the keys.
func (d *Dialect) indexTail(i *schema.IndexDef) (string, error) {
	var b strings.Builder
	if o, ok := schema.Find[ParserOption](i.Options); ok {
		if !strings.EqualFold(i.Using, "FULLTEXT") {
			return "", errors.New("a parser is for FULLTEXT indexes")
		}
		q, err := d.Quote(string(o))
		if err != nil {
			return "", err
		}
		b.WriteString(" WITH PARSER " + q)
	}
	if i.Comment != "" {
		s, err := d.comment(i.Comment)
		if err != nil {
			return "", err
		}
		b.WriteString(" " + s)
	}
	if _, ok := schema.Find[InvisibleOption](i.Options); ok {
		b.WriteString(" " + d.caps.invisibleIndex)
	}
	return b.String(), nil
}

// DropIndex spells the removal of an index, as far as it needs no look at the
// catalogue; see [Dialect.DropIndexIn].
func (d *Dialect) DropIndex(s ddl.DropIndex) (dialect.SQL, error) {
	text, err := d.dropIndex(s)
	if err != nil {
		return dialect.SQL{}, fmt.Errorf("dropping index %q: %w", s.Name, err)
	}
	return dialect.SQL{Text: text}, nil
}

func (d *Dialect) dropIndex(s ddl.DropIndex) (string, error) {
	if s.Table.Name == "" {
		return "", fmt.Errorf("%s needs the table of an index: name it", d.product())
	}
	table, err := dialect.QuoteName(d, s.Table)
	if err != nil {
		return "", err
	}
	name, err := d.Quote(s.Name)
	if err != nil {
		return "", err
	}
	guard, err := d.dropGuard(s.Guard, "DROP INDEX")
	if err != nil {
		return "", err
	}
	if d.caps.dropIndexOptions {
		options, err := statementOptions(s.Options, " ")
		return "DROP INDEX " + guard + name + " ON " + table + options, err
	}
	// MariaDB takes ALGORITHM and LOCK only in ALTER TABLE.
	options, err := statementOptions(s.Options, ", ")
	if options == "" || err != nil {
		return "DROP INDEX " + guard + name + " ON " + table, err
	}
	return "ALTER TABLE " + table + " DROP INDEX " + guard + name + options, nil
}

// dropGuard is IF EXISTS where the server has it, for other objects than tables.
func (d *Dialect) dropGuard(g ddl.Guard, what string) (string, error) {
	if g != ddl.IfExists {
		return "", nil
	}
	if can := d.caps.guards || d.is(TiDB) && what == "DROP INDEX"; !can {
		return "", fmt.Errorf("%s has no %s IF EXISTS: leave the guard out", d.product(), what)
	}
	return "IF EXISTS ", nil
}
