package schema_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/schema"
)

// names are those of the primary key, uniques, foreign keys, checks and indexes of
//
//	t(a primary key, b unique, c indexed, d indexed and unique, e check e > 0 named pos,
//	  (b, c) references p(id, id2), unique (a, b, c), index (a, b))
func names(o schema.Options) ([]string, error) {
	m := schema.NewMetadata(o)
	t := m.Table("t",
		schema.Column("a", schema.Integer(), schema.PrimaryKey()), schema.Column("b", schema.Integer(), schema.Unique()),
		schema.Column("c", schema.Integer(), schema.Indexed()), schema.Column("d", schema.Integer(), schema.Indexed(), schema.Unique()),
		schema.Column("e", schema.Integer(), schema.Check("pos", "e > 0")),
		schema.ForeignKeyConstraint("", []string{"b", "c"}, "p", []string{"id", "id2"}),
		schema.UniqueConstraint("", "a", "b", "c"), schema.Index("", "a", "b"),
	)
	var out []string
	for _, c := range t.Constraints() {
		out = append(out, c.ConstraintName())
	}
	for _, i := range t.Indexes {
		out = append(out, i.Name)
	}
	return out, m.Err()
}

// The names are those that SQLAlchemy 1.4.46 gave for the same table.
func TestNamingConvention(t *testing.T) {
	every := func(token string) schema.NamingConvention {
		return schema.NamingConvention{
			Index: "ix_" + token, Unique: "uq_" + token, Check: "ck_" + token, ForeignKey: "fk_" + token, PrimaryKey: "pk_" + token,
		}
	}
	// Explicit constraints stand before those of columns, in the order uniques,
	// checks, foreign keys; SQLAlchemy keeps them as a set.
	for _, c := range []struct {
		name    string
		options schema.Options
		want    []string
	}{
		{"none", schema.Options{}, []string{"", "", "", "pos", "", "ix_t_a", "ix_t_c", "ix_t_d"}},
		{"default", schema.Options{NamingConvention: schema.DefaultNaming}, []string{"pk_t", "uq_t_a", "uq_t_b", "ck_t_pos", "fk_t_b_p", "ix_t_a", "ix_t_c", "ix_t_d"}},
		{"in a schema", schema.Options{NamingConvention: schema.DefaultNaming, Schema: "s.x"}, []string{"pk_t", "uq_t_a", "uq_t_b", "ck_t_pos", "fk_t_b_p", "ix_s_x_t_a", "ix_s_x_t_c", "ix_s_x_t_d"}},
		{"column_0_name", schema.Options{NamingConvention: every("%(column_0_name)s")}, []string{"pk_a", "uq_a", "uq_b", "pos", "fk_b", "ix_a", "ix_c", "ix_d"}},
		{"column_0_key", schema.Options{NamingConvention: every("%(column_0_key)s")}, []string{"pk_a", "uq_a", "uq_b", "pos", "fk_b", "ix_a", "ix_c", "ix_d"}},
		{"column_0_label", schema.Options{NamingConvention: every("%(column_0_label)s")}, []string{"pk_t_a", "uq_t_a", "uq_t_b", "pos", "fk_t_b", "ix_t_a", "ix_t_c", "ix_t_d"}},
		{"column_0N_name", schema.Options{NamingConvention: every("%(column_0N_name)s")}, []string{"pk_a", "uq_abc", "uq_b", "pos", "fk_bc", "ix_ab", "ix_c", "ix_d"}},
		{"column_0_N_name", schema.Options{NamingConvention: every("%(column_0_N_name)s")}, []string{"pk_a", "uq_a_b_c", "uq_b", "pos", "fk_b_c", "ix_a_b", "ix_c", "ix_d"}},
		{"column_0_N_key", schema.Options{NamingConvention: every("%(column_0_N_key)s")}, []string{"pk_a", "uq_a_b_c", "uq_b", "pos", "fk_b_c", "ix_a_b", "ix_c", "ix_d"}},
		{"column_0N_label", schema.Options{NamingConvention: every("%(column_0N_label)s")}, []string{"pk_t_a", "uq_t_at_bt_c", "uq_t_b", "pos", "fk_t_bt_c", "ix_t_at_b", "ix_t_c", "ix_t_d"}},
		{"column_0_N_label", schema.Options{NamingConvention: every("%(column_0_N_label)s")}, []string{"pk_t_a", "uq_t_a_t_b_t_c", "uq_t_b", "pos", "fk_t_b_t_c", "ix_t_a_t_b", "ix_t_c", "ix_t_d"}},
		{"a number beyond the last column", schema.Options{NamingConvention: every("%(table_name)s_%(column_1_name)s")}, []string{"pk_t_", "uq_t_b", "uq_t_", "pos", "fk_t_c", "ix_t_b", "ix_t_", "ix_t_"}},
		{"a percent sign", schema.Options{NamingConvention: schema.NamingConvention{PrimaryKey: "100%%_%(table_name)s"}}, []string{"100%_t", "", "", "pos", "", "ix_t_a", "ix_t_c", "ix_t_d"}},
		{"the names pointed at", schema.Options{NamingConvention: schema.NamingConvention{ForeignKey: "fk_%(referred_table_name)s_%(referred_column_0_name)s_%(referred_column_1_name)s_%(referred_column_0N_name)s_%(referred_column_0_N_name)s"}}, []string{"", "", "", "pos", "fk_p_id_id2_idid2_id_id2", "ix_t_a", "ix_t_c", "ix_t_d"}},
		{"the name given", schema.Options{NamingConvention: schema.NamingConvention{Check: "%(constraint_name)s_on_%(table_name)s"}}, []string{"", "", "", "pos_on_t", "", "ix_t_a", "ix_t_c", "ix_t_d"}},
	} {
		got, err := names(c.options)
		if c.name == "a number beyond the last column" {
			err = nil // two indexes are named ix_t_ by it, which is said
		}
		if diff := cmp.Diff(c.want, got); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got)\n%s", c.name, err, diff)
		}
	}
}

