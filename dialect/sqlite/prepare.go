package sqlite

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
)

// before is where a run remembers the references that were broken before it
// began: a temporary table, which belongs to the connection.
const before = "temp._gomig_broken_references"

// Prepare switches foreign keys off, which SQLite allows only outside a
// transaction, and remembers which references are broken already. restore puts
// everything back as it was; it must be called outside a transaction too.
func (d database) Prepare(ctx context.Context, conn dialect.Conn) (restore func(context.Context) error, err error) {
	var foreignKeys, legacy bool
	if err := conn.QueryRowContext(ctx, "PRAGMA foreign_keys").Scan(&foreignKeys); err != nil {
		return nil, fmt.Errorf("reading PRAGMA foreign_keys: %w", err)
	}
	if err := conn.QueryRowContext(ctx, "PRAGMA legacy_alter_table").Scan(&legacy); err != nil {
		return nil, fmt.Errorf("reading PRAGMA legacy_alter_table: %w", err)
	}
	restore = func(ctx context.Context) error {
		_, err := conn.ExecContext(ctx, "DROP TABLE IF EXISTS "+before)
		return errors.Join(err, setPragma(ctx, conn, "foreign_keys", foreignKeys), setPragma(ctx, conn, "legacy_alter_table", legacy))
	}
	err = setPragma(ctx, conn, "foreign_keys", false)
	if err == nil {
		err = d.remember(ctx, conn)
	}
	if err != nil {
		return nil, errors.Join(err, restore(context.WithoutCancel(ctx)))
	}
	return restore, nil
}

// inScript is where a script remembers the references that were broken before
// it. One that broke since has a fresh row, which the check refuses: the name of
// the check is what the client then says.
const inScript = `temp."_gomig_broken_references"`

// PrepareScript switches foreign keys off, as [database.Prepare] does: in a client
// that has them on, dropping the old one of a copied table would delete or change
// the rows that refer to it. A script cannot ask how the switch stood. It leaves it
// on, for that is the error that shows.
//
// Before a COMMIT it does what [database.CheckCommit] does, in the main database
// file. OR ROLLBACK undoes all of the transaction, so that the COMMIT behind has
// nothing to keep even in a client that goes on after an error.
func (database) PrepareScript() dialect.ScriptFrame {
	const now = `SELECT "table", "rowid", "parent" FROM pragma_foreign_key_check`
	return dialect.ScriptFrame{
		Before: []dialect.SQL{
			{Text: "PRAGMA foreign_keys = OFF"},
			{Text: "CREATE TABLE " + inScript + ` ("table", "row", "parent", "fresh", CONSTRAINT "rows refer to rows that do not exist" CHECK ("fresh" = 0))`},
			{Text: "INSERT INTO " + inScript + " SELECT *, 0 FROM (" + now + ")"},
		},
		Commit: []dialect.SQL{
			{Text: "INSERT OR ROLLBACK INTO " + inScript + " SELECT *, 1 FROM (" + now + ` EXCEPT SELECT "table", "row", "parent" FROM ` + inScript + ")"},
		},
		After: []dialect.SQL{
			{Text: "DROP TABLE " + inScript},
			{Text: "PRAGMA foreign_keys = ON"},
		},
	}
}

// setPragma sets a switch and makes sure that it is set: inside a transaction
// SQLite ignores some without a word.
func setPragma(ctx context.Context, conn dialect.Conn, name string, want bool) error {
	var have bool
	if err := conn.QueryRowContext(ctx, "PRAGMA "+name).Scan(&have); err != nil {
		return fmt.Errorf("reading PRAGMA %s: %w", name, err)
	}
	if have == want {
		return nil
	}
	value := map[bool]string{true: "ON", false: "OFF"}[want]
	if _, err := conn.ExecContext(ctx, "PRAGMA "+name+" = "+value); err != nil {
		return fmt.Errorf("setting PRAGMA %s to %s: %w", name, value, err)
	}
	if err := conn.QueryRowContext(ctx, "PRAGMA "+name).Scan(&have); err != nil {
		return fmt.Errorf("reading PRAGMA %s: %w", name, err)
	}
	if have != want {
		return fmt.Errorf("setting PRAGMA %s to %s: SQLite ignored it, as it does inside a transaction", name, value)
	}
	return nil
}

// broken is a reference to a row that is not there, or a table whose
// references SQLite cannot check.
type broken struct {
	schema, table string
	rowid         string // empty in a table WITHOUT ROWID
	parent        string
	problem       string // why the table cannot be checked
}

// BrokenReferenceError says that a run left rows that refer to rows that are not there.
type BrokenReferenceError struct {
	Table  string // that refers
	Row    string // its rowid; empty in a table WITHOUT ROWID
	Parent string // that is referred to
	More   int    // further such rows
	Err    error  // why the references of Table cannot be checked; nil if they can
}

