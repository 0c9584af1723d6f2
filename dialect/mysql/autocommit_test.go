package mysql_test

import (
	"errors"
	"testing"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/mysql"
)

func TestCommitsItself(t *testing.T) {
	d := mysql.System().Offline(mysql.MySQL).(dialect.SelfCommitter)
	for sql, want := range map[string]bool{
		"CREATE TABLE t (i INT)":                  true,
		"  alter\ttable t drop column c":          true,
		"-- why\n# and\n/* how */ DROP TABLE t":   true,
		"TRUNCATE t":                              true,
		"load index into cache t":                 true,
		"SET PASSWORD = 'x'":                      true,
		"/*!50100 ALTER TABLE t ENGINE=InnoDB */": true,
		"CREATE TEMPORARY TABLE t (i INT)":        false,
		"drop  temporary table t":                 false,
		"INSERT INTO t VALUES ('CREATE TABLE')":   false,
		"SET @a = 1":                              false,
		"SELECT 1":                                false,
		"WITH c AS (SELECT 1) DELETE FROM t":      false,
		"creates":                                 false,
		"":                                        false,
	} {
		if got := d.CommitsItself(sql, nil); got != want {
			t.Errorf("%q: got %v", sql, got)
		}
	}
	if d.CommitsItself("CREATE", errors.New("Error 1064 (42000): syntax")) {
		t.Error("a syntax error commits nothing")
	}
	if !d.CommitsItself("CREATE TABLE t (i INT)", errors.New("Error 1050 (42S01): exists")) {
		t.Error("any other error comes after the commit")
	}
}
