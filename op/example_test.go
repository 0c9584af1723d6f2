package op_test

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/dialect/sqlite"
	"github.com/gomig-dev/gomig/op"
)

// say prints what a revision says on each database, or why a database refuses it.
func say(f func(o *op.Operations)) {
	dialects := []dialect.Dialect{
		mysql.System().Offline("mysql"), mysql.System().Offline("mariadb"), mysql.System().Offline("tidb"),
		postgres.System().Offline("postgresql"), sqlite.System().Offline("sqlite"),
	}
	var names, texts []string
	for _, d := range dialects {
		p := &printer{d: d}
		o := op.New(context.Background(), p)
		f(o)
		text := p.text.String()
		if err := o.Err(); err != nil {
			text += "refused: " + err.Error() + "\n"
		}
		if text == "" {
			text = "nothing\n"
		}
		if n := len(texts); n > 0 && texts[n-1] == text {
			names[n-1] += ", " + d.Name()
			continue
		}
		names, texts = append(names, d.Name()), append(texts, text)
	}
	for i, text := range texts {
		fmt.Printf("-- %s\n%s", names[i], text)
	}
}

// printer is a run into text.
type printer struct {
	d    dialect.Dialect
	text strings.Builder
}

func (p *printer) Run(ctx context.Context, s ddl.Statement) error {
	list, err := dialect.Compile(ctx, p.d, nil, s)
	for _, q := range list {
		p.text.WriteString(q.Text + ";\n")
		if len(q.Args) > 0 {
			fmt.Fprintf(&p.text, "-- with %v\n", q.Args)
		}
	}
	return err
}

func (p *printer) Conn() (op.Conn, error) { return nil, errors.New("a script has no connection") }
func (p *printer) Dialect() string        { return p.d.Name() }

func (p *printer) AutocommitBlock(_ context.Context, f func() error) error {
	p.text.WriteString("COMMIT;\n")
	err := f()
	p.text.WriteString("BEGIN;\n")
	return err
}
