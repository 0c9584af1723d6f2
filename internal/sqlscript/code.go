package sqlscript

import "strings"

// Code is SQL with all that is not code covered: comments are blanks, the inside
// of strings and quoted names is x. Its length and its lines are those of the SQL.
func Code(dialect, sql string) (string, error) { return mask(rulesOf(dialect), sql) }

// Commented reports whether the last line of a statement may end in a comment,
// which a separator behind it would belong to.
func Commented(statement string) bool {
	last := statement[strings.LastIndexByte(statement, '\n')+1:]
	return strings.Contains(last, "--") || strings.Contains(last, "#")
}
