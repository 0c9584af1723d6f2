package schema

import "strings"

// Name is the name of a table or other object, with its schema where one is given.
type Name struct {
	Schema string // empty for the connection's default schema
	Name   string
}

// String is the name as people write it, unquoted: schema.name or name.
func (n Name) String() string {
	if n.Schema == "" {
		return n.Name
	}
	return n.Schema + "." + n.Name
}

// Compare orders by schema, then name.
func (n Name) Compare(m Name) int {
	if c := strings.Compare(n.Schema, m.Schema); c != 0 {
		return c
	}
	return strings.Compare(n.Name, m.Name)
}

// SplitName reads "schema.name" or "name". A name that itself holds a dot must
// be given by its parts, as a [Name].
func SplitName(s string) Name {
	if i := strings.LastIndexByte(s, '.'); i > 0 && i < len(s)-1 {
		return Name{Schema: s[:i], Name: s[i+1:]}
	}
	return Name{Name: s}
}
