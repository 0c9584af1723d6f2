package mermaid_test

import (
	"testing"

	"github.com/gomig-dev/gomig/internal/mermaid"
)

func TestUndirected(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"turn the direction LR": "turn the direction\u200bLR", "Direction  tb, direction\tRL": "Direction\u200btb, direction\u200bRL", "direction to": "direction to", "": "",
	} {
		if got := mermaid.Undirected(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}
