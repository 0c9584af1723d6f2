// Package arbitrary draws schemas for property tests: tables with columns of
// every kind, keys, references, checks and indexes, under hostile names.
//
// Everything it draws is meant to be taken by every database of gomig, but for
// the features that the caller says a database lacks. Draws shrink: the fewest
// tables, columns and the plainest names that still show a failure.
package arbitrary

// Feature is a set of things that some database cannot do or does not keep.
type Feature uint32

// The features.
const (
	Comments           Feature = 1 << iota // comments on tables and columns
	Checks                                 // check constraints, in the catalogue
	StoredColumns                          // generated columns that are kept
	VirtualColumns                         // generated columns that are computed when read
	IdentityColumns                        // identity with options
	PartialIndexes                         // indexes with a predicate
	ExpressionIndexes                      // indexes on expressions
	DescendingIndexes                      // keys that sort downwards
	NullsOrder                             // NULLS FIRST and LAST in an index
	IncludeColumns                         // INCLUDE in an index
	PrefixIndexes                          // keys of leading characters
	DeferrableKeys                         // foreign keys checked at commit
	DeferrableUniques                      // unique constraints checked at commit
	NullsNotDistinct                       // NULL equals NULL in a unique constraint
	MatchFull                              // MATCH FULL of a foreign key
	SetDefaultAction                       // SET DEFAULT of a foreign key
	ExpressionDefaults                     // defaults that are expressions
	TextDefaults                           // literal defaults of text and binary columns without a length
	ColumnOrder                            // a new column first or behind another
	AlterPrimaryKey                        // dropping and adding the primary key
	AlterGenerated                         // adding a generated column that is kept
	Schemas                                // tables in a schema of their own
	BigForeignKeys                         // foreign keys to unique constraints of several columns
	VirtualIndexes                         // indexes on columns that are computed when read
)

// Has reports whether f holds all of g.
func (f Feature) Has(g Feature) bool { return f&g == g }

// Any reports whether f holds any of g.
func (f Feature) Any(g Feature) bool { return f&g != 0 }
