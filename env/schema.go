package env

import (
	"context"
	"fmt"

	"github.com/gomig-dev/gomig/dialect"
)

// useSchema gives the connection the default schema that the options name. It
// comes before anything is learned of the connection.
func (m *Migration) useSchema(ctx context.Context, system dialect.System, conn *connection) error {
	s, err := m.switcher(system)
	if s == nil || err != nil {
		return err
	}
	restore, err := s.SwitchSchema(ctx, conn, m.options.DefaultSchema, conn.caller)
	if err != nil {
		return err
	}
	m.leave = func() error {
		tidy, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
		defer cancel()
		return restore(tidy)
	}
	return nil
}

// useSchemaOffline lets the script begin with it.
func (m *Migration) useSchemaOffline(system dialect.System) error {
	s, err := m.switcher(system)
	if s == nil || err != nil {
		return err
	}
	m.schemaScript, err = s.SwitchSchemaScript(m.options.DefaultSchema)
	return err
}

// switcher is the system, if there is a schema to switch to; nil if there is none.
func (m *Migration) switcher(system dialect.System) (dialect.SchemaSwitcher, error) {
	if m.options.DefaultSchema == "" {
		return nil, nil
	}
	s, ok := system.(dialect.SchemaSwitcher)
	if !ok {
		return nil, fmt.Errorf("configuring the environment: %s has no schemas to switch between, such as DefaultSchema %q; give each a URL of its own", system.Name(), m.options.DefaultSchema)
	}
	return s, nil
}
