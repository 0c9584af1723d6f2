package sqlite

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// native spells a group of actions by SQLite's own ALTER TABLE. why says what
// it cannot do; it is empty if it can do all.
func (a *alteration) native() (out []dialect.SQL, why string, err error) {
	table, err := dialect.QuoteName(a.d, a.table)
	if err != nil {
		return nil, "", err
	}
	inline := a.inlineReferences()
	for i, act := range a.actions {
		text, why, err := a.nativeAction(act, inline[i])
		if err != nil || why != "" {
			return nil, why, err
		}
		if text != "" {
			out = append(out, dialect.SQL{Text: "ALTER TABLE " + table + " " + text})
		}
	}
	return out, "", nil
}

// inlined is a foreign key that is written at the column it is added with.
type inlined struct {
	fk   *schema.ForeignKeyDef
	done bool // it is this action, which has nothing more to say
}

// inlineReferences finds foreign keys of one column that is added in the same
// group: SQLite takes such a key with the column, and no other.
func (a *alteration) inlineReferences() map[int]inlined {
	out := map[int]inlined{}
	for i, act := range a.actions {
		add, ok := act.(ddl.AddColumn)
		if !ok || !add.Column.Default.For(names...).IsZero() {
			continue
		}
		for j, other := range a.actions[i+1:] {
			c, ok := other.(ddl.AddConstraint)
			if !ok {
				continue
			}
			fk, ok := c.Constraint.(*schema.ForeignKeyDef)
			if ok && len(fk.Columns) == 1 && fk.Columns[0] == add.Column.Name && !fk.NotValid && out[i].fk == nil {
				out[i], out[i+1+j] = inlined{fk: fk}, inlined{done: true}
			}
		}
	}
	return out
}

func (a *alteration) nativeAction(act ddl.Action, in inlined) (text, why string, err error) {
	switch act := act.(type) {
	case ddl.AddColumn:
		return a.nativeAdd(act, in.fk)
	case ddl.DropColumn:
		return a.nativeDrop(act)
	case ddl.RenameColumn:
		from, err := a.d.Quote(act.Name)
		if err != nil {
			return "", "", err
		}
		to, err := a.d.Quote(act.To)
		return "RENAME COLUMN " + from + " TO " + to, "", err
	case ddl.AddConstraint:
		if in.done {
			return "", "", nil
		}
		return "", "add a " + act.Constraint.Kind().String(), nil
	case ddl.DropConstraint:
		return "", "drop a constraint", nil
	case ddl.RenameConstraint:
		return "", "rename a constraint", nil
	case ddl.ValidateConstraint:
		return "", "", errValidate(act)
	case ddl.AlterColumn:
		return "", fmt.Sprintf("change the column %q", act.Name), nil
	case ddl.SetOption:
		return "", "set the option " + act.Option.OptionKey(), nil
	case ddl.ResetOption:
		return "", "take the option " + act.Option.OptionKey() + " away", nil
	}
	return "", "", fmt.Errorf("unknown action %T", act)
}

// nativeAdd is ADD COLUMN, where it is legal (https://www.sqlite.org/lang_altertable.html#altertabaddcol).
func (a *alteration) nativeAdd(act ddl.AddColumn, fk *schema.ForeignKeyDef) (text, why string, err error) {
	c := act.Column
	e := c.Default.For(names...)
	if e.Kind == schema.ExprSQL {
		e = readDefault(e.Text)
	}
	switch {
	case act.Place != (ddl.Place{}):
		return "", "place a column", nil
	case e.Kind == schema.ExprNow || e.Kind == schema.ExprSQL || e.Kind == schema.ExprString && strings.Contains(e.Text, lineBreak):
		return "", "add a column with a default that is an expression", nil
	case !c.Nullable && (e.IsZero() || e.Kind == schema.ExprNull):
		return "", "add a column that is NOT NULL without a default", nil
	case c.Computed != nil && c.Computed.Storage == schema.Stored:
		return "", "add a stored generated column", nil
	}
	def, err := a.columnSQL(c)
	if err != nil {
		return "", "", err
	}
	if fk != nil {
		ref, err := a.reference(fk)
		if err != nil {
			return "", "", err
		}
		def += " " + ref
	}
	return "ADD COLUMN " + def, "", nil
}

// reference spells a foreign key as it stands at its column.
func (a *alteration) reference(fk *schema.ForeignKeyDef) (string, error) {
	head, err := dialect.ConstraintHead(a.d, fk.Name)
	if err != nil {
		return "", err
	}
	plain, err := inSchema(fk, &schema.Table{Name: a.table})
	if err != nil {
		return "", fmt.Errorf("foreign key %q: %w", fk.Name, err)
	}
	ref, err := dialect.References(a.d, plain)
	return head + ref, err
}

// nativeDrop is DROP COLUMN, where nothing uses the column. Without a
// connection SQLite itself will say whether something does.
func (a *alteration) nativeDrop(act ddl.DropColumn) (text, why string, err error) {
	if a.src != nil && a.src.hasColumn(act.Name) {
		if by := a.src.used(act.Name); by != "" {
			return "", fmt.Sprintf("drop the column %q, which is in %s", act.Name, by), nil
		}
	}
	q, err := a.d.Quote(act.Name)
	return "DROP COLUMN " + q, "", err
}

// columnSQL spells the definition of a new column.
func (a *alteration) columnSQL(c *schema.ColumnDef) (string, error) {
	var t *schema.Table
	if a.src != nil {
		t = a.src.pseudo()
	}
	text, err := a.d.Column(c, t)
	if err != nil {
		return "", fmt.Errorf("column %q: %w", c.Name, err)
	}
	return text, nil
}

var errGuard = errors.New("SQLite has no IF EXISTS or IF NOT EXISTS in ALTER TABLE: leave the guard out, or run online, where gomig looks itself")

// guarded leaves out the actions whose guard makes them nothing.
func (a *alteration) guarded(actions []ddl.Action) ([]ddl.Action, error) {
	var out []ddl.Action
	there := map[string]bool{}
	known := a.src != nil
	if known {
		for _, c := range a.src.table.columns {
			there[fold(c.name)] = true
		}
	}
	for _, act := range actions {
		switch act := act.(type) {
		case ddl.AddColumn:
			if act.Guard != ddl.Unguarded && !known {
				return nil, errGuard
			}
			if act.Guard == ddl.IfNotExists && there[fold(act.Column.Name)] {
				continue
			}
			there[fold(act.Column.Name)] = true
		case ddl.DropColumn:
			if act.Guard != ddl.Unguarded && !known {
				return nil, errGuard
			}
			if act.Guard == ddl.IfExists && !there[fold(act.Name)] {
				continue
			}
			delete(there, fold(act.Name))
		case ddl.DropConstraint:
			if act.Guard != ddl.Unguarded && !known {
				return nil, errGuard
			}
		case ddl.RenameColumn:
			delete(there, fold(act.Name))
			there[fold(act.To)] = true
		case ddl.AlterColumn, ddl.AddConstraint, ddl.RenameConstraint, ddl.ValidateConstraint, ddl.SetOption, ddl.ResetOption:
		}
		out = append(out, act)
	}
	return slices.Clip(out), nil
}
