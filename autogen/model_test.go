package autogen_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// model is a database in memory. It refuses what servers refuse: an object that
// is not there, and taking away what something else rests on.
type model struct {
	tables  map[schema.Name]*schema.Table
	enums   map[schema.Name][]string
	forward bool // foreign keys need nothing
	invents bool // gives constraints without a name one of its own
	count   int
}

func newModel(forward, invents bool) *model {
	return &model{tables: map[schema.Name]*schema.Table{}, enums: map[schema.Name][]string{}, forward: forward, invents: invents}
}

// list is what the database holds, as reflection gives it.
func (m *model) list() []*schema.Table {
	var out []*schema.Table
	for _, t := range m.tables {
		out = append(out, t.Clone())
	}
	slices.SortFunc(out, func(a, b *schema.Table) int { return a.Name.Compare(b.Name) })
	return out
}

// run lowers operations and executes them.
func (m *model) run(ops []op.Operation) error {
	for _, o := range ops {
		stmts, err := o.Lower()
		if err != nil {
			return fmt.Errorf("lowering %s: %w", o, err)
		}
		for _, s := range stmts {
			if err := m.execute(s); err != nil {
				return fmt.Errorf("%s: %w", o, err)
			}
		}
	}
	return nil
}

func (m *model) execute(s ddl.Statement) error {
	switch s := s.(type) {
	case ddl.CreateTable:
		return m.create(s.Table)
	case ddl.DropTable:
		return m.drop(s.Table)
	case ddl.AlterTable:
		t := m.tables[s.Table]
		if t == nil {
			return fmt.Errorf("there is no table %q", s.Table)
		}
		for _, a := range s.Actions {
			if err := m.action(t, a); err != nil {
				return fmt.Errorf("%T: %w", a, err)
			}
		}
	case ddl.CreateIndex:
		t := m.tables[s.Table]
		switch {
		case t == nil:
			return fmt.Errorf("there is no table %q", s.Table)
		case t.Index(s.Index.Name) != nil:
			return fmt.Errorf("there is an index %q", s.Index.Name)
		}
		t.Indexes = append(t.Indexes, s.Index.Clone())
		return present(t, indexColumns(s.Index))
	case ddl.DropIndex:
		t := m.tables[s.Table]
		if t == nil || t.Index(s.Name) == nil {
			return fmt.Errorf("there is no index %q", s.Name)
		}
		t.Indexes = slices.DeleteFunc(t.Indexes, func(i *schema.IndexDef) bool { return i.Name == s.Name })
		return m.keysHold()
	case ddl.SetTableComment:
		m.tables[s.Table].Comment = s.Comment
	case ddl.CreateEnum:
		if _, ok := m.enums[s.Name]; ok {
			return fmt.Errorf("there is an enum %q", s.Name)
		}
		m.enums[s.Name] = s.Values
	case ddl.DropEnum:
		delete(m.enums, s.Name)
	default:
		return fmt.Errorf("no model of %T", s)
	}
	return nil
}

func (m *model) create(t *schema.Table) error {
	if m.tables[t.Name] != nil {
		return fmt.Errorf("there is a table %q", t.Name)
	}
	n := t.Clone()
	n.Uniques, n.Checks, n.ForeignKeys, n.Excludes, n.Indexes = nil, nil, nil, nil, nil
	m.tables[t.Name] = n
	for _, c := range t.Constraints() {
		if c.Kind() == schema.PrimaryKeyKind {
			continue
		}
		if err := m.addConstraint(n, c); err != nil {
			return err
		}
	}
	return nil
}

func (m *model) drop(name schema.Name) error {
	if m.tables[name] == nil {
		return fmt.Errorf("there is no table %q", name)
	}
	delete(m.tables, name)
	return m.keysHold()
}

func (m *model) action(t *schema.Table, a ddl.Action) error {
	switch a := a.(type) {
	case ddl.AddColumn:
		return addColumn(t, a)
	case ddl.DropColumn:
		return m.dropColumn(t, a.Name)
	case ddl.AlterColumn:
		return m.alterColumn(t, a)
	case ddl.AddConstraint:
		return m.addConstraint(t, a.Constraint)
	case ddl.DropConstraint:
		return m.dropConstraint(t, a)
	case ddl.SetOption:
		t.Options = schema.SetOption(t.Options, a.Option)
	case ddl.ResetOption:
		t.Options = schema.UnsetOption(t.Options, a.Option.OptionKey())
	default:
		return errors.New("no model of it")
	}
	return nil
}

