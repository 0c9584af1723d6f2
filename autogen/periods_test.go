package autogen_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// newest is PostgreSQL 18 as a database that holds what it is given.
type newest struct {
	dialect.Dialect
	found []*schema.Table
}

func (n *newest) Reflect(context.Context, dialect.Conn, dialect.Scope) (*dialect.Reflection, error) {
	r := &dialect.Reflection{DefaultSchema: "public"}
	for _, t := range n.found {
		r.Tables = append(r.Tables, n.Canonical(t))
	}
	return r, nil
}

// TestKeysWithoutOverlaps: a key whose last column is a period stays one, there and
// back, whatever of it changes, and so does what points at it.
func TestKeysWithoutOverlaps(t *testing.T) {
	t.Parallel()
	d, err := postgres.System().(dialect.VersionedOffline).OfflineVersion(postgres.Name, "18")
	if err != nil {
		t.Fatal(err)
	}
	room := func(columns ...string) *schema.Table {
		return schema.NewTable("room", schema.Column("k", postgres.Int4Range(), schema.NotNull()), schema.Column("l", postgres.Int4Range(), schema.NotNull()),
			schema.Column("p", postgres.DateRange(), schema.NotNull()), schema.PrimaryKeyConstraint("pk", columns...).With(postgres.WithPeriod()),
			schema.UniqueConstraint("uq", columns...).With(postgres.WithPeriod()))
	}
	stay := func(columns ...string) *schema.Table {
		return schema.NewTable("stay", schema.Column("k", postgres.Int4Range()), schema.Column("l", postgres.Int4Range()), schema.Column("p", postgres.DateRange()),
			schema.ForeignKeyConstraint("fk", columns, "room", columns, postgres.WithPeriod()))
	}
	have, want := tables(room("k", "p"), stay("k", "p")), tables(room("k", "l", "p"), stay("k", "l", "p"))
	r, err := autogen.Compare(t.Context(), &newest{d, have}, nil, autogen.Options{Metadata: []*schema.Metadata{metadata(want...)}})
	if err != nil {
		t.Fatal(err)
	}
	sql := func(ops []op.Operation) (out []string) {
		for _, o := range ops {
			list, err := o.Lower()
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range list {
				texts, err := dialect.Compile(t.Context(), d, nil, s)
				if err != nil {
					t.Fatal(err)
				}
				for _, q := range texts {
					out = append(out, strings.Join(strings.Fields(q.Text), " "))
				}
			}
		}
		return out
	}
	change := func(columns, period string) []string {
		return []string{
			`ALTER TABLE "stay" DROP CONSTRAINT "fk"`,
			`ALTER TABLE "room" DROP CONSTRAINT "pk", DROP CONSTRAINT "uq", ADD CONSTRAINT "pk" PRIMARY KEY (` + columns + ` WITHOUT OVERLAPS)`,
			`ALTER TABLE "room" ADD CONSTRAINT "uq" UNIQUE (` + columns + ` WITHOUT OVERLAPS)`,
			`ALTER TABLE "stay" ADD CONSTRAINT "fk" FOREIGN KEY (` + period + `) REFERENCES "room" (` + period + `)`,
		}
	}
	for what, c := range map[string]struct{ want, got []string }{
		"up":   {change(`"k", "l", "p"`, `"k", "l", PERIOD "p"`), sql(r.Upgrade)},
		"down": {change(`"k", "p"`, `"k", PERIOD "p"`), sql(r.Downgrade)},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
}
