package autogen_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// beside are changes that what stands beside them must survive: they are made,
// leave nothing, and are undone.
func (s *server) beside(t *testing.T, want *schema.Table, keeps ...string) {
	t.Helper()
	before := s.shown(t, want.Name)
	r, err := s.compare(tables(want), autogen.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.run(r.Upgrade); err != nil {
		t.Fatalf("upgrading: %v\n%s", err, strings.Join(s.log, "\n"))
	}
	shown := s.shown(t, want.Name)
	for _, k := range keeps {
		if !strings.Contains(before, k) || !strings.Contains(shown, k) {
			t.Errorf("%q is lost: before\n%s\nbehind\n%s", k, before, shown)
		}
	}
	if err := s.settled(tables(want), autogen.Options{}); err != nil {
		t.Error(err)
	}
	if err := s.run(r.Downgrade); err != nil {
		t.Fatalf("downgrading: %v\n%s", err, strings.Join(s.log, "\n"))
	}
	if d := cmp.Diff(before, s.shown(t, want.Name)); d != "" {
		t.Errorf("after there and back (-want +got):\n%s", d)
	}
	if err := s.run(r.Upgrade); err != nil {
		t.Fatal(err)
	}
}

// TestPeriods are MariaDB's periods of the application's time: where they are not
// declared, every change beside them keeps them with their keys.
func TestPeriods(t *testing.T) {
	s := onServer(t, testdb.KindMariaDB)
	if err := s.exec(`CREATE TABLE booking (room INT NOT NULL, since DATE NOT NULL, until DATE NOT NULL, guest VARCHAR(20), desk INT,
		PERIOD FOR stay (since, until), PRIMARY KEY (room, stay WITHOUT OVERLAPS), UNIQUE KEY once (desk, stay WITHOUT OVERLAPS), KEY by_guest (guest))`,
		"CREATE TABLE plain (a DATE, b DATE, CONSTRAINT stay CHECK (a < b))"); err != nil {
		t.Fatal(err)
	}
	booking := func(items ...schema.TableItem) *schema.Table {
		return schema.NewTable("booking", append([]schema.TableItem{
			schema.Column("room", schema.Integer(), schema.NotNull()), schema.Column("since", schema.Date(), schema.NotNull()), schema.Column("until", schema.Date(), schema.NotNull()),
			schema.PrimaryKeyConstraint("", "room"),
		}, items...)...)
	}
	plain := schema.NewTable("plain", schema.Column("a", schema.Date()), schema.Column("b", schema.Date()), schema.CheckConstraint("stay", "a < b"))
	guest, desk := schema.Column("guest", schema.String(20)), schema.Column("desk", schema.Integer())
	if err := s.settled(tables(booking(guest, desk, schema.Index("by_guest", "guest")), plain), autogen.Options{}); err != nil {
		t.Error(err)
	}
	// The name of a key without overlaps is taken.
	taken := booking(guest, desk, schema.Index("by_guest", "guest"), schema.Index("once", "guest"))
	r, err := s.compare(tables(taken, plain), autogen.Options{}, "index 'once' of table 'booking' is left alone")
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Upgrade)+len(r.Downgrade) > 0 || len(r.Warnings) != 1 {
		t.Errorf("an index under the name of a key without overlaps: %v, %v, warned %q", r.Upgrade, r.Downgrade, r.Warnings)
	}
	if err := s.exec("DROP TABLE plain"); err != nil {
		t.Fatal(err)
	}
	keeps := []string{"PERIOD FOR `stay` (`since`, `until`)", "PRIMARY KEY (`room`,`stay` WITHOUT OVERLAPS)", "UNIQUE KEY `once` (`desk`,`stay` WITHOUT OVERLAPS)"}
	for _, want := range []*schema.Table{
		booking(schema.Column("guest", schema.String(50), schema.NotNull()), desk, schema.Column("note", schema.Text()), schema.Index("by_desk", "desk"), schema.CheckConstraint("told", "guest <> ''")),
		booking(schema.Column("visitor", schema.String(50), schema.NotNull(), schema.RenamedFrom("guest")), schema.Column("desk", schema.BigInteger()), schema.UniqueConstraint("one", "visitor"), schema.Comment("stays")),
	} {
		s.beside(t, want, keeps...)
	}
	// A table and a column of the period under other names, and a key of other columns.
	want := booking(schema.Column("visitor", schema.String(50), schema.NotNull()), schema.Column("desk", schema.BigInteger()), schema.UniqueConstraint("one", "visitor"), schema.Comment("stays"))
	want.Name.Name, want.RenamedFrom = "stay", []string{"booking"}
	want.PrimaryKey.Columns = append(want.PrimaryKey.Columns, "visitor")
	want.Column("since").Name, want.Columns[1].RenamedFrom = "arrival", []string{"since"}
	want.Indexes = append(want.Indexes, schema.Index("once", "visitor")) // a name that is taken
	r, err = s.compare(tables(want), autogen.Options{}, "index 'once' of table 'stay' is left alone")
	if err != nil {
		t.Fatal(err)
	}
	before := s.shown(t, schema.Name{Name: "booking"})
	if err := s.run(r.Upgrade); err != nil {
		t.Fatalf("upgrading: %v\n%s", err, strings.Join(s.log, "\n"))
	}
	shown := s.shown(t, want.Name)
	for _, k := range []string{"PERIOD FOR `stay` (`arrival`, `until`)", "PRIMARY KEY (`room`,`visitor`,`stay` WITHOUT OVERLAPS)", "UNIQUE KEY `once` (`desk`,`stay` WITHOUT OVERLAPS)"} {
		if !strings.Contains(shown, k) {
			t.Errorf("%q is not in\n%s", k, shown)
		}
	}
	if err := s.run(r.Downgrade); err != nil {
		t.Fatalf("downgrading: %v\n%s", err, strings.Join(s.log, "\n"))
	}
	if d := cmp.Diff(before, s.shown(t, schema.Name{Name: "booking"})); d != "" {
		t.Errorf("after there and back (-want +got):\n%s", d)
	}
}

