package op

import (
	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// SequenceItem is a property of a sequence: [StartWith], [IncrementBy],
// [MinValue], [MaxValue], [Cache], [Cycle] and the like.
type SequenceItem ddl.SequenceClause

func numbered(kind ddl.SequenceKind, n int64) SequenceItem {
	return SequenceItem{Kind: kind, Number: n}
}

// StartWith is the first number of a sequence.
func StartWith(n int64) SequenceItem { return numbered(ddl.SequenceStart, n) }

// IncrementBy is the step of a sequence, which may be negative.
func IncrementBy(n int64) SequenceItem { return numbered(ddl.SequenceIncrement, n) }

// MinValue is the least number of a sequence.
func MinValue(n int64) SequenceItem { return numbered(ddl.SequenceMin, n) }

// NoMinValue leaves the least number to the database.
func NoMinValue() SequenceItem { return SequenceItem{Kind: ddl.SequenceNoMin} }

// MaxValue is the greatest number of a sequence.
func MaxValue(n int64) SequenceItem { return numbered(ddl.SequenceMax, n) }

// NoMaxValue leaves the greatest number to the database.
func NoMaxValue() SequenceItem { return SequenceItem{Kind: ddl.SequenceNoMax} }

// Cache is how many numbers a session takes at once.
func Cache(n int64) SequenceItem { return numbered(ddl.SequenceCache, n) }

// Cycle lets a sequence begin again when it has come to its end.
func Cycle() SequenceItem { return SequenceItem{Kind: ddl.SequenceCycle} }

// NoCycle lets a sequence fail when it has come to its end.
func NoCycle() SequenceItem { return SequenceItem{Kind: ddl.SequenceNoCycle} }

// Restart starts a sequence again at its first number.
func Restart() SequenceItem { return SequenceItem{Kind: ddl.SequenceRestart} }

// RestartWith has n come next.
func RestartWith(n int64) SequenceItem { return numbered(ddl.SequenceRestartWith, n) }

// SequenceAs is the type of a sequence: SMALLINT, INTEGER or BIGINT (PostgreSQL).
func SequenceAs(typ string) SequenceItem {
	return SequenceItem{Kind: ddl.SequenceType, Text: typ}
}

// OwnedBy has a sequence dropped with a column of a table, which may be
// "schema.table" (PostgreSQL).
func OwnedBy(table, column string) SequenceItem {
	return SequenceItem{Kind: ddl.SequenceOwner, Table: schema.SplitName(table), Text: column}
}

// OwnedByNone frees a sequence from the column it belongs to (PostgreSQL).
func OwnedByNone() SequenceItem { return SequenceItem{Kind: ddl.SequenceOwner} }

func (i SequenceItem) restarts() bool {
	return i.Kind == ddl.SequenceRestart || i.Kind == ddl.SequenceRestartWith
}

// about is the property that an item sets, of which a sequence has one.
func (i SequenceItem) about() string {
	switch i.Kind {
	case ddl.SequenceType:
		return "type"
	case ddl.SequenceStart:
		return "first number"
	case ddl.SequenceIncrement:
		return "step"
	case ddl.SequenceMin, ddl.SequenceNoMin:
		return "least number"
	case ddl.SequenceMax, ddl.SequenceNoMax:
		return "greatest number"
	case ddl.SequenceCache:
		return "cache"
	case ddl.SequenceCycle, ddl.SequenceNoCycle:
		return "cycle"
	case ddl.SequenceOwner:
		return "owner"
	case ddl.SequenceRestart, ddl.SequenceRestartWith:
		return "next number"
	}
	return "property"
}

// Call spells the item in Go.
func (i SequenceItem) Call() schema.Call {
	switch i.Kind {
	case ddl.SequenceType:
		return fn("SequenceAs", i.Text)
	case ddl.SequenceStart:
		return fn("StartWith", int(i.Number))
	case ddl.SequenceIncrement:
		return fn("IncrementBy", int(i.Number))
	case ddl.SequenceMin:
		return fn("MinValue", int(i.Number))
	case ddl.SequenceNoMin:
		return fn("NoMinValue")
	case ddl.SequenceMax:
		return fn("MaxValue", int(i.Number))
	case ddl.SequenceNoMax:
		return fn("NoMaxValue")
	case ddl.SequenceCache:
		return fn("Cache", int(i.Number))
	case ddl.SequenceCycle:
		return fn("Cycle")
	case ddl.SequenceNoCycle:
		return fn("NoCycle")
	case ddl.SequenceRestart:
		return fn("Restart")
	case ddl.SequenceRestartWith:
		return fn("RestartWith", int(i.Number))
	case ddl.SequenceOwner:
	}
	if i.Text == "" {
		return fn("OwnedByNone")
	}
	return fn("OwnedBy", i.Table.String(), i.Text)
}
