package autogen_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// everyday is a change as a team makes it in the models of an application: several
// things at once, with rows in the tables.
type everyday struct {
	name          string
	on            []testdb.Kind // nil for every server
	unnamed       bool          // without a naming convention
	schemas       []string      // to make beside the default one
	options       autogen.Options
	before, after func(m *schema.Metadata)
	rows          []string  // statements, between the two
	up, down      [2]string // a query for one value after the upgrade and the downgrade, and that value; none if empty
	anyNames      bool      // the names of constraints may be others than in a new database
}

// TestEverydayChanges takes servers through changes of each kind, with
// GOMIG_TEST_LONG also grouped and not grouped by table: the upgrade leads to what
// a new database would be and keeps the rows, the downgrade to what was, and the
// upgrade runs again.
func TestEverydayChanges(t *testing.T) {
	t.Parallel()
	for _, kind := range testdb.Kinds() {
		t.Run(kind.String(), func(t *testing.T) {
			t.Parallel()
			s := onServer(t, kind)
			batchings := []autogen.Batching{autogen.BatchAuto}
			if long() {
				batchings = append(batchings, autogen.BatchAlways, autogen.BatchNever)
			}
			for _, c := range slices.Concat(everydayTables(), everydayColumns(), everydayTypes(), everydayKeys(), everydayNames(), everydayOwn()) {
				if c.on != nil && !slices.Contains(c.on, kind) {
					continue
				}
				for _, c.options.Batch = range batchings {
					if err := c.goes(s); err != nil && !errors.Is(err, errRefused) {
						t.Errorf("%s, batching %d: %v\n%s", c.name, c.options.Batch, err, strings.Join(s.log, ";\n"))
					}
				}
			}
		})
	}
}

// errRefused ends a change that TiDB refuses, which the other servers never do.
var errRefused = errors.New("TiDB refuses it")

func (c everyday) goes(s *server) error {
	if _, err := c.reach(s, c.after, true); err != nil {
		return fmt.Errorf("in a new database: %w", err)
	}
	fresh, err := s.holds(c.options)
	if err != nil {
		return err
	}
	if _, err := c.reach(s, c.before, true); err != nil {
		return fmt.Errorf("before: %w", err)
	}
	first, err := s.holds(c.options)
	if err != nil {
		return err
	}
	if err := s.exec(c.rows...); err != nil {
		return err
	}
	r, err := c.reach(s, c.after, false)
	if err != nil {
		return err
	}
	if err := c.stands(s, fresh, c.anyNames, c.up); err != nil {
		return fmt.Errorf("after upgrading: %w\nby%s", err, spell(r.Upgrade))
	}
	s.log = nil
	if refuses(r, "downgrade") {
		return errRefused
	}
	if err := s.run(r.Downgrade); s.unsupported(err) {
		return errRefused
	} else if err != nil {
		return fmt.Errorf("downgrading: %w\nby%s", err, spell(r.Downgrade))
	}
	if err := c.stands(s, first, false, c.down); err != nil {
		return fmt.Errorf("after downgrading: %w\nby%s", err, spell(r.Downgrade))
	}
	s.log = nil
	if err := s.run(r.Upgrade); err != nil {
		return fmt.Errorf("upgrading again: %w\nby%s", err, spell(r.Upgrade))
	}
	if err := c.stands(s, fresh, c.anyNames, c.up); err != nil {
		return fmt.Errorf("after upgrading again: %w\nby%s", err, spell(r.Upgrade))
	}
	return nil
}

// reach leads a database, emptied or as it is, to a declaration, from which it
// then does not differ.
func (c everyday) reach(s *server, declare func(m *schema.Metadata), empty bool) (*autogen.Result, error) {
	var convention schema.NamingConvention
	if !c.unnamed {
		convention = schema.DefaultNaming
	}
	m := schema.NewMetadata(schema.Options{NamingConvention: convention})
	declare(m)
	o := c.options
	o.Metadata = []*schema.Metadata{m}
	if empty {
		if err := s.reset(); err != nil {
			return nil, err
		}
		for _, name := range c.schemas {
			if err := s.exec("CREATE SCHEMA " + name); err != nil {
				return nil, err
			}
		}
		o.Renames = nil
	}
	r, err := autogen.Compare(s.ctx, s.d, s.conn, o)
	if err != nil {
		return nil, err
	}
	s.log = nil
	if refuses(r, "upgrade") {
		return nil, errRefused
	}
	if err := s.run(r.Upgrade); s.unsupported(err) {
		return nil, errRefused
	} else if err != nil {
		return nil, fmt.Errorf("upgrading: %w\nby%s", err, spell(r.Upgrade))
	}
	o.Renames = nil
	left, err := autogen.Compare(s.ctx, s.d, s.conn, o)
	switch {
	case err != nil:
		return nil, err
	case !left.Empty() || len(left.Detected) > 0:
		return nil, fmt.Errorf("left over after upgrading: %q%s\nby%s", left.Detected, spell(left.Upgrade), spell(r.Upgrade))
	case len(r.Warnings)+len(left.Warnings) > 0 && !refuses(r, "downgrade"):
		return nil, fmt.Errorf("warnings %q, then %q", r.Warnings, left.Warnings)
	}
	return r, nil
}

// stands tells how a database is not what it should be, or a query not its value.
func (c everyday) stands(s *server, want *dialect.Reflection, anyNames bool, query [2]string) error {
	got, err := s.holds(c.options)
	if err != nil {
		return err
	}
	var named map[string]bool
	if anyNames {
		named = map[string]bool{}
	}
	if diff := s.differ(want, got, named); diff != "" {
		return fmt.Errorf("not what it should be (-want +got):\n%s", diff)
	}
	if query[0] == "" {
		return nil
	}
	s.asked++ // in the text, for pgx keeps what it knows of a statement, and the change has made that wrong
	var value string
	err = s.conn.QueryRowContext(s.ctx, fmt.Sprintf("%s -- %d", query[0], s.asked)).Scan(&value)
	if err == nil && value != query[1] {
		err = fmt.Errorf("%s gives %q, want %q", query[0], value, query[1])
	}
	return err
}
