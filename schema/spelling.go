package schema

import "slices"

// withItems appends a .With(…) to c when there are items.
func withItems(c Call, items []any, opts []Option) Call {
	items = append(items, optionArgs(opts)...)
	if len(items) > 0 {
		c.Chain = append(c.Chain, Call{Func: "With", Args: items})
	}
	return c
}

func stringArgs(first string, rest []string) []any {
	return append([]any{first}, anys(rest)...)
}

func anys(list []string) []any {
	args := make([]any, len(list))
	for i, s := range list {
		args[i] = s
	}
	return args
}

func constant(name string) Call { return Call{Path: Path, Func: name, Const: true} }

// Call spells the deferral in Go.
func (d Deferral) Call() Call {
	switch d {
	case Deferrable:
		return constant("Deferrable")
	case InitiallyDeferred:
		return constant("InitiallyDeferred")
	default:
		return constant("DeferralDefault")
	}
}

// Call spells the action in Go.
func (a Action) Call() Call {
	switch a {
	case Restrict:
		return constant("Restrict")
	case Cascade:
		return constant("Cascade")
	case SetNull:
		return constant("SetNull")
	case SetDefault:
		return constant("SetDefault")
	case NoAction:
		return constant("NoAction")
	default:
		return call("Action", string(a))
	}
}

// Call spells the constraint in Go.
func (c *PrimaryKeyDef) Call() Call {
	return withItems(call("PrimaryKeyConstraint", stringArgs(c.Name, c.Columns)...), nil, c.Options)
}

// Call spells the constraint in Go.
func (c *UniqueDef) Call() Call {
	var items []any
	if c.Deferral != DeferralDefault {
		items = append(items, call("WithDeferral", c.Deferral))
	}
	if c.NullsNotDistinct {
		items = append(items, call("NullsNotDistinct"))
	}
	return withItems(call("UniqueConstraint", stringArgs(c.Name, c.Columns)...), items, c.Options)
}

// Call spells the constraint in Go.
func (c *CheckDef) Call() Call {
	return withItems(call("CheckConstraint", c.Name, c.Expr), c.items(), nil)
}

// items spells what a check has besides its condition.
func (c *CheckDef) items() (items []any) {
	if c.NotValid {
		items = append(items, call("NotValid"))
	}
	if c.NotEnforced {
		items = append(items, call("NotEnforced"))
	}
	return append(items, optionArgs(c.Options)...)
}

func optionArgs(opts []Option) []any {
	args := make([]any, len(opts))
	for i, o := range opts {
		args[i] = o
	}
	return args
}

// Call spells the constraint in Go.
func (c *ForeignKeyDef) Call() Call {
	args := []any{c.Name, c.Columns, c.RefTable.String(), c.RefColumns}
	if SplitName(c.RefTable.String()) != c.RefTable {
		args = append(args, c.refTable())
	}
	return call("ForeignKeyConstraint", append(args, c.items()...)...)
}

// reference spells the foreign key as it stands at its column.
func (c *ForeignKeyDef) reference() Call {
	target := c.RefTable.String()
	if len(c.RefColumns) > 0 {
		target += "." + c.RefColumns[0]
	}
	args := []any{target}
	if c.Name != "" {
		args = append(args, call("Named", c.Name))
	}
	if table, columns := splitTarget(target); table != c.RefTable || !slices.Equal(columns, c.RefColumns) {
		args = append(args, c.refTable(), call("RefColumns", anys(c.RefColumns)...))
	}
	return call("References", append(args, c.items()...)...)
}

func (c *ForeignKeyDef) refTable() Call { return call("RefTable", c.RefTable.Schema, c.RefTable.Name) }

