package schema

import (
	"crypto/md5" //nolint:gosec // not for security: SQLAlchemy's own choice
	"encoding/hex"
	"strconv"
	"strings"
	"unicode/utf8"
)

// NamingConvention gives names to constraints and indexes that have none
// (MetaData.naming_convention). Each field is a pattern; an empty one leaves
// the name to the database. The tokens are SQLAlchemy's, and give its names:
//
//	%(table_name)s                the table
//	%(referred_table_name)s       the table a foreign key points at
//	%(constraint_name)s           the name given, which the pattern then frames
//	%(column_0_name)s             the first column; _1_ and so on for others, nothing where there is none
//	%(column_0_label)s            [schema_]table_column
//	%(column_0N_name)s            all columns, run together; %(column_0_N_name)s joined by "_"
//	%(referred_column_0_name)s    the columns pointed at, by the same numbers
//	%%                            a percent sign
type NamingConvention struct {
	Index      string // "ix"
	Unique     string // "uq"
	Check      string // "ck"
	ForeignKey string // "fk"
	PrimaryKey string // "pk"
}

// IsZero reports whether the convention names nothing.
func (n NamingConvention) IsZero() bool { return n == NamingConvention{} }

// DefaultNaming is the convention that SQLAlchemy's documentation recommends.
var DefaultNaming = NamingConvention{
	Index:      "ix_%(column_0_label)s",
	Unique:     "uq_%(table_name)s_%(column_0_name)s",
	Check:      "ck_%(table_name)s_%(constraint_name)s",
	ForeignKey: "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
	PrimaryKey: "pk_%(table_name)s",
}

// maxName is the longest name that every database here takes, in bytes:
// PostgreSQL's limit. SQLAlchemy takes the limit of the database at hand, so on
// MySQL names of 64 and more characters differ from its own.
const maxName = 63

const givenName = "%(constraint_name)s"

// apply names what has no name.
func (n NamingConvention) apply(t *Table) {
	if pk := t.PrimaryKey; pk != nil {
		pk.Name = named(t, n.PrimaryKey, subject{name: pk.Name, columns: pk.Columns})
	}
	for _, c := range t.Uniques {
		c.Name = named(t, n.Unique, subject{name: c.Name, columns: c.Columns})
	}
	for _, c := range t.ForeignKeys {
		c.Name = named(t, n.ForeignKey, subject{name: c.Name, columns: c.Columns, key: c})
	}
	for _, c := range t.Checks {
		// SQLAlchemy refuses a check without a name where the pattern frames one. Here
		// it stays without: it is compared by what it says.
		if c.Name != "" || !strings.Contains(n.Check, givenName) {
			c.Name = named(t, n.Check, subject{name: c.Name})
		}
	}
	pattern := n.Index
	if pattern == "" {
		pattern = DefaultNaming.Index // an index must have a name
	}
	for _, i := range t.Indexes {
		i.Name = named(t, pattern, subject{name: i.Name, columns: indexColumns(i)})
	}
}

// indexColumns are the columns among the keys of an index; one of expressions
// alone counts as on "expr".
func indexColumns(i *IndexDef) []string {
	var cols []string
	for _, p := range i.Parts {
		if p.Expr == "" {
			cols = append(cols, p.Column)
		}
	}
	if len(cols) == 0 {
		return []string{"expr"}
	}
	return cols
}

// subject is what a pattern names.
type subject struct {
	name    string // given by the declaration
	columns []string
	key     *ForeignKeyDef // nil for what is no foreign key
}

// named is the name that a pattern gives. A name that was declared stays, unless
// the pattern frames it.
func named(t *Table, pattern string, s subject) string {
	if pattern == "" || s.name != "" && !strings.Contains(pattern, givenName) {
		return s.name
	}
	return truncate(expand(pattern, t, s))
}

// expand replaces the tokens of a pattern; what is wrong with it is an error of the table.
func expand(pattern string, t *Table, s subject) string {
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
		value, ok := s.token(rest[2:end], t)
		if !ok {
			t.fail("the naming convention %q uses the token %q, which does not apply here", pattern, rest[2:end])
		}
		b.WriteString(value)
		rest = rest[end+2:]
	}
	return b.String()
}

// token is the value of one token; false if it is none or does not apply.
func (s subject) token(key string, t *Table) (string, bool) {
	switch key {
	case "table_name":
		return t.Name.Name, true
	case "constraint_name":
		return s.name, s.name != ""
	case "referred_table_name":
		if s.key == nil {
			return "", false
		}
		return s.key.RefTable.Name, true
	}
	number, form, ok := splitToken(strings.TrimPrefix(key, "referred_"))
	switch {
	case !ok:
		return "", false
	case !strings.HasPrefix(key, "referred_"):
		return columnToken(number, s.columns, func(c string) string {
			if form != "label" {
				return c
			}
			return label(t.Name, c)
		})
	case s.key == nil || form != "name":
		return "", false
	default:
		return columnToken(number, s.key.RefColumns, func(c string) string { return c })
	}
}

// label is a column with its table, as SQLAlchemy's index names have it.
func label(t Name, column string) string {
	if t.Schema == "" {
		return t.Name + "_" + column
	}
	return strings.ReplaceAll(t.Schema, ".", "_") + "_" + t.Name + "_" + column
}

// splitToken splits column_0_N_name into its number "0_N" and its form "name".
func splitToken(key string) (number, form string, ok bool) {
	rest, ok := strings.CutPrefix(key, "column_")
	i := strings.LastIndexByte(rest, '_')
	if !ok || i < 0 {
		return "", "", false
	}
	number, form = rest[:i], rest[i+1:]
	return number, form, form == "name" || form == "key" || form == "label"
}

// columnToken is the column of a number, or all of them for 0N and 0_N. A number
// beyond the last column gives nothing, as in SQLAlchemy.
func columnToken(number string, cols []string, spell func(string) string) (string, bool) {
	if number == "0N" || number == "0_N" {
		parts := make([]string, len(cols))
		for i, c := range cols {
			parts[i] = spell(c)
		}
		return strings.Join(parts, number[1:len(number)-1]), true
	}
	n, err := strconv.ParseUint(number, 10, 31)
	if err != nil {
		return "", false
	}
	if int(n) >= len(cols) {
		return "", true
	}
	return spell(cols[n]), true
}

// truncate shortens a name that is too long and keeps it unique by four digits
// of its hash, the way SQLAlchemy does (IdentifierPreparer.truncate_and_render_constraint_name).
func truncate(name string) string {
	if len(name) <= maxName {
		return name
	}
	sum := md5.Sum([]byte(name)) //nolint:gosec // not for security: SQLAlchemy's own choice
	cut := maxName - 8
	for cut > 0 && !utf8.RuneStart(name[cut]) {
		cut--
	}
	return name[:cut] + "_" + hex.EncodeToString(sum[:])[28:]
}
