package dialect

import (
	"context"
	"reflect"
	"slices"

	"github.com/gomig-dev/gomig/schema"
)

// View is a view as a server has it.
type View struct {
	Name         schema.Name
	Materialized bool
	Definition   string             // its query with what follows it (WITH CHECK OPTION), in the server's words
	Canonical    string             // the same in the form that is compared; empty if it could not be read
	Columns      []string           // "name type" each, where they decide whether it can be replaced in place; else nil
	Outside      bool               // it is in none of the schemas that were asked for ([Scope.Dependents])
	Uses         []ViewUse          // what it rests on, where the server refuses changes below a view; nil where it does not say
	Indexes      []*schema.IndexDef // of a materialized view
	Options      string             // properties beside the query that a new view would not have, such as MySQL's SQL SECURITY; empty for none
	Own          []schema.Option    // what of that is said with the view ([ViewOptions]), by key, defaults too
	Beside       ViewBeside
}

// ViewBeside is what a view has that no definition says and that is lost when the
// view is dropped and made again. Only a [ViewOptioner] can give it back.
type ViewBeside struct {
	Owner    string // if it is another user than the one who reads
	Foreign  bool   // the one who reads may not do what the owner may
	Comments []ViewComment
	Defaults []ViewDefault
	Grants   []ViewGrant
	Lost     []string // what SetViewOptions does not bring back, as people name it: trigger 'audit'
}

// ViewComment is the comment on a view, or on a column of it.
type ViewComment struct {
	Column string // empty for the view itself
	Text   string
}

// ViewDefault is the default of a column of a view that rows can be put into.
type ViewDefault struct {
	Column string
	Expr   string // in the server's words
}

// ViewGrant is a privilege on a view, or on a column of it.
type ViewGrant struct {
	Privilege string
	Column    string // empty for the view itself
	To        string // empty for everybody
	Grantable bool   // it may be given to others
	Revoked   bool   // a privilege that a new view has by default and this one has not
}

// Of is the part that belongs to the chosen columns; the column "" stands for the
// view itself.
func (b ViewBeside) Of(chosen func(column string) bool) ViewBeside {
	if !chosen("") {
		b.Owner, b.Foreign = "", false
	}
	b.Comments = slices.DeleteFunc(slices.Clone(b.Comments), func(c ViewComment) bool { return !chosen(c.Column) })
	b.Defaults = slices.DeleteFunc(slices.Clone(b.Defaults), func(d ViewDefault) bool { return !chosen(d.Column) })
	b.Grants = slices.DeleteFunc(slices.Clone(b.Grants), func(g ViewGrant) bool { return !chosen(g.Column) })
	return b
}

// Empty reports whether there is nothing to give back; Lost does not count.
func (b ViewBeside) Empty() bool {
	return b.Owner == "" && len(b.Comments)+len(b.Defaults)+len(b.Grants) == 0
}

// ViewUse is a table or view that a view rests on, with the columns.
type ViewUse struct {
	Name    schema.Name
	Columns []string
}

// Viewer is a dialect with views. Without it declared views are an error.
type Viewer interface {
	// Views reads the views in scope, by name.
	Views(ctx context.Context, conn Conn, scope Scope) ([]View, error)
	// NormalizeViews makes views in a scratch place, in the order given, on the
	// tables given and what else the database holds, and reads them back. One that
	// the server refuses is in the map of errors. Names have no default schema. Own are
	// the options that a view declares, as the server keeps them.
	NormalizeViews(ctx context.Context, conn Conn, tables []*schema.Table, views []*schema.View) ([]View, map[schema.Name]error, error)
}

// ViewOptions is a dialect with options that are said with a view, in a declaration
// and in an operation. Without it there are none.
type ViewOptions interface {
	// SameViewOption reports whether two options of one key say the same of a view.
	SameViewOption(a, b schema.Option) bool
	// PlainViewOption reports whether a new view has an option where none is said.
	PlainViewOption(o schema.Option) bool
	// LocalViewOption reports whether an option names what other databases may not
	// have, such as an account.
	LocalViewOption(o schema.Option) bool
}

