package schema_test

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/internal/arbitrary"
	"github.com/gomig-dev/gomig/schema"
)

// anyTable draws a table, with an identity whose bounds are pointers.
func anyTable(t *rapid.T) *schema.Table {
	table := arbitrary.Table(arbitrary.Options{}).Draw(t, "table")
	table.Options = []schema.Option{setting{"x", "1"}}
	for _, c := range table.Columns {
		if rapid.Bool().Draw(t, "identity") {
			c.Identity = &schema.Identity{Min: schema.Bound(1), Max: schema.Bound(9)}
		}
		c.References = &schema.ForeignKeyDef{Columns: []string{c.Name}, RefColumns: []string{"x"}}
		c.Checks = []*schema.CheckDef{{Expr: "1"}}
		c.Options = []schema.Option{setting{"x", "1"}}
	}
	return table
}

// spoil changes everything that can be reached from v.
func spoil(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			spoil(v.Elem())
		}
	case reflect.Struct:
		for _, f := range v.Fields() {
			spoil(f)
		}
	case reflect.Slice:
		for i := range v.Len() {
			spoil(v.Index(i))
		}
	case reflect.Interface:
		if v.CanSet() {
			v.SetZero()
		}
	default:
		if !v.CanSet() {
			return
		}
		switch {
		case v.Kind() == reflect.String:
			v.SetString(v.String() + "!")
		case v.CanInt():
			v.SetInt(v.Int() + 1)
		case v.CanUint():
			v.SetUint(v.Uint() + 1)
		case v.Kind() == reflect.Bool:
			v.SetBool(!v.Bool())
		}
	}
}

// A clone says the same, and shares nothing that can be changed.
func cloneIsIndependent(t *rapid.T) {
	table := anyTable(t)
	before, clone := table.Clone(), table.Clone()
	if diff := cmp.Diff(table, clone, exact); diff != "" {
		t.Fatalf("the clone differs:\n%s", diff)
	}
	spoil(reflect.ValueOf(clone))
	if diff := cmp.Diff(before, table, exact); diff != "" {
		t.Fatalf("a change of the clone changed the table:\n%s", diff)
	}
	if cmp.Equal(before, clone, exact) {
		t.Fatal("spoiling changed nothing")
	}
	if !reflect.DeepEqual(before, table) {
		t.Fatal("what is not exported differs")
	}
}

func TestCloneIsIndependent(t *testing.T) { rapid.Check(t, cloneIsIndependent) }

func FuzzClone(f *testing.F) { f.Fuzz(rapid.MakeFuzz(cloneIsIndependent)) }

func TestCloneConstraint(t *testing.T) {
	for _, c := range []schema.Constraint{
		schema.PrimaryKeyConstraint("n", "a"), schema.UniqueConstraint("n", "a"), schema.CheckConstraint("n", "a"),
		schema.ForeignKeyConstraint("n", []string{"a"}, "p", []string{"b"}), schema.ExcludeConstraint("n", schema.Exclude("a", "=")),
	} {
		clone := schema.CloneConstraint(c)
		if !cmp.Equal(c, clone) || clone.Kind() != c.Kind() || clone.ConstraintName() != "n" {
			t.Errorf("%T is cloned as %+v", c, clone)
		}
		spoil(reflect.ValueOf(clone))
		if c.ConstraintName() != "n" || cmp.Equal(c, clone) {
			t.Errorf("%T shares with its clone", c)
		}
	}
}
