package revision

import (
	"strconv"
	"strings"
)

// The words with a meaning of their own. No revision or branch may be named so.
const (
	nameHead    = "head"
	nameHeads   = "heads"
	nameBase    = "base"
	nameCurrent = "current"
)

// Symbol is a revision as one writes it on a command line, taken apart:
// [Branch@][Name][+Steps|-Steps].
type Symbol struct {
	// Branch is what stands before "@": a label, or a revision standing for
	// its branch.
	Branch string
	// Name is an id, the beginning of one, a label, or head, heads, base or
	// current. It is empty for "+N" and "-N", which start at the current
	// revisions.
	Name string
	// Relative tells "ae10+0" from "ae10".
	Relative bool
	// Steps is the way to walk from Name: up if positive, down if negative.
	Steps int
}

// String returns the symbol as it is written.
func (s Symbol) String() string {
	var b strings.Builder
	if s.Branch != "" {
		b.WriteString(s.Branch + "@")
	}
	b.WriteString(s.Name)
	b.WriteString(s.relative())
	return b.String()
}

func (s Symbol) relative() string {
	switch {
	case !s.Relative:
		return ""
	case s.Steps < 0:
		return strconv.Itoa(s.Steps)
	}
	return "+" + strconv.Itoa(s.Steps)
}

// ParseSymbol takes a symbol apart without looking at a graph. Unlike Alembic
// it does not ignore text after a relative part; what cannot be a symbol is a
// [SymbolError].
func ParseSymbol(text string) (Symbol, error) {
	s, err := splitSymbol(text)
	if err != nil {
		return Symbol{}, err
	}
	sign := strings.LastIndexAny(s.Name, "+-")
	if sign < 0 || !isDigits(s.Name[sign+1:]) {
		if strings.Contains(s.Name, "+") {
			return Symbol{}, &SymbolError{Symbol: text, Reason: "a number must follow '+'"}
		}
		return s, nil
	}
	steps, err := strconv.Atoi(s.Name[sign:])
	if err != nil {
		return Symbol{}, &SymbolError{Symbol: text, Reason: "the number is too large"}
	}
	s.Name, s.Relative, s.Steps = s.Name[:sign], true, steps
	if strings.Contains(s.Name, "+") {
		return Symbol{}, &SymbolError{Symbol: text, Reason: "only one relative part is possible"}
	}
	return s, nil
}

// splitSymbol only separates the branch from the rest, which is Name.
func splitSymbol(text string) (Symbol, error) {
	branch, name, found := strings.Cut(text, "@")
	if !found {
		branch, name = "", text
	}
	switch {
	case strings.Contains(text, ":"):
		return Symbol{}, &SymbolError{Symbol: text, Reason: "a range is not possible here"}
	case strings.Contains(name, "@"):
		return Symbol{}, &SymbolError{Symbol: text, Reason: "only one '@' is possible"}
	case found && branch == "":
		return Symbol{}, &SymbolError{Symbol: text, Reason: "a branch must stand before '@'"}
	case found && name == "":
		return Symbol{}, &SymbolError{Symbol: text, Reason: "a revision must follow '@'"}
	case name == "":
		return Symbol{}, &SymbolError{Symbol: text, Reason: "it is empty"}
	}
	return Symbol{Branch: branch, Name: name}, nil
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// parse is ParseSymbol where the names of this map go first, so that a label
// such as "release-2" can be named.
func (m *Map) parse(text string) (Symbol, error) {
	if s, err := splitSymbol(text); err == nil && m.keys[s.Name] != nil {
		return s, nil
	}
	return ParseSymbol(text)
}

// Range is two symbols with a colon between them, either of which may be empty.
type Range struct {
	Start, End string
}

// String returns the range as it is written.
func (r Range) String() string { return r.Start + ":" + r.End }

// IsRange reports whether text is a range rather than a symbol.
func IsRange(text string) bool { return strings.Contains(text, ":") }

// ParseRange splits START:END. Text without exactly one colon is a
// [RangeSyntaxError].
func ParseRange(text string) (Range, error) {
	start, end, found := strings.Cut(strings.TrimSpace(text), ":")
	if !found || strings.Contains(end, ":") {
		return Range{}, &RangeSyntaxError{Range: text}
	}
	return Range{Start: strings.TrimSpace(start), End: strings.TrimSpace(end)}, nil
}
