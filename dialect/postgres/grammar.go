package postgres

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// Column spells a column definition; nothing for one that a new table only inherits.
func (s server) Column(c *schema.ColumnDef, t *schema.Table) (string, error) {
	if leftToParents(c.Options, t) {
		return "", nil
	}
	name, err := s.Quote(c.Name)
	if err != nil {
		return "", err
	}
	typ, err := s.columnType(c)
	if err != nil {
		return "", err
	}
	parts := []string{name, typ}
	if o, ok := schema.Find[CompressionOption](c.Options); ok && !dropped(o) && !inherits(t) {
		if err := s.need(compression, "COMPRESSION of a column", "14"); err != nil {
			return "", err
		}
		parts = append(parts, "COMPRESSION "+quoteIfNeeded(o.Method))
	}
	if c.Collation != "" {
		collation, err := s.collation(c.Collation)
		if err != nil {
			return "", err
		}
		parts = append(parts, "COLLATE "+collation)
	}
	value, err := s.columnValue(c)
	if err != nil {
		return "", err
	}
	if value != "" {
		parts = append(parts, value)
	}
	if !c.Nullable || namesSequence(c) {
		parts = append(parts, "NOT NULL")
	}
	return strings.Join(parts, " "), nil
}

// columnType spells the type of a column, which is no type but a shorthand for a serial one.
func (s server) columnType(c *schema.ColumnDef) (string, error) {
	if isSerial(c) {
		def, ok := s.canonicalType(c.Type).Def().(schema.IntegerType)
		if !ok {
			return "", errOnlyIntegers
		}
		if namesSequence(c) {
			return s.Type(c.Type) // the sequence is made beside
		}
		switch def.Size {
		case schema.IntegerSmall:
			return "SMALLSERIAL", nil
		case schema.IntegerBig:
			return "BIGSERIAL", nil
		default:
			return "SERIAL", nil
		}
	}
	return s.Type(c.Type)
}

// columnValue spells where the values of a column come from: a default, an identity, an expression.
func (s server) columnValue(c *schema.ColumnDef) (string, error) {
	sources := 0
	for _, has := range []bool{!c.Default.IsZero(), c.AutoIncrement || c.Identity != nil, c.Computed != nil} {
		if has {
			sources++
		}
	}
	if sources > 1 {
		return "", errors.New("a column has one of a default, an identity (AutoIncrement) and an expression; take the others away")
	}
	switch {
	case c.Computed != nil:
		return s.computed(c.Computed)
	case c.Identity != nil:
		return "GENERATED " + identity(*c.Identity), nil
	case c.AutoIncrement:
		if isSerial(c) {
			return "", nil
		}
		return "GENERATED " + identity(schema.Identity{}), nil
	}
	e := c.Default.For(s.Names()...)
	if e.IsZero() {
		return "", nil
	}
	text, err := s.Expr(e)
	if err != nil {
		return "", fmt.Errorf("default: %w", err)
	}
	return "DEFAULT " + bracketed(e, text), nil
}

// bracketed puts an expression of the user's own into brackets, as the grammar
// of DEFAULT takes only some expressions without: no AND, no IN, no AT TIME ZONE.
func bracketed(e schema.Expr, text string) string {
	tokens, ok := lex(text)
	if e.Kind != schema.ExprSQL || !ok {
		return text
	}
	depth := 0
	for i, t := range tokens {
		switch {
		case t.is("(") || t.is("["):
			depth++
		case t.is(")") || t.is("]"):
			depth--
		case depth == 0 && t.kind == tokenWord && (i == 0 && t.is("not") || i > 0 && !tokens[i-1].is("::")):
			return "(" + text + ")"
		}
	}
	return text
}

func (s server) computed(c *schema.Computed) (string, error) {
	expr, err := rawSQL(c.Expr)
	if err != nil {
		return "", err
	}
	kind := "STORED"
	if c.Storage == schema.Virtual {
		if err := s.need(virtualColumns, "a generated column that is computed when read (schema.Virtual)", "18"); err != nil {
			return "", fmt.Errorf("%w; say schema.Stored", err)
		}
		kind = "VIRTUAL"
	}
	return "GENERATED ALWAYS AS (" + expr + ") " + kind, nil
}

// identity spells an identity from BY DEFAULT or ALWAYS on.
func identity(id schema.Identity) string {
	text := "BY DEFAULT AS IDENTITY"
	if id.Always {
		text = "ALWAYS AS IDENTITY"
	}
	if opts := sequenceOptions(id); len(opts) > 0 {
		text += " (" + strings.Join(opts, " ") + ")"
	}
	return text
}

