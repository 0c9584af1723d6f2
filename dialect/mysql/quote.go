package mysql

import (
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf8"
)

// maxNameLength is the servers' limit on names, in characters.
const maxNameLength = 64

// Quote quotes an identifier in backquotes, which every sql_mode takes. A name
// that the server cannot hold (empty, longer than 64 characters, with a NUL,
// ending in a blank, or beyond Unicode's basic plane) is an error.
func (d *Dialect) Quote(name string) (string, error) {
	switch {
	case name == "":
		return "", fmt.Errorf("a name is empty")
	case !utf8.ValidString(name):
		return "", fmt.Errorf("the name %q is not valid UTF-8", name)
	case strings.ContainsRune(name, 0):
		return "", fmt.Errorf("the name %q holds a NUL, which MySQL does not allow", name)
	case utf8.RuneCountInString(name) > maxNameLength:
		return "", fmt.Errorf("the name %q has %d characters, MySQL allows %d: shorten it", name, utf8.RuneCountInString(name), maxNameLength)
	case strings.HasSuffix(name, " "):
		return "", fmt.Errorf("the name %q ends in a blank, which MySQL does not allow", name)
	}
	for _, r := range name {
		if r > 0xFFFF {
			return "", fmt.Errorf("the name %q holds %q: MySQL keeps names in characters up to U+FFFF", name, r)
		}
	}
	return quoted(name), nil
}

// quoted is a valid name in backquotes.
func quoted(name string) string { return "`" + strings.ReplaceAll(name, "`", "``") + "`" }

// literal spells a string. Quotes are doubled, which is right in every
// sql_mode; a backslash is doubled unless NO_BACKSLASH_ESCAPES makes it ordinary.
// A carriage return is escaped, for the servers' clients read CR LF as LF:
// https://dev.mysql.com/doc/refman/8.4/en/mysql-command-options.html#option_mysql_binary-mode
func (d *Dialect) literal(s string) (string, error) {
	switch {
	case !utf8.ValidString(s):
		return "", fmt.Errorf("the text %q is not valid UTF-8: say bytes as a []byte literal", s)
	case strings.ContainsRune(s, 0):
		return "", fmt.Errorf("the text %q holds a NUL: say it as a []byte literal", s)
	}
	return d.quotedText(s), nil
}

// quotedText is a string that is known to be valid between quotes.
func (d *Dialect) quotedText(s string) string {
	if !d.set.noBackslash {
		s = strings.ReplaceAll(s, `\`, `\\`)
		s = strings.ReplaceAll(s, "\r", `\r`)
	}
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}

// binaryLiteral spells bytes.
func binaryLiteral(b string) string {
	return "x'" + strings.ToUpper(hex.EncodeToString([]byte(b))) + "'"
}

// basicPlane is s as the servers keep comments, enumeration values and the
// defaults in their catalogues, which are utf8mb3: what lies beyond U+FFFF
// becomes a question mark. MySQL 9.7 and MariaDB 10.11 both do so without a word.
func basicPlane(s string) string {
	return strings.Map(func(r rune) rune {
		if r > 0xFFFF {
			return '?'
		}
		return r
	}, s)
}
