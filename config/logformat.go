package config

import (
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/gomig-dev/gomig/internal/pyformat"
)

// LogFormat is the form of a line of the log, in Python's words. The zero value is the message alone.
type LogFormat struct {
	Text string // as %(levelname)-5.5s [%(name)s] %(message)s
	Date string // the form of %(asctime)s for strftime; "" for 2026-11-20 10:00:00,000
}

// Record is what a line of the log tells.
type Record struct {
	Logger  string
	Level   slog.Level
	Message string
	Time    time.Time
}

// Line writes a record without a line break at its end. [Config.Logging] has checked the format; one that is not
// understood all the same gives the message alone.
func (f LogFormat) Line(r Record) string {
	line, err := f.line(r)
	if err != nil {
		return r.Message
	}
	return line
}

func (f LogFormat) line(r Record) (string, error) {
	if f.Text == "" {
		return r.Message, nil
	}
	return pyformat.Format(f.Text, func(name string) (any, bool) {
		switch name {
		case "message":
			return r.Message, true
		case "name":
			if r.Logger == "" {
				return "root", true
			}
			return r.Logger, true
		case "levelname":
			return levelName(r.Level), true
		case "levelno":
			return 20 + int(r.Level)*10/4, true
		case "asctime":
			return f.date(r.Time), true
		case "created":
			return int(r.Time.Unix()), true
		case "msecs":
			return r.Time.Nanosecond() / 1e6, true
		case "process":
			return os.Getpid(), true
		}
		return nil, false
	})
}

func levelName(l slog.Level) string {
	switch {
	case l < slog.LevelInfo:
		return "DEBUG"
	case l < slog.LevelWarn:
		return "INFO"
	case l < slog.LevelError:
		return "WARNING"
	case l < LevelCritical:
		return "ERROR"
	}
	return "CRITICAL"
}

// layouts are strftime's letters as Go's layouts.
var layouts = map[byte]string{
	'Y': "2006", 'y': "06", 'm': "01", 'd': "02", 'H': "15", 'I': "03", 'M': "04", 'S': "05", 'j': "002",
	'p': "PM", 'b': "Jan", 'B': "January", 'a': "Mon", 'A': "Monday", 'z': "-0700", 'Z': "MST",
	'c': "Mon Jan _2 15:04:05 2006", 'x': "01/02/06", 'X': "15:04:05", 'F': "2006-01-02", 'T': "15:04:05", 'D': "01/02/06",
}

func (f LogFormat) date(t time.Time) string {
	if f.Date == "" {
		return t.Format("2006-01-02 15:04:05") + fmt.Sprintf(",%03d", t.Nanosecond()/1e6)
	}
	var b strings.Builder
	for i := 0; i < len(f.Date); i++ {
		c := f.Date[i]
		if c != '%' || i+1 == len(f.Date) {
			b.WriteByte(c)
			continue
		}
		i++
		switch layout, ok := layouts[f.Date[i]]; {
		case f.Date[i] == 'f':
			fmt.Fprintf(&b, "%06d", t.Nanosecond()/1e3)
		case ok:
			b.WriteString(t.Format(layout))
		case f.Date[i] == '%':
			b.WriteByte('%')
		default:
			b.WriteString(f.Date[i-1 : i+1])
		}
	}
	return b.String()
}
