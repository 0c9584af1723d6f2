package schema

import "fmt"

// check records what no database could take.
func (t *Table) check() {
	if t.Name.Name == "" {
		t.fail("the table has no name")
	}
	t.checkColumns()
	for _, c := range t.Constraints() {
		t.checkConstraint(c)
	}
	for _, i := range t.Indexes {
		t.checkIndex(i)
	}
	t.checkNames()
}

func (t *Table) checkColumns() {
	seen := make(map[string]bool, len(t.Columns))
	for _, c := range t.Columns {
		switch {
		case c.Name == "":
			t.fail("a column has no name")
		case seen[c.Name]:
			t.fail("two columns are named %q", c.Name)
		}
		seen[c.Name] = true
		switch {
		case c.Computed != nil && c.Computed.Expr == "":
			t.fail("the generated column %q has no expression", c.Name)
		case c.Computed != nil && !c.Default.IsZero():
			t.fail("column %q is generated and has a default; say one of them", c.Name)
		case c.Computed != nil && (c.Identity != nil || c.AutoIncrement):
			t.fail("column %q is generated and numbered; say one of them", c.Name)
		case c.Identity != nil && !c.Default.IsZero():
			t.fail("column %q has an identity and a default; say one of them", c.Name)
		}
	}
}

// need records columns that the table does not have.
func (t *Table) need(what string, columns []string) {
	if len(columns) == 0 {
		t.fail("%s has no columns", what)
	}
	for _, c := range columns {
		if t.Column(c) == nil {
			t.fail("%s names the column %q, which the table does not have", what, c)
		}
	}
}

// constraintText names a constraint in a message.
func constraintText(c Constraint) string {
	if n := c.ConstraintName(); n != "" {
		return fmt.Sprintf("%s %q", c.Kind(), n)
	}
	return c.Kind().String()
}

func (t *Table) checkConstraint(c Constraint) {
	what := constraintText(c)
	switch c := c.(type) {
	case *PrimaryKeyDef:
		t.need(what, c.Columns)
	case *UniqueDef:
		t.need(what, c.Columns)
	case *ForeignKeyDef:
		t.need(what, c.Columns)
		switch {
		case c.RefTable.Name == "":
			t.fail("%s on %q does not say which table and column it points at; say \"table.column\"", what, c.Columns)
		case len(c.Columns) != len(c.RefColumns):
			t.fail("%s has %d columns but points at %d", what, len(c.Columns), len(c.RefColumns))
		}
	case *CheckDef:
		if c.Expr == "" {
			t.fail("%s has no condition", what)
		}
	case *ExcludeDef:
		if len(c.Elements) == 0 {
			t.fail("%s has no elements", what)
		}
	}
}

func (t *Table) checkIndex(i *IndexDef) {
	what := fmt.Sprintf("index %q", i.Name)
	if len(i.Parts) == 0 {
		t.fail("%s has no columns", what)
	}
	for _, p := range i.Parts {
		if p.Expr == "" {
			t.need(what, []string{p.Column})
		}
	}
	if len(i.Include) > 0 {
		t.need(what, i.Include)
	}
}

// checkNames records names that two indexes, or two constraints of a kind, have in common.
func (t *Table) checkNames() {
	type named struct{ what, name string }
	seen := map[named]bool{}
	once := func(what, name string) {
		n := named{what, name}
		if name != "" && seen[n] {
			t.fail("%s %q is declared twice", what, name)
		}
		seen[n] = true
	}
	for _, c := range t.Constraints() {
		once(c.Kind().String(), c.ConstraintName())
	}
	for _, i := range t.Indexes {
		once("index", i.Name)
	}
}
