package gomig

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/gen"
	"github.com/gomig-dev/gomig/internal/foreign"
	"github.com/gomig-dev/gomig/internal/inspect"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
)

// baseline makes one revision of a whole history: that of its head, which stands
// for all others and makes the schema of a database that the tool has migrated.
func (w *importer) baseline(ctx context.Context) ([]rendered, script.Place, error) {
	fail := func(err error) ([]rendered, script.Place, error) { return nil, script.Place{}, err }
	if w.passed > 0 || w.graph.Len() > 0 {
		return fail(fmt.Errorf("there are revisions in %s already; a baseline is the first", w.dir.Dir()))
	}
	head, err := onlyHead(w.list)
	if err != nil {
		return fail(err)
	}
	var s *inspect.Schema
	err = w.config.connected(ctx, w.options.Schema, func(d dialect.Dialect, conn dialect.Conn) error {
		if err := standsAt(ctx, d, conn, head.ID); err != nil {
			return err
		}
		var err error
		s, err = inspect.Read(ctx, d, conn, inspect.Filter{})
		return err
	})
	if err != nil {
		return fail(err)
	}
	place, err := w.place(head)
	if err != nil {
		return fail(err)
	}
	data := gen.Data{
		Message:    head.Message + "\n\nThe schema that " + string(w.tool) + " made up to " + filepath.Base(head.File) + "; it stands for all revisions before.",
		UpRevision: head.ID,
	}
	var lead []string
	for _, n := range slices.Concat(s.Notes, s.ViewOptions()) {
		w.config.log().Warn("not in the baseline: " + n)
		lead = append(lead, "Not made here: "+n)
	}
	up := autogen.Create(s.Dialect, s.Reflection)
	var down []op.Operation
	for _, o := range slices.Backward(up) {
		down = append(down, op.Undo(o))
	}
	if data.Upgrades, err = gen.Body(up, gen.BodyOptions{Lead: lead}); err != nil {
		return fail(err)
	}
	if data.Downgrades, err = gen.Body(down, gen.BodyOptions{}); err != nil {
		return fail(err)
	}
	src, err := w.config.frame(w.dir, place, data)
	if err != nil {
		return fail(err)
	}
	b := script.Baseline{ID: head.ID}
	for _, m := range w.list {
		b.Labels = append(b.Labels, m.Labels...)
		if m.ID != head.ID {
			b.Replaces = append(b.Replaces, m.ID)
		}
	}
	if src, err = script.SetBaseline(place.Path, src, b); err != nil {
		return fail(err)
	}
	return []rendered{{path: place.Path, content: src, revision: true}}, place, nil
}

// onlyHead is the one revision that no other follows.
func onlyHead(list []foreign.Migration) (head foreign.Migration, err error) {
	var heads []string
	for _, m := range list {
		if !slices.ContainsFunc(list, func(n foreign.Migration) bool { return slices.Contains(n.Parents, m.ID) }) {
			head = m
			heads = append(heads, m.ID)
		}
	}
	if len(heads) != 1 {
		return head, fmt.Errorf("it has several heads (%s), and a baseline is one revision: merge them first", strings.Join(heads, ", "))
	}
	return head, nil
}

// standsAt refuses a database that another tool has not brought to a revision.
func standsAt(ctx context.Context, d dialect.Dialect, conn dialect.Conn, id string) error {
	there, err := d.HasTable(ctx, conn, schema.Name{Name: inspect.VersionTable})
	if err != nil {
		return err
	}
	if !there {
		return errors.New("the database of --schema has no table " + inspect.VersionTable + ": Alembic has not migrated it")
	}
	table, err := dialect.QuoteName(d, schema.Name{Name: inspect.VersionTable})
	if err != nil {
		return err
	}
	rows, err := conn.QueryContext(ctx, "SELECT version_num FROM "+table+" ORDER BY version_num")
	if err != nil {
		return fmt.Errorf("reading %s: %w", inspect.VersionTable, err)
	}
	defer func() { _ = rows.Close() }()
	var at []string
	for rows.Next() {
		var v string
		if err := rows.Scan(&v); err != nil {
			return fmt.Errorf("reading %s: %w", inspect.VersionTable, err)
		}
		at = append(at, v)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("reading %s: %w", inspect.VersionTable, err)
	}
	if !slices.Equal(at, []string{id}) {
		return fmt.Errorf("the database of --schema is at %s, and the last revision is %s: bring it there first", commas(at), id)
	}
	return nil
}
