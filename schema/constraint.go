package schema

import "slices"

// Constraint is a table constraint: [*PrimaryKeyDef], [*UniqueDef], [*CheckDef],
// [*ForeignKeyDef] or [*ExcludeDef].
//
//sumtype:decl
type Constraint interface {
	Caller
	TableItem
	ConstraintName() string
	Kind() ConstraintKind
	constraint()
}

// ConstraintKind tells the kinds of constraint apart, where only the name of one is known.
type ConstraintKind uint8

// The kinds of constraint.
const (
	PrimaryKeyKind ConstraintKind = iota + 1
	UniqueKind
	CheckKind
	ForeignKeyKind
	ExcludeKind
)

// String is the kind in SQL's words, lower case.
func (k ConstraintKind) String() string {
	switch k {
	case PrimaryKeyKind:
		return "primary key"
	case UniqueKind:
		return "unique constraint"
	case CheckKind:
		return "check constraint"
	case ForeignKeyKind:
		return "foreign key"
	case ExcludeKind:
		return "exclude constraint"
	default:
		return "constraint"
	}
}

// Call spells the kind in Go.
func (k ConstraintKind) Call() Call {
	switch k {
	case PrimaryKeyKind:
		return constant("PrimaryKeyKind")
	case UniqueKind:
		return constant("UniqueKind")
	case CheckKind:
		return constant("CheckKind")
	case ForeignKeyKind:
		return constant("ForeignKeyKind")
	case ExcludeKind:
		return constant("ExcludeKind")
	default:
		return call("ConstraintKind", int(k))
	}
}

// Deferral says when a constraint is checked.
type Deferral uint8

// The times of checking; the zero value leaves it to the database, which means not deferrable.
const (
	DeferralDefault   Deferral = iota
	Deferrable                 // DEFERRABLE INITIALLY IMMEDIATE
	InitiallyDeferred          // DEFERRABLE INITIALLY DEFERRED
)

// PrimaryKeyDef is a primary key (sqlalchemy.PrimaryKeyConstraint).
type PrimaryKeyDef struct {
	Name    string // empty leaves it to the database
	Columns []string
	Options []Option // one database's own properties, sorted by key
}

// UniqueDef is a unique constraint (sqlalchemy.UniqueConstraint).
type UniqueDef struct {
	Name             string
	Columns          []string
	Deferral         Deferral
	NullsNotDistinct bool     // NULL equals NULL (PostgreSQL 15)
	Options          []Option // one database's own properties, sorted by key
}

// CheckDef is a check constraint (sqlalchemy.CheckConstraint).
type CheckDef struct {
	Name        string
	Expr        string   // SQL without outer brackets
	NotValid    bool     // rows that exist are not checked (PostgreSQL)
	NotEnforced bool     // kept but not enforced (MySQL)
	Options     []Option // one database's own properties, sorted by key
}

// ConstraintItem is a further property of a unique, check, primary key or foreign key constraint.
type ConstraintItem interface {
	AddToConstraint(Constraint)
}

type constraintFunc func(Constraint)

func (f constraintFunc) AddToConstraint(c Constraint) { f(c) }

// PrimaryKeyConstraint is a primary key with a name of its own; empty leaves it to the naming convention.
func PrimaryKeyConstraint(name string, columns ...string) *PrimaryKeyDef {
	return &PrimaryKeyDef{Name: name, Columns: columns}
}

// UniqueConstraint is a unique constraint; an empty name leaves it to the naming convention.
func UniqueConstraint(name string, columns ...string) *UniqueDef {
	return &UniqueDef{Name: name, Columns: columns}
}

// CheckConstraint is a check; expr is SQL without outer brackets.
func CheckConstraint(name, expr string) *CheckDef { return &CheckDef{Name: name, Expr: expr} }

// With returns the constraint with further properties.
func (c *PrimaryKeyDef) With(items ...ConstraintItem) *PrimaryKeyDef { return with(c, items) }

// With returns the constraint with further properties.
func (c *UniqueDef) With(items ...ConstraintItem) *UniqueDef { return with(c, items) }

// With returns the constraint with further properties.
func (c *CheckDef) With(items ...ConstraintItem) *CheckDef { return with(c, items) }

func with[C Constraint](c C, items []ConstraintItem) C {
	for _, it := range items {
		if it != nil {
			it.AddToConstraint(c)
		}
	}
	return c
}

// FlagItem is a property that several kinds of constraint share.
type FlagItem struct {
	apply func(Constraint)
}

// AddToConstraint sets the property.
func (f FlagItem) AddToConstraint(c Constraint) { f.apply(c) }

// AddToForeignKey sets the property.
func (f FlagItem) AddToForeignKey(c *ForeignKeyDef) { f.apply(c) }

// WithDeferral says when the constraint is checked (deferrable, initially).
func WithDeferral(d Deferral) FlagItem {
	return FlagItem{apply: func(c Constraint) {
		switch c := c.(type) {
		case *UniqueDef:
			c.Deferral = d
		case *ForeignKeyDef:
			c.Deferral = d
		case *ExcludeDef:
			c.Deferral = d
		case *PrimaryKeyDef, *CheckDef:
		}
	}}
}

// NotValid leaves rows that exist unchecked (PostgreSQL's NOT VALID).
func NotValid() FlagItem {
	return FlagItem{apply: func(c Constraint) {
		switch c := c.(type) {
		case *CheckDef:
			c.NotValid = true
		case *ForeignKeyDef:
			c.NotValid = true
		case *PrimaryKeyDef, *UniqueDef, *ExcludeDef:
		}
	}}
}

