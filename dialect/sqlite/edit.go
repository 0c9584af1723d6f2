package sqlite

import (
	"errors"
	"fmt"
	"slices"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// rewrite is the text of a table on its way to another one, with what becomes of its rows.
type rewrite struct {
	a       *alteration
	table   *createTable
	moves   []move   // columns whose values go over
	dropped []string // columns that are gone
	renames []ddl.RenameColumn
	alias   map[string]string // folded name after the renames so far → name in the text
}

// move is a column whose values go over from the old table to the new one.
type move struct {
	name string
	cast string // the type to convert to; empty for none
}

func newRewrite(a *alteration) *rewrite {
	r := &rewrite{a: a, table: a.src.table, alias: map[string]string{}}
	for _, c := range a.src.table.columns {
		r.moves = append(r.moves, move{name: c.name})
	}
	return r
}

// take makes columns what they are taken to be. That is no change of theirs: their
// values go over as they are.
func (r *rewrite) take(columns []*schema.ColumnDef) error {
	const said = ddl.TypeAspect | ddl.NullableAspect | ddl.DefaultAspect | ddl.CollationAspect
	for _, c := range columns {
		if err := r.alterColumn(ddl.AlterColumn{Name: c.Name, Change: said, New: c}); err != nil {
			return fmt.Errorf("taking column %q as the batch says: %w", c.Name, err)
		}
	}
	for i := range r.moves {
		r.moves[i].cast = ""
	}
	return nil
}

// apply does one action to the text. Renamings wait: SQLite does them better,
// in all that refers to the column, once the table is rebuilt.
func (r *rewrite) apply(act ddl.Action) error {
	switch act := act.(type) {
	case ddl.AddColumn:
		return r.addColumn(act)
	case ddl.DropColumn:
		return r.dropColumn(act.Name)
	case ddl.RenameColumn:
		return r.renameColumn(act)
	case ddl.AlterColumn:
		return r.alterColumn(act)
	case ddl.AddConstraint:
		return r.addConstraint(act.Constraint)
	case ddl.DropConstraint:
		return r.dropConstraint(act)
	case ddl.RenameConstraint:
		return r.renameConstraint(act)
	case ddl.ValidateConstraint:
		return errValidate(act)
	case ddl.SetOption:
		return r.setOptions(schema.SetOption(r.options(), act.Option))
	case ddl.ResetOption:
		return r.setOptions(schema.UnsetOption(r.options(), act.Option.OptionKey()))
	}
	return fmt.Errorf("unknown action %T", act)
}

// set takes the outcome of an edit.
func (r *rewrite) set(c *createTable, err error) error {
	if err == nil {
		r.table = c
	}
	return err
}

// textName is the name in the text of a column that actions call name.
func (r *rewrite) textName(name string) string {
	if old, ok := r.alias[fold(name)]; ok {
		return old
	}
	return name
}

// column is the index of the column that actions call name.
func (r *rewrite) column(name string) (int, error) {
	i := r.table.columnIndex(r.textName(name))
	if i < 0 {
		return -1, fmt.Errorf("there is no column %q", name)
	}
	return i, nil
}

func (r *rewrite) addColumn(act ddl.AddColumn) error {
	name := act.Column.Name
	if r.table.columnIndex(name) >= 0 {
		if _, renamed := r.renamedFrom(name); renamed {
			return fmt.Errorf("the column %q is renamed and added again in one group: do it in two", name)
		}
		return fmt.Errorf("there is a column %q already", name)
	}
	text, err := r.a.columnSQL(r.unnumbered(act.Column))
	if err != nil {
		return err
	}
	behind, err := r.place(act.Place)
	if err != nil {
		return err
	}
	// A table constraint that is the last element of the text may end in a line
	// comment's line; a column always goes behind a column.
	return r.set(r.table.insertBehind(behind, text))
}

func (r *rewrite) renamedFrom(name string) (ddl.RenameColumn, bool) {
	for _, n := range r.renames {
		if sameName(n.Name, name) {
			return n, true
		}
	}
	return ddl.RenameColumn{}, false
}

// place is the index of the column behind which a place is, -1 for the first.
func (r *rewrite) place(p ddl.Place) (int, error) {
	switch {
	case p.First:
		return -1, nil
	case p.After != "":
		return r.column(p.After)
	case p.Before != "":
		i, err := r.column(p.Before)
		return i - 1, err
	}
	return len(r.table.columns) - 1, nil
}

// dropColumn takes a column away, with the keys that it is part of and the
// checks that are about it alone. Other checks are looked at in the end.
func (r *rewrite) dropColumn(name string) error {
	i, err := r.column(name)
	if err != nil {
		return err
	}
	name = r.table.columns[i].name
	r.dropped = append(r.dropped, name)
	r.moves = slices.DeleteFunc(r.moves, func(m move) bool { return sameName(m.name, name) })
	if err := r.set(r.table.remove(i)); err != nil {
		return err
	}
	for n := 0; n < len(r.table.table); n++ {
		k := r.table.table[n]
		gone := slices.ContainsFunc(k.terms, func(t keyTerm) bool { return sameName(t.name, name) })
		if k.kind == checkClause {
			gone = r.onlyDropped(k)
		}
		if !gone {
			continue
		}
		if err := r.set(r.table.remove(len(r.table.columns) + n)); err != nil {
			return err
		}
		n--
	}
	return nil
}

// onlyDropped reports whether a check is about dropped columns alone.
func (r *rewrite) onlyDropped(k constraintText) bool {
	expr, some := r.table.cut(k.expr), false
	for _, c := range r.table.columns {
		if mentionsColumn(expr, c.name) {
			return false
		}
	}
	for _, name := range r.dropped {
		some = some || mentionsColumn(expr, name)
	}
	return some
}

func (r *rewrite) renameColumn(act ddl.RenameColumn) error {
	i, err := r.column(act.Name)
	if err != nil {
		return err
	}
	delete(r.alias, fold(act.Name))
	r.alias[fold(act.To)] = r.table.columns[i].name
	r.renames = append(r.renames, act)
	return nil
}

func (r *rewrite) addConstraint(c schema.Constraint) error {
	c = schema.CloneConstraint(c)
	var columns []string
	switch c := c.(type) {
	case *schema.PrimaryKeyDef:
		columns = c.Columns
		if r.primaryKey() {
			return errors.New("it has a primary key already: drop that first")
		}
	case *schema.UniqueDef:
		columns = c.Columns
	case *schema.ForeignKeyDef:
		if c.NotValid {
			return errors.New("SQLite checks every row of a foreign key: leave NotValid out")
		}
		columns = c.Columns
		if sameName(c.RefTable.Name, r.a.table.Name) {
			r.textNames(c.RefColumns)
		}
	case *schema.CheckDef:
		if c.NotValid {
			return errors.New("SQLite checks every row: leave NotValid out")
		}
		c.Expr = r.textExpr(c.Expr)
	case *schema.ExcludeDef:
	}
	for _, name := range columns {
		if _, err := r.column(name); err != nil {
			return fmt.Errorf("%s %q: %w", c.Kind(), c.ConstraintName(), err)
		}
	}
	r.textNames(columns)
	text, err := r.a.d.Constraint(c, &schema.Table{Name: r.a.table})
	if err != nil {
		return fmt.Errorf("%s %q: %w", c.Kind(), c.ConstraintName(), err)
	}
	if _, ok := c.(*schema.PrimaryKeyDef); ok {
		for _, name := range columns {
			if err := r.setNotNull(r.table.columnIndex(name), "NOT NULL"); err != nil {
				return err
			}
		}
	}
	if err := r.set(r.table.insertBehind(len(r.table.elements())-1, text)); err != nil {
		return err
	}
	return r.numberKey(c)
}

func (r *rewrite) textNames(list []string) {
	for i, name := range list {
		list[i] = r.textName(name)
	}
}

// textExpr is the expression with the columns' names of the text.
func (r *rewrite) textExpr(expr string) string {
	var out []byte
	for _, t := range scan(expr) {
		s := expr[t.start:t.end]
		if old, ok := r.alias[fold(dequote(s))]; ok && (t.kind == word || t.kind == quotedID) {
			s = quoteIdent(old)
		}
		out = append(out, s...)
	}
	return string(out)
}

func (r *rewrite) primaryKey() bool {
	for i := range r.table.columns {
		if r.table.clause(i, primaryKeyClause) >= 0 {
			return true
		}
	}
	return slices.ContainsFunc(r.table.table, func(k constraintText) bool { return k.kind == primaryKeyClause })
}

// options are the table's options.
func (r *rewrite) options() (opts []schema.Option) {
	if r.table.strict {
		opts = schema.SetOption(opts, Strict())
	}
	if r.table.noRowid {
		opts = schema.SetOption(opts, WithoutRowid())
	}
	return opts
}

// setOptions writes the table's options.
func (r *rewrite) setOptions(opts []schema.Option) error {
	text, err := r.a.d.TableOptions(&schema.Table{Name: r.a.table, Options: opts})
	if err != nil {
		return err
	}
	switch at := r.table.options; {
	case at.end == 0 && text != "":
		end := r.table.body.end + len(")")
		return r.set(r.table.apply(edit{span{end, end}, " " + text}))
	case at.end > 0 && text == "":
		return r.set(r.table.apply(r.table.without(at)))
	case at.end > 0:
		return r.set(r.table.apply(edit{at, text}))
	}
	return nil
}

// names are the columns' names in their order.
func (r *rewrite) names() []string {
	out := make([]string, len(r.table.columns))
	for i, c := range r.table.columns {
		out[i] = c.name
	}
	return out
}

// reorder puts columns that must follow one another so (partial_reordering).
func (r *rewrite) reorder(groups [][]string) error {
	if len(groups) == 0 {
		return nil
	}
	own := make([][]string, len(groups))
	for i, g := range groups {
		for _, name := range g {
			if _, err := r.column(name); err != nil {
				return fmt.Errorf("ordering columns: %w", err)
			}
		}
		own[i] = slices.Clone(g)
		r.textNames(own[i])
	}
	order, err := partialOrder(r.names(), own)
	if err != nil {
		return err
	}
	return r.set(r.table.reorder(order))
}

// partialOrder is the order nearest to names in which the names of each group
// follow one another in the group's order.
func partialOrder(names []string, groups [][]string) ([]string, error) {
	before := map[string][]string{} // what must come before a name
	for _, g := range groups {
		for i := 1; i < len(g); i++ {
			before[fold(g[i])] = append(before[fold(g[i])], g[i-1])
		}
	}
	var out []string
	state := map[string]int{}
	var visit func(string) error
	visit = func(n string) error {
		switch state[fold(n)] {
		case 1:
			return fmt.Errorf("ordering columns: the order asked for puts %q before itself", n)
		case 2:
			return nil
		}
		state[fold(n)] = 1
		for _, b := range before[fold(n)] {
			if err := visit(b); err != nil {
				return err
			}
		}
		state[fold(n)] = 2
		out = append(out, n)
		return nil
	}
	for _, n := range names {
		if err := visit(n); err != nil {
			return nil, err
		}
	}
	return out, nil
}
