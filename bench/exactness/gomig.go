package main

import (
	"context"
	"errors"

	"github.com/gomig-dev/gomig"
	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// own is gomig, which compares with the declaration itself.
type own struct{}

func (own) name() string { return "gomig" }

func (own) compare(ctx context.Context, from, to state) (found, _ []string, err error) {
	r, err := compare(ctx, from.db, to.tables)
	if err != nil {
		return nil, nil, err
	}
	for _, o := range r.Upgrade {
		found = append(found, o.String())
	}
	return found, r.Warnings, nil
}

func (own) apply(ctx context.Context, from, to state) error {
	r, err := compare(ctx, from.db, to.tables)
	if err != nil {
		return err
	}
	return work(ctx, from.db, func(o *op.Operations) {
		for _, each := range r.Upgrade {
			o.Invoke(each)
		}
	})
}

// declared is the model that has the tables.
func declared(tables []*schema.Table) *schema.Metadata {
	m := schema.NewMetadata(schema.Options{})
	for _, t := range tables {
		m.Add(t)
	}
	return m
}

func migration(ctx context.Context, db *testdb.DB, tables []*schema.Table) (*env.Migration, error) {
	return env.NewMigration(ctx, env.Embedded{Systems: gomig.Dialects()}, env.Options{
		DB: db.DB, NoLock: true, TargetMetadata: []*schema.Metadata{declared(tables)},
	})
}

func compare(ctx context.Context, db *testdb.DB, tables []*schema.Table) (_ *autogen.Result, err error) {
	m, err := migration(ctx, db, tables)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, m.Close()) }()
	return m.Compare(ctx)
}

// create makes an empty database hold the tables.
func create(ctx context.Context, db *testdb.DB, tables []*schema.Table) error {
	return work(ctx, db, func(o *op.Operations) { o.CreateAll(declared(tables)) })
}

// work does operations as one revision would.
func work(ctx context.Context, db *testdb.DB, do func(*op.Operations)) (err error) {
	m, err := migration(ctx, db, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, m.Close()) }()
	return m.BeginTransaction(ctx, func(ctx context.Context) error {
		o := m.Operations(ctx)
		do(o)
		return o.Err()
	})
}