// Error names the first row.
func (e *BrokenReferenceError) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("checking the foreign keys of table %q: %v; a foreign key must point at a primary key or a unique constraint", e.Table, e.Err)
	}
	row := "a row"
	if e.Row != "" {
		row = "row " + e.Row
	}
	s := fmt.Sprintf("%s of table %q refers to a row of %q that does not exist", row, e.Table, e.Parent)
	if e.More > 0 {
		s += fmt.Sprintf(", and %d more such rows", e.More)
	}
	return s + ": delete or correct these rows in the revision (SELECT * FROM pragma_foreign_key_check lists them)"
}

// Unwrap is SQLite's error, if there is one.
func (e *BrokenReferenceError) Unwrap() error { return e.Err }

// remember keeps the references that are broken before a run.
func (d database) remember(ctx context.Context, conn dialect.Conn) error {
	list, err := d.broken(ctx, conn)
	if err != nil || len(list) == 0 {
		return err
	}
	if _, err := conn.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS "+before+" (schema, name, row, parent, problem)"); err != nil {
		return fmt.Errorf("remembering broken references: %w", err)
	}
	for _, b := range list {
		_, err := conn.ExecContext(ctx, "INSERT INTO "+before+" VALUES (?, ?, ?, ?, ?)", b.schema, b.table, b.rowid, b.parent, b.problem)
		if err != nil {
			return fmt.Errorf("remembering broken references: %w", err)
		}
	}
	return nil
}

// CheckCommit looks for references that the run broke. Those that were broken
// when it began are not held against it.
func (d database) CheckCommit(ctx context.Context, conn dialect.Conn) error {
	now, err := d.broken(ctx, conn)
	if err != nil || len(now) == 0 {
		return err
	}
	then, err := remembered(ctx, conn)
	if err != nil {
		return err
	}
	var fresh []broken
	for _, b := range now {
		if then[b] > 0 {
			then[b]--
			continue
		}
		fresh = append(fresh, b)
	}
	if len(fresh) == 0 {
		return nil
	}
	b := fresh[0]
	e := &BrokenReferenceError{Table: b.table, Row: b.rowid, Parent: b.parent, More: len(fresh) - 1}
	if b.problem != "" {
		e.Err = errors.New(b.problem)
	}
	return e
}

func remembered(ctx context.Context, conn dialect.Conn) (map[broken]int, error) {
	list := map[broken]int{}
	err := query(ctx, conn, "SELECT schema, name, row, parent, problem FROM "+before, nil, func(scan scanner) error {
		var b broken
		err := scan(&b.schema, &b.table, &b.rowid, &b.parent, &b.problem)
		list[b]++
		return err
	})
	if err != nil && strings.Contains(err.Error(), "no such table") {
		return list, nil // nothing was broken
	}
	return list, err
}

// referring picks the tables with foreign keys. Asking each table for them would
// cost more than looking for the word.
const referring = ".sqlite_master AS m WHERE m.type = 'table' AND m.rootpage > 0 AND m.sql LIKE '%references%'"

// broken lists the references to rows that are not there, in every database file.
func (d database) broken(ctx context.Context, conn dialect.Conn) (list []broken, err error) {
	schemas, err := attached(ctx, conn)
	if err != nil {
		return nil, fmt.Errorf("checking foreign keys: %w", err)
	}
	for _, s := range schemas {
		found, err := brokenIn(ctx, conn, s, "")
		if err != nil && ctx.Err() == nil {
			found, err = brokenOneByOne(ctx, conn, s)
		}
		if err != nil {
			return nil, fmt.Errorf("checking foreign keys: %w", err)
		}
		list = append(list, found...)
	}
	return list, nil
}

// brokenIn checks one table, or all of a database file.
func brokenIn(ctx context.Context, conn dialect.Conn, file, table string) (list []broken, err error) {
	from := strings.Replace(quoteIdent(file)+referring, " WHERE", " JOIN pragma_foreign_key_check(m.name, ?) AS c WHERE", 1)
	err = query(ctx, conn, `SELECT m.name, coalesce(CAST(c."rowid" AS TEXT), ''), c.parent FROM `+from+" AND (? = '' OR m.name = ?) ORDER BY 1, 2, 3",
		[]any{file, table, table}, func(scan scanner) error {
			b := broken{schema: file}
			err := scan(&b.table, &b.rowid, &b.parent)
			list = append(list, b)
			return err
		})
	return list, err
}

// brokenOneByOne checks table by table, so that one whose references SQLite
// cannot check does not hide the others.
func brokenOneByOne(ctx context.Context, conn dialect.Conn, file string) (list []broken, err error) {
	var tables []string
	err = query(ctx, conn, "SELECT m.name FROM "+quoteIdent(file)+referring+" ORDER BY 1", nil, func(scan scanner) error {
		var name string
		err := scan(&name)
		tables = append(tables, name)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, t := range tables {
		found, err := brokenIn(ctx, conn, file, t)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			found = []broken{{schema: file, table: t, problem: err.Error()}}
		}
		list = append(list, found...)
	}
	return list, nil
}
