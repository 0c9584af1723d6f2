package mysql

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

// The properties of a primary key or a unique constraint that an index says at its
// parts. A column is named in each, for a key has plain columns.
type (
	// KeyPrefixOption is [KeyPrefix].
	KeyPrefixOption struct {
		Column string
		Length int
	}
	// KeyDescendingOption is [KeyDescending].
	KeyDescendingOption struct{ Column string }
	// KeyMethodOption is [KeyMethod].
	KeyMethodOption string
	// KeyCommentOption is [KeyComment].
	KeyCommentOption string
)

// KeyPrefix keeps of a column in a primary key or a unique constraint only the
// leading characters, or bytes of a binary type, as a TEXT or BLOB needs it there
// (mysql_length). 0 keeps the whole.
func KeyPrefix(column string, length int) KeyPrefixOption { return KeyPrefixOption{column, length} }

// KeyDescending sorts a primary key or a unique constraint downwards by a column
// (MySQL 8.0, MariaDB 10.8; servers before them ignore it).
func KeyDescending(column string) KeyDescendingOption { return KeyDescendingOption{column} }

// KeyMethod is how a primary key or a unique constraint is kept, BTREE or HASH
// (mysql_using). Only the MEMORY engine has both.
func KeyMethod(method string) KeyMethodOption { return KeyMethodOption(method) }

// KeyComment is the comment of a primary key or a unique constraint. The servers
// keep it as that of the index.
func KeyComment(text string) KeyCommentOption { return KeyCommentOption(text) }

// OptionKey is mysql.key_prefix. and the column.
func (o KeyPrefixOption) OptionKey() string {
	return prefix + "key_prefix." + strings.ToLower(o.Column)
}

// OptionKey is mysql.key_descending. and the column.
func (o KeyDescendingOption) OptionKey() string {
	return prefix + "key_descending." + strings.ToLower(o.Column)
}

// OptionKey is mysql.key_method.
func (KeyMethodOption) OptionKey() string { return prefix + "key_method" }

// OptionKey is mysql.key_comment.
func (KeyCommentOption) OptionKey() string { return prefix + "key_comment" }

// Call spells the option in Go.
func (o KeyPrefixOption) Call() schema.Call { return call("KeyPrefix", o.Column, o.Length) }

// Call spells the option in Go.
func (o KeyDescendingOption) Call() schema.Call { return call("KeyDescending", o.Column) }

// Call spells the option in Go.
func (o KeyMethodOption) Call() schema.Call { return call("KeyMethod", string(o)) }

// Call spells the option in Go.
func (o KeyCommentOption) Call() schema.Call { return call("KeyComment", string(o)) }

// AddToConstraint sets the property of a primary key or a unique constraint; others have no parts.
func (o KeyPrefixOption) AddToConstraint(c schema.Constraint) { setKey(c, o) }

// AddToConstraint sets the property of a primary key or a unique constraint; others have no parts.
func (o KeyDescendingOption) AddToConstraint(c schema.Constraint) { setKey(c, o) }

// AddToConstraint sets the property of a primary key or a unique constraint; others are no index.
func (o KeyMethodOption) AddToConstraint(c schema.Constraint) { setKey(c, o) }

// AddToConstraint sets the property of a primary key or a unique constraint; others are no index.
func (o KeyCommentOption) AddToConstraint(c schema.Constraint) { setKey(c, o) }

// RenameColumn is the property once a column has another name.
func (o KeyPrefixOption) RenameColumn(from, to string) schema.Option {
	o.Column = renamedColumn(o.Column, from, to)
	return o
}

// RenameColumn is the property once a column has another name.
func (o KeyDescendingOption) RenameColumn(from, to string) schema.Option {
	o.Column = renamedColumn(o.Column, from, to)
	return o
}

func setKey(c schema.Constraint, o schema.Option) {
	switch c := c.(type) {
	case *schema.PrimaryKeyDef:
		c.Options = schema.SetOption(c.Options, o)
	case *schema.UniqueDef:
		c.Options = schema.SetOption(c.Options, o)
	case *schema.CheckDef, *schema.ForeignKeyDef, *schema.ExcludeDef:
	}
}

// keyIndex is the index that a key with these options is.
func keyIndex(columns []string, opts []schema.Option) *schema.IndexDef {
	i := schema.Index("", columns...)
	i.Unique = true
	for _, o := range opts {
		at := func(column string, set func(*schema.IndexPart)) {
			for n := range i.Parts {
				if strings.EqualFold(i.Parts[n].Column, column) {
					set(&i.Parts[n])
				}
			}
		}
		switch o := o.(type) {
		case KeyPrefixOption:
			at(o.Column, func(p *schema.IndexPart) { p.Length = o.Length })
		case KeyDescendingOption:
			at(o.Column, func(p *schema.IndexPart) { p.Descending = true })
		case KeyMethodOption:
			i.Using = string(o)
		case KeyCommentOption:
			i.Comment = string(o)
		case WithoutOverlapsOption:
			i.Options = schema.SetOption(i.Options, o)
		}
	}
	return i
}

// key spells a primary key or a unique constraint behind its head.
func (d *Dialect) key(head string, columns []string, opts []schema.Option) (string, error) {
	i := keyIndex(columns, opts)
	for _, o := range opts {
		column := ""
		switch o := o.(type) {
		case KeyPrefixOption:
			column = o.Column
		case KeyDescendingOption:
			column = o.Column
		}
		if column != "" && !slices.ContainsFunc(columns, func(c string) bool { return strings.EqualFold(c, column) }) {
			return "", fmt.Errorf("the key has no column %q, which %s names: name one of %s", column, o.Call().Func, strings.Join(columns, ", "))
		}
	}
	_, using, err := d.indexMethod(i)
	keys, err2 := d.indexKeys(i)
	tail, err3 := d.indexTail(i)
	return head + using + " (" + keys + ")" + tail, errors.Join(err, err2, err3)
}

// keyOptions are the options of a key that is this index.
func keyOptions(i *schema.IndexDef) (out []schema.Option) {
	for _, p := range i.Parts {
		if p.Length > 0 {
			out = schema.SetOption(out, KeyPrefix(p.Column, p.Length))
		}
		if p.Descending {
			out = schema.SetOption(out, KeyDescending(p.Column))
		}
	}
	if i.Using != "" {
		out = schema.SetOption(out, KeyMethod(i.Using))
	}
	if i.Comment != "" {
		out = schema.SetOption(out, KeyComment(i.Comment))
	}
	if o, ok := schema.Find[WithoutOverlapsOption](i.Options); ok {
		out = schema.SetOption(out, o)
	}
	return out
}
