package config

import (
	"errors"
	"strings"
)

const hooksSection = "post_write_hooks"

// The types of hook that gomig runs itself; any other is the name of one registered in code.
const (
	HookExec  = "exec"
	HookGoRun = "go_run"
)

// HookFile stands for the path of the new file in a hook's options (REVISION_SCRIPT_FILENAME).
const HookFile = "REVISION_SCRIPT_FILENAME"

// Hook is what [post_write_hooks] says of one hook: something to run on every new revision file.
type Hook struct {
	Name       string
	Type       string            // HookExec, HookGoRun, or the name of a hook registered in code
	Executable string            // for HookExec: a program on the PATH, or its path
	Package    string            // for HookGoRun: what `go run` takes, as mvdan.cc/gofumpt or mvdan.cc/gofumpt@v0.9.2
	Options    []string          // the arguments, split as a shell does
	Cwd        string            // absolute; "" for the working directory
	Keys       map[string]string // all keys of the hook, without its name in front
}

// Args are the arguments for a file: the options with HookFile replaced, or the file and then the options.
func (h Hook) Args(file string) []string {
	named := false
	args := make([]string, len(h.Options), len(h.Options)+1)
	for i, o := range h.Options {
		named = named || strings.Contains(o, HookFile)
		args[i] = strings.ReplaceAll(o, HookFile, file)
	}
	if !named {
		args = append([]string{file}, args...)
	}
	return args
}

// Command is the program to run on a file, with its arguments. It is nil for a hook registered in code.
func (h Hook) Command(file string) []string {
	switch h.Type {
	case HookExec:
		return append([]string{h.Executable}, h.Args(file)...)
	case HookGoRun:
		return append([]string{"go", "run", h.Package}, h.Args(file)...)
	}
	return nil
}

// PostWriteHooks are the hooks in the order in which they run ([post_write_hooks]).
func (c *Config) PostWriteHooks() ([]Hook, error) {
	values, err := c.Section(hooksSection)
	if err != nil || values == nil {
		return nil, err
	}
	var hooks []Hook
	for _, name := range spaceOrComma().Split(strings.ReplaceAll(values["hooks"], "\n", " "), -1) {
		if name == "" {
			continue
		}
		h, err := c.hook(name, values)
		if err != nil {
			return nil, err
		}
		hooks = append(hooks, h)
	}
	return hooks, nil
}

func (c *Config) hook(name string, values map[string]string) (Hook, error) {
	h := Hook{Name: name, Keys: map[string]string{}}
	prefix := strings.ToLower(name) + "." // keys are without regard to case
	for key, value := range values {
		if rest, ok := strings.CutPrefix(key, prefix); ok {
			h.Keys[rest] = value
		}
	}
	required := func(key string) (string, error) {
		if v := h.Keys[key]; v != "" {
			return v, nil
		}
		return "", c.invalid(hooksSection, "hooks", "Key '%s.%s' is required for post write hook '%[1]s'", name, key)
	}
	var err error
	if h.Type, err = required("type"); err != nil {
		return Hook{}, err
	}
	switch h.Type {
	case HookExec:
		h.Executable, err = required("executable")
	case HookGoRun:
		h.Package, err = required("package")
	case "console_scripts", "module":
		err = c.invalid(hooksSection, prefix+"type", "%s runs Python; write exec (with %s.executable) or go_run (with %[2]s.package)", h.Type, name)
	}
	if err != nil {
		return Hook{}, err
	}
	if h.Options, err = splitShell(h.Keys["options"]); err != nil {
		return Hook{}, c.invalid(hooksSection, prefix+"options", "%s", err)
	}
	if cwd := h.Keys["cwd"]; cwd != "" {
		h.Cwd = c.abs(cwd)
	}
	return h, nil
}

// splitShell cuts a command line into words as Python's shlex.split does: quotes, and a backslash outside of them or
// before " and \ inside of "".
func splitShell(s string) ([]string, error) {
	var words []string
	var word strings.Builder
	open, quote := false, rune(0) // inside a word, inside quotes
	escaped := false
	for _, r := range s {
		switch {
		case escaped:
			if quote == '"' && r != '"' && r != '\\' {
				word.WriteByte('\\')
			}
			word.WriteRune(r)
			escaped = false
		case r == '\\' && quote != '\'':
			open, escaped = true, true
		case r == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(r)
		case r == '"' || r == '\'':
			open, quote = true, r
		case strings.ContainsRune(" \t\r\n", r):
			if open {
				words = append(words, word.String())
			}
			word.Reset()
			open = false
		default:
			open = true
			word.WriteRune(r)
		}
	}
	switch {
	case quote != 0:
		return nil, errors.New("a quotation is not closed")
	case escaped:
		return nil, errors.New("nothing follows the backslash at its end")
	case open:
		words = append(words, word.String())
	}
	return words, nil
}
