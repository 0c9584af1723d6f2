package autogen

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

var errNoNormalizer = errors.New("the dialect cannot create a scratch place")

// normalize lets the server bring the expressions of the undecided tables into
// its own words. What it could not do is returned as warnings; those expressions
// count as the same.
func (c *comparer) normalize(ctx context.Context, conn dialect.Conn, want *side) (warnings []string) {
	c.normalized = map[schema.Name]bool{}
	names := c.undecidedTables()
	place, err := c.scratch(ctx, conn)
	if err != nil {
		return warnAll(names, err)
	}
	defer func() {
		if err := place.Close(); err != nil {
			warnings = append(warnings, fmt.Sprintf("closing the scratch server: %v", err))
		}
	}()
	if place.Warning != "" {
		warnings = append(warnings, place.Warning)
	}
	n, ok := place.Dialect.(dialect.Normalizer)
	if !ok {
		return append(warnings, warnAll(names, errNoNormalizer)...)
	}
	tables := make([]*schema.Table, len(names))
	for i, name := range names {
		tables[i] = scratchTable(want.byName[name].canonical)
	}
	got, refused, err := n.Normalize(ctx, place.Conn, tables, nil)
	if err != nil {
		return append(warnings, warnAll(names, c.wayOut(err))...)
	}
	byName := make(map[schema.Name]*schema.Table, len(got))
	for _, t := range got {
		byName[t.Name] = t
	}
	for _, name := range names {
		t, ok := byName[name]
		if !ok {
			why := refused[name]
			if why == nil {
				why = errors.New("the server did not report the table")
			}
			warnings = append(warnings, undecidedWarning(name, why))
			continue
		}
		adopt(want.byName[name], t)
		c.normalized[name] = true
	}
	return warnings
}

// scratch is where the server normalises: on the connection at hand, or on the
// server that the options name.
func (c *comparer) scratch(ctx context.Context, conn dialect.Conn) (*Scratch, error) {
	if c.options.Scratch == nil {
		return &Scratch{Dialect: c.dialect, Conn: conn, Close: func() error { return nil }}, nil
	}
	s, err := c.options.Scratch(ctx)
	if err != nil {
		return nil, err
	}
	if f, ok := s.Dialect.(dialect.ScratchFor); ok {
		s.Dialect = f.ScratchFor(c.dialect)
	}
	return s, nil
}

// wayOut says what to do if a scratch place cannot be made where the database is.
func (c *comparer) wayOut(err error) error {
	if c.options.Scratch != nil {
		return err
	}
	return fmt.Errorf("%w; --dev-url names a server that may make a scratch place", err)
}

// undecidedTables are the tables in question, sorted.
func (c *comparer) undecidedTables() []schema.Name {
	return slices.SortedFunc(maps.Keys(c.undecided), schema.Name.Compare)
}

func undecidedWarning(n schema.Name, why error) string {
	return fmt.Sprintf("expressions of table %q were compared by rules alone: %v", n, why)
}

func warnAll(names []schema.Name, why error) (warnings []string) {
	for _, n := range names {
		warnings = append(warnings, undecidedWarning(n, why))
	}
	return warnings
}

// scratchName names a constraint that has no name, while the server has the table.
func scratchName(kind schema.ConstraintKind, i int) string {
	return fmt.Sprintf("gomig_%s_%d", strings.ReplaceAll(kind.String(), " ", "_"), i)
}

// scratchTable is the table without what needs other tables, its checks,
// exclusions and indexes all named.
func scratchTable(t *schema.Table) *schema.Table {
	t = t.Clone()
	t.ForeignKeys = nil
	for i, k := range checksOf(t) {
		k.Name = scratchName(k.Kind(), i)
	}
	for i, k := range excludesOf(t) {
		k.Name = scratchName(k.Kind(), i)
	}
	for i, k := range t.Indexes {
		if k.Name == "" { // a unique constraint, where that is an index
			k.Name = scratchName(schema.UniqueKind, i)
		}
	}
	return t
}

// adopt takes the expressions of the server's table over into the canonical form.
func adopt(p *pair, server *schema.Table) {
	t := p.canonical.Clone()
	for _, c := range t.Columns {
		if s := server.Column(c.Name); s != nil {
			c.Default, c.Computed = s.Default, s.Computed
		}
	}
	counterparts(t.Checks, server.Checks, func(k, s *schema.CheckDef) { k.Expr = s.Expr })
	counterparts(t.Excludes, server.Excludes, func(k, s *schema.ExcludeDef) { k.Elements, k.Where = s.Elements, s.Where })
	for i, o := range t.Options {
		if _, ok := o.(interface{ MayMeanSame(schema.Option) bool }); !ok {
			continue
		}
		if s := slices.IndexFunc(server.Options, func(s schema.Option) bool { return s.OptionKey() == o.OptionKey() }); s >= 0 {
			t.Options[i] = server.Options[s]
		}
	}
	for _, i := range t.Indexes {
		if s := server.Index(i.Name); s != nil && len(s.Parts) == len(i.Parts) {
			i.Parts, i.Where = s.Parts, s.Where
		}
	}
	p.canonical = t
}

// counterparts calls take for each constraint of a list and its counterpart on the
// server, which has the same name or, if it has none, its [scratchName].
func counterparts[C schema.Constraint](list, server []C, take func(c, server C)) {
	byName := make(map[string]C, len(server))
	for _, s := range server {
		byName[s.ConstraintName()] = s
	}
	n := 0
	for _, c := range list {
		name := c.ConstraintName()
		if name == "" {
			name = scratchName(c.Kind(), n)
			n++
		}
		if s, ok := byName[name]; ok {
			take(c, s)
		}
	}
}
