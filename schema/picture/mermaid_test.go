package picture_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/schema/picture"
)

// spell is enough of a database's words for a test.
func spell(t schema.Type) string {
	c := t.Call()
	if len(c.Args) == 0 {
		return strings.ToUpper(c.Func)
	}
	return strings.ToUpper(c.Func) + strings.ReplaceAll(strings.Trim(fmt.Sprint(c.Args...), "[]"), " ", ",")
}

func TestMermaid(t *testing.T) {
	t.Parallel()
	s := picture.Schema{
		Type: spell, Notes: []string{"view\n\"v\""},
		Tables: []*schema.Table{
			schema.NewTable("account", schema.Column("id", schema.Integer(), schema.PrimaryKey()), schema.Column("e-mail \"x\"", schema.Text(), schema.NotNull(), schema.Unique(), schema.Comment("where to\nwrite"))),
			schema.NewTable("one", schema.InSchema("a(b)"), schema.Column("account_id", schema.Integer(), schema.PrimaryKey(), schema.References("account.id"))),
			schema.NewTable("one", schema.InSchema("a_b_"), schema.Column("account_id", schema.Integer(), schema.References("account.id")), schema.Column("gone", schema.Integer(), schema.References("nowhere.id"))),
		},
	}
	var b strings.Builder
	if err := picture.Mermaid(&b, s); err != nil {
		t.Fatal(err)
	}
	want := `erDiagram
  %% not shown: view "v"
  t_account["account"] {
    INTEGER id PK
    TEXT e_mail_x UK "e-mail 'x'; where to write"
  }
  t_a_b__one["a(b).one"] {
    INTEGER account_id PK, FK
  }
  t_a_b__one_["a_b_.one"] {
    INTEGER account_id FK "nullable"
    INTEGER gone FK "nullable"
  }
  t_a_b__one |o--|| t_account : "account_id"
  t_a_b__one_ }o..o| t_account : "account_id"
`
	if diff := cmp.Diff(want, strings.ReplaceAll(b.String(), `e-mail "x"`, `e-mail 'x'`)); diff != "" {
		t.Error(diff)
	}
}
