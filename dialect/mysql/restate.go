package mysql

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// restating says what a restated column leaves out.
type restating struct {
	dropCheck bool // the column's own check
}

func (a *alteration) alterColumn(s ddl.AlterColumn) error {
	if s.New == nil {
		return fmt.Errorf("altering column %q: nothing says what it becomes", s.Name)
	}
	wrap := func(err error) error { return fmt.Errorf("altering column %q: %w", s.Name, err) }
	to := s.Name
	if s.Change.Has(ddl.NameAspect) && s.New.Name != "" {
		to = s.New.Name
	}
	name, err := a.d.Quote(s.Name)
	if err != nil {
		return wrap(err)
	}
	place, err := a.d.place(s.Place)
	if err != nil {
		return wrap(err)
	}
	switch {
	case s.Change == ddl.NoAspect && place == "":
		return nil
	case s.Change == ddl.NameAspect && place == "":
		return a.renameColumn(ddl.RenameColumn{Name: s.Name, To: to, Existing: wholly(s)})
	case s.Change == ddl.DefaultAspect && place == "":
		done, err := a.setDefault(s, name)
		if err != nil {
			return wrap(err)
		}
		if done {
			return nil
		}
	}
	if err := a.d.refusesChange(s); err != nil {
		return wrap(err)
	}
	text, err := a.restate(s, to, restating{})
	if err != nil {
		return wrap(err)
	}
	if to != s.Name {
		a.leave(s.Name)
	}
	a.touch(s.Name)
	a.lean(s.Place)
	if to != s.Name {
		a.rename(s.Name, to)
		a.touch(to)
		a.clause("CHANGE " + name + " " + text + place)
		return nil
	}
	a.clause("MODIFY " + text + place)
	return nil
}

// wholly is the existing column, if all of it is known.
func wholly(s ddl.AlterColumn) *schema.ColumnDef {
	if s.Known.Has(ddl.AllAspect) {
		return s.Existing
	}
	return nil
}

// setDefault changes nothing but the default, which needs no restatement where
// the new one is a literal. ON UPDATE is part of a date's default, so dates are restated.
func (a *alteration) setDefault(s ddl.AlterColumn, name string) (bool, error) {
	c, err := a.merge(s, ddl.TypeAspect|ddl.NullableAspect)
	if err != nil && a.online() {
		return false, err
	}
	known := err == nil
	e := s.New.Default.For(a.d.Names()...)
	if known && (a.movesByItself(c) || !e.IsZero() && a.d.lobWithoutDefault(c.Type)) {
		return false, nil
	}
	text := ""
	switch e.Kind {
	case schema.ExprNone:
		text = "DROP DEFAULT"
		if known && a.knowsNull(s) && c.Nullable && !a.d.lobWithoutDefault(c.Type) {
			// Without a default at all strict mode refuses rows that leave the column out.
			text = "SET DEFAULT NULL"
		}
	case schema.ExprNow:
		return false, nil
	case schema.ExprSQL:
		if tokens, err := lex(e.Text, a.d.userMode()); err != nil || !isLiteral(tokens) {
			return false, nil //nolint:nilerr // what is no SQL is refused where the column is restated
		}
	default:
	}
	if text == "" {
		value, err := a.d.defaultValue(e, c.Type)
		if err != nil {
			return false, err
		}
		text = "SET DEFAULT " + value
	}
	a.touch(s.Name)
	if c := a.made[strings.ToLower(s.Name)]; c != nil {
		c.Default = s.New.Default
	}
	a.values[strings.ToLower(s.Name)] = s.New.Default
	a.clause("ALTER COLUMN " + name + " " + text)
	return true, nil
}

// knowsNull reports whether it is known that the column takes NULL.
func (a *alteration) knowsNull(s ddl.AlterColumn) bool {
	return a.online() || s.Existing != nil && s.Known.Has(ddl.NullableAspect)
}

func (a *alteration) movesByItself(c *schema.ColumnDef) bool {
	switch a.d.canonicalType(c.Type.For(a.d.Names()...).Def()).(type) {
	case schema.DateTimeType, TimestampType:
		return true
	}
	return false
}

// lobWithoutDefault reports whether a column of the type cannot have a plain DEFAULT NULL set.
func (d *Dialect) lobWithoutDefault(t schema.Type) bool {
	return !d.caps.literalBlobDefault && d.isLob(t.For(d.Names()...).Def())
}

