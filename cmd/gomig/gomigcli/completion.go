package gomigcli

import (
	"embed"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/gomig-dev/gomig"
	"github.com/gomig-dev/gomig/config"
	"github.com/gomig-dev/gomig/templates"
)

// The scripts ask the program itself what a line may become, by a command that
// no help shows:
//
//	gomig __complete bash LINE WORDBREAKS
//	gomig __complete zsh WORD... CURRENT
//
// It prints a line for each, a tab before its meaning, or what the shell shall
// list by itself: "::files", "::directories". It never fails.
//
//go:embed shell
var shellScripts embed.FS

const completeCommand = "__complete"

// printCompletion prints the script of a shell.
func (r *run) printCompletion(f *cli.Context) error {
	script, err := shellScripts.ReadFile("shell/gomig." + f.Args().First())
	if err != nil {
		return usage("there is no completion for %q; choose one of %s", f.Args().First(), strings.Join(shells, ", "))
	}
	_, err = r.program.Stdout.Write(script)
	return err
}

var shells = []string{"bash", "zsh", "fish"}

// complete answers a shell. What goes wrong is no answer.
func (r *run) complete(args []string) {
	if len(args) == 0 {
		return
	}
	shell, words := args[0], args[1:]
	breaks := ""
	if shell == "bash" {
		if len(words) == 0 {
			return
		}
		if len(words) > 1 {
			breaks = words[1]
		}
		words = splitLine(words[0])
	}
	if len(words) == 0 {
		return
	}
	current := words[len(words)-1]
	// Bash takes what stands behind the last of these for the word.
	cut := strings.LastIndexAny(current, breaks) + 1
	for _, c := range r.completions(words[:len(words)-1], current) {
		text := c.Text
		switch {
		case strings.HasPrefix(text, "::"):
		case shell == "bash":
			text = text[min(cut, len(text)):]
		case c.About != "":
			text += "\t" + c.About
		}
		_, _ = fmt.Fprintln(r.program.Stdout, strings.NewReplacer("\n", " ", "\r", " ").Replace(text))
	}
}

// splitLine is the words of a command line without the program, as bash splits
// it; the last is the one that is being written, and may be empty. Of a pipe only
// what stands behind counts.
func splitLine(line string) []string {
	var words []string
	var word strings.Builder
	quote, escaped, open := rune(0), false, false
	flush := func() {
		if open {
			words = append(words, word.String())
		}
		word.Reset()
		open = false
	}
	for _, c := range line {
		switch {
		case escaped:
			word.WriteRune(c)
			escaped = false
		case c == '\\' && quote != '\'':
			escaped, open = true, true
		case c == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(c)
		case c == '"' || c == '\'':
			quote, open = c, true
		case c == ' ' || c == '\t' || c == '\n':
			flush()
		default:
			word.WriteRune(c)
			open = true
		}
	}
	words = append(words, word.String())
	for len(words) > 1 && strings.Contains(words[0], "=") {
		words = words[1:] // a variable of the command
	}
	return words[1:]
}

// completer knows what stands before the word that is being written.
type completer struct {
	run     *run
	app     *cli.App
	command *cli.Command // nil before the command
	awaits  cli.Flag     // the flag whose value comes next
	file    string       // of -c
	section string       // of -n
	given   []string     // arguments
}

// completions is what the current word may become, behind some words.
func (r *run) completions(words []string, current string) []gomig.Candidate {
	c := &completer{run: r, app: r.app()}
	for _, w := range words {
		c.read(w)
	}
	name, value, hasValue := strings.Cut(current, "=")
	switch {
	case c.awaits != nil:
		return c.values(c.awaits, "", current)
	case strings.HasPrefix(current, "--") && hasValue:
		if f := c.flag(name); f != nil {
			return c.values(f, name+"=", value)
		}
		return nil
	case c.command == nil && !strings.HasPrefix(current, "-"):
		return c.commands(current)
	case strings.HasPrefix(current, "-"):
		return append(c.flags(current), c.arguments(current)...)
	}
	return c.arguments(current)
}

// read takes in a word before the current one.
func (c *completer) read(word string) {
	if f := c.awaits; f != nil {
		c.note(f, word)
		c.awaits = nil
		return
	}
	name, value, hasValue := strings.Cut(word, "=")
	switch f := c.flag(name); {
	case f != nil && hasValue:
		c.note(f, value)
	case f != nil && takesValue(f):
		c.awaits = f
	case strings.HasPrefix(word, "-") && !number().MatchString(word):
	case c.command == nil:
		c.command = c.app.Command(word)
	default:
		c.given = append(c.given, word)
	}
}

// note keeps the flags that say where the configuration is.
func (c *completer) note(f cli.Flag, value string) {
	switch f.Names()[0] {
	case "config":
		c.file = value
	case "name":
		c.section = value
	}
}

// flag finds a flag by its name with dashes.
func (c *completer) flag(name string) cli.Flag {
	for _, f := range c.known() {
		for _, n := range f.Names() {
			if dashes(n) == name {
				return f
			}
		}
	}
	return nil
}

