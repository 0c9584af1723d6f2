package op

import (
	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// trigger is a trigger of a table, whose schema it shares.
func (o *Operations) trigger(name, table, definition string) ddl.Object {
	return ddl.Object{Kind: ddl.TriggerKind, Name: schema.Name{Name: name}, Table: o.name(table), Definition: definition}
}

// CreateTrigger creates a trigger. definition is what stands behind its name:
// "BEFORE INSERT ON account FOR EACH ROW …". Its reverse is [Operations.DropTrigger].
func (o *Operations) CreateTrigger(name, table, definition string, opts ...CreateObjectOption) {
	o.createObject(o.trigger(name, table, definition), opts)
}

// ReplaceTrigger puts a trigger in the place of another of the table:
// definition instead of was, which the reverse puts back. MySQL and SQLite drop
// the one before first. In MySQL and MariaDB it keeps its DEFINER, unless [With]
// says another; a script cannot know it.
func (o *Operations) ReplaceTrigger(name, table, definition, was string, opts ...ReplaceObjectOption) {
	o.replaceObject(o.trigger(name, table, definition), was, opts)
}

// DropTrigger drops a trigger. Its reverse is [Operations.CreateTrigger], if
// [ExistingDefinition] says what it did.
func (o *Operations) DropTrigger(name, table string, opts ...DropObjectOption) {
	o.dropObject(o.trigger(name, table, ""), opts)
}
