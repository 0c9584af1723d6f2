package config_test

import (
	"log/slog"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/gomig-dev/gomig/config"
)

// generic is the logging part of the file that `alembic init` writes.
const generic = `
[loggers]
keys = root,sqlalchemy,alembic

[handlers]
keys = console

[formatters]
keys = generic

[logger_root]
level = WARNING
handlers = console
qualname =

[logger_sqlalchemy]
level = WARNING
handlers =
qualname = sqlalchemy.engine

[logger_alembic]
level = INFO
handlers =
qualname = alembic

[handler_console]
class = StreamHandler
args = (sys.stderr,)
level = NOTSET
formatter = generic

[formatter_generic]
format = %(levelname)-5.5s [%(name)s] %(message)s
datefmt = %H:%M:%S
`

func TestLogging(t *testing.T) {
	l, err := load(t, project(t, generic)).Logging()
	if err != nil {
		t.Fatal(err)
	}
	console := config.Handler{
		Name: "console", Level: -128,
		Format: config.LogFormat{Text: "%(levelname)-5.5s [%(name)s] %(message)s", Date: "%H:%M:%S"},
	}
	want := config.Logging{Loggers: []config.Logger{
		{Level: slog.LevelWarn, Propagate: true, Handlers: []config.Handler{console}},
		{Name: "sqlalchemy.engine", Level: slog.LevelWarn, Propagate: true},
		{Name: "alembic", Level: slog.LevelInfo, Propagate: true},
	}}
	if diff := cmp.Diff(want, l, cmpopts.IgnoreUnexported(l)); diff != "" {
		t.Error(diff)
	}
	for name, want := range map[string]slog.Level{
		"": slog.LevelWarn, "alembic.runtime.migration": slog.LevelInfo, "gomig.migration": slog.LevelInfo,
		"gomig": slog.LevelInfo, "gomigrate": slog.LevelWarn, "sqlalchemy": slog.LevelWarn,
	} {
		if got := l.Level(name); got != want {
			t.Errorf("Level(%q) = %v, want %v", name, got, want)
		}
	}
	if diff := cmp.Diff([]config.Handler{console}, l.Handlers("gomig.migration")); diff != "" {
		t.Error(diff)
	}
}

func TestLoggingDetails(t *testing.T) {
	c := load(t, project(t, `[loggers]
keys = gomig,below
[logger_gomig]
qualname = gomig
level = debug
handlers = out
propagate = 0
[logger_below]
qualname = gomig.sql
handlers = out
[handler_out]
class = FileHandler
args = ('x.log',)
level = CRITICAL
`))
	l, err := c.Logging()
	if err != nil {
		t.Fatal(err)
	}
	if got := l.Level("gomig.sql"); got != slog.LevelDebug {
		t.Errorf("NOTSET inherits: got %v", got)
	}
	if got := l.Handlers("gomig.sql"); len(got) != 2 || got[0].Level != config.LevelCritical {
		t.Errorf("handlers %+v", got)
	}
	if got := l.Level("other"); got != slog.LevelWarn {
		t.Errorf("no root: %v", got)
	}
	want := "alembic.ini: [handler_out]: a FileHandler has no counterpart in Go; its records go to stderr"
	if got := c.Warnings(); len(got) != 1 || got[0] != want {
		t.Errorf("warnings %q", got)
	}
	if got := (config.Logging{}).Level("gomig"); got != slog.LevelInfo {
		t.Errorf("without configuration: %v", got)
	}
}

func TestLoggingErrors(t *testing.T) {
	for ini, want := range map[string]string{
		"[loggers]\nkeys = a\n[logger_a]\n":                                                                                        `alembic.ini:2: reading "keys" in [loggers]: [logger_a] needs a qualname`,
		"[loggers]\nkeys = root\n[logger_root]\nlevel = LOUD\n":                                                                    `alembic.ini:4: reading "level" in [logger_root]: "LOUD" is no level; expecting DEBUG, INFO, WARNING, ERROR, CRITICAL or NOTSET`,
		"[loggers]\nkeys = root\n[logger_root]\nhandlers = h\n":                                                                    `alembic.ini: reading "keys" in [handlers]: there is no section [handler_h]`,
		"[loggers]\nkeys = root\n[logger_root]\nhandlers=h\n[handler_h]\nformatter=f\n[formatter_f]\nformat=%(thread)d\n":          `alembic.ini:8: reading "format" in [formatter_f]: %(thread)d: there is no "thread"`,
		"[loggers]\nkeys = root\n[logger_root]\nhandlers=h\n[handler_h]\nformatter=f\n[formatter_f]\nformat=x\nstyle = {\n":        `alembic.ini:9: reading "style" in [formatter_f]: only the style % is understood`,
		"[handlers]\nkeys=\n[loggers]\nkeys = root\n[logger_root]\nhandlers=h\n[handler_h]\nclass=StreamHandler\nformatter = no\n": `alembic.ini: reading "keys" in [formatters]: there is no section [formatter_no]`,
	} {
		_, err := load(t, project(t, ini)).Logging()
		wantError(t, err, want)
	}
}

func TestLine(t *testing.T) {
	at := time.Date(2026, 1, 2, 15, 4, 5, 678e6, time.UTC)
	for _, c := range []struct{ text, date, want string }{
		{"", "", "done"},
		{"%(levelname)-5.5s [%(name)s] %(message)s", "", "WARNI [gomig] done"},
		{"%(asctime)s %(levelno)d", "", "2026-01-02 15:04:05,678 30"},
		{"%(asctime)s", "%d.%m.%y %H:%M:%S.%f %j %% %q", "02.01.26 15:04:05.678000 002 % %q"},
	} {
		f := config.LogFormat{Text: c.text, Date: c.date}
		got := f.Line(config.Record{Logger: "gomig", Level: slog.LevelWarn, Message: "done", Time: at})
		if got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}
