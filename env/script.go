package env

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/internal/sqlscript"
)

// buffer holds a script until it is whole: a run that fails leaves no half of one.
type buffer struct {
	out       io.Writer
	text      bytes.Buffer
	delimiter bool // the client that reads it knows DELIMITER (MySQL)
	dialect   string
}

// drop forgets what is not flushed yet: a run that failed leaves nothing for the next.
func (s *buffer) drop() { s.text.Reset() }

// flush writes the script.
func (s *buffer) flush() error {
	if s.text.Len() == 0 {
		return nil
	}
	_, err := s.out.Write(s.text.Bytes())
	s.text.Reset()
	if err != nil {
		return fmt.Errorf("writing the script: %w", err)
	}
	return nil
}

var errBind = errors.New("a script cannot bind parameters; write the values into the SQL as literals")

var errLineBreak = errors.New("between quotes it holds a line break of two characters (CR LF), which the client that reads a script makes one (LF); " +
	"write a string with it as an expression ('a\\r\\nb' on MySQL, 'a' || char(13, 10) || 'b' on SQLite), and give a name another")

var errBackslash = errors.New("a name in it has a backslash before a line break, which the client that reads a script leaves out; give it another name")

// loses is the error where the client would change a string or a name: those of
// MySQL, MariaDB and SQLite read CR LF as LF, wherever it stands, and those of MySQL
// and MariaDB leave out a backslash that ends a line, also in a name, where it
// escapes nothing. psql changes nothing.
func (s *buffer) loses(text string) error {
	if s.dialect == "postgresql" || !strings.Contains(text, "\r\n") && !strings.Contains(text, "\\\n") {
		return nil
	}
	code, err := sqlscript.Code(s.dialect, text)
	if err != nil {
		return nil //nolint:nilerr // the server will say what is wrong with it
	}
	for i := range len(text) - 1 {
		switch {
		case code[i] != 'x':
		case text[i:i+2] == "\r\n":
			return errLineBreak
		case s.delimiter && text[i:i+2] == "\\\n" && inName(text, code, i) && trailing(text[:i+1], '\\')%2 == 1:
			return errBackslash
		}
	}
	return nil
}

// inName reports whether what stands between quotes at a place is a name.
func inName(text, code string, at int) bool {
	for at >= 0 && code[at] == 'x' {
		at--
	}
	return at >= 0 && text[at] == '`'
}

// trailing is how often a text ends in a character.
func trailing(text string, c byte) (n int) {
	for n < len(text) && text[len(text)-1-n] == c {
		n++
	}
	return n
}

func (s *buffer) exec(_ context.Context, q dialect.SQL) error {
	if len(q.Args) > 0 {
		return &SQLError{SQL: q.Text, Err: errBind}
	}
	text := strings.TrimSpace(q.Text)
	text = strings.TrimSpace(strings.TrimSuffix(text, ";"))
	if text == "" {
		return nil
	}
	if err := s.loses(text); err != nil {
		return &SQLError{SQL: q.Text, Err: err}
	}
	end := ";"
	if s.delimiter && s.compound(text) {
		// The body of a trigger or routine: the client would end it at its first semicolon.
		end = freeDelimiter(text)
		fmt.Fprintf(&s.text, "DELIMITER %s\n", end)
	}
	s.text.WriteString(text)
	if sqlscript.Commented(text) {
		s.text.WriteString("\n") // or the terminator would belong to the comment
	}
	s.text.WriteString(end + "\n")
	if end != ";" {
		s.text.WriteString("DELIMITER ;\n")
	}
	s.text.WriteString("\n")
	return nil
}

// comment writes a comment line. What would end the line is a blank.
func (s *buffer) comment(text string) {
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, text)
	s.text.WriteString("-- " + text + "\n\n")
}

// write writes text as it is, in a paragraph of its own.
func (s *buffer) write(text string) { s.text.WriteString(text + "\n\n") }

// freeDelimiter is a delimiter that a text does not hold.
func freeDelimiter(text string) string {
	d := "$$"
	for strings.Contains(text, d) {
		d += "$"
	}
	return d
}

// compound reports whether a statement holds a semicolon outside quotes and comments.
func (s *buffer) compound(text string) bool {
	code, err := sqlscript.Code(s.dialect, text)
	return err == nil && strings.Contains(code, ";") // of what is not closed the server will say so
}
