package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// verdict is what a tool makes of a change.
type verdict struct {
	seen    []string // differences
	before  []string // what it sees between the state before and itself, where nothing is
	after   []string // the same of the state after
	warned  []string
	refused string   // the error by which it stopped comparing
	failed  string   // the error by which it stopped doing what it found
	left    []string // what gomig finds when it has
}

// judge asks a tool about a change, and has it done if it is found.
func judge(ctx context.Context, by tool, a, b state) (v verdict, err error) {
	for _, each := range []struct {
		list     *[]string
		from, to state
	}{{&v.before, a, a}, {&v.after, b, b}, {&v.seen, a, b}} {
		found, warned, err := by.compare(ctx, each.from, each.to)
		if _, ok := errors.AsType[goneError](err); ok {
			return v, err
		}
		if err != nil {
			v.refused = err.Error()
			return v, nil //nolint:nilerr // that is the finding
		}
		*each.list, v.warned = found, append(v.warned, warned...)
	}
	if !v.found() {
		return v, nil
	}
	if err := by.apply(ctx, a, b); err != nil {
		v.failed = err.Error()
		return v, nil //nolint:nilerr // that is the finding
	}
	v.left, _, err = own{}.compare(ctx, a, b)
	if err != nil {
		return v, fmt.Errorf("comparing afterwards: %w", err)
	}
	return v, nil
}

// found reports whether a tool says something of a change that it does not say
// anyway.
func (v verdict) found() bool {
	return v.refused == "" && len(v.seen) > 0 && !slices.Equal(v.seen, v.before) && !slices.Equal(v.seen, v.after)
}

// done reports whether the database is then what was declared.
func (v verdict) done() bool { return v.found() && v.failed == "" && len(v.left) == 0 }

// alarms reports whether a tool sees a difference between a database and itself.
func (v verdict) alarms() bool { return len(v.before) > 0 || len(v.after) > 0 }

// tell writes what a tool said about a change.
func (v verdict) tell(w io.Writer, what string) {
	for _, said := range []struct {
		word string
		list []string
	}{
		{"sees", v.seen},
		{"false alarm before", v.before},
		{"false alarm after", v.after},
		{"warns", v.warned},
		{"refuses", []string{v.refused}},
		{"fails", []string{v.failed}},
		{"leaves", v.left},
	} {
		for _, s := range said.list {
			if s != "" {
				_, _ = fmt.Fprintf(w, "%s: %s: %s\n", what, said.word, strings.ReplaceAll(s, "\n", " "))
			}
		}
	}
}
