package mysql

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/schema"
)

// TestCreateOptions reads what the catalogue says of a table's options.
func TestCreateOptions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		flavor, text string
		want         []schema.Option
	}{
		{MariaDB, "row_format=DYNAMIC DATA DIRECTORY='/a b/' INDEX DIRECTORY='/c/'", []schema.Option{
			TableOption("DATA DIRECTORY", "'/a b/'"), TableOption("INDEX DIRECTORY", "'/c/'"), RowFormat("DYNAMIC"),
		}},
		{MariaDB, "`ENCRYPTED`='no' `page_compressed`=1 partitioned", []schema.Option{TableOption("ENCRYPTED", "NO"), TableOption("PAGE_COMPRESSED", "1")}},
		{MySQL, `COMPRESSION="zlib" KEY_BLOCK_SIZE=8`, []schema.Option{TableOption("COMPRESSION", "'zlib'"), TableOption("KEY_BLOCK_SIZE", "8")}},
	} {
		d := System().Offline(c.flavor).(*Dialect)
		r := &reader{d: d}
		f := &found{table: &schema.Table{}}
		r.tableOptions(f, "InnoDB", c.text)
		if diff := cmp.Diff(c.want, d.Canonical(f.table).Options); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.text, diff)
		}
	}
}