// items spells what a foreign key has besides its columns.
func (c *ForeignKeyDef) items() (items []any) {
	if c.OnDelete != NoAction {
		items = append(items, call("OnDelete", c.OnDelete))
	}
	if c.OnUpdate != NoAction {
		items = append(items, call("OnUpdate", c.OnUpdate))
	}
	if c.Deferral != DeferralDefault {
		items = append(items, call("WithDeferral", c.Deferral))
	}
	if c.Match != "" {
		items = append(items, call("Match", c.Match))
	}
	if c.NotValid {
		items = append(items, call("NotValid"))
	}
	return append(items, optionArgs(c.Options)...)
}

// Call spells the constraint in Go.
func (c *ExcludeDef) Call() Call {
	args := []any{c.Name}
	for _, e := range c.Elements {
		args = append(args, call("Exclude", e.Expr, e.Operator))
	}
	var items []any
	if c.Using != "" {
		items = append(items, call("Using", c.Using))
	}
	if c.Where != "" {
		items = append(items, call("Where", c.Where))
	}
	if c.Deferral != DeferralDefault {
		items = append(items, call("WithDeferral", c.Deferral))
	}
	return withItems(call("ExcludeConstraint", args...), items, c.Options)
}

// Call spells the index in Go.
func (i *IndexDef) Call() Call {
	if cols, ok := i.PlainColumns(); ok {
		return withItems(call("Index", stringArgs(i.Name, cols)...), i.items(), i.Options)
	}
	args := []any{i.Name}
	for _, p := range i.Parts {
		args = append(args, p)
	}
	return withItems(call("IndexOn", args...), i.items(), i.Options)
}

func (i *IndexDef) items() (items []any) {
	if i.Unique {
		items = append(items, call("UniqueIndex"))
	}
	if i.Using != "" {
		items = append(items, call("Using", i.Using))
	}
	if len(i.Include) > 0 {
		items = append(items, call("Include", anys(i.Include)...))
	}
	if i.Where != "" {
		items = append(items, call("Where", i.Where))
	}
	if i.NullsNotDistinct {
		items = append(items, call("NullsNotDistinct"))
	}
	if i.Comment != "" {
		items = append(items, call("Comment", i.Comment))
	}
	return items
}

// Call spells the part in Go.
func (p IndexPart) Call() Call {
	c := call("Key", p.Column)
	if p.Expr != "" {
		c = call("KeyExpr", p.Expr)
	}
	chain := func(fn string, args ...any) { c.Chain = append(c.Chain, Call{Func: fn, Args: args}) }
	if p.Descending {
		chain("Desc")
	}
	switch p.Nulls {
	case NullsFirst:
		chain("NullsFirst")
	case NullsLast:
		chain("NullsLast")
	case NullsDefault:
	}
	if p.Length != 0 {
		chain("Prefix", p.Length)
	}
	if p.Collation != "" {
		chain("Collate", p.Collation)
	}
	if p.OpClass != "" {
		chain("Op", p.OpClass)
	}
	return c
}

// Items spells what stands in the table, one value an item, in the order in
// which a reader expects it: columns, constraints, indexes if asked, the rest.
func (t *Table) Items(withIndexes IndexPlace) []any {
	var items []any
	pk := t.PrimaryKey
	inline := pk != nil && pk.Name == "" && len(pk.Options) == 0 && len(pk.Columns) == 1
	for _, c := range t.Columns {
		d := *c
		d.PrimaryKey = inline && c.Name == pk.Columns[0]
		items = append(items, &d)
	}
	if pk != nil && !inline {
		items = append(items, pk)
	}
	for _, c := range t.Constraints() {
		if c.Kind() != PrimaryKeyKind {
			items = append(items, c)
		}
	}
	if withIndexes == IndexesInside {
		for _, i := range t.Indexes {
			items = append(items, i)
		}
	}
	items = append(items, inSchema(t.Name)...)
	if t.Comment != "" {
		items = append(items, call("Comment", t.Comment))
	}
	for _, o := range t.Options {
		items = append(items, o)
	}
	return items
}

// IndexPlace says whether a table's indexes are spelled inside it.
type IndexPlace uint8

// The places of a table's indexes.
const (
	IndexesApart IndexPlace = iota
	IndexesInside
)
