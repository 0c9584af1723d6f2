package autogen_test

import (
	"database/sql"
	"net/url"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// TestWithoutTheRight compares as a user who may not create a scratch place:
// rules alone decide, and a warning says so.
func TestWithoutTheRight(t *testing.T) {
	for _, k := range []testdb.Kind{testdb.KindMySQL, testdb.KindMariaDB, testdb.KindPostgres} {
		t.Run(k.String(), func(t *testing.T) {
			db := testdb.Open(t, k)
			exec := func(conn dialect.Conn, text string) {
				t.Helper()
				if _, err := conn.ExecContext(t.Context(), text); err != nil {
					t.Fatalf("%s: %v", text, err)
				}
			}
			u, err := url.Parse(db.URL)
			if err != nil {
				t.Fatal(err)
			}
			user := "u" + db.Name[max(0, len(db.Name)-20):]
			admin, err := db.DB.Conn(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = admin.Close() }()
			exec(admin, "CREATE TABLE t (id INT NOT NULL PRIMARY KEY, a INT, CONSTRAINT ck CHECK (a + 0 BETWEEN 1 AND 5))")
			system := mysql.System()
			var conn *sql.Conn
			if k == testdb.KindPostgres {
				system = postgres.System()
				exec(admin, "CREATE ROLE "+user)
				if conn, err = db.DB.Conn(t.Context()); err != nil {
					t.Fatal(err)
				}
				exec(conn, "SET ROLE "+user)
				t.Cleanup(func() { _, _ = db.DB.Exec("DROP ROLE " + user) })
			} else {
				exec(admin, "CREATE USER '"+user+"'@'%' IDENTIFIED BY 'x'")
				exec(admin, "GRANT SELECT, INSERT, ALTER ON "+db.Name+".* TO '"+user+"'@'%'")
				t.Cleanup(func() { _, _ = db.DB.Exec("DROP USER '" + user + "'@'%'") })
				pool, err := sql.Open(db.Driver, user+":x@tcp("+u.Host+")/"+db.Name)
				if err != nil {
					t.Fatal(err)
				}
				defer func() { _ = pool.Close() }()
				if conn, err = pool.Conn(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			defer func() { _ = conn.Close() }()
			d, err := system.Detect(t.Context(), conn)
			if err != nil {
				t.Fatal(err)
			}
			m := schema.NewMetadata(schema.Options{})
			m.Table("t", schema.Column("id", schema.Integer(), schema.NotNull(), schema.PrimaryKey()), schema.Column("a", schema.Integer()),
				schema.CheckConstraint("ck", "(a + 0) BETWEEN 1 AND abs(5)"))
			r, err := autogen.Compare(t.Context(), d, conn, autogen.Options{Metadata: []*schema.Metadata{m}})
			if err != nil {
				t.Fatal(err)
			}
			if len(r.Detected) > 0 || len(r.Warnings) != 1 || !strings.Contains(r.Warnings[0], `expressions of table "t" were compared by rules alone`) {
				t.Errorf("detected %v, warned %v", r.Detected, r.Warnings)
			}
		})
	}
}
