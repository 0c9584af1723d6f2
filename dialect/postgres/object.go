package postgres

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

var _ dialect.Objects = server{}

// Object spells the statements about objects beside tables.
func (s server) Object(ctx context.Context, cat dialect.Catalog, stmt ddl.ObjectStatement) ([]dialect.SQL, error) {
	switch stmt := stmt.(type) {
	case ddl.CreateSchema:
		return s.named("CREATE SCHEMA "+ifNotExists(stmt.Guard), schema.Name{Name: stmt.Name}, "")
	case ddl.DropSchema:
		return s.named("DROP SCHEMA "+ifExists(stmt.Guard), schema.Name{Name: stmt.Name}, cascade(stmt.Cascade))
	case ddl.RenameSchema:
		return s.renamed("ALTER SCHEMA ", schema.Name{Name: stmt.Name}, stmt.To)
	case ddl.CreateSequence:
		return s.sequence("CREATE SEQUENCE "+ifNotExists(stmt.Guard), stmt.Name, stmt.Clauses)
	case ddl.AlterSequence:
		return s.sequence("ALTER SEQUENCE "+ifExists(stmt.Guard), stmt.Name, stmt.Clauses)
	case ddl.RenameSequence:
		return s.renamed("ALTER SEQUENCE ", stmt.Name, stmt.To)
	case ddl.DropSequence:
		return s.named("DROP SEQUENCE "+ifExists(stmt.Guard), stmt.Name, cascade(stmt.Cascade))
	case ddl.CreateObject:
		return s.createObject(ctx, cat, stmt)
	case ddl.DropObject:
		return s.dropObject(stmt)
	case ddl.RefreshView:
		return s.refreshView(stmt)
	case ddl.CreateExtension:
		return s.createExtension(stmt)
	case ddl.DropExtension:
		return s.named("DROP EXTENSION "+ifExists(stmt.Guard), schema.Name{Name: stmt.Name}, cascade(stmt.Cascade))
	case ddl.RenameIndex:
		return s.renamed("ALTER INDEX ", schema.Name{Schema: stmt.Table.Schema, Name: stmt.Name}, stmt.To)
	case ddl.RenameEnum:
		return s.renamed("ALTER TYPE ", stmt.Name, stmt.To)
	case ddl.RenameEnumValue:
		return s.renameEnumValue(stmt)
	case ddl.RebuildEnum:
		return s.rebuildEnum(ctx, cat, stmt)
	}
	return nil, fmt.Errorf("PostgreSQL has no statement for %T", stmt)
}

// named is a statement that names one object.
func (s server) named(head string, name schema.Name, tail string) ([]dialect.SQL, error) {
	q, err := dialect.QuoteName(s, name)
	return one(head+q+tail, err)
}

// renamed is ALTER … RENAME TO; to has no schema of its own.
func (s server) renamed(head string, name schema.Name, to string) ([]dialect.SQL, error) {
	q, err := s.Quote(to)
	if err != nil {
		return nil, err
	}
	return s.named(head, name, " RENAME TO "+q)
}

func ifExists(g ddl.Guard) string {
	if g == ddl.IfExists {
		return "IF EXISTS "
	}
	return ""
}

func ifNotExists(g ddl.Guard) string {
	if g == ddl.IfNotExists {
		return "IF NOT EXISTS "
	}
	return ""
}

func cascade(on bool) string {
	if on {
		return " CASCADE"
	}
	return ""
}

// createExtension installs an extension.
func (s server) createExtension(stmt ddl.CreateExtension) ([]dialect.SQL, error) {
	tail := ""
	if stmt.Schema != "" {
		q, err := s.Quote(stmt.Schema)
		if err != nil {
			return nil, err
		}
		tail += " SCHEMA " + q
	}
	if stmt.Version != "" {
		v, err := literal(stmt.Version)
		if err != nil {
			return nil, err
		}
		tail += " VERSION " + v
	}
	return s.named("CREATE EXTENSION "+ifNotExists(stmt.Guard), schema.Name{Name: stmt.Name}, tail+cascade(stmt.Cascade))
}

// sequence spells CREATE and ALTER SEQUENCE, whose clauses are the same.
func (s server) sequence(head string, name schema.Name, clauses []ddl.SequenceClause) ([]dialect.SQL, error) {
	var tail strings.Builder
	for _, c := range clauses {
		text, err := s.sequenceClause(c)
		if err != nil {
			return nil, fmt.Errorf("sequence %q: %w", name, err)
		}
		tail.WriteString(" " + text)
	}
	return s.named(head, name, tail.String())
}

func (s server) sequenceClause(c ddl.SequenceClause) (string, error) {
	if text, ok := dialect.SequenceClause(c); ok {
		return text, nil
	}
	switch c.Kind {
	case ddl.SequenceType:
		for _, t := range []string{"SMALLINT", "INTEGER", "BIGINT"} {
			if strings.EqualFold(c.Text, t) {
				return "AS " + t, nil
			}
		}
		return "", fmt.Errorf("%q is no type of a sequence; there are SMALLINT, INTEGER and BIGINT", c.Text)
	case ddl.SequenceNoCycle:
		return "NO CYCLE", nil
	case ddl.SequenceOwner:
		return s.sequenceOwner(c)
	default:
		return "", errors.New("it has a clause of no known kind")
	}
}

func (s server) sequenceOwner(c ddl.SequenceClause) (string, error) {
	if c.Table.Name == "" && c.Text == "" {
		return "OWNED BY NONE", nil
	}
	table, err := dialect.QuoteName(s, c.Table)
	if err != nil {
		return "", err
	}
	column, err := s.Quote(c.Text)
	return "OWNED BY " + table + "." + column, err
}
