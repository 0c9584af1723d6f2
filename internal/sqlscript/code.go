package sqlscript

// Code is SQL with all that is not code covered: comments are blanks, the inside
// of strings and quoted names is x. Its length and its lines are those of the SQL.
func Code(dialect, sql string) (string, error) { return mask(rulesOf(dialect), sql) }
