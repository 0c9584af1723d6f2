package schema

// ForeignKeyDef is a foreign key (sqlalchemy.ForeignKeyConstraint).
type ForeignKeyDef struct {
	Name       string // empty leaves it to the database
	Columns    []string
	RefTable   Name     // the table that it points at
	RefColumns []string // the columns there, as many as Columns; reflection may leave them out for the primary key
	OnDelete   Action
	OnUpdate   Action
	Deferral   Deferral
	Match      string // FULL or PARTIAL; empty for SIMPLE
	NotValid   bool   // rows that exist are not checked (PostgreSQL)
	Options    []Option
}

// Action is what a foreign key does when the row that it points at is deleted, or its
// key changes, in SQL's words.
type Action string

// The actions of a foreign key; the empty Action means NO ACTION.
const (
	NoAction   Action = ""
	Restrict   Action = "RESTRICT"
	Cascade    Action = "CASCADE"
	SetNull    Action = "SET NULL"
	SetDefault Action = "SET DEFAULT"
)

// ForeignKeyConstraint is a foreign key from columns to the refColumns of refTable ("table" or "schema.table").
func ForeignKeyConstraint(name string, columns []string, refTable string, refColumns []string, items ...ForeignKeyItem) *ForeignKeyDef {
	fk := &ForeignKeyDef{Name: name, Columns: columns, RefTable: SplitName(refTable), RefColumns: refColumns}
	addToForeignKey(fk, items)
	return fk
}

func addToForeignKey(fk *ForeignKeyDef, items []ForeignKeyItem) {
	for _, it := range items {
		if it != nil {
			it.AddToForeignKey(fk)
		}
	}
}

// ForeignKeyItem is a property of a foreign key: [OnDelete], [OnUpdate],
// [WithDeferral], [Match], [NotValid], [Named].
type ForeignKeyItem interface {
	AddToForeignKey(*ForeignKeyDef)
}

// ForeignKeyFunc is a [ForeignKeyItem] made of a function.
type ForeignKeyFunc func(*ForeignKeyDef)

// AddToForeignKey calls f.
func (f ForeignKeyFunc) AddToForeignKey(fk *ForeignKeyDef) { f(fk) }

// OnDelete is the action when the row pointed at is deleted.
func OnDelete(a Action) ForeignKeyItem {
	return ForeignKeyFunc(func(fk *ForeignKeyDef) { fk.OnDelete = a })
}

// OnUpdate is the action when the key pointed at changes.
func OnUpdate(a Action) ForeignKeyItem {
	return ForeignKeyFunc(func(fk *ForeignKeyDef) { fk.OnUpdate = a })
}

// Match is the match type, FULL or PARTIAL.
func Match(kind string) ForeignKeyItem {
	return ForeignKeyFunc(func(fk *ForeignKeyDef) { fk.Match = kind })
}

// Named names the foreign key that [References] makes.
func Named(name string) ForeignKeyItem {
	return ForeignKeyFunc(func(fk *ForeignKeyDef) { fk.Name = name })
}

// RefColumns names the columns pointed at by themselves, for names that hold a dot.
func RefColumns(columns ...string) ForeignKeyItem {
	return ForeignKeyFunc(func(fk *ForeignKeyDef) { fk.RefColumns = columns })
}

// RefTable names the table pointed at by its parts, for names that hold a dot.
func RefTable(schema, name string) ForeignKeyItem {
	return ForeignKeyFunc(func(fk *ForeignKeyDef) { fk.RefTable = Name{schema, name} })
}
