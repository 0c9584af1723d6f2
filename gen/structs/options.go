package structs

import (
	"strings"

	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/schema"
)

// indexOption reads the option of a GORM index. MySQL's parser of full-text
// indexes and PostgreSQL's NULLS NOT DISTINCT and INCLUDE have words of their own.
func indexOption(i *schema.IndexDef, option string) {
	upper := strings.ToUpper(strings.Join(strings.Fields(option), " "))
	switch {
	case strings.HasPrefix(upper, "WITH PARSER "):
		name := strings.Fields(option)[2]
		i.Options = schema.SetOption(i.Options, mysql.Parser(name))
	case upper == "NULLS NOT DISTINCT":
		i.NullsNotDistinct = true
	case strings.HasPrefix(upper, "INCLUDE"):
		_, columns := parts(strings.TrimSpace(option[len("INCLUDE"):]))
		i.Include = columns
	}
}
