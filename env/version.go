package env

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script/revision"
)

const (
	versionColumn = "version_num"
	versionLength = 32 // characters of a revision id, as Alembic has it
)

// versionTable is Alembic's version table, declared like any other: a database
// may move between Alembic and gomig.
func versionTable(o Options) *schema.Table {
	name := o.VersionTable
	if name == "" {
		name = defaultVersionTable
	}
	items := []schema.TableItem{schema.Column(versionColumn, schema.String(versionLength), schema.NotNull())}
	if !o.NoVersionTablePK {
		items = append(items, schema.PrimaryKeyConstraint(name+"_pkc", versionColumn))
	}
	if o.VersionTableSchema != "" {
		items = append(items, schema.InSchema(o.VersionTableSchema))
	}
	return schema.NewTable(name, items...)
}

// readHeads reads the rows of the version table, sorted; exists is false if
// there is no such table.
func (m *Migration) readHeads(ctx context.Context) (heads []string, exists bool, err error) {
	exists, err = m.dialect.HasTable(ctx, m.conn, m.version.Name)
	if err != nil || !exists {
		return nil, exists, err
	}
	name, err := dialect.QuoteName(m.dialect, m.version.Name)
	if err != nil {
		return nil, true, err
	}
	column, err := m.dialect.Quote(versionColumn)
	if err != nil {
		return nil, true, err
	}
	rows, err := m.conn.QueryContext(ctx, "SELECT "+column+" FROM "+name)
	if err != nil {
		return nil, true, fmt.Errorf("reading the version table %q: %w", m.version.Name, err)
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, true, fmt.Errorf("reading the version table %q: %w", m.version.Name, err)
		}
		heads = append(heads, id)
	}
	slices.Sort(heads)
	return heads, true, rows.Err()
}

// CurrentHeads are the rows of the version table, sorted; none if there is no
// such table (get_current_heads). Offline it is where the script starts.
func (m *Migration) CurrentHeads(ctx context.Context) ([]string, error) {
	if m.conn == nil {
		return m.startingHeads()
	}
	if m.closed {
		return nil, errClosed
	}
	heads, _, err := m.readHeads(ctx)
	return heads, err
}

// CurrentRevision is the row of the version table, empty if there is none. If
// there are several, that is an error (get_current_revision).
func (m *Migration) CurrentRevision(ctx context.Context) (string, error) {
	heads, err := m.CurrentHeads(ctx)
	if err != nil || len(heads) == 0 {
		return "", err
	}
	if len(heads) > 1 {
		return "", fmt.Errorf("version table %q has more than one head present: %s; ask for CurrentHeads", m.version.Name, strings.Join(heads, ", "))
	}
	return heads[0], nil
}

// checkIDs refuses, before anything runs, a revision id that the version table
// cannot hold. An existing table may have been made wider; SQLite does not mind.
func (m *Migration) checkIDs(ctx context.Context, p revision.Plan, exists bool) error {
	longest := ""
	for _, s := range p.Steps {
		for _, c := range s.Changes {
			if utf8.RuneCountInString(c.New) > utf8.RuneCountInString(longest) {
				longest = c.New
			}
		}
	}
	if utf8.RuneCountInString(longest) <= versionLength || slices.Contains(m.dialect.Names(), "sqlite") {
		return nil
	}
	room := versionLength
	if m.conn == nil && m.options.StartingRevision+m.task.Start != "" {
		return nil // a script cannot know what table it will find
	}
	if exists {
		t, err := m.catalog().Table(ctx, m.version.Name)
		if err != nil {
			return err
		}
		room = columnRoom(t)
	}
	if utf8.RuneCountInString(longest) <= room {
		return nil
	}
	return fmt.Errorf("revision id %q has %d characters, and the version table %q holds %d: give the revision a shorter id, or widen the column %s",
		longest, utf8.RuneCountInString(longest), m.version.Name, room, versionColumn)
}

// columnRoom is how long an id of a version table may be.
func columnRoom(t *schema.Table) int {
	for _, c := range t.Columns {
		if s, ok := c.Type.Def().(schema.StringType); ok && c.Name == versionColumn && s.Length > 0 {
			return s.Length
		}
	}
	return math.MaxInt
}

// startingHeads are the rows that a script finds, as the command or the options say.
func (m *Migration) startingHeads() ([]string, error) {
	start := m.task.Start
	if m.options.StartingRevision != "" {
		start = m.options.StartingRevision
	}
	if start == "" {
		return nil, nil
	}
	nodes, err := m.graph.Resolve(start, nil)
	if err != nil {
		return nil, err
	}
	return revision.IDs(nodes), nil
}

// createVersionTable creates the version table.
func (m *Migration) createVersionTable(ctx context.Context) error {
	r := runner{m: m}
	if err := r.Run(ctx, ddl.CreateTable{Table: m.version}); err != nil {
		return fmt.Errorf("creating the version table %q: %w", m.version.Name, err)
	}
	return nil
}

// purge empties the version table.
func (m *Migration) purge(ctx context.Context) error {
	r := runner{m: m}
	if err := r.Run(ctx, ddl.DeleteRows{Table: m.version.Name}); err != nil {
		return fmt.Errorf("emptying the version table %q: %w", m.version.Name, err)
	}
	return nil
}

// changeRow makes one change of the version table, which must hit one row.
func (m *Migration) changeRow(ctx context.Context, c revision.RowChange) error {
	statements, err := dialect.Compile(ctx, m.dialect, nil, m.rowStatement(c))
	if err != nil {
		return err
	}
	for _, q := range statements {
		q.OneRow = c.Op != revision.InsertRow
		if err := m.sink.exec(ctx, q); err != nil {
			return fmt.Errorf("changing the version table %q: %w", m.version.Name, err)
		}
	}
	return nil
}

func (m *Migration) rowStatement(c revision.RowChange) ddl.Statement {
	cell := func(id string) ddl.Assignment {
		return ddl.Assignment{Column: versionColumn, Value: schema.Literal(id)}
	}
	switch c.Op {
	case revision.UpdateRow:
		return ddl.UpdateRows{Table: m.version.Name, Set: []ddl.Assignment{cell(c.New)}, Where: []ddl.Assignment{cell(c.Old)}}
	case revision.DeleteRow:
		return ddl.DeleteRows{Table: m.version.Name, Where: []ddl.Assignment{cell(c.Old)}}
	case revision.InsertRow:
	}
	return ddl.InsertRows{Table: m.version.Name, Columns: []string{versionColumn}, Rows: [][]schema.Expr{{schema.Literal(c.New)}}}
}