// IsNotValid reports whether a constraint leaves rows that exist unchecked.
func IsNotValid(c Constraint) bool {
	switch c := c.(type) {
	case *CheckDef:
		return c.NotValid
	case *ForeignKeyDef:
		return c.NotValid
	case *PrimaryKeyDef, *UniqueDef, *ExcludeDef:
	}
	return false
}

// NotEnforced keeps the check without enforcing it (MySQL's NOT ENFORCED).
func NotEnforced() ConstraintItem {
	return constraintFunc(func(c Constraint) {
		if k, ok := c.(*CheckDef); ok {
			k.NotEnforced = true
		}
	})
}

// NullsNotDistinct lets NULL equal NULL in a unique constraint or index (PostgreSQL 15).
func NullsNotDistinct() NullsNotDistinctItem { return NullsNotDistinctItem{} }

// NullsNotDistinctItem is the property [NullsNotDistinct].
type NullsNotDistinctItem struct{}

// AddToConstraint sets the property on a unique constraint.
func (NullsNotDistinctItem) AddToConstraint(c Constraint) {
	if u, ok := c.(*UniqueDef); ok {
		u.NullsNotDistinct = true
	}
}

// AddToIndex sets the property on an index.
func (NullsNotDistinctItem) AddToIndex(i *IndexDef) { i.NullsNotDistinct = true }

func (*PrimaryKeyDef) constraint() {}
func (*UniqueDef) constraint()     {}
func (*CheckDef) constraint()      {}
func (*ForeignKeyDef) constraint() {}
func (*ExcludeDef) constraint()    {}

// Kind is PrimaryKeyKind.
func (*PrimaryKeyDef) Kind() ConstraintKind { return PrimaryKeyKind }

// Kind is UniqueKind.
func (*UniqueDef) Kind() ConstraintKind { return UniqueKind }

// Kind is CheckKind.
func (*CheckDef) Kind() ConstraintKind { return CheckKind }

// Kind is ForeignKeyKind.
func (*ForeignKeyDef) Kind() ConstraintKind { return ForeignKeyKind }

// Kind is ExcludeKind.
func (*ExcludeDef) Kind() ConstraintKind { return ExcludeKind }

// ConstraintName is the name, empty if it has none.
func (c *PrimaryKeyDef) ConstraintName() string { return c.Name }

// ConstraintName is the name, empty if it has none.
func (c *UniqueDef) ConstraintName() string { return c.Name }

// ConstraintName is the name, empty if it has none.
func (c *CheckDef) ConstraintName() string { return c.Name }

// ConstraintName is the name, empty if it has none.
func (c *ForeignKeyDef) ConstraintName() string { return c.Name }

// ConstraintName is the name, empty if it has none.
func (c *ExcludeDef) ConstraintName() string { return c.Name }

// AddToTable makes c the table's primary key.
func (c *PrimaryKeyDef) AddToTable(t *Table) {
	if t.PrimaryKey != nil {
		t.fail("two primary keys")
	}
	t.PrimaryKey = c
}

// AddToTable adds the constraint.
func (c *UniqueDef) AddToTable(t *Table) { t.Uniques = append(t.Uniques, c) }

// AddToTable adds the constraint.
func (c *CheckDef) AddToTable(t *Table) { t.Checks = append(t.Checks, c) }

// AddToTable adds the constraint.
func (c *ForeignKeyDef) AddToTable(t *Table) { t.ForeignKeys = append(t.ForeignKeys, c) }

// AddToTable adds the constraint.
func (c *ExcludeDef) AddToTable(t *Table) { t.Excludes = append(t.Excludes, c) }

// Clone is a copy that shares nothing that can be changed.
func (c *PrimaryKeyDef) Clone() *PrimaryKeyDef {
	d := *c
	d.Columns, d.Options = slices.Clone(c.Columns), slices.Clone(c.Options)
	return &d
}

// Clone is a copy that shares nothing that can be changed.
func (c *UniqueDef) Clone() *UniqueDef {
	d := *c
	d.Columns, d.Options = slices.Clone(c.Columns), slices.Clone(c.Options)
	return &d
}

// Clone is a copy that shares nothing that can be changed.
func (c *CheckDef) Clone() *CheckDef {
	d := *c
	d.Options = slices.Clone(c.Options)
	return &d
}

// Clone is a copy that shares nothing that can be changed.
func (c *ForeignKeyDef) Clone() *ForeignKeyDef {
	d := *c
	d.Columns, d.RefColumns, d.Options = slices.Clone(c.Columns), slices.Clone(c.RefColumns), slices.Clone(c.Options)
	return &d
}

// Clone is a copy that shares nothing that can be changed.
func (c *ExcludeDef) Clone() *ExcludeDef {
	d := *c
	d.Elements, d.Options = slices.Clone(c.Elements), slices.Clone(c.Options)
	return &d
}

// CloneConstraint is a copy of any constraint.
func CloneConstraint(c Constraint) Constraint {
	switch c := c.(type) {
	case *PrimaryKeyDef:
		return c.Clone()
	case *UniqueDef:
		return c.Clone()
	case *CheckDef:
		return c.Clone()
	case *ForeignKeyDef:
		return c.Clone()
	case *ExcludeDef:
		return c.Clone()
	}
	return c
}
