package mysql

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/dialect"
)

// observed are expressions as written and as each server shows them, recorded
// from information_schema.CHECK_CONSTRAINTS.
func observed(t testing.TB) (rows [][3]string) {
	t.Helper()
	f, err := os.Open("testdata/expressions.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for s := bufio.NewScanner(f); s.Scan(); {
		p := strings.Split(s.Text(), "\t")
		if len(p) == 3 && !strings.HasPrefix(s.Text(), "#") {
			rows = append(rows, [3]string(p))
		}
	}
	return rows
}

// columnsOf the table the expressions were observed on.
var observedColumns = names{"a": "a", "b": "b", "c": "c", "d": "d", "ts": "ts", "tm": "tm", "j": "j", "g": "g"}

// undecided are the written expressions that rules leave to the server, by flavour.
var undecided = map[string]map[string]bool{
	MySQL: {
		"(a,c) = (1,2)": true, "WEEK(d) = 1": true, "CHAR(65 USING utf8mb4) = b": true, "b SOUNDS LIKE 'x'": true, "1 MEMBER OF (j)": true,
	},
	MariaDB: {
		"b SOUNDS LIKE 'x'": true, "CONVERT(b USING latin1) = b": true, "b > x'41'": true, "CHAR(65) = b": true,
		"CHAR(65 USING utf8mb4) = b": true, "WEIGHT_STRING(b) = b": true,
	},
}

func TestExpressionsAsServersShowThem(t *testing.T) {
	for i, flavor := range []string{MySQL, MariaDB} {
		d := System().Offline(flavor).(*Dialect)
		for _, row := range observed(t) {
			written, shown := row[0], row[i+1]
			if shown == "-" {
				continue
			}
			a, b := d.normalExpr(written, d.userMode(), observedColumns), d.serverExpr(shown, observedColumns)
			want := dialect.Same
			if undecided[flavor][written] {
				want = dialect.Undecided
			}
			if got := d.EqualExpr(a, b); got != want {
				t.Errorf("%s: %s is shown as %s: verdict %d, want %d\n%s\n%s", flavor, written, shown, got, want, a, b)
			}
		}
	}
}

func TestEqualExpr(t *testing.T) {
	d := System().Offline(MySQL).(*Dialect)
	for _, c := range []struct {
		a, b string
		want dialect.Verdict
	}{
		{"a > 0", "`a`>0", dialect.Same},
		{"a > 0", "a > 1", dialect.Different},
		{"a > 0", "b > 0", dialect.Different},
		{"a > 0", "a >= 0", dialect.Undecided},
		{"a = 'x'", "a = 'y'", dialect.Different},
		{"a = 'x'", "a = \"x\"", dialect.Same},
		{"a in (1,2)", "a IN (1,3)", dialect.Different},
		{"a in (1,2)", "a = 1 or a = 2", dialect.Undecided},
		{"a + 1.0 > b", "a + 1 > b", dialect.Undecided},
		{"lower(a) = b", "LCASE(a)=b", dialect.Same},
		{"f(a)", "f(a", dialect.Undecided},
		{"no ( sql", "no  (sql", dialect.Same},
		{"(a AND b) OR c", "a AND b OR c", dialect.Same},
		{"a AND (b OR c)", "a AND b OR c", dialect.Undecided},
		{"a - (b - c)", "a - b - c", dialect.Undecided},
		{"NOT a = 1", "a != 1", dialect.Same},
		{"", "", dialect.Same},
	} {
		if got := d.EqualExpr(c.a, c.b); got != c.want {
			t.Errorf("EqualExpr(%q, %q) = %d, want %d", c.a, c.b, got, c.want)
		}
		if got := d.EqualExpr(c.b, c.a); got != c.want {
			t.Errorf("EqualExpr(%q, %q) = %d, want %d", c.b, c.a, got, c.want)
		}
	}
}

func TestPrint(t *testing.T) {
	d := System().Offline(MySQL).(*Dialect)
	for in, want := range map[string]string{
		"((a > 0) and (b <> 'x\\'y'))":            "`a` > 0 AND `b` <> 'x''y'",
		"(a OR b) AND NOT (c AND d)":              "(`a` OR `b`) AND NOT (`c` AND `d`)",
		"a*(b+c)-(d-e)":                           "`a` * (`b` + `c`) - (`d` - `e`)",
		"- - a":                                   "-(-`a`)",
		"case when a then b else c end":           "CASE WHEN `a` THEN `b` ELSE `c` END",
		"x not between 1 and 2 or y is not null":  "`x` NOT BETWEEN 1 AND 2 OR `y` IS NOT NULL",
		"cast(a as decimal(10,2))":                "CAST(`a` AS decimal(10,2))",
		"d + interval 1 day":                      "`d` + INTERVAL 1 DAY",
		"0 <> a and 1 = b":                        "`a` AND `b` = 1",
		"(a = b) = c":                             "(`a` = `b`) = `c`",
		"trim(leading 'x' from b)":                "TRIM(LEADING 'x' FROM `b`)",
		"extract(year from d)":                    "extract(YEAR FROM `d`)",
		"_utf8mb4'x' collate utf8mb4_bin":         "'x' COLLATE utf8mb4_bin",
		"nextval(`db`.`sq`)":                      "nextval(`sq`)",
		"(select 1)":                              "(select 1)",
		"a -- comment\n + /* another */ 1 # last": "`a` + 1",
	} {
		if got := d.normalExpr(in, d.userMode(), nil); got != want {
			t.Errorf("normalExpr(%q)\n got %s\nwant %s", in, got, want)
		}
	}
}

// FuzzNormalExpr: normal spelling is stable, and never Different from what it was made of.
func FuzzNormalExpr(f *testing.F) {
	for _, row := range observed(f) {
		f.Add(row[0], false, false)
		f.Add(row[1], true, false)
	}
	f.Add("'a' 'b' \\", false, true)
	f.Fuzz(func(t *testing.T, text string, ansi, noBackslash bool) {
		for _, flavor := range []string{MySQL, MariaDB} {
			d := System().Offline(flavor).(*Dialect)
			d.set.ansiQuotes, d.set.noBackslash = ansi, noBackslash
			once := d.normalExpr(text, d.userMode(), nil)
			if twice := d.normalExpr(once, d.userMode(), nil); twice != once {
				t.Fatalf("%s: normalExpr(%q) is %q, and of that %q", flavor, text, once, twice)
			}
			if flavor == MySQL && d.EqualExpr(text, once) != dialect.Same {
				t.Fatalf("%q and its normal form %q are not the same", text, once)
			}
		}
	})
}
