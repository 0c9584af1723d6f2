// Package truth reads switches, as alembic.ini and database URLs have them.
package truth

import "strings"

// Parse reads a switch as Alembic does (asbool); what is neither yes nor no is not ok.
func Parse(value string) (on, ok bool) {
	switch strings.ToLower(strings.TrimSpace(value)) {
	case "true", "yes", "on", "y", "t", "1":
		return true, true
	case "false", "no", "off", "n", "f", "0":
		return false, true
	}
	return false, false
}
