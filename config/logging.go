package config

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"
)

// Logging is what the sections [loggers], [handlers] and [formatters] say (fileConfig), in terms of log/slog. The zero
// value is of a file without them.
type Logging struct {
	Loggers []Logger // the root first, then in the order of the file
	notes   []string
}

// Logger is one logger.
type Logger struct {
	Name      string // dotted (qualname); "" for the root
	Level     slog.Level
	Inherits  bool // its level is that of the logger above (NOTSET)
	Propagate bool // its records also go to the handlers of the loggers above
	Handlers  []Handler
}

// Handler is one place that records go to.
type Handler struct {
	Name   string
	Level  slog.Level // records below are left out
	Stdout bool       // else to stderr
	Format LogFormat
}

// LevelCritical is Python's CRITICAL.
const LevelCritical = slog.LevelError + 4

// levelAll lets every record pass (NOTSET on a handler).
const levelAll = slog.Level(-128)

// Configured reports whether the file said anything about logging.
func (l Logging) Configured() bool { return len(l.Loggers) > 0 }

// Level is the lowest level at which a logger speaks: its own, else that of the nearest logger above. The logger gomig
// and those below are found under alembic too, so that a file written for Alembic works. Without any it is INFO.
func (l Logging) Level(name string) slog.Level {
	for _, logger := range l.above(name) {
		if !logger.Inherits {
			return logger.Level
		}
	}
	if l.Configured() {
		return slog.LevelWarn // Python's root logger
	}
	return slog.LevelInfo
}

// Handlers are where a logger's records go.
func (l Logging) Handlers(name string) []Handler {
	var all []Handler
	for _, logger := range l.above(name) {
		all = append(all, logger.Handlers...)
		if !logger.Propagate {
			break
		}
	}
	return all
}

// note keeps a warning, once if several loggers share what it is about.
func (l *Logging) note(text string) {
	if !slices.Contains(l.notes, text) {
		l.notes = append(l.notes, text)
	}
}

// above lists the loggers that speak for a name, the nearest first, the root last.
func (l Logging) above(name string) []Logger {
	names := parents(name)
	if rest, ok := strings.CutPrefix(name, "gomig"); ok && (rest == "" || rest[0] == '.') {
		names = append(names, parents("alembic"+rest)...)
	}
	var found []Logger
	for _, n := range append(names, "") {
		if i := slices.IndexFunc(l.Loggers, func(x Logger) bool { return x.Name == n }); i >= 0 {
			found = append(found, l.Loggers[i])
		}
	}
	return found
}

func parents(name string) []string {
	var names []string
	for name != "" {
		names = append(names, name)
		name = name[:max(strings.LastIndexByte(name, '.'), 0)]
	}
	return names
}

// Logging reads the logging sections.
func (c *Config) Logging() (Logging, error) {
	var l Logging
	if !c.ini.Has("loggers") {
		return l, nil
	}
	keys, err := c.keys("loggers")
	if err != nil {
		return l, err
	}
	for _, key := range keys {
		logger, err := c.logger(&l, key)
		if err != nil {
			return Logging{}, err
		}
		if logger.Name == "" {
			l.Loggers = slices.Insert(l.Loggers, 0, logger)
		} else {
			l.Loggers = append(l.Loggers, logger)
		}
	}
	return l, nil
}

func (c *Config) logger(l *Logging, key string) (Logger, error) {
	section := "logger_" + key
	values, err := c.logSection("loggers", section)
	if err != nil {
		return Logger{}, err
	}
	logger := Logger{Name: values["qualname"], Propagate: values["propagate"] != "0"}
	if key == "root" {
		logger.Name = ""
	} else if logger.Name == "" {
		return Logger{}, c.invalid("loggers", "keys", "[%s] needs a qualname", section)
	}
	var set bool
	if logger.Level, set, err = c.level(section, values["level"]); err != nil {
		return Logger{}, err
	}
	logger.Inherits = !set
	for _, name := range commas(values["handlers"]) {
		h, err := c.handler(l, name)
		if err != nil {
			return Logger{}, err
		}
		logger.Handlers = append(logger.Handlers, h)
	}
	return logger, nil
}

func (c *Config) handler(l *Logging, name string) (Handler, error) {
	section := "handler_" + name
	values, err := c.logSection("handlers", section)
	if err != nil {
		return Handler{}, err
	}
	h := Handler{Name: name, Stdout: strings.Contains(values["args"], "stdout")}
	if class := strings.TrimPrefix(values["class"], "logging."); class != "StreamHandler" {
		l.note(fmt.Sprintf("%s: [%s]: a %s has no counterpart in Go; its records go to stderr", c.file, section, class))
	}
	level, set, err := c.level(section, values["level"])
	if err != nil {
		return Handler{}, err
	}
	if h.Level = level; !set {
		h.Level = levelAll
	}
	if f := values["formatter"]; f != "" {
		h.Format, err = c.logFormat("formatter_" + f)
	}
	return h, err
}

// logFormat reads a formatter. Its texts are full of percent signs, so they are not interpolated.
func (c *Config) logFormat(section string) (LogFormat, error) {
	if _, err := c.logSection("formatters", section); err != nil {
		return LogFormat{}, err
	}
	var f LogFormat
	f.Text, _ = c.ini.Raw(section, "format")
	f.Date, _ = c.ini.Raw(section, "datefmt")
	if style, ok := c.ini.Raw(section, "style"); ok && style != "%" {
		return LogFormat{}, c.invalid(section, "style", "only the style %% is understood")
	}
	if _, err := f.line(Record{}); err != nil {
		return LogFormat{}, c.invalid(section, "format", "%s", err)
	}
	return f, nil
}

// logSection returns the raw-safe values of a section that a list names.
func (c *Config) logSection(list, section string) (map[string]string, error) {
	if !c.ini.Has(section) {
		return nil, c.invalid(list, "keys", "there is no section [%s]", section)
	}
	values := map[string]string{}
	for _, key := range []string{"qualname", "propagate", "level", "handlers", "class", "args", "formatter"} {
		value, ok, err := c.ini.Get(section, key)
		if err != nil {
			return nil, err
		}
		if ok {
			values[key] = value
		}
	}
	return values, nil
}

func (c *Config) keys(section string) ([]string, error) {
	value, _, err := c.ini.Get(section, "keys")
	return commas(value), err
}

func (c *Config) level(section, name string) (level slog.Level, set bool, err error) {
	switch strings.ToUpper(name) {
	case "", "NOTSET":
		return 0, false, nil
	case "DEBUG":
		return slog.LevelDebug, true, nil
	case "INFO":
		return slog.LevelInfo, true, nil
	case "WARNING", "WARN":
		return slog.LevelWarn, true, nil
	case "ERROR":
		return slog.LevelError, true, nil
	case "CRITICAL", "FATAL":
		return LevelCritical, true, nil
	}
	return 0, false, c.invalid(section, "level", "%q is no level; expecting DEBUG, INFO, WARNING, ERROR, CRITICAL or NOTSET", name)
}

func commas(list string) []string {
	var names []string
	for name := range strings.SplitSeq(list, ",") {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	return names
}
