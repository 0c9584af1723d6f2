package dialect

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// Compile spells a statement as SQL. What varies between databases is asked of the
// grammar; all else stands here once. cat answers questions about existing tables
// and is nil offline. What the database cannot do is an error.
func Compile(ctx context.Context, g Grammar, cat Catalog, s ddl.Statement) ([]SQL, error) {
	switch s := s.(type) {
	case ddl.CreateTable:
		return createTable(g, s)
	case ddl.DropTable:
		return one("DROP TABLE "+guard(s.Guard, ddl.IfExists, "IF EXISTS "), g, s.Table)
	case ddl.AlterTable:
		return alterTable(ctx, g, cat, s)
	case ddl.CreateIndex:
		return createIndex(g, s)
	case ddl.DropIndex:
		if d, ok := g.(IndexDropper); ok && cat != nil {
			return d.DropIndexIn(ctx, cat, s)
		}
		return list(g.DropIndex(s))
	case ddl.InsertRows:
		return insertRows(g, s)
	case ddl.UpdateRows:
		return updateRows(g, s)
	case ddl.DeleteRows:
		return deleteRows(g, s)
	case ddl.Raw:
		return raw(g, s)
	case ddl.CreateSchema, ddl.DropSchema, ddl.RenameSchema,
		ddl.CreateSequence, ddl.AlterSequence, ddl.RenameSequence, ddl.DropSequence,
		ddl.CreateObject, ddl.DropObject, ddl.RefreshView, ddl.CreateExtension, ddl.DropExtension,
		ddl.RenameIndex, ddl.RenameEnum, ddl.RenameEnumValue, ddl.RebuildEnum:
		return object(ctx, g, cat, s)
	case ddl.RenameTable:
		return renameTable(g, s)
	case ddl.SetTableComment, ddl.CreateEnum, ddl.DropEnum, ddl.AddEnumValue:
		return g.Other(s)
	}
	return nil, fmt.Errorf("compiling %T: unknown statement", s)
}

// renameTable renames a table. Where names that differ in case alone are one (FoldsTables)
// a table that is to differ so gets another name in between: the database finds
// the new one taken, by the table itself.
func renameTable(g Grammar, s ddl.RenameTable) ([]SQL, error) {
	t, ok := g.(Traiter)
	if !ok || !t.Traits().FoldsTables || s.Table.Name == s.To || !strings.EqualFold(s.Table.Name, s.To) {
		return g.Other(s)
	}
	const between = "_gomig_tmp"
	first, err := g.Other(ddl.RenameTable{Table: s.Table, To: between})
	if err != nil {
		return nil, err
	}
	then, err := g.Other(ddl.RenameTable{Table: schema.Name{Schema: s.Table.Schema, Name: between}, To: s.To})
	return append(first, then...), err
}

// IndexDropper is a grammar that must look at the table before it drops an
// index: MySQL refuses to drop one that a foreign key rests on. Without it, and
// offline, [Grammar.DropIndex] is all there is to say.
type IndexDropper interface {
	DropIndexIn(ctx context.Context, cat Catalog, s ddl.DropIndex) ([]SQL, error)
}

func list(s SQL, err error) ([]SQL, error) {
	if err != nil {
		return nil, err
	}
	return []SQL{s}, nil
}

func one(prefix string, g Grammar, name schema.Name) ([]SQL, error) {
	q, err := QuoteName(g, name)
	if err != nil {
		return nil, err
	}
	return []SQL{{Text: prefix + q}}, nil
}

// guard is text, such as "IF EXISTS ", if the statement has the guard that it spells.
func guard(have, want ddl.Guard, text string) string {
	if have == want {
		return text
	}
	return ""
}

// QuoteName quotes a table or other object with its schema.
func QuoteName(g Grammar, n schema.Name) (string, error) {
	q, err := g.Quote(n.Name)
	if err != nil || n.Schema == "" {
		return q, err
	}
	s, err := g.Quote(n.Schema)
	return s + "." + q, err
}

// QuoteList quotes columns and joins them by commas.
func QuoteList(g Grammar, names []string) (string, error) {
	out := make([]string, len(names))
	for i, n := range names {
		q, err := g.Quote(n)
		if err != nil {
			return "", err
		}
		out[i] = q
	}
	return strings.Join(out, ", "), nil
}

func createTable(g Grammar, s ddl.CreateTable) ([]SQL, error) {
	t := s.Table
	name, err := QuoteName(g, t.Name)
	if err != nil {
		return nil, err
	}
	var parts []string
	for _, c := range t.Columns {
		def, err := g.Column(c, t)
		if err != nil {
			return nil, fmt.Errorf("column %q: %w", c.Name, err)
		}
		if def != "" {
			parts = append(parts, def)
		}
	}
	for _, c := range t.Constraints() {
		def, err := g.Constraint(c, t)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", Spoken(c), err)
		}
		if def != "" {
			parts = append(parts, def)
		}
	}
	if e, ok := g.(TableElementer); ok {
		more, err := e.TableElements(t)
		if err != nil {
			return nil, err
		}
		parts = append(parts, more...)
	}
	options, err := g.TableOptions(t)
	if err != nil {
		return nil, err
	}
	var behind []SQL
	for _, i := range s.Inside {
		e, ok := g.(IndexEmbedder)
		if !ok {
			index, err := createIndex(g, ddl.CreateIndex{Table: t.Name, Index: i, Guard: s.Guard})
			if err != nil {
				return nil, err
			}
			behind = append(behind, index...)
			continue
		}
		def, err := e.EmbedIndex(i)
		if err != nil {
			return nil, fmt.Errorf("index %q: %w", i.Name, err)
		}
		parts = append(parts, def)
	}
	body := " ()" // PostgreSQL takes a table without columns
	if len(parts) > 0 {
		body = " (\n    " + strings.Join(parts, ",\n    ") + "\n)"
	}
	text := "CREATE " + Prefix(t) + "TABLE " + guard(s.Guard, ddl.IfNotExists, "IF NOT EXISTS ") + name + body
	if options != "" {
		text += " " + options
	}
	comments, err := createComments(g, s)
	if err != nil {
		return nil, err
	}
	return slices.Concat([]SQL{{Text: text}}, comments, behind), nil
}

