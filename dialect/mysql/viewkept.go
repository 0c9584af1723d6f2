package mysql

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// readViews reads views of a schema, all or one, as far as no statement must be asked
// for each: name, query, check option, security, definer, account at hand, algorithm.
func (d *Dialect) readViews(ctx context.Context, conn dialect.Conn, where string, each func(*row)) error {
	algorithm := "''"
	if d.is(MariaDB) {
		algorithm = "ALGORITHM"
	}
	return query(ctx, conn, "SELECT TABLE_NAME, VIEW_DEFINITION, CHECK_OPTION, SECURITY_TYPE, DEFINER, CURRENT_USER(), "+algorithm+
		" FROM information_schema.VIEWS WHERE "+where+" ORDER BY TABLE_NAME", each)
}

// viewOwn are the options of a view as the catalogue has them, defaults too.
func viewOwn(w *row) []schema.Option {
	out := []schema.Option{definerOf(w.text(4), w.text(5)), SQLSecurity(w.text(3))}
	if w.text(6) != "" {
		out = append(out, ViewAlgorithm(w.text(6)))
	}
	return out
}

// viewAlgorithm asks for what MySQL and TiDB say of a view in its statement alone.
func (d *Dialect) viewAlgorithm(ctx context.Context, conn dialect.Conn, name schema.Name) (out ViewAlgorithm, err error) {
	q, err := dialect.QuoteName(d, name)
	if err != nil {
		return "", err
	}
	err = query(ctx, conn, "SHOW CREATE VIEW "+q, func(w *row) {
		if rest, ok := strings.CutPrefix(w.text(1), "CREATE ALGORITHM="); ok {
			algorithm, _, _ := strings.Cut(rest, " ")
			out = ViewAlgorithm(algorithm)
		}
	})
	return out, err
}

// options spells the options of a view that is created: those that are said and, of
// one that is replaced, those that it has. CREATE OR REPLACE would forget them. note
// is what a script that cannot know them says of that.
func (d *Dialect) options(ctx context.Context, cat dialect.Catalog, s ddl.CreateObject) (text, note string, err error) {
	opts := s.Object.Options
	says := func(key string) bool {
		return slices.ContainsFunc(opts, func(o schema.Option) bool { return o.OptionKey() == key })
	}
	var open []string
	for _, o := range []struct {
		word string
		key  schema.Option
	}{{"ALGORITHM", ViewUndefined}, {"DEFINER", DefinerOption{}}, {"SQL SECURITY", SecurityDefiner}} {
		if !says(o.key.OptionKey()) {
			open = append(open, o.word)
		}
	}
	switch {
	case !s.Replace || s.Whole || len(open) == 0:
	case cat == nil || cat.Conn() == nil:
		note = "-- A script cannot know what the view has of " + strings.Join(open, ", ") + ": op.With says it in the revision, else it is the default from now on.\n"
	default:
		had, err := d.viewHas(ctx, cat.Conn(), s.Object.Name, !says(ViewUndefined.OptionKey()))
		if err != nil {
			return "", "", err
		}
		for _, o := range had {
			if !says(o.OptionKey()) && !d.PlainViewOption(o) {
				opts = schema.SetOption(opts, o)
			}
		}
	}
	text, err = d.viewOptions(opts)
	return text, note, err
}

// viewHas are the options of a view; none if there is no such view.
func (d *Dialect) viewHas(ctx context.Context, conn dialect.Conn, name schema.Name, algorithm bool) (out []schema.Option, err error) {
	wrap := func(err error) error { return fmt.Errorf("reading what the view has: %w", err) }
	where := "TABLE_SCHEMA = " + d.schemaText(name.Schema) + " AND TABLE_NAME = " + d.quotedText(name.Name)
	if err := d.readViews(ctx, conn, where, func(w *row) { out = viewOwn(w) }); err != nil {
		return nil, wrap(err)
	}
	if len(out) == 0 || !algorithm || d.is(MariaDB) {
		return out, nil
	}
	a, err := d.viewAlgorithm(ctx, conn, name)
	if err != nil {
		return nil, wrap(fmt.Errorf("%w: its ALGORITHM is told to who has SHOW VIEW and SELECT on it: grant that, or say op.With(mysql.ViewUndefined)", err))
	}
	if a != "" {
		out = append(out, a)
	}
	return out, nil
}
