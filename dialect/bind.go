package dialect

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/internal/pattern"
	"github.com/gomig-dev/gomig/internal/sqlscript"
)

// raw is SQL of the user's own, with :name replaced by literals if values are given.
func raw(g Grammar, s ddl.Raw) ([]SQL, error) {
	text := s.SQL
	if s.Named != nil {
		var err error
		if text, err = bind(g, s); err != nil {
			return nil, err
		}
	}
	return []SQL{{Text: text, Args: s.Args}}, nil
}

// placeholder is :name as Alembic's text() knows it: not a cast (::), not an
// assignment (:=), not part of a word or a slice. A backslash makes the colon
// an ordinary one.
var placeholder = pattern.Lazy(`\\:|::+|[\p{L}\p{N}_$]:+|:[\pL_][\p{L}\p{N}_]*`)

// bind writes the values in place of their names, in code only: what stands in
// strings, quoted names and comments is left alone.
func bind(g Grammar, s ddl.Raw) (string, error) {
	name := ""
	if d, ok := g.(interface{ Name() string }); ok {
		name = d.Name()
	}
	code, err := sqlscript.Code(name, s.SQL)
	if err != nil {
		return "", fmt.Errorf("reading the SQL: %w", err)
	}
	var b strings.Builder
	used, at := map[string]bool{}, 0
	for _, m := range placeholder().FindAllStringIndex(code, -1) {
		found := code[m[0]:m[1]]
		if found == `\:` {
			b.WriteString(s.SQL[at:m[0]] + ":")
			at = m[1]
			continue
		}
		if len(found) < 2 || found[0] != ':' || found[1] == ':' {
			continue
		}
		i := slices.IndexFunc(s.Named, func(p ddl.Parameter) bool { return p.Name == found[1:] })
		if i < 0 {
			return "", fmt.Errorf(`there is no value for %s; write \: for a colon that is none of a parameter`, found)
		}
		value, err := g.Expr(s.Named[i].Value)
		if err != nil {
			return "", fmt.Errorf("the value of %s: %w", found, err)
		}
		used[found[1:]] = true
		b.WriteString(s.SQL[at:m[0]] + value)
		at = m[1]
	}
	b.WriteString(s.SQL[at:])
	for _, p := range s.Named {
		if !used[p.Name] {
			return "", fmt.Errorf("the SQL has no :%s, for which a value is given", p.Name)
		}
	}
	return b.String(), nil
}
