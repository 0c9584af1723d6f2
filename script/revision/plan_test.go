package revision_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/script/revision"
)

// planCase is a move: from rows, to targets, what happens.
type planCase struct {
	rows, targets, want string
}

func checkPlans(t *testing.T, plan func([]string, ...string) (revision.Plan, error), cases []planCase) {
	t.Helper()
	for _, c := range cases {
		p, err := plan(strings.Fields(c.rows), strings.Fields(c.targets)...)
		got := tell(p)
		if err != nil {
			got = "error: " + err.Error() + "\n"
		}
		if diff := cmp.Diff(told(c.want), got); diff != "" {
			t.Errorf("from %q to %q:\n%s", c.rows, c.targets, diff)
		}
	}
}

func TestUpgrade(t *testing.T) {
	t.Parallel()
	m := graph(t, app)
	checkPlans(t, m.Upgrade, []planCase{
		{"", "base", ""},
		{"", "", ""},
		{"", "c001", `
			upgrade  -> a001: insert a001 [a001]
			upgrade a001 -> b001: update a001 b001 [b001]
			upgrade b001 -> c001: update b001 c001 [c001]`},
		{"c001", "a001", ""},
		{"c001 x002", "m001", `
			upgrade x002 -> x003: update x002 x003 [c001 x003]
			upgrade c001 -> d001: update c001 d001 [d001 x003]
			upgrade d001, x003 -> m001: delete d001, update x003 m001 [m001]`},
		// A dependency is no line of descent: it shows in the rows, not in the log.
		{"x003 y001", "report@head", `
			upgrade y001 -> y002: delete y001, update x003 y002 [y002]`},
		// The row of x003 is needed by none and implied by y002.
		{"y002 d001", "m001", `
			upgrade d001, x003 -> m001: update d001 m001 [m001 y002]`},
		{"d001", "stable@+1", `
			upgrade b001 -> c002: insert c002 [c002 d001]`},
		{"c002 d001", "stable@head plugin@x001", `
			upgrade  -> x001: insert x001 [c002 d001 x001]
			upgrade c002 -> d002: update c002 d002 [d001 d002 x001]`},
		{"", "c001 c001", `
			upgrade  -> a001: insert a001 [a001]
			upgrade a001 -> b001: update a001 b001 [b001]
			upgrade b001 -> c001: update b001 c001 [c001]`},
		{"", "c001 b001", "error: Requested revision c001 overlaps with other requested revisions b001"},
		{"a001 c001", "heads", "error: Requested revision c001 overlaps with other requested revisions a001: the version table has both, though one needs the other; put it right by `gomig stamp --purge c001`"},
		{"a001 y002 x001 x002", "heads", "error: Requested revision y002 overlaps with other requested revisions x001, x002: the version table has both, though one needs the other; put it right by `gomig stamp --purge a001 y002`"},
		{"gone", "heads", "error: Can't locate revision identified by 'gone': the database is at it, but no revision file has it; " +
			"use the code that has it, restore the file, or put the table right with stamp --purge"},
		{"c001", "-1", "error: Relative revision -1 didn't produce 1 migrations"},
		{"c001 c001", "d001", "upgrade c001 -> d001: update c001 d001 [d001]"},
	})
}

