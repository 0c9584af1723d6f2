package ini

import (
	"fmt"
	"strings"
)

// maxDepth is how deep values may refer to values (configparser.MAX_INTERPOLATION_DEPTH).
const maxDepth = 10

// maxSize and maxSteps bound the interpolation of one value, which could otherwise multiply at every level of reference.
const (
	maxSize  = 1 << 20
	maxSteps = 1 << 16
)

// interpolation is the reading of one value. It follows BasicInterpolation of ConfigParser and expands the environment
// in the same pass, so that a value from the environment is never interpolated itself: a password may hold any character.
type interpolation struct {
	file    *File
	section string
	out     strings.Builder
	steps   int
}

func (f *File) interpolate(section string, o *option) (string, error) {
	in := interpolation{file: f, section: section}
	if err := in.option(o, 1); err != nil {
		return "", err
	}
	return in.out.String(), nil
}

func (in *interpolation) option(o *option, depth int) error {
	if o.literal {
		in.out.WriteString(o.value)
		return nil
	}
	return in.text(o, 0, len(o.value), depth)
}

// text expands the part of a value between two offsets.
func (in *interpolation) text(o *option, from, to, depth int) error {
	if depth > maxDepth {
		return in.fail(o, from, fmt.Sprintf("its %%(…)s references go deeper than %d values; does one refer to itself?", maxDepth))
	}
	v := o.value[:to]
	for from < to {
		next := strings.IndexAny(v[from:], "%$")
		if next < 0 {
			next = to - from
		}
		in.out.WriteString(v[from : from+next])
		if from += next; from == to {
			break
		}
		expand := in.reference
		if v[from] == '$' {
			expand = in.variable
		}
		end, err := expand(o, from, to, depth)
		if err != nil {
			return err
		}
		if in.steps++; in.steps > maxSteps || in.out.Len() > maxSize {
			return in.fail(o, from, "it grows too long by its references")
		}
		from = end
	}
	return nil
}

// reference expands `%%` and `%(name)s` at offset from and returns where it ends.
func (in *interpolation) reference(o *option, from, to, depth int) (int, error) {
	rest := o.value[from:to]
	if strings.HasPrefix(rest, "%%") {
		in.out.WriteByte('%')
		return from + 2, nil
	}
	if !strings.HasPrefix(rest, "%(") {
		return 0, in.fail(o, from, "a % must be followed by another % or by (; write %% for a plain percent sign")
	}
	end := strings.IndexByte(rest, ')')
	if end < 3 || !strings.HasPrefix(rest[end:], ")s") {
		return 0, in.fail(o, from, "a %( must go on as %(name)s; write %%( for a plain one")
	}
	name := rest[2:end]
	target := in.file.lookup(in.section, fold(name))
	if target == nil {
		return 0, in.fail(o, from, fmt.Sprintf(
			"%%(%s)s refers to a key that is neither in [%s] nor in [%s]; write %%%%(%[1]s)s if it is to stay as it is",
			name, in.section, DefaultSection))
	}
	if err := in.option(target, depth+1); err != nil {
		return 0, err
	}
	return from + end + 2, nil
}

// variable expands a run of dollar signs at offset from. Before a brace two of them stand for one; a run that is not
// before a brace is plain text, so that files written for Alembic read the same.
func (in *interpolation) variable(o *option, from, to, depth int) (int, error) {
	n := 1
	for from+n < to && o.value[from+n] == '$' {
		n++
	}
	brace := from + n
	if brace == to || o.value[brace] != '{' {
		in.out.WriteString(o.value[from:brace])
		return brace, nil
	}
	in.out.WriteString(strings.Repeat("$", n/2))
	if n%2 == 0 {
		return brace, nil
	}
	end := closing(o.value[:to], brace)
	if end < 0 {
		return 0, in.fail(o, from, "a ${ is not closed; write $${ for a plain one")
	}
	name, _, hasDefault := strings.Cut(o.value[brace+1:end], ":-")
	if !validName(name) {
		return 0, in.fail(o, from, "a ${ must go on as ${NAME} or ${NAME:-default}; write $${ for a plain one")
	}
	value, ok := "", false
	if in.file.getenv != nil {
		value, ok = in.file.getenv(name)
	}
	switch {
	case hasDefault && value == "":
		return end + 1, in.text(o, brace+1+len(name)+len(":-"), end, depth+1)
	case !ok:
		return 0, in.fail(o, from, fmt.Sprintf("the environment variable %s is not set; set it, or give a default with ${%[1]s:-…}", name))
	}
	in.out.WriteString(value)
	return end + 1, nil
}

// closing finds the brace that closes the one at offset open; ${…} in a default nest.
func closing(v string, open int) int {
	depth := 0
	for i := open; i < len(v); i++ {
		switch {
		case v[i] == '{' && v[i-1] == '$':
			depth++
		case v[i] == '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// validName holds for the names a shell can set.
func validName(s string) bool {
	for i, r := range s {
		letter := r == '_' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
		if !letter && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return s != ""
}

func (in *interpolation) fail(o *option, offset int, problem string) error {
	return &Error{
		Position: Position{in.file.name, o.line(offset)},
		Section:  in.section, Key: o.key, Problem: problem,
	}
}
