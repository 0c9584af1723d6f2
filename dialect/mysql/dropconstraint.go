package mysql

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

func (a *alteration) dropConstraint(s ddl.DropConstraint) error {
	what := s.Kind.String()
	wrap := func(err error) error { return fmt.Errorf("dropping %s %q: %w", what, s.Name, err) }
	if s.Kind == schema.PrimaryKeyKind {
		if s.Guard == ddl.IfExists && !a.d.caps.guards {
			return wrap(fmt.Errorf("%s has no DROP PRIMARY KEY IF EXISTS: leave the guard out", a.d.product()))
		}
		if err := a.clustered(); err != nil {
			return wrap(err)
		}
		a.clause("DROP PRIMARY KEY")
		return nil
	}
	if s.Name == "" {
		return fmt.Errorf("dropping a %s: the server made up its name, and a script cannot ask for it: say the name, or run online", what)
	}
	name, err := a.d.Quote(s.Name)
	if err != nil {
		return wrap(err)
	}
	guard, err := a.d.dropGuard(s.Guard, "DROP of a "+what)
	if err != nil {
		return wrap(err)
	}
	switch s.Kind {
	case schema.ForeignKeyKind:
		err = a.dropForeignKey(s.Name, guard+name)
	case schema.UniqueKind:
		err = a.dropIndexes([]string{s.Name}, "DROP INDEX "+guard+name)
	case schema.CheckKind:
		err = a.dropCheck(s.Name, guard+name)
	case schema.ExcludeKind:
		err = fmt.Errorf("%s has no exclusion constraints", a.d.product())
	default:
		if !a.d.caps.dropConstraint {
			err = fmt.Errorf("%s drops each kind of constraint by words of its own: say which kind it is", a.d.product())
			break
		}
		a.clause("DROP CONSTRAINT " + guard + name)
	}
	if err != nil {
		return wrap(err)
	}
	return nil
}

// dropForeignKey drops the key, and with it the index that the server made for
// it: nothing declares that index, and left behind it would look like one too many. One
// that another key needs becomes that key's.
func (a *alteration) dropForeignKey(name, text string) error {
	a.clause("DROP FOREIGN KEY " + text)
	a.dropped[strings.ToLower(name)] = true
	if !a.online() {
		return nil
	}
	keys, err := a.readKeys()
	if err != nil {
		return err
	}
	index, heir, ok := keys.madeFor(name, a.droppedLater())
	if !ok || a.keyAddedLater(index) {
		return nil
	}
	q, err := a.d.Quote(index.name)
	switch {
	case err != nil:
		return err
	case heir == nil:
		a.clause("DROP INDEX " + q)
	case len(heir.columns) < len(index.columns): // the server would have made a shorter one
		return a.dropIndexes([]string{index.name}, "DROP INDEX "+q)
	default:
		to, err := a.d.Quote(keys.ownName(*heir))
		if err != nil {
			return err
		}
		a.clause("RENAME INDEX " + q + " TO " + to)
	}
	return nil
}

// droppedLater are the foreign keys that the whole change drops.
func (a *alteration) droppedLater() map[string]bool {
	out := map[string]bool{}
	for _, action := range a.rest {
		if s, ok := action.(ddl.DropConstraint); ok && s.Kind == schema.ForeignKeyKind {
			out[strings.ToLower(s.Name)] = true
		}
	}
	return out
}

// keyAddedLater reports whether the change adds a foreign key that the index
// serves: then it stays, since making it anew reads the whole table.
func (a *alteration) keyAddedLater(index rawIndex) bool {
	return slices.ContainsFunc(a.rest, func(action ddl.Action) bool {
		s, ok := action.(ddl.AddConstraint)
		if !ok {
			return false
		}
		fk, ok := s.Constraint.(*schema.ForeignKeyDef)
		return ok && index.covers(fk.Columns)
	})
}

// dropIndexes drops indexes by the text given, and makes the ones that foreign
// keys then lack: the server refuses to leave a foreign key without an index
// (error 1553), and dropped its own when the index came that is now dropped.
func (a *alteration) dropIndexes(names []string, text string) error {
	if a.online() {
		keys, err := a.readKeys()
		if err != nil {
			return err
		}
		adds, err := a.d.replacements(keys, names, a.droppedLater())
		if err != nil {
			return err
		}
		for _, add := range adds {
			a.clause(add)
		}
	}
	a.clause(text)
	return nil
}

// dropCheck drops a check. One that belongs to a column of MariaDB goes by
// restating the column without it.
func (a *alteration) dropCheck(name, text string) error {
	if a.d.is(MariaDB) && a.online() {
		c, err := a.d.createTable(a.ctx, a.cat.Conn(), a.name)
		if err != nil {
			return err
		}
		if column, ok := c.columnCheck(name); ok {
			def, err := a.restate(ddl.AlterColumn{Name: column}, column, restating{dropCheck: true})
			if err != nil {
				return err
			}
			a.touch(column)
			a.clause("MODIFY " + def)
			return nil
		}
	}
	a.clause(a.d.caps.dropCheck + " " + text)
	return nil
}

// replacements are clauses that add the indexes which foreign keys need once
// the named ones are gone. They bear the foreign keys' names, as the server's own do.
func (d *Dialect) replacements(keys tableKeys, gone []string, dropped map[string]bool) ([]string, error) {
	var out []string
	for _, fk := range keys.foreign {
		if dropped[strings.ToLower(fk.name)] || slices.ContainsFunc(gone, func(s string) bool { return strings.EqualFold(s, fk.name) }) {
			continue
		}
		before, after := false, false
		for _, i := range keys.indexes {
			covers := i.covers(fk.columns)
			before = before || covers
			after = after || covers && !slices.ContainsFunc(gone, func(s string) bool { return strings.EqualFold(s, i.name) })
		}
		if !before || after || keys.has(fk.name) {
			continue
		}
		cols, err := quoteAll(d, fk.columns)
		if err != nil {
			return nil, err
		}
		q, err := d.Quote(fk.name)
		if err != nil {
			return nil, err
		}
		out = append(out, "ADD INDEX "+q+" ("+cols+")")
	}
	return out, nil
}
