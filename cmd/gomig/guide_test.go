package main

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// TestGuidesAreStories: each command that a guide shows is run by the story beside it.
func TestGuidesAreStories(t *testing.T) {
	t.Parallel()
	for guide, story := range map[string]string{
		"../../docs/generate.md": "../../testdata/script/generate_guide.txtar",
		"../../docs/inspect.md":  "../../testdata/script/inspect_guide.txtar",
		"../../docs/squash.md":   "../../testdata/script/graph_squash.txtar",
	} {
		text, err := os.ReadFile(guide)
		if err != nil {
			t.Fatal(err)
		}
		ran, err := os.ReadFile(story)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(string(ran), "\n")
		for line := range strings.Lines(string(text)) {
			command, ok := strings.CutPrefix(line, "    ")
			command, _, _ = strings.Cut(command, " #")
			command = strings.TrimSpace(command)
			if !ok || !strings.HasPrefix(command, "gomig ") && !strings.HasPrefix(command, "go ") {
				continue
			}
			if !slices.ContainsFunc(lines, func(l string) bool {
				return strings.HasPrefix(l, "run "+command) || strings.HasPrefix(l, "exec "+command)
			}) {
				t.Errorf("%s shows %q, which %s does not run", guide, command, story)
			}
		}
	}
}
