package postgres

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// createObject makes a view, trigger or routine.
func (s server) createObject(ctx context.Context, cat dialect.Catalog, stmt ddl.CreateObject) ([]dialect.SQL, error) {
	o := stmt.Object
	wrap := func(err error) error { return fmt.Errorf("creating %s %q: %w", o.Kind, o.Name, err) }
	name, err := s.objectName(o)
	if err != nil {
		return nil, wrap(err)
	}
	body, err := definition(o.Definition)
	if err != nil {
		return nil, wrap(err)
	}
	guard := ""
	if stmt.Guard == ddl.IfNotExists {
		if o.Kind != ddl.MaterializedViewKind {
			return nil, wrap(fmt.Errorf("PostgreSQL has no IF NOT EXISTS of a %s: say op.OrReplace instead", o.Kind))
		}
		guard = "IF NOT EXISTS "
	}
	var out []dialect.SQL
	head := "CREATE "
	if stmt.Replace {
		before := o
		before.Definition = stmt.Was
		if s.dropsFirst(stmt) {
			if out, err = s.dropObject(ddl.DropObject{Object: before, Guard: ddl.IfExists}); err != nil {
				return nil, err
			}
		} else {
			head = "CREATE OR REPLACE "
		}
	}
	what, err := s.objectWord(o.Kind)
	if err != nil {
		return nil, wrap(err)
	}
	settings, err := s.withSettings(ctx, cat, stmt)
	if err != nil {
		return nil, wrap(err)
	}
	return append(out, dialect.SQL{Text: head + what + " " + guard + name + settings + body(o.Kind)}), nil
}

// dropsFirst reports whether what is replaced must be dropped before: a
// materialized view, and a routine with other arguments, which would stand beside it.
func (s server) dropsFirst(stmt ddl.CreateObject) bool {
	switch o := stmt.Object; {
	case stmt.Anew, o.Kind == ddl.MaterializedViewKind:
		return true
	case o.Kind == ddl.TriggerKind:
		return !s.has.has(compression) // CREATE OR REPLACE TRIGGER came with version 14 as well
	case o.Kind == ddl.FunctionKind || o.Kind == ddl.ProcedureKind:
		return stmt.Was != "" && signature(stmt.Was) != signature(o.Definition)
	}
	return false
}

// definition is what follows the name of an object.
func definition(text string) (func(ddl.ObjectKind) string, error) {
	text = strings.TrimRight(strings.TrimSpace(text), "; \t\r\n")
	if text == "" {
		return nil, errors.New("it has no definition")
	}
	if strings.Contains(text, "\x00") {
		return nil, errors.New("its definition holds a NUL")
	}
	return func(k ddl.ObjectKind) string {
		if k == ddl.ViewKind || k == ddl.MaterializedViewKind {
			return " AS\n" + text
		}
		return " " + text
	}, nil
}

func (s server) objectWord(k ddl.ObjectKind) (string, error) {
	if k == ddl.EventKind {
		return "", errors.New("PostgreSQL has no events: use the extension pg_cron, or a scheduler outside")
	}
	return strings.ToUpper(k.String()), nil
}

// objectName quotes the name of an object; that of a trigger has no schema, it is its table's.
func (s server) objectName(o ddl.Object) (string, error) {
	if o.Kind == ddl.TriggerKind {
		return s.Quote(o.Name.Name)
	}
	return dialect.QuoteName(s, o.Name)
}

// dropObject drops a view, trigger or routine. A routine is named with its
// arguments where its definition tells them: its name may not be the only one.
func (s server) dropObject(stmt ddl.DropObject) ([]dialect.SQL, error) {
	o := stmt.Object
	wrap := func(err error) error { return fmt.Errorf("dropping %s %q: %w", o.Kind, o.Name, err) }
	what, err := s.objectWord(o.Kind)
	if err != nil {
		return nil, wrap(err)
	}
	name, err := s.objectName(o)
	if err != nil {
		return nil, wrap(err)
	}
	switch o.Kind {
	case ddl.TriggerKind:
		if o.Table.Name == "" {
			return nil, wrap(errors.New("PostgreSQL drops a trigger by its table: say which"))
		}
		table, err := dialect.QuoteName(s, o.Table)
		if err != nil {
			return nil, wrap(err)
		}
		name += " ON " + table
	case ddl.FunctionKind, ddl.ProcedureKind:
		name += signature(o.Definition)
	case ddl.ViewKind, ddl.MaterializedViewKind, ddl.EventKind:
	}
	return []dialect.SQL{{Text: "DROP " + what + " " + ifExists(stmt.Guard) + name + cascade(stmt.Cascade)}}, nil
}

