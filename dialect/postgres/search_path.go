package postgres

import (
	"context"
	"fmt"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

var (
	_ dialect.SchemaSwitcher = system{}
	_ dialect.SchemaSharer   = server{}
)

// SwitchSchema makes a schema the whole search path: with others behind it, DROP
// TABLE of what is not there would find somebody else's.
func (system) SwitchSchema(ctx context.Context, conn dialect.Conn, name string, local bool) (func(context.Context) error, error) {
	fail := func(err error) (func(context.Context) error, error) {
		return nil, fmt.Errorf("switching to schema %q: %w", name, err)
	}
	var there bool
	if err := conn.QueryRowContext(ctx, "SELECT to_regnamespace(quote_ident($1)) IS NOT NULL", name).Scan(&there); err != nil {
		return fail(err)
	}
	if !there {
		return nil, fmt.Errorf("switching to schema %q: there is none; create it first: CREATE SCHEMA %s", name, quoteIdent(name))
	}
	var before string
	if err := conn.QueryRowContext(ctx, "SELECT current_setting('search_path')").Scan(&before); err != nil {
		return fail(err)
	}
	set := func(ctx context.Context, path string) error {
		_, err := conn.ExecContext(ctx, "SELECT set_config('search_path', $1, $2)", path, local)
		return err
	}
	if err := set(ctx, quoteIdent(name)); err != nil {
		return fail(err)
	}
	return func(ctx context.Context) error {
		if local {
			return nil // it ends with the transaction
		}
		if err := set(ctx, before); err != nil {
			return fmt.Errorf("switching back from schema %q: %w", name, err)
		}
		return nil
	}, nil
}

// SwitchSchemaScript is SET search_path.
func (system) SwitchSchemaScript(name string) ([]dialect.SQL, error) {
	return []dialect.SQL{{Text: "SET search_path TO " + quoteIdent(name)}}, nil
}

// InSchema is a name with its schema, unless that is public: advisory locks are
// the database's, not the schema's.
func (s server) InSchema(name schema.Name) schema.Name {
	if name.Schema == "" {
		name.Schema = s.schema
	}
	if name.Schema == "public" {
		name.Schema = ""
	}
	return name
}
