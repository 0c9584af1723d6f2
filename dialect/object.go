package dialect

import (
	"context"
	"fmt"

	"github.com/gomig-dev/gomig/ddl"
)

// Objects is a grammar that spells the objects beside tables. It may look at the
// database; offline cat is nil. What the database has no such thing for is an
// error that names the object. Without it a database has none of them.
type Objects interface {
	Object(ctx context.Context, cat Catalog, s ddl.ObjectStatement) ([]SQL, error)
}

func object(ctx context.Context, g Grammar, cat Catalog, s ddl.Statement) ([]SQL, error) {
	o, ok := g.(Objects)
	stmt, is := s.(ddl.ObjectStatement)
	if !ok || !is {
		return nil, fmt.Errorf("compiling %T: this database has no such statement", s)
	}
	return o.Object(ctx, cat, stmt)
}
