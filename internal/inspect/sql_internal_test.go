package inspect

import (
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/sqlite"
	"github.com/gomig-dev/gomig/schema"
)

// TestSQLViewComment: a view's query that ends in a comment keeps its semicolon outside of it.
func TestSQLViewComment(t *testing.T) {
	t.Parallel()
	s := &Schema{Dialect: sqlite.System().Offline(""), Reflection: &dialect.Reflection{
		Views: []dialect.View{{Name: schema.Name{Name: "v"}, Definition: "SELECT 1 AS x -- one"}},
	}}
	var b strings.Builder
	if err := s.SQL(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(b.String(), "-- one\n;\n\n") {
		t.Errorf("the script is %q", b.String())
	}
}
