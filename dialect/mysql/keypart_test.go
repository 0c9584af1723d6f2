package mysql_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/schema"
)

// TestRenamedColumns: options follow a column to its new name, in whichever case they say the old one.
func TestRenamedColumns(t *testing.T) {
	t.Parallel()
	named := func(a, other string) []schema.Option {
		return []schema.Option{
			mysql.KeyDescending(a), mysql.KeyPrefix(a, 5), mysql.KeyPrefix(other, 6), mysql.TTL(a, "3 MONTH"), mysql.Period("p", a, other), mysql.SystemPeriod(other, a),
		}
	}
	sorted := func(opts []schema.Option) []schema.Option { return schema.RenameInOptions(opts, "", "") }
	if d := cmp.Diff(sorted(named("b", "C")), schema.RenameInOptions(named("A", "C"), "a", "b")); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}
