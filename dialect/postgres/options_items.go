package postgres

import (
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

// OptionKey names the property.
func (UnloggedOption) OptionKey() string { return prefix + "persistence" }

// OptionKey names the property.
func (LoggedOption) OptionKey() string { return prefix + "persistence" }

// OptionKey names the property.
func (PartitionByOption) OptionKey() string { return prefix + "partition_by" }

// OptionKey names the property.
func (InheritsOption) OptionKey() string { return prefix + "inherits" }

// OptionKey names the property.
func (AccessMethodOption) OptionKey() string { return prefix + "access_method" }

// OptionKey names the property.
func (RowSecurityOption) OptionKey() string { return prefix + "row_security" }

// OptionKey names the property.
func (TablespaceOption) OptionKey() string { return prefix + "tablespace" }

// OptionKey names the property, one for each parameter.
func (o StorageOption) OptionKey() string { return prefix + "with." + o.Name }

// OptionKey names the property.
func (SerialOption) OptionKey() string { return prefix + "serial" }

// OptionKey names the property.
func (ColumnStorageOption) OptionKey() string { return prefix + "storage" }

// OptionKey names the property.
func (CompressionOption) OptionKey() string { return prefix + "compression" }

// OptionKey names the property.
func (StatisticsOption) OptionKey() string { return prefix + "statistics" }

// OptionKey names the property.
func (InheritedOption) OptionKey() string { return prefix + "inherited" }

// OptionKey names the property.
func (IncludingOption) OptionKey() string { return prefix + "including" }

// OptionKey names the property.
func (CommentOption) OptionKey() string { return prefix + "comment" }

// OptionKey names the property.
func (NoInheritOption) OptionKey() string { return prefix + "no_inherit" }

// OptionKey names the property.
func (SetColumnsOption) OptionKey() string { return prefix + "set_columns" }

// OptionKey names the property.
func (NotEnforcedOption) OptionKey() string { return prefix + "not_enforced" }

// OptionKey names the property.
func (PeriodOption) OptionKey() string { return prefix + "period" }

// OptionKey names the property.
func (DeferralOption) OptionKey() string { return prefix + "deferral" }

// OptionKey names the property.
func (ConcurrentlyOption) OptionKey() string { return prefix + "concurrently" }

// AddToTable sets the option.
func (o UnloggedOption) AddToTable(t *schema.Table) { setTable(t, o) }

// AddToTable sets the option.
func (o LoggedOption) AddToTable(t *schema.Table) { setTable(t, o) }

// AddToTable sets the option.
func (o PartitionByOption) AddToTable(t *schema.Table) { setTable(t, o) }

// AddToTable sets the option.
func (o InheritsOption) AddToTable(t *schema.Table) { setTable(t, o) }

// AddToTable sets the option.
func (o AccessMethodOption) AddToTable(t *schema.Table) { setTable(t, o) }

// AddToTable sets the option.
func (o RowSecurityOption) AddToTable(t *schema.Table) { setTable(t, o) }

// AddToTable sets the option.
func (o TablespaceOption) AddToTable(t *schema.Table) { setTable(t, o) }

// AddToTable sets the option.
func (o StorageOption) AddToTable(t *schema.Table) { setTable(t, o) }

// AddToIndex sets the option.
func (o TablespaceOption) AddToIndex(i *schema.IndexDef) { setIndex(i, o) }

// AddToIndex sets the option.
func (o StorageOption) AddToIndex(i *schema.IndexDef) { setIndex(i, o) }

// AddToIndex sets the option, which holds for the statement that makes the index and is not kept.
func (o ConcurrentlyOption) AddToIndex(i *schema.IndexDef) { setIndex(i, o) }

// AddToColumn makes the column a numbered one.
func (o SerialOption) AddToColumn(c *schema.ColumnDef) {
	c.AutoIncrement = true
	setColumn(c, o)
}

// AddToColumn sets the option.
func (o ColumnStorageOption) AddToColumn(c *schema.ColumnDef) { setColumn(c, o) }

// AddToColumn sets the option.
func (o CompressionOption) AddToColumn(c *schema.ColumnDef) { setColumn(c, o) }

// AddToColumn sets the option.
func (o StatisticsOption) AddToColumn(c *schema.ColumnDef) { setColumn(c, o) }

// AddToColumn sets the option.
func (o InheritedOption) AddToColumn(c *schema.ColumnDef) { setColumn(c, o) }

// AddToConstraint sets the option.
func (o InheritedOption) AddToConstraint(c schema.Constraint) { setConstraint(c, o) }

// AddToConstraint sets the option.
func (o TablespaceOption) AddToConstraint(c schema.Constraint) { setConstraint(c, o) }

// AddToConstraint sets the option.
func (o StorageOption) AddToConstraint(c schema.Constraint) { setConstraint(c, o) }

// AddToConstraint sets the option.
func (o IncludingOption) AddToConstraint(c schema.Constraint) { setConstraint(c, o) }

// AddToConstraint sets the option.
func (o CommentOption) AddToConstraint(c schema.Constraint) { setConstraint(c, o) }

// AddToConstraint sets the option.
func (o NoInheritOption) AddToConstraint(c schema.Constraint) { setConstraint(c, o) }

// AddToConstraint sets the option.
func (o PeriodOption) AddToConstraint(c schema.Constraint) { setConstraint(c, o) }

// AddToConstraint sets the option.
func (o DeferralOption) AddToConstraint(c schema.Constraint) { setConstraint(c, o) }

// AddToForeignKey sets the option.
func (o CommentOption) AddToForeignKey(c *schema.ForeignKeyDef) { setConstraint(c, o) }

// AddToForeignKey sets the option.
func (o SetColumnsOption) AddToForeignKey(c *schema.ForeignKeyDef) { setConstraint(c, o) }

// AddToForeignKey sets the option.
func (o NotEnforcedOption) AddToForeignKey(c *schema.ForeignKeyDef) { setConstraint(c, o) }

// AddToForeignKey sets the option.
func (o PeriodOption) AddToForeignKey(c *schema.ForeignKeyDef) { setConstraint(c, o) }

func setTable(t *schema.Table, o schema.Option)      { t.Options = schema.SetOption(t.Options, o) }
func setColumn(c *schema.ColumnDef, o schema.Option) { c.Options = schema.SetOption(c.Options, o) }
func setIndex(i *schema.IndexDef, o schema.Option)   { i.Options = schema.SetOption(i.Options, o) }

func setConstraint(c schema.Constraint, o schema.Option) {
	if opts := options(c); opts != nil {
		*opts = schema.SetOption(*opts, o)
	}
}

// options is where a constraint keeps its options.
func options(c schema.Constraint) *[]schema.Option {
	switch c := c.(type) {
	case *schema.PrimaryKeyDef:
		return &c.Options
	case *schema.UniqueDef:
		return &c.Options
	case *schema.CheckDef:
		return &c.Options
	case *schema.ForeignKeyDef:
		return &c.Options
	case *schema.ExcludeDef:
		return &c.Options
	}
	return nil
}

// TablePrefix stands before the word TABLE.
func (UnloggedOption) TablePrefix() string { return "UNLOGGED" }

// Call spells the option in Go.
func (UnloggedOption) Call() schema.Call { return call("Unlogged") }

// Call spells the option in Go.
func (LoggedOption) Call() schema.Call { return call("Logged") }

// Call spells the option in Go.
func (o PartitionByOption) Call() schema.Call { return call("PartitionBy", o.By) }

// Call spells the option in Go.
func (o InheritsOption) Call() schema.Call { return call("Inherits", words(o.Parents)...) }

// Call spells the option in Go.
func (o AccessMethodOption) Call() schema.Call { return call("AccessMethod", o.Name) }

// Call spells the option in Go.
func (o RowSecurityOption) Call() schema.Call { return call("RowSecurity", o.For) }

// Call spells the option in Go.
func (o TablespaceOption) Call() schema.Call { return call("Tablespace", o.Name) }

// Call spells the option in Go.
func (o StorageOption) Call() schema.Call { return call("With", o.Name, o.Value) }

// Call spells the option in Go.
func (o SerialOption) Call() schema.Call {
	switch {
	case o.Sequence == "":
		return call("Serial")
	case o.Type == "":
		return call("SerialBy", o.Sequence)
	}
	return call("SerialBy", o.Sequence, o.Type)
}

// Stands reports whether the option holds for a column of which a declaration says
// only said, nil for nothing: which sequence numbers it is left to the database.
func (o SerialOption) Stands(said schema.Option) bool {
	other, serial := said.(SerialOption)
	return o.Sequence != "" && (said == nil || serial && other.Sequence == "")
}

// Takes is the name of the sequence, if it is said.
func (o SerialOption) Takes() string { return o.Sequence }

// Renamed is the option once the table and the column have other names, which the
// sequence does not follow, and whether it says more than Serial then.
func (o SerialOption) Renamed(table, column, newTable, newColumn string) (renamed schema.Option, said bool) {
	if o.Sequence == "" {
		o.Sequence = objectName(table, column, "seq")
	}
	if o.Type == "" && o.Sequence == objectName(newTable, newColumn, "seq") {
		return Serial(), false
	}
	return o, true
}

// Call spells the option in Go.
func (o ColumnStorageOption) Call() schema.Call { return call("Storage", o.Strategy) }

// Call spells the option in Go.
func (o CompressionOption) Call() schema.Call { return call("Compression", o.Method) }

// Call spells the option in Go.
func (o StatisticsOption) Call() schema.Call { return call("Statistics", o.Target) }

// Call spells the option in Go.
func (InheritedOption) Call() schema.Call { return call("Inherited") }

// Call spells the option in Go.
func (o IncludingOption) Call() schema.Call { return call("Including", words(o.Columns)...) }

// Call spells the option in Go.
func (o CommentOption) Call() schema.Call { return call("ConstraintComment", o.Text) }

// Call spells the option in Go.
func (NoInheritOption) Call() schema.Call { return call("NoInherit") }

// Call spells the option in Go.
func (o SetColumnsOption) Call() schema.Call { return call("SetColumns", words(o.Columns)...) }

// Call spells the option in Go.
func (NotEnforcedOption) Call() schema.Call { return call("NotEnforced") }

// Call spells the option in Go.
func (PeriodOption) Call() schema.Call { return call("WithPeriod") }

// Call spells the option in Go.
func (o DeferralOption) Call() schema.Call { return call("DeferKey", o.When) }

// Call spells the option in Go.
func (ConcurrentlyOption) Call() schema.Call { return call("Concurrently") }

// Call spells the scope in Go.
func (s SecurityScope) Call() schema.Call {
	name := map[SecurityScope]string{NoOne: "NoOne", Others: "Others", OwnerIncluded: "OwnerIncluded"}[s]
	if name == "" {
		return call("SecurityScope", int(s))
	}
	return schema.Call{Path: Path, Func: name, Const: true}
}

// list splits what an option keeps joined.
func list(joined string) []string {
	if joined == "" {
		return nil
	}
	return strings.Split(joined, "\x00")
}

func words(joined string) (args []any) {
	for _, w := range list(joined) {
		args = append(args, w)
	}
	return args
}
