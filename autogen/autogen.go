// Package autogen finds the operations that lead from what a database holds to
// what is declared, and back.
//
// Both sides are brought to the dialect's canonical form and compared by plain
// functions. Where rules cannot tell whether two expressions say the same, the
// server itself normalises the declared table in a scratch place, for those
// tables alone. Directives carry what the user wrote, not what the server made
// of it; the way down is the same comparison the other way round.
package autogen

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// Options say what is compared.
type Options struct {
	Metadata       []*schema.Metadata // what is declared; a table in two of them is an error
	VersionTable   schema.Name        // left out of the comparison
	IncludeSchemas bool               // all schemas, not only those that are declared (include_schemas)
	// IncludeTable reports whether a table takes part, on either side; nil for all.
	// Names carry no schema where it is the connection's default one.
	IncludeTable func(name schema.Name) bool
	// IgnoreTypes and IgnoreDefaults leave column types and server defaults
	// uncompared (compare_type=False, compare_server_default=False).
	IgnoreTypes    bool
	IgnoreDefaults bool
	// CompareColumnOrder compares the order of columns too, and moves them where the
	// database can (MySQL, MariaDB, TiDB, SQLite by a copy); elsewhere a warning says
	// so. Without it the order counts only as the place of a new column.
	CompareColumnOrder bool
	// Batch groups the changes of a table (render_as_batch); the zero value leaves
	// it to the dialect.
	Batch Batching
	// Scratch gives another connection to normalise on (--dev-url), and what gives
	// it back. It is asked only when rules do not decide. Nil uses the connection
	// that is compared.
	Scratch func(ctx context.Context) (*Scratch, error)
	// Renames are new names of tables and columns, as Rename.String says them
	// (--rename), beside those that are declared by schema.RenamedFrom.
	Renames []string
	Hooks   // of the environment's own
}

// Scratch is a place to normalise in.
type Scratch struct {
	Dialect dialect.Dialect
	Conn    dialect.Conn
	Close   func() error
	Warning string // what makes its answers doubtful, such as another version; empty for nothing
}

// Batching says whether the changes of one table are grouped in one op.AlterTable.
type Batching uint8

// The ways of grouping.
const (
	BatchAuto   Batching = iota // where each change alone could cost a copy of the table (SQLite)
	BatchAlways                 // always (render_as_batch=True)
	BatchNever                  // never
)

// Result is what a comparison found.
type Result struct {
	Upgrade   []op.Operation // from the database to the declaration
	Downgrade []op.Operation // and back
	Detected  []string       // one line a difference, in Alembic's words behind "Detected": "added table 'account'"
	Warnings  []string       // what could not be compared
	Stays     []string       // of Warnings, what the way back leaves as it is
	Likely    []Rename       // what is dropped and added, and looks like a rename that nobody declared
	Unused    []string       // of Options.Renames, what nothing in this database goes by
}

// Empty reports whether there is no difference.
func (r *Result) Empty() bool { return len(r.Upgrade) == 0 }

// ErrNoMetadata says that nothing is declared.
var ErrNoMetadata = errors.New("no metadata to compare with: give your schema.Metadata as TargetMetadata in env.go")

