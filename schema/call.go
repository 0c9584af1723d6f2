package schema

// Path is the import path of this package, for values that spell themselves.
const Path = "github.com/gomig-dev/gomig/schema"

// Call is the Go expression that makes a value again: the function Func of the
// package Path applied to Args, followed by the method calls in Chain.
//
// Every value that may appear in a revision spells itself this way, so that the
// renderer knows no type by name and a dialect's or a user's own types render
// like the built-in ones.
type Call struct {
	Path  string // import path; empty for a method of the receiver in scope
	Func  string // function, method or constant name
	Args  []any  // values: Caller, Call, strings, numbers, bools, slices of them, nil
	Chain []Call // method calls on the result, in order; their Path is empty
	Const bool   // Func names a constant or variable: no argument list follows
	Wide  bool   // write one argument a line

	// Fields, if not nil, make the expression a struct literal of the type Func: Func{Name: Value}.
	Fields []Field
}

// Field is a field of a struct literal.
type Field struct {
	Name  string
	Value any
}

// Block is a function literal whose body calls methods of its one parameter:
// func(t *op.Table) { t.AddColumn(…) }.
type Block struct {
	Param string // the parameter's name
	Type  Call   // what the parameter points at, as a constant Call
	Calls []Call // the method calls, in order
	Err   bool   // gives an error: its body ends with return o.Err()
}

// Caller is a value that knows its own Go spelling.
type Caller interface {
	Call() Call
}

// call builds the spelling of a function of this package.
func call(fn string, args ...any) Call { return Call{Path: Path, Func: fn, Args: args} }
