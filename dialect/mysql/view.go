package mysql

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

var _ dialect.Viewer = (*Dialect)(nil)

// Views reads the views. The server keeps a view's text only for those who may
// look at it (SHOW VIEW); for others it is empty.
func (d *Dialect) Views(ctx context.Context, conn dialect.Conn, scope dialect.Scope) ([]dialect.View, error) {
	r := &reader{d: d, ctx: ctx, conn: conn, include: scope.Include}
	if err := r.begin(scope); err != nil {
		return nil, fmt.Errorf("reading the views: %w", err)
	}
	var out []dialect.View
	for _, in := range r.schemas {
		r.in = in
		err := d.readViews(ctx, conn, r.where("TABLE_SCHEMA", ""), func(w *row) {
			v := dialect.View{Name: r.name(w.text(0)), Definition: w.text(1), Own: viewOwn(w)}
			if r.include != nil && !r.include(v.Name) {
				return
			}
			if option := w.text(2); option != "NONE" && option != "" && v.Definition != "" {
				v.Definition += " WITH " + option + " CHECK OPTION"
			}
			v.Definition = d.respelled(at(v.Definition, serverMode, map[string]string{r.out.DefaultSchema: ""}))
			v.Canonical = v.Definition
			out = append(out, v)
		})
		if err == nil {
			err = r.finishViews(out)
		}
		if err != nil {
			return nil, fmt.Errorf("reading the views of schema %q: %w", in, err)
		}
	}
	return out, nil
}

// finishViews reads what is asked for view by view in the schema being read, and
// spells what views have that is not the server's default.
func (r *reader) finishViews(views []dialect.View) (err error) {
	for i := range views {
		v := &views[i]
		if v.Name != r.name(v.Name.Name) {
			continue
		}
		if v.Definition != "" && !r.d.is(MariaDB) { // who may not see the query may not see this
			a, err := r.d.viewAlgorithm(r.ctx, r.conn, v.Name)
			if err != nil {
				return err
			}
			if a != "" {
				v.Own = append(v.Own, a)
			}
		}
		own, local := dialect.OwnViewOptions(r.d, *v)
		text, err := r.d.viewOptions(slices.Concat(own, local))
		if err != nil {
			return err
		}
		v.Options = strings.TrimSpace(text)
	}
	return nil
}

// respelled is a query in the server's spelling as this session means it: where the
// backslash is an ordinary character, strings say it once.
func (d *Dialect) respelled(text string) string {
	tokens, err := lex(text, serverMode)
	if err != nil || !d.set.noBackslash {
		return text
	}
	var b strings.Builder
	at := 0
	for _, t := range tokens {
		if t.kind != stringToken {
			continue
		}
		b.WriteString(text[at:t.pos])
		if t.charset != "" {
			b.WriteString("_" + t.charset)
		}
		b.WriteString(d.quotedText(t.text))
		at = t.end
	}
	return b.String() + text[at:]
}

// NormalizeViews makes the views in scratch databases, as Normalize does with
// tables. What a view names without its schema is looked for in the session's
// own, so that the session is moved to the scratch database meanwhile.
func (d *Dialect) NormalizeViews(ctx context.Context, conn dialect.Conn, tables []*schema.Table, views []*schema.View) (_ []dialect.View, refused map[schema.Name]error, err error) {
	s := &scratch{d: d, conn: conn, databases: map[string]string{}}
	clean := context.WithoutCancel(ctx)
	wrap := func(err error) error { return fmt.Errorf("normalizing views: %w", err) }
	var home string
	if err := query(ctx, conn, "SELECT DATABASE()", func(r *row) { home = r.text(0) }); err != nil {
		return nil, nil, wrap(err)
	}
	defer func() {
		if home != "" {
			if _, e := conn.ExecContext(clean, "USE "+quoted(home)); e != nil {
				err = errors.Join(err, wrap(fmt.Errorf("moving the session back: %w", e)))
			}
		}
		if e := s.drop(clean); e != nil {
			err = errors.Join(err, wrap(e))
		}
	}()
	restore := quietBinlog(ctx, conn)
	defer restore(clean)
	if s.stem, err = scratchStem(ctx, conn); err != nil {
		return nil, nil, wrap(err)
	}
	if refused, err = s.create(ctx, tables); err != nil {
		return nil, nil, wrap(err)
	}
	if err := s.enter(ctx); err != nil {
		return nil, nil, wrap(err)
	}
	made := map[schema.Name]bool{}
	for _, t := range tables {
		made[t.Name] = true
	}
	for _, v := range views {
		why := s.createView(ctx, v, made)
		if why != nil && ctx.Err() != nil {
			return nil, nil, wrap(why)
		}
		if why != nil {
			refused[v.Name] = why
		}
		made[v.Name] = true
	}
	out, err := s.views(ctx, views)
	if err != nil {
		return nil, nil, wrap(err)
	}
	return out, refused, nil
}

