package postgres

import (
	"math/big"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
)

// EqualExpr decides whether two expressions in canonical form say the same.
// It reads both and lets pass what the server adds of itself: the types of
// values, = ANY for IN, brackets. It says Different only where no rewriting by
// the server explains the difference: another column, number or operator.
func (server) EqualExpr(a, b string) dialect.Verdict {
	if a == b {
		return dialect.Same
	}
	x, ok := parseExpr(a)
	if !ok {
		return dialect.Undecided
	}
	y, ok := parseExpr(b)
	if !ok {
		return dialect.Undecided
	}
	return equalNodes(x, y)
}

// equalNodes compares two expressions part by part. A certain difference
// decides for the whole, as parts that lie alike have been found above it.
func equalNodes(a, b node) dialect.Verdict {
	if a.kind != b.kind {
		return dialect.Undecided
	}
	verdict := dialect.Same
	switch a.kind {
	case nodeValue:
		return equalValues(a, b)
	case nodeName:
		return equalNames(a.text, b.text)
	case nodeOp:
		if a.text != b.text {
			if len(a.args) != len(b.args) || precedence[a.text] == 0 || precedence[b.text] == 0 {
				return dialect.Undecided
			}
			verdict = dialect.Different
		}
	case nodeLogic, nodeTest, nodeIn:
		if a.text != b.text {
			return dialect.Undecided
		}
		if len(a.args) != len(b.args) {
			return dialect.Different
		}
	default:
		if a.text != b.text {
			return dialect.Undecided
		}
	}
	if len(a.args) != len(b.args) {
		return dialect.Undecided
	}
	for i := range a.args {
		switch equalNodes(a.args[i], b.args[i]) {
		case dialect.Different:
			return dialect.Different
		case dialect.Undecided:
			if verdict == dialect.Same {
				verdict = dialect.Undecided
			}
		case dialect.Same:
		}
	}
	return verdict
}

// equalNames compares columns; the table's name before one says nothing.
func equalNames(a, b string) dialect.Verdict {
	if a == b {
		return dialect.Same
	}
	last := func(s string) string { return s[strings.LastIndexByte(s, 0)+1:] }
	if last(a) == last(b) {
		return dialect.Same
	}
	return dialect.Different
}

// exactTypes are the types whose values the server keeps letter for letter.
var exactTypes = set("text varchar citext")

// equalValues compares values. The server says of what type a value is, and
// spells it in that type's way, where the user says neither.
func equalValues(a, b node) dialect.Verdict {
	casts := a.cast == b.cast || a.cast == "" || b.cast == "" || exactTypes[a.cast] && exactTypes[b.cast]
	if a.text == b.text {
		if casts {
			return dialect.Same
		}
		return dialect.Undecided
	}
	x, isNumber := rational(a.text)
	y, bothNumbers := rational(b.text)
	if isNumber && bothNumbers && a.cast == "" && b.cast == "" {
		if x.Cmp(y) != 0 {
			return dialect.Different
		}
		return dialect.Undecided // 1.0 and 1 have other scales
	}
	if casts && (exactTypes[a.cast] || exactTypes[b.cast]) {
		return dialect.Different
	}
	return dialect.Undecided
}

func rational(s string) (*big.Rat, bool) {
	if !number().MatchString(s) || len(s) > 40 || strings.ContainsAny(s, "eE") {
		return nil, false
	}
	return new(big.Rat).SetString(s)
}
