package postgres

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// alterColumn spells the change of one column: what must go first, then the
// type, then what is set on it.
func (a *alteration) alterColumn(action ddl.AlterColumn) error {
	if action.Change.Has(ddl.PlaceAspect) || action.Place != (ddl.Place{}) {
		return errPlace
	}
	q, err := a.Quote(action.Name)
	if err != nil {
		return err
	}
	c := &change{alteration: a, AlterColumn: action, quoted: q}
	for _, step := range []func() error{c.known, c.setType, c.setIdentity, c.setNullable, c.setComputed, c.setDefault, c.setOptions} {
		if err := step(); err != nil {
			return err
		}
	}
	slices.SortStableFunc(c.subs, func(x, y sub) int { return int(x.pass) - int(y.pass) })
	drops := slices.IndexFunc(c.subs, func(p sub) bool { return p.pass > passDrop })
	for i, p := range c.subs {
		if i == drops {
			a.statement(c.freed...)
			c.freed = nil
		}
		a.add(p)
	}
	a.statement(slices.Concat(c.freed, c.after)...)
	if action.Change.Has(ddl.CommentAspect) {
		if err := a.comment(action.Name, action.New.Comment); err != nil {
			return err
		}
	}
	if action.Change.Has(ddl.NameAspect) && action.New.Name != action.Name {
		return a.renameColumn(ddl.RenameColumn{Name: action.Name, To: action.New.Name})
	}
	return nil
}

// change is the change of one column in the making.
type change struct {
	*alteration
	ddl.AlterColumn
	quoted string
	now    column
	subs   []sub
	freed  []dialect.SQL // behind the subs of passDrop: what frees a name that the others need
	after  []dialect.SQL
}

func (c *change) say(when pass, text string) {
	c.subs = append(c.subs, sub{when, c.Name, "ALTER COLUMN " + c.quoted + " " + text})
}

// setType changes the type or collation.
//
// A default is taken away before and set again behind, where the type becomes
// another one: the server converts a default by a cast that it then keeps, or
// refuses to. Values are converted by Using; where none is given and the server
// has no conversion of its own for the two types, by one that is known here, see [server.Conversion].
func (c *change) setType() error {
	if !c.Change.Any(ddl.TypeAspect | ddl.CollationAspect) {
		return nil
	}
	typ := c.New.Type
	if !c.Change.Has(ddl.TypeAspect) {
		typ = c.now.typ
		if typ.IsZero() {
			return errors.New("changing a collation says the type again; give the type that the column has")
		}
	}
	text, err := c.Type(typ)
	if err != nil {
		return err
	}
	text = "TYPE " + text
	collation, err := c.newCollation(typ)
	if err != nil {
		return err
	}
	text += collation
	using := c.Using
	if using == "" {
		using, _ = c.conversion(c.quoted, c.now.typ, typ)
	}
	if using != "" {
		text += " USING " + using
	}
	if c.becomesAnother(typ) {
		c.carryDefault()
	}
	c.say(passType, text)
	if def, ok := c.canonicalType(typ).Def().(schema.IntegerType); ok && c.Change.Has(ddl.TypeAspect) && !c.dropsSequence() {
		as := " AS " + integerName(def.Size)
		if o, ok := c.newSerial(); ok && o.Type != "" {
			if as, err = c.sequenceType(o, typ); err != nil {
				return err
			}
		}
		c.after = append(c.after, c.sequence("ALTER SEQUENCE ", as)...)
	}
	return nil
}

// newCollation spells the collation behind a type. One that stays is said again, as
// the server takes the type's own where none is said.
func (c *change) newCollation(typ schema.Type) (string, error) {
	name, collated := canonicalCollation(c.now.collation), collates(c.canonicalType(typ).Def())
	if c.Change.Has(ddl.CollationAspect) {
		if name = c.New.Collation; name == "" && collated {
			return ` COLLATE "default"`, nil
		}
	} else if !collated {
		name = ""
	}
	if name == "" {
		return "", nil
	}
	collation, err := c.collation(name)
	return " COLLATE " + collation, err
}

// collates tells whether values of a type have a collation.
func collates(def schema.TypeDef) bool {
	if a, ok := def.(ArrayType); ok {
		return collates(a.Elem)
	}
	return isString(def)
}

// becomesAnother tells whether the column gets a type that differs by more than
// its length. Of a type that is not known it says no, unless values are converted.
func (c *change) becomesAnother(to schema.Type) bool {
	if c.now.typ.IsZero() {
		return c.Using != "" && c.Change.Has(ddl.DefaultAspect)
	}
	from := key(c.canonicalType(c.now.typ).Def())
	return from == "" || from != key(c.canonicalType(to).Def())
}

// carryDefault takes the default away and sets it again behind the change of type.
func (c *change) carryDefault() {
	switch {
	case c.Change.Has(ddl.DefaultAspect):
		if !c.now.hasDefault || !c.now.value.IsZero() {
			c.say(passDrop, "DROP DEFAULT")
		}
	case c.now.hasDefault && !c.now.value.IsZero():
		e := c.canonicalDefault(c.canonicalType(c.now.typ).Def(), c.now.value.For(c.Names()...))
		if text, err := c.Expr(e); err == nil && !e.IsZero() {
			c.say(passDrop, "DROP DEFAULT")
			c.say(passOther, "SET DEFAULT "+text)
		}
	}
}

