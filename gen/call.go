package gen

import (
	"errors"
	"fmt"
	"go/token"
	"unicode/utf8"

	"github.com/dave/jennifer/jen"

	"github.com/gomig-dev/gomig/schema"
)

// call renders a spelling. A receiver, where there is one, is what a call
// without a package is a method of.
func (r *renderer) call(c schema.Call, receiver *atom) (node, error) {
	head, err := r.head(c, receiver)
	if err != nil {
		return nil, err
	}
	first, err := r.applied(head, c)
	if err != nil {
		return nil, err
	}
	links := chain{first}
	for _, m := range c.Chain {
		if m.Path != "" {
			return nil, fmt.Errorf("rendering the method %s: it names the package %q; a method has none", m.Func, m.Path)
		}
		var before atom
		link, err := r.call(m, &before)
		if err != nil {
			return nil, err
		}
		links = append(links, link)
	}
	if len(links) == 1 {
		return first, nil
	}
	return links, nil
}

// head renders what stands in front of the arguments: pkg.Func, receiver.Func or Func.
func (r *renderer) head(c schema.Call, receiver *atom) (node, error) {
	if !token.IsIdentifier(c.Func) {
		return nil, fmt.Errorf("rendering a call: %q is no name of a function", c.Func)
	}
	if c.Path != "" {
		path, err := importPath(c.Path)
		if err != nil {
			return nil, fmt.Errorf("rendering a call of %s: %w", c.Func, err)
		}
		if !token.IsExported(c.Func) {
			return nil, fmt.Errorf("rendering a call of %s.%s: the name is not exported", path, c.Func)
		}
		r.use(path, "")
		return qualified(path, c.Func), nil
	}
	if receiver == nil {
		return text(c.Func), nil
	}
	// receiver.Func
	return atom{
		text: jen.Add(receiver.text).Op(".").Id(c.Func),
		cols: receiver.cols + len(".") + utf8.RuneCountInString(c.Func),
	}, nil
}

// applied renders the arguments or the fields behind the head.
func (r *renderer) applied(head node, c schema.Call) (node, error) {
	switch {
	case c.Fields != nil && (c.Const || len(c.Args) > 0):
		return nil, fmt.Errorf("rendering %s: it has fields and arguments; a struct literal has no arguments", c.Func)
	case c.Fields != nil:
		return r.fields(head, c)
	case c.Const && len(c.Args) > 0:
		return nil, fmt.Errorf("rendering %s: it is a constant and has arguments", c.Func)
	case c.Const:
		return head, nil
	}
	l := list{head: head, in: round, wide: c.Wide}
	for _, a := range c.Args {
		n, err := r.value(a, nil)
		if err != nil {
			return nil, err
		}
		if _, out := n.(omitted); !out {
			l.items = append(l.items, n)
		}
	}
	return l, nil
}

func (r *renderer) fields(head node, c schema.Call) (node, error) {
	l := list{head: head, in: curly, wide: c.Wide}
	for _, f := range c.Fields {
		if !token.IsIdentifier(f.Name) {
			return nil, fmt.Errorf("rendering %s: %q is no name of a field", c.Func, f.Name)
		}
		n, err := r.fieldValue(f.Value)
		if err != nil {
			return nil, err
		}
		if _, out := n.(omitted); out {
			continue
		}
		l.items = append(l.items, pair{text(f.Name), n})
	}
	return l, nil
}

// block renders func(t *op.Table) { t.… }.
func (r *renderer) block(b schema.Block) (node, error) {
	if !token.IsIdentifier(b.Param) {
		return nil, fmt.Errorf("rendering a function: %q is no name of a parameter", b.Param)
	}
	if !b.Type.Const {
		return nil, errors.New("rendering a function: the type of its parameter is not a constant Call")
	}
	typ, err := r.call(b.Type, nil)
	if err != nil {
		return nil, err
	}
	r.locals[b.Param] = true
	out := block{param: b.Param, typ: typ, err: b.Err}
	receiver := text(b.Param)
	for _, c := range b.Calls {
		if c.Path != "" {
			return nil, fmt.Errorf("rendering a function: %s.%s is no method of its parameter", c.Path, c.Func)
		}
		n, err := r.call(c, &receiver)
		if err != nil {
			return nil, err
		}
		out.body = append(out.body, n)
	}
	return out, nil
}
