package sqlite

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// place of a constraint in the text: at a column, or of the table.
type constraintPlace struct {
	column int // -1 for the table's
	index  int
	text   constraintText
}

// constraints are all constraints of the text, those at columns with the column as their term.
func (r *rewrite) constraints() (list []constraintPlace) {
	for i, c := range r.table.columns {
		for n, k := range c.constraints {
			switch k.kind {
			case primaryKeyClause, uniqueClause, checkClause, referencesClause:
				k.terms = []keyTerm{{name: c.name, plain: true}}
				list = append(list, constraintPlace{i, n, k})
			case otherClause, notNullClause, defaultClause, collateClause, generatedClause, deferrableClause:
			}
		}
	}
	for n, k := range r.table.table {
		if k.kind != otherClause {
			list = append(list, constraintPlace{-1, n, k})
		}
	}
	return list
}

var kinds = map[constraintKind]schema.ConstraintKind{
	primaryKeyClause: schema.PrimaryKeyKind, uniqueClause: schema.UniqueKind,
	checkClause: schema.CheckKind, referencesClause: schema.ForeignKeyKind,
}

// dropConstraint finds a constraint by its name, by the name that the naming
// convention of the batch gives it, or by what it says, and takes it away.
func (r *rewrite) dropConstraint(act ddl.DropConstraint) error {
	list := r.constraints()
	for _, matches := range []func(constraintPlace) bool{
		func(p constraintPlace) bool { return act.Name != "" && sameName(p.text.name, act.Name) },
		func(p constraintPlace) bool {
			return act.Name != "" && p.text.name == "" && sameName(r.conventional(p), act.Name)
		},
		func(p constraintPlace) bool { return p.text.name == "" && act.Was != nil && r.saysAll(p, act.Was) },
		func(p constraintPlace) bool { return p.text.name == "" && act.Was != nil && r.says(p, act.Was) },
		func(p constraintPlace) bool {
			return p.text.kind == primaryKeyClause && act.Kind == schema.PrimaryKeyKind && (act.Name == "" || p.text.name == "")
		},
	} {
		for _, p := range list {
			if (act.Kind == 0 || kinds[p.text.kind] == act.Kind) && matches(p) {
				if err := r.dropAt(p); err != nil || act.Name != "" || act.Was == nil {
					return err
				}
				return r.dropTwins(act.Was)
			}
		}
	}
	if act.Guard == ddl.IfExists {
		return nil
	}
	return r.noConstraint(act, list)
}

// dropTwins takes away what else says the same without a name as a constraint that
// is dropped: a table that says a thing twice is reflected as saying it once.
func (r *rewrite) dropTwins(was schema.Constraint) error {
	for {
		list := r.constraints()
		i := slices.IndexFunc(list, func(p constraintPlace) bool {
			return p.text.name == "" && r.saysAll(p, was)
		})
		if i < 0 {
			return nil
		}
		if err := r.dropAt(list[i]); err != nil {
			return err
		}
	}
}

// dropAt takes the constraint away. The columns of a primary key stay without NULL.
func (r *rewrite) dropAt(p constraintPlace) error {
	if err := r.cutAt(p); err != nil || p.text.kind != primaryKeyClause {
		return err
	}
	for _, t := range p.text.terms {
		if i := r.table.columnIndex(t.name); i >= 0 {
			if err := r.setNotNull(i, "NOT NULL"); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *rewrite) cutAt(p constraintPlace) error {
	if p.column < 0 {
		return r.set(r.table.remove(len(r.table.columns) + p.index))
	}
	at := p.text.span
	all := r.table.columns[p.column].constraints
	if p.text.kind == referencesClause && p.index+1 < len(all) && all[p.index+1].kind == deferrableClause {
		at.end = all[p.index+1].end
	}
	return r.set(r.table.apply(r.table.without(at)))
}

// noConstraint says which constraints there are.
func (r *rewrite) noConstraint(act ddl.DropConstraint, list []constraintPlace) error {
	for _, i := range r.a.src.indexes {
		if sameName(i.name, act.Name) {
			return fmt.Errorf("%q is no constraint but a unique index: drop the index", act.Name)
		}
	}
	var have []string
	unnamed := false
	for _, p := range list {
		if p.text.name != "" {
			have = append(have, fmt.Sprintf("%q", p.text.name))
		}
		unnamed = unnamed || p.text.name == ""
	}
	what := "constraint"
	if act.Kind != 0 {
		what = act.Kind.String()
	}
	text := fmt.Sprintf("there is no %s %q", what, act.Name)
	if len(have) > 0 {
		text += "; it has " + strings.Join(have, ", ")
	}
	if unnamed {
		text += "; for one without a name give Batch.Naming the convention that names it"
	}
	return fmt.Errorf("%s", text)
}

// conventional is the name that the batch's naming convention gives an unnamed constraint.
func (r *rewrite) conventional(p constraintPlace) string {
	if r.a.batch.Naming == (schema.NamingConvention{}) {
		return ""
	}
	items := []schema.TableItem{r.model(p)}
	for _, col := range r.table.columns {
		items = append(items, schema.Column(col.name, schema.NoType()))
	}
	t := schema.NewMetadata(schema.Options{NamingConvention: r.a.batch.Naming}).Table(r.a.table.Name, items...)
	return t.Constraints()[0].ConstraintName()
}

// model is the constraint of the text.
func (r *rewrite) model(p constraintPlace) schema.Constraint {
	t := &schema.Table{Name: r.a.table}
	for _, c := range r.table.columns {
		t.Columns = append(t.Columns, &schema.ColumnDef{Name: c.name, Type: parseType(r.table.cut(c.typeAt))})
	}
	r.table.constraint(t, p.text)
	return t.Constraints()[0]
}

// saysAll reports whether an unnamed constraint of the text says what c does, and no more or less.
func (r *rewrite) saysAll(p constraintPlace, c schema.Constraint) bool {
	if !r.says(p, c) {
		return false
	}
	switch have := r.model(p).(type) {
	case *schema.UniqueDef:
		return fmt.Sprint(constraintOptions(have.Options, nil)) == fmt.Sprint(constraintOptions(c.(*schema.UniqueDef).Options, nil))
	case *schema.ForeignKeyDef:
		return have.Deferral == c.(*schema.ForeignKeyDef).Deferral
	}
	return true
}

// says reports whether an unnamed constraint of the text says what c does.
func (r *rewrite) says(p constraintPlace, c schema.Constraint) bool {
	if kinds[p.text.kind] != c.Kind() {
		return false
	}
	same := func(have []string, want []string) bool {
		return slices.EqualFunc(have, want, func(a, b string) bool { return sameName(a, r.textName(b)) })
	}
	switch have := r.model(p).(type) {
	case *schema.PrimaryKeyDef:
		return true
	case *schema.UniqueDef:
		return same(have.Columns, c.(*schema.UniqueDef).Columns)
	case *schema.CheckDef:
		columns := columnSet{}
		for _, name := range r.names() {
			columns.add(name)
		}
		return normalExpr(have.Expr, columns) == normalExpr(r.textExpr(c.(*schema.CheckDef).Expr), columns)
	case *schema.ForeignKeyDef:
		want := c.(*schema.ForeignKeyDef)
		return same(have.Columns, want.Columns) && sameName(have.RefTable.Name, want.RefTable.Name) &&
			(len(have.RefColumns) == 0 || slices.EqualFunc(have.RefColumns, want.RefColumns, sameName)) &&
			canonicalAction(have.OnDelete) == canonicalAction(want.OnDelete) && canonicalAction(have.OnUpdate) == canonicalAction(want.OnUpdate)
	}
	return false
}