// sequenceOptions spell what an identity says of its sequence.
func sequenceOptions(id schema.Identity) (opts []string) {
	add := func(what string, n int64) { opts = append(opts, what+" "+strconv.FormatInt(n, 10)) }
	if id.Start != 0 {
		add("START WITH", id.Start)
	}
	if id.Increment != 0 {
		add("INCREMENT BY", id.Increment)
	}
	if id.Min != nil {
		add("MINVALUE", *id.Min)
	}
	if id.Max != nil {
		add("MAXVALUE", *id.Max)
	}
	if id.Cache != 0 {
		add("CACHE", id.Cache)
	}
	if id.Cycle {
		opts = append(opts, "CYCLE")
	}
	return opts
}

// collation spells a collation. A name that begins with a quote is SQL, as
// reflection reports one that must be qualified: names of collations hold dots.
func (s server) collation(name string) (string, error) {
	if !strings.HasPrefix(name, `"`) {
		return s.Quote(name)
	}
	tokens, ok := lex(name)
	for i, t := range tokens {
		if ok = ok && (i%2 == 0 && t.kind == tokenQuoted || i%2 == 1 && t.is(".")); !ok {
			break
		}
	}
	if !ok || len(tokens)%2 == 0 {
		return "", fmt.Errorf("%q is no collation", name)
	}
	return spellQuoted(tokens), nil
}

func spellQuoted(tokens []token) string {
	var b strings.Builder
	for _, t := range tokens {
		if t.kind == tokenQuoted {
			b.WriteString(quoteIdent(t.text))
		} else {
			b.WriteString(t.text)
		}
	}
	return b.String()
}

// TableOptions spells what follows the closing bracket of CREATE TABLE.
func (s server) TableOptions(t *schema.Table) (string, error) {
	var parts []string
	if o, ok := schema.Find[InheritsOption](t.Options); ok && o.Parents != "" {
		var parents []string
		for _, p := range list(o.Parents) {
			q, err := dialect.QuoteName(s, parentName(p))
			if err != nil {
				return "", err
			}
			parents = append(parents, q)
		}
		parts = append(parts, "INHERITS ("+strings.Join(parents, ", ")+")")
	}
	if o, ok := schema.Find[PartitionByOption](t.Options); ok {
		by, err := rawSQL(o.By)
		if err != nil {
			return "", fmt.Errorf("partition key: %w", err)
		}
		parts = append(parts, "PARTITION BY "+by)
	}
	if o, ok := schema.Find[AccessMethodOption](t.Options); ok && !dropped(o) {
		parts = append(parts, "USING "+quoteIdent(o.Name))
	}
	params, err := storage(t.Options)
	if err != nil {
		return "", err
	}
	if params != "" {
		parts = append(parts, params)
	}
	if o, ok := schema.Find[TablespaceOption](t.Options); ok && !dropped(o) {
		q, err := s.Quote(o.Name)
		if err != nil {
			return "", err
		}
		parts = append(parts, "TABLESPACE "+q)
	}
	return strings.Join(parts, " "), nil
}

// storage spells the storage parameters among options: WITH (…), or nothing.
func storage(opts []schema.Option) (string, error) {
	var params []string
	for _, o := range opts {
		if o, ok := o.(StorageOption); ok && o.Value != "" {
			name, err := parameter(o.Name)
			if err != nil {
				return "", err
			}
			value, err := literal(o.Value)
			if err != nil {
				return "", err
			}
			params = append(params, name+" = "+value)
		}
	}
	if len(params) == 0 {
		return "", nil
	}
	return "WITH (" + strings.Join(params, ", ") + ")", nil
}

// parameter spells the name of a storage parameter, which may be one of the
// table for large values: toast.autovacuum_enabled.
func parameter(name string) (string, error) {
	for part := range strings.SplitSeq(name, ".") {
		if !plainName(part) {
			return "", fmt.Errorf("%q is no storage parameter", name)
		}
	}
	return name, nil
}

// Other spells comments, renaming a table, and enumeration types.
func (s server) Other(stmt ddl.Statement) ([]dialect.SQL, error) {
	switch stmt := stmt.(type) {
	case ddl.RenameTable:
		return s.renameTable(stmt)
	case ddl.SetTableComment:
		name, err := dialect.QuoteName(s, stmt.Table)
		if err != nil {
			return nil, err
		}
		return one(commentOn("TABLE "+name, stmt.Comment))
	case ddl.CreateEnum:
		return s.createEnum(stmt)
	case ddl.DropEnum:
		return s.dropEnum(stmt)
	case ddl.AddEnumValue:
		return s.addEnumValue(stmt)
	}
	return nil, fmt.Errorf("PostgreSQL has no statement for %T", stmt)
}

func one(text string, err error) ([]dialect.SQL, error) {
	if err != nil {
		return nil, err
	}
	return []dialect.SQL{{Text: text}}, nil
}

func (s server) renameTable(stmt ddl.RenameTable) ([]dialect.SQL, error) {
	from, err := dialect.QuoteName(s, stmt.Table)
	if err != nil {
		return nil, err
	}
	to, err := s.Quote(stmt.To)
	return one("ALTER TABLE "+from+" RENAME TO "+to, err)
}