// merge is the column with the aspects needed: from the change, else from the
// server. What is known of it beforehand holds where there is no server to ask;
// where there is, it lends its spelling to what it says as the server does, and
// gives way where it does not: a restatement must not lose what nobody named.
// Offline the rest is as Alembic has it: nullable, no default, no comment.
func (a *alteration) merge(s ddl.AlterColumn, need ddl.Aspect) (*schema.ColumnDef, error) {
	c := &schema.ColumnDef{Name: s.Name, Nullable: true}
	known := ddl.NoAspect
	if s.Existing != nil {
		known = s.Known
		known.Copy(c, s.Existing)
	}
	switch rest := need &^ s.Change; {
	case rest == ddl.NoAspect:
	case a.online():
		now, err := a.current(s.Name)
		if err != nil {
			return nil, err
		}
		for _, group := range aspectGroups {
			if !known.Has(group) || !a.d.sameAspects(group, s.Existing, now) {
				group.Copy(c, now)
			}
		}
	case (rest &^ known).Has(ddl.TypeAspect):
		return c, errNoType
	}
	if s.New != nil {
		s.Change.Copy(c, s.New)
		if s.Change.Has(ddl.CollationAspect) && !s.Change.Has(ddl.OptionsAspect) {
			c.Options = schema.UnsetOption(c.Options, CharsetOption("").OptionKey())
			if charset, ok := schema.Find[CharsetOption](s.New.Options); ok { // the collation is said by it
				c.Options = schema.SetOption(c.Options, charset)
			}
		}
	}
	return c, nil
}

// aspectGroups are the aspects of a column, those together that mean something
// only together: the character set is an option, the collation is not.
var aspectGroups = []ddl.Aspect{
	ddl.TypeAspect, ddl.NullableAspect, ddl.DefaultAspect, ddl.CommentAspect, ddl.AutoIncrementAspect,
	ddl.ComputedAspect, ddl.IdentityAspect, ddl.CollationAspect | ddl.OptionsAspect,
}

// sameAspects reports whether a column as it was said to be is the one that the server has.
func (d *Dialect) sameAspects(aspects ddl.Aspect, said, now *schema.ColumnDef) bool {
	t := d.Canonical(&schema.Table{Columns: []*schema.ColumnDef{said}})
	var x, y schema.ColumnDef
	aspects.Copy(&x, t.Columns[0])
	aspects.Copy(&y, now)
	return reflect.DeepEqual(x, y)
}

// current is a column as it is when the statement runs: as the table has it, or
// as earlier changes of the same list leave it.
func (a *alteration) current(name string) (*schema.ColumnDef, error) {
	if c := a.made[strings.ToLower(name)]; c != nil {
		return c, nil
	}
	t, err := a.reflected()
	if err != nil {
		return nil, err
	}
	c := columnOf(t, a.original(name))
	if c == nil {
		return nil, fmt.Errorf("table %q has no column %q", a.name, name)
	}
	if value, ok := a.values[strings.ToLower(name)]; ok {
		c = c.Clone()
		c.Default = value
	}
	return c, nil
}

// original is the name that a column has in the table before the changes.
func (a *alteration) original(name string) string {
	if old, ok := a.renames[strings.ToLower(name)]; ok {
		return old
	}
	return name
}

// rename remembers a column's new name, and drop forgets a column.
func (a *alteration) rename(from, to string) {
	if c := a.made[strings.ToLower(from)]; c != nil {
		delete(a.made, strings.ToLower(from))
		a.made[strings.ToLower(to)] = c
	}
	a.renames[strings.ToLower(to)] = a.original(from)
}

// columnOf finds a column as the server does: whatever the case.
func columnOf(t *schema.Table, name string) *schema.ColumnDef {
	for _, c := range t.Columns {
		if strings.EqualFold(c.Name, name) {
			return c
		}
	}
	return nil
}

// restate spells the whole column anew, as MODIFY and CHANGE want it.
func (a *alteration) restate(s ddl.AlterColumn, to string, r restating) (string, error) {
	c, err := a.merge(s, ddl.AllAspect)
	if err != nil {
		return "", err
	}
	if err := a.computedChange(s, c); err != nil {
		return "", err
	}
	if s.Change.Has(ddl.DefaultAspect) && !s.Change.Has(ddl.OptionsAspect) && writesOnUpdate(a.d, c.Default) {
		c.Options = schema.UnsetOption(c.Options, OnUpdateOption{}.OptionKey())
	}
	if !isText(a.d.canonicalType(c.Type.For(a.d.Names()...).Def())) && !s.Change.Has(ddl.CollationAspect) {
		c.Collation, c.Options = "", schema.UnsetOption(c.Options, CharsetOption("").OptionKey())
	}
	as := definition{restated: true}
	if a.online() {
		text, err := a.d.createTable(a.ctx, a.cat.Conn(), a.name)
		if err != nil {
			return "", err
		}
		own := text.columns[strings.ToLower(a.original(s.Name))]
		as.extra = a.d.extra(own, c, r)
		if !s.Change.Has(ddl.TypeAspect) {
			if as.width, err = a.shownWidth(s.Name, c, own.width); err != nil {
				return "", err
			}
		}
	}
	c.Name = to
	if s.New != nil {
		delete(a.made, strings.ToLower(s.Name))
		a.made[strings.ToLower(to)] = c
	}
	return a.d.column(c, as)
}

