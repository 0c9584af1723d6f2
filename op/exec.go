package op

import (
	"errors"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// Exec runs SQL of the user's own (op.execute). It has no reverse.
type Exec struct {
	SQL  string
	Args []any // bound in the driver's way; offline they are refused
}

// Exec runs one statement in the database's own words; args are bound in the
// driver's way ("?" on MySQL and SQLite, "$1" on PostgreSQL).
func (o *Operations) Exec(sql string, args ...any) { o.Invoke(&Exec{SQL: sql, Args: args}) }

// Lower gives the statement.
func (p *Exec) Lower() ([]ddl.Statement, error) {
	if strings.TrimSpace(p.SQL) == "" {
		return nil, errors.New("there is no SQL")
	}
	return []ddl.Statement{ddl.Raw{SQL: p.SQL, Args: p.Args}}, nil
}

// Reverse is refused.
func (p *Exec) Reverse() (Operation, error) {
	return nil, irreversible(p, "only its author knows what undoes it")
}

// Call spells the operation in Go.
func (p *Exec) Call() schema.Call {
	return schema.Call{Func: "Exec", Args: append([]any{p.SQL}, p.Args...)}
}

func (p *Exec) String() string { return "execute " + abbreviate(p.SQL) }

// abbreviate is the first line of SQL, shortened for a message.
func abbreviate(sql string) string {
	const most = 60
	line, _, more := strings.Cut(strings.TrimSpace(sql), "\n")
	r := []rune(line)
	if len(r) > most {
		return string(r[:most]) + "…"
	}
	if more {
		return line + " …"
	}
	return line
}
