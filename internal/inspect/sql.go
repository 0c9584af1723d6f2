package inspect

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/internal/sqlscript"
	"github.com/gomig-dev/gomig/op"
)

// SQL writes the statements that make the schema in an empty database.
func (s *Schema) SQL(ctx context.Context, w io.Writer) error {
	out := bufio.NewWriter(w)
	if len(s.Notes) > 0 {
		out.WriteString("-- Not shown:\n")
		for _, n := range s.Notes {
			out.WriteString("--   " + strings.Join(strings.Fields(n), " ") + "\n")
		}
		out.WriteString("\n")
	}
	o := op.New(ctx, statements{dialect: s.Dialect, out: out})
	for _, p := range autogen.Create(s.Dialect, s.Reflection) {
		o.Invoke(p)
	}
	if err := o.Err(); err != nil {
		return fmt.Errorf("writing the schema as SQL: %w", err)
	}
	return out.Flush()
}

// statements is a run that only writes what it would execute.
type statements struct {
	dialect dialect.Dialect
	out     io.Writer
}

func (s statements) Run(ctx context.Context, stmt ddl.Statement) error {
	list, err := dialect.Compile(ctx, s.dialect, nil, stmt)
	if err != nil {
		return err
	}
	for _, q := range list {
		end := ";"
		if sqlscript.Commented(q.Text) { // as the query of a view may be
			end = "\n;"
		}
		if _, err := fmt.Fprintf(s.out, "%s%s\n\n", q.Text, end); err != nil {
			return err
		}
	}
	return nil
}

func (statements) Conn() (op.Conn, error) { return nil, errors.New("a script has no connection") }
func (s statements) Dialect() string      { return s.dialect.Name() }