// TestDeclaredPeriods: a period and the keys that hold in it are made, changed,
// taken away and brought back as they are declared.
func TestDeclaredPeriods(t *testing.T) {
	s := onServer(t, testdb.KindMariaDB)
	stays := func(items ...schema.TableItem) []*schema.Table {
		return tables(schema.NewTable("stays", append([]schema.TableItem{
			schema.Column("room", schema.Integer(), schema.NotNull()), schema.Column("desk", schema.Integer()), schema.Column("since", schema.Date()),
			schema.Column("until", schema.Date()), schema.Column("late", schema.Date(), schema.NotNull()),
		}, items...)...))
	}
	overlaps := mysql.WithoutOverlaps("the stay`s")
	key := func(columns ...string) *schema.PrimaryKeyDef {
		return schema.PrimaryKeyConstraint("", columns...).With(overlaps)
	}
	period := mysql.Period("the stay`s", "since", "until")
	stages := [][]*schema.Table{
		stays(period, key("room"), schema.UniqueConstraint("once", "desk").With(overlaps)),
		stays(period, key("room", "desk"), schema.Index("once", "desk").With(schema.UniqueIndex(), overlaps), schema.Index("twice", "late").With(schema.UniqueIndex(), overlaps)),
		stays(period, schema.PrimaryKeyConstraint("", "room")),
		stays(mysql.Period("the stay`s", "since", "late"), key("room")),
		stays(mysql.Period("time", "until", "late"), schema.PrimaryKeyConstraint("", "room").With(mysql.WithoutOverlaps("time")), schema.Index("once", "desk").With(schema.UniqueIndex(), mysql.WithoutOverlaps("time"))),
		stays(mysql.Period("time", "since", "late"), schema.PrimaryKeyConstraint("", "room").With(mysql.WithoutOverlaps("time")), schema.Index("once", "desk").With(schema.UniqueIndex(), mysql.WithoutOverlaps("time"))),
	}
	for i, want := range stages {
		have, err := s.holds(autogen.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if i > 0 {
			have.Tables = stages[i-1]
		}
		if err := s.thereAndBack(have.Tables, want, autogen.Options{}); err != nil {
			t.Errorf("stage %d: %v", i, err)
		}
		if err := s.fill(want, autogen.Options{}); err != nil {
			t.Fatal(err)
		}
	}
}

// TestDoubledBackslashes: MySQL doubles backslashes in expressions of a table that
// changes while the session has none; that is told of beforehand.
func TestDoubledBackslashes(t *testing.T) {
	s := onServer(t, testdb.KindMySQL)
	const warning = "table 'q' has expressions with backslashes, which MySQL doubles"
	for _, c := range []struct {
		mode string
		want int
	}{{"STRICT_ALL_TABLES", 0}, {"NO_BACKSLASH_ESCAPES", 1}} {
		if err := s.reset(); err != nil {
			t.Fatal(err)
		}
		err := s.exec("SET SESSION sql_mode = '" + c.mode + "'")
		if err == nil {
			s.d, err = mysql.System().Detect(s.ctx, s.conn)
		}
		if err == nil {
			err = s.exec("CREATE TABLE q (a VARCHAR(9), b VARCHAR(9), CONSTRAINT ck CHECK (a <> CHAR(92) AND a <> '\\\\'))")
		}
		if err != nil {
			t.Fatal(err)
		}
		have, err := s.holds(autogen.Options{})
		if err != nil {
			t.Fatal(err)
		}
		have.Tables[0].Columns[1].Comment = "c"
		r, err := s.compare(have.Tables, autogen.Options{}, warning)
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Warnings) != c.want {
			t.Errorf("%s: warned %q", c.mode, r.Warnings)
		}
	}
}

