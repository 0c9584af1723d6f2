// Package alchemy tells SQLAlchemy where a database is.
package alchemy

import (
	"strings"

	"github.com/gomig-dev/gomig/internal/testdb"
)

// URL is a database as SQLAlchemy knows it, with the drivers that distributions
// have: PyMySQL and psycopg2.
func URL(db *testdb.DB) string {
	for _, r := range []struct{ from, to string }{
		{"mysql://", "mysql+pymysql://"}, {"mariadb://", "mysql+pymysql://"}, {"postgresql://", "postgresql+psycopg2://"},
	} {
		if rest, ok := strings.CutPrefix(db.URL, r.from); ok {
			return r.to + rest
		}
	}
	return db.URL
}
