package script

import (
	"bytes"
	"context"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"

	"github.com/gomig-dev/gomig/op"
)

// InOrder is one function for several, which run one after the other until one
// fails: what a baseline does. Those that are nil are left out.
//
//go:noinline
func InOrder(funcs ...Func) Func {
	return func(ctx context.Context, o *op.Operations) error {
		for _, f := range funcs {
			if f == nil {
				continue
			}
			if err := f(ctx, o); err != nil {
				return err
			}
		}
		return nil
	}
}

// Unregister rewrites the registration of a revision into a plain variable, so
// that another revision can call its functions:
//
//	var _ = Scripts.Add(script.Revision{…})   →   var revisionb200 = script.Revision{…}
//
// Every other byte stays as it is. The error is a [*FileError].
func Unregister(file string, src []byte, id, variable string) ([]byte, error) {
	w, err := newRewriter(file, src, id)
	if err != nil {
		return nil, err
	}
	var found *ast.CompositeLit
	w.visit = func(h Header, literal *ast.CompositeLit, _ *ast.CommentGroup) {
		if h.ID == id && found == nil {
			found = literal
		}
	}
	if err := w.read(); err != nil {
		return nil, err
	}
	if found == nil {
		return nil, w.missing()
	}
	if !w.unregister(found, variable) {
		return nil, &FileError{File: file, Line: w.fset.Position(found.Pos()).Line, Problem: fmt.Sprintf(
			"rewriting the revision: write the registration of %q as `var _ = Scripts.Add(script.Revision{…})`", id)}
	}
	out := w.apply()
	headers, err := ReadHeaders(file, out)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(headers, func(h Header) bool { return h.ID == id }) {
		return nil, &FileError{File: file, Problem: fmt.Sprintf("rewriting the revision: cannot take the registration of %q away; write it by hand", id)}
	}
	return out, nil
}

// unregister notes the edits. It is false where the registration has another form.
func (w *rewriter) unregister(literal *ast.CompositeLit, variable string) bool {
	for _, decl := range w.tree.Decls {
		d, ok := decl.(*ast.GenDecl)
		if !ok || d.Tok != token.VAR {
			continue
		}
		for _, spec := range d.Specs {
			v := spec.(*ast.ValueSpec)
			if len(v.Names) != 1 || len(v.Values) != 1 || v.Type != nil || v.Names[0].Name != "_" {
				continue
			}
			call, ok := v.Values[0].(*ast.CallExpr)
			if !ok || len(call.Args) != 1 || call.Args[0] != literal {
				continue
			}
			w.edits = append(w.edits,
				edit{w.offset(v.Names[0].Pos()), w.offset(v.Names[0].End()), variable},
				edit{w.offset(call.Pos()), w.offset(literal.Pos()), ""},
				edit{w.offset(literal.End()), w.offset(call.End()), ""})
			return true
		}
	}
	return false
}

// Baseline is what the registration of a revision is to say once others are folded into it.
type Baseline struct {
	ID        string
	Down      []string // none for a base
	Replaces  []string // the ids of those that were folded, oldest first
	DependsOn []string
	Labels    []string
	Folded    []string // the variables that hold those that were folded, as Unregister names them, oldest first
}

// SetBaseline rewrites the registration of a revision so that it stands for
// others too: upgrading runs theirs before its own, downgrading runs them behind
// it, the newest first. The error is a [*FileError].
func SetBaseline(file string, src []byte, b Baseline) ([]byte, error) {
	w, err := newRewriter(file, src, b.ID)
	if err != nil {
		return nil, err
	}
	w.parents, w.replaces = b.Down, b.Replaces
	w.visit = func(h Header, literal *ast.CompositeLit, doc *ast.CommentGroup) {
		if h.ID == b.ID && !w.found {
			w.found = true
			w.fields(literal, w.baseline(literal, b))
			w.breakLine(literal)
			w.comments(doc)
		}
	}
	if err := w.read(); err != nil {
		return nil, err
	}
	if !w.found {
		return nil, w.missing()
	}
	out := w.apply()
	if plain, err := format.Source(src); err == nil && bytes.Equal(plain, src) {
		if out, err = format.Source(out); err != nil {
			return nil, syntaxError(file, err)
		}
	}
	headers, err := ReadHeaders(file, out)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(headers, func(h Header) bool { return h.ID == b.ID })
	if at < 0 || !slices.Equal(headers[at].Down, b.Down) || !slices.Equal(headers[at].Replaces, b.Replaces) ||
		!slices.Equal(headers[at].DependsOn, b.DependsOn) || !slices.Equal(headers[at].Labels, b.Labels) {
		return nil, &FileError{File: file, Problem: fmt.Sprintf("rewriting the revision: cannot make a baseline of %q; write it by hand", b.ID)}
	}
	return out, nil
}

