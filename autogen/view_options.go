package autogen

import (
	"slices"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// withoutLocal are views without the options that other databases may not have.
func withoutLocal(d dialect.Dialect, v dialect.View) dialect.View {
	v.Own, _ = dialect.OwnViewOptions(d, v)
	return v
}

// with is a view as operations say it, with options.
func (v *viewChanges) with(w *view, opts []schema.Option) ddl.Object {
	o := w.object()
	o.Options = opts
	return o
}

// option is the option of a view that another is compared with; nil if nothing is
// said of that.
func (v *view) option(key string) schema.Option {
	if v == nil {
		return nil
	}
	if i := slices.IndexFunc(v.Own, func(o schema.Option) bool { return o.OptionKey() == key }); i >= 0 {
		return v.Own[i]
	}
	return nil
}

// sameOptions reports whether no option says something else on the two sides. What
// only one of them says stays as the database has it.
func (v *viewChanges) sameOptions(old, next *view) bool {
	rules, ok := v.c.dialect.(dialect.ViewOptions)
	return !ok || !slices.ContainsFunc(old.Own, func(o schema.Option) bool {
		n := next.option(o.OptionKey())
		return n != nil && !rules.SameViewOption(o, n)
	})
}

// said are the options that a view is made with: its own and, where it says nothing
// of one, that of the view in whose place it comes. Other may be nil.
func (v *viewChanges) said(w, other *view) (out []schema.Option) {
	rules, ok := v.c.dialect.(dialect.ViewOptions)
	if !ok {
		return nil
	}
	opts := slices.Clone(w.Own)
	if other != nil {
		for _, o := range other.Own {
			if w.option(o.OptionKey()) == nil {
				opts = schema.SetOption(opts, o)
			}
		}
	}
	return slices.DeleteFunc(opts, rules.PlainViewOption)
}

// replacing are the options that a view gets which is put in the place of another, and
// those of the other that become others. What does not change stays anyhow, but for a
// script, which does not know it: it is said. An account that no declaration names is
// not, for it may be another in each database.
func (v *viewChanges) replacing(old, next *view) (say, was []schema.Option) {
	rules, ok := v.c.dialect.(dialect.ViewOptions)
	if !ok {
		return nil, nil
	}
	plain, undeclared := rules.PlainViewOption, func(o schema.Option) bool {
		return rules.LocalViewOption(o) && (old.option(o.OptionKey()) == nil || next.option(o.OptionKey()) == nil)
	}
	for _, o := range v.said(next, old) {
		if !undeclared(o) {
			say = append(say, o)
		}
	}
	for _, o := range old.Own {
		n := next.option(o.OptionKey())
		if n == nil || rules.SameViewOption(o, n) {
			continue
		}
		was = append(was, o)
		if plain(n) { // else it is said already
			say = schema.SetOption(say, n)
		}
	}
	return say, was
}
