package mysql

import (
	"errors"
	"fmt"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// Column spells a column definition.
func (d *Dialect) Column(c *schema.ColumnDef, _ *schema.Table) (string, error) {
	return d.column(c, definition{})
}

// definition says where a column definition stands.
type definition struct {
	restated bool   // behind MODIFY or CHANGE: NULL is said too
	width    int    // in which an integer is shown; 0 for its type's own
	extra    string // attributes beyond the model, in the server's words
}

func (d *Dialect) column(c *schema.ColumnDef, as definition) (string, error) {
	name, err := d.Quote(c.Name)
	if err != nil {
		return "", err
	}
	head, err := d.columnType(c)
	if err != nil {
		return "", err
	}
	if as.width > 0 {
		word, rest, _ := strings.Cut(head, " ")
		head = strings.TrimSpace(sizedType(word, as.width) + " " + rest)
	}
	parts := []string{name, head}
	add := func(s string, err error) error {
		if s != "" {
			parts = append(parts, s)
		}
		return err
	}
	for _, part := range []func() (string, error){
		func() (string, error) { return d.computed(c) },
		func() (string, error) { return d.nullability(c, as) },
		func() (string, error) { return d.invisible(c) },
		func() (string, error) { return d.defaultClause(c) },
		func() (string, error) { return d.numbering(c) },
		func() (string, error) { return d.autoRandom(c, as) },
		func() (string, error) { return d.comment(c.Comment) },
		func() (string, error) { return d.history(c, as) },
	} {
		if err := add(part()); err != nil {
			return "", err
		}
	}
	return strings.Join(append(parts, nonEmpty(as.extra)...), " "), nil
}

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// columnType is the type with character set and collation.
func (d *Dialect) columnType(c *schema.ColumnDef) (string, error) {
	text, err := d.Type(c.Type)
	if err != nil {
		return "", err
	}
	if _, ok := schema.Find[CompressedOption](c.Options); ok {
		if !d.is(MariaDB) {
			return "", fmt.Errorf("%s has no compressed columns: leave mysql.Compressed() out", d.product())
		}
		text += " COMPRESSED"
	}
	if o, ok := schema.Find[CharsetOption](c.Options); ok {
		name, err := d.charsetName(string(o))
		if err != nil {
			return "", err
		}
		text += " CHARACTER SET " + name
	}
	if c.Collation != "" {
		name, err := d.charsetName(c.Collation)
		if err != nil {
			return "", err
		}
		text += " COLLATE " + name
	}
	return text, nil
}

// charsetName is the name of a character set, collation, engine or the like,
// which stand bare.
func (d *Dialect) charsetName(s string) (string, error) {
	for _, r := range s {
		if r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			return "", fmt.Errorf("%q is no name of a character set, collation, engine or format", s)
		}
	}
	if s == "" {
		return "", errors.New("the name of a character set, collation, engine or format is empty")
	}
	return s, nil
}

func (d *Dialect) computed(c *schema.ColumnDef) (string, error) {
	k := c.Computed
	if k == nil {
		return "", nil
	}
	if !c.Default.IsZero() || c.AutoIncrement || c.Identity != nil {
		return "", errors.New("a generated column has neither default nor AUTO_INCREMENT")
	}
	text := "GENERATED ALWAYS AS (" + k.Expr + ")"
	switch k.Storage {
	case schema.Stored:
		return text + " STORED", nil
	case schema.Virtual:
		return text + " VIRTUAL", nil
	case schema.StorageDefault:
	}
	return text, nil
}

// isPeriodColumn reports whether a type is that of a column which holds since or
// until when a row of a system-versioned table counts (MariaDB).
func isPeriodColumn(sql string) bool {
	return strings.HasSuffix(sql, " GENERATED ALWAYS AS ROW START") || strings.HasSuffix(sql, " GENERATED ALWAYS AS ROW END")
}

func (d *Dialect) nullability(c *schema.ColumnDef, as definition) (string, error) {
	if c.Computed != nil && !d.caps.generatedNotNull {
		if !c.Nullable {
			return "", fmt.Errorf("a generated column cannot be NOT NULL on %s: leave NotNull out, or add a check", d.product())
		}
		return "", nil
	}
	if raw, ok := c.Type.For(d.Names()...).Def().(schema.RawType); ok && isPeriodColumn(raw.SQL) {
		return "", nil // the server takes neither word there
	}
	switch {
	case !c.Nullable:
		return "NOT NULL", nil
	case as.restated && c.Computed == nil:
		return "NULL", nil
	}
	// A TIMESTAMP without NULL is NOT NULL unless explicit_defaults_for_timestamp is on.
	if _, ok := d.canonicalType(c.Type.For(d.Names()...).Def()).(TimestampType); ok && c.Computed == nil {
		return "NULL", nil
	}
	return "", nil
}

// history is WITHOUT SYSTEM VERSIONING, unless the server's own words say it already.
func (d *Dialect) history(c *schema.ColumnDef, as definition) (string, error) {
	const words = "WITHOUT SYSTEM VERSIONING"
	if _, ok := schema.Find[WithoutHistoryOption](c.Options); !ok || strings.Contains(as.extra, words) {
		return "", nil
	}
	if !d.caps.serverVersioning {
		return "", fmt.Errorf("%s has no system-versioned tables: leave mysql.WithoutHistory() out", d.product())
	}
	return words, nil
}