// IndexEmbedder is a grammar that can also make and drop indexes inside CREATE TABLE
// and ALTER TABLE (MySQL); its Alter does so with AddIndexes and DropIndexes. Without
// it they are statements before and behind.
type IndexEmbedder interface {
	EmbedIndex(i *schema.IndexDef) (string, error)
}

// TableElementer is a grammar of which some options of a table stand among its
// columns and constraints, such as MariaDB's periods.
type TableElementer interface {
	TableElements(t *schema.Table) ([]string, error)
}

// TablePrefixer is a table option that stands before the word TABLE, as UNLOGGED and TEMPORARY do.
type TablePrefixer interface {
	TablePrefix() string
}

// Prefix is what stands between CREATE and TABLE.
func Prefix(t *schema.Table) string {
	var b strings.Builder
	for _, o := range t.Options {
		if p, ok := o.(TablePrefixer); ok {
			b.WriteString(p.TablePrefix() + " ")
		}
	}
	return b.String()
}

// Commenter is a grammar whose comments are statements of their own, beside the
// definition they belong to. Without it comments stand inside the definitions.
type Commenter interface {
	Comments(s ddl.CreateTable) ([]SQL, error)
}

func createComments(g Grammar, s ddl.CreateTable) ([]SQL, error) {
	if c, ok := g.(Commenter); ok {
		return c.Comments(s)
	}
	return nil, nil
}

// IndexCommenter is a [Commenter] whose indexes have comments as well.
type IndexCommenter interface {
	IndexComments(s ddl.CreateIndex) ([]SQL, error)
}

func createIndex(g Grammar, s ddl.CreateIndex) ([]SQL, error) {
	out, err := list(g.CreateIndex(s))
	c, ok := g.(IndexCommenter)
	if err != nil || !ok {
		return out, err
	}
	comments, err := c.IndexComments(s)
	if err != nil {
		return nil, err
	}
	return append(out, comments...), nil
}

// ConstraintHead is CONSTRAINT and the name, or nothing for a constraint without one.
func ConstraintHead(g Grammar, name string) (string, error) {
	if name == "" {
		return "", nil
	}
	q, err := g.Quote(name)
	return "CONSTRAINT " + q + " ", err
}

// ForeignKey spells a foreign key the way all databases here take it, without its name.
func ForeignKey(g Grammar, fk *schema.ForeignKeyDef) (string, error) {
	cols, err := QuoteList(g, fk.Columns)
	if err != nil {
		return "", err
	}
	ref, err := References(g, fk)
	return "FOREIGN KEY (" + cols + ") " + ref, err
}

// References spells the part of a foreign key that begins at REFERENCES.
func References(g Grammar, fk *schema.ForeignKeyDef) (string, error) {
	table, err := QuoteName(g, fk.RefTable)
	if err != nil {
		return "", err
	}
	cols, err := QuoteList(g, fk.RefColumns)
	if err != nil {
		return "", err
	}
	text := "REFERENCES " + table
	if cols != "" {
		text += " (" + cols + ")"
	}
	match, err := matchSQL(fk.Match)
	if err != nil {
		return "", err
	}
	onDelete, err := actionSQL(" ON DELETE ", fk.OnDelete)
	if err != nil {
		return "", err
	}
	onUpdate, err := actionSQL(" ON UPDATE ", fk.OnUpdate)
	if err != nil {
		return "", err
	}
	return text + match + onDelete + onUpdate + DeferralSQL(fk.Deferral), nil
}

// actionSQL spells an action of a foreign key; the words are SQL's, and no others pass.
func actionSQL(when string, a schema.Action) (string, error) {
	switch a {
	case schema.NoAction:
		return "", nil
	case schema.Restrict, schema.Cascade, schema.SetNull, schema.SetDefault:
		return when + string(a), nil
	default:
		return "", fmt.Errorf("%q is no action of a foreign key; there are %s, %s, %s and %s", a,
			schema.Restrict, schema.Cascade, schema.SetNull, schema.SetDefault)
	}
}

func matchSQL(kind string) (string, error) {
	switch kind = strings.ToUpper(kind); kind {
	case "":
		return "", nil
	case "FULL", "PARTIAL", "SIMPLE":
		return " MATCH " + kind, nil
	default:
		return "", fmt.Errorf("%q is no match of a foreign key; there are FULL, PARTIAL and SIMPLE", kind)
	}
}

// DeferralSQL spells a deferral, with a leading blank.
func DeferralSQL(d schema.Deferral) string {
	switch d {
	case schema.Deferrable:
		return " DEFERRABLE"
	case schema.InitiallyDeferred:
		return " DEFERRABLE INITIALLY DEFERRED"
	case schema.DeferralDefault:
	}
	return ""
}

// Spoken is a constraint as messages speak of it: its kind, and its name if it has one.
func Spoken(c schema.Constraint) string {
	if c.ConstraintName() == "" {
		return c.Kind().String()
	}
	return fmt.Sprintf("%s %q", c.Kind(), c.ConstraintName())
}
