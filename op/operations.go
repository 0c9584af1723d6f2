// Package op is what a revision may say: one file an operation, holding its
// struct, its method on [Operations], how it lowers to ddl statements, its
// reverse and its own Go spelling.
//
// A new operation touches one file. A user's own operation implements
// [Operation] and is run by [Operations.Invoke].
package op

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// Path is the import path of this package, for operations that spell themselves.
const Path = "github.com/gomig-dev/gomig/op"

// Operation is one thing that a revision says (MigrateOperation).
type Operation interface {
	// Lower is the operation as statements that a database can be told.
	Lower() ([]ddl.Statement, error)
	// Reverse is the operation that undoes this one; ErrIrreversible if there is
	// none, or if this one does not know enough of what it destroys.
	Reverse() (Operation, error)
	// Call is the operation as a method call on *Operations, in Go.
	Call() schema.Call
	// String says what is done to which object: `create table "account"`.
	String() string
}

// ErrIrreversible is the error of Reverse where there is no way back.
var ErrIrreversible = errors.New("it has no reverse")

func irreversible(o Operation, why string) error {
	return fmt.Errorf("reversing %s: %w: %s", o, ErrIrreversible, why)
}

// Runner executes what operations lower to: on a connection, or into a script.
type Runner interface {
	// Run executes one statement.
	Run(ctx context.Context, s ddl.Statement) error
	// Conn is the connection of the run. Offline there is none, and the error says so.
	Conn() (Conn, error)
	// Dialect is the name of the database's dialect, such as "mariadb".
	Dialect() string
}

// Watcher is a [Runner] that is told of each operation before it runs. It gives
// the context for what the operation runs, and is told of its end.
type Watcher interface {
	Operation(ctx context.Context, p Operation) (inner context.Context, end func(error))
}

// Conn is a database connection: *sql.Conn and *sql.Tx are such.
type Conn interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// Operations is the vocabulary of a revision (alembic.op). It keeps the first
// error, as bufio.Writer does: after it nothing runs any more, and Err gives it.
type Operations struct {
	ctx    context.Context //nolint:containedctx // one value a revision: its context is the revision's own
	run    Runner
	schema string
	state  *state
}

type state struct{ err error }

// New makes the operations of one revision, run by r under ctx.
func New(ctx context.Context, r Runner) *Operations {
	return &Operations{ctx: ctx, run: r, state: &state{}}
}

// Schema returns the same operations for tables and objects of a schema (schema=);
// the empty one is the connection's default schema. The first error is shared.
func (o *Operations) Schema(name string) *Operations {
	p := *o
	p.schema = name
	return &p
}

// Err is the first error, nil if there was none. A revision ends with `return o.Err()`.
func (o *Operations) Err() error { return o.state.err }

// Fail records an error of the revision's own, unless there is one already.
func (o *Operations) Fail(err error) {
	if o.state.err == nil {
		o.state.err = err
	}
}

// Dialect is the name of the database's dialect: "mysql", "mariadb", "tidb", "postgresql", "sqlite".
func (o *Operations) Dialect() string { return o.run.Dialect() }

// Invoke runs an operation (Operations.invoke).
func (o *Operations) Invoke(p Operation) {
	if o.state.err != nil {
		return
	}
	if p == nil {
		o.state.err = errors.New("invoking an operation: it is nil")
		return
	}
	ctx, end := o.ctx, func(error) {}
	if w, ok := o.run.(Watcher); ok {
		ctx, end = w.Operation(ctx, p)
	}
	stmts, err := p.Lower()
	for _, s := range stmts {
		if err != nil {
			break
		}
		if err = ctx.Err(); err == nil {
			err = o.run.Run(ctx, s)
		}
	}
	end(err)
	if err != nil {
		o.fail(p, err)
	}
}

func (o *Operations) fail(p Operation, err error) {
	o.Fail(&Error{Operation: p.String(), Err: err})
}

// Error is the failure of one operation, as [Operations.Err] gives it.
type Error struct {
	Operation string // what was being done: `create table "account"`
	Err       error
}

// Error names the operation and the cause.
func (e *Error) Error() string { return e.Operation + ": " + e.Err.Error() }

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Err }

// Conn is the connection of the run, inside its transaction, for what no
// operation says. After an error it is refused; offline there is none.
func (o *Operations) Conn() (Conn, error) {
	if o.state.err != nil {
		return nil, o.state.err
	}
	return o.run.Conn()
}

// Query runs a query and calls each for every row, with the row's Scan; an error of
// each ends it. Nothing else may use the connection until Query returns. Offline it
// is an error. Args are bound in the driver's way.
func (o *Operations) Query(each func(scan func(dest ...any) error) error, query string, args ...any) {
	if o.state.err != nil {
		return
	}
	if err := o.query(each, query, args); err != nil {
		o.state.err = &Error{Operation: "query " + abbreviate(query), Err: err}
	}
}

func (o *Operations) query(each func(scan func(dest ...any) error) error, query string, args []any) (err error) {
	conn, err := o.run.Conn()
	if err != nil {
		return err
	}
	rows, err := conn.QueryContext(o.ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := each(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (o *Operations) name(table string) schema.Name {
	return schema.Name{Schema: o.schema, Name: table}
}

// method spells a call on o, in the schema of n if it has one.
func method(n schema.Name, fn string, args ...any) schema.Call {
	c := schema.Call{Func: fn, Args: args}
	if n.Schema == "" {
		return c
	}
	return schema.Call{Func: "Schema", Args: []any{n.Schema}, Chain: []schema.Call{c}}
}

// wide has the arguments of a method stand one a line.
func wide(c schema.Call) schema.Call {
	if len(c.Chain) > 0 {
		c.Chain[0].Wide = true
	} else {
		c.Wide = true
	}
	return c
}

// fn spells a function of this package.
func fn(name string, args ...any) schema.Call {
	return schema.Call{Path: Path, Func: name, Args: args}
}
