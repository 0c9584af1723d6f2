package schema

import "slices"

// IndexDef defines an index (sqlalchemy.Index).
type IndexDef struct {
	Name             string
	Unique           bool
	Parts            []IndexPart
	Using            string   // index method (btree, gin, FULLTEXT …); empty for the database's default
	Include          []string // columns kept beside the key (PostgreSQL)
	Where            string   // predicate of a partial index, SQL without outer brackets
	NullsNotDistinct bool     // PostgreSQL 15
	Comment          string   // MySQL keeps one
	Options          []Option // one database's own properties, sorted by key
}

// NullsOrder says where NULL sorts in an index.
type NullsOrder uint8

// The places of NULL; the zero value leaves it to the database.
const (
	NullsDefault NullsOrder = iota
	NullsFirst
	NullsLast
)

// IndexPart is one key of an index: a column or an expression.
type IndexPart struct {
	Column     string // empty for an expression
	Expr       string // SQL without outer brackets; empty for a column
	Descending bool
	Nulls      NullsOrder
	Length     int // leading characters or bytes (MySQL); 0 for the whole
	Collation  string
	OpClass    string // operator class (PostgreSQL)
}

// IndexItem is a further property of an index, given by [IndexDef.With].
type IndexItem interface {
	AddToIndex(*IndexDef)
}

type indexFunc func(*IndexDef)

func (f indexFunc) AddToIndex(i *IndexDef) { f(i) }

// Index is an index on whole columns; an empty name leaves it to the naming convention.
func Index(name string, columns ...string) *IndexDef {
	i := &IndexDef{Name: name}
	for _, c := range columns {
		i.Parts = append(i.Parts, IndexPart{Column: c})
	}
	return i
}

// IndexOn is an index on keys of any kind: [Key] and [KeyExpr].
func IndexOn(name string, parts ...IndexPart) *IndexDef { return &IndexDef{Name: name, Parts: parts} }

// Key is a column as the key of an index.
func Key(column string) IndexPart { return IndexPart{Column: column} }

// KeyExpr is an expression as the key of an index; SQL without outer brackets.
func KeyExpr(sql string) IndexPart { return IndexPart{Expr: sql} }

// Desc sorts the key downwards.
func (p IndexPart) Desc() IndexPart { p.Descending = true; return p }

// NullsFirst sorts NULL before all else.
func (p IndexPart) NullsFirst() IndexPart { p.Nulls = NullsFirst; return p }

// NullsLast sorts NULL behind all else.
func (p IndexPart) NullsLast() IndexPart { p.Nulls = NullsLast; return p }

// Prefix indexes only the leading characters (MySQL, mysql_length).
func (p IndexPart) Prefix(length int) IndexPart { p.Length = length; return p }

// Collate sorts the key by a collation.
func (p IndexPart) Collate(name string) IndexPart { p.Collation = name; return p }

// Op uses an operator class (PostgreSQL, postgresql_ops).
func (p IndexPart) Op(class string) IndexPart { p.OpClass = class; return p }

// With returns the index with further properties.
func (i *IndexDef) With(items ...IndexItem) *IndexDef {
	for _, it := range items {
		if it != nil {
			it.AddToIndex(i)
		}
	}
	return i
}

// UniqueIndex makes the index unique.
func UniqueIndex() IndexItem { return indexFunc(func(i *IndexDef) { i.Unique = true }) }

// Include keeps columns beside the key (PostgreSQL, postgresql_include).
func Include(columns ...string) IndexItem {
	return indexFunc(func(i *IndexDef) { i.Include = columns })
}

// UsingItem is the property [Using].
type UsingItem string

// Using sets the method of an index or exclusion constraint (postgresql_using, mysql_using).
func Using(method string) UsingItem { return UsingItem(method) }

// AddToIndex sets the method.
func (u UsingItem) AddToIndex(i *IndexDef) { i.Using = string(u) }

// AddToConstraint sets the method.
func (u UsingItem) AddToConstraint(c Constraint) {
	if e, ok := c.(*ExcludeDef); ok {
		e.Using = string(u)
	}
}

// WhereItem is the property [Where].
type WhereItem string

// Where restricts an index or exclusion constraint to some rows; SQL without outer brackets.
func Where(predicate string) WhereItem { return WhereItem(predicate) }

// AddToIndex sets the predicate.
func (w WhereItem) AddToIndex(i *IndexDef) { i.Where = string(w) }

// AddToConstraint sets the predicate.
func (w WhereItem) AddToConstraint(c Constraint) {
	if e, ok := c.(*ExcludeDef); ok {
		e.Where = string(w)
	}
}

// PlainColumns are the key columns, if all keys are whole columns in default order.
func (i *IndexDef) PlainColumns() ([]string, bool) {
	cols := make([]string, 0, len(i.Parts))
	for _, p := range i.Parts {
		if p != (IndexPart{Column: p.Column}) {
			return nil, false
		}
		cols = append(cols, p.Column)
	}
	return cols, true
}

// AddToTable adds the index.
func (i *IndexDef) AddToTable(t *Table) { t.Indexes = append(t.Indexes, i) }

// Clone is a copy that shares nothing that can be changed.
func (i *IndexDef) Clone() *IndexDef {
	d := *i
	d.Parts, d.Include, d.Options = slices.Clone(i.Parts), slices.Clone(i.Include), slices.Clone(i.Options)
	return &d
}
