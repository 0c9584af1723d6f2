package build

import (
	"regexp"
	"strings"

	"github.com/gomig-dev/gomig/internal/pattern"
)

// A remedy is a failure of the go command that a go command mends.
type remedy struct {
	says    func() *regexp.Regexp
	problem string // $1 is the first group of says
	command string
}

// remedies are tried in order. The texts are those of Go 1.26 (src/cmd/go/internal/modload).
var remedies = []remedy{
	{
		pattern.Lazy(`(?:no required module provides package|missing go\.sum entry for module providing package|cannot find module providing package) ` +
			regexp.QuoteMeta(gomigModule) + `\S*: import lookup disabled by -mod=vendor`),
		"the vendor directory does not hold gomig", "go mod vendor",
	},
	{
		pattern.Lazy(`no required module provides package ` + regexp.QuoteMeta(gomigModule) + `[/;: ]`),
		"the module does not require gomig", "go get -tool " + gomigModule + "/cmd/gomig@latest",
	},
	{pattern.Lazy(`inconsistent vendoring`), "the vendor directory does not agree with go.mod", "go mod vendor"},
	{
		pattern.Lazy(`cannot find module providing package (\S+): import lookup disabled by -mod=vendor`),
		"the vendor directory does not hold $1", "go mod vendor",
	},
	{
		pattern.Lazy(`no required module provides package ([^\s;:]+)`),
		"no module in go.mod provides the package $1", "go get $1",
	},
	{pattern.Lazy(`missing go\.sum entry`), "go.sum lacks checksums of modules that are needed", "go mod tidy"},
	{pattern.Lazy(`updates to go\.(?:mod|sum) needed`), "go.mod is not up to date with what is imported", "go mod tidy"},
	{pattern.Lazy(`updates to go\.work needed`), "go.work is not up to date with its modules", "go work sync"},
	{
		pattern.Lazy(`is contained in a module that is not one of the workspace modules listed in go\.work`),
		"the module is not listed in go.work", "go work use .",
	},
	{
		pattern.Lazy(`main module \(.*\) does not contain package (\S+)|directory (\S+) (?:outside main module|is contained in a module that is not)`),
		"the directory is not part of the module or workspace that is compiled", "go work use .",
	},
}

// requirement finds out whether a failure is one of go.mod and its kin.
func (s *session) requirement(lines []string) (problem, command string) {
	text := strings.Join(lines, "\n")
	for _, r := range remedies {
		m := r.says().FindStringSubmatchIndex(text)
		if m == nil || len(m) > 3 && m[2] >= 0 && s.own(text[m[2]:m[3]]) {
			continue
		}
		problem = string(r.says().ExpandString(nil, r.problem, text, m))
		return problem, string(r.says().ExpandString(nil, r.command, text, m))
	}
	return "", ""
}

// own reports whether a package is one of the user's module, which no other can provide.
func (s *session) own(imported string) bool {
	_, ok := s.ownDir(imported)
	return ok
}
