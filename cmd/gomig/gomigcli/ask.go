package gomigcli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/mattn/go-isatty"

	"github.com/gomig-dev/gomig"
)

// asks is how somebody at a terminal is asked; nil if there is nobody: only
// where both the question is seen and the answer is typed.
func (r *run) asks() gomig.AskFunc {
	if !terminal(r.program.Stdin) || !terminal(r.program.Stderr) {
		return nil
	}
	return asker(r.program.Stdin, r.program.Stderr)
}

func terminal(stream any) bool {
	file, ok := stream.(interface{ Fd() uintptr })
	return ok && (isatty.IsTerminal(file.Fd()) || isatty.IsCygwinTerminal(file.Fd()))
}

// asker asks on out and reads the answer, a line, from in; the end of in aborts.
func asker(in io.Reader, out io.Writer) gomig.AskFunc {
	lines := bufio.NewReader(in)
	return func(ctx context.Context, question string) (gomig.Answer, error) {
		_, _ = fmt.Fprintln(out, question)
		for {
			_, _ = fmt.Fprint(out, "Renamed? [y]es, [n]o, [a]bort: ")
			line, err := readLine(ctx, lines)
			switch strings.ToLower(strings.TrimSpace(line)) {
			case "y", "yes":
				return gomig.Yes, nil
			case "n", "no":
				return gomig.No, nil
			case "a", "abort":
				return gomig.Abort, nil
			}
			if err != nil {
				_, _ = fmt.Fprintln(out)
			}
			if err == io.EOF { //nolint:errorlint // of bufio itself
				return gomig.Abort, nil
			}
			if err != nil {
				return gomig.Abort, err
			}
		}
	}
}

// readLine reads a line, unless the program is interrupted before.
func readLine(ctx context.Context, r *bufio.Reader) (string, error) {
	type read struct {
		line string
		err  error
	}
	done := make(chan read, 1)
	go func() {
		line, err := r.ReadString('\n')
		done <- read{line, err}
	}()
	select {
	case got := <-done:
		return got.line, got.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
