package sqlite

import (
	"fmt"
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

// hiddenStored is what PRAGMA table_xinfo says of a generated column that is
// kept; 2 is one that is computed when read.
const hiddenStored = 3

// model makes the model of one table: columns as SQLite lists them, and what
// it does not list from the text of CREATE TABLE.
func (c *createTable) model(name schema.Name, infos []columnInfo) (*schema.Table, error) {
	if err := c.agrees(infos); err != nil {
		return nil, err
	}
	t := &schema.Table{Name: name}
	if c.strict {
		t.Options = schema.SetOption(t.Options, Strict())
	}
	if c.noRowid {
		t.Options = schema.SetOption(t.Options, WithoutRowid())
	}
	for i, info := range infos {
		t.Columns = append(t.Columns, c.column(info, c.columns[i]))
	}
	for i, col := range c.columns {
		c.columnConstraints(t, t.Columns[i], col)
	}
	for _, k := range c.table {
		c.constraint(t, k)
	}
	return t, nil
}

// agrees makes sure that the text is understood as SQLite understands it.
func (c *createTable) agrees(infos []columnInfo) error {
	if len(infos) != len(c.columns) {
		return fmt.Errorf("%w: its text has %d columns, SQLite lists %d", errSyntax, len(c.columns), len(infos))
	}
	for i, info := range infos {
		if c.columns[i].name != info.name {
			return fmt.Errorf("%w: column %d is %q in its text, SQLite lists %q", errSyntax, i+1, c.columns[i].name, info.name)
		}
	}
	return nil
}

func (c *createTable) cut(s span) string { return c.src[s.start:s.end] }

// column makes a column of what SQLite lists, with the clauses of its text.
func (c *createTable) column(info columnInfo, text columnText) *schema.ColumnDef {
	col := &schema.ColumnDef{Name: info.name, Type: parseType(c.cut(text.typeAt)), Nullable: !info.notNull}
	for _, k := range text.constraints {
		switch k.kind {
		case notNullClause:
			if k.conflict != "" {
				col.Options = schema.SetOption(col.Options, OnConflict(Resolution(k.conflict)))
			}
		case defaultClause:
			if k.bracketed {
				col.Default = readDefault(c.cut(k.expr))
			} else {
				col.Default = bareDefault(c.cut(k.expr))
			}
		case collateClause:
			col.Collation = k.collation
		case generatedClause:
			col.Computed = &schema.Computed{Expr: c.cut(k.expr), Storage: schema.Virtual}
			if info.hidden == hiddenStored {
				col.Computed.Storage = schema.Stored
			}
		case otherClause, primaryKeyClause, uniqueClause, checkClause, referencesClause, deferrableClause:
		}
	}
	return col
}

// columnConstraints makes constraints of the table of those that stand at a column.
func (c *createTable) columnConstraints(t *schema.Table, col *schema.ColumnDef, text columnText) {
	for i, k := range text.constraints {
		switch k.kind {
		case primaryKeyClause:
			k.terms = []keyTerm{{name: col.Name, plain: !k.desc}}
			pk := c.primaryKey(t, k)
			if k.desc {
				pk.Options = schema.SetOption(pk.Options, KeyTerms(quoteIdent(col.Name)+" DESC"))
			}
			if k.autoIncrement {
				AutoIncrement().AddToColumn(col)
			}
		case uniqueClause:
			k.terms = []keyTerm{{name: col.Name, plain: true}}
			c.constraint(t, k)
		case checkClause:
			c.constraint(t, k)
		case referencesClause:
			k.terms = []keyTerm{{name: col.Name}}
			if i+1 < len(text.constraints) && text.constraints[i+1].kind == deferrableClause {
				next := text.constraints[i+1].ref
				k.ref.deferrable, k.ref.deferred = next.deferrable, next.deferred
			}
			c.constraint(t, k)
		case otherClause, notNullClause, defaultClause, collateClause, generatedClause, deferrableClause:
		}
	}
}

// constraint adds a constraint to the table.
func (c *createTable) constraint(t *schema.Table, k constraintText) {
	switch k.kind {
	case primaryKeyClause:
		pk := c.primaryKey(t, k)
		if col := t.Column(pk.Columns[0]); k.autoIncrement && col != nil {
			AutoIncrement().AddToColumn(col)
		}
	case uniqueClause:
		u := &schema.UniqueDef{Name: k.name, Columns: termNames(t, k.terms), Options: conflictOption(k)}
		if o, ok := c.terms(k); ok {
			u.Options = schema.SetOption(u.Options, o)
		}
		t.Uniques = append(t.Uniques, u)
	case checkClause:
		t.Checks = append(t.Checks, &schema.CheckDef{Name: k.name, Expr: c.cut(k.expr), Options: conflictOption(k)})
	case referencesClause:
		t.ForeignKeys = append(t.ForeignKeys, foreignKey(t, k))
	case otherClause, notNullClause, defaultClause, collateClause, generatedClause, deferrableClause:
	}
}

func (c *createTable) primaryKey(t *schema.Table, k constraintText) *schema.PrimaryKeyDef {
	pk := &schema.PrimaryKeyDef{Name: k.name, Columns: termNames(t, k.terms), Options: conflictOption(k)}
	// A direction changes nothing where the key is the row's number; SQLite makes
	// an exception only for one that stands at the column.
	if o, ok := c.terms(k); ok && !c.numbers(t, pk) {
		pk.Options = schema.SetOption(pk.Options, o)
	}
	t.PrimaryKey = pk
	return pk
}

// numbers reports whether the key, standing behind the columns, is the number of the row.
func (c *createTable) numbers(t *schema.Table, pk *schema.PrimaryKeyDef) bool {
	return !c.noRowid && len(pk.Columns) == 1 && t.Column(pk.Columns[0]).Type.Equal(schema.Integer())
}

// terms is the option that gives a key's collations and directions, if it has any.
func (c *createTable) terms(k constraintText) (KeyTermsOption, bool) {
	plain := true
	var parts []string
	for _, t := range k.terms {
		plain = plain && t.plain
		parts = append(parts, c.cut(t.at))
	}
	return KeyTerms(normalTerms(strings.Join(parts, ", "), nil)), !plain && k.terms[0].at.end > 0
}

func conflictOption(k constraintText) []schema.Option {
	if k.conflict == "" {
		return nil
	}
	return []schema.Option{OnConflict(Resolution(k.conflict))}
}

func termNames(t *schema.Table, terms []keyTerm) []string {
	out := make([]string, len(terms))
	for i, term := range terms {
		out[i] = columnName(t, term.name)
	}
	return out
}

func foreignKey(t *schema.Table, k constraintText) *schema.ForeignKeyDef {
	fk := &schema.ForeignKeyDef{
		Name: k.name, Columns: termNames(t, k.terms), RefTable: schema.Name{Schema: t.Name.Schema, Name: k.ref.table}, RefColumns: k.ref.columns,
		OnDelete: schema.Action(k.ref.onDelete), OnUpdate: schema.Action(k.ref.onUpdate), Match: k.ref.match,
	}
	switch {
	case k.ref.deferred:
		fk.Deferral = schema.InitiallyDeferred
	case k.ref.deferrable:
		fk.Deferral = schema.Deferrable
	}
	return fk
}

// model makes the model of an index of a table.
func (c *createIndex) model(t *schema.Table) *schema.IndexDef {
	i := &schema.IndexDef{Name: c.name, Unique: c.unique, Where: c.src[c.where.start:c.where.end]}
	for _, p := range c.parts {
		part := schema.IndexPart{Collation: p.collation, Descending: p.desc}
		if name := columnName(t, p.column); p.column != "" && t.Column(name) != nil {
			part.Column = name
		} else {
			part.Expr = c.src[p.expr.start:p.expr.end]
		}
		i.Parts = append(i.Parts, part)
	}
	return i
}