func TestDowngrade(t *testing.T) {
	t.Parallel()
	m := graph(t, app)
	down := func(rows []string, targets ...string) (revision.Plan, error) {
		return m.Downgrade(rows, strings.Join(targets, " "))
	}
	checkPlans(t, down, []planCase{
		{"", "base", ""},
		{"c001", "", `
			downgrade c001 -> b001: update c001 b001 [b001]
			downgrade b001 -> a001: update b001 a001 [a001]
			downgrade a001 -> : delete a001 []`},
		{"c001", "c001", ""},
		{"m001", "-1", "error: Ambiguous walk: m001 follows d001, x003; name the revision, or a branch as in label@-1"},
		{"m001", "c001", `
			downgrade m001 -> d001, x003: insert d001, update m001 x003 [d001 x003]
			downgrade d001 -> c001: update d001 c001 [c001 x003]`},
		// y002 keeps x003 implied, so that only d001 gets a row.
		{"m001 y002", "d001", "downgrade m001 -> d001, x003: update m001 d001 [d001 y002]"},
		// What depends on the plugin goes with it; what the plugin needs stays.
		{"m001 y002", "plugin@base", `
			downgrade m001 -> d001, x003: update m001 d001 [d001 y002]
			downgrade y002 -> y001: insert y001, update y002 x003 [d001 x003 y001]
			downgrade x003 -> x002: update x003 x002 [d001 x002 y001]
			downgrade x002 -> x001: update x002 x001 [d001 x001 y001]
			downgrade x001 -> : delete x001 [d001 y001]`},
		{"y002", "report@base", `
			downgrade y002 -> y001: insert y001, update y002 x003 [x003 y001]
			downgrade y001 -> : delete y001 [x003]`},
		{"d001 d002", "b001", `
			downgrade d001 -> c001: update d001 c001 [c001 d002]
			downgrade c001 -> b001: delete c001 [d002]
			downgrade d002 -> c002: update d002 c002 [c002]
			downgrade c002 -> b001: update c002 b001 [b001]`},
		{"d001 d002", "stable@b001", `
			downgrade d002 -> c002: update d002 c002 [c002 d001]
			downgrade c002 -> b001: delete c002 [d001]`},
		{"d001 d002", "stable@-1", "downgrade d002 -> c002: update d002 c002 [c002 d001]"},
		{"d001 d002", "stable@c002", "downgrade d002 -> c002: update d002 c002 [c002 d001]"},
		{"d001", "stable@x001", "error: Can't locate revision identified by 'x001': it is not a member of branch 'stable'"},
		{"d001", "x001", "error: Destination x001 is not a valid downgrade target from current head(s)"},
		{"b001", "d001", "error: Destination d001 is not a valid downgrade target from current head(s)"},
		{"d001", "+1", "error: Relative revision +1 didn't produce 1 migrations"},
		{"", "-1", "error: Relative revision -1 didn't produce 1 migrations"},
		{"d001", "stable@-1", "error: Relative revision -1 didn't produce 1 migrations on branch 'stable'"},
		{"a001 c001", "base", "error: Requested revision c001 overlaps with other requested revisions a001: the version table has both, though one needs the other; put it right by `gomig stamp --purge c001`"},
	})
}

func TestDowngradeFromSeveralRowsWarns(t *testing.T) {
	t.Parallel()
	m := graph(t, app)
	plan, err := m.Downgrade([]string{"d002", "d001"}, "-1")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("downgrade d002 -> c002: update d002 c002 [c002 d001]\n", tell(plan)); diff != "" {
		t.Error(diff)
	}
	want := []string{"downgrade -1 is ambiguous with several current revisions (d002, d001); " +
		"it goes down from d002, write d002@-1 to say so"}
	if diff := cmp.Diff(want, plan.Warnings); diff != "" {
		t.Error(diff)
	}
	said, err := m.Downgrade([]string{"d001", "d002"}, "d002@-1")
	if err != nil || tell(said) != tell(plan) || len(said.Warnings) > 0 {
		t.Errorf("%s, %v, %v", tell(said), said.Warnings, err)
	}
}

// A merge may name an ancestor of another parent. Alembic upgrades into it and
// dies, as the row of the ancestor is gone.
//
//	a001 --- b001 --- m001
//	  +----------------+
func TestMergeWithAncestor(t *testing.T) {
	t.Parallel()
	m := graph(t, `
		a001
		b001 <- a001
		m001 <- a001 b001`)
	checkPlans(t, m.Upgrade, []planCase{{"", "head", `
		upgrade  -> a001: insert a001 [a001]
		upgrade a001 -> b001: update a001 b001 [b001]
		upgrade a001, b001 -> m001: update b001 m001 [m001]`}})
	down := func(rows []string, _ ...string) (revision.Plan, error) { return m.Downgrade(rows, "base") }
	checkPlans(t, down, []planCase{{"m001", "", `
		downgrade m001 -> a001, b001: update m001 b001 [b001]
		downgrade b001 -> a001: update b001 a001 [a001]
		downgrade a001 -> : delete a001 []`}})
}

// The dependency of a revision may precede a line that is applied as well: then
// it needs no row when the revision goes. Alembic gives it one all the same.
//
//	x001 --- x002 ------- c001
//	  ^                  /
//	  +.... b001 -------+   (b001 depends on x001)
func TestImpliedDependencyGetsNoRow(t *testing.T) {
	t.Parallel()
	m := graph(t, `
		x001
		x002 <- x001
		b001; needs x001
		c001 <- x002 b001`)
	down := func(rows []string, targets ...string) (revision.Plan, error) { return m.Downgrade(rows, targets[0]) }
	checkPlans(t, down, []planCase{{"c001", "b001@base", `
		downgrade c001 -> x002, b001: insert x002, update c001 b001 [b001 x002]
		downgrade b001 -> : delete b001 [x002]`}})
}

