package op

import (
	"fmt"
	"io/fs"

	"github.com/gomig-dev/gomig/internal/sqlscript"
)

// ExecScript runs the statements of an SQL script one by one. Strings,
// comments, dollar quotes, bodies of triggers and routines, and MySQL's
// DELIMITER lines are understood.
func (o *Operations) ExecScript(script string) {
	if o.Err() != nil {
		return
	}
	statements, err := sqlscript.Split(o.Dialect(), script)
	if err != nil {
		o.Fail(err)
		return
	}
	for _, s := range statements {
		o.Exec(s)
	}
}

// ExecFile runs an SQL script of a file system, such as one embedded beside the
// revision by go:embed.
func (o *Operations) ExecFile(fsys fs.FS, name string) {
	if o.Err() != nil {
		return
	}
	script, err := fs.ReadFile(fsys, name)
	if err != nil {
		o.Fail(fmt.Errorf("reading the SQL script %s: %w", name, err))
		return
	}
	o.ExecScript(string(script))
}
