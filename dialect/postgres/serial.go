package postgres

import (
	"errors"
	"fmt"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

var errOnlyIntegers = errors.New("only an integer can be serial")

// isSerial tells whether a column is numbered in the old way, by a sequence that is its default.
func isSerial(c *schema.ColumnDef) bool {
	_, serial := schema.Find[SerialOption](c.Options)
	return serial && c.AutoIncrement
}

// namesSequence tells whether a column is serial by a sequence that it names.
func namesSequence(c *schema.ColumnDef) bool {
	o, _ := schema.Find[SerialOption](c.Options)
	return o.Sequence != "" && c.AutoIncrement
}

// namedSequence is the sequence of a serial column that names it; the zero one for any other column.
type namedSequence struct {
	name  string // quoted
	as    string // its type: AS integer
	owner string // the column, quoted
}

func (s server) namedSequence(table schema.Name, c *schema.ColumnDef) (q namedSequence, err error) {
	if !namesSequence(c) {
		return q, nil
	}
	o, _ := schema.Find[SerialOption](c.Options)
	if q.name, err = dialect.QuoteName(s, schema.Name{Schema: table.Schema, Name: o.Sequence}); err != nil {
		return q, err
	}
	if q.as, err = s.sequenceType(o, c.Type); err != nil {
		return q, err
	}
	owner, err := dialect.QuoteName(s, table)
	if err != nil {
		return q, err
	}
	column, err := s.Quote(c.Name)
	q.owner = owner + "." + column
	return q, err
}

// plain is the column as one that has the sequence for its default.
func (q namedSequence) plain(c *schema.ColumnDef) *schema.ColumnDef {
	c = c.Clone()
	c.AutoIncrement, c.Nullable, c.Default = false, false, schema.SQL("nextval("+quoteLiteral(q.name)+")")
	c.Options = schema.UnsetOption(c.Options, SerialOption{}.OptionKey())
	return c
}

// sequenceType spells the type of the sequence of a serial column of a type; nothing if that is not known.
func (s server) sequenceType(o SerialOption, column schema.Type) (string, error) {
	typ := column
	if o.Type != "" {
		typ = schema.RawSQL(o.Type)
	}
	if typ.IsZero() {
		return "", nil
	}
	def, ok := s.canonicalType(typ).Def().(schema.IntegerType)
	switch {
	case !ok && o.Type != "":
		return "", fmt.Errorf("%q is no type of a sequence; it is smallint, integer or bigint", o.Type)
	case !ok:
		return "", errOnlyIntegers
	}
	return " AS " + integerName(def.Size), nil
}

// serialSequence makes the sequence of a serial column that names it, behind the column.
func (s server) serialSequence(table schema.Name, c *schema.ColumnDef, guard ddl.Guard) ([]dialect.SQL, error) {
	q, err := s.namedSequence(table, c)
	if err != nil || q.name == "" {
		return nil, err
	}
	of, err := dialect.QuoteName(s, table)
	if err != nil {
		return nil, err
	}
	column, err := s.Quote(c.Name)
	return q.make(of, column, guard), err
}

// make creates the sequence and has the column take its numbers from it.
func (q namedSequence) make(table, column string, guard ddl.Guard) []dialect.SQL {
	return []dialect.SQL{
		{Text: "CREATE SEQUENCE " + ifNotExists(guard) + q.name + q.as + " OWNED BY " + table + "." + column},
		{Text: "ALTER TABLE " + table + " ALTER COLUMN " + column + " SET DEFAULT nextval(" + quoteLiteral(q.name) + ")"},
	}
}

// sequence says something of the sequence of a serial column. A script, in which its
// name is not known, has the server find it.
func (c *change) sequence(head, tail string) []dialect.SQL {
	switch {
	case c.now.serial != "":
		return []dialect.SQL{{Text: head + c.now.serial + tail}}
	case c.now.numbered == bySequence && c.cat == nil:
		body := fmt.Sprintf("BEGIN EXECUTE %s || pg_get_serial_sequence(%s, %s) || %s; END",
			quoteLiteral(head), quoteLiteral(c.table), quoteLiteral(c.Name), quoteLiteral(tail))
		return []dialect.SQL{{Text: "DO " + quoteLiteral(body)}}
	}
	return nil
}

// newSerial is what the change says of the sequence of the column.
func (c *change) newSerial() (SerialOption, bool) {
	if !c.Change.Has(ddl.OptionsAspect) {
		return SerialOption{}, false
	}
	return schema.Find[SerialOption](c.New.Options)
}

// staysSerial tells whether a serial column that is to be an identity stays serial:
// without options the one is as good as the other, unless the change says that the
// column is serial no longer.
func (c *change) staysSerial(next schema.Identity) bool {
	_, serial := c.newSerial()
	loses := c.Change.Has(ddl.OptionsAspect) && !serial && c.Existing != nil && isSerial(c.Existing)
	return next == (schema.Identity{}) && !loses
}

// dropsSequence tells whether the sequence of a serial column goes with the change.
func (c *change) dropsSequence() bool {
	if c.now.numbered != bySequence || !c.Change.Any(ddl.AutoIncrementAspect|ddl.IdentityAspect) || isSerial(c.New) {
		return false
	}
	next := c.nextIdentity()
	return next == nil || !c.staysSerial(*next)
}

// becomeSerial numbers the rows in the old way, by a sequence that has the name that
// it is given, or that the server would give it, and that goes on behind the rows there
// are. A column that is serial already gets the name, and its sequence the type.
func (c *change) becomeSerial(o SerialOption) error {
	named, was := o.Sequence != "", SerialOption{}
	if c.Existing != nil {
		was, _ = schema.Find[SerialOption](c.Existing.Options)
	}
	switch c.now.numbered {
	case bySequence:
		if !named && was.Sequence == "" {
			return nil
		}
	case somehow:
		if !named {
			return nil
		}
		c.dropNumbering()
	case byIdentity:
		c.dropNumbering()
	case notKnown, notNumbered:
	}
	if !named {
		o.Sequence = c.usualSequence()
	}
	typ := c.now.typ
	if c.Change.Has(ddl.TypeAspect) {
		typ = c.New.Type
	}
	q, err := c.namedSequence(c.alteration.name, &schema.ColumnDef{Name: c.Name, Type: typ, AutoIncrement: true, Options: []schema.Option{o}})
	if err != nil {
		return err
	}
	if c.now.numbered == bySequence {
		return c.renameSequence(o, q)
	}
	if c.now.hasNullable && c.now.nullable && !c.Change.Has(ddl.NullableAspect) {
		c.say(passNotNull, "SET NOT NULL")
	}
	c.after = append(c.after, q.make(c.table, c.quoted, ddl.Unguarded)...)
	c.goOn()
	return nil
}

// renameSequence gives the sequence of a serial column another name, and the type that
// it is to have, unless it got that with the column.
func (c *change) renameSequence(o SerialOption, q namedSequence) error {
	if q.as != "" && !c.Change.Has(ddl.TypeAspect) {
		c.after = append(c.after, c.sequence("ALTER SEQUENCE ", q.as)...)
	}
	to, err := c.Quote(o.Sequence)
	if err != nil {
		return err
	}
	usual := c.now.serial == "" && o.Sequence == c.usualSequence() // in a script, of one without a name
	if !usual && !sameQuoted(c.now.serial, q.name) {
		c.after = append(c.after, c.sequence("ALTER SEQUENCE ", " RENAME TO "+to)...)
	}
	return nil
}

// usualSequence is the name that the server gives the sequence of a serial column.
func (c *change) usualSequence() string {
	return objectName(c.alteration.name.Name, c.Name, "seq")
}

// sameQuoted tells whether two quoted names, of which one may lack the schema, are of one object.
func sameQuoted(a, b string) bool {
	x, ok := lex(a)
	y, both := lex(b)
	if !ok || !both || len(x) == 0 || len(y) == 0 {
		return false
	}
	return x[len(x)-1].text == y[len(y)-1].text && (len(x) != len(y) || x[0].text == y[0].text)
}
