package gomig

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/env"
)

// Answer is what somebody says to a question.
type Answer uint8

// The answers.
const (
	Abort Answer = iota
	Yes
	No
)

// AskFunc asks somebody a question.
type AskFunc func(ctx context.Context, question string) (Answer, error)

// renames are the new names that a command knows of, and how it learns of more.
type renames struct {
	given []string // by --rename
	guess guess
	ask   AskFunc // nil where nobody can be asked

	mu       sync.Mutex
	accepted []string                // by somebody who was asked
	declined map[autogen.Rename]bool // by the same
	unused   map[string]int          // of given, in how many databases
	compared int                     // how many there are
}

// guess says what becomes of a likely rename that nobody declared.
type guess uint8

const (
	askOrRefuse guess = iota // somebody must say it
	dropAndAdd               // it is none
)

// compare compares a database with the declaration, until every likely rename in
// it is decided.
func (n *renames) compare(ctx context.Context, m *env.Migration) (*autogen.Result, error) {
	for {
		r, err := m.Compare(ctx, n.known()...)
		if err != nil {
			return nil, err
		}
		again, err := n.decide(ctx, r)
		if err != nil {
			return nil, err
		}
		if !again {
			return r, nil
		}
	}
}

func (n *renames) known() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return append(n.given[:len(n.given):len(n.given)], n.accepted...)
}

// decide asks about what is open, and reports whether there is a new rename to
// compare by.
func (n *renames) decide(ctx context.Context, r *autogen.Result) (again bool, err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	var open []autogen.Rename
	for _, l := range r.Likely {
		if n.guess == askOrRefuse && !n.declined[l] {
			open = append(open, l)
		}
	}
	if len(open) > 0 && n.ask == nil {
		return false, likelyError(open, r.Unused)
	}
	for _, l := range open {
		answer, err := n.ask(ctx, fmt.Sprintf("Was %s renamed to %s? If not, it is dropped with what is in it, and the other one is new.", l.From, l.To))
		switch {
		case err != nil:
			return false, fmt.Errorf("asking whether %s was renamed to %s: %w", l.From, l.To, err)
		case answer == Yes:
			n.accepted = append(n.accepted, l.String())
			return true, nil
		case answer == No:
			if n.declined == nil {
				n.declined = map[autogen.Rename]bool{}
			}
			n.declined[l] = true
		default:
			return false, errors.New("aborted; nothing was written")
		}
	}
	n.compared++
	for _, spec := range r.Unused {
		if n.unused == nil {
			n.unused = map[string]int{}
		}
		n.unused[spec]++
	}
	return false, nil
}

// checkRenames refuses what does not read as a new name.
func checkRenames(given []string) error {
	for _, spec := range given {
		from, to, found := strings.Cut(spec, ":")
		if !found || from == "" || to == "" {
			return wrong("--rename %s: it takes OLD:NEW, or for columns TABLE.OLD:TABLE.NEW", flag(spec))
		}
	}
	return nil
}

// check refuses a rename that no database has any use for.
func (n *renames) check() error {
	for _, spec := range n.given {
		if n.unused[spec] > 0 && n.unused[spec] == n.compared {
			return fmt.Errorf("--rename %s: nothing is renamed by it; it takes OLD:NEW, tables of one schema or columns of one table as TABLE.COLUMN, of which the old one is in the database and the new one is declared and not in the database", flag(spec))
		}
	}
	return nil
}

// likelyError says how to decide, where nobody can be asked, and which of the
// renames that were given may be misspelt.
func likelyError(open []autogen.Rename, unused []string) error {
	var b strings.Builder
	for _, spec := range unused {
		fmt.Fprintf(&b, "--rename %s renames nothing here; ", flag(spec))
	}
	for i, l := range open {
		if i > 0 {
			b.WriteString("; ")
		}
		fmt.Fprintf(&b, "%s may have been renamed to %s: --rename %s renames it", l.From, l.To, flag(l.String()))
	}
	return fmt.Errorf("%s; --no-renames drops what is gone, with its data, and adds what is new. "+
		"Run the command again with one of these, or say schema.RenamedFrom in the model", b.String())
}

// flag is a value as a shell takes it.
func flag(value string) string {
	if strings.ContainsFunc(value, func(r rune) bool {
		return r <= ' ' || strings.ContainsRune("'\"\\$`!*?[](){}<>|&;#~", r)
	}) {
		return "'" + strings.ReplaceAll(value, "'", `'\''`) + "'"
	}
	return value
}
