package postgres

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// Normalize creates the tables in schemas of their own, within a transaction
// that is rolled back (or a savepoint, if conn is in a transaction already),
// and reflects them there. It needs the right to create schemas in the database.
//
// Foreign keys are not created: rules say all about them, and creating them
// would lock the tables they point at. context is therefore of no use here.
func (s server) Normalize(ctx context.Context, conn dialect.Conn, tables, _ []*schema.Table) (out []*schema.Table, refused map[schema.Name]error, err error) {
	if len(tables) == 0 {
		return nil, nil, nil
	}
	undo, err := begin(ctx, conn)
	if err != nil {
		return nil, nil, fmt.Errorf("normalizing: %w", err)
	}
	defer func() {
		if e := undo(context.WithoutCancel(ctx)); e != nil {
			err = errors.Join(err, fmt.Errorf("normalizing: rolling back: %w", e))
		}
	}()
	p := &scratch{server: s, ctx: ctx, conn: conn, names: map[string]string{}, refused: map[schema.Name]error{}}
	if err := p.prepare(tables); err != nil {
		return nil, nil, fmt.Errorf("normalizing: %w", err)
	}
	for _, t := range tables {
		if err := p.create(t); err != nil {
			return nil, nil, fmt.Errorf("normalizing table %q: %w", t.Name, err)
		}
	}
	out, err = p.reflect(tables)
	if err != nil {
		return nil, nil, fmt.Errorf("normalizing: %w", err)
	}
	return out, p.refused, nil
}

const savepoint = "gomig_normalize"

// notInTransaction is the code of the error that SAVEPOINT gives outside a transaction.
const notInTransaction = "25P01"

// begin begins what can be undone, and gives what undoes it. A connection does
// not tell whether it is in a transaction, so a savepoint is tried first.
func begin(ctx context.Context, conn dialect.Conn) (undo func(context.Context) error, err error) {
	run := func(statements ...string) func(context.Context) error {
		return func(ctx context.Context) error {
			for _, text := range statements {
				if _, err := conn.ExecContext(ctx, text); err != nil {
					return err
				}
			}
			return nil
		}
	}
	_, err = conn.ExecContext(ctx, "SAVEPOINT "+savepoint)
	if err == nil {
		return run("ROLLBACK TO SAVEPOINT "+savepoint, "RELEASE SAVEPOINT "+savepoint), nil
	}
	var coded interface{ SQLState() string }
	if !errors.As(err, &coded) || coded.SQLState() != notInTransaction {
		return nil, err
	}
	if _, err := conn.ExecContext(ctx, "BEGIN"); err != nil {
		return nil, err
	}
	return run("ROLLBACK"), nil
}

// scratch is the place where tables are created to be looked at.
type scratch struct {
	server
	ctx     context.Context
	conn    dialect.Conn
	names   map[string]string // of the scratch schemas, by those they stand for; "" is the default one
	refused map[schema.Name]error
	enums   map[schema.Name]schema.EnumType // that are created with the tables
	unnamed int                             // constraints that were given a name
	made    map[schema.Name]bool            // tables and views that views may name; nil if there are none
}

func (p *scratch) exec(text string) error {
	_, err := p.conn.ExecContext(p.ctx, text)
	return err
}

