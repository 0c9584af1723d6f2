package sqlite

import (
	"errors"
	"fmt"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// Column spells a column definition. The column that is the row's number
// carries the primary key; every other primary key stands behind the columns.
func (d database) Column(c *schema.ColumnDef, t *schema.Table) (string, error) {
	name, err := d.Quote(c.Name)
	if err != nil {
		return "", err
	}
	typ, err := d.columnType(c, t)
	if err != nil {
		return "", err
	}
	text := name
	if typ != "" {
		text += " " + typ
	}
	if c.Identity != nil && !plainIdentity(*c.Identity) {
		return "", errIdentity
	}
	if isRowid(c, t) {
		key, err := d.primaryKeyAt(t)
		if err != nil {
			return "", err
		}
		conflict, err := d.conflict(t.PrimaryKey.Options)
		if err != nil {
			return "", err
		}
		text += key + conflict
		if has[AutoIncrementOption](c.Options) {
			text += " AUTOINCREMENT"
		}
		return text, refuseDefault(c)
	}
	if c.AutoIncrement || c.Identity != nil {
		return "", errors.New("SQLite numbers only a table's whole primary key of an integer type, and none WITHOUT ROWID: leave AutoIncrement and IdentityAs out, or give another variant of the key")
	}
	rest, err := d.columnRest(c)
	if err != nil || !keyedDownwards(c, t) {
		return text + rest, err
	}
	key, err := d.primaryKeyAt(t)
	if err != nil {
		return "", err
	}
	conflict, err := d.conflict(t.PrimaryKey.Options)
	return text + key + " DESC" + conflict + rest, err
}

// keyedDownwards reports whether the column's descending key must stand at it:
// behind the columns it would make an INTEGER the number of the row.
func keyedDownwards(c *schema.ColumnDef, t *schema.Table) bool {
	return t != nil && t.PrimaryKey != nil && descends(t.PrimaryKey) && t.PrimaryKey.Columns[0] == c.Name
}

// primaryKeyAt spells the primary key as it stands at its column, without its conflict clause.
func (d database) primaryKeyAt(t *schema.Table) (string, error) {
	head, err := dialect.ConstraintHead(d, t.PrimaryKey.Name)
	return " " + head + "PRIMARY KEY", err
}

var errIdentity = errors.New("SQLite numbers rows from 1 by 1: leave the identity's options out")

func refuseDefault(c *schema.ColumnDef) error {
	if c.Computed != nil || !c.Default.For(names...).IsZero() {
		return errors.New("the column that numbers the rows can have neither a default nor an expression")
	}
	return nil
}

// columnType spells the type as it stands in t.
func (d database) columnType(c *schema.ColumnDef, t *schema.Table) (string, error) {
	typ := c.Type.For(names...)
	switch {
	case isRowid(c, t):
		return "INTEGER", nil
	case t != nil && has[StrictOption](t.Options):
		typ = strictType(typ)
	}
	return d.Type(typ)
}

// columnRest spells what follows the type of an ordinary column.
func (d database) columnRest(c *schema.ColumnDef) (text string, err error) {
	if c.Collation != "" {
		q, err := d.Quote(c.Collation)
		if err != nil {
			return "", err
		}
		text += " COLLATE " + q
	}
	conflict, err := d.conflict(c.Options)
	if err != nil {
		return "", err
	}
	if !c.Nullable {
		text += " NOT NULL" + conflict
	}
	if e := c.Default.For(names...); !e.IsZero() {
		def, err := d.defaultSQL(e)
		if err != nil {
			return "", fmt.Errorf("default: %w", err)
		}
		text += " DEFAULT " + def
	}
	if g := c.Computed; g != nil {
		if g.Expr == "" {
			return "", errors.New("the column is computed from nothing: its expression is empty")
		}
		text += " GENERATED ALWAYS AS (" + closed(g.Expr) + ")"
		switch g.Storage {
		case schema.Stored:
			text += " STORED"
		case schema.Virtual:
			text += " VIRTUAL"
		case schema.StorageDefault:
		}
	}
	return text, nil
}

// conflict spells the option [OnConflict], with a leading blank.
func (d database) conflict(opts []schema.Option) (string, error) {
	o, ok := schema.Find[OnConflictOption](opts)
	if !ok {
		return "", nil
	}
	switch o.Resolution {
	case Rollback, Abort, Fail, Ignore, Replace:
		return " ON CONFLICT " + string(o.Resolution), nil
	}
	return "", fmt.Errorf("the resolution %q is none of ROLLBACK, ABORT, FAIL, IGNORE and REPLACE", o.Resolution)
}

// Constraint spells a table constraint; nothing for a primary key that stands at its column.
func (d database) Constraint(c schema.Constraint, t *schema.Table) (string, error) {
	head, err := dialect.ConstraintHead(d, c.ConstraintName())
	if err != nil {
		return "", err
	}
	switch c := c.(type) {
	case *schema.PrimaryKeyDef:
		if t != nil && (rowidColumn(t) != nil || descends(c)) {
			return "", nil // it stands at its column
		}
		return d.key(head+"PRIMARY KEY", c.Columns, c.Options)
	case *schema.UniqueDef:
		switch {
		case c.Deferral != schema.DeferralDefault:
			return "", errors.New("SQLite cannot defer a unique constraint: leave WithDeferral out")
		case c.NullsNotDistinct:
			return "", errors.New("in SQLite NULL never equals NULL: leave NullsNotDistinct out")
		}
		return d.key(head+"UNIQUE", c.Columns, c.Options)
	case *schema.CheckDef:
		if c.NotEnforced {
			return "", errors.New("SQLite enforces every check: leave NotEnforced out")
		}
		conflict, err := d.conflict(c.Options)
		return head + "CHECK (" + closed(c.Expr) + ")" + conflict, err
	case *schema.ForeignKeyDef:
		ref, err := inSchema(c, t)
		if err != nil {
			return "", err
		}
		text, err := dialect.ForeignKey(d, ref)
		return head + text, err
	case *schema.ExcludeDef:
	}
	return "", fmt.Errorf("SQLite has no %s: leave it out, or say it with a trigger", c.Kind())
}

func (d database) key(head string, columns []string, opts []schema.Option) (string, error) {
	terms, err := dialect.QuoteList(d, columns)
	if err != nil {
		return "", err
	}
	if o, ok := schema.Find[KeyTermsOption](opts); ok {
		terms = o.SQL
	}
	conflict, err := d.conflict(opts)
	return head + " (" + terms + ")" + conflict, err
}

// inSchema is the foreign key without the schema of the table it points at,
// which SQLite takes to be that of the table itself.
func inSchema(fk *schema.ForeignKeyDef, t *schema.Table) (*schema.ForeignKeyDef, error) {
	if t != nil && defaultSchema(fk.RefTable.Schema) != defaultSchema(t.Name.Schema) {
		return nil, fmt.Errorf("it points at %q, but SQLite has no references between database files", fk.RefTable)
	}
	fk = fk.Clone()
	fk.RefTable.Schema = ""
	return fk, nil
}

// TableOptions spells WITHOUT ROWID and STRICT.
func (d database) TableOptions(t *schema.Table) (string, error) {
	var list []string
	if has[StrictOption](t.Options) {
		if d.version.before(withStrict) {
			return "", fmt.Errorf("STRICT needs SQLite %s, this is %s", withStrict, d.version)
		}
		list = append(list, "STRICT")
	}
	if has[WithoutRowidOption](t.Options) {
		list = append(list, "WITHOUT ROWID")
	}
	return strings.Join(list, ", "), nil
}

// CreateIndex spells an index.
func (d database) CreateIndex(s ddl.CreateIndex) (dialect.SQL, error) {
	i := s.Index
	if err := indexable(i); err != nil {
		return dialect.SQL{}, fmt.Errorf("index %q: %w", i.Name, err)
	}
	name, err := dialect.QuoteName(d, schema.Name{Schema: s.Table.Schema, Name: i.Name})
	if err != nil {
		return dialect.SQL{}, err
	}
	table, err := d.Quote(s.Table.Name)
	if err != nil {
		return dialect.SQL{}, err
	}
	parts := make([]string, len(i.Parts))
	for n, p := range i.Parts {
		if parts[n], err = d.indexPart(p); err != nil {
			return dialect.SQL{}, fmt.Errorf("index %q: %w", i.Name, err)
		}
	}
	text := "CREATE "
	if i.Unique {
		text += "UNIQUE "
	}
	text += "INDEX "
	if s.Guard == ddl.IfNotExists {
		text += "IF NOT EXISTS "
	}
	text += name + " ON " + table + " (" + strings.Join(parts, ", ") + ")"
	if i.Where != "" {
		text += " WHERE " + i.Where
	}
	return dialect.SQL{Text: text}, nil
}

// indexable refuses what an index of SQLite cannot be.
func indexable(i *schema.IndexDef) error {
	switch {
	case i.Using != "" && !strings.EqualFold(i.Using, "btree"):
		return fmt.Errorf("SQLite has no index method but its b-tree: leave Using(%q) out", i.Using)
	case len(i.Include) > 0:
		return errors.New("SQLite keeps no columns beside the key: leave Include out, or add them to the key")
	case i.NullsNotDistinct:
		return errors.New("in SQLite NULL never equals NULL: leave NullsNotDistinct out")
	}
	for _, p := range i.Parts {
		switch {
		case p.Length > 0:
			return errors.New("SQLite indexes no leading characters: leave Prefix out, or use KeyExpr(\"substr(…)\")")
		case p.OpClass != "":
			return fmt.Errorf("SQLite has no operator classes: leave Op(%q) out", p.OpClass)
		case p.Nulls == schema.NullsFirst && p.Descending, p.Nulls == schema.NullsLast && !p.Descending:
			return errors.New("SQLite keeps NULL below all else in an index: leave NullsFirst and NullsLast out")
		}
	}
	return nil
}

func (d database) indexPart(p schema.IndexPart) (text string, err error) {
	text = closed(p.Expr)
	if p.Expr == "" {
		if text, err = d.Quote(p.Column); err != nil {
			return "", err
		}
	} else if len(significant(p.Expr)) == 0 {
		return "", errors.New("a key's expression is empty")
	}
	if p.Collation != "" {
		q, err := d.Quote(p.Collation)
		if err != nil {
			return "", err
		}
		text += " COLLATE " + q
	}
	if p.Descending {
		text += " DESC"
	}
	return text, nil
}

// DropIndex spells the removal of an index.
func (d database) DropIndex(s ddl.DropIndex) (dialect.SQL, error) {
	name, err := dialect.QuoteName(d, schema.Name{Schema: s.Table.Schema, Name: s.Name})
	if s.Guard == ddl.IfExists {
		name = "IF EXISTS " + name
	}
	return dialect.SQL{Text: "DROP INDEX " + name}, err
}

// Other spells the renaming of a table. SQLite has neither comments nor
// enumeration types, and needs no statement for them.
func (d database) Other(s ddl.Statement) ([]dialect.SQL, error) {
	switch s := s.(type) {
	case ddl.RenameTable:
		from, err := dialect.QuoteName(d, s.Table)
		if err != nil {
			return nil, err
		}
		to, err := d.Quote(s.To)
		return []dialect.SQL{{Text: "ALTER TABLE " + from + " RENAME TO " + to}}, err
	case ddl.SetTableComment, ddl.CreateEnum, ddl.DropEnum, ddl.AddEnumValue:
		return nil, nil
	}
	return nil, fmt.Errorf("compiling %T: SQLite has no such statement", s)
}

// defaultSchema is the schema of an unqualified name: SQLite calls it main.
func defaultSchema(name string) string {
	if sameName(name, "main") {
		return ""
	}
	return name
}
