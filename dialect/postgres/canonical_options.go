package postgres

import (
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

// own are the options of this dialect, sorted by key, but for those that the
// server keeps nothing of.
func own(opts []schema.Option, drop func(schema.Option) bool) []schema.Option {
	var out []schema.Option
	for _, o := range opts {
		if strings.HasPrefix(o.OptionKey(), prefix) && !drop(o) {
			out = append(out, o)
		}
	}
	slices.SortStableFunc(out, func(a, b schema.Option) int { return strings.Compare(a.OptionKey(), b.OptionKey()) })
	return out
}

// dropped tells whether an option says only what holds anyway.
func dropped(o schema.Option) bool {
	switch o := o.(type) {
	case LoggedOption, InheritedOption:
		return true
	case SerialOption:
		return o.Sequence == ""
	case AccessMethodOption:
		return o.Name == "heap"
	case RowSecurityOption:
		return o.For == NoOne
	case TablespaceOption:
		return o.Name == "" || o.Name == "pg_default"
	case StorageOption:
		return o.Value == ""
	case CompressionOption:
		return o.Method == "" || o.Method == "default"
	case StatisticsOption:
		return o.Target < 0
	case CommentOption:
		return o.Text == ""
	case IncludingOption:
		return o.Columns == ""
	case DeferralOption:
		return o.When == schema.DeferralDefault
	}
	return false
}

func constraintOptions(opts []schema.Option) []schema.Option { return own(opts, dropped) }

func (s server) tableOptions(opts []schema.Option) []schema.Option {
	out := own(opts, dropped)
	for i, o := range out {
		switch o := o.(type) {
		case PartitionByOption:
			out[i] = PartitionBy(canonicalPartition(o.By))
		case InheritsOption:
			parents := list(o.Parents)
			for k, p := range parents {
				n := parentName(p)
				n.Schema = s.fold(n.Schema)
				parents[k] = parentText(n)
			}
			out[i] = Inherits(parents...)
		}
	}
	return out
}

// ParentTables are the tables that INHERITS names.
func (s server) ParentTables(t *schema.Table) (out []schema.Name) {
	if o, ok := schema.Find[InheritsOption](t.Options); ok {
		for _, p := range list(o.Parents) {
			out = append(out, parentName(p))
		}
	}
	return out
}

// RenameParent changes the names of INHERITS.
func (s server) RenameParent(t *schema.Table, from, to schema.Name) {
	o, ok := schema.Find[InheritsOption](t.Options)
	if !ok {
		return
	}
	parents := list(o.Parents)
	for i, p := range parents {
		if parentName(p) == from {
			parents[i] = parentText(to)
		}
	}
	t.Options = schema.SetOption(t.Options, Inherits(parents...))
}

// OnlyInherited tells it by the option [Inherited].
func (s server) OnlyInherited(opts []schema.Option) bool { return isInherited(opts) }

// CarriesOption is true for how values are kept and counted; SET COMPRESSION alone stays
// with its table. https://www.postgresql.org/docs/current/sql-altertable.html
func (s server) CarriesOption(o schema.Option, added bool) bool {
	switch o.(type) {
	case ColumnStorageOption, StatisticsOption:
		return true
	case CompressionOption:
		return added
	}
	return false
}

// parentName reads a name as [Inherits] has it.
func parentName(text string) schema.Name {
	if tokens, ok := lex(text); ok && strings.HasPrefix(text, `"`) {
		switch {
		case len(tokens) == 1:
			return schema.Name{Name: tokens[0].text}
		case len(tokens) == 3 && tokens[1].is("."):
			return schema.Name{Schema: tokens[0].text, Name: tokens[2].text}
		}
	}
	return schema.SplitName(text)
}

// parentText spells a name as [Inherits] has it.
func parentText(n schema.Name) string {
	text := n.String()
	switch {
	case parentName(text) == n:
		return text
	case n.Schema == "":
		return quoteIdent(n.Name)
	}
	return quoteIdent(n.Schema) + "." + quoteIdent(n.Name)
}

// leftToParents tells whether a column or check of a new table is its parents' alone.
func leftToParents(opts []schema.Option, t *schema.Table) bool {
	return inherits(t) && isInherited(opts)
}

// inherits tells whether a new table has parents; nil is none.
func inherits(t *schema.Table) bool {
	if t == nil {
		return false
	}
	o, child := schema.Find[InheritsOption](t.Options)
	return child && o.Parents != ""
}

func isInherited(opts []schema.Option) bool {
	_, ok := schema.Find[InheritedOption](opts)
	return ok
}

// canonicalPartition spells a partition key as the server does: RANGE (created_at).
func canonicalPartition(by string) string {
	tokens, ok := lex(by)
	if !ok || len(tokens) < 2 || tokens[0].kind != tokenWord {
		return by
	}
	return strings.ToUpper(tokens[0].text) + " " + spell(tokens[1:])
}

func columnOptions(c *schema.ColumnDef) []schema.Option {
	return own(c.Options, func(o schema.Option) bool {
		switch o := o.(type) {
		case ColumnStorageOption:
			return o.Strategy == defaultStorage(c.Type.Def())
		case SerialOption:
			return o.Sequence == "" || !c.AutoIncrement
		}
		return dropped(o)
	})
}

// canonicalSerial takes from what is said of the sequence of a serial column what is so
// without being said.
func (s server) canonicalSerial(t *schema.Table, c *schema.ColumnDef) {
	o, ok := schema.Find[SerialOption](c.Options)
	if !ok {
		return
	}
	column, _ := c.Type.Def().(schema.IntegerType)
	if o.Type != "" {
		if def, ok := s.canonicalType(schema.RawSQL(o.Type)).Def().(schema.IntegerType); ok {
			o.Type = strings.ToLower(integerName(def.Size))
		}
	}
	if o.Type == strings.ToLower(integerName(column.Size)) {
		o.Type = ""
	}
	if o.Type == "" && o.Sequence == objectName(t.Name.Name, c.Name, "seq") {
		c.Options = schema.UnsetOption(c.Options, o.OptionKey())
		return
	}
	c.Options = schema.SetOption(c.Options, o)
}

// defaultStorage is how the values of a type are kept unless told otherwise, empty if no rule tells.
func defaultStorage(def schema.TypeDef) string {
	switch def := def.(type) {
	case schema.IntegerType, schema.BooleanType, schema.DateType, schema.TimeType, schema.DateTimeType, schema.IntervalType,
		schema.FloatType, schema.DoubleType, schema.UUIDType, schema.EnumType, IntervalType:
		return "PLAIN"
	case schema.StringType, schema.TextType, schema.BinaryType, schema.JSONType, CharType, BitType, ArrayType:
		return "EXTENDED"
	case schema.NumericType:
		return "MAIN"
	case PlainType:
		if def.Name == "jsonb" || def.Name == "xml" || def.Name == "tsvector" {
			return "EXTENDED"
		}
	}
	return ""
}
