package gen

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// receiver is what the operations of a revision are called in its functions.
const receiver = "o"

// Noted is an operation with a remark for the reader, such as what it loses: a
// comment above its line.
type Noted interface{ Note() string }

// BodyOptions are options of [Body].
type BodyOptions struct {
	Item Item // spells values in another way; nil for none (render_item)
}

// Fragment is the body of a function that says operations. The zero Fragment says none.
type Fragment struct {
	statements []statement
	paths      map[string]bool
	names      map[string]string
	locals     map[string]bool
}

type statement struct {
	note string
	call node
}

// Body renders operations as statements on `o`, with `return o.Err()` at the
// end. An operation whose Call is no method of *op.Operations, as a user's own,
// is handed to `o.Invoke`.
func Body(ops []op.Operation, opts BodyOptions) (Fragment, error) {
	r := newRenderer(opts.Item)
	var f Fragment
	for _, o := range ops {
		if o == nil {
			return Fragment{}, errors.New("rendering operations: one of them is nil")
		}
		n, err := r.operation(o)
		if err != nil {
			return Fragment{}, fmt.Errorf("rendering %s: %w", o, err)
		}
		s := statement{call: n}
		if noted, ok := o.(Noted); ok {
			s.note = noted.Note()
		}
		f.statements = append(f.statements, s)
	}
	return r.fragment(f)
}

// Calls renders method calls on `o` as statements, with `return o.Err()` at the
// end, for what is no operation: running a file of SQL, an autocommit block.
func Calls(calls ...schema.Call) (Fragment, error) {
	r := newRenderer(nil)
	var f Fragment
	for _, c := range calls {
		to := text(receiver)
		n, err := r.call(c, &to)
		if err != nil {
			return Fragment{}, fmt.Errorf("rendering the call of %s: %w", c.Func, err)
		}
		f.statements = append(f.statements, statement{call: n})
	}
	return r.fragment(f)
}

// fragment adds to statements what the renderer has learned of them.
func (r *renderer) fragment(f Fragment) (Fragment, error) {
	f.paths, f.names, f.locals = r.paths, r.names, r.locals
	if _, err := f.write(f.scope(nil), ""); err != nil {
		return Fragment{}, fmt.Errorf("rendering operations: %w", err)
	}
	return f, nil
}

// operation renders one operation: o.CreateTable(…).
func (r *renderer) operation(o op.Operation) (node, error) {
	c, err := r.spelling(o)
	if err != nil {
		return nil, err
	}
	to := text(receiver)
	if c.Func != "" && c.Path == "" {
		return r.call(c, &to)
	}
	value, err := r.value(o, nil)
	if err != nil {
		return nil, err
	}
	invoke, err := r.head(schema.Call{Func: "Invoke"}, &to)
	// o.Invoke(&views.Create{…})
	return list{head: invoke, in: round, items: []node{value}}, err
}

// spelling is what the hook says of an operation, or the operation itself.
func (r *renderer) spelling(o op.Operation) (schema.Call, error) {
	if r.item != nil {
		if c, ok := r.item(o); ok {
			return c, nil
		}
	}
	return spell(o)
}

// Empty reports whether there are no operations.
func (f Fragment) Empty() bool { return len(f.statements) == 0 }

// String is the body alone, without the frame of the function, with every
// package under the name that Imports gives it.
func (f Fragment) String() string {
	s, err := f.write(f.scope(nil), "")
	if err != nil {
		return comment(err.Error()) // Body has written it once without an error
	}
	return s
}

// Imports are the imports that String needs.
func (f Fragment) Imports() Imports { return f.scope(nil).imports() }

func (f Fragment) scope(reserved map[string]bool) scope {
	all := maps.Clone(f.locals)
	if all == nil {
		all = map[string]bool{}
	}
	maps.Copy(all, reserved)
	return newScope(f.paths, f.names, all)
}

// write is the body with the names of the scope; what is of the package self is not qualified.
func (f Fragment) write(s scope, self string) (string, error) {
	file := jen.NewFilePathName(self, "versions")
	for path := range f.paths {
		if path != self {
			file.ImportAlias(path, s[path].name)
		}
	}
	body := &jen.Statement{}
	for _, st := range f.statements {
		if st.note != "" {
			// // what the note says
			body.Op(comment(st.note)).Line()
		}
		// o.CreateTable(…)
		body.Add(st.call.code(line(1, 0))).Line()
	}
	// return o.Err()
	body.Return(jen.Id(receiver).Dot("Err").Call())
	var buf bytes.Buffer
	if err := body.RenderWithFile(&buf, file); err != nil {
		first, _, _ := strings.Cut(err.Error(), "\n") // the rest is the whole source
		return "", errors.New(strings.TrimPrefix(first, "Error "))
	}
	return strings.TrimSpace(buf.String()), nil
}