// Compare reflects the database and compares it with the declaration.
func Compare(ctx context.Context, d dialect.Dialect, conn dialect.Conn, o Options) (*Result, error) {
	declared, err := gather(o)
	if err != nil {
		return nil, err
	}
	ahead := declaredAhead(d, declared)
	found, err := d.Reflect(ctx, conn, o.scope(declared))
	made := ahead()
	if err != nil {
		return nil, fmt.Errorf("reflecting the database: %w", err)
	}
	o.VersionTable = foldName(o.VersionTable, found.DefaultSchema)
	want, err := declaredSide(d, found.DefaultSchema, declared, made, o.include())
	if err != nil {
		return nil, err
	}
	have := reflectedSide(found, o.includeReflected(), want)
	r := &Result{}
	for _, p := range found.Problems {
		r.Warnings = append(r.Warnings, fmt.Sprintf("%s %q could not be read and is left alone: %v", p.Object.Kind, p.Object.Name, p.Err))
		want.drop(p.Object.Name) // a table that cannot be read is not created again
	}
	r.Warnings = append(r.Warnings, want.leaveTaken(found.Others)...)
	c := &comparer{dialect: d, options: o, found: found, undecided: map[schema.Name]bool{}}
	c.filterNames(have, want)
	renames := c.rename(have, want)
	r.Warnings = append(r.Warnings, c.leaveCarried(have, want)...)
	c.filterObjects(have, want)
	c.mergeKeys(have, want)
	same := len(c.diff(have, want)) == 0 && len(c.detected)+len(c.warnings)+len(c.undecided)+len(renames.ops) == 0
	if len(c.undecided) > 0 {
		r.Warnings = append(r.Warnings, c.normalize(ctx, conn, want)...)
	}
	warnings, err := c.readObjects(ctx, conn, o.scope(declared), found.DefaultSchema, have, want)
	if err != nil {
		return nil, err
	}
	r.Warnings = append(r.Warnings, warnings...)
	for _, q := range have.sequences {
		q.Owner = renamedOwner(renames.ops, q.Owner)
		c.standsAlone(q.Owner, have, want)
	}
	r.Unused = renames.unused()
	if same && have.empty() && want.empty() { // what is asked most often, and costs most of the time to be found twice more
		return r, c.compareOwn(ctx, conn, found, have, want, r)
	}
	c.detected, c.warnings = nil, nil
	parents := func(n schema.Name) []schema.Name { return slices.Concat(c.parentsOn(have, n), c.parentsOn(want, n)) }
	r.Upgrade = byTable(c.withViews(have, want, slices.Concat(renames.ops, c.diff(have, want))), parents)
	if err := nameable(d, r.Upgrade); err != nil {
		return nil, err
	}
	c.down = true
	r.Downgrade = byTable(c.withViews(want, have, slices.Concat(c.diff(want, have), renames.undo())), parents)
	r.Detected = slices.Concat(renames.lines, c.detected)
	r.Stays = c.stays
	r.Likely = c.likely(have, want)
	r.Warnings = append(r.Warnings, c.warnings...)
	return r, c.compareOwn(ctx, conn, found, have, want, r)
}

// scope is what of the database takes part: the schemas of the declared tables,
// or all. Which schema is the default one is not known before it is reflected,
// so the version table is looked for once more then.
func (o Options) scope(declared []*schema.Table) dialect.Scope {
	s := dialect.Scope{AllSchemas: o.IncludeSchemas, Include: o.includeReflected()}
	for _, t := range declared {
		if n := t.Name.Schema; n != "" && !slices.Contains(s.Schemas, n) {
			s.Schemas = append(s.Schemas, n)
		}
	}
	return s
}

// include is the filter of tables by name: the version table never takes part.
func (o Options) include() func(schema.Name) bool {
	return func(n schema.Name) bool {
		return n != o.VersionTable && (o.IncludeTable == nil || o.IncludeTable(n))
	}
}

// gather is the declared tables of all metadata.
func gather(o Options) ([]*schema.Table, error) {
	if len(o.Metadata) == 0 {
		return nil, ErrNoMetadata
	}
	var all []*schema.Table
	seen := map[schema.Name]bool{}
	for _, m := range o.Metadata {
		if m == nil {
			return nil, ErrNoMetadata
		}
		if err := m.Err(); err != nil {
			return nil, err
		}
		for _, t := range m.Tables() {
			if seen[t.Name] {
				return nil, fmt.Errorf("table %q is declared in two metadata; declare it once", t.Name)
			}
			seen[t.Name] = true
			all = append(all, t)
		}
	}
	return all, nil
}

// quoted is a name in the quotes of Alembic's messages.
func quoted(parts ...string) string { return "'" + strings.Join(parts, ".") + "'" }

// tuple is a list of columns in the quotes of Alembic's messages.
func tuple(columns []string) string {
	out := make([]string, len(columns))
	for i, c := range columns {
		out[i] = quoted(c)
	}
	return "'(" + strings.Join(out, ", ") + ")'"
}
