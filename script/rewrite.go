package script

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"

	"github.com/gomig-dev/gomig/internal/whole"
)

// SetParents rewrites what a revision follows: Down in its registration, and the
// "Revises:" line of the comment that describes it, if there is one. Every other
// byte stays as it is. The error is a [*FileError].
func SetParents(file string, src []byte, id string, parents ...string) ([]byte, error) {
	w, err := newRewriter(file, src, id)
	if err != nil {
		return nil, err
	}
	w.parents, w.visit = parents, w.registration
	if err := w.read(); err != nil {
		return nil, err
	}
	if !w.found {
		return nil, w.missing()
	}
	out := w.apply()
	// What was written is read again: a form that the rewriting does not know must not pass for done.
	headers, err := ReadHeaders(file, out)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(headers, func(h Header) bool { return h.ID == id })
	if at < 0 || !slices.Equal(headers[at].Down, parents) {
		return nil, &FileError{File: file, Problem: fmt.Sprintf("rewriting the revision: cannot change what %q follows; write it by hand", id)}
	}
	return out, nil
}

// rewriter changes one registration in a file.
type rewriter struct {
	reader
	src     []byte
	id      string
	parents []string
	found   bool
	edits   []edit

	replaces []string // is said in the comment, behind what the revision follows
}

func newRewriter(file string, src []byte, id string) (*rewriter, error) {
	fset := token.NewFileSet()
	tree, err := parser.ParseFile(fset, file, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, syntaxError(file, err)
	}
	return &rewriter{reader: reader{file: file, fset: fset, tree: tree}, src: src, id: id}, nil
}

func (w *rewriter) missing() error {
	return &FileError{File: w.file, Problem: fmt.Sprintf("rewriting the revision: there is no registration of %q", w.id)}
}

// edit replaces a part of the source.
type edit struct {
	from, to int
	text     string
}

func (w *rewriter) offset(p token.Pos) int { return w.fset.Position(p).Offset }

// registration notes the edits of a registration if it is the one.
func (w *rewriter) registration(h Header, literal *ast.CompositeLit, doc *ast.CommentGroup) {
	if h.ID != w.id || w.found {
		return
	}
	w.found = true
	w.fields(literal, []field{{"Down", w.value(literal)}})
	w.comments(doc)
}

// comments notes the edits of the comment that describes the registration that was found.
func (w *rewriter) comments(doc *ast.CommentGroup) {
	if len(w.headers) == 1 && w.comment(comment(w.tree)) {
		return // the comment of the file is that of its first registration
	}
	w.comment(doc)
}

// value is the new value of Down; package script is named as in the literal's type.
func (w *rewriter) value(literal *ast.CompositeLit) string {
	if len(w.parents) == 0 {
		return qualifier(literal) + "Base()"
	}
	quoted := make([]string, len(w.parents))
	for i, p := range w.parents {
		quoted[i] = strconv.Quote(p)
	}
	return qualifier(literal) + "Revises(" + strings.Join(quoted, ", ") + ")"
}

// qualifier is what stands before the names of package script.
func qualifier(literal *ast.CompositeLit) string {
	if sel, ok := literal.Type.(*ast.SelectorExpr); ok {
		if pkg, ok := sel.X.(*ast.Ident); ok {
			return pkg.Name + "."
		}
	}
	return ""
}

// comment rewrites the line of a comment that says "Revises:", unless the
// comment is that of another revision. It reports whether there is such a line.
func (w *rewriter) comment(group *ast.CommentGroup) bool {
	if group == nil {
		return false
	}
	at, to := w.offset(group.Pos()), w.end(group)
	var line *edit
	before := "" // what a line of the comment begins with
	for at < to {
		next := to
		if i := bytes.IndexByte(w.src[at:to], '\n'); i >= 0 {
			next = at + i + 1
		}
		text := strings.TrimRight(string(w.src[at:next]), " \t\r\n")
		text = strings.TrimRight(strings.TrimSuffix(text, "*/"), " \t")
		said := strings.TrimLeft(text, "/* \t")
		if id, ok := strings.CutPrefix(said, "Revision ID:"); ok && strings.TrimSpace(id) != w.id {
			return false
		}
		if value, ok := strings.CutPrefix(said, "Revises:"); ok && line == nil {
			line = &edit{from: at + len(text) - len(value), to: at + len(text)}
			before = strings.TrimPrefix(text[:len(text)-len(said)], "/*")
		}
		at = next
	}
	if line == nil {
		return false
	}
	if len(w.parents) > 0 {
		line.text = " " + strings.Join(w.parents, ", ")
	}
	if len(w.replaces) > 0 {
		line.text += "\n" + before + "Replaces: " + strings.Join(w.replaces, ", ")
	}
	w.edits = append(w.edits, *line)
	return true
}

// end is where a comment ends. The syntax tree does not tell if there are
// carriage returns in it.
func (w *rewriter) end(group *ast.CommentGroup) int {
	last := group.List[len(group.List)-1]
	from := w.offset(last.Pos())
	if !strings.HasPrefix(last.Text, "/*") {
		return from + len(last.Text)
	}
	return from + 2 + bytes.Index(w.src[from+2:], []byte("*/")) + 2
}

// apply makes the edits, with the line ends that the file has.
func (w *rewriter) apply() []byte {
	windows := bytes.Contains(w.src, []byte("\r\n"))
	slices.SortFunc(w.edits, func(a, b edit) int { return a.from - b.from })
	var out []byte
	at := 0
	for _, e := range w.edits {
		if windows {
			e.text = strings.ReplaceAll(e.text, "\n", "\r\n")
		}
		out = append(append(out, w.src[at:e.from]...), e.text...)
		at = e.to
	}
	return append(out, w.src[at:]...)
}

// Replace writes a file that is there already, whole or not at all. Its
// permissions stay, and a symbolic link still leads to it.
func Replace(path string, data []byte) error {
	if err := whole.Replace(path, data); err != nil {
		return fmt.Errorf("rewriting %s: %w", path, err)
	}
	return nil
}

// Rewritten is a file with what it is to hold.
type Rewritten struct {
	Path     string
	Old, New []byte
}

// ReplaceAll writes several files that are there already: all of them, or none.
func ReplaceAll(files []Rewritten) error {
	for i, f := range files {
		if err := Replace(f.Path, f.New); err != nil {
			for _, done := range files[:i] {
				if undo := Replace(done.Path, done.Old); undo != nil {
					err = fmt.Errorf("%w; and %s is rewritten already: %w", err, done.Path, undo)
				}
			}
			return err
		}
	}
	return nil
}
