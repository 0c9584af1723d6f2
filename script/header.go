package script

import (
	"errors"
	"fmt"
	"go/ast"
	"go/build/constraint"
	"go/parser"
	"go/scanner"
	"go/token"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/gomig-dev/gomig/script/revision"
)

// Header is what a revision file says of its revision, read without compiling it.
type Header struct {
	ID           string
	Down         []string // none for a base
	DependsOn    []string
	Labels       []string
	Replaces     []string // revisions that were folded into this one, oldest first
	Doc          string   // the message: the first paragraph of the comment, on one line
	LongDoc      string   // the whole comment
	Created      string   // what follows "Create Date:" in the comment
	File         string
	Line         int    // of the registration
	Package      string // the name in the package clause
	HasUpgrade   bool
	HasDowngrade bool
}

// Revision is the header as the graph takes it.
func (h Header) Revision() revision.Revision {
	doc := h.Doc
	if doc != "" {
		doc = h.LongDoc
	}
	return revision.Revision{ID: h.ID, Down: h.Down, DependsOn: h.DependsOn, Labels: h.Labels, Replaces: h.Replaces, Doc: doc, File: h.File}
}

// Revisions are the headers as the graph takes them, in the same order.
func Revisions(headers []Header) []revision.Revision {
	list := make([]revision.Revision, len(headers))
	for i, h := range headers {
		list[i] = h.Revision()
	}
	return list
}

// CreatedAt is the time in Created. It is false if that is none.
func (h Header) CreatedAt() (time.Time, bool) {
	for _, layout := range []string{"2006-01-02 15:04:05.999999999Z07:00", "2006-01-02 15:04:05.999999999", time.RFC3339Nano} {
		if t, err := time.ParseInLocation(layout, h.Created, time.Local); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// FileError is a revision file that cannot be read.
type FileError struct {
	File    string
	Line    int // 0 if the fault has no line
	Problem string
}

// Error is one line with the place in front.
func (e *FileError) Error() string {
	if e.Line == 0 {
		return e.File + ": " + e.Problem
	}
	return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Problem)
}

// ReadHeaders reads the registrations in a Go file: every `Scripts.Add(script.Revision{…})` that a package variable or an
// init function holds. Nothing is type-checked, so it works while the package does not compile. A file without a
// registration, or one that its build constraint takes out of the package, has no headers. The error is a [*FileError].
func ReadHeaders(file string, src []byte) ([]Header, error) {
	f, err := readSource(file, src)
	return f.headers, err
}

// source is what one Go file of a versions package holds.
type source struct {
	pkg     string
	sets    []string // variables of type script.Set
	headers []Header
}

// readSource parses all of a file. To stop at the first function would save a quarter of the time, but not see a second
// registration nor a syntax error.
func readSource(file string, src []byte) (source, error) {
	fset := token.NewFileSet()
	tree, err := parser.ParseFile(fset, file, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return source{}, syntaxError(file, err)
	}
	s := source{pkg: tree.Name.Name}
	if !built(tree) {
		return s, nil
	}
	r := reader{file: file, fset: fset, tree: tree}
	if err := r.read(); err != nil {
		return source{}, err
	}
	s.sets, s.headers = r.sets, r.headers
	name := filepath.Base(file)
	if stem, _, _ := strings.Cut(name, "."); len(s.headers) > 0 && constrained(stem) {
		return source{}, &FileError{File: file, Problem: fmt.Sprintf(
			"by its name Go builds this file on one system only; rename it to %s", portable(name))}
	}
	return s, nil
}

func syntaxError(file string, err error) error {
	if list, ok := errors.AsType[scanner.ErrorList](err); ok && len(list) > 0 {
		return &FileError{File: file, Line: list[0].Pos.Line, Problem: list[0].Msg}
	}
	return &FileError{File: file, Problem: err.Error()}
}

// built reports whether the file's build constraint lets it into the package on this machine.
func built(tree *ast.File) bool {
	for _, group := range tree.Comments {
		if group.Pos() > tree.Package {
			break
		}
		for _, c := range group.List {
			if !constraint.IsGoBuild(c.Text) {
				continue
			}
			expr, err := constraint.Parse(c.Text)
			return err != nil || expr.Eval(func(tag string) bool {
				return tag == runtime.GOOS || tag == runtime.GOARCH || tag == runtime.Compiler ||
					strings.HasPrefix(tag, "go1.") || tag == "unix" && runtime.GOOS != "windows" && runtime.GOOS != "plan9"
			})
		}
	}
	return true
}

// comment finds what describes a file: the comment before the package clause that names the revision, else the one
// nearest to the clause that says something.
func comment(tree *ast.File) (found *ast.CommentGroup) {
	for _, group := range tree.Comments {
		if group.Pos() > tree.Package {
			break
		}
		text := group.Text()
		if strings.TrimSpace(text) != "" {
			found = group
		}
		if strings.Contains(text, "Revision ID:") {
			break
		}
	}
	return found
}

// describe fills in what the comment says.
func (h *Header) describe(text string) {
	text = strings.TrimSpace(text)
	h.LongDoc = text
	first, _, _ := strings.Cut(text, "\n\n")
	if !strings.HasPrefix(first, "Revision ID:") {
		h.Doc = strings.Join(strings.Fields(first), " ")
	}
	for line := range strings.Lines(text) {
		if date, ok := strings.CutPrefix(line, "Create Date:"); ok {
			h.Created = strings.TrimSpace(date)
		}
	}
}
