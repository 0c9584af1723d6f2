package main

import (
	"fmt"
	"os"
	"runtime/debug"
	"strings"

	"github.com/gomig-dev/gomig/internal/catalogue"
	"github.com/gomig-dev/gomig/internal/testdb"
)

// table is what the tools see on one server.
type table struct {
	kind    testdb.Kind
	version string
	tools   []string
	rows    []row
}

type row struct {
	change   catalogue.Change
	verdicts []verdict // one a tool
}

// count is how many changes a tool finds, and how many of them it brings about.
type count struct{ found, done int }

func (c count) String() string {
	if c.found == c.done {
		return fmt.Sprint(c.found)
	}
	return fmt.Sprintf("%d, %d done", c.found, c.done)
}

// summarize writes one line a server.
func summarize(b *strings.Builder, tables []*table) {
	for i, t := range tables {
		if i == 0 {
			t.head(b, "changes on")
		}
		t.line(b, t.title(), t.rows)
	}
}

func (t *table) head(b *strings.Builder, what string) {
	fmt.Fprintf(b, "\n| %s | all | %s |\n|---|---|%s\n", what, strings.Join(t.tools, " | "), strings.Repeat("---|", len(t.tools)))
}

// write writes the table and what each tool misses, in Markdown.
func (t *table) write(b *strings.Builder) {
	fmt.Fprintf(b, "\n### %s\n", t.title())
	t.head(b, "changes of")
	var groups []string
	of := map[string][]row{}
	for _, r := range t.rows {
		if of[r.change.Group] == nil {
			groups = append(groups, r.change.Group)
		}
		of[r.change.Group] = append(of[r.change.Group], r)
	}
	for _, g := range groups {
		t.line(b, g, of[g])
	}
	t.line(b, "**all**", t.rows)
	for i, name := range t.tools {
		for _, list := range []struct {
			title string
			hits  func(verdict) bool
		}{
			{"does not find", func(v verdict) bool { return !v.found() && v.refused == "" }},
			{"stops with an error at", func(v verdict) bool { return v.refused != "" }},
			{"finds, but does not bring about", func(v verdict) bool { return v.found() && !v.done() }},
			{"sees a difference where there is none beside", verdict.alarms},
		} {
			var lines []string
			n := 0
			for _, g := range groups {
				if names, m := hit(of[g], i, list.hits); m > 0 {
					n += m
					lines = append(lines, "- "+g+": "+strings.Join(names, "; "))
				}
			}
			if n > 0 {
				fmt.Fprintf(b, "\n%s %s (%d):\n\n%s\n", name, list.title, n, strings.Join(lines, "\n"))
			}
		}
	}
}

// hit names and counts the changes of which f holds for a tool's verdict; where it
// is all of them it says so.
func hit(rows []row, tool int, f func(verdict) bool) (names []string, n int) {
	for _, r := range rows {
		if f(r.verdicts[tool]) {
			names = append(names, r.change.Name)
		}
	}
	if len(names) == len(rows) && len(names) > 1 {
		return []string{"every one"}, len(names)
	}
	return names, len(names)
}

// title is the server with its version, without what a distribution adds.
func (t *table) title() string {
	name := map[testdb.Kind]string{
		testdb.KindSQLite: "SQLite", testdb.KindMySQL: "MySQL", testdb.KindMariaDB: "MariaDB", testdb.KindPostgres: "PostgreSQL",
	}[t.kind]
	for word := range strings.FieldsSeq(t.version) {
		if word[0] >= '0' && word[0] <= '9' {
			number, _, _ := strings.Cut(word, "-")
			return name + " " + number
		}
	}
	return name
}

func (t *table) line(b *strings.Builder, title string, rows []row) {
	fmt.Fprintf(b, "| %s | %d |", title, len(rows))
	for i := range t.tools {
		var c count
		for _, r := range rows {
			if v := r.verdicts[i]; v.done() {
				c.found++
				c.done++
			} else if v.found() {
				c.found++
			}
		}
		fmt.Fprintf(b, " %s |", c)
	}
	b.WriteString("\n")
}

func atlasVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, d := range info.Deps {
			if d.Path == "ariga.io/atlas" {
				return "Atlas' library " + d.Version
			}
		}
	}
	return "Atlas' library"
}

// replace puts text between the marks of a file.
func replace(file, text string) error {
	const begin, end = "<!-- peers -->\n", "<!-- end -->\n"
	old, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	head, rest, ok := strings.Cut(string(old), begin)
	_, tail, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		return fmt.Errorf("%s lacks %q or %q", file, begin, end)
	}
	return os.WriteFile(file, []byte(head+begin+"\n"+text+"\n"+end+tail), 0o644)
}
