package autogen_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// createText is what SHOW CREATE TABLE says.
func (s *server) createText(t *testing.T, name string) (text string) {
	t.Helper()
	if err := s.conn.QueryRowContext(s.ctx, "SHOW CREATE TABLE "+name).Scan(&name, &text); err != nil {
		t.Fatal(err)
	}
	return text
}

// TestShownWidths: MariaDB keeps the width in which an integer is shown, and a change
// of something else beside it too.
func TestShownWidths(t *testing.T) {
	s := onServer(t, testdb.KindMariaDB)
	if err := s.exec("CREATE TABLE w (a INT(5) NOT NULL, b INT(5) ZEROFILL, c BIGINT(3) UNSIGNED, d TINYINT(1), e TINYINT(2), f MEDIUMINT, g SMALLINT UNSIGNED, h BIGINT, i DECIMAL(5), j INT(7))"); err != nil {
		t.Fatal(err)
	}
	before := s.createText(t, "w")
	if err := s.work(func(o *op.Operations) {
		for _, c := range "abcdefghi" {
			o.AlterColumn("w", string(c), op.SetComment("x"))
		}
		o.AlterTable("w", func(t *op.Table) { // of another type in the same statement
			t.AlterColumn("j", op.SetType(schema.BigInteger()))
			t.AlterColumn("j", op.SetComment("x"))
		})
	}); err != nil {
		t.Fatal(err)
	}
	want := strings.ReplaceAll(strings.Replace(before, "`j` int(7)", "`j` bigint(20)", 1), ",\n", " COMMENT 'x',\n")
	want = strings.Replace(want, "DEFAULT NULL\n)", "DEFAULT NULL COMMENT 'x'\n)", 1)
	if got := s.createText(t, "w"); got != want {
		t.Errorf("there is\n%s\nwant\n%s", got, want)
	}
	if slices.ContainsFunc(s.log, func(l string) bool { return strings.Contains(l, "MEDIUMINT(") || strings.Contains(l, "BIGINT(20)") }) {
		t.Errorf("the type's own width is said:\n%s", strings.Join(s.log, "\n"))
	}
}

// TestPartitionsByTime: when partitions by time begin is the server's, where nobody says it.
func TestPartitionsByTime(t *testing.T) {
	s := onServer(t, testdb.KindMariaDB)
	if err := s.exec("CREATE TABLE h (id INT NOT NULL PRIMARY KEY) WITH SYSTEM VERSIONING PARTITION BY SYSTEM_TIME INTERVAL 1 DAY STARTS TIMESTAMP'2020-01-01 00:00:00' PARTITIONS 3"); err != nil {
		t.Fatal(err)
	}
	for clause, differs := range map[string]bool{
		"SYSTEM_TIME INTERVAL 1 DAY PARTITIONS 3":                                                       false,
		"system_time interval 1 day starts '2020-01-01 00:00:00' partitions 3":                          false,
		"SYSTEM_TIME INTERVAL 2 DAY PARTITIONS 3":                                                       true,
		"SYSTEM_TIME INTERVAL 1 DAY PARTITIONS 4":                                                       true,
		"SYSTEM_TIME INTERVAL 1 DAY AUTO":                                                               true,
		"SYSTEM_TIME INTERVAL 1 DAY STARTS TIMESTAMP '2020-01-02 00:00:00' PARTITIONS 3":                true,
		"SYSTEM_TIME INTERVAL 1 DAY (PARTITION p0 HISTORY, PARTITION p1 HISTORY, PARTITION pn CURRENT)": true,
	} {
		m := schema.NewMetadata(schema.Options{})
		m.Table("h", schema.Column("id", schema.Integer(), schema.NotNull(), schema.PrimaryKey()), mysql.SystemVersioned(), mysql.PartitionBy(clause))
		r, err := autogen.Compare(s.ctx, s.d, s.conn, autogen.Options{Metadata: []*schema.Metadata{m}})
		if err != nil {
			t.Fatal(err)
		}
		if got := len(r.Upgrade) > 0; got != differs || len(r.Downgrade) > 0 != differs {
			t.Errorf("%s: %v and back %v", clause, r.Upgrade, r.Downgrade)
		}
	}
}

