package env

import (
	"maps"
	"reflect"
	"slices"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// tracker follows what a script does to tables it creates itself. A script has
// no database to ask, but a table that it made it knows: so SQLite's
// move-and-copy works in a script that begins at base, without Batch.CopyFrom. Of the
// views, triggers and the like that it made it knows the options.
type tracker struct {
	tables  map[schema.Name]*schema.Table
	objects map[defined]made
}

// clone is the tables as they are now.
func (t *tracker) clone() tracker {
	tables := make(map[schema.Name]*schema.Table, len(t.tables))
	for name, table := range t.tables {
		tables[name] = table.Clone()
	}
	return tracker{tables: tables, objects: maps.Clone(t.objects)}
}

// complete gives a change of a known table what a connection would be asked
// for: the table to copy from, and the columns as they are.
func (t *tracker) complete(s ddl.Statement) ddl.Statement {
	if i, ok := s.(ddl.RenameIndex); ok && i.Was == nil && t.tables[i.Table] != nil {
		i.Was = t.tables[i.Table].Index(i.Name)
		return i
	}
	if o, ok := s.(ddl.CreateObject); ok {
		return t.keepObject(o)
	}
	a, ok := s.(ddl.AlterTable)
	if !ok || (a.Batch != nil && a.Batch.CopyFrom != nil) || t.tables[a.Table] == nil {
		return s
	}
	b := ddl.Batch{}
	if a.Batch != nil {
		b = *a.Batch
	}
	b.CopyFrom = t.tables[a.Table].Clone()
	a.Batch = &b
	a.Actions = known(b.CopyFrom.Clone(), a.Actions)
	return a
}

// known fills in the existing column where a change does not say it.
func known(table *schema.Table, actions []ddl.Action) []ddl.Action {
	out := slices.Clone(actions)
	for i, a := range actions {
		switch a := a.(type) {
		case ddl.AlterColumn:
			if c := table.Column(a.Name); a.Existing == nil && c != nil {
				a.Existing, a.Known = c.Clone(), ddl.AllAspect
				out[i] = a
			}
		case ddl.RenameColumn:
			if c := table.Column(a.Name); a.Existing == nil && c != nil {
				a.Existing = c.Clone()
				out[i] = a
			}
		default: // says all there is to say
		}
		act(table, a)
	}
	return out
}

// follow takes note of a statement. SQL of the user's own is not understood: a
// table changed that way must be given by Batch.CopyFrom.
func (t *tracker) follow(s ddl.Statement) {
	if t.tables == nil {
		t.tables = map[schema.Name]*schema.Table{}
	}
	switch s := s.(type) {
	case ddl.CreateTable:
		table := s.Table.Clone()
		table.Indexes = nil // they are statements of their own
		for _, i := range s.Inside {
			table.Indexes = append(table.Indexes, i.Clone())
		}
		t.tables[table.Name] = table
	case ddl.DropTable:
		delete(t.tables, s.Table)
		maps.DeleteFunc(t.objects, func(d defined, m made) bool { return d.kind == ddl.TriggerKind && m.table == s.Table })
	case ddl.RenameTable:
		t.rename(s)
	case ddl.AlterTable:
		for _, i := range s.DropIndexes {
			t.follow(i)
		}
		if table := t.tables[s.Table]; table != nil {
			for _, a := range s.Actions {
				act(table, a)
			}
		}
		for _, i := range s.AddIndexes {
			t.follow(i)
		}
	case ddl.CreateIndex:
		if table := t.tables[s.Table]; table != nil {
			table.Indexes = append(table.Indexes, s.Index.Clone())
		}
	case ddl.DropIndex:
		for _, table := range t.tables {
			if s.Table.Name == "" || s.Table == table.Name {
				table.Indexes = slices.DeleteFunc(table.Indexes, func(i *schema.IndexDef) bool { return i.Name == s.Name })
			}
		}
	case ddl.SetTableComment:
		if table := t.tables[s.Table]; table != nil {
			table.Comment = s.Comment
		}
	case ddl.RenameIndex:
		if table := t.tables[s.Table]; table != nil {
			if i := table.Index(s.Name); i != nil {
				i.Name = s.To
			}
		}
	case ddl.CreateEnum, ddl.DropEnum, ddl.AddEnumValue, ddl.InsertRows, ddl.UpdateRows, ddl.DeleteRows, ddl.Raw:
	case ddl.DropSchema:
		maps.DeleteFunc(t.tables, func(n schema.Name, _ *schema.Table) bool { return n.Schema == s.Name })
		t.forgetObjectsIn(s.Name)
	case ddl.RenameSchema:
		t.renameSchema(s)
		t.forgetObjectsIn(s.Name)
	case ddl.CreateObject:
		t.followObject(s)
	case ddl.DropObject:
		t.forgetObject(s)
	case ddl.CreateSchema, ddl.CreateSequence, ddl.AlterSequence, ddl.RenameSequence, ddl.DropSequence,
		ddl.RefreshView, ddl.CreateExtension, ddl.DropExtension,
		ddl.RenameEnum, ddl.RenameEnumValue, ddl.RebuildEnum:
	}
}

func (t *tracker) rename(s ddl.RenameTable) {
	to := schema.Name{Schema: s.Table.Schema, Name: s.To}
	if table := t.tables[s.Table]; table != nil {
		delete(t.tables, s.Table)
		table.Name = to
		t.tables[to] = table
	}
	for d, m := range t.objects {
		if m.table == s.Table {
			t.objects[d] = made{m.options, to}
		}
	}
	for _, table := range t.tables {
		for _, fk := range table.ForeignKeys {
			if fk.RefTable == s.Table {
				fk.RefTable = to
			}
		}
	}
}

func (t *tracker) renameSchema(s ddl.RenameSchema) {
	moved := map[schema.Name]*schema.Table{}
	for name, table := range t.tables {
		if name.Schema == s.Name {
			name.Schema, table.Name.Schema = s.To, s.To
		}
		for _, fk := range table.ForeignKeys {
			if fk.RefTable.Schema == s.Name {
				fk.RefTable.Schema = s.To
			}
		}
		moved[name] = table
	}
	t.tables = moved
}

// act makes one change of a table.
func act(t *schema.Table, a ddl.Action) {
	switch a := a.(type) {
	case ddl.AddColumn:
		at := len(t.Columns)
		if i := columnIndex(t, a.Place.After); i >= 0 {
			at = i + 1
		} else if i := columnIndex(t, a.Place.Before); i >= 0 {
			at = i
		} else if a.Place.First {
			at = 0
		}
		t.Columns = slices.Insert(t.Columns, at, a.Column.Clone())
	case ddl.DropColumn:
		t.Columns = slices.DeleteFunc(t.Columns, func(c *schema.ColumnDef) bool { return c.Name == a.Name })
		dropMentions(t, a.Name)
	case ddl.RenameColumn:
		renameColumn(t, a.Name, a.To)
	case ddl.AlterColumn:
		if i := columnIndex(t, a.Name); i >= 0 {
			a.Change.Copy(t.Columns[i], a.New)
		}
	case ddl.AddConstraint:
		if pk, ok := a.Constraint.(*schema.PrimaryKeyDef); ok {
			t.PrimaryKey = pk.Clone()
			return
		}
		schema.CloneConstraint(a.Constraint).AddToTable(t)
	case ddl.DropConstraint:
		dropConstraint(t, a)
	case ddl.RenameConstraint:
		renameConstraint(t, a)
	case ddl.ValidateConstraint:
		validate(t, a.Name)
	case ddl.SetOption:
		t.Options = schema.SetOption(t.Options, a.Option)
	case ddl.ResetOption:
		t.Options = schema.UnsetOption(t.Options, a.Option.OptionKey())
	}
}

func columnIndex(t *schema.Table, name string) int {
	return slices.IndexFunc(t.Columns, func(c *schema.ColumnDef) bool { return name != "" && c.Name == name })
}

// dropMentions leaves out the constraints that a dropped column was in, as databases do.
func dropMentions(t *schema.Table, column string) {
	if t.PrimaryKey != nil && slices.Contains(t.PrimaryKey.Columns, column) {
		t.PrimaryKey = nil
	}
	t.Uniques = slices.DeleteFunc(t.Uniques, func(u *schema.UniqueDef) bool { return slices.Contains(u.Columns, column) })
	t.ForeignKeys = slices.DeleteFunc(t.ForeignKeys, func(f *schema.ForeignKeyDef) bool { return slices.Contains(f.Columns, column) })
	t.Indexes = slices.DeleteFunc(t.Indexes, func(i *schema.IndexDef) bool {
		return slices.ContainsFunc(i.Parts, func(p schema.IndexPart) bool { return p.Column == column })
	})
}

func renameColumn(t *schema.Table, from, to string) {
	replace := func(list []string) {
		for i, c := range list {
			if c == from {
				list[i] = to
			}
		}
	}
	for _, c := range t.Columns {
		if c.Name == from {
			c.Name = to
		}
	}
	t.Options = schema.RenameInOptions(t.Options, from, to)
	if k := t.PrimaryKey; k != nil {
		replace(k.Columns)
		k.Options = schema.RenameInOptions(k.Options, from, to)
	}
	for _, u := range t.Uniques {
		replace(u.Columns)
		u.Options = schema.RenameInOptions(u.Options, from, to)
	}
	for _, f := range t.ForeignKeys {
		replace(f.Columns)
		if f.RefTable == t.Name {
			replace(f.RefColumns)
		}
	}
	for _, i := range t.Indexes {
		for n := range i.Parts {
			if i.Parts[n].Column == from {
				i.Parts[n].Column = to
			}
		}
		replace(i.Include)
	}
}

// dropConstraint leaves out one constraint: that of the name, or one without a
// name that says what the dropped one did.
func dropConstraint(t *schema.Table, d ddl.DropConstraint) {
	found := false
	matches := func(c schema.Constraint) bool {
		is := !found && c.ConstraintName() == d.Name && (d.Kind == 0 || d.Kind == c.Kind()) &&
			(d.Name != "" || d.Was == nil || reflect.DeepEqual(c, d.Was))
		found = found || is
		return is
	}
	if pk := t.PrimaryKey; pk != nil && (matches(pk) || (d.Kind == schema.PrimaryKeyKind && (d.Name == "" || pk.Name == ""))) {
		t.PrimaryKey = nil
		return
	}
	t.Uniques = slices.DeleteFunc(t.Uniques, func(c *schema.UniqueDef) bool { return matches(c) })
	t.Checks = slices.DeleteFunc(t.Checks, func(c *schema.CheckDef) bool { return matches(c) })
	t.ForeignKeys = slices.DeleteFunc(t.ForeignKeys, func(c *schema.ForeignKeyDef) bool { return matches(c) })
	t.Excludes = slices.DeleteFunc(t.Excludes, func(c *schema.ExcludeDef) bool { return matches(c) })
}

func renameConstraint(t *schema.Table, a ddl.RenameConstraint) {
	for _, c := range t.Constraints() {
		if c.ConstraintName() != a.Name || a.Kind != 0 && a.Kind != c.Kind() {
			continue
		}
		switch c := c.(type) {
		case *schema.PrimaryKeyDef:
			c.Name = a.To
		case *schema.UniqueDef:
			c.Name = a.To
		case *schema.CheckDef:
			c.Name = a.To
		case *schema.ForeignKeyDef:
			c.Name = a.To
		case *schema.ExcludeDef:
			c.Name = a.To
		}
	}
}

func validate(t *schema.Table, name string) {
	for _, c := range t.Constraints() {
		switch c := c.(type) {
		case *schema.CheckDef:
			c.NotValid = c.NotValid && c.Name != name
		case *schema.ForeignKeyDef:
			c.NotValid = c.NotValid && c.Name != name
		case *schema.PrimaryKeyDef, *schema.UniqueDef, *schema.ExcludeDef:
		}
	}
}
