package gomigcli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/gomig-dev/gomig/cmd/gomig/gomigcli"
)

func TestNoColoursButOnATerminal(t *testing.T) {
	t.Parallel()
	none := func(string) string { return "" }
	if gomigcli.Colourful(&bytes.Buffer{}, none) {
		t.Error("a buffer is coloured")
	}
	file, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if gomigcli.Colourful(file, none) {
		t.Error("a file is coloured")
	}
}

func TestColoursOnATerminal(t *testing.T) {
	t.Parallel()
	terminal, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skip("there is no pseudo-terminal here")
	}
	defer terminal.Close()
	for _, tt := range []struct {
		name string
		env  map[string]string
		want bool
	}{
		{"a terminal", map[string]string{"TERM": "xterm"}, true},
		{"NO_COLOR", map[string]string{"TERM": "xterm", "NO_COLOR": "1"}, false},
		{"an empty NO_COLOR says nothing", map[string]string{"TERM": "xterm", "NO_COLOR": ""}, true},
		{"a dumb terminal", map[string]string{"TERM": "dumb"}, false},
	} {
		if got := gomigcli.Colourful(terminal, func(name string) string { return tt.env[name] }); got != tt.want {
			t.Errorf("%s: coloured: %v", tt.name, got)
		}
	}
}