// TestMergeTables: what a MERGE table is the union of is declared, compared and made again.
func TestMergeTables(t *testing.T) {
	onMySQLs(t, func(t *testing.T, s *server) {
		if err := s.exec("CREATE TABLE a1 (id INT NOT NULL) ENGINE=MyISAM", "CREATE TABLE `a ``2` (id INT NOT NULL) ENGINE=MyISAM",
			"CREATE TABLE m (id INT NOT NULL) ENGINE=MERGE UNION=(a1,`a ``2`) INSERT_METHOD=LAST COMMENT='ENGINE=x UNION=(y)'"); err != nil {
			t.Fatal(err)
		}
		before := s.createText(t, "m")
		id := schema.Column("id", schema.Integer(), schema.NotNull())
		parts := func(m *schema.Metadata) {
			m.Table("a1", id, mysql.Engine("MyISAM"))
			m.Table("a `2", id, mysql.Engine("MyISAM"))
		}
		for _, c := range []struct {
			options  []schema.TableItem
			detected []string
		}{
			{[]schema.TableItem{mysql.Engine("merge"), mysql.TableOption("UNION", "("+s.db.Name+".a1, `a ``2`)"), mysql.TableOption("insert_method", "last")}, nil},
			{[]schema.TableItem{mysql.Engine("MRG_MyISAM")}, nil}, // what is not named is kept
			{[]schema.TableItem{mysql.TableOption("UNION", "(a1)")}, []string{"changed option 'mysql.option.union' of table 'm'"}},
		} {
			m := schema.NewMetadata(schema.Options{})
			parts(m)
			m.Table("m", append([]schema.TableItem{id, schema.Comment("ENGINE=x UNION=(y)")}, c.options...)...)
			r, err := autogen.Compare(s.ctx, s.d, s.conn, autogen.Options{Metadata: []*schema.Metadata{m}})
			if err != nil || !slices.Equal(r.Detected, c.detected) {
				t.Fatalf("%v: detected %q (%v), want %q", c.options, r.Detected, err, c.detected)
			}
			if err := s.run(r.Upgrade); err != nil {
				t.Fatal(err)
			}
			if err := s.run(r.Downgrade); err != nil {
				t.Fatal(err)
			}
			if got := s.createText(t, "m"); got != before {
				t.Errorf("%v: there is\n%s\nand was\n%s", c.options, got, before)
			}
		}
		m := schema.NewMetadata(schema.Options{}) // dropped, and made again on the way back
		parts(m)
		r, err := autogen.Compare(s.ctx, s.d, s.conn, autogen.Options{Metadata: []*schema.Metadata{m}})
		if err == nil {
			err = s.run(r.Upgrade)
		}
		if err == nil {
			err = s.run(r.Downgrade)
		}
		if got := s.createText(t, "m"); err != nil || got != before {
			t.Errorf("%v: there is\n%s\nand was\n%s", err, got, before)
		}
	})
}

// TestIndexesOfTwins: of keys of the same columns the servers keep one index, that of the
// one added last. It is the other's where that one goes.
func TestIndexesOfTwins(t *testing.T) {
	onMySQLs(t, func(t *testing.T, s *server) {
		for name, c := range map[string]struct {
			has  string // what the table has before
			adds string // a key that is added and dropped again
		}{
			"named":              {"CONSTRAINT fk_b FOREIGN KEY (a) REFERENCES p (a)", "CONSTRAINT `fk``a` FOREIGN KEY (a) REFERENCES p (a)"},
			"named and quoted":   {"CONSTRAINT `fk``b` FOREIGN KEY (a) REFERENCES p (a)", "CONSTRAINT fk_a FOREIGN KEY (a) REFERENCES p (a)"},
			"without a name":     {"FOREIGN KEY (a) REFERENCES p (a)", "CONSTRAINT fk_a FOREIGN KEY (a) REFERENCES p (a)"},
			"more columns":       {"CONSTRAINT fk_b FOREIGN KEY (a) REFERENCES p (a)", "CONSTRAINT fk_a FOREIGN KEY (a, b) REFERENCES p (a, b)"},
			"fewer columns":      {"CONSTRAINT fk_b FOREIGN KEY (a, b) REFERENCES p (a, b)", "CONSTRAINT fk_a FOREIGN KEY (a) REFERENCES p (a)"},
			"longer and shorter": {"CONSTRAINT fk_b FOREIGN KEY (a, b) REFERENCES p (a, b), CONSTRAINT fk_c FOREIGN KEY (a) REFERENCES p (a)", "CONSTRAINT fk_a FOREIGN KEY (a, b) REFERENCES p (a, b)"},
			"an index":           {"CONSTRAINT fk_b FOREIGN KEY (a) REFERENCES p (a), INDEX ix (a)", "CONSTRAINT fk_a FOREIGN KEY (a) REFERENCES p (a)"},
			"to another":         {"CONSTRAINT fk_b FOREIGN KEY (a) REFERENCES p (a)", "CONSTRAINT fk_a FOREIGN KEY (a) REFERENCES q (a) ON DELETE CASCADE"},
		} {
			if err := errors.Join(s.reset(), s.exec("CREATE TABLE p (a INT NOT NULL, b INT NOT NULL, PRIMARY KEY (a, b), UNIQUE (a))", "CREATE TABLE q (a INT PRIMARY KEY)",
				"CREATE TABLE c (a INT, b INT, "+c.has+")")); err != nil {
				t.Fatal(name, err)
			}
			before := s.createText(t, "c")
			if err := s.exec("ALTER TABLE c ADD " + c.adds); err != nil {
				t.Fatal(name, err)
			}
			key := "fk_a"
			if !strings.Contains(c.adds, key) {
				key = "fk`a"
			}
			err := s.work(func(o *op.Operations) { o.DropConstraint(key, "c", schema.ForeignKeyKind) })
			if got := s.createText(t, "c"); err != nil || got != before {
				t.Errorf("%s: %v\nthere is\n%s\nand was\n%s", name, err, got, before)
			}
		}
	})
}
