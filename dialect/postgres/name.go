package postgres

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/internal/pattern"
	"github.com/gomig-dev/gomig/schema"
)

// inventedName is the name that the server gives to a constraint without one:
// account_pkey, account_name_key. It is empty for checks, whose names go by the
// columns that the server finds in them.
//
// Where the name is taken the server puts a number behind it, so this is a
// guess, for scripts that no server answers.
func inventedName(table string, c schema.Constraint) string {
	switch c := c.(type) {
	case *schema.PrimaryKeyDef:
		return objectName(table, "", "pkey")
	case *schema.UniqueDef:
		cols := c.Columns
		if o, ok := schema.Find[IncludingOption](c.Options); ok {
			cols = append(cols[:len(cols):len(cols)], list(o.Columns)...)
		}
		return objectName(table, strings.Join(cols, "_"), "key")
	case *schema.ForeignKeyDef:
		return objectName(table, strings.Join(c.Columns, "_"), "fkey")
	}
	return ""
}

// madeUp is the end of a name that the server gives a constraint: account_name_key1.
var madeUp = pattern.Lazy(`_(check|key|fkey|excl)[0-9]*$`)

// MadeUp reports whether a name looks like one that the server made up.
func (server) MadeUp(_ schema.Constraint, name string) bool { return madeUp().MatchString(name) }

// objectName joins the parts of a name and shortens the longer ones until all
// fits, as the server's makeObjectName does.
// https://git.postgresql.org/gitweb/?p=postgresql.git;f=src/backend/commands/indexcmds.c
func objectName(table, columns, label string) string {
	room := maxIdentifier - len(label) - 1
	if columns != "" {
		room--
	}
	one, two := len(table), len(columns)
	for one+two > room {
		if one > two {
			one--
		} else {
			two--
		}
	}
	name := clip(table, one)
	if columns != "" {
		name += "_" + clip(columns, two)
	}
	return name + "_" + label
}

// clip is the longest beginning of s that has at most n bytes and breaks no character.
func clip(s string, n int) string {
	for n < len(s) && n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// dropConstraint drops a constraint. One without a name has the one that the
// server invented: the catalogue knows that of a primary key, of which there is
// one; offline it is guessed.
func (a *alteration) dropConstraint(action ddl.DropConstraint) error {
	if action.Name != "" {
		return a.drop("CONSTRAINT", action.Name, action.Guard)
	}
	name := ""
	switch {
	case action.Kind == schema.PrimaryKeyKind && a.cat != nil:
		var err error
		if name, err = a.primaryKey(); err != nil {
			return err
		}
	case action.Kind == schema.PrimaryKeyKind:
		name = objectName(a.name.Name, "", "pkey")
	case action.Was != nil && a.cat == nil:
		name = inventedName(a.name.Name, action.Was)
	}
	if name == "" {
		return errors.New("dropping a constraint: PostgreSQL needs its name")
	}
	return a.drop("CONSTRAINT", name, action.Guard)
}

func (a *alteration) primaryKey() (name string, err error) {
	query := "SELECT coalesce(min(conname::text), '') FROM pg_catalog.pg_constraint WHERE contype = 'p' AND conrelid = " + quoteLiteral(a.table) + "::regclass"
	if err := a.cat.Conn().QueryRowContext(a.ctx, query).Scan(&name); err != nil {
		return "", fmt.Errorf("finding the name of the primary key: %w", err)
	}
	return name, nil
}