// breakLine puts Downgrade on a line of its own behind an Upgrade that has become long.
func (w *rewriter) breakLine(literal *ast.CompositeLit) {
	up, down := w.field(literal, "Upgrade"), w.field(literal, "Downgrade")
	if up == nil || down == nil {
		return
	}
	from, to := w.offset(up.End()), w.offset(down.Pos())
	if between := string(w.src[from:max(from, to)]); between == ", Downgrade: " {
		w.edits = append(w.edits, edit{from, to, ",\n\tDowngrade: "})
	}
}

// field is a field of a registration with its new value.
type field struct{ name, value string }

// baseline is what the registration of a baseline says.
func (w *rewriter) baseline(literal *ast.CompositeLit, b Baseline) []field {
	list := []field{{"Down", w.value(literal)}, {"Replaces", stringList(b.Replaces)}}
	if len(b.DependsOn) > 0 {
		list = append(list, field{"DependsOn", stringList(b.DependsOn)})
	}
	if len(b.Labels) > 0 {
		list = append(list, field{"Labels", stringList(b.Labels)})
	}
	var up, down []string
	for _, v := range b.Folded {
		up, down = append(up, v+".Upgrade"), append(down, v+".Downgrade")
	}
	slices.Reverse(down)
	if own := w.field(literal, "Upgrade"); own != nil && !isNil(own) {
		up = append(up, w.text(own))
	}
	if own := w.field(literal, "Downgrade"); own != nil && !isNil(own) {
		down = append([]string{w.text(own)}, down...)
	}
	call := func(funcs []string) string {
		return qualifier(literal) + "InOrder(\n\t\t" + strings.Join(funcs, ",\n\t\t") + ",\n\t)"
	}
	if len(b.Folded) == 0 {
		return list // its own functions do it all
	}
	return append(list, field{"Upgrade", call(up)}, field{"Downgrade", call(down)})
}

// field is the value of a field; nil if it has none.
func (w *rewriter) field(literal *ast.CompositeLit, name string) ast.Expr {
	for _, e := range literal.Elts {
		if pair, ok := e.(*ast.KeyValueExpr); ok {
			if key, ok := pair.Key.(*ast.Ident); ok && key.Name == name {
				return pair.Value
			}
		}
	}
	return nil
}

// text is an expression as it is written.
func (w *rewriter) text(e ast.Expr) string { return string(w.src[w.offset(e.Pos()):w.offset(e.End())]) }

// fields notes the edits that give fields their values; those that are not
// there yet go behind Down, or else the ID.
func (w *rewriter) fields(literal *ast.CompositeLit, list []field) {
	added := ""
	for _, f := range list {
		if value := w.field(literal, f.name); value != nil {
			w.edits = append(w.edits, edit{w.offset(value.Pos()), w.offset(value.End()), f.value})
		} else {
			added += ", " + f.name + ": " + f.value
		}
	}
	place := w.field(literal, "Down")
	if place == nil {
		place = w.field(literal, "ID")
	}
	if place != nil && added != "" {
		w.edits = append(w.edits, edit{w.offset(place.End()), w.offset(place.End()), added})
	}
}

func stringList(list []string) string {
	quoted := make([]string, len(list))
	for i, s := range list {
		quoted[i] = strconv.Quote(s)
	}
	return "[]string{" + strings.Join(quoted, ", ") + "}"
}

// Uses reports whether a name stands anywhere in a Go file, comments and strings aside.
func Uses(src []byte, name string) bool {
	tree, err := parser.ParseFile(token.NewFileSet(), "", src, parser.SkipObjectResolution)
	if err != nil {
		return bytes.Contains(src, []byte(name))
	}
	found := false
	ast.Inspect(tree, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && id.Name == name {
			found = true
		}
		return !found
	})
	return found
}
