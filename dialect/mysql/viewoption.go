package mysql

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// The properties that a view has beside its query. What a declaration does not
// name stays as it is.
type (
	// ViewAlgorithm is how a view is worked out (ALGORITHM).
	ViewAlgorithm string
	// SQLSecurity is whose rights a view is read with (SQL SECURITY).
	SQLSecurity string
	// DefinerOption is the account that a view, trigger, routine or event belongs to (DEFINER).
	DefinerOption struct {
		User, Host string
		Current    bool // it is the account at hand; as it was read User and Host say which
	}
)

// The ways to work a view out.
const (
	ViewUndefined ViewAlgorithm = "UNDEFINED" // the server chooses; the default
	ViewMerge     ViewAlgorithm = "MERGE"     // as a part of the query that reads it
	ViewTempTable ViewAlgorithm = "TEMPTABLE" // first, into a table of its own
)

// Whose rights count.
const (
	SecurityDefiner SQLSecurity = "DEFINER" // those of the account that the view belongs to; the default
	SecurityInvoker SQLSecurity = "INVOKER" // those of whoever reads it
)

// Definer is the account that a view, trigger, routine or event belongs to:
// Definer("app", "%"). In MariaDB one without a host is a role. To name another
// account than one's own takes the privilege SET_ANY_DEFINER (MySQL; SET_USER_ID
// before 8.2) or SET USER (MariaDB).
func Definer(user, host string) DefinerOption { return DefinerOption{User: user, Host: host} }

// CurrentUser has it belong to the account that runs the migration, which the
// server does where no other is said.
func CurrentUser() DefinerOption { return DefinerOption{Current: true} }

// OptionKey is mysql.view_algorithm.
func (ViewAlgorithm) OptionKey() string { return prefix + "view_algorithm" }

// OptionKey is mysql.sql_security.
func (SQLSecurity) OptionKey() string { return prefix + "sql_security" }

// OptionKey is mysql.definer.
func (DefinerOption) OptionKey() string { return prefix + "definer" }

// Call spells the option in Go.
func (o ViewAlgorithm) Call() schema.Call {
	names := map[ViewAlgorithm]string{ViewUndefined: "ViewUndefined", ViewMerge: "ViewMerge", ViewTempTable: "ViewTempTable"}
	return constant(names[o], "ViewAlgorithm", string(o))
}

// Call spells the option in Go.
func (o SQLSecurity) Call() schema.Call {
	names := map[SQLSecurity]string{SecurityDefiner: "SecurityDefiner", SecurityInvoker: "SecurityInvoker"}
	return constant(names[o], "SQLSecurity", string(o))
}

// Call spells the option in Go.
func (o DefinerOption) Call() schema.Call {
	if o.Current {
		return call("CurrentUser")
	}
	return call("Definer", o.User, o.Host)
}

func setView(v *schema.View, o schema.Option) { v.Options = schema.SetOption(v.Options, o) }

// AddToView sets the algorithm.
func (o ViewAlgorithm) AddToView(v *schema.View) { setView(v, o) }

// AddToView sets whose rights count.
func (o SQLSecurity) AddToView(v *schema.View) { setView(v, o) }

// AddToView sets the account.
func (o DefinerOption) AddToView(v *schema.View) { setView(v, o) }

var _ dialect.ViewOptions = (*Dialect)(nil)

// SameViewOption compares accounts as the server keeps them: hosts in any case.
func (d *Dialect) SameViewOption(a, b schema.Option) bool {
	x, ok := a.(DefinerOption)
	y, both := b.(DefinerOption)
	switch {
	case !ok || !both:
		return a == b
	case x.Current && y.Current:
		return true
	}
	return x.User == y.User && strings.EqualFold(x.Host, y.Host)
}

// PlainViewOption knows the server's defaults.
func (d *Dialect) PlainViewOption(o schema.Option) bool {
	definer, ok := o.(DefinerOption)
	return ok && definer.Current || o == ViewUndefined || o == SecurityDefiner
}

// LocalViewOption reports whether it names an account.
func (d *Dialect) LocalViewOption(o schema.Option) bool {
	definer, ok := o.(DefinerOption)
	return ok && !definer.Current
}

// definerOf is an account as the catalogue writes it: without quotes, with the host
// behind the last @, which no host holds.
func definerOf(text, current string) DefinerOption {
	o := DefinerOption{User: text, Current: text == current}
	if i := strings.LastIndexByte(text, '@'); i >= 0 {
		o.User, o.Host = text[:i], text[i+1:]
	}
	return o
}

// account quotes an account, in backquotes, which every sql_mode takes. Its user may
// have no name (anybody); one without a host is a role of MariaDB.
func (d *Dialect) account(user, host string) (string, error) {
	if user == "" && host == "" {
		return "", errors.New("an account is empty: say mysql.Definer(user, host)")
	}
	for _, s := range []string{user, host} {
		switch {
		case !utf8.ValidString(s):
			return "", fmt.Errorf("the account %q is not valid UTF-8", s)
		case strings.ContainsRune(s, 0):
			return "", fmt.Errorf("the account %q holds a NUL, which MySQL does not allow", s)
		case s != basicPlane(s):
			return "", fmt.Errorf("the account %q: MySQL keeps names in characters up to U+FFFF", s)
		}
	}
	if strings.Contains(host, "@") {
		return "", fmt.Errorf("the host %q of account %q holds an @, which MySQL does not allow", host, user)
	}
	if host == "" && d.is(MariaDB) {
		return quoted(user), nil
	}
	return quoted(user) + "@" + quoted(host), nil
}

// What stands before the account that an object belongs to, and the account at hand.
const (
	definerWord    = "DEFINER="
	currentDefiner = definerWord + "CURRENT_USER "
)

// definer spells the account that an object belongs to, with a blank behind it.
func (d *Dialect) definer(o DefinerOption) (string, error) {
	if o.Current {
		return currentDefiner, nil
	}
	account, err := d.account(o.User, o.Host)
	if err != nil {
		return "", err
	}
	return definerWord + account + " ", nil
}

// viewOptions spells options of a view, each with a blank behind it, in the order in
// which the server takes them. Those of other databases are left out.
func (d *Dialect) viewOptions(opts []schema.Option) (string, error) {
	var algorithm, definer, security string
	for _, o := range opts {
		switch o := o.(type) {
		case ViewAlgorithm:
			if o != ViewUndefined && o != ViewMerge && o != ViewTempTable {
				return "", fmt.Errorf("there is no algorithm %q of a view: use mysql.ViewMerge, ViewTempTable or ViewUndefined", string(o))
			}
			algorithm = "ALGORITHM=" + string(o) + " "
		case SQLSecurity:
			if o != SecurityDefiner && o != SecurityInvoker {
				return "", fmt.Errorf("there is no SQL SECURITY %q: use mysql.SecurityInvoker or SecurityDefiner", string(o))
			}
			security = "SQL SECURITY " + string(o) + " "
		case DefinerOption:
			var err error
			if definer, err = d.definer(o); err != nil {
				return "", err
			}
		default:
			if strings.HasPrefix(o.OptionKey(), prefix) {
				return "", fmt.Errorf("%s is no option of a view", o.OptionKey())
			}
		}
	}
	return algorithm + definer + security, nil
}
