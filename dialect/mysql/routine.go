package mysql

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

func (d *Dialect) noObject(o ddl.Object) error {
	if o.Kind == ddl.MaterializedViewKind {
		return fmt.Errorf("materialized view %q: %s has none: create a view, or a table that is filled by a query", o.Name, d.product())
	}
	return fmt.Errorf("%s %q: %s has none", o.Kind, o.Name, d.product())
}

// has reports whether the server has objects of a kind.
func (d *Dialect) hasObject(k ddl.ObjectKind) bool {
	switch k {
	case ddl.ViewKind:
		return true
	case ddl.TriggerKind, ddl.FunctionKind, ddl.ProcedureKind, ddl.EventKind:
		// https://docs.pingcap.com/tidb/stable/mysql-compatibility/#unsupported-features
		return !d.is(TiDB)
	case ddl.MaterializedViewKind:
	}
	return false
}

// createObject makes a view, trigger, routine or event. MySQL replaces nothing
// but views in place, so that what is replaced there is dropped before. A view never
// is: its privileges stay anyhow, and one that is refused would be gone.
func (d *Dialect) createObject(ctx context.Context, cat dialect.Catalog, s ddl.CreateObject) ([]dialect.SQL, error) {
	o := s.Object
	wrap := func(err error) error { return fmt.Errorf("creating %s %q: %w", o.Kind, o.Name, err) }
	if !d.hasObject(o.Kind) {
		return nil, d.noObject(o)
	}
	name, err := d.objectName(o)
	if err != nil {
		return nil, wrap(err)
	}
	text := strings.TrimRight(strings.TrimSpace(o.Definition), "; \t\r\n")
	if text == "" {
		return nil, wrap(errors.New("it has no definition"))
	}
	if strings.ContainsRune(text, 0) {
		return nil, wrap(errors.New("its definition holds a NUL"))
	}
	separator, head := " ", "CREATE "
	if o.Kind == ddl.ViewKind {
		separator = " AS\n"
	}
	drops := s.Replace && o.Kind != ddl.ViewKind && (s.Anew || !d.is(MariaDB))
	if s.Replace && !drops {
		head = "CREATE OR REPLACE "
	}
	guard := ""
	if s.Guard == ddl.IfNotExists {
		// MySQL has it of views since 9.1, of triggers and routines since 8.0.29.
		if d.is(TiDB) && o.Kind == ddl.ViewKind {
			return nil, wrap(errors.New("TiDB has no CREATE VIEW IF NOT EXISTS: say op.OrReplace instead"))
		}
		if !d.is(MariaDB) && o.Kind == ddl.ViewKind {
			return nil, wrap(fmt.Errorf("%s has no CREATE VIEW IF NOT EXISTS before 9.1: say op.OrReplace instead", d.product()))
		}
		guard = "IF NOT EXISTS "
	}
	var options, note string
	if o.Kind == ddl.ViewKind {
		options, note, err = d.options(ctx, cat, s)
	} else {
		options, note, text, err = d.keepRoutine(ctx, cat, s, text)
	}
	if err != nil {
		return nil, wrap(err)
	}
	word := strings.ToUpper(o.Kind.String()) + " "
	var out []dialect.SQL
	if drops {
		if options != "" && options != currentDefiner {
			if out, err = d.tryDefiner(o, options, word+"IF NOT EXISTS "+name+" "+text); err != nil {
				return nil, wrap(err)
			}
		}
		dropped, err := d.dropObject(ddl.DropObject{Object: o, Guard: ddl.IfExists})
		if err != nil {
			return nil, err
		}
		out = append(out, dropped...)
	}
	return append(out, dialect.SQL{Text: note + head + options + word + guard + name + separator + text}), nil
}

// objectName quotes the name of an object; a trigger lies in the schema of its table.
func (d *Dialect) objectName(o ddl.Object) (string, error) {
	if o.Kind == ddl.TriggerKind {
		return dialect.QuoteName(d, schema.Name{Schema: o.Table.Schema, Name: o.Name.Name})
	}
	return dialect.QuoteName(d, o.Name)
}

func (d *Dialect) dropObject(s ddl.DropObject) ([]dialect.SQL, error) {
	if !d.hasObject(s.Object.Kind) {
		return nil, d.noObject(s.Object)
	}
	name, err := d.objectName(s.Object)
	if err != nil {
		return nil, fmt.Errorf("dropping %s %q: %w", s.Object.Kind, s.Object.Name, err)
	}
	head := "DROP " + strings.ToUpper(s.Object.Kind.String()) + " " + guard(s.Guard, ddl.IfExists, "IF EXISTS ")
	return []dialect.SQL{{Text: head + name}}, nil
}
