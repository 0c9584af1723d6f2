package adopt_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/internal/testdb"
)

// statement is one statement of a history; block says that it holds semicolons of its own.
type statement struct {
	sql   string
	block bool
}

func plain(list ...string) (out []statement) {
	for _, s := range list {
		out = append(out, statement{sql: s})
	}
	return out
}

func block(sql string) []statement { return []statement{{sql: sql, block: true}} }

// migration is one of a history, whatever tool runs it.
type migration struct {
	name          string
	up, down      []statement
	noTransaction bool
}

// history is twenty migrations with what tools stumble over.
func history(kind testdb.Kind) []migration {
	byKind := map[testdb.Kind][4]migration{
		testdb.KindSQLite: {
			{name: "trigger", up: block("CREATE TRIGGER late AFTER INSERT ON account BEGIN\n  UPDATE account SET name = 'a;b' WHERE name = '';\n  DELETE FROM note WHERE body = '';\nEND"), down: plain("DROP TRIGGER late")},
			{name: "case", up: block("CREATE TRIGGER early BEFORE DELETE ON account BEGIN\n  SELECT CASE WHEN OLD.id = 0 THEN RAISE(ABORT, 'no; never') END;\nEND"), down: plain("DROP TRIGGER early")},
			{name: "alone", noTransaction: true, up: plain("VACUUM"), down: plain("VACUUM")},
			{name: "temporary", up: plain("CREATE TABLE extra (id INTEGER NOT NULL, doc TEXT DEFAULT '{};' CHECK (doc <> ';'))"), down: plain("DROP TABLE extra")},
		},
		testdb.KindPostgres: {
			{name: "trigger", up: append(block("CREATE FUNCTION late() RETURNS trigger AS $body$\nBEGIN\n  IF NEW.name = '' THEN\n    NEW.name := 'a;b';\n  END IF;\n  RETURN NEW;\nEND;\n$body$ LANGUAGE plpgsql"),
				plain("CREATE TRIGGER late BEFORE INSERT ON account FOR EACH ROW EXECUTE FUNCTION late()")...), down: plain("DROP TRIGGER late ON account", "DROP FUNCTION late()")},
			{name: "do", up: block("DO $$ BEGIN EXECUTE 'CREATE SEQUENCE counter START 7'; END $$"), down: plain("DROP SEQUENCE counter")},
			{name: "alone", noTransaction: true, up: plain("CREATE INDEX CONCURRENTLY ix_note_body ON note (body)"), down: plain("DROP INDEX CONCURRENTLY ix_note_body")},
			{name: "types", up: plain("CREATE TYPE mood AS ENUM ('sad;', 'ok')", "CREATE TABLE extra (id bigint GENERATED ALWAYS AS IDENTITY, mood mood DEFAULT 'ok', at timestamptz DEFAULT now())"), down: plain("DROP TABLE extra", "DROP TYPE mood")},
		},
	}
	mysql := [4]migration{
		{name: "trigger", up: block("CREATE TRIGGER late BEFORE INSERT ON account FOR EACH ROW BEGIN\n  IF NEW.name = '' THEN\n    SET NEW.name = 'a;b';\n  END IF;\nEND"), down: plain("DROP TRIGGER late")},
		{name: "procedure", up: block("CREATE PROCEDURE tidy(IN n INT)\nBEGIN\n  DECLARE i INT DEFAULT 0;\n  again: WHILE i < n DO\n    SET i = i + 1;\n  END WHILE again;\n  DELETE FROM note WHERE body = ';';\nEND"), down: plain("DROP PROCEDURE tidy")},
		{name: "alone", noTransaction: true, up: plain("CREATE INDEX ix_note_body ON note (body)"), down: plain("DROP INDEX ix_note_body ON note")},
		{name: "types", up: plain("CREATE TABLE extra (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, mood ENUM('sad;', 'ok') DEFAULT 'ok') COMMENT 'it''s; so'"), down: plain("DROP TABLE extra")},
	}
	own, ok := byKind[kind]
	if !ok {
		own = mysql
	}
	return []migration{
		{name: "account", up: plain("CREATE TABLE account (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(50) NOT NULL)"), down: plain("DROP TABLE account")},
		{name: "note", up: plain("CREATE TABLE note (\n  id INTEGER NOT NULL PRIMARY KEY, -- a key; of course\n  account_id INTEGER NOT NULL,\n  body VARCHAR(100),\n  CONSTRAINT note_account FOREIGN KEY (account_id) REFERENCES account (id)\n)"), down: plain("DROP TABLE note")},
		{name: "index", up: plain("CREATE INDEX ix_name ON account (name)"), down: plain(dropIndex(kind, "ix_name", "account"))},
		{name: "column", up: plain("ALTER TABLE account ADD COLUMN age INTEGER"), down: plain("ALTER TABLE account DROP COLUMN age")},
		{name: "rows", up: plain("INSERT INTO account (id, name) VALUES (1, 'one; two')", "INSERT INTO note (id, account_id, body) VALUES (1, 1, '-- no comment')"), down: plain("DELETE FROM note", "DELETE FROM account")},
		{name: "tag", up: plain("CREATE TABLE tag (id INTEGER NOT NULL PRIMARY KEY, label VARCHAR(20))"), down: plain("DROP TABLE tag")},
		{name: "note_tag", up: plain("CREATE TABLE note_tag (note_id INTEGER NOT NULL, tag_id INTEGER NOT NULL, PRIMARY KEY (note_id, tag_id))"), down: plain("DROP TABLE note_tag")},
		{name: "unique", up: plain("CREATE UNIQUE INDEX ux_label ON tag (label)"), down: plain(dropIndex(kind, "ux_label", "tag"))},
		{name: "rename", up: plain("ALTER TABLE tag RENAME COLUMN label TO title"), down: plain("ALTER TABLE tag RENAME COLUMN title TO label")},
		{name: "view", up: plain("CREATE VIEW grown AS SELECT id, name FROM account WHERE age > 17"), down: plain("DROP VIEW grown")},
		own[0], own[1], own[2], own[3],
		{name: "default", up: plain("ALTER TABLE note ADD COLUMN stars INTEGER NOT NULL DEFAULT 3"), down: plain("ALTER TABLE note DROP COLUMN stars")},
		{name: "update", up: plain("UPDATE account SET age = 18 WHERE name LIKE '%;%'"), down: plain("UPDATE account SET age = NULL")},
		{name: "drop", up: plain("DROP TABLE note_tag"), down: plain("CREATE TABLE note_tag (note_id INTEGER NOT NULL, tag_id INTEGER NOT NULL, PRIMARY KEY (note_id, tag_id))")},
		{name: "again", up: plain("CREATE TABLE note_tag (note_id INTEGER NOT NULL, tag INTEGER NOT NULL)"), down: plain("DROP TABLE note_tag")},
		{name: "unindex", up: plain(dropIndex(kind, "ix_name", "account")), down: plain("CREATE INDEX ix_name ON account (name)")},
		{name: "last", up: plain("CREATE TABLE last_of_all (id INTEGER NOT NULL PRIMARY KEY)"), down: plain("DROP TABLE last_of_all")},
	}
}

