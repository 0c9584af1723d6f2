package foreign_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/internal/foreign"
)

// TestAlembicHeaders: headers as people and Alembic's templates write them.
func TestAlembicHeaders(t *testing.T) {
	t.Parallel()
	at := time.Date(2023, 5, 6, 7, 8, 9, 0, time.FixedZone("", 2*60*60))
	for name, c := range map[string]struct {
		src  string
		want foreign.Migration
		err  string
	}{
		"plain": {src: "revision = 'a'\n", want: foreign.Migration{ID: "a"}},
		"typed": {
			src: "\"\"\"Add \\u00e9\n\nRevision ID: a\nCreate Date: 2023-05-06 07:08:09+02:00\n\"\"\"\nrevision: str = \"a\"\nlabels: dict[str, int] = {}\n" +
				"down_revision: Union[str, Sequence[str], None] = None\nbranch_labels = ['x', \"y\"]\ndepends_on = {'z',}\n",
			want: foreign.Migration{ID: "a", Message: "Add é", Created: at, Zoned: true, Labels: []string{"x", "y"}, DependsOn: []string{"z"}},
		},
		"what is no header": {
			src: "# revision = 'no'\nif True:\n    revision = 'no'\nx = \"\"\"\nrevision = 'no'\n\"\"\"\nd = {\n'revision':\n1}\nrevision = \\\n  'a'\n" +
				"def upgrade():\n\trevision = 'no'\n\n\tpass\nassert revision == 'a'\nop.f(revision='no')\nr'''\\d'''\n",
			want: foreign.Migration{ID: "a"},
		},
		"behind a semicolon": {src: "revision = 'a'; x = 1\ndef f():\n    x = 1; revision = 'no'\n", want: foreign.Migration{ID: "a"}},
		"carriage returns": {
			src:  "\ufeff\"\"\"doc\r\n\r\nCreate Date: 2023-05-06 05:08:09\r\n\"\"\"\r\nrevision = ('a')\r\n",
			want: foreign.Migration{ID: "a", Message: "doc", Created: at.UTC()},
		},
		"f-string":      {src: "revision = f'a'\n", err: "r.py:1: revision is no plain string"},
		"a call":        {src: "\n\nrevision = new()\n", err: "r.py:3: revision is no plain string"},
		"a sum":         {src: "revision = 'a' + 'b'\n", err: "r.py:1: revision is no plain string"},
		"none":          {src: "x = 1\n", err: "it says no revision"},
		"no end":        {src: "x = 1\ny = 'abc\n", err: "line 2: a string has no end"},
		"no end at all": {src: "'''abc\n", err: "line 1: a string has no end"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			path := filepath.Join(dir, "r.py")
			if err := os.WriteFile(path, []byte(c.src), 0o666); err != nil {
				t.Fatal(err)
			}
			got, err := foreign.AlembicHeaders([]string{dir}, false)
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) {
					t.Errorf("the error is %v, want %s", err, c.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			c.want.File, c.want.Way = path, foreign.HeaderOnly
			if d := cmp.Diff([]foreign.Migration{c.want}, got); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

// TestAlembicHeadersNowhere: git keeps no empty directory, so that there may be none.
func TestAlembicHeadersNowhere(t *testing.T) {
	t.Parallel()
	_, err := foreign.AlembicHeaders([]string{filepath.Join(t.TempDir(), "versions")}, false)
	if err == nil || !strings.Contains(err.Error(), "version_locations") {
		t.Errorf("the error is %v, want one that names version_locations", err)
	}
}

// FuzzAlembicHeaders: whatever a file holds, reading it ends.
func FuzzAlembicHeaders(f *testing.F) {
	f.Add("revision = 'a'\ndown_revision: x[1] = (\n'b',)\n")
	f.Add("\"\"\"\\")
	f.Fuzz(func(t *testing.T, src string) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "r.py"), []byte(src), 0o666); err != nil {
			t.Fatal(err)
		}
		_, _ = foreign.AlembicHeaders([]string{dir}, false)
	})
}