func TestStamp(t *testing.T) {
	t.Parallel()
	m := graph(t, app)
	checkPlans(t, m.Stamp, []planCase{
		{"", "heads", `
			stamp_revision  -> d002: insert d002 [d002]
			stamp_revision  -> m001: insert m001 [d002 m001]
			stamp_revision  -> y002: insert y002 [d002 m001 y002]`},
		{"d002 m001 y002", "heads", ""},
		{"c001 x001", "m001", "stamp_revision c001, x001 -> m001: delete c001, update x001 m001 [m001]"},
		{"m001", "b001", "stamp_revision m001 -> b001: update m001 b001 [b001]"},
		{"m001 y002", "x001", "stamp_revision m001, y002 -> x001: delete m001, update y002 x001 [x001]"},
		{"m001", "stable@head", "stamp_revision  -> d002: insert d002 [d002 m001]"},
		{"c001 c002", "base", `
			stamp_revision c001 -> : delete c001 [c002]
			stamp_revision c002 -> : delete c002 []`},
		{"c001 c002", "stable@base", "stamp_revision c002 -> : delete c002 [c001]"},
		{"c001 c002", "base x001", `
			stamp_revision c001 -> : delete c001 [c002]
			stamp_revision c002 -> : delete c002 []
			stamp_revision  -> x001: insert x001 [x001]`},
		{"", "c001 c001", "stamp_revision  -> c001: insert c001 [c001]"},
		{"", "a001 c001", "stamp_revision  -> c001: insert c001 [c001]"},
		{"", "c001 a001", "stamp_revision  -> c001: insert c001 [c001]"},
		{"c001 x001", "d001 x002", `
			stamp_revision c001 -> d001: update c001 d001 [d001 x001]
			stamp_revision x001 -> x002: update x001 x002 [d001 x002]`},
		{"m001", "d001 x003", `
			stamp_revision m001 -> d001: update m001 d001 [d001]
			stamp_revision  -> x003: insert x003 [d001 x003]`},
		{"c001 x002", "-1", "stamp_revision c001 -> b001: update c001 b001 [b001 x002]"},
		{"a001 x002", "-1", "stamp_revision a001 -> : delete a001 [x002]"},
		{"a001", "+1", "stamp_revision a001 -> b001: update a001 b001 [b001]"},
		// Rows that contradict each other are mended.
		{"a001 c001", "c001", "stamp_revision a001, c001 -> c001: delete a001 [c001]"},
		{"a001 c001 x001", "d001", "stamp_revision a001, c001 -> d001: delete a001, update c001 d001 [d001 x001]"},
		{"", "head", "error: Multiple heads are present; please specify a single target revision"},
		{"gone", "c001", "error: Can't locate revision identified by 'gone': the database is at it, but no revision file has it; " +
			"use the code that has it, restore the file, or put the table right with stamp --purge"},
	})
}

func TestStepTexts(t *testing.T) {
	t.Parallel()
	m, err := revision.NewMap([]revision.Revision{
		{ID: "a001", Doc: "Add account\n\nLong story."},
		{ID: "b001", Down: []string{"a001"}, Doc: "two\nlines\r\n\r\nrest"},
	})
	if err != nil {
		t.Fatal(err)
	}
	up, err := m.Upgrade(nil, "head")
	if err != nil {
		t.Fatal(err)
	}
	checkText(t, "upgrade  -> a001, Add account", up.Steps[0].String())
	checkText(t, "upgrade a001 -> b001, two lines", up.Steps[1].String())
	down, err := m.Downgrade([]string{"b001"}, "a001")
	if err != nil {
		t.Fatal(err)
	}
	checkText(t, "downgrade b001 -> a001, two lines", down.Steps[0].String())
}

func checkText(t *testing.T, want, got string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Rows before and after are right however long the plan is.
func TestRowsOfLongPlans(t *testing.T) {
	t.Parallel()
	m, err := revision.NewMap(comb(400))
	if err != nil {
		t.Fatal(err)
	}
	plan, err := m.Upgrade(nil, "heads")
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	for _, s := range plan.Steps {
		if diff := cmp.Diff(append([]string{}, rows...), s.Before()); diff != "" {
			t.Fatal(diff)
		}
		if err := m.CheckRows(s.After()); err != nil {
			t.Fatal(err)
		}
		rows = s.After()
	}
	if at, err := m.AtHeads(rows); !at || err != nil {
		t.Errorf("%d rows are not the heads: %v", len(rows), err)
	}
}
