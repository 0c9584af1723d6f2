package autogen

import (
	"fmt"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/op"
)

// Summary counts what operations do, in one line: `2 tables added, 1 column
// dropped (data loss)`. It is empty if there are none.
func Summary(d dialect.Dialect, ops []op.Operation) string {
	counts := make([]count, len(tallies))
	for _, o := range ops {
		for _, p := range parts(o) {
			n := &counts[tally(p)]
			n.all++
			for _, l := range losses(d, p) {
				n.loses = n.loses || strings.HasPrefix(l, "Data loss")
			}
		}
	}
	var out []string
	for i, n := range counts {
		if n.all == 0 {
			continue
		}
		noun, verb, _ := strings.Cut(tallies[i], " ")
		if n.all > 1 {
			noun = plurals[noun]
		}
		text := strings.TrimSpace(fmt.Sprintf("%d %s %s", n.all, noun, verb))
		if n.loses {
			text += " (data loss)"
		}
		out = append(out, text)
	}
	return strings.Join(out, ", ")
}

type count struct {
	all   int
	loses bool
}

// tallies are what is counted, in the order in which it is told.
var tallies = []string{
	"table added", "table dropped", "table renamed", "column added", "column dropped", "column changed", "column renamed",
	"index added", "index dropped", "index renamed", "constraint added", "constraint dropped", "constraint renamed", "change besides",
}

var plurals = map[string]string{
	"table": "tables", "column": "columns", "index": "indexes", "constraint": "constraints", "change": "changes",
}

// tally is where an operation is counted.
func tally(o op.Operation) int {
	what := "change besides"
	switch o := o.(type) {
	case *op.CreateTable:
		what = "table added"
	case *op.DropTable:
		what = "table dropped"
	case *op.RenameTable:
		what = "table renamed"
	case *op.AddColumn:
		what = "column added"
	case *op.DropColumn:
		what = "column dropped"
	case *op.AlterColumn:
		if what = "column changed"; o.Change == ddl.NameAspect {
			what = "column renamed"
		}
	case *op.CreateIndex:
		what = "index added"
	case *op.DropIndex:
		what = "index dropped"
	case *op.RenameIndex:
		what = "index renamed"
	case *op.AddConstraint:
		what = "constraint added"
	case *op.DropConstraint:
		what = "constraint dropped"
	case *op.RenameConstraint:
		what = "constraint renamed"
	}
	for i, t := range tallies {
		if t == what {
			return i
		}
	}
	return len(tallies) - 1
}
