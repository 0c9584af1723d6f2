package mysql

import (
	"context"
	"errors"
	"fmt"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

var _ dialect.Objects = (*Dialect)(nil)

// Object spells the statements about objects beside tables.
func (d *Dialect) Object(ctx context.Context, cat dialect.Catalog, s ddl.ObjectStatement) ([]dialect.SQL, error) {
	switch s := s.(type) {
	case ddl.CreateSchema:
		return d.named("CREATE SCHEMA "+guard(s.Guard, ddl.IfNotExists, "IF NOT EXISTS "), schema.Name{Name: s.Name}, "")
	case ddl.DropSchema:
		return d.dropSchema(ctx, cat, s)
	case ddl.RenameSchema:
		return nil, fmt.Errorf("renaming schema %q: %s cannot; create %q, rename each table into it by SQL of your own, and drop the old one", s.Name, d.product(), s.To)
	case ddl.CreateSequence:
		return d.sequence("CREATE SEQUENCE "+guard(s.Guard, ddl.IfNotExists, "IF NOT EXISTS "), s.Name, s.Clauses)
	case ddl.AlterSequence:
		return d.sequence("ALTER SEQUENCE "+guard(s.Guard, ddl.IfExists, "IF EXISTS "), s.Name, s.Clauses)
	case ddl.RenameSequence:
		return d.renameSequence(s)
	case ddl.DropSequence:
		if d.is(MySQL) {
			return nil, d.noSequence(s.Name)
		}
		return d.named("DROP SEQUENCE "+guard(s.Guard, ddl.IfExists, "IF EXISTS "), s.Name, "")
	case ddl.CreateObject:
		return d.createObject(ctx, cat, s)
	case ddl.DropObject:
		return d.dropObject(s)
	case ddl.RefreshView:
		return nil, d.noObject(ddl.Object{Kind: ddl.MaterializedViewKind, Name: s.Name})
	case ddl.CreateExtension:
		return nil, d.noExtension(s.Name)
	case ddl.DropExtension:
		return nil, d.noExtension(s.Name)
	case ddl.RenameIndex:
		return d.renameIndex(s)
	case ddl.RenameEnum:
		return nil, nil // the values stand in each column's type, which has no name
	case ddl.RenameEnumValue:
		return nil, d.noEnum("renaming a value of", s.Name)
	case ddl.RebuildEnum:
		return nil, d.noEnum("rebuilding", s.Name)
	}
	return nil, fmt.Errorf("compiling %T: unknown statement", s)
}

func (d *Dialect) noEnum(what string, name schema.Name) error {
	return fmt.Errorf("%s the enumeration %q: on %s the values stand in the columns' types: alter the type of each column", what, name, d.product())
}

func (d *Dialect) noExtension(name string) error {
	return fmt.Errorf("extension %q: %s has none: say it only where o.Dialect() is \"postgresql\"", name, d.product())
}

// named is a statement that names one object.
func (d *Dialect) named(head string, name schema.Name, tail string) ([]dialect.SQL, error) {
	q, err := dialect.QuoteName(d, name)
	if err != nil {
		return nil, err
	}
	return []dialect.SQL{{Text: head + q + tail}}, nil
}

func guard(have, want ddl.Guard, text string) string {
	if have == want {
		return text
	}
	return ""
}

// dropSchema drops a database. The server would drop all that is in it without
// a word, so that one which may hold something goes only by Cascade.
func (d *Dialect) dropSchema(ctx context.Context, cat dialect.Catalog, s ddl.DropSchema) ([]dialect.SQL, error) {
	wrap := func(err error) error { return fmt.Errorf("dropping schema %q: %w", s.Name, err) }
	if !s.Cascade {
		if cat == nil || cat.Conn() == nil {
			return nil, wrap(fmt.Errorf("%s drops a schema with all that is in it, and a script cannot look whether it is empty: say op.Cascade if that is meant", d.product()))
		}
		text, err := d.literal(s.Name)
		if err != nil {
			return nil, wrap(err)
		}
		var n int
		query := "SELECT (SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = " + text + ") + " +
			"(SELECT COUNT(*) FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = " + text + ")"
		if err := cat.Conn().QueryRowContext(ctx, query).Scan(&n); err != nil {
			return nil, wrap(fmt.Errorf("looking whether it is empty: %w", err))
		}
		if n > 0 {
			return nil, wrap(fmt.Errorf("it still holds %d tables, views and routines, which %s would drop with it: drop them before, or say op.Cascade", n, d.product()))
		}
	}
	return d.named("DROP SCHEMA "+guard(s.Guard, ddl.IfExists, "IF EXISTS "), schema.Name{Name: s.Name}, "")
}

// renameIndex is a change of the table.
func (d *Dialect) renameIndex(s ddl.RenameIndex) ([]dialect.SQL, error) {
	if s.Table.Name == "" {
		return nil, fmt.Errorf("renaming index %q: %s must know its table", s.Name, d.product())
	}
	from, err := d.Quote(s.Name)
	if err != nil {
		return nil, err
	}
	to, err := d.Quote(s.To)
	if err != nil {
		return nil, err
	}
	return d.named("ALTER TABLE ", s.Table, " RENAME INDEX "+from+" TO "+to)
}

// renameConstraint renames a unique constraint by its index; the servers rename
// no other, so that one is dropped and added again.
func (a *alteration) renameConstraint(s ddl.RenameConstraint) error {
	wrap := func(err error) error { return fmt.Errorf("renaming constraint %q: %w", s.Name, err) }
	if s.Kind == schema.PrimaryKeyKind {
		return wrap(fmt.Errorf("a primary key has no name of its own on %s", a.d.product()))
	}
	if s.Kind == schema.UniqueKind {
		return a.renameUnique(s)
	}
	was, err := a.constraint(s)
	if err != nil {
		return wrap(err)
	}
	if was.Kind() == schema.UniqueKind {
		return a.renameUnique(s)
	}
	if err := a.dropConstraint(ddl.DropConstraint{Name: s.Name, Kind: was.Kind(), Was: was}); err != nil {
		return wrap(err)
	}
	if was.Kind() == schema.ForeignKeyKind {
		if err := a.renameMade(s); err != nil {
			return wrap(err)
		}
	}
	was = schema.CloneConstraint(was)
	switch c := was.(type) {
	case *schema.CheckDef:
		c.Name = s.To
	case *schema.ForeignKeyDef:
		c.Name = s.To
	case *schema.PrimaryKeyDef, *schema.UniqueDef, *schema.ExcludeDef:
		return wrap(fmt.Errorf("%s renames no %s", a.d.product(), was.Kind()))
	}
	return a.addConstraint(ddl.AddConstraint{Constraint: was})
}

func (a *alteration) renameUnique(s ddl.RenameConstraint) error {
	from, err := a.d.Quote(s.Name)
	if err != nil {
		return err
	}
	to, err := a.d.Quote(s.To)
	if err != nil {
		return err
	}
	a.clause("RENAME INDEX " + from + " TO " + to)
	return nil
}

// constraint is the constraint of that name, as it was said or as the server has it.
func (a *alteration) constraint(s ddl.RenameConstraint) (schema.Constraint, error) {
	if s.Was != nil {
		return s.Was, nil
	}
	if !a.online() {
		return nil, fmt.Errorf("%s must drop and add it, and a script does not know what it says: say it by op.ExistingConstraint, or run online", a.d.product())
	}
	table, err := a.reflected()
	if err != nil {
		return nil, err
	}
	for _, c := range table.Constraints() {
		if c.ConstraintName() == s.Name && (s.Kind == 0 || s.Kind == c.Kind()) {
			return c, nil
		}
	}
	if table.Index(s.Name) != nil {
		return schema.UniqueConstraint(s.Name), nil // a unique index, which is renamed alike
	}
	return nil, errors.New("the table has none of that name")
}

func (a *alteration) validateConstraint(s ddl.ValidateConstraint) error {
	return fmt.Errorf("validating constraint %q: %s checks the rows when a constraint is added, and never again: leave it out", s.Name, a.d.product())
}