func dropIndex(kind testdb.Kind, name, table string) string {
	if kind == testdb.KindMySQL || kind == testdb.KindMariaDB {
		return "DROP INDEX " + name + " ON " + table
	}
	return "DROP INDEX " + name
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// writeGoose writes a history as goose reads it.
func writeGoose(t *testing.T, dir string, list []migration) {
	t.Helper()
	for i, m := range list {
		var b strings.Builder
		if m.noTransaction {
			b.WriteString("-- +goose NO TRANSACTION\n")
		}
		for _, way := range []struct {
			name string
			list []statement
		}{{"Up", m.up}, {"Down", m.down}} {
			fmt.Fprintf(&b, "-- +goose %s\n", way.name)
			for _, s := range way.list {
				if s.block {
					fmt.Fprintf(&b, "-- +goose StatementBegin\n%s;\n-- +goose StatementEnd\n", s.sql)
				} else {
					fmt.Fprintf(&b, "%s;\n", s.sql)
				}
			}
		}
		write(t, filepath.Join(dir, fmt.Sprintf("%05d_%s.sql", i+1, m.name)), b.String())
	}
}

// writeMigrate writes a history as golang-migrate reads it.
func writeMigrate(t *testing.T, dir string, list []migration) {
	t.Helper()
	for i, m := range list {
		for way, statements := range map[string][]statement{"up": m.up, "down": m.down} {
			text := ""
			for _, s := range statements {
				text += s.sql + ";\n"
			}
			write(t, filepath.Join(dir, fmt.Sprintf("%06d_%s.%s.sql", i+1, m.name, way)), text)
		}
	}
}

// writeScripts writes a history as a folder of scripts for the database's own
// client, which needs a DELIMITER on MySQL.
func writeScripts(t *testing.T, dir string, kind testdb.Kind, list []migration) {
	t.Helper()
	for i, m := range list {
		for way, statements := range map[string][]statement{"": m.up, ".down": m.down} {
			text := ""
			for _, s := range statements {
				if s.block && (kind == testdb.KindMySQL || kind == testdb.KindMariaDB) {
					text += "DELIMITER //\n" + s.sql + "//\nDELIMITER ;\n"
				} else {
					text += s.sql + ";\n"
				}
			}
			write(t, filepath.Join(dir, fmt.Sprintf("%02d-%s%s.sql", i+1, m.name, way)), text)
		}
	}
}
