package schema

// ExcludeDef is an exclusion constraint (PostgreSQL, postgresql.ExcludeConstraint): no
// two rows may agree by the operators of all elements.
type ExcludeDef struct {
	Name     string
	Using    string // index method; empty for gist
	Elements []ExcludeElement
	Where    string // only rows of which this holds are compared, SQL; empty for all
	Deferral Deferral
	Options  []Option // one database's own properties, sorted by key
}

// ExcludeElement is a column or expression with the operator that compares it.
type ExcludeElement struct {
	Expr     string // SQL: a quoted column, or an expression
	Operator string
}

// Exclude is an element of an exclusion constraint: SQL for a column or
// expression, and the operator that compares it.
func Exclude(expr, operator string) ExcludeElement { return ExcludeElement{expr, operator} }

// ExcludeConstraint is an exclusion constraint (PostgreSQL).
func ExcludeConstraint(name string, elements ...ExcludeElement) *ExcludeDef {
	return &ExcludeDef{Name: name, Elements: elements}
}

// With returns the constraint with further properties.
func (c *ExcludeDef) With(items ...ConstraintItem) *ExcludeDef { return with(c, items) }
