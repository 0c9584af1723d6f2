package dialecttest

import (
	"testing"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// testNormalize lets the server canonicalise tables, one of which it refuses,
// and looks whether anything is left behind.
func testNormalize(t *testing.T, c Config) {
	s := open(t, c)
	n, ok := s.d.(dialect.Normalizer)
	if !ok {
		return
	}
	parent := table("parent", id(), schema.Column("x", schema.Integer(), schema.ServerDefault(schema.Literal(1))))
	child := table("child", id(), schema.Column("p", schema.Integer(), schema.References("parent.id")), schema.Index("ix_p", "p"))
	outside := table("outside", id(), schema.Column("p", schema.Integer(), schema.References("parent.id")))
	bad := table("bad", id(), schema.Column("x", schema.RawSQL("no ( such type")))
	check := func() {
		t.Helper()
		got, refused, err := n.Normalize(s.ctx, s.conn, []*schema.Table{parent, child, bad}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(refused) != 1 || refused[bad.Name] == nil {
			t.Errorf("refused tables are %v, want just bad", refused)
		}
		want := []*schema.Table{s.d.Canonical(parent), s.d.Canonical(child)}
		if d := Diff(want, unname(s.d, want, got, exact)); d != "" {
			t.Errorf("normalized (-want +got):\n%s", d)
		}
		got, refused, err = n.Normalize(s.ctx, s.conn, []*schema.Table{outside}, []*schema.Table{parent})
		if err != nil || len(refused) > 0 {
			t.Fatalf("with a context: %v, %v", refused, err)
		}
		want = []*schema.Table{s.d.Canonical(outside)}
		if d := Diff(want, unname(s.d, want, got, exact)); d != "" {
			t.Errorf("normalized with a context (-want +got):\n%s", d)
		}
	}
	check()
	if err := s.isEmpty(); err != nil {
		t.Errorf("normalizing left something: %v", err)
	}
	existing := []*schema.Table{table("parent", schema.Column("other", schema.Text())), table("child", schema.Column("other", schema.Text()))}
	if err := s.run(create(existing)...); err != nil {
		t.Fatal(err)
	}
	check()
	if _, err := s.agree(existing); err != nil {
		t.Errorf("normalizing touched the tables of the same names: %v", err)
	}
}