// signature is the list of arguments that a routine's definition begins with, as
// DROP takes it: without the defaults. It is empty if there is none to be read.
func signature(definition string) string {
	tokens, ok := lexHead(definition)
	if !ok {
		return ""
	}
	var args, arg []string
	depth, inDefault := 0, false
	end := func() {
		if len(arg) > 0 {
			args = append(args, strings.Join(arg, " "))
		}
		arg, inDefault = nil, false
	}
	for _, t := range tokens[1 : len(tokens)-1] {
		switch {
		case t.is("(") || t.is("["):
			depth++
		case t.is(")") || t.is("]"):
			depth--
		case depth == 0 && t.is(","):
			end()
			continue
		case depth == 0 && (t.is("default") || t.is("=") || t.is(":")):
			inDefault = true
		}
		if !inDefault {
			arg = append(arg, spellToken(t))
		}
	}
	end()
	text := strings.Join(args, ", ")
	for _, tight := range []string{"( ", " )", " (", "[ ", " ]", " [", " .", ". ", " ,"} {
		text = strings.ReplaceAll(text, tight, strings.TrimSpace(tight))
	}
	return "(" + text + ")"
}

// lexHead gives the tokens of the bracketed list that text begins with.
func lexHead(text string) ([]token, bool) {
	l := &lexer{rest: text}
	depth := 0
	for l.blank(); !l.bad && l.rest != ""; l.blank() {
		l.next()
		if len(l.tokens) == 0 || !l.tokens[0].is("(") {
			return nil, false
		}
		switch last := l.tokens[len(l.tokens)-1]; {
		case last.is("("):
			depth++
		case last.is(")"):
			depth--
		}
		if depth == 0 {
			return slices.Clone(l.tokens), !l.bad
		}
	}
	return nil, false
}

// spellToken is a token of a list of arguments as SQL.
func spellToken(t token) string {
	if t.kind == tokenQuoted {
		return quoteIdent(t.text)
	}
	return t.text
}

// refreshView fills a materialized view anew.
func (s server) refreshView(stmt ddl.RefreshView) ([]dialect.SQL, error) {
	if stmt.Concurrently && stmt.Empty {
		return nil, fmt.Errorf("refreshing materialized view %q: it is emptied or refreshed concurrently, not both", stmt.Name)
	}
	head, tail := "REFRESH MATERIALIZED VIEW ", ""
	if stmt.Concurrently {
		head += "CONCURRENTLY "
	}
	if stmt.Empty {
		tail = " WITH NO DATA"
	}
	return s.named(head, stmt.Name, tail)
}

// renameConstraint stands by itself: no other change may be in its ALTER TABLE.
func (a *alteration) renameConstraint(action ddl.RenameConstraint) error {
	if action.Name == "" && action.Kind == schema.PrimaryKeyKind && a.cat != nil {
		name, err := a.primaryKey()
		if err != nil {
			return err
		}
		action.Name = name
	}
	from, err := a.Quote(action.Name)
	if err != nil {
		return err
	}
	to, err := a.Quote(action.To)
	if err != nil {
		return err
	}
	a.statement(dialect.SQL{Text: "ALTER TABLE " + a.table + " RENAME CONSTRAINT " + from + " TO " + to})
	return nil
}

func (a *alteration) validateConstraint(action ddl.ValidateConstraint) error {
	name, err := a.Quote(action.Name)
	if err != nil {
		return err
	}
	a.add(sub{passMisc, "", "VALIDATE CONSTRAINT " + name})
	return nil
}