// prepare makes a schema for each that the tables lie in, and the enumerations
// as the tables declare them, which may not be there yet or hold other values.
func (p *scratch) prepare(tables []*schema.Table) error {
	if err := p.settle(); err != nil {
		return err
	}
	prefix := dialect.ScratchPrefix + strings.ToLower(rand.Text()[:10]) + "_"
	p.enums = map[schema.Name]schema.EnumType{}
	p.names[""] = prefix + "0"
	for _, t := range tables {
		p.names[p.fold(t.Name.Schema)] = ""
		for _, c := range t.Columns {
			if e, ok := enumOf(p.canonicalType(c.Type).Def()); ok {
				p.names[e.Schema] = ""
				p.enums[schema.Name{Schema: e.Schema, Name: e.Name}] = e
			}
		}
	}
	for i, name := range slices.Sorted(maps.Keys(p.names)) {
		p.names[name] = prefix + strconv.Itoa(i)
		if err := p.exec("CREATE SCHEMA " + quoteIdent(p.names[name])); err != nil {
			return err
		}
	}
	if err := p.findFirst(); err != nil {
		return err
	}
	if p.others != "" {
		if err := p.createSequences(tables); err != nil {
			return err
		}
	}
	for _, name := range slices.SortedFunc(maps.Keys(p.enums), schema.Name.Compare) {
		list, err := p.createEnum(ddl.CreateEnum{
			Name: schema.Name{Schema: p.names[name.Schema], Name: name.Name}, Values: p.enums[name].EnumValues(),
		})
		if err != nil {
			return err
		}
		if err := p.exec(list[0].Text); err != nil {
			return err
		}
	}
	return nil
}

