package main

import (
	"context"
	"fmt"

	"github.com/gomig-dev/gomig/internal/testdb"
)

// growth measures how a comparison's cost grows with the schema.
func growth(ctx context.Context, b *bench) error {
	fmt.Print("### `check` as the schema grows, nothing changed\n\n")
	fmt.Print("| | tables | wall | memory | wall for each 1,000 tables |\n|---|---|---|---|---|\n")
	return b.onEngines(ctx, func(e engine, s *testdb.Server) error {
		for _, tables := range []int{b.tables, 5 * b.tables} {
			l, err := b.newLarge(ctx, e, s, "growing", tables)
			if err != nil {
				return err
			}
			costs, err := compare(ctx, b.runs, l.check(b))
			if err != nil {
				return err
			}
			fmt.Printf("| %s | %d | %.3f s | %d MB | %.3f s |\n", e.name, tables, costs[0].wall.Seconds(), costs[0].memory>>20,
				costs[0].wall.Seconds()*1000/float64(tables))
			if err := l.db.Drop(ctx); err != nil {
				return err
			}
		}
		return nil
	})
}
