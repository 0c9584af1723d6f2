package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

var _ dialect.Objects = database{}

// Object spells the statements about objects beside tables. What SQLite has
// nothing of is an error that says what there is instead.
func (d database) Object(ctx context.Context, cat dialect.Catalog, s ddl.ObjectStatement) ([]dialect.SQL, error) {
	switch s := s.(type) {
	case ddl.CreateObject:
		return d.createObject(s)
	case ddl.DropObject:
		return d.dropObject(s)
	case ddl.RenameIndex:
		return d.renameIndex(ctx, cat, s)
	case ddl.RenameEnum:
		return nil, nil // an enumeration is the text in its columns, which has no name
	case ddl.RenameEnumValue:
		return nil, fmt.Errorf("renaming a value of the enumeration %q: in SQLite it is the text in its columns: update the rows that hold %q", s.Name, s.Value)
	case ddl.RebuildEnum:
		return nil, fmt.Errorf("rebuilding the enumeration %q: in SQLite it is the text in its columns: update the rows, and change the checks of the columns", s.Name)
	case ddl.CreateSchema:
		return nil, noSchema(s.Name)
	case ddl.DropSchema:
		return nil, noSchema(s.Name)
	case ddl.RenameSchema:
		return nil, noSchema(s.Name)
	case ddl.CreateSequence:
		return nil, noSequence(s.Name)
	case ddl.AlterSequence:
		return nil, noSequence(s.Name)
	case ddl.RenameSequence:
		return nil, noSequence(s.Name)
	case ddl.DropSequence:
		return nil, noSequence(s.Name)
	case ddl.RefreshView:
		return nil, noObject(ddl.Object{Kind: ddl.MaterializedViewKind, Name: s.Name})
	case ddl.CreateExtension:
		return nil, noExtension(s.Name)
	case ddl.DropExtension:
		return nil, noExtension(s.Name)
	}
	return nil, fmt.Errorf("compiling %T: SQLite has no such statement", s)
}

func noSchema(name string) error {
	return fmt.Errorf("schema %q: in SQLite a schema is a file: attach it to the connection by ATTACH, or leave the schema out", name)
}

func noSequence(name schema.Name) error {
	return fmt.Errorf("sequence %q: SQLite has no sequences: number the rows by an INTEGER PRIMARY KEY, or keep the number in a table", name)
}

func noExtension(name string) error {
	return fmt.Errorf("extension %q: SQLite loads extensions into a connection, not into a database: say it only where o.Dialect() is \"postgresql\"", name)
}

// noObject says that SQLite has no objects of that kind, and what instead.
func noObject(o ddl.Object) error {
	switch o.Kind {
	case ddl.MaterializedViewKind:
		return fmt.Errorf("materialized view %q: SQLite has none: create a view, or a table that is filled by a query", o.Name)
	case ddl.FunctionKind, ddl.ProcedureKind:
		return fmt.Errorf("%s %q: SQLite has none: the program that opens the database registers its functions", o.Kind, o.Name)
	case ddl.EventKind:
		return fmt.Errorf("event %q: SQLite has none: it needs a scheduler outside", o.Name)
	case ddl.ViewKind, ddl.TriggerKind:
	}
	return nil
}

// createObject makes a view or trigger. SQLite has no OR REPLACE: the one before is dropped.
func (d database) createObject(s ddl.CreateObject) ([]dialect.SQL, error) {
	o := s.Object
	if err := noObject(o); err != nil {
		return nil, err
	}
	wrap := func(err error) error { return fmt.Errorf("creating %s %q: %w", o.Kind, o.Name, err) }
	name, err := d.objectName(o)
	if err != nil {
		return nil, wrap(err)
	}
	text := strings.TrimRight(strings.TrimSpace(o.Definition), "; \t\r\n")
	if text == "" {
		return nil, wrap(errors.New("it has no definition"))
	}
	if strings.IndexByte(text, 0) >= 0 {
		return nil, wrap(errNUL)
	}
	separator := " "
	if o.Kind == ddl.ViewKind {
		separator = " AS\n"
	}
	var out []dialect.SQL
	if s.Replace {
		if out, err = d.dropObject(ddl.DropObject{Object: o, Guard: ddl.IfExists}); err != nil {
			return nil, err
		}
	}
	guard := ""
	if s.Guard == ddl.IfNotExists {
		guard = "IF NOT EXISTS "
	}
	return append(out, dialect.SQL{Text: "CREATE " + strings.ToUpper(o.Kind.String()) + " " + guard + name + separator + text}), nil
}

