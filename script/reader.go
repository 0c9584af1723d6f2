package script

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"strconv"
)

// reader finds the registrations in the syntax tree of a file.
type reader struct {
	file    string
	fset    *token.FileSet
	tree    *ast.File
	consts  map[string]ast.Expr // constants of the file, for IDs that are one
	sets    []string
	headers []Header
	visit   func(Header, *ast.CompositeLit, *ast.CommentGroup) // is called for each registration; nil is not
}

func (r *reader) read() error {
	for _, decl := range r.tree.Decls {
		var err error
		switch d := decl.(type) {
		case *ast.GenDecl:
			err = r.variables(d)
		case *ast.FuncDecl:
			if d.Name.Name == "init" && d.Recv == nil && d.Body != nil {
				err = r.init(d.Body)
			}
		}
		if err != nil {
			return err
		}
	}
	if len(r.headers) > 0 && r.headers[0].LongDoc == "" || len(r.headers) == 1 {
		if group := comment(r.tree); group != nil {
			r.headers[0].describe(group.Text())
		}
	}
	return nil
}

func (r *reader) variables(d *ast.GenDecl) error {
	if d.Tok != token.VAR {
		return nil
	}
	for _, spec := range d.Specs {
		v, ok := spec.(*ast.ValueSpec)
		if !ok {
			continue
		}
		if r.names(v.Type, "Set") {
			for _, name := range v.Names {
				r.sets = append(r.sets, name.Name)
			}
		}
		doc := v.Doc
		if doc == nil && len(d.Specs) == 1 {
			doc = d.Doc
		}
		for _, value := range v.Values {
			if err := r.call(value, doc); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *reader) init(body *ast.BlockStmt) error {
	for _, stmt := range body.List {
		if s, ok := stmt.(*ast.ExprStmt); ok {
			if err := r.call(s.X, nil); err != nil {
				return err
			}
		}
	}
	return nil
}

// call reads an expression if it is a registration.
func (r *reader) call(e ast.Expr, doc *ast.CommentGroup) error {
	call, ok := e.(*ast.CallExpr)
	if !ok || len(call.Args) != 1 {
		return nil
	}
	fun, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || fun.Sel.Name != "Add" {
		return nil
	}
	literal, ok := call.Args[0].(*ast.CompositeLit)
	if !ok || !r.names(literal.Type, "Revision") {
		if set, ok := fun.X.(*ast.Ident); ok && set.Name == setName {
			return r.fail(call, "write the revision as script.Revision{…} in the call of Add, so that it can be read without compiling")
		}
		return nil
	}
	h := Header{File: r.file, Line: r.fset.Position(call.Pos()).Line, Package: r.tree.Name.Name}
	if err := r.revision(&h, literal); err != nil {
		return err
	}
	if doc != nil {
		h.describe(doc.Text())
	}
	r.headers = append(r.headers, h)
	if r.visit != nil {
		r.visit(h, literal, doc)
	}
	return nil
}

// names reports whether a type is the named one of package script, however that is imported.
func (r *reader) names(e ast.Expr, name string) bool {
	if id, ok := e.(*ast.Ident); ok && id.Name == name {
		return r.imports(".")
	}
	sel, ok := e.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != name {
		return false
	}
	pkg, ok := sel.X.(*ast.Ident)
	return ok && (pkg.Name == "script" || r.imports(pkg.Name))
}

// imports reports whether package script is imported by this name.
func (r *reader) imports(name string) bool {
	for _, spec := range r.tree.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err == nil && path.Base(p) == "script" && spec.Name != nil && spec.Name.Name == name {
			return true
		}
	}
	return false
}

func (r *reader) revision(h *Header, literal *ast.CompositeLit) error {
	for _, e := range literal.Elts {
		pair, ok := e.(*ast.KeyValueExpr)
		if !ok {
			return r.fail(e, "write the fields of the revision with their names, as ID: \"…\"")
		}
		key, ok := pair.Key.(*ast.Ident)
		if !ok {
			continue
		}
		var err error
		switch key.Name {
		case "ID":
			h.ID, err = r.text(pair.Value, "ID must be a text in quotes")
		case "Down":
			h.Down, err = r.parents(pair.Value)
		case "DependsOn":
			h.DependsOn, err = r.texts(pair.Value, `DependsOn must be written as []string{"…"}`)
		case "Labels":
			h.Labels, err = r.texts(pair.Value, `Labels must be written as []string{"…"}`)
		case "Replaces":
			h.Replaces, err = r.texts(pair.Value, `Replaces must be written as []string{"…"}`)
		case "Upgrade":
			h.HasUpgrade = !isNil(pair.Value)
		case "Downgrade":
			h.HasDowngrade = !isNil(pair.Value)
		}
		if err != nil {
			return err
		}
	}
	if h.ID == "" {
		return r.fail(literal, "this revision has no ID")
	}
	return nil
}

// parents reads script.Revises("…"), script.Base(), or a list.
func (r *reader) parents(e ast.Expr) ([]string, error) {
	const problem = `Down must be written as script.Revises("…") or script.Base()`
	call, ok := e.(*ast.CallExpr)
	if !ok {
		return r.texts(e, problem)
	}
	name := ""
	switch f := call.Fun.(type) {
	case *ast.SelectorExpr:
		name = f.Sel.Name
	case *ast.Ident:
		name = f.Name
	}
	if name == "Base" && len(call.Args) == 0 {
		return nil, nil
	}
	if name != "Revises" || call.Ellipsis.IsValid() {
		return nil, r.unreadable(e, problem)
	}
	return r.list(call.Args, problem)
}

func (r *reader) texts(e ast.Expr, problem string) ([]string, error) {
	if isNil(e) {
		return nil, nil
	}
	literal, ok := e.(*ast.CompositeLit)
	if !ok {
		return nil, r.unreadable(e, problem)
	}
	return r.list(literal.Elts, problem)
}

func (r *reader) list(exprs []ast.Expr, problem string) ([]string, error) {
	var list []string
	for _, e := range exprs {
		s, err := r.text(e, problem)
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

// text reads a string: a literal, a constant of the file, or several of them added.
func (r *reader) text(e ast.Expr, problem string) (string, error) {
	steps := 0
	return r.constant(e, problem, &steps)
}

func (r *reader) constant(e ast.Expr, problem string, steps *int) (string, error) {
	// A constant that refers to itself does not compile, but is parsed.
	if *steps++; *steps > 1000 {
		return "", r.unreadable(e, problem)
	}
	switch e := e.(type) {
	case *ast.BasicLit:
		if s, err := strconv.Unquote(e.Value); err == nil && e.Kind == token.STRING {
			return s, nil
		}
	case *ast.ParenExpr:
		return r.constant(e.X, problem, steps)
	case *ast.BinaryExpr:
		left, err := r.constant(e.X, problem, steps)
		if err != nil || e.Op != token.ADD {
			return "", r.unreadable(e, problem)
		}
		right, err := r.constant(e.Y, problem, steps)
		return left + right, err
	case *ast.Ident:
		if value := r.lookup(e.Name); value != nil {
			return r.constant(value, problem, steps)
		}
	}
	return "", r.unreadable(e, problem)
}

// lookup finds the value of a constant of the file.
func (r *reader) lookup(name string) ast.Expr {
	if r.consts == nil {
		r.consts = map[string]ast.Expr{}
		for _, decl := range r.tree.Decls {
			d, ok := decl.(*ast.GenDecl)
			if !ok || d.Tok != token.CONST {
				continue
			}
			for _, spec := range d.Specs {
				v := spec.(*ast.ValueSpec)
				for i := range min(len(v.Names), len(v.Values)) {
					r.consts[v.Names[i].Name] = v.Values[i]
				}
			}
		}
	}
	return r.consts[name]
}

func isNil(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == "nil"
}

func (r *reader) unreadable(at ast.Node, problem string) error {
	return r.fail(at, problem+", so that it can be read without compiling")
}

func (r *reader) fail(at ast.Node, problem string) error {
	return &FileError{File: r.file, Line: r.fset.Position(at.Pos()).Line, Problem: fmt.Sprintf("reading the revision: %s", problem)}
}
