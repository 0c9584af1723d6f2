package testdb

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Dump is the schema in the words of the server's own program (pg_dump,
// mysqldump, mariadb-dump, sqlite3 .schema), without rows and without what
// differs from one dump to the next. The tables of without are left out. A missing
// program is judged as a missing server is.
func (d *DB) Dump(t testing.TB, without ...string) string {
	t.Helper()
	out, err := d.dump(t.Context(), without)
	apply(t, d.Kind, err, full)
	return out
}

func (d *DB) dump(ctx context.Context, without []string) (string, error) {
	cmd, err := d.dumpCommand(ctx, without)
	if err != nil {
		return "", err
	}
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("dumping with %s: %w: %s", cmd.Args[0], err, strings.TrimSpace(stderr.String()))
	}
	return settled(stdout.String()), nil
}

func (d *DB) dumpCommand(ctx context.Context, without []string) (*exec.Cmd, error) {
	switch d.Kind {
	case KindSQLite:
		cmd, err := d.sqliteClient(ctx)
		if err != nil {
			return nil, err
		}
		skip := "''"
		for _, name := range without {
			skip += ", '" + strings.ReplaceAll(name, "'", "''") + "'"
		}
		cmd.Args = append(cmd.Args, "SELECT sql || ';' FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND tbl_name NOT IN ("+
			skip+") ORDER BY tbl_name, type DESC, name")
		return cmd, nil
	case KindPostgres:
		client, err := d.postgresClient(ctx)
		if err != nil {
			return nil, err
		}
		path, ok := program(d.server.client, "pg_dump")
		if !ok {
			return nil, &UnavailableError{d.Kind, "pg_dump was not found", "install postgresql-client (apt-get install postgresql-client)"}
		}
		args := []string{"--schema-only", "--no-owner", "--no-privileges"}
		for _, name := range without {
			args = append(args, "--exclude-table="+name)
		}
		cmd := exec.CommandContext(ctx, path, args...)
		cmd.Env = client.Env
		return cmd, nil
	default:
		client, err := d.mysqlClient(ctx)
		if err != nil {
			return nil, err
		}
		names := []string{"mysqldump", "mariadb-dump"}
		if d.Kind == KindMariaDB {
			names = []string{"mariadb-dump", "mysqldump"}
		}
		path, ok := program(d.server.client, names...)
		if !ok {
			return nil, &UnavailableError{d.Kind, "neither mysqldump nor mariadb-dump was found", "install mariadb-client (apt-get install mariadb-client)"}
		}
		args := []string{"--no-data", "--compact", "--skip-comments", "--routines", "--triggers", "--events"}
		for _, name := range without {
			args = append(args, "--ignore-table="+d.Name+"."+name)
		}
		cmd := exec.CommandContext(ctx, path)
		for _, a := range client.Args[1:] {
			switch a { // what only the client knows
			case "--batch", "--skip-column-names", d.Name:
			default:
				cmd.Args = append(cmd.Args, a)
			}
		}
		cmd.Args = append(append(cmd.Args, args...), d.Name)
		cmd.Env = client.Env
		return cmd, nil
	}
}

// unsettled are the parts of a dump that are of the moment, or of the session
// that made an object (MySQL keeps its collation).
var unsettled = regexp.MustCompile(`(?m)^(--.*|/\*!\d+ SET .*|\\(un)?restrict .*|SET .*|SELECT pg_catalog\.set_config.*)$| AUTO_INCREMENT=\d+| DEFINER=\S+| STARTS '[^']*'`)

// key is a key or a check in MySQL's CREATE TABLE. They stand in the order in
// which they were made, which means nothing.
var key = regexp.MustCompile(`^  ((UNIQUE |FULLTEXT |SPATIAL )?KEY|CONSTRAINT \S+ CHECK) `)

// settled is a dump without what differs from one to the next, without tabs and blank
// lines, and with MySQL's keys sorted.
func settled(dump string) string {
	var out []string
	keys := 0 // how many of the last lines are keys
	for line := range strings.Lines(unsettled.ReplaceAllString(dump, "")) {
		if line = strings.TrimRight(strings.ReplaceAll(line, "\t", "    "), " \r\n"); line != "" {
			out = append(out, line)
		}
		if keys++; !key.MatchString(line) {
			keys = 0
		}
		for i := len(out) - keys; i < len(out); i++ {
			out[i] = strings.TrimSuffix(out[i], ",") // the last of them has none
		}
		slices.Sort(out[len(out)-keys:])
	}
	return strings.Join(out, "\n") + "\n"
}
