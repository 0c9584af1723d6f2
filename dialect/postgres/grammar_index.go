package postgres

import (
	"errors"
	"fmt"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// CreateIndex spells an index.
func (s server) CreateIndex(stmt ddl.CreateIndex) (dialect.SQL, error) {
	sql, err := s.createIndex(stmt)
	if err != nil {
		return dialect.SQL{}, fmt.Errorf("index %q: %w", stmt.Index.Name, err)
	}
	return sql, nil
}

func (s server) createIndex(stmt ddl.CreateIndex) (dialect.SQL, error) {
	i := stmt.Index
	name, err := s.Quote(i.Name)
	if err != nil {
		return dialect.SQL{}, err
	}
	table, err := dialect.QuoteName(s, stmt.Table)
	if err != nil {
		return dialect.SQL{}, err
	}
	concurrently := concurrent(stmt.Options) || concurrent(i.Options)
	words := []string{"CREATE"}
	if i.Unique {
		words = append(words, "UNIQUE")
	}
	words = append(words, "INDEX")
	if concurrently {
		words = append(words, "CONCURRENTLY")
	}
	if stmt.Guard == ddl.IfNotExists {
		words = append(words, "IF NOT EXISTS")
	}
	words = append(words, name, "ON", table)
	if i.Using != "" {
		words = append(words, "USING", quoteIfNeeded(strings.ToLower(i.Using)))
	}
	rest, err := s.indexBody(i)
	return dialect.SQL{Text: strings.Join(words, " ") + " " + rest, Autocommit: concurrently}, err
}

// indexBody spells an index from its keys on.
func (s server) indexBody(i *schema.IndexDef) (string, error) {
	parts := make([]string, len(i.Parts))
	for k, p := range i.Parts {
		text, err := s.part(p)
		if err != nil {
			return "", err
		}
		parts[k] = text
	}
	text := "(" + strings.Join(parts, ", ") + ")"
	if len(i.Include) > 0 {
		cols, err := dialect.QuoteList(s, i.Include)
		if err != nil {
			return "", err
		}
		text += " INCLUDE (" + cols + ")"
	}
	if i.NullsNotDistinct {
		if err := s.need(nullsNotDistinct, "NULLS NOT DISTINCT", "15"); err != nil {
			return "", err
		}
		text += " NULLS NOT DISTINCT"
	}
	params, err := storage(i.Options)
	if err != nil {
		return "", err
	}
	if params != "" {
		text += " " + params
	}
	if o, ok := schema.Find[TablespaceOption](i.Options); ok && !dropped(o) {
		q, err := s.Quote(o.Name)
		if err != nil {
			return "", err
		}
		text += " TABLESPACE " + q
	}
	if i.Where != "" {
		where, err := rawSQL(i.Where)
		if err != nil {
			return "", err
		}
		text += " WHERE " + where
	}
	return text, nil
}

// part spells a key of an index.
func (s server) part(p schema.IndexPart) (string, error) {
	if p.Length != 0 {
		return "", fmt.Errorf("PostgreSQL indexes no leading characters of %q; index an expression such as left(%s, %d)", p.Column, p.Column, p.Length)
	}
	text, err := s.partKey(p)
	if err != nil {
		return "", err
	}
	how, err := s.partOptions(p)
	return text + how, err
}

// partOptions spells what stands behind the key of an index.
func (s server) partOptions(p schema.IndexPart) (text string, err error) {
	if p.Collation != "" {
		collation, err := s.collation(p.Collation)
		if err != nil {
			return "", err
		}
		text += " COLLATE " + collation
	}
	if p.OpClass != "" {
		class, err := opClass(p.OpClass)
		if err != nil {
			return "", err
		}
		text += " " + class
	}
	if p.Descending {
		text += " DESC"
	}
	switch p.Nulls {
	case schema.NullsFirst:
		text += " NULLS FIRST"
	case schema.NullsLast:
		text += " NULLS LAST"
	case schema.NullsDefault:
	}
	return text, nil
}

func (s server) partKey(p schema.IndexPart) (string, error) {
	if p.Expr == "" {
		return s.Quote(p.Column)
	}
	expr, err := rawSQL(p.Expr)
	if err != nil {
		return "", err
	}
	if tokens, ok := lex(expr); ok && len(bare(tokens)) != len(tokens) {
		return expr, nil
	}
	return "(" + expr + ")", nil
}

// opClass spells an operator class with its parameters: gist_trgm_ops (siglen='32').
func opClass(class string) (string, error) {
	tokens, ok := lex(class)
	end := 1
	for ok && end+1 < len(tokens) && tokens[end].is(".") {
		end += 2
	}
	ok = ok && len(tokens) >= end && (len(tokens) == end || tokens[end].is("(") && closing(tokens, end) == len(tokens)-1)
	for i := 0; ok && i < end; i += 2 {
		ok = tokens[i].kind == tokenWord || tokens[i].kind == tokenQuoted
	}
	if !ok {
		return "", fmt.Errorf("%q is no operator class", class)
	}
	return spell(tokens), nil
}

// DropIndex spells the removal of an index, which lies in the schema of its table.
func (s server) DropIndex(stmt ddl.DropIndex) (dialect.SQL, error) {
	name, err := dialect.QuoteName(s, schema.Name{Schema: stmt.Table.Schema, Name: stmt.Name})
	if err != nil {
		return dialect.SQL{}, err
	}
	words := []string{"DROP INDEX"}
	concurrently := concurrent(stmt.Options)
	if concurrently {
		words = append(words, "CONCURRENTLY")
	}
	if stmt.Guard == ddl.IfExists {
		words = append(words, "IF EXISTS")
	}
	return dialect.SQL{Text: strings.Join(append(words, name), " "), Autocommit: concurrently}, nil
}

func concurrent(opts []schema.Option) bool {
	_, ok := schema.Find[ConcurrentlyOption](opts)
	return ok
}

// IndexComments spells the comment on an index.
func (s server) IndexComments(stmt ddl.CreateIndex) ([]dialect.SQL, error) {
	if stmt.Index.Comment == "" {
		return nil, nil
	}
	name, err := dialect.QuoteName(s, schema.Name{Schema: stmt.Table.Schema, Name: stmt.Index.Name})
	if err != nil {
		return nil, err
	}
	return one(commentOn("INDEX "+name, stmt.Index.Comment))
}

// commentOn spells a comment; an empty one drops it.
func commentOn(object, comment string) (string, error) {
	if comment == "" {
		return "COMMENT ON " + object + " IS NULL", nil
	}
	text, err := literal(comment)
	if err != nil {
		return "", err
	}
	return "COMMENT ON " + object + " IS " + text, nil
}

// ownDefault spells the default of a column that a new table only inherits.
func (s server) ownDefault(table string, c *schema.ColumnDef) ([]dialect.SQL, error) {
	e := c.Default.For(s.Names()...)
	if e.IsZero() {
		return nil, nil
	}
	column, err := s.Quote(c.Name)
	if err != nil {
		return nil, err
	}
	text, err := s.Expr(e)
	return one("ALTER TABLE "+table+" ALTER COLUMN "+column+" SET DEFAULT "+text, err)
}

var errNoConstraintName = errors.New("a comment is for a constraint with a name; give it one")

// commentOnConstraint spells the comment on a constraint, if it has one.
func (s server) commentOnConstraint(c schema.Constraint, table string) ([]dialect.SQL, error) {
	opts := options(c)
	if opts == nil {
		return nil, nil
	}
	o, ok := schema.Find[CommentOption](*opts)
	if !ok || o.Text == "" {
		return nil, nil
	}
	if c.ConstraintName() == "" {
		return nil, errNoConstraintName
	}
	name, err := s.Quote(c.ConstraintName())
	if err != nil {
		return nil, err
	}
	return one(commentOn("CONSTRAINT "+name+" ON "+table, o.Text))
}

// Comments spells what is said of a new table behind its definition: comments,
// constraints that are not valid, and properties that CREATE TABLE does not take.
func (s server) Comments(stmt ddl.CreateTable) (out []dialect.SQL, err error) {
	t := stmt.Table
	table, err := dialect.QuoteName(s, t.Name)
	if err != nil {
		return nil, err
	}
	add := func(list []dialect.SQL, e error) {
		out, err = append(out, list...), errors.Join(err, e)
	}
	for _, c := range t.Constraints() {
		if schema.IsNotValid(c) && !inheritedCheck(c, t) {
			def, e := s.addedConstraint(c)
			add(one("ALTER TABLE "+table+" ADD "+def, e))
		}
	}
	for _, c := range t.Columns {
		var old *schema.ColumnDef
		if inherits(t) {
			old = &schema.ColumnDef{} // the method of compression is said behind as well: a parent may have another
		}
		if leftToParents(c.Options, t) {
			add(s.ownDefault(table, c))
		} else if isSerial(c) {
			add(s.serialSequence(t.Name, c, stmt.Guard))
		}
		subs, e := s.columnSettings(c, old)
		for _, sub := range subs {
			add(one("ALTER TABLE "+table+" "+sub.text, nil))
		}
		err = errors.Join(err, e)
	}
	if o, ok := schema.Find[RowSecurityOption](t.Options); ok && !dropped(o) {
		add(one("ALTER TABLE "+table+" "+rowSecurity(o.For), nil))
	}
	if t.Comment != "" {
		add(one(commentOn("TABLE "+table, t.Comment)))
	}
	for _, c := range t.Columns {
		if c.Comment != "" {
			col, e := s.Quote(c.Name)
			err = errors.Join(err, e)
			add(one(commentOn("COLUMN "+table+"."+col, c.Comment)))
		}
	}
	for _, c := range t.Constraints() {
		add(s.commentOnConstraint(c, table))
	}
	return out, err
}
