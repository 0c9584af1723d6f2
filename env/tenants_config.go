package env

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	neturl "net/url"
	"os"
	"strconv"
	"strings"

	"github.com/gomig-dev/gomig/config"
)

// Tenants is what alembic.ini and the arguments say of the tenants; only the
// Options are for the environment to add. The names are, the first that is given:
//
//	-x tenant=NAME            as often as needed
//	-x retry=FILE             the names in a file, one a line, such as Failed wrote
//	tenants.names             in the main section of alembic.ini
//	tenants.query             a query for db, whose first column they are
//
// Further keys are tenants.parallel, tenants.stop_on_failure and tenants.failed,
// over which -x parallel=N, -x stop and -x failed=FILE win. db may be nil where
// the names do not come of a query.
func (e *Context) Tenants(ctx context.Context, db *sql.DB) (Tenants, error) {
	var t Tenants
	if err := e.tenantSettings(&t); err != nil {
		return t, err
	}
	if t.Names = e.xValues("tenant"); len(t.Names) > 0 {
		return t, nil
	}
	if file, ok := e.XArgument("retry"); ok {
		text, err := os.ReadFile(file)
		if err != nil {
			return t, fmt.Errorf("reading the tenants to run again (-x retry): %w", err)
		}
		for line := range strings.Lines(string(text)) {
			if line = strings.TrimSpace(line); line != "" {
				t.Names = append(t.Names, line)
			}
		}
		return t, nil
	}
	var err error
	if t.Names, err = e.list("tenants.names"); err != nil || len(t.Names) > 0 {
		return t, err
	}
	query, err := e.setting("tenants.query", "")
	switch {
	case err != nil:
		return t, err
	case e.setup.Task.History: // nobody is in a scratch database; which tenant it stands for is no matter
		t.Names = []string{"any"}
		return t, nil
	case query == "":
		return t, errors.New("there is no list of tenants: add tenants.names or tenants.query to alembic.ini, or name them by -x tenant=NAME")
	case db == nil:
		return t, errors.New("a script needs the names of the tenants, and tenants.query needs a database to ask: name them by -x tenant=NAME")
	}
	if t.Names, err = firstColumn(ctx, db, query); err != nil {
		return t, fmt.Errorf("asking for the tenants (tenants.query): %w", err)
	}
	return t, nil
}

func (e *Context) tenantSettings(t *Tenants) error {
	parallel, err := e.setting("tenants.parallel", "parallel")
	if err != nil {
		return err
	}
	if parallel != "" {
		if t.Parallel, err = strconv.Atoi(parallel); err != nil || t.Parallel < 1 {
			return fmt.Errorf("tenants.parallel: %q is not a number of tenants", parallel)
		}
	}
	stop, err := e.setting("tenants.stop_on_failure", "stop")
	if err != nil {
		return err
	}
	if _, bare := e.XArgument("stop"); bare && stop == "" {
		stop = "true" // -x stop
	}
	if stop != "" {
		if t.StopOnFailure, err = config.Truth(stop); err != nil {
			return fmt.Errorf("tenants.stop_on_failure: %w", err)
		}
	}
	t.Failed, err = e.setting("tenants.failed", "failed")
	return err
}

// setting is the argument -x, or else a key of the main section.
func (e *Context) setting(key, x string) (string, error) {
	if value, ok := e.XArgument(x); ok && x != "" {
		return value, nil
	}
	if e.setup.Config == nil {
		return "", nil
	}
	value, _, err := e.setup.Config.MainOption(key)
	return strings.TrimSpace(value), err
}

// TenantURL is the URL of a tenant's own database: `tenants.url` in alembic.ini
// with the name in place of {tenant}. It is empty if there is no such key: the
// tenants then are schemas of one database.
func (e *Context) TenantURL(name string) (string, error) {
	url, err := e.setting("tenants.url", "")
	if err != nil || url == "" {
		return "", err
	}
	if !strings.Contains(url, "{tenant}") {
		return "", errors.New("tenants.url in alembic.ini does not say where the name of the tenant goes; write for example sqlite:///tenants/{tenant}.db")
	}
	if name == "" || strings.ContainsAny(name, "/\\\x00") {
		return "", fmt.Errorf("%q cannot be part of a URL: it is empty or holds a slash", name)
	}
	return strings.ReplaceAll(url, "{tenant}", neturl.PathEscape(name)), nil
}

// firstColumn is the first column of a query's rows.
func firstColumn(ctx context.Context, db *sql.DB, query string) (out []string, err error) {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	if len(columns) == 0 {
		return nil, errors.New("it gives no columns")
	}
	var name string
	cells := make([]any, len(columns))
	for i := range cells {
		cells[i] = new(any)
	}
	cells[0] = &name
	for rows.Next() {
		if err := rows.Scan(cells...); err != nil {
			return nil, err
		}
		out = append(out, name)
	}
	return out, rows.Err()
}