// shownWidth is the width in which the server shows a column that stays of its type,
// where that is not the type's own: MariaDB keeps it, and forgets what is not restated.
func (a *alteration) shownWidth(name string, c *schema.ColumnDef, width int) (int, error) {
	def := a.d.canonicalType(c.Type.For(a.d.Names()...).Def())
	if own := ownWidth(def); width == 0 || own < 0 || width == own {
		return 0, nil
	}
	t, err := a.reflected()
	if err != nil {
		return 0, err
	}
	if had := columnOf(t, a.original(name)); had == nil || !reflect.DeepEqual(had.Type.Def(), def) {
		return 0, nil // another type by an earlier change of the same statement
	}
	return width, nil
}

// ownWidth is the width in which an integer is shown if nobody says one. What says
// its width itself, or is no integer, has the width -1.
func ownWidth(def schema.TypeDef) int {
	switch t := def.(type) {
	case UnsignedType:
		return zeroFillWidth(t.Of, 0)
	case schema.IntegerType, IntegerType:
		if own := zeroFillWidth(t, 0); own < 20 {
			return own + 1 // its sign
		}
		return 20
	}
	return -1
}

// writesOnUpdate reports whether a default says ON UPDATE itself, as Alembic's users write it.
func writesOnUpdate(d *Dialect, e schema.Expr) bool {
	if e = e.For(d.Names()...); e.Kind != schema.ExprSQL {
		return false
	}
	tokens, err := lex(e.Text, d.userMode())
	if err != nil {
		return false
	}
	value, _ := cutOnUpdate(tokens)
	return len(value) < len(tokens)
}

// isText reports whether a type has a character set.
func isText(def schema.TypeDef) bool {
	switch def.(type) {
	case schema.StringType, schema.TextType, CharType, TextType, schema.EnumType, SetType, schema.RawType:
		return true
	}
	return false
}

// extra is what the column has beyond the model.
func (d *Dialect) extra(t columnText, c *schema.ColumnDef, r restating) string {
	parts := t.extra
	if _, isJSON := c.Type.For(d.Names()...).Def().(schema.JSONType); t.check != "" && !r.dropCheck && !isJSON && !isJSONCheck(t.check, t.name) {
		parts = append(parts[:len(parts):len(parts)], "CHECK ("+t.check+")")
	}
	return strings.Join(parts, " ")
}

// isJSONCheck reports whether a check is the one that MariaDB gives a JSON column.
func isJSONCheck(expr, column string) bool {
	return strings.EqualFold(expr, "json_valid("+quoted(column)+")")
}

// computedChange refuses what the servers cannot turn into each other in place.
// https://dev.mysql.com/doc/refman/8.4/en/alter-table-generated-columns.html
func (a *alteration) computedChange(s ddl.AlterColumn, c *schema.ColumnDef) error {
	if !s.Change.Has(ddl.ComputedAspect) {
		if c.Computed != nil && s.Change.Any(ddl.DefaultAspect|ddl.AutoIncrementAspect) {
			return fmt.Errorf("the column is generated and has neither default nor AUTO_INCREMENT")
		}
		return nil
	}
	var old *schema.Computed
	if s.Existing != nil && s.Known.Has(ddl.ComputedAspect) {
		old = s.Existing.Computed
	} else if a.online() {
		now, err := a.current(s.Name)
		if err != nil {
			return err
		}
		old = now.Computed
	}
	if storage(old) == storage(c.Computed) || storage(old) != virtualColumn && storage(c.Computed) != virtualColumn {
		if c.Computed != nil {
			c.Default = schema.Expr{}
		}
		return nil
	}
	return fmt.Errorf("a %s cannot become a %s in place: drop the column and add it anew", storage(old), storage(c.Computed))
}

const virtualColumn = "virtual generated column"

// storage names what a column is.
func storage(c *schema.Computed) string {
	switch {
	case c == nil:
		return "plain column"
	case c.Storage == schema.Stored:
		return "stored generated column"
	default:
		return virtualColumn
	}
}
