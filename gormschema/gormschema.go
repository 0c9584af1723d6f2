// Package gormschema declares the schema of GORM models at run time, as GORM
// itself parses them: for models whose types or names are only known then, where
// `gomig generate` cannot tell. It is a module of its own, so that GORM is no
// requirement of gomig.
//
// A project requires both modules, at one version:
//
//	go get github.com/gomig-dev/gomig@latest github.com/gomig-dev/gomig/gormschema@latest
//
// The replace in this module's go.mod makes it build with the gomig beside it;
// Go obeys it inside the repository only. For other modules it says no version of
// gomig, which is why gomig has to be required too. Who builds with a checkout
// replaces both:
//
//	go mod edit -replace github.com/gomig-dev/gomig=../gomig -replace github.com/gomig-dev/gomig/gormschema=../gomig/gormschema
package gormschema

import (
	"errors"
	"fmt"
	"reflect"

	"gorm.io/gorm"
	"gorm.io/gorm/migrator"
	gormschema "gorm.io/gorm/schema"

	"github.com/gomig-dev/gomig/schema"
)

// orderer is what the migrators of GORM's drivers have beside gorm.Migrator: it
// adds the tables between two models.
type orderer interface {
	ReorderModels(values []any, autoAdd bool) []any
}

// Metadata declares the tables that db.AutoMigrate would make of the models, with
// the tables between two of them, in the words of the database of db. Nothing is
// sent to the database; db may be opened without one (DryRun, and the driver's
// way to skip its first questions).
func Metadata(db *gorm.DB, models ...any) (*schema.Metadata, error) {
	order, ok := db.Migrator().(orderer)
	if !ok {
		return nil, fmt.Errorf("declaring GORM models: the migrator of %s does not say which tables it makes", db.Name())
	}
	m := schema.NewMetadata(schema.Options{})
	for _, model := range order.ReorderModels(models, true) {
		stmt := &gorm.Statement{DB: db}
		if err := stmt.Parse(model); err != nil {
			return nil, fmt.Errorf("declaring GORM model %T: %w", model, err)
		}
		d := declaration{db: db, schema: stmt.Schema}
		m.Add(d.table())
	}
	if err := m.Err(); err != nil {
		return nil, fmt.Errorf("declaring GORM models: %w", err)
	}
	if len(m.Tables()) == 0 {
		return nil, errors.New("declaring GORM models: there are none")
	}
	return m, nil
}

// declaration is a model on its way to become a table.
type declaration struct {
	db     *gorm.DB
	schema *gormschema.Schema
}

func (d declaration) table() *schema.Table {
	name := schema.SplitName(d.schema.Table)
	var items []schema.TableItem
	if name.Schema != "" {
		items = append(items, schema.InSchema(name.Schema))
	}
	var key []string
	for _, column := range d.schema.DBNames {
		f := d.schema.FieldsByDBName[column]
		if f.IgnoreMigration {
			continue
		}
		c, primary := d.column(f)
		if primary && len(d.schema.PrimaryFields) == 0 {
			key = append(key, column)
		}
		items = append(items, c)
	}
	for _, f := range d.schema.PrimaryFields {
		key = append(key, f.DBName)
	}
	if len(key) > 0 {
		items = append(items, schema.PrimaryKeyConstraint("", key...))
	}
	items = append(items, d.constraints()...)
	for _, i := range d.schema.ParseIndexes() {
		items = append(items, d.index(i))
	}
	return schema.NewTable(name.Name, items...)
}

// column declares a field as Migrator.FullDataTypeOf does. True says that its
// type makes it the primary key.
func (d declaration) column(f *gormschema.Field) (c *schema.ColumnDef, primary bool) {
	c = schema.Column(f.DBName, schema.NoType())
	c.Nullable, c.Comment = !f.NotNull && !f.PrimaryKey, f.Comment
	primary = setType(c, d.dataType(f))
	switch {
	case !f.HasDefaultValue:
	case f.DefaultValueInterface != nil:
		c.Default = schema.Literal(f.DefaultValueInterface)
	case f.DefaultValue != "" && f.DefaultValue != "(-)":
		c.Default = schema.SQL(f.DefaultValue)
	}
	return c, primary
}

// dataType is the type in the database's words, as Migrator.DataTypeOf finds it.
func (d declaration) dataType(f *gormschema.Field) string {
	if t, ok := reflect.New(f.IndirectFieldType).Interface().(migrator.GormDataTypeInterface); ok {
		if s := t.GormDBDataType(d.db, f); s != "" {
			return s
		}
	}
	return d.db.Dialector.DataTypeOf(f)
}
