package env_test

import (
	"context"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/op"
)

// FuzzScript puts any statement behind any message: the message stays in its
// comment, and the statement is there, ended by its terminator.
func FuzzScript(f *testing.F) {
	f.Add("add x", "SELECT 1")
	f.Add(hostile, "SELECT 'a;b' -- c;\n/* d; */ # e")
	f.Add("", "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW BEGIN SET @a = '$$'; END;")
	f.Add("\u2028\u0085\v\f", `'\`)
	f.Fuzz(func(t *testing.T, message, sql string) {
		r := does("a1", "", func(_ context.Context, o *op.Operations) error {
			o.Exec(sql)
			return o.Err()
		})
		r.doc = message
		h := newHistory(t, r)
		for _, dialect := range []string{"mysql", "postgresql", "sqlite"} {
			got, err := h.script(t, h.upgrade("head"), "", env.Options{Dialect: dialect, TransactionalDDL: env.No})
			if err != nil {
				if !strings.Contains(err.Error(), "there is no SQL") {
					t.Fatal(err)
				}
				return
			}
			_, got, _ = strings.Cut(got, ";\n\n-- Running upgrade ") // behind the version table
			comment, got, _ := strings.Cut(got, "\n")
			if strings.ContainsAny(comment, "\r\x00\v\f") || !strings.HasPrefix(got, "\n") {
				t.Errorf("comment %q, then %q", comment, got)
			}
			text := strings.TrimSpace(sql)
			text = strings.TrimSpace(strings.TrimSuffix(text, ";"))
			if i := strings.Index(got, "INSERT INTO "); i >= 0 && !strings.Contains(sql, "INSERT INTO ") {
				got = got[:i]
			}
			if !strings.Contains(got, text) {
				t.Errorf("%q is not in %q", text, got)
			}
			if end := strings.TrimSpace(got); text != "" && !strings.HasSuffix(end, ";") {
				t.Errorf("%q does not end", end)
			}
		}
	})
}
