package catalogue

import (
	"github.com/gomig-dev/gomig/dialect/sqlite"
	"github.com/gomig-dev/gomig/schema"
)

// sqliteOnly are changes of what only SQLite has.
func sqliteOnly() (list []Change) {
	add := func(name string, directives int, from, to []*schema.Table) {
		list = append(list, Change{Group: "SQLite", Name: name, on: onSQLite, directives: directives, From: from, To: to})
	}
	text := func(opts ...schema.ColumnItem) *schema.ColumnDef { return c(schema.Text(), opts...) }
	a := schema.Column("a", schema.Integer())
	add("collation", 1, alone(text()), alone(text(schema.Collate("NOCASE"))))
	add("collation dropped", 1, alone(text(schema.Collate("NOCASE"))), alone(text()))
	add("collation of an index", 2, alone(text(), schema.Index("ix", "c")), alone(text(), schema.IndexOn("ix", schema.Key("c").Collate("NOCASE"))))
	add("type of the same affinity", 1, alone(c(schema.Text())), alone(c(schema.RawSQL("CLOB"))))
	add("type of another affinity", 1, alone(c(sqlite.Real())), alone(c(schema.Text())))
	add("type taken away", 1, alone(c(schema.Text())), alone(c(schema.NoType())))
	key := func(opts ...schema.ColumnItem) []*schema.Table {
		return tables(schema.NewTable("t", schema.Column("id", schema.Integer(), append(opts, schema.PrimaryKey(), schema.AutoIncrement())...), a))
	}
	add("AUTOINCREMENT", 1, key(), key(sqlite.AutoIncrement()))
	add("AUTOINCREMENT dropped", 1, key(sqlite.AutoIncrement()), key())
	add("strict", 1, alone(a), alone(a, sqlite.Strict()))
	pair := func(opts ...schema.TableItem) []*schema.Table {
		return tables(schema.NewTable("t", append(items(schema.Column("k", schema.String(9), schema.NotNull()), a, schema.PrimaryKeyConstraint("", "k")), opts...)...))
	}
	add("without rowid", 1, pair(), pair(sqlite.WithoutRowid()))
	add("without rowid no longer", 1, pair(sqlite.WithoutRowid()), pair())
	conflict := func(r sqlite.Resolution) schema.TableItem {
		return schema.UniqueConstraint("uq", "a").With(sqlite.OnConflict(r))
	}
	add("resolution of a unique constraint", 2, alone(a, schema.UniqueConstraint("uq", "a")), alone(a, conflict(sqlite.Replace)))
	add("another resolution", 2, alone(a, conflict(sqlite.Replace)), alone(a, conflict(sqlite.Ignore)))
	add("resolution of not null", 1, alone(text(schema.NotNull())), alone(text(schema.NotNull(), sqlite.OnConflict(sqlite.Ignore))))
	return list
}
