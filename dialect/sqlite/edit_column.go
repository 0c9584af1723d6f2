package sqlite

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// alterColumn changes what is named of a column, clause by clause.
func (r *rewrite) alterColumn(act ddl.AlterColumn) error {
	i, err := r.column(act.Name)
	if err != nil {
		return err
	}
	if act.Change != ddl.NoAspect && act.New == nil {
		return fmt.Errorf("column %q: it is not said what it becomes", act.Name)
	}
	for _, step := range []struct {
		aspect ddl.Aspect
		do     func(int, ddl.AlterColumn) error
	}{
		{ddl.TypeAspect, r.setType},
		{ddl.AutoIncrementAspect | ddl.IdentityAspect, r.setNumbering},
		{ddl.CollationAspect, r.setCollation},
		{ddl.NullableAspect, r.setNullable},
		{ddl.DefaultAspect, r.setDefault},
		{ddl.ComputedAspect, r.setComputed},
		{ddl.OptionsAspect, r.setColumnOptions},
	} {
		if act.Change.Any(step.aspect) {
			if err := step.do(i, act); err != nil {
				return fmt.Errorf("column %q: %w", act.Name, err)
			}
		}
	}
	if act.Place == (ddl.Place{}) {
		return nil
	}
	return r.moveColumn(i, act.Place)
}

// setType changes the type, and converts the values where the kind of value changes.
func (r *rewrite) setType(i int, act ddl.AlterColumn) error {
	typ := act.New.Type.For(names...)
	if r.table.strict {
		typ = strictType(typ)
	}
	text, err := r.a.d.Type(typ)
	if err != nil {
		return err
	}
	// The number of a row is of type INTEGER, which holds integers of every size.
	if _, isInt := typ.Def().(schema.IntegerType); isInt && r.table.numbersRows() == i && (act.New.AutoIncrement || !act.Change.Any(ddl.AutoIncrementAspect)) {
		return nil
	}
	old := r.table.columns[i]
	cast := conversion(parseType(r.table.cut(old.typeAt)), typ)
	for n := range r.moves {
		if sameName(r.moves[n].name, old.name) && cast {
			r.moves[n].cast = text
		}
	}
	return r.set(r.table.setType(i, text))
}

// valueKind is the kind of value that a type holds, as SQLAlchemy groups types.
func valueKind(t schema.Type) string {
	switch def := t.Def().(type) {
	case schema.IntegerType:
		return "integer"
	case schema.BooleanType:
		return "boolean"
	case schema.StringType, schema.TextType, schema.EnumType:
		return "text"
	case schema.NumericType, schema.FloatType, schema.DoubleType:
		return "number"
	case schema.BinaryType:
		return "bytes"
	case StorageType:
		return map[string]string{"INT": "integer", "REAL": "number"}[def.Name]
	case schema.RawType:
		switch affinityOf(def.SQL) {
		case integerAffinity:
			return "integer"
		case textAffinity:
			return "text"
		case realAffinity:
			return "number"
		case blobAffinity, numericAffinity:
		}
		if strings.HasPrefix(def.SQL, "DECIMAL") {
			return "number"
		}
	}
	return "" // dates, JSON and the like: SQLite's CAST would cut '2026-01-02' down to 2026
}

// conversion reports whether values must be cast: storing them does not turn
// every value into one of the new kind.
func conversion(from, to schema.Type) bool {
	kind := valueKind(to)
	return kind != "" && kind != valueKind(from)
}

// setNumbering lets the column number the rows, with or without AUTOINCREMENT.
func (r *rewrite) setNumbering(i int, act ddl.AlterColumn) error {
	c := act.New
	if c.Identity != nil && !plainIdentity(*c.Identity) {
		return errIdentity
	}
	if !c.AutoIncrement && c.Identity == nil {
		return r.setAutoIncrement(i, false)
	}
	if !r.table.isInteger(i) {
		if err := r.set(r.table.setType(i, "INTEGER")); err != nil {
			return err
		}
	}
	if r.table.numbersRows() != i && !r.keyedLater(c) {
		return errors.New("SQLite numbers only a table's whole primary key, and none WITHOUT ROWID")
	}
	if !act.Change.Any(ddl.OptionsAspect) && !has[AutoIncrementOption](c.Options) {
		return nil
	}
	return r.setAutoIncrement(i, has[AutoIncrementOption](c.Options))
}

// keyedLater reports whether a key of the same group, which stands behind, makes
// the column the number of the row.
func (r *rewrite) keyedLater(c *schema.ColumnDef) bool {
	return slices.ContainsFunc(r.a.actions, func(act ddl.Action) bool { return keysAlone(act, c.Name) })
}

// unnumbered is a new column without the wish to be numbered, if a key that
// comes behind it makes it the number of the row.
func (r *rewrite) unnumbered(c *schema.ColumnDef) *schema.ColumnDef {
	numbered := c.AutoIncrement || c.Identity != nil && plainIdentity(*c.Identity)
	if !numbered || !slices.ContainsFunc(r.a.actions, func(act ddl.Action) bool { return keysAlone(act, c.Name) }) {
		return c
	}
	c = c.Clone()
	c.Type, c.AutoIncrement, c.Identity = schema.Integer(), false, nil
	c.Options = schema.UnsetOption(c.Options, AutoIncrementOption{}.OptionKey())
	return c
}

