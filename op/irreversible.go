package op

import (
	"errors"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// Irreversible stands in a downgrade for the reverse of an operation that has
// none: it fails, so that a database never counts as gone back where it has not.
// (Alembic leaves such a downgrade to the user.)
type Irreversible struct {
	What string // what cannot be undone: `run script "fill.sql"`
	Why  string // empty for no more than that
}

// Irreversible fails: what was done cannot be undone. Replace it by what undoes
// it, or by nothing if that is right.
func (o *Operations) Irreversible(what string, why ...string) {
	o.Invoke(&Irreversible{What: what, Why: strings.Join(why, "; ")})
}

// Undo is the reverse of an operation, or an [Irreversible] where there is none.
func Undo(o Operation) Operation {
	back, err := o.Reverse()
	if err == nil {
		return back
	}
	_, why, said := strings.Cut(err.Error(), ErrIrreversible.Error())
	if why = strings.TrimPrefix(why, ": "); !said {
		why = err.Error()
	}
	return &Irreversible{What: o.String(), Why: why}
}

// Lower is always an error.
func (p *Irreversible) Lower() ([]ddl.Statement, error) {
	text := "nothing undoes it; write into the downgrade what does, or take this line out"
	if p.Why != "" {
		text = p.Why + "; " + text
	}
	return nil, errors.New(text)
}

// Reverse is the operation itself: what cannot be undone is not done again either.
func (p *Irreversible) Reverse() (Operation, error) { return p, nil }

// Call spells the operation in Go.
func (p *Irreversible) Call() schema.Call {
	args := []any{p.What}
	if p.Why != "" {
		args = append(args, p.Why)
	}
	return schema.Call{Func: "Irreversible", Args: args}
}

func (p *Irreversible) String() string { return "undo " + p.What }