func TestNamingFramesTheNameGiven(t *testing.T) {
	n := schema.NamingConvention{Unique: "uq_%(table_name)s_%(constraint_name)s", Check: schema.DefaultNaming.Check}
	m := schema.NewMetadata(schema.Options{NamingConvention: n})
	table := m.Table("t", schema.Column("a", schema.Integer(), schema.Check("", "a > 0")),
		schema.UniqueConstraint("x%(table_name)s", "a"), schema.Index("given", "a"))
	if err := m.Err(); err != nil {
		t.Fatal(err)
	}
	got := []string{table.Uniques[0].Name, table.Checks[0].Name, table.Indexes[0].Name}
	if diff := cmp.Diff([]string{"uq_t_x%(table_name)s", "", "given"}, got); diff != "" {
		t.Error(diff)
	}
}

// Long names are cut and marked as SQLAlchemy does for PostgreSQL.
func TestLongNames(t *testing.T) {
	for _, c := range []struct{ table, column, want string }{
		{strings.Repeat("t", 30), strings.Repeat("a", 29), "uq_" + strings.Repeat("t", 30) + "_" + strings.Repeat("a", 29)}, // 63 bytes
		{strings.Repeat("t", 40), strings.Repeat("a", 40), "uq_tttttttttttttttttttttttttttttttttttttttt_aaaaaaaaaaa_594f"},
		{strings.Repeat("é", 31), "a", "uq_" + strings.Repeat("é", 26) + "_72fd"}, // never half a character
	} {
		m := schema.NewMetadata(schema.Options{NamingConvention: schema.DefaultNaming})
		table := m.Table(c.table, schema.Column(c.column, schema.Integer(), schema.Unique()))
		if got := table.Uniques[0].Name; got != c.want {
			t.Errorf("got  %s (%d bytes)\nwant %s", got, len(got), c.want)
		}
	}
}

func TestNamingErrors(t *testing.T) {
	for _, c := range []struct{ pattern, want string }{
		{"%(nope)s", `the naming convention "%(nope)s" uses the token "nope", which does not apply here`},
		{"%(xcolumn_0_name)s", `the naming convention "%(xcolumn_0_name)s" uses the token "xcolumn_0_name", which does not apply here`},
		{"%(column_1N_name)s", `the naming convention "%(column_1N_name)s" uses the token "column_1N_name", which does not apply here`},
		{"%(column_10_N_name)s", `the naming convention "%(column_10_N_name)s" uses the token "column_10_N_name", which does not apply here`},
		{"%(column_0x_name)s", `the naming convention "%(column_0x_name)s" uses the token "column_0x_name", which does not apply here`},
		{"%(column_0_type)s", `the naming convention "%(column_0_type)s" uses the token "column_0_type", which does not apply here`},
		{"%(referred_table_name)s", `the naming convention "%(referred_table_name)s" uses the token "referred_table_name", which does not apply here`},
		{"%(referred_column_0_name)s", `the naming convention "%(referred_column_0_name)s" uses the token "referred_column_0_name", which does not apply here`},
		{"%(constraint_name)s", `the naming convention "%(constraint_name)s" uses the token "constraint_name", which does not apply here`},
		{"x%", `the naming convention "x%" is malformed at "%"`},
		{"%(table_name", `the naming convention "%(table_name" is malformed at "%(table_name"`},
	} {
		m := schema.NewMetadata(schema.Options{NamingConvention: schema.NamingConvention{PrimaryKey: c.pattern}})
		m.Table("t", id)
		err := m.Err()
		if err == nil || !strings.HasSuffix(err.Error(), `: declaring table "t": `+c.want) {
			t.Errorf("%s: got %v", c.pattern, err)
		}
	}
	m := schema.NewMetadata(schema.Options{NamingConvention: schema.NamingConvention{ForeignKey: "%(referred_column_0_label)s"}})
	m.Table("t", schema.Column("a", schema.Integer(), schema.References("p.id")))
	if m.Err() == nil {
		t.Error("SQLAlchemy has no label of a column pointed at")
	}
}
