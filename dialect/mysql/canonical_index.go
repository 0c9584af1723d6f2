package mysql

import (
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

// uniqueIndex is the index that a unique constraint is: the servers make no
// difference between the two.
func uniqueIndex(u *schema.UniqueDef) *schema.IndexDef {
	i := keyIndex(u.Columns, u.Options)
	i.Name = u.Name
	return i
}

// canonicalPrimaryKey leaves the key its columns and what an index says beside them.
func (d *Dialect) canonicalPrimaryKey(t *schema.Table, cols names) {
	k := t.PrimaryKey
	if k == nil {
		return
	}
	i := keyIndex(k.Columns, k.Options)
	d.canonicalIndex(i, t, cols)
	k.Name, k.Options = "", keyOptions(i) // it is always called PRIMARY
}

func (d *Dialect) canonicalIndex(i *schema.IndexDef, t *schema.Table, cols names) {
	engine, ok := schema.Find[EngineOption](t.Options)
	if !ok {
		engine = EngineOption(d.set.engine)
	}
	i.Using = canonicalMethod(i.Using, string(engine))
	i.Comment = basicPlane(i.Comment)
	i.Options = indexOptions(i.Options)
	d.canonicalParts(i, t, cols)
}

func (d *Dialect) canonicalIndexes(t *schema.Table, cols names) {
	for _, i := range t.Indexes {
		d.canonicalIndex(i, t, cols)
	}
	t.Indexes = slices.DeleteFunc(t.Indexes, func(i *schema.IndexDef) bool { return madeForKey(i, t) })
}

func (d *Dialect) canonicalParts(i *schema.IndexDef, t *schema.Table, cols names) {
	for n := range i.Parts {
		p := &i.Parts[n]
		p.Descending = p.Descending && d.caps.descendingIndex
		if p.Expr != "" {
			p.Expr = d.normalExpr(p.Expr, d.userMode(), cols)
			continue
		}
		if own, ok := cols[strings.ToLower(p.Column)]; ok {
			p.Column = own
		}
		if c := t.Column(p.Column); c != nil && p.Length == wholeLength(c.Type.Def()) {
			p.Length = 0
		}
	}
}

// madeForKey reports whether an index is one that the server makes for a
// foreign key by itself. Such indexes are in no declaration and in no canonical form.
func madeForKey(i *schema.IndexDef, t *schema.Table) bool {
	cols, plain := i.PlainColumns()
	if !plain || i.Unique || i.Using != "" || i.Comment != "" || len(i.Options) > 0 {
		return false
	}
	return slices.ContainsFunc(t.ForeignKeys, func(fk *schema.ForeignKeyDef) bool {
		return slices.EqualFunc(cols, fk.Columns, strings.EqualFold) && namedFor(i.Name, fk.Name, fk.Columns[0])
	})
}

// canonicalMethod drops a method that is the engine's own: InnoDB makes a
// B-tree of whatever is asked for.
func canonicalMethod(method, engine string) string {
	method = strings.ToUpper(method)
	switch {
	case method == "FULLTEXT", method == "SPATIAL", method == "VECTOR":
		return method
	case strings.EqualFold(engine, "MEMORY"):
		if method == "HASH" {
			return ""
		}
		return method
	}
	return ""
}

// wholeLength is the length of a column at which a prefix is no prefix; -1 for none.
func wholeLength(def schema.TypeDef) int {
	switch t := def.(type) {
	case schema.StringType:
		return t.Length
	case CharType:
		return t.Length
	case schema.BinaryType:
		if t.Length > 0 {
			return t.Length
		}
	case FixedBinaryType:
		return t.Length
	}
	return -1
}

// indexOptions are the options of this family.
func indexOptions(opts []schema.Option) []schema.Option {
	var out []schema.Option
	for _, o := range opts {
		switch o := o.(type) {
		case InvisibleOption:
			out = schema.SetOption(out, o)
		case ParserOption:
			out = schema.SetOption(out, ParserOption(strings.ToLower(string(o))))
		case WithoutOverlapsOption:
			out = schema.SetOption(out, o)
		}
	}
	return out
}