func addColumn(t *schema.Table, a ddl.AddColumn) error {
	at := len(t.Columns)
	switch {
	case t.Column(a.Column.Name) != nil:
		return fmt.Errorf("there is a column %q", a.Column.Name)
	case a.Place.First:
		at = 0
	case a.Place.After != "":
		at = 1 + slices.IndexFunc(t.Columns, func(c *schema.ColumnDef) bool { return c.Name == a.Place.After })
		if at == 0 {
			return fmt.Errorf("there is no column %q to stand behind", a.Place.After)
		}
	}
	t.Columns = slices.Insert(t.Columns, at, a.Column.Clone())
	return nil
}

func (m *model) dropColumn(t *schema.Table, name string) error {
	if t.Column(name) == nil {
		return fmt.Errorf("there is no column %q", name)
	}
	t.Columns = slices.DeleteFunc(t.Columns, func(c *schema.ColumnDef) bool { return c.Name == name })
	for _, c := range t.Constraints() {
		if slices.Contains(columns(c), name) {
			return fmt.Errorf("%s %q rests on column %q", c.Kind(), c.ConstraintName(), name)
		}
	}
	for _, i := range t.Indexes {
		if slices.Contains(indexColumns(i), name) {
			return fmt.Errorf("index %q rests on column %q", i.Name, name)
		}
	}
	return m.keysHold()
}

func (m *model) alterColumn(t *schema.Table, a ddl.AlterColumn) error {
	c := t.Column(a.Name)
	if c == nil {
		return fmt.Errorf("there is no column %q", a.Name)
	}
	if columnText(c) != columnText(a.Existing) {
		return fmt.Errorf("column %q is %s, not %s as Existing says", a.Name, columnText(c), columnText(a.Existing))
	}
	if a.Change.Has(ddl.TypeAspect) && !m.forward {
		for _, other := range m.tables {
			for _, fk := range other.ForeignKeys {
				if other == t && slices.Contains(fk.Columns, a.Name) || fk.RefTable == t.Name && slices.Contains(fk.RefColumns, a.Name) {
					return fmt.Errorf("a foreign key of %q rests on column %q", other.Name, a.Name)
				}
			}
		}
	}
	set(a.Change, ddl.TypeAspect, &c.Type, a.New.Type)
	set(a.Change, ddl.NullableAspect, &c.Nullable, a.New.Nullable)
	set(a.Change, ddl.DefaultAspect, &c.Default, a.New.Default)
	set(a.Change, ddl.CommentAspect, &c.Comment, a.New.Comment)
	set(a.Change, ddl.AutoIncrementAspect, &c.AutoIncrement, a.New.AutoIncrement)
	set(a.Change, ddl.ComputedAspect, &c.Computed, a.New.Computed)
	set(a.Change, ddl.IdentityAspect, &c.Identity, a.New.Identity)
	set(a.Change, ddl.CollationAspect, &c.Collation, a.New.Collation)
	set(a.Change, ddl.OptionsAspect, &c.Options, a.New.Options)
	return nil
}

func set[T any](change, aspect ddl.Aspect, dst *T, v T) {
	if change.Has(aspect) {
		*dst = v
	}
}

func (m *model) addConstraint(t *schema.Table, c schema.Constraint) error {
	c = schema.CloneConstraint(c)
	for _, o := range t.Constraints() {
		if o.Kind() == c.Kind() && (c.ConstraintName() != "" && o.ConstraintName() == c.ConstraintName() || c.Kind() == schema.PrimaryKeyKind) {
			return fmt.Errorf("there is a %s %q", c.Kind(), c.ConstraintName())
		}
	}
	if err := present(t, columns(c)); err != nil {
		return err
	}
	m.name(c)
	c.AddToTable(t)
	return m.keysHold()
}

// name makes up a name, as a server does.
func (m *model) name(c schema.Constraint) {
	if !m.invents || c.ConstraintName() != "" {
		return
	}
	m.count++
	made := fmt.Sprintf("made_up_%d", m.count)
	switch c := c.(type) {
	case *schema.PrimaryKeyDef:
		c.Name = made
	case *schema.UniqueDef:
		c.Name = made
	case *schema.CheckDef:
		c.Name = made
	case *schema.ForeignKeyDef:
		c.Name = made
	case *schema.ExcludeDef:
		c.Name = made
	}
}