func (c *change) setNullable() error {
	if !c.Change.Has(ddl.NullableAspect) {
		return nil
	}
	if c.New.Nullable {
		c.say(passDrop, "DROP NOT NULL")
	} else {
		c.say(passNotNull, "SET NOT NULL")
	}
	return nil
}

func (c *change) setDefault() error {
	if !c.Change.Has(ddl.DefaultAspect) {
		return nil
	}
	e := c.New.Default.For(c.Names()...)
	if e.IsZero() {
		drop := sub{passDrop, c.Name, "ALTER COLUMN " + c.quoted + " DROP DEFAULT"}
		if !slices.Contains(c.subs, drop) {
			c.subs = append(c.subs, drop)
		}
		return nil
	}
	text, err := c.Expr(e)
	if err != nil {
		return fmt.Errorf("default: %w", err)
	}
	c.say(passOther, "SET DEFAULT "+text)
	return nil
}

// setComputed changes the expression of a generated column, or makes it an ordinary one.
func (c *change) setComputed() error {
	if !c.Change.Has(ddl.ComputedAspect) {
		return nil
	}
	next := c.New.Computed
	if next == nil {
		c.say(passDrop, "DROP EXPRESSION")
		return nil
	}
	expr, err := rawSQL(next.Expr)
	if err != nil {
		return err
	}
	const wayOut = "drop the column and add it again"
	if c.now.hasComputed && c.now.computed == nil {
		return errors.New("PostgreSQL cannot make an ordinary column a generated one; " + wayOut)
	}
	if err := c.need(setExpression, "changing the expression of a generated column", "17"); err != nil {
		return fmt.Errorf("%w; %s", err, wayOut)
	}
	if old := c.now.computed; old != nil && stored(old.Storage) != stored(next.Storage) {
		return errors.New("PostgreSQL cannot change how a generated column is kept; " + wayOut)
	}
	c.say(passExpression, "SET EXPRESSION AS ("+expr+")")
	return nil
}

func stored(s schema.Storage) bool { return s != schema.Virtual }

func (c *change) setOptions() error {
	if !c.Change.Has(ddl.OptionsAspect) {
		return c.keepOptions()
	}
	old := c.Existing
	if old == nil { // whatever may be set is reset
		old = &schema.ColumnDef{Name: c.Name, Options: []schema.Option{Statistics(0)}}
		if !c.now.typ.IsZero() && defaultStorage(c.canonicalType(c.now.typ).Def()) != "" {
			setColumn(old, Storage(""))
		}
		if c.has.has(compression) {
			setColumn(old, Compression(""))
		}
	}
	next := *c.New
	if next.Type.IsZero() {
		next.Type = c.now.typ
	}
	subs, err := c.columnSettings(&next, old)
	c.subs = append(c.subs, subs...)
	return err
}

// keepOptions says again how values are kept, which the server forgets with the type.
func (c *change) keepOptions() error {
	typ := c.canonicalType(c.New.Type)
	if place := defaultStorage(typ.Def()); !c.Change.Has(ddl.TypeAspect) || place == "" || place == "PLAIN" {
		return nil
	}
	kept := &schema.ColumnDef{Name: c.Name, Type: typ}
	for _, o := range c.now.options {
		switch o.(type) {
		case ColumnStorageOption, CompressionOption:
			setColumn(kept, o)
		}
	}
	subs, err := c.columnSettings(kept, &schema.ColumnDef{})
	c.subs = append(c.subs, subs...)
	return err
}

// columnSettings spell options that no definition takes. old is nil for a new column.
func (s server) columnSettings(c, old *schema.ColumnDef) (subs []sub, err error) {
	q, err := s.Quote(c.Name)
	if err != nil {
		return nil, err
	}
	say := func(text string) { subs = append(subs, sub{passMisc, c.Name, "ALTER COLUMN " + q + " " + text}) }
	had := func(key string) bool {
		return old != nil && slices.ContainsFunc(old.Options, func(o schema.Option) bool { return o.OptionKey() == key })
	}
	switch o, ok := schema.Find[ColumnStorageOption](c.Options); {
	case ok:
		if !slices.Contains([]string{"PLAIN", "EXTERNAL", "EXTENDED", "MAIN"}, o.Strategy) {
			return nil, fmt.Errorf("%q is no storage of a column; it is PLAIN, EXTERNAL, EXTENDED or MAIN", o.Strategy)
		}
		say("SET STORAGE " + o.Strategy)
	case had(ColumnStorageOption{}.OptionKey()):
		strategy := defaultStorage(s.canonicalType(c.Type).Def())
		if strategy == "" {
			return nil, errors.New("the type's own storage is not known here; name it by postgres.Storage")
		}
		say("SET STORAGE " + strategy)
	}
	switch o, ok := schema.Find[StatisticsOption](c.Options); {
	case ok:
		say("SET STATISTICS " + strconv.Itoa(max(o.Target, -1)))
	case had(StatisticsOption{}.OptionKey()):
		say("SET STATISTICS -1")
	}
	if old == nil {
		return subs, nil // COMPRESSION is part of a new column's definition
	}
	switch o, ok := schema.Find[CompressionOption](c.Options); {
	case ok && !dropped(o):
		say("SET COMPRESSION " + quoteIfNeeded(o.Method))
	case had(CompressionOption{}.OptionKey()):
		say("SET COMPRESSION default")
	}
	if strings.Contains(fmt.Sprint(subs), "COMPRESSION") {
		err = s.need(compression, "COMPRESSION of a column", "14")
	}
	return subs, err
}
