package build

import (
	"cmp"
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

	"github.com/gomig-dev/gomig/internal/pattern"
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
	if slices.ContainsFunc(problems, func(p Problem) bool { return p.File != "" }) {
		return &CompileError{Problems: problems}
	}
	if len(problems) == 0 {
		return fmt.Errorf("compiling the migration environment: %w", err)
	}
	texts := make([]string, len(problems))
	for i, p := range problems {
		texts[i] = p.String()
	}
	return fmt.Errorf("compiling the migration environment: %s", strings.Join(texts, "\n"))
}

// relevantLines drops what the go command says to introduce a package and to pass the time.
func relevantLines(output string) []string {
	var kept []string
	for line := range strings.Lines(output) {
		line = strings.TrimPrefix(strings.TrimRight(line, "\r\n"), "go: ")
		switch {
		case strings.TrimSpace(line) == "", strings.HasPrefix(line, "# "), strings.HasPrefix(line, "errors parsing "),
			strings.HasPrefix(line, "downloading "), strings.HasPrefix(line, "finding "):
		default:
			kept = append(kept, line)
		}
	}
	return kept
}

// problems reads positions and what belongs to them. Packages are compiled side by side, so the order is made here.
func (s *session) problems(lines []string) []Problem {
	var found []Problem
	for i := 0; i < len(lines); i++ {
		first := i
		for i+1 < len(lines) && strings.HasPrefix(lines[i+1], "\t") {
			i++
		}
		if m := importing().FindStringSubmatch(lines[i]); m != nil && strings.HasPrefix(lines[first], "package ") {
			found = append(found, s.importProblem(lines[first:i+1], m[2], m[3]))
			continue
		}
		p := s.problem(lines[first])
		for _, more := range lines[first+1 : i+1] {
			if strings.HasSuffix(lines[first], "; to add it:") {
				break // "go get" adds nothing to the user's own module, and what it can add is a RequirementError
			}
			p.Text += "\n" + strings.TrimPrefix(more, "\t")
		}
		found = append(found, p)
	}
	slices.SortStableFunc(found, func(a, b Problem) int {
		if (a.File == "") != (b.File == "") {
			return cmp.Compare(b.File, a.File) // "too many errors" comes last
		}
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col))
	})
	return found
}

var (
	// position matches "file:line:col: text" and "file:line: text"; a drive letter may precede.
	position = pattern.Lazy(`^((?:[A-Za-z]:)?[^:]+):(\d+)(?::(\d+))?: (.*)$`)
	// importing matches the last line of a chain of imports, "package a", "imports b from a.go", "imports c from b.go: text".
	importing = pattern.Lazy(`^\timports (\S+)(?: from (\S+))?: (.*)$`)
	// ofFolder matches what is said of a folder at its end.
	ofFolder = pattern.Lazy(`^(found packages .*|build constraints exclude all Go files|no Go files) in (.+)$`)
	// ofProgram matches what is said of the import of a package main.
	ofProgram = pattern.Lazy(`^import "([^"]+)" is a program, not an importable package$`)
	// ofNothing matches what is said of the import of a package that does not exist.
	ofNothing = pattern.Lazy(`^(?:package (\S+) is not in std|no required module provides package ([^\s;:]+)|module \S+ provides package (\S+) and is replaced but not required)`)
)

func (s *session) problem(line string) Problem {
	m := position().FindStringSubmatch(line)
	if m == nil {
		return s.placed(Problem{Text: line})
	}
	if m[4] == "too many errors" {
		return Problem{Text: m[4]}
	}
	file := s.absolute(filepath.FromSlash(m[1]))
	if file == s.mainFile() || file == s.mainSource {
		return s.mainProblem(m[4])
	}
	p := Problem{File: s.shown(file), Text: m[4]}
	p.Line, _ = strconv.Atoi(m[2])
	p.Col, _ = strconv.Atoi(m[3])
	return s.placed(p)
}

// placed gives the problems of folders and imports the place and the words that help.
func (s *session) placed(p Problem) Problem {
	if m := ofFolder().FindStringSubmatch(p.Text); m != nil {
		return Problem{File: s.shown(s.absolute(filepath.FromSlash(m[2]))), Text: m[1]}
	}
	if m := ofProgram().FindStringSubmatch(p.Text); m != nil {
		if dir, ok := s.ownDir(m[1]); ok {
			return Problem{File: s.shown(dir), Text: "it is package main, which cannot be imported; give it another name"}
		}
	}
	if m := ofNothing().FindStringSubmatch(p.Text); m != nil {
		imported := m[1] + m[2] + m[3]
		dir, own := s.ownDir(imported)
		switch {
		case own && p.File == "":
			return Problem{File: s.shown(dir), Text: "no Go files"}
		case own:
			p.Text = fmt.Sprintf("the module has no package %s", imported)
		case m[1] != "":
			p.Text = fmt.Sprintf("the standard library has no package %s", imported)
		}
	}
	return p
}

// importProblem reads a chain of imports that ends with a problem.
func (s *session) importProblem(chain []string, file, text string) Problem {
	var paths []string
	for _, line := range chain {
		if f := strings.Fields(line); len(f) > 1 {
			paths = append(paths, strings.TrimSuffix(f[1], ":"))
		}
	}
	if len(paths) < 2 {
		return Problem{Text: text}
	}
	p := Problem{Text: text}
	importer := paths[len(paths)-2]
	if dir, ok := s.ownDir(importer); ok && dir != s.mainDir {
		p.File = s.shown(filepath.Join(dir, file))
	}
	if strings.HasPrefix(text, "import cycle") {
		start := max(slices.Index(paths, paths[len(paths)-1]), 0)
		p.Text = "import cycle: " + strings.Join(paths[start:], " imports ")
	}
	return s.placed(p)
}

// ownDir returns the directory of a package if its import path is one of the user's module.
func (s *session) ownDir(imported string) (string, bool) {
	rest, ok := strings.CutPrefix(imported+"/", s.modPath+"/")
	return filepath.Join(s.modDir, filepath.FromSlash(rest)), ok
}

// shown writes a file name relative to the working directory where that is shorter.
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
	if p := s.placed(Problem{Text: text}); p.File != "" {
		return p
	}
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