// objectName quotes the name of an object; a trigger lies in the file of its table.
func (d database) objectName(o ddl.Object) (string, error) {
	if o.Kind == ddl.TriggerKind {
		return dialect.QuoteName(d, schema.Name{Schema: o.Table.Schema, Name: o.Name.Name})
	}
	return dialect.QuoteName(d, o.Name)
}

func (d database) dropObject(s ddl.DropObject) ([]dialect.SQL, error) {
	if err := noObject(s.Object); err != nil {
		return nil, err
	}
	name, err := d.objectName(s.Object)
	if err != nil {
		return nil, fmt.Errorf("dropping %s %q: %w", s.Object.Kind, s.Object.Name, err)
	}
	if s.Guard == ddl.IfExists {
		name = "IF EXISTS " + name
	}
	return []dialect.SQL{{Text: "DROP " + strings.ToUpper(s.Object.Kind.String()) + " " + name}}, nil
}

// renameIndex makes the index again under its new name, from its own text.
func (d database) renameIndex(ctx context.Context, cat dialect.Catalog, s ddl.RenameIndex) ([]dialect.SQL, error) {
	wrap := func(err error) error { return fmt.Errorf("renaming index %q: %w", s.Name, err) }
	drop, err := d.DropIndex(ddl.DropIndex{Table: s.Table, Name: s.Name})
	if err != nil {
		return nil, wrap(err)
	}
	to, err := dialect.QuoteName(d, schema.Name{Schema: s.Table.Schema, Name: s.To})
	if err != nil {
		return nil, wrap(err)
	}
	if cat != nil && cat.Conn() != nil {
		text, err := d.indexText(ctx, cat.Conn(), s)
		if err == nil {
			text, err = retitled(text, to)
		}
		if err != nil {
			return nil, wrap(err)
		}
		return []dialect.SQL{drop, {Text: text}}, nil
	}
	if s.Was == nil {
		return nil, wrap(errors.New("SQLite must make it again, and a script does not know what it looks like: say it by op.ExistingIndex, or run online"))
	}
	renamed := s.Was.Clone()
	renamed.Name = s.To
	create, err := d.CreateIndex(ddl.CreateIndex{Table: s.Table, Index: renamed})
	if err != nil {
		return nil, wrap(err)
	}
	return []dialect.SQL{drop, create}, nil
}

// indexText is the statement that made an index.
func (d database) indexText(ctx context.Context, conn dialect.Conn, s ddl.RenameIndex) (string, error) {
	file := s.Table.Schema
	if file == "" {
		file = "main"
	}
	var text sql.NullString
	err := conn.QueryRowContext(ctx, "SELECT sql FROM "+quoteIdent(file)+".sqlite_master WHERE type = 'index' AND name = ? COLLATE NOCASE", s.Name).Scan(&text)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return "", errors.New("there is no such index")
	case err != nil:
		return "", err
	case text.String == "":
		return "", errors.New("it belongs to a constraint, whose name is the constraint's: rename that")
	}
	return text.String, nil
}

// retitled is a CREATE INDEX with another name, which is quoted already.
func retitled(text, name string) (string, error) {
	p := newParser(text)
	for !p.done() && !p.at("INDEX") {
		p.advance()
	}
	p.expect("INDEX")
	from := p.here()
	p.ident()
	if p.err != nil {
		return "", p.err
	}
	return text[:from] + name + text[p.last():], nil
}
