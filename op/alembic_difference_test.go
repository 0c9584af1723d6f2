package op_test

import (
	"strings"

	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// difference is where gomig means to say something else than Alembic.
type difference struct {
	cases string // how the names of the cases begin; all of the name before a $
	why   string
	proof proof
	setup []string // beside what is there for all cases

	theirs  []string     // runs in place of the recorded SQL, which has placeholders
	mine    op.Operation // what was recorded without saying what it does
	replace [2]string    // in the SQL of both: what no server takes for what it does
	since   int          // the PostgreSQL that takes the statements
}

// proof is how a difference is shown to be right.
type proof int

const (
	sameEffect    proof = iota // both leave the same schema and the same rows
	theirsRefused              // the server refuses Alembic's SQL; gomig refuses before, or says what runs
	mineRuns                   // Alembic refuses; gomig's SQL runs
	bothRefuse                 // gomig's error says why, too
	notSaid                    // there is nothing to run: it is about Python, or an operation of the test's own
)

func (c alembicCase) difference() (difference, bool) {
	for _, d := range differences() {
		if strings.HasPrefix(c.ID+"$", d.cases) {
			return d, true
		}
	}
	return difference{}, false
}

func differences() []difference {
	return append(append(differencesOnMySQL(), differencesOnPostgres()...), otherDifferences()...)
}

const (
	untyped     = "Go's compiler refuses it"
	own         = "an operation of the test's own: in gomig one implements op.Operation"
	noGuard     = "MySQL has no such guard; gomig says so before anything runs"
	restated    = "a column is renamed without restating it, so that nothing of it can be lost"
	noTypeCheck = "types bring no checks of their own: a check is declared as such"
	lifted      = "a constraint is one of the table, wherever it was said"
	generated   = "a generated column is more than Alembic can change"
)

func differencesOnMySQL() []difference {
	const test = "MySQLOpTest::test_"
	t1 := func(column string) []string { return []string{"CREATE TABLE t1 (x INTEGER, " + column + ")"} }
	t := func(column string) []string { return []string{"CREATE TABLE t (x INTEGER, " + column + ")"} }
	return []difference{
		{cases: test + "add_column_if_not_exists", why: noGuard, proof: theirsRefused, setup: t("y INTEGER")},
		{cases: test + "drop_column_if_exists", why: noGuard, proof: theirsRefused, setup: t("c INTEGER")},
		{cases: test + "alter_column_computed_not_supported[<lambda>-<lambda>0]", why: "a virtual column is not made in place", proof: bothRefuse},
		{cases: test + "alter_column_computed_not_supported[<lambda>-<lambda>1]", why: "a virtual column is not made in place", proof: bothRefuse},
		{cases: test + "alter_column_computed_not_supported[<lambda>-<lambda>2]", why: generated, proof: mineRuns, setup: t1("foo INTEGER, c1 INTEGER AS (foo * 5)")},
		{cases: test + "alter_column_drop_default", why: "a column that takes NULL and has no default at all is refused in rows that leave it out", setup: t("c INTEGER DEFAULT 5")},
		{cases: test + "alter_column_modify_datetime_default", why: "MODIFY is CHANGE to the same name", setup: t("c DATETIME")},
		{
			cases: test + "alter_column_modify_programmatic_default", why: "a default alone is changed without restating the column", setup: t("c FLOAT"),
			mine: altering(name("t"), "c", op.SetDefault(schema.Number("0")), op.Existing(schema.Float(0))),
		},
		{cases: test + "col_alter_type_required", why: "offline the type must be known", proof: bothRefuse},
		{cases: test + "create_table_with_column_comments", why: "the order of a column's words does not matter"},
		{cases: test + "drop_generic_constraint", why: "MySQL 8.0.19 knows DROP CONSTRAINT", proof: mineRuns, setup: t1("CONSTRAINT f1 CHECK (x > 5)")},
		{cases: test + "drop_unknown", why: untyped, proof: notSaid},
		{cases: test + "rename_column_autoincrement", why: restated, setup: t1("c1 INTEGER AUTO_INCREMENT UNIQUE")},
		{cases: test + "rename_column_existing_comment", why: restated, setup: t1("c1 INTEGER NOT NULL COMMENT 'existing column comment'")},
		{cases: test + "rename_column_quotes_needed_one", why: restated, setup: []string{"CREATE TABLE MyTable (ColumnOne INTEGER)"}},
		{cases: test + "rename_column_quotes_needed_two", why: restated, setup: []string{"CREATE TABLE `my table` (`column one` INTEGER)"}},
		{
			cases: test + "rename_column_serv_compiled_default", why: "MySQL takes an expression only in brackets, in the definition",
			proof: theirsRefused, setup: t1("c1 INTEGER"), replace: [2]string{"utc_thing(CURRENT_TIMESTAMP)", "abs(-5)"},
		},
		{cases: test + "rename_column_serv_default", why: restated + "; 'q' is no default of an integer", proof: theirsRefused, setup: t1("c1 INTEGER")},
		{cases: test + "rename_column", why: restated, setup: t1("c1 INTEGER")},
	}
}

func differencesOnPostgres() []difference {
	const (
		test     = "PostgresqlOpTest::test_"
		numbers  = "the numbering goes on behind the rows that are there"
		complete = "an identity is what the revision says, the rest of it being PostgreSQL's default"
		notNull  = "NOT NULL is said, though an identity implies it"
	)
	t1 := func(column string) []string { return []string{"ALTER TABLE t1 ADD some_column " + column} }
	computed := []string{"ALTER TABLE t1 ADD c1 INTEGER GENERATED ALWAYS AS (foo * 5) STORED"}
	var list []difference
	// SQLAlchemy's default dialect cannot do it either; PostgreSQL, which stands in for it, can.
	for _, suite := range []string{test, "OpTest::test_"} {
		list = append(list,
			difference{cases: suite + "alter_column_computed_not_supported[<lambda>-<lambda>0]", why: "PostgreSQL cannot make a column a generated one", proof: bothRefuse},
			difference{cases: suite + "alter_column_computed_not_supported[<lambda>-<lambda>1]", why: generated, proof: mineRuns, setup: computed},
			difference{cases: suite + "alter_column_computed_not_supported[<lambda>-<lambda>2]", why: generated, proof: mineRuns, setup: computed, since: 17},
		)
	}
	for _, suite := range []string{"MySQLOpTest::test_", "OpTest::test_"} {
		const c1 = "ALTER TABLE t1 ADD c1 INTEGER NOT NULL"
		list = append(list,
			difference{cases: suite + "alter_column_identity_not_supported[<lambda>-<lambda>0]", why: "PostgreSQL can", proof: mineRuns, setup: []string{c1}},
			difference{cases: suite + "alter_column_identity_not_supported[<lambda>-<lambda>1]", why: "PostgreSQL can", proof: mineRuns, setup: []string{c1 + " GENERATED ALWAYS AS IDENTITY"}},
			difference{cases: suite + "alter_column_identity_not_supported[<lambda>-<lambda>2]", why: "PostgreSQL can", proof: mineRuns, setup: []string{c1 + " GENERATED ALWAYS AS IDENTITY"}},
		)
	}
	return append(list, []difference{
		{cases: test + "add_column_identity", why: notNull},
		{cases: test + "add_identity_to_column", why: numbers, setup: t1("INTEGER NOT NULL")},
		{cases: test + "change_identity_in_column[existing2", why: "the order of an identity's words does not matter", setup: t1("INTEGER GENERATED ALWAYS AS IDENTITY (START 3 INCREMENT 2 MINVALUE -3 MAXVALUE 99)")},
		{
			cases: test + "change_identity_in_column[existing3", why: complete + "; Alembic leaves the bounds that the new one does not say", proof: mineRuns,
			setup: t1("INTEGER NOT NULL GENERATED BY DEFAULT AS IDENTITY (START 3 MINVALUE 0 MAXVALUE 9999)"),
		},
		{
			cases: test + "change_identity_in_column[existing4", why: complete + "; a new identity starts at its least value", proof: mineRuns,
			setup: t1("INTEGER NOT NULL GENERATED BY DEFAULT AS IDENTITY"),
		},
		{cases: test + "col_w_pk_is_serial", why: lifted + "; numbered keys are identities, not serials", proof: mineRuns, setup: []string{"CREATE TABLE some_table (id INTEGER)"}},
		{cases: test + "create_index_postgresql_expressions", why: "brackets around an expression do not matter"},
		{cases: "OpTest::test_add_column_primary_key[use_inline]", why: lifted},
	}...)
}

func otherDifferences() []difference {
	const (
		binds  = "the SQL of a revision is its own text; Alembic makes it of an expression"
		naming = "AutoNamingConventionTest::test_add_"
	)
	invalid := [2]string{"im a constraint", "x > 5"}
	untypedCast := "values that need a cast are cast"
	return []difference{
		{cases: "BulkInsertTest::test_bulk_insert_inline_literal_as_sql", why: "columns are sorted by name", setup: []string{"ALTER TABLE t ADD id INTEGER, ADD data TEXT"}},
		{cases: "BulkInsertTest::test_bulk_insert_wrong_cols", why: "a row has the columns that it says; Alembic's statement lacks values when it runs", proof: theirsRefused, setup: []string{"CREATE TABLE ins_table (id INTEGER, v1 TEXT, v2 TEXT)"}},
		{cases: "BulkInsertTest::test_invalid_format", why: untyped, proof: notSaid},
		{cases: "CustomOpTest::", why: own, proof: notSaid},
		{cases: "OpTest::test_add_column_fk_inline_references", why: lifted},
		{cases: "OpTest::test_add_column_fk_schema_inline_references", why: lifted},
		{cases: "OpTest::test_add_column_fk_self_referential_inline_references", why: lifted},
		{cases: "OpTest::test_add_column_schema_fk_inline_references", why: lifted},
		{cases: "OpTest::test_add_column_schema_schema_type", why: noTypeCheck, proof: theirsRefused},
		{cases: "OpTest::test_add_column_schema_type$", why: noTypeCheck, proof: theirsRefused},
		{cases: "OpTest::test_add_column_w_check", why: lifted},
		{cases: "OpTest::test_add_foreign_key_initially", why: "INITIALLY DEFERRED says DEFERRABLE"},
		{cases: "OpTest::test_add_foreign_key_match", why: "MATCH SIMPLE is the default"},
		{cases: "OpTest::test_create_index_arbitrary_expr", why: "brackets around an expression do not matter"},
		{cases: "OpTest::test_create_index_expressions", why: "brackets around an expression do not matter"},
		{cases: "OpTest::test_create_table_event", why: "a listener of the test takes the table's column away; gomig has none"},
		{cases: "OpTest::test_drop_table_event", why: "a listener of the test takes the table's column away; gomig has none"},
		{cases: "OpTest::test_execute_delete", why: binds, theirs: []string{"DELETE FROM account WHERE account.name = 'account 1'"}},
		{cases: "OpTest::test_execute_insert", why: binds, theirs: []string{"INSERT INTO account (name) VALUES ('account 1')"}},
		{cases: "OpTest::test_execute_update", why: binds, theirs: []string{"UPDATE account SET name='account 2' WHERE account.name = 'account 1'"}},
		{cases: "OpTest::test_inline_literal", why: binds},
		{cases: "SQLModeOpTest::test_auto_literals", why: binds, replace: [2]string{"update table ", "update bats "}},
		{cases: "OpTest::test_generic_alter_column_type_and_nullability[False-True]", why: untypedCast, proof: theirsRefused},
		{cases: "OpTest::test_generic_alter_column_type_and_nullability[True-True]", why: untypedCast, proof: theirsRefused},
		{cases: "OpTest::test_generic_alter_column_type_and_nullability[True-False]", why: "the type is changed first, as Alembic does on PostgreSQL", setup: []string{"ALTER TABLE t ALTER c TYPE SMALLINT USING c::smallint"}},
		{cases: "OpTest::test_rename_table_schema$", why: "the new name has no schema, as in Alembic's own PostgreSQL", proof: theirsRefused},
		{cases: naming + "check_constraint_already_named_from_schema", why: lifted, replace: invalid},
		{cases: naming + "check_constraint_inline_on_column", why: lifted, replace: invalid},
		{cases: naming + "column_schema_type", why: noTypeCheck, proof: theirsRefused},
		{cases: "SQLiteTest::test_add_explicit_constraint", why: "a script does not know the table that it must copy; online it is copied", proof: bothRefuse},
		{cases: "SQLiteTest::test_drop_explicit_constraint", why: "a script does not know the table that it must copy; online it is copied", proof: bothRefuse},
		{cases: "SQLiteTest::test_create_table_with_comment_ignored", why: "a key of one integer is said at the column"},
	}
}
