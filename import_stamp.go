package gomig

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script/revision"
)

// ImportStamp reads from the database which migrations another tool has
// applied, and brings the version table to the revision that these are. It needs
// the compiled environment. The other tool's table, empty for its usual one,
// stays as it is.
func ImportStamp(ctx context.Context, c *Config, tool Tool, table string) error {
	name, err := tool.table(table)
	if err != nil {
		return fmt.Errorf("stamping: %w", err)
	}
	g, err := c.graph(places)
	if err != nil {
		return err
	}
	_, err = c.run(ctx, g, env.Task{
		Plan: func(ctx context.Context, m *env.Migration, heads []string) (revision.Plan, error) {
			target, err := applied(ctx, m, tool, schema.SplitName(name), g)
			if err != nil {
				return revision.Plan{}, fmt.Errorf("reading %s of %s: %w", name, tool, err)
			}
			return g.Stamp(heads, target)
		},
		Writes: true, EnsureTable: true, Destination: "what " + string(tool) + " has applied",
	})
	return err
}

// applied is the revision that a database is at by the account of another tool.
func applied(ctx context.Context, m *env.Migration, tool Tool, table schema.Name, g *revision.Map) (string, error) {
	conn, err := m.Conn()
	if err != nil {
		return "", err
	}
	there, err := m.Dialect().HasTable(ctx, conn, table)
	if err != nil {
		return "", err
	}
	if !there {
		return "", fmt.Errorf("there is no such table in this database; has %s migrated it, or does it use another --table?", tool)
	}
	quoted, err := dialect.QuoteName(m.Dialect(), table)
	if err != nil {
		return "", err
	}
	if tool == GolangMigrate {
		numbers, err := migrateApplied(ctx, conn, quoted)
		if err != nil {
			return "", err
		}
		return revisionAt(g, numbers, newest)
	}
	numbers, err := gooseApplied(ctx, conn, quoted)
	if err != nil {
		return "", err
	}
	return revisionAt(g, numbers, all)
}

// account says what a tool's table tells.
type account uint8

const (
	all    account = iota // every migration that is applied
	newest                // the last one
)

// gooseApplied are the versions whose last row says that they are applied.
func gooseApplied(ctx context.Context, conn dialect.Conn, table string) (map[string]bool, error) {
	seen, out := map[int64]bool{}, map[string]bool{}
	err := rows(ctx, conn, "SELECT version_id, is_applied FROM "+table+" ORDER BY id DESC", func(scan func(...any) error) error {
		var version int64
		var is bool
		if err := scan(&version, &is); err != nil {
			return err
		}
		if is && !seen[version] && version > 0 { // goose begins with a row for 0
			out[strconv.FormatInt(version, 10)] = true
		}
		seen[version] = true
		return nil
	})
	return out, err
}

// migrateApplied is the one version that golang-migrate keeps; -1 is none.
func migrateApplied(ctx context.Context, conn dialect.Conn, table string) (map[string]bool, error) {
	out := map[string]bool{}
	err := rows(ctx, conn, "SELECT version, dirty FROM "+table, func(scan func(...any) error) error {
		var version int64
		var dirty bool
		if err := scan(&version, &dirty); err != nil {
			return err
		}
		if dirty {
			return fmt.Errorf("migration %d failed half way (dirty): put the database right, and say so by `migrate force VERSION`", version)
		}
		if version >= 0 {
			out[strconv.FormatInt(version, 10)] = true
		}
		return nil
	})
	return out, err
}

func rows(ctx context.Context, conn dialect.Conn, query string, f func(scan func(...any) error) error) (err error) {
	list, err := conn.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, list.Close()) }()
	for list.Next() {
		if err := f(list.Scan); err != nil {
			return err
		}
	}
	return list.Err()
}

// revisionAt is the newest revision among numbers. Where they are all that is
// applied, one that is missing below the newest is an error.
func revisionAt(g *revision.Map, numbers map[string]bool, are account) (string, error) {
	byNumber := map[string]*revision.Node{}
	for _, n := range g.All() {
		byNumber[plainNumber(n.ID())] = n
	}
	var at *revision.Node
	for _, number := range slices.Sorted(maps.Keys(numbers)) {
		n := byNumber[number]
		if n == nil {
			return "", fmt.Errorf("%s is applied, and there is no revision of that number; import the folder that holds it first", number)
		}
		if at == nil || follows(n, at) {
			at = n
		}
	}
	if at == nil {
		return "base", nil
	}
	for n := at; are == all && len(n.Down()) > 0; {
		n = n.Down()[0]
		if number := plainNumber(n.ID()); !numbers[number] && strings.Trim(number, "0123456789") == "" {
			return "", fmt.Errorf("%s is applied, and %s, which comes before it, is not; apply it with the other tool first", at.ID(), n.ID())
		}
	}
	return at.ID(), nil
}

// follows reports whether a revision comes behind another.
func follows(n, other *revision.Node) bool {
	for len(n.Down()) > 0 {
		n = n.Down()[0]
		if n == other {
			return true
		}
	}
	return false
}

// plainNumber is a number without the zeros in front.
func plainNumber(id string) string {
	if s := strings.TrimLeft(id, "0"); s != "" {
		return s
	}
	return "0"
}
