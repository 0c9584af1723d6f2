package dialect_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// tiny is a grammar of a few words. It keeps the change of a table that it is asked for.
type tiny struct {
	altered *ddl.AlterTable
	resets  bool
}

var errWord = errors.New("no such word")

func (*tiny) Quote(name string) (string, error) {
	if strings.Contains(name, "!") {
		return "", errWord
	}
	return "<" + name + ">", nil
}

func (*tiny) Expr(e schema.Expr) (string, error) {
	if e.Kind == schema.ExprSQL && e.Text == "!" {
		return "", errWord
	}
	if e.Kind == schema.ExprNull {
		return "NULL", nil
	}
	return "'" + e.Text + "'", nil
}

func (*tiny) Type(t schema.Type) (string, error) { return strings.ToUpper(t.Call().Func), nil }

func (g *tiny) Column(c *schema.ColumnDef, _ *schema.Table) (string, error) {
	name, err := g.Quote(c.Name)
	if err != nil {
		return "", err
	}
	typ, err := g.Type(c.Type)
	return name + " " + typ, err
}

func (g *tiny) Constraint(c schema.Constraint, _ *schema.Table) (string, error) {
	head, err := dialect.ConstraintHead(g, c.ConstraintName())
	if err != nil {
		return "", err
	}
	switch c := c.(type) {
	case *schema.ForeignKeyDef:
		body, err := dialect.ForeignKey(g, c)
		return head + body, err
	case *schema.CheckDef:
		return head + "CHECK (" + c.Expr + ")", nil
	case *schema.PrimaryKeyDef: // said at the column
		return "", nil
	}
	return head + c.Kind().String(), nil
}

func (*tiny) TableOptions(t *schema.Table) (string, error) {
	if t.Comment == "!" {
		return "", errWord
	}
	return t.Comment, nil
}

func (*tiny) CreateIndex(s ddl.CreateIndex) (dialect.SQL, error) {
	return word("CREATE " + s.Index.Name)
}
func (*tiny) DropIndex(s ddl.DropIndex) (dialect.SQL, error) { return word("DROP " + s.Name) }

func word(text string) (dialect.SQL, error) {
	if strings.Contains(text, "!") {
		return dialect.SQL{}, errWord
	}
	return dialect.SQL{Text: text}, nil
}

func (g *tiny) Alter(_ context.Context, _ dialect.Catalog, s ddl.AlterTable) ([]dialect.SQL, error) {
	g.altered = &s
	return []dialect.SQL{{Text: "ALTER"}}, nil
}

func (*tiny) Other(s ddl.Statement) ([]dialect.SQL, error) {
	return []dialect.SQL{{Text: fmt.Sprintf("%T", s)}}, nil
}

func (g *tiny) Traits() dialect.Traits { return dialect.Traits{ResetsOptions: g.resets} }

// talkative is a grammar with comments as statements, and a canonical form.
type talkative struct{ *tiny }

func (talkative) Comments(s ddl.CreateTable) ([]dialect.SQL, error) {
	if s.Table.Name.Name == "mute" {
		return nil, errWord
	}
	return []dialect.SQL{{Text: "COMMENT ON " + s.Table.Name.Name}}, nil
}

func (talkative) IndexComments(s ddl.CreateIndex) ([]dialect.SQL, error) {
	if s.Index.Name == "mute" {
		return nil, errWord
	}
	return []dialect.SQL{{Text: "COMMENT ON " + s.Index.Name}}, nil
}

func (talkative) Canonical(t *schema.Table) *schema.Table {
	t = t.Clone()
	for _, c := range t.Checks {
		c.Expr = strings.ToLower(c.Expr)
	}
	return t
}

func (talkative) EqualExpr(a, b string) dialect.Verdict {
	switch {
	case strings.Contains(a+b, "?"):
		return dialect.Undecided
	case a == b:
		return dialect.Same
	}
	return dialect.Different
}

func (talkative) MadeUp(c schema.Constraint, name string) bool {
	return strings.HasPrefix(name, "t_") && c.ConstraintName() == name
}

// held is the catalogue of a database with some tables.
type held map[schema.Name]*schema.Table

func (h held) Table(_ context.Context, name schema.Name) (*schema.Table, error) {
	if t := h[name]; t != nil {
		return t, nil
	}
	return nil, fmt.Errorf("there is no table %q", name)
}

func (held) Conn() dialect.Conn { return nil }

// compile compiles a statement and compares the texts.
func compile(t *testing.T, g dialect.Grammar, s ddl.Statement, want ...string) {
	t.Helper()
	got, err := dialect.Compile(t.Context(), g, nil, s)
	if err != nil {
		t.Errorf("%T: %v", s, err)
	}
	var texts []string
	for _, q := range got {
		texts = append(texts, q.Text)
	}
	if diff := cmp.Diff(want, texts); diff != "" {
		t.Errorf("%T (-want +got):\n%s", s, diff)
	}
}
