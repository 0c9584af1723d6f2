package op

import (
	"errors"
	"fmt"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

func (o *Operations) view(name, query string) ddl.Object {
	return ddl.Object{Kind: ddl.ViewKind, Name: o.name(name), Definition: query}
}

func (o *Operations) materializedView(name, query string) ddl.Object {
	return ddl.Object{Kind: ddl.MaterializedViewKind, Name: o.name(name), Definition: query}
}

// CreateView creates a view of what a query gives; what may follow the query,
// such as WITH CHECK OPTION, follows it. Its reverse is [Operations.DropView].
func (o *Operations) CreateView(name, query string, opts ...CreateObjectOption) {
	o.createObject(o.view(name, query), opts)
}

// ReplaceView puts a view in the place of another: query instead of was, which
// the reverse puts back. A database that can keeps the privileges and what
// depends on the view; PostgreSQL then takes only queries that give the columns
// before and perhaps more behind them, else say [Anew]. MySQL and MariaDB keep its
// ALGORITHM, DEFINER and SQL SECURITY, unless [With] says others; a script cannot
// know them, so that there they are what [With] says, or the server's defaults.
func (o *Operations) ReplaceView(name, query, was string, opts ...ReplaceObjectOption) {
	o.replaceObject(o.view(name, query), was, opts)
}

// DropView drops a view. Its reverse is [Operations.CreateView], if
// [ExistingDefinition] says the query; [ExistingOptions] says with what options.
func (o *Operations) DropView(name string, opts ...DropObjectOption) {
	o.dropObject(o.view(name, ""), opts)
}

// CreateMaterializedView creates a view that keeps what its query gave
// (PostgreSQL). Its reverse is [Operations.DropMaterializedView].
func (o *Operations) CreateMaterializedView(name, query string, opts ...CreateObjectOption) {
	o.createObject(o.materializedView(name, query), opts)
}

// ReplaceMaterializedView drops a materialized view, with its indexes and
// privileges, and creates another; the reverse puts the one before back.
func (o *Operations) ReplaceMaterializedView(name, query, was string) {
	o.replaceObject(o.materializedView(name, query), was, nil)
}

// DropMaterializedView drops a materialized view. Its reverse is
// [Operations.CreateMaterializedView], if [ExistingDefinition] says the query.
func (o *Operations) DropMaterializedView(name string, opts ...DropObjectOption) {
	o.dropObject(o.materializedView(name, ""), opts)
}

// RefreshView fills a materialized view anew (PostgreSQL). It has no reverse.
type RefreshView struct {
	Name         schema.Name
	Concurrently bool // let it be read meanwhile, which takes a unique index
	Empty        bool // leave it without rows, and unreadable until it is filled
}

// RefreshViewOption is an option of RefreshMaterializedView: [Concurrently], [WithNoData].
type RefreshViewOption uint8

// How a materialized view is refreshed.
const (
	Concurrently RefreshViewOption = iota + 1 // while it can be read; it takes a unique index
	WithNoData                                // emptied, and unreadable until it is filled
)

// Call spells the option in Go.
func (r RefreshViewOption) Call() schema.Call {
	name := "Concurrently"
	if r == WithNoData {
		name = "WithNoData"
	}
	return schema.Call{Path: Path, Func: name, Const: true}
}

// RefreshMaterializedView fills a materialized view anew. It has no reverse.
func (o *Operations) RefreshMaterializedView(name string, opts ...RefreshViewOption) {
	p := &RefreshView{Name: o.name(name)}
	for _, opt := range opts {
		p.Concurrently = p.Concurrently || opt == Concurrently
		p.Empty = p.Empty || opt == WithNoData
	}
	o.Invoke(p)
}

// Lower gives the statement.
func (p *RefreshView) Lower() ([]ddl.Statement, error) {
	if p.Concurrently && p.Empty {
		return nil, errors.New("op.Concurrently and op.WithNoData exclude each other")
	}
	return []ddl.Statement{ddl.RefreshView{Name: p.Name, Concurrently: p.Concurrently, Empty: p.Empty}}, nil
}

// Reverse is refused.
func (p *RefreshView) Reverse() (Operation, error) {
	return nil, irreversible(p, "what the view held before is gone")
}

// Call spells the operation in Go.
func (p *RefreshView) Call() schema.Call {
	args := []any{p.Name.Name}
	if p.Concurrently {
		args = append(args, Concurrently)
	}
	if p.Empty {
		args = append(args, WithNoData)
	}
	return method(p.Name, "RefreshMaterializedView", args...)
}

func (p *RefreshView) String() string { return fmt.Sprintf("refresh materialized view %q", p.Name) }
