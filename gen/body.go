package gen

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
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
	Item    Item     // spells values in another way; nil for none (render_item)
	Lead    []string // a comment at the beginning of the body, one line each
	Remarks []Remark // comments above the operations, one each; nil for none
}

// Remark is a comment above an operation.
type Remark struct {
	Heading string   // of what begins with the operation, which a blank line parts from what was before
	Lines   []string // on the operation itself
}

// Fragment is the body of a function that says operations. The zero Fragment says none.
type Fragment struct {
	lead       string
	statements []statement
	paths      map[string]bool
	names      map[string]string
	locals     map[string]bool
}

type statement struct {
	heading string // of the remark
	note    string
	apart   bool // from what stands before
	call    node
}

// Body renders operations as statements on `o`, with `return o.Err()` at the
// end. An operation whose Call is no method of *op.Operations, as a user's own,
// is handed to `o.Invoke`.
func Body(ops []op.Operation, opts BodyOptions) (Fragment, error) {
	r := newRenderer(opts.Item)
	f := Fragment{lead: remarkText(opts.Lead...)}
	heading := ""
	for i, o := range ops {
		if o == nil {
			return Fragment{}, errors.New("rendering operations: one of them is nil")
		}
		n, err := r.operation(o)
		if err != nil {
			return Fragment{}, fmt.Errorf("rendering %s: %w", o, err)
		}
		s := statement{call: n}
		var notes []string
		if i < len(opts.Remarks) {
			heading = cmp.Or(opts.Remarks[i].Heading, heading)
			s.apart = heading != "" && len(f.statements) > 0
			notes = append(notes, remarkText(append([]string{heading}, opts.Remarks[i].Lines...)...))
			s.heading, heading = heading, ""
		}
		if noted, ok := o.(Noted); ok {
			notes = append(notes, noted.Note())
		}
		s.note = strings.Join(slices.DeleteFunc(notes, func(n string) bool { return n == "" }), "\n")
		if _, out := n.(omitted); out {
			if s.heading != "" {
				heading = s.heading // of what follows
			}
			continue
		}
		f.statements = append(f.statements, s)
	}
	return r.fragment(f)
}

// remarkText is remarks, one a line; those that say nothing are left out.
func remarkText(list ...string) string {
	var out []string
	for _, l := range list {
		if l = strings.Join(strings.Fields(l), " "); l != "" {
			out = append(out, l)
		}
	}
	return strings.Join(out, "\n")
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
	c, out, err := r.spelling(o)
	if err != nil {
		return nil, err
	}
	if out {
		return omitted{}, nil
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

// spelling is what the hook says of an operation, or the operation itself; out
// is true if the hook leaves it out.
func (r *renderer) spelling(o op.Operation) (c schema.Call, out bool, err error) {
	if r.item != nil {
		if c, ok := r.item(o); ok {
			return c, c.Func == "", nil
		}
	}
	c, err = spell(o)
	return c, false, err
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
	if f.lead != "" {
		// // what the lead says
		body.Op(comment(f.lead)).Line()
	}
	for _, st := range f.statements {
		if st.apart {
			body.Line()
		}
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
