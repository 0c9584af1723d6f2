package op_test

import (
	"context"
	"database/sql"
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/gen"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// recorder is a runner that keeps what it is told to run.
type recorder struct {
	ran   []ddl.Statement
	fails int // the statement that fails, counted from 1
	conn  op.Conn
}

var (
	errRun     = errors.New("the server said no")
	errOffline = errors.New("there is no connection")
)

func (r *recorder) Run(_ context.Context, s ddl.Statement) error {
	r.ran = append(r.ran, s)
	if len(r.ran) == r.fails {
		return errRun
	}
	return nil
}

func (r *recorder) Conn() (op.Conn, error) {
	if r.conn == nil {
		return nil, errOffline
	}
	return r.conn, nil
}

func (*recorder) Dialect() string { return "fake" }

func start(t *testing.T) (*op.Operations, *recorder) {
	t.Helper()
	r := &recorder{}
	return op.New(t.Context(), r), r
}

var exact = cmp.Options{
	cmpopts.IgnoreUnexported(schema.Table{}),
	cmp.Comparer(schema.Type.Equal),
	cmp.Comparer(schema.Expr.Equal),
}

// source is an operation as a revision says it, on one line: how it is laid out
// is gen's to test.
func source(t *testing.T, o op.Operation) string {
	t.Helper()
	f, err := gen.Body([]op.Operation{o}, gen.BodyOptions{})
	if err != nil {
		t.Fatal(err)
	}
	s := strings.TrimSpace(strings.TrimSuffix(f.String(), "return o.Err()"))
	return padding.ReplaceAllString(broken.Replace(strings.ReplaceAll(s, "\t", "")), ": ")
}

var (
	padding = regexp.MustCompile(":  +") // of fields one below the other
	broken  = strings.NewReplacer("(\n", "(", "{\n", "{", ",\n)", ")", ",\n}", "}", ",\n", ", ", "\n}", "}", "\n", "; ")
)

func lower(t *testing.T, o op.Operation) []ddl.Statement {
	t.Helper()
	s, err := o.Lower()
	if err != nil {
		t.Fatalf("%s: %v", o, err)
	}
	return s
}

// setting is an option of some database.
type setting struct{ Key, Value string }

func (s setting) OptionKey() string          { return s.Key }
func (s setting) AddToTable(t *schema.Table) { t.Options = schema.SetOption(t.Options, s) }
func (s setting) Call() schema.Call {
	return schema.Call{Path: "example.com/fake", Func: "Set", Args: []any{s.Key, s.Value}}
}

// conn is a connection that answers nothing.
type conn struct{ queries []string }

func (c *conn) ExecContext(_ context.Context, q string, _ ...any) (sql.Result, error) {
	c.queries = append(c.queries, q)
	return nil, nil
}

func (c *conn) QueryContext(_ context.Context, q string, _ ...any) (*sql.Rows, error) {
	c.queries = append(c.queries, q)
	return nil, errRun
}

func (c *conn) QueryRowContext(_ context.Context, q string, _ ...any) *sql.Row {
	c.queries = append(c.queries, q)
	return nil
}