// keysAlone reports whether an action adds a primary key of this column alone.
func keysAlone(act ddl.Action, column string) bool {
	add, ok := act.(ddl.AddConstraint)
	if !ok {
		return false
	}
	pk, ok := add.Constraint.(*schema.PrimaryKeyDef)
	return ok && len(pk.Columns) == 1 && pk.Columns[0] == column && !descends(pk)
}

// numberKey writes AUTOINCREMENT at a new key whose column was added or changed with it.
func (r *rewrite) numberKey(c schema.Constraint) error {
	pk, ok := c.(*schema.PrimaryKeyDef)
	if !ok {
		return nil
	}
	for _, act := range r.a.actions {
		var c *schema.ColumnDef
		switch act := act.(type) {
		case ddl.AddColumn:
			c = act.Column
		case ddl.AlterColumn:
			c = act.New
		}
		if c != nil && len(pk.Columns) == 1 && pk.Columns[0] == c.Name && has[AutoIncrementOption](c.Options) {
			return r.setAutoIncrement(r.table.columnIndex(c.Name), true)
		}
	}
	return nil
}

// setAutoIncrement writes or takes away the keyword AUTOINCREMENT.
func (r *rewrite) setAutoIncrement(i int, want bool) error {
	if r.table.autoIncrements() == want || r.table.numbersRows() != i {
		return nil
	}
	key := r.keyOf(i)
	if !want {
		for _, t := range scan(r.table.cut(key.span)) {
			at := span{key.start + t.start, key.start + t.end}
			if t.kind == word && strings.EqualFold(r.table.cut(at), "AUTOINCREMENT") {
				return r.set(r.table.apply(r.table.without(at)))
			}
		}
		return nil
	}
	end := key.end
	if len(key.terms) > 0 {
		end = key.terms[0].at.end
	}
	return r.set(r.table.apply(edit{span{end, end}, " AUTOINCREMENT"}))
}

// keyOf is the primary key, at the column or of the table.
func (r *rewrite) keyOf(i int) constraintText {
	if n := r.table.clause(i, primaryKeyClause); n >= 0 {
		return r.table.columns[i].constraints[n]
	}
	for _, k := range r.table.table {
		if k.kind == primaryKeyClause {
			return k
		}
	}
	return constraintText{}
}

func (r *rewrite) setCollation(i int, act ddl.AlterColumn) error {
	text := ""
	if act.New.Collation != "" {
		q, err := r.a.d.Quote(act.New.Collation)
		if err != nil {
			return err
		}
		text = "COLLATE " + q
	}
	return r.set(r.table.setClause(i, collateClause, text))
}

func (r *rewrite) setNullable(i int, act ddl.AlterColumn) error {
	if act.New.Nullable {
		return r.set(r.table.setClause(i, notNullClause, ""))
	}
	conflict, err := r.a.d.conflict(act.New.Options)
	if err != nil {
		return err
	}
	return r.setNotNull(i, "NOT NULL"+conflict)
}

// setNotNull adds NOT NULL, or leaves the one that is there with its ON CONFLICT.
func (r *rewrite) setNotNull(i int, text string) error {
	if r.table.clause(i, notNullClause) >= 0 {
		return nil
	}
	// A clause NULL, which SQLite takes and ignores, would now say the opposite.
	for _, k := range r.table.columns[i].constraints {
		if k.kind == otherClause && k.name == "" {
			return r.set(r.table.apply(edit{k.span, text}))
		}
	}
	return r.set(r.table.setClause(i, notNullClause, text))
}

func (r *rewrite) setDefault(i int, act ddl.AlterColumn) error {
	text := ""
	if e := act.New.Default.For(names...); !e.IsZero() {
		sql, err := r.a.d.defaultSQL(e)
		if err != nil {
			return err
		}
		text = "DEFAULT " + sql
	}
	return r.set(r.table.setClause(i, defaultClause, text))
}

// setComputed makes the column a generated one, another one, or an ordinary one
// that keeps the values it had.
func (r *rewrite) setComputed(i int, act ddl.AlterColumn) error {
	text := ""
	if g := act.New.Computed; g != nil {
		if g.Expr == "" {
			return errors.New("the column is computed from nothing: its expression is empty")
		}
		text = "GENERATED ALWAYS AS (" + closed(r.textExpr(g.Expr)) + ")"
		if g.Storage == schema.Stored {
			text += " STORED"
		}
	}
	return r.set(r.table.setClause(i, generatedClause, text))
}

// setColumnOptions changes what happens to a row that violates NOT NULL.
func (r *rewrite) setColumnOptions(i int, act ddl.AlterColumn) error {
	if err := r.setAutoIncrement(i, has[AutoIncrementOption](act.New.Options)); err != nil {
		return err
	}
	conflict, err := r.a.d.conflict(act.New.Options)
	if err != nil || r.table.clause(i, notNullClause) < 0 {
		return err
	}
	return r.set(r.table.setClause(i, notNullClause, "NOT NULL"+conflict))
}

// moveColumn puts the column at index i where place says.
func (r *rewrite) moveColumn(i int, place ddl.Place) error {
	name := r.table.columns[i].name
	order := slices.DeleteFunc(r.names(), func(n string) bool { return sameName(n, name) })
	at := 0
	if !place.First {
		beside := r.textName(place.After + place.Before)
		at = slices.IndexFunc(order, func(n string) bool { return sameName(n, beside) })
		if at < 0 {
			return fmt.Errorf("column %q: there is no column %q to put it beside", name, beside)
		}
		if place.After != "" {
			at++
		}
	}
	return r.set(r.table.reorder(slices.Insert(order, at, name)))
}
