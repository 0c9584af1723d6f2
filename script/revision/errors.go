package revision

import (
	"errors"
	"fmt"
	"strings"
)

// The errors of this package carry the facts, and read as the sentences Alembic
// prints for them, with what helps further at the end.

// UnknownRevisionError says that nothing has this id, label, or beginning of
// either (ResolutionError).
type UnknownRevisionError struct {
	Symbol string
	// Branch tells that the symbol stood before "@".
	Branch bool
	// Baseline is what the revision was folded into; empty if it was not.
	Baseline string
	// Suggestions are names that differ little, the nearest first.
	Suggestions []string
}

func (e *UnknownRevisionError) Error() string {
	s := cantLocate(e.Symbol)
	if e.Branch {
		s += ": there is no such branch"
	}
	return s + intoBaseline(e.Baseline) + didYouMean(e.Suggestions)
}

// AmbiguousPrefixError says that several revisions start like this
// (ResolutionError).
type AmbiguousPrefixError struct {
	Prefix string
	// Matches are the ids and labels, in load order.
	Matches []string
}

func (e *AmbiguousPrefixError) Error() string {
	const most = 3
	matches := quoteAll(e.Matches)
	if len(matches) > most {
		matches = append(matches[:most:most], "...")
	}
	return cantLocate(e.Prefix) + ": several revisions start like this: " + strings.Join(matches, ", ")
}

// NotInBranchError says that the revision of LABEL@REVISION neither precedes
// nor follows the branch (ResolutionError).
type NotInBranchError struct {
	Revision, Branch string
}

func (e *NotInBranchError) Error() string {
	return fmt.Sprintf("%s: it is not a member of branch '%s'", cantLocate(e.Revision), e.Branch)
}

// UnknownRowError says that the version table holds a revision that no file
// has: the database is ahead of the code, or a file was removed
// (ResolutionError).
type UnknownRowError struct {
	ID string
	// Baseline is what the revision was folded into; empty if it was not. The
	// database is then between what the baseline follows and the baseline.
	Baseline string
}

func (e *UnknownRowError) Error() string {
	if e.Baseline != "" {
		return fmt.Sprintf("Revision %s, which the database is at, was folded into the baseline %s, and the rest of that is missing: "+
			"run `gomig upgrade %[2]s` with the code from before the squash, then go on with this", e.ID, e.Baseline)
	}
	return cantLocate(e.ID) + ": the database is at it, but no revision file has it; " +
		"use the code that has it, restore the file, or put the table right with stamp --purge"
}

// Purpose tells what for several heads are too many.
type Purpose uint8

// The purposes.
const (
	ForTarget Purpose = iota // to go to, or to look at
	ForStamp                 // to stamp
	ForParent                // to base a new revision on
)

// MultipleHeadsError says that a symbol for one revision stands for several
// (MultipleHeads).
type MultipleHeadsError struct {
	// Argument is the symbol.
	Argument string
	Heads    []string
	Purpose  Purpose
}

func (e *MultipleHeadsError) Error() string {
	switch e.Purpose {
	case ForStamp:
		return "Multiple heads are present; please specify a single target revision"
	case ForParent:
		return "Multiple heads are present; please specify the head revision on which the new revision should be based, " +
			"or perform a merge. To join them run " + e.merge()
	case ForTarget:
	}
	if strings.Contains(e.Argument, "@") {
		return fmt.Sprintf("Multiple head revisions are present for given argument '%s'; please specify one of them: %s; or join them by %s",
			e.Argument, strings.Join(e.Heads, ", "), e.merge())
	}
	return fmt.Sprintf("Multiple head revisions are present for given argument '%s'; please specify a specific target revision, "+
		"'<branchname>@%s' to narrow to a specific head, or 'heads' for all heads; or join them by %s", e.Argument, e.Argument, e.merge())
}

func (e *MultipleHeadsError) merge() string { return MergeCommand(e.Heads...) }

// MergeCommand is the command that joins heads, as an error should tell it: two
// git branches that were merged leave two of them.
func MergeCommand(heads ...string) string {
	return "`gomig merge -m \"merge heads\" " + strings.Join(heads, " ") + "`"
}

func forPurpose(err error, p Purpose) error {
	var heads *MultipleHeadsError
	if errors.As(err, &heads) {
		heads.Purpose = p
	}
	return err
}

