package gomigcli

import (
	"context"
	"io"
	"log/slog"
	"strings"
	"sync"

	"github.com/gomig-dev/gomig/config"
)

// loggerName is the logger of everything gomig says, as alembic.ini knows it.
const loggerName = "gomig.migration"

// newLogger speaks as the ini file's logging sections say, on stderr. Without
// such sections it shows what Alembic's own ini file would.
func newLogger(c *config.Config, stderr io.Writer) (*slog.Logger, error) {
	l, err := c.Logging()
	if err != nil {
		return nil, err
	}
	return slog.New(&handler{logging: l, out: stderr, mu: &sync.Mutex{}}), nil
}

// handler writes records in the forms of the ini file.
type handler struct {
	logging config.Logging
	out     io.Writer
	mu      *sync.Mutex
	attrs   []slog.Attr
}

// Enabled reports whether the logger speaks at a level.
func (h *handler) Enabled(_ context.Context, level slog.Level) bool {
	return level >= h.logging.Level(loggerName)
}

// Handle writes one line.
func (h *handler) Handle(_ context.Context, r slog.Record) error {
	text := r.Message
	r.Attrs(func(a slog.Attr) bool {
		text += " " + a.String()
		return true
	})
	for _, a := range h.attrs {
		text += " " + a.String()
	}
	text = strings.Join(strings.FieldsFunc(text, func(c rune) bool { return c == '\n' || c == '\r' }), " ")
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.logging.Configured() {
		_, err := io.WriteString(h.out, levelName(r.Level)+" ["+loggerName+"] "+text+"\n")
		return err
	}
	for _, to := range h.logging.Handlers(loggerName) {
		if r.Level < to.Level {
			continue
		}
		line := to.Format.Line(config.Record{Logger: loggerName, Level: r.Level, Time: r.Time, Message: text})
		if _, err := io.WriteString(h.out, line+"\n"); err != nil {
			return err
		}
	}
	return nil
}

// levelName is the level in five characters, as Alembic's format has it.
func levelName(l slog.Level) string {
	switch {
	case l >= slog.LevelError:
		return "ERROR"
	case l >= slog.LevelWarn:
		return "WARNI"
	case l >= slog.LevelInfo:
		return "INFO "
	}
	return "DEBUG"
}

// WithAttrs adds attributes to every record.
func (h *handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	g := *h
	g.attrs = append(g.attrs[:len(g.attrs):len(g.attrs)], attrs...)
	return &g
}

// WithGroup is the handler itself: the lines have no groups.
func (h *handler) WithGroup(string) slog.Handler { return h }
