package dialect

import (
	"context"
	"fmt"
	"strings"

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
	if c, is := s.(ddl.CreateObject); is {
		if err := foreignToObject(g, c.Object); err != nil {
			return nil, err
		}
	}
	return o.Object(ctx, cat, stmt)
}

// foreignToObject refuses an option of this database's own that it would leave out:
// without [ViewOptions] it has none that are said with an object. Those of other
// databases are left out.
func foreignToObject(g Grammar, o ddl.Object) error {
	d, ok := g.(Dialect)
	if _, has := g.(ViewOptions); has || !ok {
		return nil
	}
	for _, opt := range o.Options {
		if strings.HasPrefix(opt.OptionKey(), d.Name()+".") {
			return fmt.Errorf("creating %s %q: %s is no option of %ss", o.Kind, o.Name, opt.OptionKey(), o.Kind)
		}
	}
	return nil
}