// TestTablesWithHistory are MariaDB's system-versioned tables: the server's own
// switch is told of, and with it the history outlives changes.
func TestTablesWithHistory(t *testing.T) {
	s := onServer(t, testdb.KindMariaDB)
	if err := s.exec("CREATE TABLE price (id INT NOT NULL PRIMARY KEY, amount INT, quiet INT WITHOUT SYSTEM VERSIONING) WITH SYSTEM VERSIONING",
		"INSERT INTO price VALUES (1, 10, 0)", "UPDATE price SET amount = 20"); err != nil {
		t.Fatal(err)
	}
	price := func(amount schema.Type, items ...schema.TableItem) *schema.Table {
		return schema.NewTable("price", append([]schema.TableItem{
			schema.Column("id", schema.Integer(), schema.NotNull(), schema.PrimaryKey()), schema.Column("amount", amount), schema.Column("quiet", schema.Integer()),
		}, items...)...)
	}
	// What the server does not mind needs no warning.
	s.beside(t, price(schema.Integer(), schema.Index("by_amount", "amount")), "WITH SYSTEM VERSIONING")
	want := price(schema.BigInteger(), schema.Index("by_amount", "amount"), schema.Column("note", schema.Text()))
	r, err := s.compare(tables(want), autogen.Options{}, "table 'price' keeps the history of its rows")
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Warnings) != 1 || !strings.Contains(r.Warnings[0], "?system_versioning_alter_history=KEEP") {
		t.Errorf("warned %q", r.Warnings)
	}
	if err := s.run(r.Upgrade); err == nil || !strings.Contains(err.Error(), "system_versioning_alter_history") {
		t.Errorf("upgrading without the switch: %v", err)
	}
	if err := s.exec("SET SESSION system_versioning_alter_history = KEEP"); err != nil {
		t.Fatal(err)
	}
	if s.d, err = mysql.System().Detect(s.ctx, s.conn); err != nil {
		t.Fatal(err)
	}
	s.beside(t, want, "WITH SYSTEM VERSIONING", "`quiet` int(11) DEFAULT NULL WITHOUT SYSTEM VERSIONING")
	var rows int
	if err := s.conn.QueryRowContext(s.ctx, "SELECT COUNT(*) FROM price FOR SYSTEM_TIME ALL").Scan(&rows); err != nil || rows != 2 {
		t.Errorf("%d rows with those of before: %v", rows, err)
	}
}
