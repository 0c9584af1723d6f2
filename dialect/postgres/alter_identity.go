package postgres

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// column is what is known of a column before it is changed.
type column struct {
	typ         schema.Type // zero for not known
	value       schema.Expr
	hasDefault  bool // value is known
	computed    *schema.Computed
	hasComputed bool   // computed is known
	collation   string // empty for the type's own, and for not known
	options     []schema.Option
	nullable    bool
	hasNullable bool // nullable is known
	numbered    numbering
	identity    schema.Identity // of a column that is numbered
	serial      string          // the sequence of a serial column, quoted
}

// numbering says whether the database numbers a column's rows.
type numbering uint8

const (
	notKnown numbering = iota
	notNumbered
	byIdentity
	bySequence // a serial column
	somehow    // by the one or the other
)

// known collects what is known: what the revision says first, else what the
// catalogue says, where it can be asked and the change needs it.
func (c *change) known() error {
	if e := c.Existing; e != nil {
		c.now.fromDefinition(e, c.Known)
		if q, err := c.namedSequence(c.alteration.name, e); err == nil {
			c.now.serial = q.name
		}
	}
	needs := ddl.TypeAspect | ddl.CollationAspect | ddl.AutoIncrementAspect | ddl.IdentityAspect | ddl.ComputedAspect | ddl.OptionsAspect
	if c.cat == nil || !c.Change.Any(needs) {
		return nil
	}
	return c.ask()
}

func (n *column) fromDefinition(e *schema.ColumnDef, known ddl.Aspect) {
	if known.Has(ddl.TypeAspect) {
		n.typ = e.Type
	}
	if known.Has(ddl.CollationAspect) {
		n.collation = e.Collation
	}
	if known.Has(ddl.OptionsAspect) {
		n.options = e.Options
	}
	if known.Has(ddl.DefaultAspect) {
		n.value, n.hasDefault = e.Default, true
	}
	if known.Has(ddl.ComputedAspect) {
		n.computed, n.hasComputed = e.Computed, true
	}
	if known.Has(ddl.NullableAspect) {
		n.nullable, n.hasNullable = e.Nullable, true
	}
	if !known.Has(ddl.AutoIncrementAspect | ddl.IdentityAspect) {
		return
	}
	switch {
	case e.Identity != nil:
		n.numbered, n.identity = byIdentity, *e.Identity
	case isSerial(e):
		n.numbered = bySequence
	case e.AutoIncrement:
		n.numbered = somehow
	default:
		n.numbered = notNumbered
	}
}

const askQuery = `SELECT format_type(a.atttypid, a.atttypmod), t.typtype::text, a.attnotnull, a.attidentity::text, a.attgenerated::text,
  coalesce(pg_get_expr(d.adbin, d.adrelid, true), ''),
  coalesce((SELECT '"' || replace(n.nspname, '"', '""') || '"."' || replace(l.collname, '"', '""') || '"' FROM pg_catalog.pg_collation l
    JOIN pg_catalog.pg_namespace n ON n.oid = l.collnamespace WHERE l.oid = a.attcollation AND a.attcollation <> t.typcollation), ''),
  CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage::text ELSE '' END, %[3]s,
  coalesce(pg_get_serial_sequence(%[1]s, a.attname), ''),
  coalesce(s.seqstart, 0), coalesce(s.seqincrement, 0), coalesce(s.seqmin, 0), coalesce(s.seqmax, 0), coalesce(s.seqcache, 0), coalesce(s.seqcycle, false)
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN pg_catalog.pg_sequence s ON s.seqrelid = pg_get_serial_sequence(%[1]s, a.attname)::regclass
WHERE a.attrelid = %[1]s::regclass AND a.attname = %[2]s AND NOT a.attisdropped`

// ask reads the column from the catalogue. What the revision says of it
// stands, but for how the rows are numbered, where the catalogue knows more.
func (c *change) ask() error {
	name, err := literal(c.Name)
	if err != nil {
		return err
	}
	method := "''"
	if c.has.has(compression) {
		method = "a.attcompression::text"
	}
	rows, err := c.cat.Conn().QueryContext(c.ctx, fmt.Sprintf(askQuery, quoteLiteral(c.table), name, method))
	if err != nil {
		return fmt.Errorf("reading the column from the catalogue: %w", err)
	}
	defer func() { _ = rows.Close() }()
	if !rows.Next() {
		return rows.Err() // the server itself will say that there is no such column
	}
	var typ, kind, identity, generated, expr, collation, kept, sequence string
	var notNull bool
	var low, high int64
	var id schema.Identity
	if err := rows.Scan(&typ, &kind, &notNull, &identity, &generated, &expr, &collation, &kept, &method, &sequence,
		&id.Start, &id.Increment, &low, &high, &id.Cache, &id.Cycle); err != nil {
		return fmt.Errorf("reading the column from the catalogue: %w", err)
	}
	if c.now.collation == "" {
		c.now.collation = collation
	}
	if len(c.now.options) == 0 {
		c.now.options = keptOptions(kept, method, -1)
	}
	c.now.fromCatalogue(liveType(typ, kind), notNull, generated, expr)
	id.Min, id.Max, id.Always = &low, &high, identity == "a"
	switch {
	case identity != "":
		c.now.numbered, c.now.identity, c.now.serial = byIdentity, id, ""
	case sequence != "" && strings.HasPrefix(expr, "nextval("):
		c.now.numbered, c.now.serial = bySequence, sequence
	default:
		c.now.numbered = notNumbered
	}
	if c.now.numbered == bySequence {
		c.now.value, c.now.hasDefault = schema.Expr{}, true
	}
	return rows.Err()
}

