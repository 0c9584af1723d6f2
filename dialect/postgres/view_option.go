package postgres

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// ViewSettingOption is a property of a view that is on or off. What a declaration
// does not name stays as it is.
type ViewSettingOption struct {
	Name string
	On   bool
}

const (
	securityBarrier = "security_barrier"
	securityInvoker = "security_invoker"
)

// SecurityBarrier keeps conditions of those who read a view from rows that the view
// leaves out. Off is the default.
// https://www.postgresql.org/docs/current/rules-privileges.html
func SecurityBarrier(on bool) ViewSettingOption { return ViewSettingOption{securityBarrier, on} }

// SecurityInvoker has what is below a view read with the rights, and by the row
// policies, of whoever reads the view, instead of its owner's (PostgreSQL 15). Off is
// the default.
// https://www.postgresql.org/docs/current/sql-createview.html
func SecurityInvoker(on bool) ViewSettingOption { return ViewSettingOption{securityInvoker, on} }

// OptionKey is postgresql. and the name.
func (o ViewSettingOption) OptionKey() string { return prefix + o.Name }

// Call spells the option in Go.
func (o ViewSettingOption) Call() schema.Call {
	if o.Name == securityBarrier {
		return call("SecurityBarrier", o.On)
	}
	return call("SecurityInvoker", o.On)
}

// AddToView sets the property.
func (o ViewSettingOption) AddToView(v *schema.View) { v.Options = schema.SetOption(v.Options, o) }

var _ dialect.ViewOptions = server{}

// SameViewOption reports whether both are on, or off.
func (server) SameViewOption(a, b schema.Option) bool { return a == b }

// PlainViewOption reports whether it is off.
func (server) PlainViewOption(o schema.Option) bool {
	setting, ok := o.(ViewSettingOption)
	return ok && !setting.On
}

// LocalViewOption is false: none names anything.
func (server) LocalViewOption(schema.Option) bool { return false }

// viewSettings are the properties of a view by what pg_class.reloptions says, one a
// line, those that are off too; rest is what else is said there.
func (s server) viewSettings(lines string) (out []schema.Option, rest []string) {
	barrier, invoker := SecurityBarrier(false), SecurityInvoker(false)
	for line := range strings.SplitSeq(lines, "\n") {
		switch name, value, _ := strings.Cut(line, "="); name {
		case "":
		case securityBarrier:
			barrier.On = truth(value)
		case securityInvoker:
			invoker.On = truth(value)
		default:
			rest = append(rest, line)
		}
	}
	out = schema.SetOption(out, barrier)
	if s.has.has(invokers) {
		out = schema.SetOption(out, invoker)
	}
	return out, rest
}

// truth reads a Boolean parameter as the server does: a beginning of true or yes, on, or 1.
// https://www.postgresql.org/docs/current/datatype-boolean.html
func truth(value string) bool {
	v := strings.ToLower(value)
	return v == "on" || v == "1" || v != "" && (strings.HasPrefix("true", v) || strings.HasPrefix("yes", v))
}

// withSettings spells the properties that a view is made with: those that are said
// and, of one that is replaced, those that it has. CREATE OR REPLACE would forget them.
func (s server) withSettings(ctx context.Context, cat dialect.Catalog, stmt ddl.CreateObject) (string, error) {
	var opts []schema.Option
	for _, o := range stmt.Object.Options {
		if setting, ok := o.(ViewSettingOption); ok && stmt.Object.Kind == ddl.ViewKind {
			opts = schema.SetOption(opts, setting)
		} else if strings.HasPrefix(o.OptionKey(), prefix) {
			return "", fmt.Errorf("%s is no option of %ss", o.OptionKey(), stmt.Object.Kind)
		}
	}
	if stmt.Replace && !stmt.Whole && stmt.Object.Kind == ddl.ViewKind && cat != nil && cat.Conn() != nil {
		had, err := s.settingsOf(ctx, cat.Conn(), stmt.Object.Name)
		if err != nil {
			return "", fmt.Errorf("reading what the view has: %w", err)
		}
		for _, o := range had {
			said := func(other schema.Option) bool { return other.OptionKey() == o.OptionKey() }
			if !slices.ContainsFunc(opts, said) {
				opts = schema.SetOption(opts, o)
			}
		}
	}
	var params []string
	for _, o := range opts {
		if setting := o.(ViewSettingOption); setting.On {
			if setting.Name == securityInvoker {
				if err := s.need(invokers, "postgres.SecurityInvoker", "15"); err != nil {
					return "", err
				}
			}
			params = append(params, setting.Name+" = true")
		}
	}
	if len(params) == 0 {
		return "", nil
	}
	return " WITH (" + strings.Join(params, ", ") + ")", nil
}

// settingsOf are the properties of a view that is there; none if there is no such view.
func (s server) settingsOf(ctx context.Context, conn dialect.Conn, name schema.Name) (out []schema.Option, err error) {
	q, err := dialect.QuoteName(s, name)
	if err != nil {
		return nil, err
	}
	regclass, err := literal(q)
	if err != nil {
		return nil, err
	}
	rows, err := conn.QueryContext(ctx, "SELECT array_to_string(reloptions, chr(10)) FROM pg_catalog.pg_class WHERE oid = to_regclass("+regclass+") AND relkind = 'v'")
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var lines text
		if err := rows.Scan(&lines); err != nil {
			return nil, err
		}
		out, _ = s.viewSettings(lines.String)
	}
	return out, rows.Err()
}
