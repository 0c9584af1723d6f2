package ini

import (
	"fmt"
	"strconv"
	"strings"
)

// Error is a fault in a configuration file. It never shows a value: that may be a password.
type Error struct {
	Position
	Section string // "" before the first section
	Key     string // "" if the fault is not one of a key
	Problem string
}

// Error is one line: `alembic.ini:7: reading "database.url" in [alembic]: …`.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Position.String())
	switch {
	case e.Key != "":
		fmt.Fprintf(&b, ": reading %q in [%s]", e.Key, e.Section)
	case e.Section != "":
		fmt.Fprintf(&b, ": reading [%s]", e.Section)
	}
	return b.String() + ": " + e.Problem
}

// String is `file:line`, or only the file for a value that has no line.
func (p Position) String() string {
	if p.Line == 0 {
		return p.File
	}
	return p.File + ":" + strconv.Itoa(p.Line)
}