// enter moves the session to the scratch database of the default schema.
func (s *scratch) enter(ctx context.Context) error {
	db, err := s.database(ctx, "")
	if err != nil {
		return err
	}
	_, err = s.conn.ExecContext(ctx, "USE "+quoted(db))
	return err
}

func (s *scratch) createView(ctx context.Context, v *schema.View, made map[schema.Name]bool) error {
	if v.Materialized {
		return s.d.noObject(ddl.Object{Kind: ddl.MaterializedViewKind, Name: v.Name})
	}
	db, err := s.database(ctx, v.Name.Schema)
	if err != nil {
		return err
	}
	body := requalified(v.Query, s.d.userMode(), func(in, name string, _ bool) (string, bool) {
		if in == s.d.set.database {
			in = ""
		}
		return s.databases[in], made[schema.Name{Schema: in, Name: name}]
	})
	o := ddl.Object{Kind: ddl.ViewKind, Name: schema.Name{Schema: db, Name: v.Name.Name}, Definition: body}
	if a, ok := schema.Find[ViewAlgorithm](v.Options); ok {
		o.Options = []schema.Option{a}
	}
	list, err := s.d.createObject(ctx, nil, ddl.CreateObject{Object: o})
	if err != nil {
		return err
	}
	_, err = s.conn.ExecContext(ctx, list[0].Text)
	return err
}

// views reads the views back and gives them their own names again.
func (s *scratch) views(ctx context.Context, views []*schema.View) ([]dialect.View, error) {
	var scope dialect.Scope
	back := map[string]string{} // scratch database → schema
	for in, db := range s.databases {
		scope.Schemas = append(scope.Schemas, db)
		back[db] = in
	}
	slices.Sort(scope.Schemas)
	got, err := s.d.Views(ctx, s.conn, scope)
	if err != nil {
		return nil, err
	}
	found := map[schema.Name]dialect.View{}
	for _, v := range got {
		if in, ok := back[v.Name.Schema]; ok { // it is the session's own for one of them
			v.Name.Schema = in
		}
		v.Definition = at(v.Definition, s.d.userMode(), back)
		v.Canonical = v.Definition
		found[v.Name] = v
	}
	var out []dialect.View
	for _, v := range views {
		if got, ok := found[v.Name]; ok {
			got.Own = keptOptions(v.Options, got.Own)
			out = append(out, got)
		}
	}
	return out, nil
}

// keptOptions are declared options as the server keeps them: it works no view out as a
// part of a query of which it cannot be one, and says UNDEFINED then.
func keptOptions(declared, made []schema.Option) []schema.Option {
	kept, is := schema.Find[ViewAlgorithm](made)
	if _, ok := schema.Find[ViewAlgorithm](declared); ok && is {
		return schema.SetOption(declared, kept)
	}
	return declared
}

// at has a view's text, in the server's words, name other databases; an empty
// name leaves it out.
func at(text string, mode lexMode, names map[string]string) string {
	return requalified(text, mode, func(in, _ string, certain bool) (string, bool) {
		to, ok := names[in]
		return to, ok && certain
	})
}

// requalified changes the databases before the names in SQL. change is asked for
// each name behind a point; certain says that a database must be meant, and not
// the table before a column. What cannot be read stays as it is.
func requalified(text string, mode lexMode, change func(in, name string, certain bool) (string, bool)) string {
	tokens, err := lex(text, mode)
	if err != nil {
		return text
	}
	name := func(i int) bool {
		return i < len(tokens) && (tokens[i].kind == identToken || tokens[i].kind == wordToken)
	}
	point := func(i int) bool { return i >= 0 && i < len(tokens) && tokens[i].is(".") }
	var b strings.Builder
	from := 0
	for i := range tokens {
		if !name(i) || !point(i+1) || !name(i+2) || point(i-1) {
			continue
		}
		certain := point(i+3) || i+3 < len(tokens) && tokens[i+3].is("(") || behindFrom(tokens[:i])
		to, ok := change(tokens[i].text, tokens[i+2].text, certain)
		if !ok {
			continue
		}
		b.WriteString(text[from:tokens[i].pos])
		from = tokens[i+2].pos
		if to != "" {
			b.WriteString(quoted(to) + ".")
		}
	}
	b.WriteString(text[from:])
	return b.String()
}

// behindFrom reports whether a table's name is what comes next.
func behindFrom(tokens []token) bool {
	for len(tokens) > 0 && tokens[len(tokens)-1].is("(") {
		tokens = tokens[:len(tokens)-1]
	}
	return len(tokens) > 0 && tokens[len(tokens)-1].is("FROM", "JOIN", "STRAIGHT_JOIN", "NEXTVAL", "LASTVAL", "SETVAL")
}
