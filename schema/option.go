package schema

import (
	"slices"
	"strings"
)

// Option is a property that only one database has, of a table, column,
// constraint, index or view: mysql.Engine("InnoDB"), postgres.Unlogged(). Dialect
// packages define the types; each is a plain comparable value.
type Option interface {
	Caller
	// OptionKey names the property, unique among all dialects ("mysql.engine").
	// Two options of one key exclude each other.
	OptionKey() string
}

// Find returns the option of type T in opts, if there is one.
func Find[T Option](opts []Option) (T, bool) {
	for _, o := range opts {
		if t, ok := o.(T); ok {
			return t, true
		}
	}
	var zero T
	return zero, false
}

// SetOption returns opts with o in place of any option of the same key, sorted by key.
func SetOption(opts []Option, o Option) []Option {
	out := UnsetOption(opts, o.OptionKey())
	i, _ := slices.BinarySearchFunc(out, o.OptionKey(), func(a Option, key string) int {
		return strings.Compare(a.OptionKey(), key)
	})
	return slices.Insert(out, i, o)
}

// ColumnNamer is an option that names a column of its table.
type ColumnNamer interface {
	Option
	// RenameColumn is the option once the column has another name; itself if it names another one.
	RenameColumn(from, to string) Option
}

// RenameInOptions returns opts as they are once a column has another name.
func RenameInOptions(opts []Option, from, to string) []Option {
	var out []Option
	for _, o := range opts {
		if n, ok := o.(ColumnNamer); ok {
			o = n.RenameColumn(from, to)
		}
		out = SetOption(out, o)
	}
	return out
}

// UnsetOption returns opts without the option of that key.
func UnsetOption(opts []Option, key string) []Option {
	out := make([]Option, 0, len(opts)+1)
	for _, o := range opts {
		if o.OptionKey() != key {
			out = append(out, o)
		}
	}
	return out
}
