// Package autogen finds the operations that lead from what a database holds to
// what is declared, and back.
//
// Both sides are brought to the dialect's canonical form and compared by plain
// functions. Where rules cannot tell whether two expressions say the same, the
// server itself normalises the declared table in a scratch place, for those
// tables alone. Operations carry what the user wrote, not what the server made of
// it; the downgrade is the same comparison with the sides exchanged.
//
// A comparison goes through these steps: [Compare] reads both sides (side.go),
// applies hooks (filter.go) and renames (rename.go), compares table by table
// (table.go, one file an aspect), puts the operations into an order in which they
// run (compare.go), views around them (views.go), and those of one table together
// (bytable.go).
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
	// Scratch opens another connection to normalise on (--dev-url). It is called only
	// when rules do not decide; nil normalises on the connection that is compared.
	Scratch func(ctx context.Context) (*Scratch, error)
	// Renames are further renames of tables and columns, each as [Rename.String]
	// spells it (--rename), beside those that schema.RenamedFrom declares.
	Renames []string
	Hooks   // what the environment decides itself
}

// Scratch is a connection to a server on which declared tables and views are made
// for a moment, to be read back in the server's words.
type Scratch struct {
	Dialect dialect.Dialect
	Conn    dialect.Conn
	Close   func() error // gives the connection back; not nil
	Warning string       // why its answers are doubtful, such as another version than the database's; empty for no doubt
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
	Stays     []string       // those of Warnings that are about the downgrade: what it leaves as the upgrade made it
	Likely    []Rename       // what is dropped and added, and looks like a rename that nobody declared
	Unused    []string       // those of Options.Renames of which this database has no old name
}

// Empty reports whether there is no difference.
func (r *Result) Empty() bool { return len(r.Upgrade) == 0 }

// ErrNoMetadata says that nothing is declared.
var ErrNoMetadata = errors.New("no metadata to compare with: give your schema.Metadata as TargetMetadata in env.go")

// Compare reflects the database and compares it with the declaration. What cannot
// be read or compared is a warning in the result; an error is a declaration that
// cannot be, a server that does not answer, or a hook's own.
func Compare(ctx context.Context, d dialect.Dialect, conn dialect.Conn, o Options) (*Result, error) {
	declared, err := gather(o)
	if err != nil {
		return nil, err
	}
	r := &Result{}
	c := &comparer{dialect: d, options: o, undecided: map[schema.Name]bool{}}
	have, want, err := c.read(ctx, conn, declared, r)
	if err != nil {
		return nil, err
	}
	c.filterNames(have, want)
	renames := c.rename(have, want)
	r.Unused = renames.unused()
	r.Warnings = append(r.Warnings, c.leaveCarried(have, want)...)
	c.leaveStanding(have, want)
	c.filterObjects(have, want)
	c.mergeKeys(have, want)
	// The first comparison finds out what only the server can decide.
	same := len(c.diff(have, want)) == 0 && len(c.detected)+len(c.warnings)+len(c.undecided)+len(renames.ops) == 0
	if len(c.undecided) > 0 {
		r.Warnings = append(r.Warnings, c.normalize(ctx, conn, want)...)
	}
	warnings, err := c.readObjects(ctx, conn, c.options.scope(declared), have, want)
	if err != nil {
		return nil, err
	}
	r.Warnings = append(r.Warnings, warnings...)
	for _, q := range have.sequences {
		q.Owner = renamedOwner(renames.ops, q.Owner)
		c.standsAlone(q.Owner, have, want)
	}
	// No difference is the most frequent answer; comparing twice more would only cost time.
	if !same || !have.empty() || !want.empty() {
		if err := c.operations(have, want, renames, r); err != nil {
			return nil, err
		}
	}
	return r, c.compareOwn(ctx, conn, have, want, r)
}

// read reflects the database and brings both sides to canonical form. Declared
// tables that cannot be compared are left out, with a warning.
func (c *comparer) read(ctx context.Context, conn dialect.Conn, declared []*schema.Table, r *Result) (have, want *side, err error) {
	ahead := declaredAhead(c.dialect, declared)
	c.found, err = c.dialect.Reflect(ctx, conn, c.options.scope(declared))
	made := ahead()
	if err != nil {
		return nil, nil, fmt.Errorf("reflecting the database: %w", err)
	}
	c.options.VersionTable = foldName(c.options.VersionTable, c.found.DefaultSchema)
	c.found.Tables = slices.DeleteFunc(c.found.Tables, func(t *schema.Table) bool { return c.othersVersions(t, declared) })
	want, err = declaredSide(c.dialect, c.found.DefaultSchema, declared, made, c.options.include())
	if err != nil {
		return nil, nil, err
	}
	have = reflectedSide(c.found, c.options.includeReflected(), want)
	for _, p := range c.found.Problems {
		if p.Object.Kind == "schema" && c.options.IncludeName != nil && !c.options.IncludeName(SchemaKind, p.Object.Name.Name, Parents{}) {
			continue
		}
		r.Warnings = append(r.Warnings, fmt.Sprintf("%s %q could not be read and is left alone: %v", p.Object.Kind, p.Object.Name, p.Err))
		if p.Object.Kind == "table" {
			want.drop(p.Object.Name) // it is not created again
		}
	}
	r.Warnings = append(r.Warnings, want.leaveTaken(c.found.Others)...)
	return have, want, nil
}

// operations fills in what leads from one side to the other, and back.
func (c *comparer) operations(have, want *side, renames *renamer, r *Result) error {
	c.detected, c.warnings = nil, nil
	parents := func(n schema.Name) []schema.Name { return slices.Concat(c.parentsOn(have, n), c.parentsOn(want, n)) }
	r.Upgrade = byTable(c.withViews(have, want, slices.Concat(renames.ops, c.diff(have, want))), parents)
	if err := nameable(c.dialect, r.Upgrade); err != nil {
		return err
	}
	c.down = true
	r.Downgrade = byTable(c.withViews(want, have, slices.Concat(c.diff(want, have), renames.undo())), parents)
	r.Detected = slices.Concat(renames.lines, c.detected)
	r.Stays = c.stays
	r.Likely = c.likely(have, want)
	r.Warnings = append(r.Warnings, c.warnings...)
	r.Warnings = append(r.Warnings, warnRefused(c.dialect, upward, r.Upgrade)...)
	r.Warnings = append(r.Warnings, warnRefused(c.dialect, downward, r.Downgrade)...)
	return nil
}

// scope is what of the database takes part: the schemas of the declared tables, or
// all. Before the database is reflected it is not known which schema is the default
// one, so that a version table which names it is left out only afterwards.
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

// othersVersions reports whether a table is the version table of another environment:
// it stands in another schema, under the same name and with the one column, and
// nobody declares it. Alembic drops it.
func (c *comparer) othersVersions(t *schema.Table, declared []*schema.Table) bool {
	own := c.options.VersionTable
	return t.Name.Name == own.Name && t.Name != own && len(t.Columns) == 1 &&
		!slices.ContainsFunc(declared, func(d *schema.Table) bool { return foldName(d.Name, c.found.DefaultSchema) == t.Name })
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
