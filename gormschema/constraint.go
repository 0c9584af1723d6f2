package gormschema

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	gormschema "gorm.io/gorm/schema"

	"github.com/gomig-dev/gomig/schema"
)

// constraints are the foreign keys, unique constraints and checks, by name:
// GORM keeps them in maps.
func (d declaration) constraints() (items []schema.TableItem) {
	keys := map[string]*schema.ForeignKeyDef{}
	if !d.db.DisableForeignKeyConstraintWhenMigrating && !d.db.IgnoreRelationshipsWhenMigrating {
		for _, rel := range d.relations() {
			if rel.Field.IgnoreMigration {
				continue
			}
			if c := rel.ParseConstraint(); c != nil && c.Schema == d.schema && keys[c.Name] == nil {
				keys[c.Name] = foreignKey(c)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(keys)) {
		items = append(items, keys[name])
	}
	uniques := d.schema.ParseUniqueConstraints()
	for _, name := range slices.Sorted(maps.Keys(uniques)) {
		items = append(items, schema.UniqueConstraint(name, uniques[name].Field.DBName))
	}
	checks := d.schema.ParseCheckConstraints()
	for _, name := range slices.Sorted(maps.Keys(checks)) {
		items = append(items, schema.CheckConstraint(name, checks[name].Constraint))
	}
	return items
}

// relations are those of the model by the order of its fields, and behind them by
// name those of other models whose key is here. Of two keys that are said to have
// one name GORM makes the one that it comes to first.
func (d declaration) relations() []*gormschema.Relationship {
	place := map[*gormschema.Field]int{}
	for i, f := range d.schema.Fields {
		place[f] = i - len(d.schema.Fields)
	}
	all := d.schema.Relationships.Relations
	names := slices.SortedFunc(maps.Keys(all), func(a, b string) int {
		return cmp.Or(cmp.Compare(place[all[a].Field], place[all[b].Field]), strings.Compare(a, b))
	})
	out := make([]*gormschema.Relationship, len(names))
	for i, name := range names {
		out[i] = all[name]
	}
	return out
}

func foreignKey(c *gormschema.Constraint) *schema.ForeignKeyDef {
	fk := &schema.ForeignKeyDef{
		Name: c.Name, RefTable: schema.SplitName(c.ReferenceSchema.Table), OnDelete: action(c.OnDelete), OnUpdate: action(c.OnUpdate),
	}
	for _, f := range c.ForeignKeys {
		fk.Columns = append(fk.Columns, f.DBName)
	}
	for _, f := range c.References {
		fk.RefColumns = append(fk.RefColumns, f.DBName)
	}
	return fk
}

func action(s string) schema.Action {
	a := schema.Action(strings.ToUpper(strings.Join(strings.Fields(s), " ")))
	if a == "NO ACTION" {
		return schema.NoAction
	}
	return a
}

// index declares an index as the driver for the database creates it: MySQL's
// ignores the predicate, the others the length, the class of text and the comment.
func (d declaration) index(i *gormschema.Index) *schema.IndexDef {
	onMySQL := d.db.Name() == "mysql"
	out := &schema.IndexDef{Name: i.Name, Unique: strings.EqualFold(i.Class, "UNIQUE"), Using: i.Type}
	switch {
	case onMySQL:
		out.Comment = i.Comment
		if strings.EqualFold(i.Class, "FULLTEXT") || strings.EqualFold(i.Class, "SPATIAL") {
			out.Using = strings.ToUpper(i.Class)
		}
	default:
		out.Where = i.Where
	}
	for _, f := range i.Fields {
		p := schema.IndexPart{Column: f.DBName, Descending: strings.EqualFold(f.Sort, "desc"), Collation: f.Collate}
		if f.Expression != "" {
			p.Column, p.Expr = "", f.Expression
		}
		if onMySQL {
			p.Length = f.Length
		}
		out.Parts = append(out.Parts, p)
	}
	return out
}
