package autogen_test

import (
	"testing"

	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// TestViewsWithoutBackslashes: while NO_BACKSLASH_ESCAPES is on, a view that was read
// is made again as it was.
func TestViewsWithoutBackslashes(t *testing.T) {
	for _, kind := range []testdb.Kind{testdb.KindMySQL, testdb.KindMariaDB} {
		t.Run(kind.String(), func(t *testing.T) {
			t.Parallel()
			s := onServer(t, kind)
			err := s.exec("SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES'")
			if err == nil {
				s.d, err = mysql.System().Detect(s.ctx, s.conn)
			}
			if err != nil {
				t.Fatal(err)
			}
			account := func(m *schema.Metadata) { m.Table("account", schema.Column("name", schema.String(50))) }
			s.goes(t,
				stage{declare(account, view("few", `select name, 'it''s \ so' as note from account where name <> '\\'`)), []string{"added table 'account'", "added view 'few'"}, nil},
				stage{declare(account, view("few", `select name, _latin1'x\''y' as note from account`)), []string{"changed view 'few'"}, nil},
			)
		})
	}
}
