package gomigcli

import (
	"maps"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/gomig-dev/gomig/internal/nearest"
	"github.com/gomig-dev/gomig/internal/pattern"
)

// number begins a relative revision, which is an argument and no flag: -1, or -2:-1 for a script.
var number = pattern.Lazy(`^-\d`)

// permute puts arguments into the order in which urfave/cli v2 reads them: it
// stops at the first argument that is no flag, so that `upgrade head --sql`
// would run the migration. Flags may stand anywhere; unique beginnings of long
// ones are completed, as argparse does; what follows "--" is left alone.
func permute(app *cli.App, args []string) ([]string, error) {
	p := permuter{global: flagTable(app.Flags)}
	p.global.addHelp()
	for i := 0; i < len(args); i++ {
		arg := args[i]
		switch {
		case arg == "--":
			p.positional = append(p.positional, args[i+1:]...)
			i = len(args)
		case len(arg) < 2 || arg[0] != '-' || (p.command != nil && number().MatchString(arg)):
			if err := p.argument(app, arg); err != nil {
				return nil, err
			}
		default:
			n, err := p.flag(args[i:])
			if err != nil {
				return nil, err
			}
			i += n
		}
	}
	return p.result(), nil
}

type permuter struct {
	global, command flags // command is nil before the command is met
	name            string
	help            bool // `gomig help upgrade` is `gomig upgrade --help`
	before, after   []string
	positional      []string
}

func (p *permuter) argument(app *cli.App, arg string) error {
	switch {
	case p.command != nil:
		p.positional = append(p.positional, arg)
		return nil
	case arg == "help" && !p.help:
		p.help = true
		return nil
	}
	c := app.Command(arg)
	if c == nil {
		return unknownCommand(app, arg) // before its flags are called unknown
	}
	p.name, p.command = arg, flagTable(c.Flags)
	p.command.addHelp()
	return nil
}

func (p *permuter) result() []string {
	out := slices.Clone(p.before)
	if p.command == nil {
		if p.help {
			out = append(out, "--help")
		}
		return append(out, p.positional...)
	}
	if p.help {
		p.after = append(p.after, "--help")
	}
	out = append(append(out, p.name), p.after...)
	if len(p.positional) > 0 {
		out = append(append(out, "--"), p.positional...)
	}
	return out
}

// flag takes the flag that args begins with, and returns how many further
// arguments belong to it.
func (p *permuter) flag(args []string) (int, error) {
	name, value, hasValue := strings.Cut(args[0], "=")
	f, to, err := p.find(name)
	if err != nil {
		return 0, err
	}
	if f == nil && !strings.HasPrefix(name, "--") && len(args[0]) > 2 {
		// A short flag with its value attached: -mtext. What may follow is anything, "=" included.
		// Or several without values: -vi.
		name, value, hasValue = args[0][:2], args[0][2:], true
		f, to, err = p.find(name)
		if err == nil && f != nil && !f.takesValue && value[0] != '=' && value[0] != '-' {
			*to = append(*to, dashes(f.name))
			n, err := p.flag(append([]string{"-" + value}, args[1:]...))
			if err != nil {
				return 0, usage("%v (in %s)", err, args[0])
			}
			return n, nil
		}
	}
	switch {
	case err != nil:
		return 0, err
	case f == nil:
		return 0, p.unknown(args)
	case !f.takesValue && hasValue:
		return 0, usage("argument --%s: ignored explicit argument %q", f.name, value)
	case !f.takesValue:
		*to = append(*to, dashes(f.name))
		return 0, nil
	case hasValue:
		*to = append(*to, dashes(f.name)+"="+value)
		return 0, nil
	case len(args) < 2 || args[1] == "--":
		return 0, usage("argument %s: expected one argument", name)
	case p.isFlag(args[1]):
		return 0, usage("argument %s: expected one argument, and %s is a flag; write %s=%s if it is meant", name, args[1], name, args[1])
	}
	*to = append(*to, dashes(f.name)+"="+args[1])
	return 1, nil
}

// unknown is the error of a flag that there is not.
func (p *permuter) unknown(args []string) error {
	name, _, _ := strings.Cut(args[0], "=")
	var names []string
	for _, f := range []flags{p.command, p.global} {
		names = append(names, slices.Sorted(maps.Keys(f))...)
	}
	names = slices.DeleteFunc(names, func(n string) bool { return !strings.HasPrefix(n, "--") })
	if best := nearest.Name(name, names, 3); best != "" && strings.HasPrefix(name, "--") {
		return usage("unrecognized arguments: %s; did you mean %s?", args[0], best)
	}
	return usage("unrecognized arguments: %s", args[0])
}

// isFlag reports whether an argument would be read as a flag if it were not
// the value of one: `-m --autogenerate` lacks its message.
func (p *permuter) isFlag(arg string) bool {
	name, _, _ := strings.Cut(arg, "=")
	f, _, err := p.find(name)
	return f != nil || err != nil
}

// find looks a flag up: among the command's first, then among the global ones,
// which may stand behind the command too.
func (p *permuter) find(name string) (*flagInfo, *[]string, error) {
	if p.command != nil {
		f, err := p.command.find(name)
		if f != nil || err != nil {
			return f, &p.after, err
		}
	}
	f, err := p.global.find(name)
	return f, &p.before, err
}

type flagInfo struct {
	name       string
	takesValue bool
}

// flags are the flags of a command by every name, with their dashes.
type flags map[string]*flagInfo

func flagTable(list []cli.Flag) flags {
	t := flags{}
	for _, f := range list {
		_, isBool := f.(*cli.BoolFlag)
		names := f.Names()
		info := &flagInfo{name: names[0], takesValue: !isBool}
		for _, n := range names {
			t[dashes(n)] = info
		}
	}
	return t
}

// addHelp adds the flag that every command has.
func (t flags) addHelp() {
	help := &flagInfo{name: "help"}
	t["--help"], t["-h"] = help, help
}

func dashes(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

// find is the flag of that name, or the only long one that begins so.
func (t flags) find(name string) (*flagInfo, error) {
	if f := t[name]; f != nil {
		return f, nil
	}
	if !strings.HasPrefix(name, "--") {
		return nil, nil
	}
	var found []string
	for n := range t {
		if strings.HasPrefix(n, name) {
			found = append(found, n)
		}
	}
	slices.Sort(found)
	switch len(found) {
	case 0:
		return nil, nil
	case 1:
		return t[found[0]], nil
	}
	return nil, usage("ambiguous option: %s could match %s", name, strings.Join(found, ", "))
}
