package postgres

import (
	"errors"
	"fmt"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
)

func (s server) createEnum(stmt ddl.CreateEnum) ([]dialect.SQL, error) {
	if stmt.Guard == ddl.IfNotExists {
		return nil, fmt.Errorf("creating type %q: PostgreSQL has no CREATE TYPE IF NOT EXISTS; look whether it is there, or drop it with IF EXISTS before", stmt.Name)
	}
	name, err := dialect.QuoteName(s, stmt.Name)
	if err != nil {
		return nil, err
	}
	values := make([]string, len(stmt.Values))
	for i, v := range stmt.Values {
		if values[i], err = label(v); err != nil {
			return nil, fmt.Errorf("creating type %q: %w", stmt.Name, err)
		}
	}
	return one("CREATE TYPE "+name+" AS ENUM ("+strings.Join(values, ", ")+")", nil)
}

// label spells a value of an enumeration, which is limited as a name is.
func label(value string) (string, error) {
	if value == "" {
		return "", errors.New("an enumeration has no empty value on PostgreSQL")
	}
	if len(value) > maxIdentifier {
		return "", fmt.Errorf("the value %q has %d bytes, PostgreSQL takes at most %d", value, len(value), maxIdentifier)
	}
	return literal(value)
}

func (s server) dropEnum(stmt ddl.DropEnum) ([]dialect.SQL, error) {
	name, err := dialect.QuoteName(s, stmt.Name)
	if stmt.Guard == ddl.IfExists {
		name = "IF EXISTS " + name
	}
	return one("DROP TYPE "+name, err)
}

// addEnumValue runs within a transaction. The value cannot be used before that
// is committed, unless the type was made in it as well; a revision that goes on
// to use it needs an autocommit block around the addition.
// https://www.postgresql.org/docs/current/sql-altertype.html#SQL-ALTERTYPE-NOTES
func (s server) addEnumValue(stmt ddl.AddEnumValue) ([]dialect.SQL, error) {
	name, err := dialect.QuoteName(s, stmt.Name)
	if err != nil {
		return nil, err
	}
	value, err := label(stmt.Value)
	if err != nil {
		return nil, fmt.Errorf("adding to type %q: %w", stmt.Name, err)
	}
	place, neighbour := "", ""
	switch {
	case stmt.Before != "" && stmt.After != "":
		return nil, fmt.Errorf("adding %q to type %q: it goes before %q or after %q, not both", stmt.Value, stmt.Name, stmt.Before, stmt.After)
	case stmt.Before != "":
		place, neighbour = " BEFORE ", stmt.Before
	case stmt.After != "":
		place, neighbour = " AFTER ", stmt.After
	}
	if neighbour != "" {
		text, err := label(neighbour)
		if err != nil {
			return nil, err
		}
		place += text
	}
	return one("ALTER TYPE "+name+" ADD VALUE "+value+place, nil)
}
