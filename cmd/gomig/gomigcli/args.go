package gomigcli

import (
	"regexp"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// number is a relative revision, which is an argument and no flag: -1, +2.
var number = regexp.MustCompile(`^[-+]\d+$`)

// permute puts arguments into the order in which urfave/cli v2 reads them: it
// stops at the first argument that is no flag, so that `upgrade head --sql`
// would run the migration. Flags may stand anywhere; unique beginnings of long
// ones are completed, as argparse does; what follows "--" is left alone.
func permute(app *cli.App, args []string) ([]string, error) {
	p := permuter{global: flagTable(app.Flags)}
	p.global.add("help", "h", false)
	p.global.add("version", "v", false)
	for i := 0; i < len(args); i++ {
		arg := args[i]
		switch {
		case arg == "--generate-bash-completion":
			return args, nil
		case arg == "--":
			p.positional = append(p.positional, args[i+1:]...)
			i = len(args)
		case len(arg) < 2 || arg[0] != '-' || number.MatchString(arg):
			p.argument(app, arg)
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
	global, command flags
	name            string // of the command; empty before it is met
	before, after   []string
	positional      []string
}

func (p *permuter) argument(app *cli.App, arg string) {
	if p.name != "" {
		p.positional = append(p.positional, arg)
		return
	}
	p.name = arg
	p.command = flags{}
	if c := app.Command(arg); c != nil {
		p.command = flagTable(c.Flags)
	}
	p.command.add("help", "h", false)
}

func (p *permuter) result() []string {
	out := slices.Clone(p.before)
	if p.name == "" {
		return append(out, p.positional...)
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
		if f, to, err = p.find(args[0][:2]); err != nil {
			return 0, err
		}
		if f != nil && f.takesValue {
			name, value, hasValue = args[0][:2], args[0][2:], true
		} else {
			f = nil
		}
	}
	switch {
	case f == nil:
		return 0, usage("unrecognized arguments: %s", args[0])
	case !f.takesValue && hasValue:
		return 0, usage("argument --%s: ignored explicit argument %q", f.name, value)
	case !f.takesValue:
		*to = append(*to, "--"+f.name)
		return 0, nil
	case hasValue:
		*to = append(*to, "--"+f.name, value)
		return 0, nil
	case len(args) < 2 || args[1] == "--":
		return 0, usage("argument %s: expected one argument", name)
	}
	*to = append(*to, "--"+f.name, args[1])
	return 1, nil
}

// find looks a flag up: among the command's first, then among the global ones,
// which may stand behind the command too.
func (p *permuter) find(name string) (*flagInfo, *[]string, error) {
	if p.name != "" {
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

func (t flags) add(name, short string, takesValue bool) {
	if t[dashes(name)] != nil {
		return
	}
	info := &flagInfo{name: name, takesValue: takesValue}
	t[dashes(name)] = info
	if t[dashes(short)] == nil {
		t[dashes(short)] = info
	}
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
