package build

import (
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// explain turns what the go command wrote when it failed into a typed error for the user.
func (s *session) explain(err error) error {
	var failed *runError
	if !errors.As(err, &failed) {
		return err
	}
	lines := relevantLines(failed.output)
	if problem, command := s.requirement(lines); command != "" {
		return &RequirementError{Dir: s.shown(s.modDir), Problem: problem, Command: command}
	}
	problems := s.problems(lines)
	if !slices.ContainsFunc(problems, func(p Problem) bool { return p.File != "" }) && !strings.Contains(failed.output, "\n# ") {
		if len(lines) == 0 {
			return fmt.Errorf("compiling the migration environment: %w", err)
		}
		return fmt.Errorf("compiling the migration environment: %s", strings.Join(lines, "\n"))
	}
	return &CompileError{Problems: problems}
}

// relevantLines drops what the go command says to introduce a package and to pass the time.
func relevantLines(output string) []string {
	var kept []string
	for line := range strings.Lines(output) {
		line = strings.TrimRight(line, "\r\n")
		switch {
		case strings.TrimSpace(line) == "", strings.HasPrefix(line, "# "),
			strings.HasPrefix(line, "go: downloading "), strings.HasPrefix(line, "go: finding "):
		default:
			kept = append(kept, line)
		}
	}
	return kept
}

// position matches "file:line:col: text" and "file:line: text"; a drive letter may precede.
var position = regexp.MustCompile(`^((?:[A-Za-z]:)?[^:]+):(\d+)(?::(\d+))?: (.*)$`)

func (s *session) problems(lines []string) []Problem {
	var found []Problem
	for _, line := range lines {
		if strings.HasPrefix(line, "\t") && len(found) > 0 {
			last := &found[len(found)-1]
			last.Text += "\n" + strings.TrimPrefix(line, "\t")
			continue
		}
		found = append(found, s.problem(line))
	}
	return found
}

func (s *session) problem(line string) Problem {
	m := position.FindStringSubmatch(line)
	if m == nil {
		return Problem{Text: strings.TrimPrefix(line, "go: ")}
	}
	file := s.absolute(filepath.FromSlash(m[1]))
	if file == s.mainFile() {
		return s.mainProblem(m[4])
	}
	p := Problem{File: s.shown(file), Text: m[4]}
	p.Line, _ = strconv.Atoi(m[2])
	p.Col, _ = strconv.Atoi(m[3])
	return p
}

// shown writes a file name relative to the working directory if it is below it or not far.
func (s *session) shown(name string) string {
	dir := s.b.Dir
	if dir == "" {
		var err error
		if dir, err = os.Getwd(); err != nil {
			return name
		}
	}
	rel, err := filepath.Rel(dir, name)
	if err != nil || len(rel) > len(name) {
		return name
	}
	return rel
}

// mainProblem explains what the compiler says of the generated main, which the user never sees, as a problem of the package
// that it is about: the main only refers to Run of the environment package and to Scripts of the packages with revisions.
func (s *session) mainProblem(text string) Problem {
	f, err := parser.ParseFile(token.NewFileSet(), "main.go", s.main, parser.ImportsOnly)
	if err != nil {
		return Problem{Text: text}
	}
	for _, spec := range f.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		name := path.Base(imported)
		if spec.Name != nil {
			name = spec.Name.Name
		}
		if imported == s.packages.Env.Path && refersTo(text, name, "Run") {
			return s.missing(s.packages.Env.Dir, text, name+".Run", "func Run(ctx context.Context, e *env.Context) error")
		}
		for _, v := range s.packages.Versions {
			if imported == v.Path && refersTo(text, name, "Scripts") {
				return s.missing(v.Dir, text, name+".Scripts", "var Scripts script.Set")
			}
		}
	}
	return Problem{Text: text}
}

func refersTo(text, pkg, name string) bool {
	found, err := regexp.MatchString(`\b`+regexp.QuoteMeta(pkg+"."+name)+`\b`, text)
	return err == nil && found
}

func (s *session) missing(dir, text, symbol, declaration string) Problem {
	if strings.Contains(text, "undefined: "+symbol) {
		return Problem{File: s.shown(dir), Text: "the package has to declare: " + declaration}
	}
	return Problem{File: s.shown(dir), Text: "the package has to declare: " + declaration + "\n" + text}
}

// A remedy is a failure of the go command that a go command mends.
type remedy struct {
	says    *regexp.Regexp
	problem string // $1 is the first group of says
	command string
}

// remedies are tried in order. The texts are those of Go 1.26 (src/cmd/go/internal/modload).
var remedies = []remedy{
	{
		regexp.MustCompile(`(?:no required module provides package|missing go\.sum entry for module providing package|cannot find module providing package) ` +
			regexp.QuoteMeta(gomigModule) + `\S*: import lookup disabled by -mod=vendor`),
		"the vendor directory does not hold gomig", "go mod vendor",
	},
	{
		regexp.MustCompile(`no required module provides package ` + regexp.QuoteMeta(gomigModule) + `[/;: ]`),
		"the module does not require gomig", "go get -tool " + gomigModule + "/cmd/gomig@latest",
	},
	{regexp.MustCompile(`inconsistent vendoring`), "the vendor directory does not agree with go.mod", "go mod vendor"},
	{
		regexp.MustCompile(`cannot find module providing package (\S+): import lookup disabled by -mod=vendor`),
		"the vendor directory does not hold $1", "go mod vendor",
	},
	{
		regexp.MustCompile(`no required module provides package ([^\s;:]+)`),
		"no module in go.mod provides the package $1", "go get $1",
	},
	{regexp.MustCompile(`missing go\.sum entry`), "go.sum lacks checksums of modules that are needed", "go mod tidy"},
	{regexp.MustCompile(`updates to go\.(?:mod|sum) needed`), "go.mod is not up to date with what is imported", "go mod tidy"},
	{regexp.MustCompile(`updates to go\.work needed`), "go.work is not up to date with its modules", "go work sync"},
	{
		regexp.MustCompile(`is contained in a module that is not one of the workspace modules listed in go\.work`),
		"the module is not listed in go.work", "go work use .",
	},
	{
		regexp.MustCompile(`main module \(.*\) does not contain package (\S+)|directory (\S+) (?:outside main module|is contained in a module that is not)`),
		"the directory is not part of the module or workspace that is compiled", "go work use .",
	},
}

// requirement finds out whether a failure is one of go.mod and its kin.
func (s *session) requirement(lines []string) (problem, command string) {
	text := strings.Join(lines, "\n")
	for _, r := range remedies {
		m := r.says.FindStringSubmatchIndex(text)
		if m == nil {
			continue
		}
		problem = string(r.says.ExpandString(nil, r.problem, text, m))
		return problem, string(r.says.ExpandString(nil, r.command, text, m))
	}
	return "", ""
}
