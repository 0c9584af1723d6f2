// Package sqlscript splits SQL scripts into statements.
//
// The splitting itself, with DELIMITER lines and the bodies of triggers and
// routines, is the scanner of ariga.io/atlas. It is wrapped for its gaps: what
// cannot hold a separator (strings, comments, quoted names, dollar quotes) is
// blanked out before, letter by letter, so that positions stay true.
package sqlscript

import (
	"fmt"
	"strings"

	"ariga.io/atlas/sql/migrate"

	"github.com/gomig-dev/gomig/internal/pattern"
)

// Split gives the statements of a script, without separators, comments in front
// and empty statements. The dialect is one of "mysql", "mariadb", "tidb",
// "postgresql", "sqlite". The error names the line.
func Split(dialect, script string) ([]string, error) {
	rules := rulesOf(dialect)
	masked, err := mask(rules, script)
	if err != nil {
		return nil, fmt.Errorf("reading the SQL script: %w", err)
	}
	masked = hideLabels(masked)
	scanner := migrate.Scanner{ScannerOptions: migrate.ScannerOptions{
		MatchBegin: true, MatchBeginAtomic: rules.dollars, OmitDelimiter: true,
	}}
	found, err := scanner.Scan(masked)
	if err != nil {
		return nil, fmt.Errorf("reading the SQL script: %w", err)
	}
	var out []string
	for _, s := range found {
		// The position is that of the statement's first letter. Its text is as long
		// as in the script, since blanking keeps every letter's place; a comment or a
		// label at its end was blanked, and belongs to it.
		start, end := s.Pos, s.Pos+len(s.Text)
		for end < len(masked) && strings.IndexByte(" \t\r\n", masked[end]) >= 0 {
			end++
		}
		if strings.Trim(masked[start:end], " \t\r\n;") != "" {
			out = append(out, strings.TrimSpace(script[start:end]))
		}
	}
	return out, nil
}

// label is the name behind the END of a labelled block, which the scanner takes
// for the beginning of something else.
var label = pattern.Lazy("(?i)\\bEND([ \\t\\r\\n]+)([a-z_][a-z0-9_]*|`[^`]*`)([ \\t\\r\\n]*)(;|$|//|\\$\\$)")

// hideLabels blanks the labels of blocks.
func hideLabels(masked string) string {
	return label().ReplaceAllStringFunc(masked, func(m string) string {
		p := label().FindStringSubmatch(m)
		switch strings.ToUpper(p[2]) {
		case "IF", "CASE", "LOOP", "REPEAT", "WHILE", "FOR":
			return m
		}
		return m[:3] + p[1] + strings.Repeat(" ", len(p[2])) + p[3] + p[4]
	})
}
