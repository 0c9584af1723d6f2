package revision

import (
	"fmt"
	"strings"
)

// SelfLoopError says that a revision follows itself or depends on itself
// (LoopDetected, DependencyLoopDetected).
type SelfLoopError struct {
	ID   string
	Edge Edge
	File string
}

func (e *SelfLoopError) Error() string {
	what := "Self-loop"
	if e.Edge == DependsEdge {
		what = "Dependency self-loop"
	}
	return fmt.Sprintf("%s is detected in revisions (%s)%s", what, e.ID, inFiles(e.File))
}

// CycleError says that revisions follow, or follow and depend on, one another in
// a circle (CycleDetected, DependencyCycleDetected).
type CycleError struct {
	Edge Edge
	// Revisions are those that cannot be ordered, sorted: the circle and what
	// can only be reached through it.
	Revisions []string
	// Path is one circle, each revision before one it needs, the first again
	// at the end.
	Path []string
	// Files are those of the circle.
	Files []string
}

func (e *CycleError) Error() string {
	what := "Cycle"
	if e.Edge == DependsEdge {
		what = "Dependency cycle"
	}
	return fmt.Sprintf("%s is detected in revisions (%s): %s%s",
		what, strings.Join(shorten(e.Revisions), ", "), strings.Join(shorten(e.Path), " -> "), inFiles(shorten(e.Files)...))
}

// DuplicateRevisionError says that two files have the same id. Alembic warns
// and takes the last one.
type DuplicateRevisionError struct {
	ID    string
	Files []string
}

func (e *DuplicateRevisionError) Error() string {
	return fmt.Sprintf("Revision %s is present more than once%s", e.ID, inFiles(e.Files...))
}

// DuplicateLabelError says that a label is taken, by another revision or as an id.
type DuplicateLabelError struct {
	Label, Revision, Other string
	Files                  []string
}

func (e *DuplicateLabelError) Error() string {
	return fmt.Sprintf("Branch name '%s' in revision %s already used by revision %s%s",
		e.Label, e.Revision, e.Other, inFiles(e.Files...))
}

// MissingParentError says that a revision follows one that no file has. Alembic
// dies of a KeyError.
type MissingParentError struct {
	Revision, Parent, File string
	// Baseline is what the parent was folded into; empty if it was not.
	Baseline    string
	Suggestions []string
}

func (e *MissingParentError) Error() string {
	return fmt.Sprintf("Revision %s referenced from revision %s (down revision) is not present%s%s%s",
		e.Parent, e.Revision, inFiles(e.File), intoBaseline(e.Baseline), didYouMean(e.Suggestions))
}

// MissingDependencyError says that a revision depends on a revision or branch
// label that no file has. Alembic dies of a KeyError.
type MissingDependencyError struct {
	Revision, Dependency, File string
	// Baseline is what the dependency was folded into; empty if it was not.
	Baseline    string
	Suggestions []string
}

func (e *MissingDependencyError) Error() string {
	return fmt.Sprintf("Revision %s referenced from revision %s (dependency) is not present%s%s%s",
		e.Dependency, e.Revision, inFiles(e.File), intoBaseline(e.Baseline), didYouMean(e.Suggestions))
}

// IllegalNameError says that an id or label could not be named in a symbol.
type IllegalNameError struct {
	// Kind is "revision identifier" or "branch label".
	Kind, Name string
	// Characters are the illegal ones in Name; if there are none, Reason tells
	// what is wrong.
	Characters string
	Reason     string
	File       string
}

func (e *IllegalNameError) Error() string {
	if e.Characters != "" {
		characters := strings.Join(strings.Split(e.Characters, ""), ", ")
		return fmt.Sprintf("Character(s) '%s' not allowed in %s '%s'%s", characters, e.Kind, e.Name, inFiles(e.File))
	}
	return fmt.Sprintf("The %s '%s' can't be used: %s%s", e.Kind, e.Name, e.Reason, inFiles(e.File))
}

// inFiles names the files that are known.
func inFiles(files ...string) string {
	var known []string
	for _, f := range files {
		if f != "" {
			known = append(known, f)
		}
	}
	if len(known) == 0 {
		return ""
	}
	return " [" + strings.Join(known, ", ") + "]"
}

// shorten keeps the text of an error readable: a circle at the bottom of a long
// history strands all of it.
func shorten(names []string) []string {
	const most = 20
	if len(names) <= most {
		return names
	}
	return append(names[:most:most], fmt.Sprintf("and %d more", len(names)-most))
}
