package gomigcli_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig"
	"github.com/gomig-dev/gomig/cmd/gomig/gomigcli"
)

func TestAsking(t *testing.T) {
	t.Parallel()
	const prompt = "Renamed? [y]es, [n]o, [a]bort: "
	for _, c := range []struct {
		typed string
		want  gomig.Answer
		shown string
	}{
		{"y\n", gomig.Yes, "A?\n" + prompt},
		{" YES \r\n", gomig.Yes, "A?\n" + prompt},
		{"no", gomig.No, "A?\n" + prompt},
		{"a\ny\n", gomig.Abort, "A?\n" + prompt},
		{"\nwhat\nn\n", gomig.No, "A?\n" + prompt + prompt + prompt},
		{"", gomig.Abort, "A?\n" + prompt + "\n"},
		{"maybe", gomig.Abort, "A?\n" + prompt + "\n"},
	} {
		var out strings.Builder
		got, err := gomigcli.Asker(strings.NewReader(c.typed), &out)(t.Context(), "A?")
		if err != nil || got != c.want || out.String() != c.shown {
			t.Errorf("%q: %v, %v, %q", c.typed, got, err, out.String())
		}
	}
	// Several questions read one stream.
	ask := gomigcli.Asker(strings.NewReader("y\nn\n"), io.Discard)
	for _, want := range []gomig.Answer{gomig.Yes, gomig.No} {
		if got, err := ask(t.Context(), "A?"); got != want || err != nil {
			t.Errorf("%v, %v; want %v", got, err, want)
		}
	}
}

// An interrupt ends the waiting for an answer.
func TestAskingIsInterrupted(t *testing.T) {
	t.Parallel()
	in, typed := io.Pipe()
	defer typed.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := gomigcli.Asker(in, io.Discard)(ctx, "A?"); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
