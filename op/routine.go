package op

import "github.com/gomig-dev/gomig/ddl"

func (o *Operations) routine(kind ddl.ObjectKind, name, definition string) ddl.Object {
	return ddl.Object{Kind: kind, Name: o.name(name), Definition: definition}
}

// CreateFunction creates a function. definition is what stands behind its name:
// "(n integer) RETURNS integer …". Its reverse is [Operations.DropFunction].
func (o *Operations) CreateFunction(name, definition string, opts ...CreateObjectOption) {
	o.createObject(o.routine(ddl.FunctionKind, name, definition), opts)
}

// ReplaceFunction puts a function in the place of another: definition instead
// of was, which the reverse puts back. PostgreSQL drops the one before first if
// its arguments differ, for it would stay beside the new one; MySQL always does. In
// MySQL and MariaDB it keeps its DEFINER, unless [With] says another, and its SQL
// SECURITY, unless definition or was say one; a script cannot know them.
func (o *Operations) ReplaceFunction(name, definition, was string, opts ...ReplaceObjectOption) {
	o.replaceObject(o.routine(ddl.FunctionKind, name, definition), was, opts)
}

// DropFunction drops a function. Its reverse is [Operations.CreateFunction], if
// [ExistingDefinition] says what it did; PostgreSQL tells by that, too, which of
// several functions of one name is meant.
func (o *Operations) DropFunction(name string, opts ...DropObjectOption) {
	o.dropObject(o.routine(ddl.FunctionKind, name, ""), opts)
}

// CreateProcedure creates a procedure. definition is what stands behind its
// name: "(n integer) …". Its reverse is [Operations.DropProcedure].
func (o *Operations) CreateProcedure(name, definition string, opts ...CreateObjectOption) {
	o.createObject(o.routine(ddl.ProcedureKind, name, definition), opts)
}

// ReplaceProcedure puts a procedure in the place of another, as
// [Operations.ReplaceFunction] does with a function.
func (o *Operations) ReplaceProcedure(name, definition, was string, opts ...ReplaceObjectOption) {
	o.replaceObject(o.routine(ddl.ProcedureKind, name, definition), was, opts)
}

// DropProcedure drops a procedure. Its reverse is [Operations.CreateProcedure],
// if [ExistingDefinition] says what it did.
func (o *Operations) DropProcedure(name string, opts ...DropObjectOption) {
	o.dropObject(o.routine(ddl.ProcedureKind, name, ""), opts)
}

// CreateEvent creates an event (MySQL, MariaDB). definition is what stands
// behind its name: "ON SCHEDULE EVERY 1 DAY DO …". Its reverse is [Operations.DropEvent].
func (o *Operations) CreateEvent(name, definition string, opts ...CreateObjectOption) {
	o.createObject(o.routine(ddl.EventKind, name, definition), opts)
}

// ReplaceEvent puts an event in the place of another: definition instead of
// was, which the reverse puts back. It keeps its DEFINER as a trigger does.
func (o *Operations) ReplaceEvent(name, definition, was string, opts ...ReplaceObjectOption) {
	o.replaceObject(o.routine(ddl.EventKind, name, definition), was, opts)
}

// DropEvent drops an event. Its reverse is [Operations.CreateEvent], if
// [ExistingDefinition] says what it did.
func (o *Operations) DropEvent(name string, opts ...DropObjectOption) {
	o.dropObject(o.routine(ddl.EventKind, name, ""), opts)
}