// OwnViewOptions are the options that must be said of a view as it was read: those
// that hold anywhere, and those that name what other databases may not have.
func OwnViewOptions(d Dialect, v View) (own, local []schema.Option) {
	rules, ok := d.(ViewOptions)
	if !ok {
		return nil, nil
	}
	for _, o := range v.Own {
		switch {
		case rules.PlainViewOption(o):
		case rules.LocalViewOption(o):
			local = append(local, o)
		default:
			own = append(own, o)
		}
	}
	return own, local
}

// ViewOptioner is a dialect that can set, in statements of their own, what a view has
// beside its query. Without it no view has anything beside it.
type ViewOptioner interface {
	// SetViewOptions sets the options of a view, and gives it what it has beside
	// them, as far as there is any.
	SetViewOptions(v View) ([]string, error)
}

// TypeFinder tells types apart that may be named with their schema or without.
// Without it types are the same if they say the same.
type TypeFinder interface {
	// SameType reports whether two types are one and the same in a database as it was reflected.
	SameType(found *Reflection, a, b schema.Type) bool
}

// Replacing says how one view may take the place of another.
type Replacing uint8

// How a view is replaced.
const (
	ReplaceNever   Replacing = iota // it is dropped and made again
	ReplaceGrowing                  // in place, if the first columns stay as they are; more may follow
	ReplaceAny                      // in place
)

// Sequencer is a dialect with sequences that stand by themselves. Without it
// declared sequences are an error.
type Sequencer interface {
	// Sequences reads the sequences of these names, as far as they are there, in
	// canonical form.
	Sequences(ctx context.Context, conn Conn, names []schema.Name) ([]*schema.Sequence, error)
	// CanonicalSequence is a sequence with all that its declaration leaves to the
	// server: type, bounds, start, step, cache. It changes nothing in s.
	CanonicalSequence(s *schema.Sequence) *schema.Sequence
}

// ReadObjects reads the views and sequences that a reflection only names among
// its Others, as far as the dialect knows them. What cannot be read, such as a
// view whose query is kept from this user, stays where it is.
func ReadObjects(ctx context.Context, d Dialect, conn Conn, scope Scope, r *Reflection) error {
	read := map[Object]bool{}
	if viewer, ok := d.(Viewer); ok && slices.ContainsFunc(r.Others, func(o Object) bool { return o.Kind == "view" || o.Kind == "materialized view" }) {
		views, err := viewer.Views(ctx, conn, scope)
		if err != nil {
			return err
		}
		for _, v := range views {
			o := Object{Kind: "view", Name: v.Name}
			if v.Materialized {
				o.Kind = "materialized view"
			}
			if v.Definition != "" && slices.Contains(r.Others, o) {
				r.Views, read[o] = append(r.Views, v), true
			}
		}
	}
	if s, ok := d.(Sequencer); ok {
		var names []schema.Name
		for _, o := range r.Others {
			if o.Kind == "sequence" && (scope.Include == nil || scope.Include(o.Name)) {
				names = append(names, o.Name)
			}
		}
		if len(names) > 0 {
			list, err := s.Sequences(ctx, conn, names)
			if err != nil {
				return err
			}
			for _, q := range list {
				r.Sequences, read[Object{Kind: "sequence", Name: q.Name}] = append(r.Sequences, q), true
			}
		}
	}
	slices.SortFunc(r.Views, func(a, b View) int { return a.Name.Compare(b.Name) })
	slices.SortFunc(r.Sequences, func(a, b *schema.Sequence) int { return a.Name.Compare(b.Name) })
	r.Others = slices.DeleteFunc(r.Others, func(o Object) bool { return read[o] })
	return nil
}

// PlainSequence is a sequence as people declare it: without the numbers that the
// server would choose itself.
func PlainSequence(s Sequencer, q *schema.Sequence) *schema.Sequence {
	out := *q
	full := s.CanonicalSequence(q)
	for _, forget := range []func(*schema.Numbers){
		func(n *schema.Numbers) { n.Cache = 0 },
		func(n *schema.Numbers) { n.Max = nil },
		func(n *schema.Numbers) { n.Min = nil },
		func(n *schema.Numbers) { n.Start = 0 },
		func(n *schema.Numbers) { n.Increment = 0 },
		func(n *schema.Numbers) { n.Type = "" },
	} {
		try := out
		forget(&try.Numbers)
		if reflect.DeepEqual(s.CanonicalSequence(&try), full) {
			out = try
		}
	}
	return &out
}
