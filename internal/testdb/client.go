package testdb

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// Client runs a script of SQL with the server's own command-line client and
// returns what it printed: one line a row, columns separated by tabs, no
// headings. The first statement that fails ends the script and fails the test. A missing
// client is judged as a missing server is.
func (d *DB) Client(t testing.TB, script string) string {
	t.Helper()
	out, err := d.RunClient(t.Context(), script)
	apply(t, d.Kind, err, full)
	return out
}

// RunClient is [DB.Client] outside tests and for scripts that are to fail: the
// error then holds what the client said.
func (d *DB) RunClient(ctx context.Context, script string) (string, error) {
	cmd, err := d.ClientCommand(ctx)
	if err != nil {
		return "", err
	}
	var stdout, stderr bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(script), &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return stdout.String(), fmt.Errorf("running a script with %s: %w: %s", cmd.Args[0], err, strings.TrimSpace(stderr.String()))
	}
	return stdout.String(), nil
}

// ClientCommand returns the command that runs a script from its standard input
// on the database, or an [UnavailableError] if there is no client.
func (d *DB) ClientCommand(ctx context.Context) (*exec.Cmd, error) {
	switch d.Kind {
	case KindSQLite:
		return d.sqliteClient(ctx)
	case KindPostgres:
		return d.postgresClient(ctx)
	default:
		return d.mysqlClient(ctx)
	}
}

func (d *DB) sqliteClient(ctx context.Context) (*exec.Cmd, error) {
	path, ok := program(nil, "sqlite3")
	if !ok {
		return nil, &UnavailableError{d.Kind, "the client sqlite3 was not found", "install sqlite3 (apt-get install sqlite3)"}
	}
	return exec.CommandContext(ctx, path, "-batch", "-bail", "-init", os.DevNull, "-separator", "\t", d.Name), nil
}

func (d *DB) postgresClient(ctx context.Context) (*exec.Cmd, error) {
	path, ok := program(d.server.client, "psql")
	if !ok {
		return nil, &UnavailableError{d.Kind, "the client psql was not found", "install postgresql-client (apt-get install postgresql-client)"}
	}
	at := d.server.at
	cmd := exec.CommandContext(ctx, path, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-A", "-t", "-F", "\t")
	cmd.Env = append(quiet(os.Environ()), "PGHOST="+at.host, "PGPORT="+at.port, "PGUSER="+at.user,
		"PGDATABASE="+d.Name, "PGCLIENTENCODING=UTF8")
	if at.password != "" {
		cmd.Env = append(cmd.Env, "PGPASSWORD="+at.password)
	}
	if mode := at.query.Get("sslmode"); mode != "" {
		cmd.Env = append(cmd.Env, "PGSSLMODE="+mode)
	}
	return cmd, nil
}

// mysqlClient prefers the client of the server's own make, but either serves.
func (d *DB) mysqlClient(ctx context.Context) (*exec.Cmd, error) {
	names := []string{"mysql", "mariadb"}
	if d.Kind == KindMariaDB || d.Kind == KindTiDB {
		// TiDB's root has a password of the kind that MySQL 9's client no longer knows.
		names = []string{"mariadb", "mysql"}
	}
	path, ok := program(d.server.client, names...)
	if !ok {
		return nil, &UnavailableError{d.Kind, "neither client, mysql or mariadb, was found", "install mariadb-client (apt-get install mariadb-client)"}
	}
	at := d.server.at
	args := []string{
		"--no-defaults", "--protocol=tcp", "--host=" + at.host, "--port=" + at.port, "--user=" + at.user,
		"--batch", "--skip-column-names", "--default-character-set=utf8mb4",
	}
	if isMariaDB(ctx, path) {
		// From 11.4 on it demands a certificate that it can verify: https://mariadb.com/kb/en/mariadb-command-line-client/
		args = append(args, "--skip-ssl-verify-server-cert")
	}
	cmd := exec.CommandContext(ctx, path, append(args, d.Name)...)
	cmd.Env = quiet(os.Environ())
	if at.password != "" {
		cmd.Env = append(cmd.Env, "MYSQL_PWD="+at.password)
	}
	return cmd, nil
}