// known are the flags that may stand here, the command's first.
func (c *completer) known() []cli.Flag {
	if c.command == nil {
		return c.app.Flags
	}
	return slices.Concat(c.command.Flags, c.app.Flags)
}

func takesValue(f cli.Flag) bool {
	_, isBool := f.(*cli.BoolFlag)
	return !isBool
}

func (c *completer) commands(begun string) (out []gomig.Candidate) {
	for _, k := range c.app.Commands {
		if strings.HasPrefix(k.Name, begun) {
			out = append(out, gomig.Candidate{Text: k.Name, About: k.Usage})
		}
	}
	return out
}

func (c *completer) flags(begun string) (out []gomig.Candidate) {
	for _, f := range append(c.known(), cli.HelpFlag) {
		about, _ := usageOf(f)
		for _, n := range f.Names() {
			if n = dashes(n); strings.HasPrefix(n, begun) && (len(n) > 2 || len(begun) == 2) {
				out = append(out, gomig.Candidate{Text: n, About: about})
			}
		}
	}
	return out
}

// usageOf is what the help says of a flag, and the word in it that names the value.
func usageOf(f cli.Flag) (about, value string) {
	doc, ok := f.(cli.DocGenerationFlag)
	if !ok {
		return "", ""
	}
	about = doc.GetUsage()
	if _, rest, ok := strings.Cut(about, "`"); ok {
		value, _, _ = strings.Cut(rest, "`")
	}
	return strings.ReplaceAll(about, "`", ""), value
}

// values are the values of a flag, each with the text before it.
func (c *completer) values(f cli.Flag, before, begun string) []gomig.Candidate {
	_, kind := usageOf(f)
	out := c.named(kind, begun, "head", "base")
	switch f.Names()[0] {
	case "template":
		for _, t := range templates.List(os.Getenv(templatesVariable)) {
			out = append(out, beginning(begun, t.Name)...)
		}
	case "dialect":
		out = beginning(begun, "sqlite", "mysql", "mariadb", "tidb", "postgresql")
	}
	for i := range out {
		if !strings.HasPrefix(out[i].Text, "::") {
			out[i].Text = before + out[i].Text
		}
	}
	return out
}

// arguments are the arguments of the command.
func (c *completer) arguments(begun string) []gomig.Candidate {
	if c.command == nil {
		return nil
	}
	kind, several := strings.CutSuffix(c.command.ArgsUsage, "...")
	if kind == "" || (len(c.given) > 0 && !several) {
		return nil
	}
	return c.named(kind, begun, argumentWords[c.command.Name]...)
}

// argumentWords are the words beside ids and labels that make sense for a command.
var argumentWords = map[string][]string{
	"upgrade": {"head", "heads", "+1"}, "downgrade": {"-1", "base"}, "stamp": {"head", "heads", "base"},
	"show": {"head", "heads", "current"}, "edit": {"head", "current"}, "merge": {"heads"},
}

// named is what a word of the help stands for: the same words name the values of
// flags and the arguments of commands.
func (c *completer) named(kind, begun string, words ...string) []gomig.Candidate {
	switch kind {
	case "REVISION":
		return c.revisions(begun, words...)
	case "START:END":
		return c.revisions(begun, "base", "head", "current")
	case "FILE":
		return []gomig.Candidate{{Text: "::files"}}
	case "DIRECTORY":
		return []gomig.Candidate{{Text: "::directories"}}
	case "SECTION":
		return c.sections(begun)
	case "SHELL":
		return beginning(begun, shells...)
	case "FORMAT":
		return beginning(begun, string(gomig.GraphSVG), string(gomig.GraphHTML), string(gomig.GraphDOT), string(gomig.GraphMermaid))
	}
	return nil
}

func beginning(begun string, texts ...string) (out []gomig.Candidate) {
	for _, t := range texts {
		if strings.HasPrefix(t, begun) {
			out = append(out, gomig.Candidate{Text: t})
		}
	}
	return out
}

func (c *completer) revisions(begun string, words ...string) []gomig.Candidate {
	cfg, err := config.Load(config.Options{File: c.file, Section: c.section})
	if err != nil {
		return nil
	}
	out, err := gomig.Complete(&gomig.Config{Config: cfg, Environment: c.run.program.Environment, Cache: cacheDir()}, begun, words...)
	if err != nil {
		return nil
	}
	// A revision that is given already is not meant again.
	return slices.DeleteFunc(out, func(s gomig.Candidate) bool { return slices.Contains(c.given, s.Text) })
}

// sections are the main sections: those that are named where another is missing.
func (c *completer) sections(begun string) []gomig.Candidate {
	cfg, err := config.Load(config.Options{File: c.file, Section: "?"})
	if err != nil {
		return nil
	}
	_, _, err = cfg.MainOption("script_location")
	var missing *config.SectionError
	if !errors.As(err, &missing) {
		return nil
	}
	return beginning(begun, missing.Sections...)
}
