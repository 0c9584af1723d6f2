package mysql

import "github.com/gomig-dev/gomig/schema"

func setTable(t *schema.Table, o schema.Option)      { t.Options = schema.SetOption(t.Options, o) }
func setColumn(c *schema.ColumnDef, o schema.Option) { c.Options = schema.SetOption(c.Options, o) }
func setIndex(i *schema.IndexDef, o schema.Option)   { i.Options = schema.SetOption(i.Options, o) }

// AddToTable sets the engine.
func (o EngineOption) AddToTable(t *schema.Table) { setTable(t, o) }

// AddToTable sets the character set.
func (o CharsetOption) AddToTable(t *schema.Table) { setTable(t, o) }

// AddToColumn sets the character set.
func (o CharsetOption) AddToColumn(c *schema.ColumnDef) { setColumn(c, o) }

// AddToTable sets the collation.
func (o CollateOption) AddToTable(t *schema.Table) { setTable(t, o) }

// AddToTable sets the row format.
func (o RowFormatOption) AddToTable(t *schema.Table) { setTable(t, o) }

// AddToTable sets the first number.
func (o AutoIncrementStartOption) AddToTable(t *schema.Table) { setTable(t, o) }

// AddToTable sets the option.
func (o TableOptionValue) AddToTable(t *schema.Table) { setTable(t, o) }

// AddToTable partitions the table.
func (o PartitionOption) AddToTable(t *schema.Table) { setTable(t, o) }

// AddToTable versions the table.
func (o SystemVersionedOption) AddToTable(t *schema.Table) { setTable(t, o) }

// AddToTable makes the table temporary.
func (o TemporaryOption) AddToTable(t *schema.Table) { setTable(t, o) }

// AddToColumn sets the property.
func (o OnUpdateOption) AddToColumn(c *schema.ColumnDef) { setColumn(c, o) }

// AddToColumn hides the column.
func (o InvisibleOption) AddToColumn(c *schema.ColumnDef) { setColumn(c, o) }

// AddToColumn compresses the column's values.
func (o CompressedOption) AddToColumn(c *schema.ColumnDef) { setColumn(c, o) }

// AddToIndex hides the index.
func (o InvisibleOption) AddToIndex(i *schema.IndexDef) { setIndex(i, o) }

// AddToIndex sets the parser.
func (o ParserOption) AddToIndex(i *schema.IndexDef) { setIndex(i, o) }
