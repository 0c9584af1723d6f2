package dialecttest

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// Diff says how two lists of tables differ, empty if they do not. The order of
// tables does not matter, all else does.
func Diff(want, got []*schema.Table) string {
	return cmp.Diff(byName(want), byName(got), exact...)
}

var exact = cmp.Options{
	cmp.Exporter(func(t reflectType) bool { return true }),
	cmpopts.IgnoreFields(schema.Table{}, "errs"),
	cmpopts.EquateEmpty(),
}

func byName(tables []*schema.Table) []*schema.Table {
	out := slices.Clone(tables)
	slices.SortFunc(out, func(a, b *schema.Table) int { return a.Name.Compare(b.Name) })
	return out
}

// roundTrip declares, creates, reflects, creates again from what was reflected,
// and drops. The database is empty before and after.
func (s *session) roundTrip(tables []*schema.Table) (err error) {
	for _, t := range tables {
		if err := t.Err(); err != nil {
			return err
		}
	}
	defer func() {
		if err != nil {
			s.clear(tables)
			err = fmt.Errorf("%w\ndeclared as:\n%s", err, s.script(tables))
		}
	}()
	if err := s.run(create(tables)...); err != nil {
		return err
	}
	first, err := s.agree(tables)
	if err != nil {
		return err
	}
	if err := s.run(drop(tables)...); err != nil {
		return err
	}
	if err := s.isEmpty(); err != nil {
		return err
	}
	if err := s.run(create(inOrder(first, tables))...); err != nil {
		return fmt.Errorf("creating what was reflected: %w", err)
	}
	second, err := s.reflect()
	if err != nil {
		return err
	}
	if d := Diff(first, second); d != "" {
		return fmt.Errorf("what was reflected, created again, differs (-first +second):\n%s", d)
	}
	return s.run(drop(tables)...)
}

// agree reflects and compares with the canonical form of what was declared.
func (s *session) agree(tables []*schema.Table) ([]*schema.Table, error) {
	got, err := s.reflect()
	if err != nil {
		return nil, err
	}
	var again, want []*schema.Table
	for _, t := range got {
		again = append(again, s.d.Canonical(t))
	}
	if d := Diff(got, again); d != "" {
		return nil, fmt.Errorf("what was reflected is not in canonical form (-reflected +canonical):\n%s", d)
	}
	for _, t := range tables {
		before := t.Clone()
		want = append(want, s.d.Canonical(t))
		if d := Diff([]*schema.Table{before}, []*schema.Table{t}); d != "" {
			return nil, fmt.Errorf("the canonical form changed the declaration (-before +after):\n%s", d)
		}
	}
	again = nil
	for _, t := range want {
		again = append(again, s.d.Canonical(t))
	}
	if d := Diff(want, again); d != "" {
		return nil, fmt.Errorf("the canonical form is not idempotent (-once +twice):\n%s", d)
	}
	return got, s.same(tables, want, got)
}

// same compares declared tables with reflected ones: by rules, and where they
// do not decide, by the server itself.
func (s *session) same(declared, want, got []*schema.Table) error {
	verdicts := &verdicts{d: s.d}
	got = unname(s.d, want, got, verdicts.option())
	if d := cmp.Diff(byName(want), byName(got), append(slices.Clone(exact), verdicts.option())...); d != "" {
		return fmt.Errorf("reflected is not what was declared (-declared +reflected):\n%s", d)
	}
	if !verdicts.undecided {
		return nil
	}
	n, ok := s.d.(dialect.Normalizer)
	if !ok {
		if s.c.Rough {
			return nil
		}
		return fmt.Errorf("rules leave open whether these are equal, and there is no Normalizer:\n%s", cmp.Diff(byName(want), byName(got), exact...))
	}
	normal, refused, err := n.Normalize(s.ctx, s.conn, declared, nil)
	if err != nil {
		return fmt.Errorf("normalizing: %w", err)
	}
	for name, err := range refused {
		return fmt.Errorf("normalizing table %q: %w", name, err)
	}
	if d := Diff(unname(s.d, want, normal, verdicts.option()), got); d != "" {
		return fmt.Errorf("reflected is not what the server made of the declaration (-normalized +reflected):\n%s", d)
	}
	return nil
}

func (s *session) isEmpty() error {
	r, err := s.d.Reflect(s.ctx, s.conn, dialect.Scope{})
	if err != nil {
		return err
	}
	if len(r.Tables)+len(r.Enums)+len(r.Others)+len(r.Problems) > 0 {
		return fmt.Errorf("something is left after dropping all: %d tables, enumerations %v, others %v, problems %v", len(r.Tables), r.Enums, r.Others, r.Problems)
	}
	return nil
}

// inOrder gives tables in the order of the list like.
func inOrder(tables, like []*schema.Table) []*schema.Table {
	out := slices.Clone(tables)
	at := func(t *schema.Table) int {
		return slices.IndexFunc(like, func(u *schema.Table) bool { return u.Name == t.Name })
	}
	slices.SortFunc(out, func(a, b *schema.Table) int { return at(a) - at(b) })
	return out
}

// script is the SQL that makes the tables, for messages.
func (s *session) script(tables []*schema.Table) string {
	var b strings.Builder
	for _, stmt := range create(tables) {
		list, err := dialect.Compile(s.ctx, s.d, nil, stmt)
		if err != nil {
			fmt.Fprintf(&b, "-- %T: %v\n", stmt, err)
		}
		for _, q := range list {
			b.WriteString(q.Text + ";\n")
		}
	}
	return b.String()
}

var errExpected = errors.New("expected an error")
