package op

import (
	"context"
	"errors"
)

// AutocommitRunner is a [Runner] that can step out of its transaction. One that
// cannot refuses [Operations.AutocommitBlock].
type AutocommitRunner interface {
	AutocommitBlock(ctx context.Context, f func() error) error
}

// AutocommitBlock runs f outside the transaction, for what cannot be in one, such
// as VACUUM or CREATE DATABASE. What the revision did before is committed, with
// all that the run did before it if they share a transaction, and another
// transaction is begun behind f (MigrationContext.autocommit_block). If the
// revision fails afterwards, that much of it stays: do it in a revision of its own.
func (o *Operations) AutocommitBlock(f func(o *Operations) error) {
	if o.state.err != nil {
		return
	}
	r, ok := o.run.(AutocommitRunner)
	if !ok {
		o.state.err = &Error{Operation: "autocommit block", Err: errors.New("this run has no transactions to step out of")}
		return
	}
	err := r.AutocommitBlock(o.ctx, func() error {
		if err := f(o); err != nil {
			return err
		}
		return o.state.err
	})
	if o.state.err == nil && err != nil {
		o.state.err = &Error{Operation: "autocommit block", Err: err}
	}
}
