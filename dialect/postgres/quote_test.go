package postgres_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// FuzzQuote takes a name and a text there and back by the standard's rules:
// within quotes only the quote itself means something, and a backslash in E”.
func FuzzQuote(f *testing.F) {
	for _, s := range []string{"", "a", `"`, `'`, `\`, `\'`, "\x00", "é", "\xff", strings.Repeat("x", 64), "E'", "--", "$$"} {
		f.Add(s)
	}
	d := offline()
	f.Fuzz(func(t *testing.T, s string) {
		good := utf8.ValidString(s) && !strings.Contains(s, "\x00")
		name, err := d.Quote(s)
		if want := good && s != "" && len(s) <= 63; (err == nil) != want {
			t.Fatalf("Quote(%q) = %s, %v", s, name, err)
		}
		if err == nil && (len(name) < 2 || name[0] != '"' || name[len(name)-1] != '"' || strings.ReplaceAll(name[1:len(name)-1], `""`, "\x00") != strings.ReplaceAll(s, `"`, "\x00")) {
			t.Errorf("Quote(%q) = %s", s, name)
		}
		text, err := d.Expr(schema.Literal(s))
		if (err == nil) != good {
			t.Fatalf("the literal of %q is %s, %v", s, text, err)
		}
		if err != nil {
			return
		}
		body, escaped := strings.CutPrefix(text, "E")
		if escaped != strings.Contains(s, `\`) {
			t.Errorf("the literal of %q is %s", s, text)
		}
		body = strings.TrimSuffix(strings.TrimPrefix(body, "'"), "'")
		if escaped {
			body = strings.ReplaceAll(body, `\\`, `\`)
		}
		if strings.ReplaceAll(body, "''", "'") != s || strings.Count(body, "'")%2 != 0 {
			t.Errorf("the literal of %q is %s", s, text)
		}
	})
}

// TestLiteralsInEveryMode sends literals to a server that reads backslashes the old way.
func TestLiteralsInEveryMode(t *testing.T) {
	t.Parallel()
	db := testdb.Postgres(t)
	conn, err := db.DB.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	d := detect(t, db.DB)
	for _, mode := range []string{"on", "off"} {
		exec(t, conn, "SET backslash_quote = on; SET escape_string_warning = off; SET standard_conforming_strings = "+mode)
		for _, want := range []string{`\`, `\\`, `\'`, `'\`, `\n`, `\x41`, `a\'; DROP TABLE t; --`} {
			text, err := d.Expr(schema.Literal(want))
			if err != nil {
				t.Fatal(err)
			}
			var got string
			var bytes []byte
			if err := conn.QueryRowContext(t.Context(), "SELECT "+text).Scan(&got); err != nil || got != want {
				t.Errorf("standard_conforming_strings %s: %s is %q, want %q (%v)", mode, text, got, want, err)
			}
			text, err = d.Expr(schema.Literal([]byte(want)))
			if err != nil {
				t.Fatal(err)
			}
			if err := conn.QueryRowContext(t.Context(), "SELECT "+text).Scan(&bytes); err != nil || string(bytes) != want {
				t.Errorf("standard_conforming_strings %s: %s is %q, want %q (%v)", mode, text, bytes, want, err)
			}
		}
	}
}