func (m *model) dropConstraint(t *schema.Table, a ddl.DropConstraint) error {
	matches := func(c schema.Constraint) bool {
		switch {
		case c.Kind() != a.Kind:
			return false
		case a.Kind == schema.PrimaryKeyKind:
			return true
		case a.Name != "":
			return c.ConstraintName() == a.Name
		}
		return constraintText(c) == constraintText(a.Was)
	}
	for _, c := range t.Constraints() {
		if !matches(c) {
			continue
		}
		switch c := c.(type) {
		case *schema.PrimaryKeyDef:
			t.PrimaryKey = nil
		case *schema.UniqueDef:
			t.Uniques = without(t.Uniques, c)
		case *schema.CheckDef:
			t.Checks = without(t.Checks, c)
		case *schema.ForeignKeyDef:
			t.ForeignKeys = without(t.ForeignKeys, c)
		case *schema.ExcludeDef:
			t.Excludes = without(t.Excludes, c)
		}
		return m.keysHold()
	}
	return fmt.Errorf("there is no %s %q", a.Kind, a.Name)
}

func without[T comparable](list []T, v T) []T {
	return slices.DeleteFunc(list, func(x T) bool { return x == v })
}

// keysHold reports the foreign key that points at what is not there.
func (m *model) keysHold() error {
	if m.forward {
		return nil
	}
	for _, t := range m.list() {
		for _, fk := range t.ForeignKeys {
			target := m.tables[fk.RefTable]
			if target == nil || !keyOn(target, fk.RefColumns) {
				return fmt.Errorf("the foreign key %s of %q points at %q %q, where there is no key", fk.Columns, t.Name, fk.RefTable, fk.RefColumns)
			}
		}
	}
	return nil
}

func keyOn(t *schema.Table, cols []string) bool {
	same := func(other []string) bool { return slices.Equal(sorted(cols), sorted(other)) }
	if t.PrimaryKey != nil && same(t.PrimaryKey.Columns) {
		return true
	}
	for _, u := range t.Uniques {
		if same(u.Columns) {
			return true
		}
	}
	return slices.ContainsFunc(t.Indexes, func(i *schema.IndexDef) bool { return i.Unique && same(indexColumns(i)) })
}

func sorted(list []string) []string { return slices.Sorted(slices.Values(list)) }

func present(t *schema.Table, cols []string) error {
	for _, c := range cols {
		if t.Column(c) == nil {
			return fmt.Errorf("table %q has no column %q", t.Name, c)
		}
	}
	return nil
}

func columns(c schema.Constraint) []string {
	switch c := c.(type) {
	case *schema.PrimaryKeyDef:
		return c.Columns
	case *schema.UniqueDef:
		return c.Columns
	case *schema.ForeignKeyDef:
		return c.Columns
	}
	return nil
}

func indexColumns(i *schema.IndexDef) (cols []string) {
	for _, p := range i.Parts {
		if p.Expr == "" {
			cols = append(cols, p.Column)
		}
	}
	return cols
}

// order says whether the order of columns is part of what a database holds.
type order uint8

const (
	anyOrder order = iota
	sameOrder
)

// text is what a database holds but for what is not compared: the names of
// constraints, and the order of what stands in a table.
func text(tables []*schema.Table, columns order) string {
	var b strings.Builder
	for _, t := range tables {
		var lines []string
		for _, c := range t.Columns {
			lines = append(lines, "  column "+columnText(c))
		}
		if columns == anyOrder {
			slices.Sort(lines)
		}
		var rest []string
		for _, c := range t.Constraints() {
			rest = append(rest, "  "+constraintText(c))
		}
		for _, i := range t.Indexes {
			rest = append(rest, fmt.Sprintf("  index %+v", *i))
		}
		slices.Sort(rest)
		fmt.Fprintf(&b, "table %s %q %v\n%s\n", t.Name, t.Comment, t.Options, strings.Join(append(lines, rest...), "\n"))
	}
	return b.String()
}

func columnText(c *schema.ColumnDef) string {
	computed, identity := "", ""
	if c.Computed != nil {
		computed = fmt.Sprint(*c.Computed)
	}
	if c.Identity != nil {
		identity = fmt.Sprint(c.Identity.Call())
	}
	return fmt.Sprint(c.Name, c.Type.Call(), c.Nullable, c.AutoIncrement, c.Default.Call(), c.Comment, c.Collation, c.Options, computed, identity)
}

func constraintText(c schema.Constraint) string {
	c = schema.CloneConstraint(c)
	switch c := c.(type) {
	case *schema.PrimaryKeyDef:
		c.Name = ""
	case *schema.UniqueDef:
		c.Name, c.Columns = "", sorted(c.Columns)
	case *schema.CheckDef:
		c.Name = ""
	case *schema.ForeignKeyDef:
		c.Name = ""
	case *schema.ExcludeDef:
		c.Name = ""
	}
	return fmt.Sprintf("%s %+v", c.Kind(), c)
}