// SymbolError says that a text cannot be a symbol.
type SymbolError struct {
	Symbol, Reason string
}

func (e *SymbolError) Error() string {
	return fmt.Sprintf("Can't read revision symbol '%s': %s", e.Symbol, e.Reason)
}

// RangeSyntaxError says that a text is not START:END.
type RangeSyntaxError struct {
	Range string
}

func (e *RangeSyntaxError) Error() string {
	return "History range requires [start]:[end], [start]:, or :[end]"
}

// RangeError says that the start of a range does not precede its end
// (RangeNotAncestorError).
type RangeError struct {
	Start, End string
}

func (e *RangeError) Error() string {
	return fmt.Sprintf("Requested range %s:%s does not refer to ancestor/descendant revisions along the same branch", e.Start, e.End)
}

// DestinationError says that the way to a revision does not lead in this
// direction (RangeNotAncestorError).
type DestinationError struct {
	Destination string
	Direction   Direction
}

func (e *DestinationError) Error() string {
	return fmt.Sprintf("Destination %s is not a valid %s target from current head(s)", e.Destination, e.Direction)
}

// OverlapError says that one of several revisions, rows or targets, needs
// others of them.
type OverlapError struct {
	Revision string
	With     []string
	// Rows are, if this is about a version table, its rows without those that
	// others need.
	Rows []string
}

func (e *OverlapError) Error() string {
	if len(e.Rows) > 0 {
		return fmt.Sprintf("Requested revision %s overlaps with other requested revisions %s: the version table has both, though one needs the other; "+
			"put it right by `gomig stamp --purge %s`", e.Revision, strings.Join(e.With, ", "), strings.Join(e.Rows, " "))
	}
	return fmt.Sprintf("Requested revision %s overlaps with other requested revisions %s", e.Revision, strings.Join(e.With, ", "))
}

// RelativeError says that there are not enough revisions on the way.
type RelativeError struct {
	Symbol Symbol
	// Missing is how many steps too many were asked for.
	Missing int
}

func (e *RelativeError) Error() string {
	steps := max(e.Symbol.Steps, -e.Symbol.Steps)
	if e.Symbol.Name == "" {
		text := fmt.Sprintf("Relative revision %s didn't produce %d migrations", e.Symbol.relative(), steps)
		if e.Symbol.Branch != "" {
			text += fmt.Sprintf(" on branch '%s'", e.Symbol.Branch)
		}
		return text
	}
	return fmt.Sprintf("Walked too far: '%s' has only %d of %d steps", e.Symbol, steps-e.Missing, steps)
}

// AmbiguousWalkError says that a relative symbol meets a fork or a merge.
type AmbiguousWalkError struct {
	From      string
	Direction Direction
	Choices   []string
}

func (e *AmbiguousWalkError) Error() string {
	verb, step := "is followed by", "+1"
	if e.Direction == Down {
		verb, step = "follows", "-1"
	}
	return fmt.Sprintf("Ambiguous walk: %s %s %s; name the revision, or a branch as in label@%s",
		e.From, verb, strings.Join(e.Choices, ", "), step)
}

// AmbiguousCurrentError says that a relative symbol may start at several rows.
type AmbiguousCurrentError struct {
	Direction Direction
	// Branch is the label given, or empty.
	Branch    string
	Revisions []string
}

func (e *AmbiguousCurrentError) Error() string {
	return fmt.Sprintf("Ambiguous %s from multiple current revisions", e.Direction)
}

// DuplicateParentError says that a merge names a revision twice.
type DuplicateParentError struct {
	ID string
}

func (e *DuplicateParentError) Error() string { return "Duplicate head revisions specified" }

// NotHeadError says that a new revision would fork the history unasked.
type NotHeadError struct {
	ID string
}

func (e *NotHeadError) Error() string {
	return fmt.Sprintf("Revision %s is not a head revision; please specify --splice to create a new branch from this revision", e.ID)
}

func cantLocate(symbol string) string {
	return "Can't locate revision identified by '" + symbol + "'"
}

func didYouMean(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return "; did you mean " + strings.Join(quoteAll(names), " or ") + "?"
}

func quoteAll(names []string) []string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = "'" + name + "'"
	}
	return quoted
}