// settle sets what decides how expressions are spelled as it is in the database, should
// this be another server.
func (p *scratch) settle() error {
	set := map[string]string{}
	if p.zone != nil {
		set["TimeZone"] = p.zone.String()
	}
	if p.others != "" {
		if err := json.Unmarshal([]byte(p.others), &set); err != nil {
			return fmt.Errorf("reading the settings of the database: %w", err)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(set)) {
		if err := p.exec("SELECT set_config(" + quoteLiteral(name) + ", " + quoteLiteral(set[name]) + ", true)"); err != nil {
			return err
		}
	}
	return nil
}

// createSequences makes the sequences that defaults name without a schema and that are
// not there: another server need not have what the database has.
func (p *scratch) createSequences(tables []*schema.Table) error {
	for _, t := range tables {
		for _, c := range t.Columns {
			name, ok := nextOf(c.Default.For(p.Names()...).Text)
			if !ok {
				continue
			}
			var there bool
			if err := p.conn.QueryRowContext(p.ctx, "SELECT to_regclass("+quoteLiteral(quoteIdent(name))+") IS NOT NULL").Scan(&there); err != nil {
				return err
			}
			if there {
				continue
			}
			if err := p.exec("CREATE SEQUENCE " + quoteIdent(p.names[""]) + "." + quoteIdent(name)); err != nil {
				return err
			}
		}
	}
	return nil
}

// findFirst puts what is in the scratch place before what it stands for, in every
// schema of the search path.
func (p *scratch) findFirst() error {
	var path text
	if err := p.conn.QueryRowContext(p.ctx, "SELECT array_to_json(current_schemas(false))::text").Scan(&path); err != nil {
		return err
	}
	first := []string{quoteIdent(p.names[""])}
	for _, name := range strs(path) {
		if place := p.names[name]; place != "" {
			first = append(first, quoteIdent(place))
		}
	}
	return p.exec(`SELECT set_config('search_path', concat_ws(', ', ` + quoteLiteral(strings.Join(first, ", ")) + `, nullif(current_setting('search_path'), '')), true)`)
}

// enumOf is the enumeration that a type is or is an array of.
func enumOf(def schema.TypeDef) (schema.EnumType, bool) {
	switch def := def.(type) {
	case schema.EnumType:
		return def, def.Name != ""
	case ArrayType:
		return enumOf(def.Elem)
	}
	return schema.EnumType{}, false
}

// moved is the type with its enumeration in the scratch place.
func (p *scratch) moved(def schema.TypeDef) schema.TypeDef {
	switch def := def.(type) {
	case schema.EnumType:
		def.Schema = p.names[def.Schema]
		return def
	case ArrayType:
		return ArrayType{Elem: p.moved(def.Elem)}
	}
	return def
}

// unnamed begins the names that constraints without one have meanwhile.
const unnamed = "gomig_unnamed_"

// copyOf is the table as it is created in the scratch place.
func (p *scratch) copyOf(t *schema.Table) *schema.Table {
	c := t.Clone()
	c.Name.Schema = p.names[p.fold(t.Name.Schema)]
	c.ForeignKeys, c.Comment = nil, ""
	for _, col := range c.Columns {
		if def := p.canonicalType(col.Type).Def(); def != nil {
			if _, ok := enumOf(def); ok {
				col.Type = schema.TypeOf(p.moved(def))
			}
		}
		col.Comment = ""
	}
	p.inExpressions(c, p.toScratch)
	name := func(s *string) {
		if *s == "" {
			p.unnamed++
			*s = unnamed + strconv.Itoa(p.unnamed)
		}
	}
	if c.PrimaryKey != nil {
		name(&c.PrimaryKey.Name)
	}
	for _, u := range c.Uniques {
		name(&u.Name)
	}
	for _, k := range c.Checks {
		name(&k.Name)
	}
	for _, x := range c.Excludes {
		name(&x.Name)
	}
	for _, i := range c.Indexes {
		i.Options = schema.UnsetOption(i.Options, ConcurrentlyOption{}.OptionKey())
	}
	c.Options = schema.UnsetOption(c.Options, InheritsOption{}.OptionKey())
	if p.others != "" {
		anywhere(c)
	}
	return c
}

// anywhere takes from a table where it lies and how it is kept, which another server
// may not know and which means nothing to its expressions.
func anywhere(t *schema.Table) {
	unset := func(opts *[]schema.Option) {
		for _, o := range []schema.Option{TablespaceOption{}, AccessMethodOption{}} {
			*opts = schema.UnsetOption(*opts, o.OptionKey())
		}
	}
	unset(&t.Options)
	for _, k := range t.Constraints() {
		if opts := options(k); opts != nil {
			unset(opts)
		}
	}
	for _, i := range t.Indexes {
		unset(&i.Options)
	}
}

// create creates one table.
func (p *scratch) create(t *schema.Table) error {
	return p.attempt(t.Name, func() error { return p.tryCreate(p.copyOf(t)) })
}

// attempt makes one thing. What the server refuses is kept and undone.
func (p *scratch) attempt(name schema.Name, do func() error) error {
	if err := p.exec("SAVEPOINT gomig_table"); err != nil {
		return err
	}
	why := do()
	if why != nil {
		if err := p.ctx.Err(); err != nil {
			return err
		}
		p.refused[name] = why
		if err := p.exec("ROLLBACK TO SAVEPOINT gomig_table"); err != nil {
			return err
		}
	}
	return p.exec("RELEASE SAVEPOINT gomig_table")
}

func (p *scratch) tryCreate(t *schema.Table) error {
	list := []ddl.Statement{ddl.CreateTable{Table: t}}
	for _, i := range t.Indexes {
		list = append(list, ddl.CreateIndex{Table: t.Name, Index: i})
	}
	return p.run(list)
}

// run runs statements.
func (p *scratch) run(list []ddl.Statement) error {
	for _, stmt := range list {
		texts, err := dialect.Compile(p.ctx, p, nil, stmt)
		if err != nil {
			return err
		}
		for _, q := range texts {
			if err := p.exec(q.Text); err != nil {
				return err
			}
		}
	}
	return nil
}

// reflect reads the tables back and gives them their own names again.
func (p *scratch) reflect(tables []*schema.Table) ([]*schema.Table, error) {
	var schemas []string
	for _, name := range p.names {
		schemas = append(schemas, name)
	}
	slices.Sort(schemas)
	r, err := p.Reflect(p.ctx, p.conn, dialect.Scope{Schemas: schemas})
	if err != nil {
		return nil, err
	}
	for _, problem := range r.Problems {
		return nil, fmt.Errorf("reading %s %q: %w", problem.Object.Kind, problem.Object.Name, problem.Err)
	}
	found := map[schema.Name]*schema.Table{}
	for _, t := range r.Tables {
		found[t.Name] = t
	}
	var out []*schema.Table
	for _, t := range tables {
		own := p.Canonical(t)
		at := own.Name
		if at.Schema != "" {
			at.Schema = p.names[at.Schema]
		}
		if got := found[at]; got != nil {
			out = append(out, p.restore(got, own))
		}
	}
	return out, nil
}
