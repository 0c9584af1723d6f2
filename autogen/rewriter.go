package autogen

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/gomig-dev/gomig/op"
)

// Rewriter replaces operations by others, by their type (autogenerate.rewriter.Rewriter).
// The zero Rewriter replaces nothing:
//
//	var writer autogen.Rewriter
//	autogen.Rewrite(&writer, func(_ context.Context, o *op.DropTable) ([]op.Operation, error) {
//		return nil, nil // a table is never dropped
//	})
//	… env.Options{Autogenerate: autogen.Options{Hooks: autogen.Hooks{Process: writer.Process}}}
//
// It goes through the upgrade and the downgrade of each script, and into the
// groups of op.AlterTable. Each operation is rewritten once: what a rule gives is
// not shown to the rules of the same Rewriter again.
type Rewriter struct {
	rules []rule
	next  []Process
}

// rule is one function of a Rewriter; ok is false for operations of other types.
type rule func(ctx context.Context, o op.Operation) (list []op.Operation, ok bool, err error)

// Rewrite adds a rule for the operations of type T, which may be an interface
// (Rewriter.rewrites). f gives what stands in an operation's place: itself, others,
// or none. Of several rules for one operation the first counts.
func Rewrite[T op.Operation](r *Rewriter, f func(ctx context.Context, o T) ([]op.Operation, error)) {
	r.rules = append(r.rules, func(ctx context.Context, o op.Operation) ([]op.Operation, bool, error) {
		t, ok := o.(T)
		if !ok {
			return nil, false, nil
		}
		list, err := f(ctx, t)
		return list, true, err
	})
}

// Chain has others look at what r has made of the scripts, in their order (Rewriter.chain).
// It gives a new Rewriter: other := first.Chain(second.Process).
func (r *Rewriter) Chain(next ...Process) *Rewriter {
	return &Rewriter{rules: r.rules, next: slices.Concat(r.next, next)}
}

// Process is the hook: the Rewriter applied to every script.
func (r *Rewriter) Process(ctx context.Context, scripts []*MigrationScript) ([]*MigrationScript, error) {
	for _, s := range scripts {
		for _, b := range s.Bodies() {
			var err error
			if b.Upgrade, err = r.rewrite(ctx, b.Upgrade); err != nil {
				return nil, err
			}
			if b.Downgrade, err = r.rewrite(ctx, b.Downgrade); err != nil {
				return nil, err
			}
		}
	}
	return Chain(r.next...)(ctx, scripts)
}

// Chain is several hooks as one: each looks at what the one before has made.
func Chain(list ...Process) Process {
	return func(ctx context.Context, scripts []*MigrationScript) ([]*MigrationScript, error) {
		for _, f := range list {
			if f == nil {
				continue
			}
			var err error
			if scripts, err = f(ctx, scripts); err != nil {
				return nil, err
			}
		}
		return scripts, nil
	}
}

// rewrite applies the rules to operations: to a group first as a whole, then to
// what is in it. A group of which nothing is left is left out.
func (r *Rewriter) rewrite(ctx context.Context, ops []op.Operation) ([]op.Operation, error) {
	var out []op.Operation
	for _, o := range ops {
		list, err := r.apply(ctx, o)
		if err != nil {
			return nil, fmt.Errorf("rewriting %s: %w", o, err)
		}
		for _, o := range list {
			if o == nil {
				return nil, errors.New("rewriting operations: a rule gave one that is nil; give an empty list for none")
			}
			g, ok := o.(*op.AlterTable)
			if !ok {
				out = append(out, o)
				continue
			}
			changes, err := r.rewrite(ctx, g.Changes)
			if err != nil {
				return nil, err
			}
			if len(changes) == 0 && len(g.Changes) > 0 {
				continue
			}
			copied := *g
			copied.Changes = changes
			out = append(out, &copied)
		}
	}
	return out, nil
}

func (r *Rewriter) apply(ctx context.Context, o op.Operation) ([]op.Operation, error) {
	for _, f := range r.rules {
		if list, ok, err := f(ctx, o); ok {
			return list, err
		}
	}
	return []op.Operation{o}, nil
}
