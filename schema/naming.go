package schema

import (
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf8"
)

// NamingConvention gives names to constraints and indexes that have none
// (MetaData.naming_convention). Each field is a pattern; an empty one leaves
// the name to the database. The tokens are SQLAlchemy's:
//
//	%(table_name)s            the table
//	%(referred_table_name)s   the table a foreign key points at
//	%(constraint_name)s       the name given to a check constraint
//	%(column_0_name)s         the first column; _1_ … for others
//	%(column_0_label)s        table_column
//	%(column_0N_name)s        all columns, run together; %(column_0_N_name)s joined by "_"
//	%(referred_column_0_name)s, and so on, for the columns pointed at
type NamingConvention struct {
	Index      string // "ix"
	Unique     string // "uq"
	Check      string // "ck"
	ForeignKey string // "fk"
	PrimaryKey string // "pk"
}

// DefaultNaming is the convention that SQLAlchemy's documentation recommends.
var DefaultNaming = NamingConvention{
	Index:      "ix_%(column_0_label)s",
	Unique:     "uq_%(table_name)s_%(column_0_name)s",
	Check:      "ck_%(table_name)s_%(constraint_name)s",
	ForeignKey: "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
	PrimaryKey: "pk_%(table_name)s",
}

// maxName is the longest name that every database here takes; PostgreSQL's 63 bytes is the shortest limit.
const maxName = 63

// apply names what has no name.
func (n NamingConvention) apply(t *Table) {
	if pk := t.PrimaryKey; pk != nil {
		pk.Name = n.name(t, n.PrimaryKey, pk.Name, pk.Columns, nil)
	}
	for _, c := range t.Uniques {
		c.Name = n.name(t, n.Unique, c.Name, c.Columns, nil)
	}
	for _, c := range t.ForeignKeys {
		c.Name = n.name(t, n.ForeignKey, c.Name, c.Columns, c)
	}
	for _, c := range t.Checks {
		// As in SQLAlchemy, a pattern with %(constraint_name)s frames the name given,
		// and says nothing of a check without one.
		if strings.Contains(n.Check, "%(constraint_name)s") {
			if c.Name != "" {
				c.Name = truncate(expand(strings.ReplaceAll(n.Check, "%(constraint_name)s", escape(c.Name)), t, nil, nil))
			}
		} else {
			c.Name = n.name(t, n.Check, c.Name, nil, nil)
		}
	}
	for _, i := range t.Indexes {
		pattern := n.Index
		if pattern == "" {
			pattern = DefaultNaming.Index
		}
		var cols []string
		for _, p := range i.Parts {
			if p.Expr == "" {
				cols = append(cols, p.Column)
			}
		}
		if len(cols) == 0 {
			cols = []string{"expr"}
		}
		i.Name = n.name(t, pattern, i.Name, cols, nil)
	}
}

func (NamingConvention) name(t *Table, pattern, given string, cols []string, fk *ForeignKeyDef) string {
	if given != "" || pattern == "" {
		return given
	}
	return truncate(expand(pattern, t, cols, fk))
}

func escape(s string) string { return strings.ReplaceAll(s, "%", "%%") }

// expand replaces the tokens of a pattern; an unknown token is recorded as an error of the table.
func expand(pattern string, t *Table, cols []string, fk *ForeignKeyDef) string {
	var b strings.Builder
	for rest := pattern; rest != ""; {
		i := strings.IndexByte(rest, '%')
		if i < 0 {
			b.WriteString(rest)
			break
		}
		b.WriteString(rest[:i])
		rest = rest[i:]
		if strings.HasPrefix(rest, "%%") {
			b.WriteByte('%')
			rest = rest[2:]
			continue
		}
		end := strings.Index(rest, ")s")
		if !strings.HasPrefix(rest, "%(") || end < 0 {
			t.fail("the naming convention %q is malformed at %q", pattern, rest)
			return b.String()
		}
		value, ok := token(rest[2:end], t, cols, fk)
		if !ok {
			t.fail("the naming convention %q uses the token %q, which does not apply here", pattern, rest[2:end])
		}
		b.WriteString(value)
		rest = rest[end+2:]
	}
	return b.String()
}

func token(key string, t *Table, cols []string, fk *ForeignKeyDef) (string, bool) {
	switch key {
	case "table_name":
		return t.Name.Name, true
	case "referred_table_name":
		if fk == nil {
			return "", false
		}
		return fk.RefTable.Name, true
	}
	if rest, ok := strings.CutPrefix(key, "referred_column_"); ok {
		if fk == nil {
			return "", false
		}
		return columnToken(rest, fk.RefTable.Name, fk.RefColumns)
	}
	if rest, ok := strings.CutPrefix(key, "column_"); ok {
		return columnToken(rest, t.Name.Name, cols)
	}
	return "", false
}

// columnToken reads what follows "column_": 0_name, 1_label, 0N_name, 0_N_label.
func columnToken(key, table string, cols []string) (string, bool) {
	which, form, ok := strings.Cut(key, "_")
	if strings.HasPrefix(form, "N_") {
		which, form = which+"_N", form[2:]
	}
	if !ok || (form != "name" && form != "label" && form != "key") {
		return "", false
	}
	label := func(c string) string {
		if form == "label" {
			return table + "_" + c
		}
		return c
	}
	switch which {
	case "0N", "0_N":
		parts := make([]string, len(cols))
		for i, c := range cols {
			parts[i] = label(c)
		}
		return strings.Join(parts, strings.TrimPrefix(strings.TrimSuffix(which, "N"), "0")), true
	}
	var n int
	if _, err := fmt.Sscanf(which, "%d", &n); err != nil || n < 0 || n >= len(cols) {
		return "", false
	}
	return label(cols[n]), true
}

// truncate shortens a name that is too long and keeps it unique by four digits of its hash, as SQLAlchemy does.
func truncate(name string) string {
	if len(name) <= maxName {
		return name
	}
	sum := md5.Sum([]byte(name)) //nolint:gosec // not for security: SQLAlchemy's own choice
	cut := name[:maxName-5]
	for !utf8.ValidString(cut) {
		cut = cut[:len(cut)-1]
	}
	return cut + "_" + hex.EncodeToString(sum[:])[28:]
}