func (n *column) fromCatalogue(typ schema.Type, notNull bool, generated, expr string) {
	if n.typ.IsZero() {
		n.typ = typ
	}
	if !n.hasNullable {
		n.nullable, n.hasNullable = !notNull, true
	}
	if !n.hasDefault && generated == "" && expr != "" {
		n.value = schema.SQL(expr)
	}
	n.hasDefault = true
	if !n.hasComputed && generated != "" {
		storage := schema.Stored
		if generated == "v" {
			storage = schema.Virtual
		}
		n.computed = &schema.Computed{Expr: expr, Storage: storage}
	}
	n.hasComputed = true
}

// liveType is the type that format_type names; kind is the catalogue's letter for it.
func liveType(name, kind string) schema.Type {
	if def, ok := parseType(name); ok && kind == "b" {
		return schema.TypeOf(def)
	}
	tokens, ok := lex(name)
	if !ok || len(tokens) == 0 {
		return schema.RawSQL(name)
	}
	switch {
	case kind != "e" && kind != "d":
	case len(tokens) == 1:
		return Named(tokens[0].text)
	case len(tokens) == 3 && tokens[1].is("."):
		return NamedIn(tokens[0].text, tokens[2].text)
	}
	return schema.RawSQL(name)
}

// setIdentity lets the database number the rows, or ends that, or changes how.
func (c *change) setIdentity() error {
	if !c.Change.Any(ddl.AutoIncrementAspect | ddl.IdentityAspect) {
		return nil
	}
	next := c.nextIdentity()
	if next == nil {
		c.dropNumbering()
		return nil
	}
	if o, serial := schema.Find[SerialOption](c.New.Options); serial && c.New.AutoIncrement {
		return c.becomeSerial(o)
	}
	switch c.now.numbered {
	case byIdentity:
		c.changeIdentity(c.now.identity, *next)
	case bySequence, somehow:
		if c.staysSerial(*next) {
			return nil
		}
		c.dropNumbering()
		c.addIdentity(*next)
	case notKnown, notNumbered:
		c.addIdentity(*next)
	}
	return nil
}

// nextIdentity is the identity that a change of the numbering says, nil for none.
func (c *change) nextIdentity() *schema.Identity {
	switch {
	case c.New.Identity != nil:
		return c.New.Identity
	case c.New.AutoIncrement:
		return &schema.Identity{}
	}
	return nil
}

func (c *change) dropNumbering() {
	switch c.now.numbered {
	case notNumbered:
	case bySequence:
		c.say(passDrop, "DROP DEFAULT")
		c.freed = append(c.freed, c.sequence("DROP SEQUENCE ", "")...)
	case somehow:
		c.say(passDrop, "DROP IDENTITY IF EXISTS")
		c.say(passDrop, "DROP DEFAULT")
	case byIdentity:
		c.say(passDrop, "DROP IDENTITY")
	case notKnown:
		c.say(passDrop, "DROP IDENTITY IF EXISTS")
		if c.Change.Has(ddl.AutoIncrementAspect) {
			c.say(passDrop, "DROP DEFAULT")
		}
	}
}

// goOn has the sequence of the column go on behind the rows there are.
func (c *change) goOn() {
	c.after = append(c.after, dialect.SQL{Text: fmt.Sprintf("SELECT setval(pg_get_serial_sequence(%s, %s), greatest(max(%s), 0) + 1, false) FROM %s",
		quoteLiteral(c.table), quoteLiteral(c.Name), c.quoted, c.table)})
}

// addIdentity gives the column an identity that goes on behind the rows there are.
func (c *change) addIdentity(id schema.Identity) {
	if c.now.hasNullable && c.now.nullable && !c.Change.Has(ddl.NullableAspect) {
		c.say(passNotNull, "SET NOT NULL")
	}
	c.say(passOther, "ADD GENERATED "+identity(id))
	if id.Start != 0 || id.Increment < 0 || id.Min != nil {
		return
	}
	c.goOn()
}

// changeIdentity sets what differs between two identities.
func (c *change) changeIdentity(old, next schema.Identity) {
	typ := c.now.typ
	if c.Change.Has(ddl.TypeAspect) {
		typ = c.New.Type
	}
	def, _ := c.canonicalType(typ).Def().(schema.IntegerType)
	x, y := spelledOut(old, def.Size), spelledOut(next, def.Size)
	var sets []string
	set := func(differs bool, text string) {
		if differs {
			sets = append(sets, "SET "+text)
		}
	}
	when := "GENERATED BY DEFAULT"
	if y.Always {
		when = "GENERATED ALWAYS"
	}
	number := func(what string, n int64) string { return what + " " + strconv.FormatInt(n, 10) }
	set(x.Always != y.Always, when)
	set(x.Start != y.Start, number("START WITH", y.Start))
	set(x.Increment != y.Increment, number("INCREMENT BY", y.Increment))
	set(*x.Min != *y.Min, number("MINVALUE", *y.Min))
	set(*x.Max != *y.Max, number("MAXVALUE", *y.Max))
	set(x.Cache != y.Cache, number("CACHE", y.Cache))
	cycle := "NO CYCLE"
	if y.Cycle {
		cycle = "CYCLE"
	}
	set(x.Cycle != y.Cycle, cycle)
	if len(sets) > 0 {
		c.say(passMisc, strings.Join(sets, " "))
	}
}

// spelledOut puts the server's choice where an identity says nothing.
func spelledOut(id schema.Identity, size schema.IntegerSize) schema.Identity {
	if id.Increment == 0 {
		id.Increment = 1
	}
	low, high := bounds(size, id.Increment)
	if id.Start == 0 {
		id.Start = defaultStart(id, low, high)
	}
	if id.Min == nil {
		id.Min = &low
	}
	if id.Max == nil {
		id.Max = &high
	}
	if id.Cache == 0 {
		id.Cache = 1
	}
	return id
}