func (d *Dialect) invisible(c *schema.ColumnDef) (string, error) {
	if _, ok := schema.Find[InvisibleOption](c.Options); !ok {
		return "", nil
	}
	if !d.caps.invisibleColumn {
		return "", fmt.Errorf("%s has no invisible columns: leave mysql.Invisible() out", d.product())
	}
	return "INVISIBLE", nil
}

func (d *Dialect) defaultClause(c *schema.ColumnDef) (string, error) {
	text := ""
	if !c.Default.IsZero() {
		s, err := d.defaultValue(c.Default, c.Type)
		if err != nil {
			return "", err
		}
		text = "DEFAULT " + s
	}
	if _, ok := schema.Find[OnUpdateOption](c.Options); ok {
		def := d.canonicalType(c.Type.For(d.Names()...).Def())
		text = strings.TrimSpace(text + " ON UPDATE CURRENT_TIMESTAMP" + digits(def))
	}
	return text, nil
}

// numbering is AUTO_INCREMENT. An identity without options of its own is that.
func (d *Dialect) numbering(c *schema.ColumnDef) (string, error) {
	if id := c.Identity; id != nil && *id != (schema.Identity{}) {
		return "", fmt.Errorf("%s has no identity columns with options: say schema.AutoIncrement(), and mysql.AutoIncrementStart for a first number", d.product())
	}
	if c.AutoIncrement || c.Identity != nil {
		return "AUTO_INCREMENT", nil
	}
	return "", nil
}

func (d *Dialect) comment(text string) (string, error) {
	if text == "" {
		return "", nil
	}
	s, err := d.literal(text)
	return "COMMENT " + s, err
}

// Constraint spells a table constraint.
func (d *Dialect) Constraint(c schema.Constraint, t *schema.Table) (string, error) {
	switch c := c.(type) {
	case *schema.PrimaryKeyDef:
		key, err := d.key("PRIMARY KEY", c.Columns, c.Options)
		return key + d.clustering(c), err
	case *schema.UniqueDef:
		return d.unique(c)
	case *schema.CheckDef:
		return d.check(c)
	case *schema.ForeignKeyDef:
		return d.foreignKey(c, t)
	case *schema.ExcludeDef:
		return "", fmt.Errorf("%s has no exclusion constraints", d.product())
	}
	return "", fmt.Errorf("spelling %T: unknown constraint", c)
}

func (d *Dialect) unique(c *schema.UniqueDef) (string, error) {
	switch {
	case c.Deferral != schema.DeferralDefault:
		return "", d.noDeferral()
	case c.NullsNotDistinct:
		return "", fmt.Errorf("%s always lets NULLs stand beside each other in a unique constraint: leave NullsNotDistinct out", d.product())
	}
	head, err := dialect.ConstraintHead(d, c.Name)
	if err != nil {
		return "", err
	}
	return d.key(head+"UNIQUE", c.Columns, c.Options)
}

func (d *Dialect) noDeferral() error {
	return fmt.Errorf("%s has no deferrable constraints: leave the deferral out", d.product())
}

func (d *Dialect) check(c *schema.CheckDef) (string, error) {
	if c.NotValid {
		return "", fmt.Errorf("%s always checks the rows that exist: leave NotValid out", d.product())
	}
	head, err := dialect.ConstraintHead(d, c.Name)
	if err != nil {
		return "", err
	}
	text := head + "CHECK (" + c.Expr + ")"
	if c.NotEnforced {
		if !d.caps.notEnforced {
			return "", fmt.Errorf("%s has no NOT ENFORCED checks: leave the check out", d.product())
		}
		text += " NOT ENFORCED"
	}
	return text, nil
}

func (d *Dialect) foreignKey(c *schema.ForeignKeyDef, _ *schema.Table) (string, error) {
	switch {
	case c.Deferral != schema.DeferralDefault:
		return "", d.noDeferral()
	case c.NotValid:
		return "", fmt.Errorf("%s always checks the rows that exist: leave NotValid out", d.product())
	case c.Match != "" && !strings.EqualFold(c.Match, "SIMPLE"):
		// https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html
		return "", fmt.Errorf("MATCH %s makes %s ignore ON DELETE and ON UPDATE: leave it out", c.Match, d.product())
	}
	plain := *c
	plain.Match = ""
	head, err := dialect.ConstraintHead(d, c.Name)
	if err != nil {
		return "", err
	}
	text, err := dialect.ForeignKey(d, &plain)
	return head + text, err
}

// Other spells what has a statement of its own.
func (d *Dialect) Other(s ddl.Statement) ([]dialect.SQL, error) {
	switch s := s.(type) {
	case ddl.RenameTable:
		to, err := dialect.QuoteName(d, schema.Name{Schema: s.Table.Schema, Name: s.To})
		if err != nil {
			return nil, err
		}
		return d.named("ALTER TABLE ", s.Table, " RENAME TO "+to)
	case ddl.SetTableComment:
		table, err := dialect.QuoteName(d, s.Table)
		if err != nil {
			return nil, err
		}
		text, err := d.literal(s.Comment)
		return []dialect.SQL{{Text: "ALTER TABLE " + table + " COMMENT " + text}}, err
	case ddl.CreateEnum, ddl.DropEnum:
		return nil, nil // the values stand in each column's type
	case ddl.AddEnumValue:
		return nil, fmt.Errorf("adding a value to the enumeration %q: on %s the values stand in the columns' types: alter the type of each column", s.Name, d.product())
	}
	return nil, fmt.Errorf("compiling %T: unknown statement", s)
}
