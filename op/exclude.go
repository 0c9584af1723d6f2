package op

import "github.com/gomig-dev/gomig/schema"

// CreateExcludeConstraint adds an exclusion constraint (PostgreSQL,
// op.create_exclude_constraint): no two rows may have all elements in conflict.
// Its reverse is [Operations.DropConstraint].
func (o *Operations) CreateExcludeConstraint(name, table string, elements []schema.ExcludeElement, items ...schema.ConstraintItem) {
	o.AddConstraint(table, schema.ExcludeConstraint(name, elements...).With(items...))
}
