package gormschema

import (
	"regexp"
	"strings"
	"sync"

	"github.com/gomig-dev/gomig/schema"
)

// words are what GORM's drivers write behind a type.
type words struct{ counts, primary, null, identity, generated *regexp.Regexp }

var extra = sync.OnceValue(func() words {
	return words{
		counts:    regexp.MustCompile(`(?i) auto_?increment\b`),
		primary:   regexp.MustCompile(`(?i) primary key\b`),
		null:      regexp.MustCompile(`(?i)( not)? null$`),
		identity:  regexp.MustCompile(`(?i) generated (always|by default) as identity$`),
		generated: regexp.MustCompile(`(?i) generated always as \((.*)\) stored$`),
	}
})

// setType sets the type of a column as a driver spells it, with what stands
// behind it. True says that it makes the column the primary key.
func setType(c *schema.ColumnDef, text string) (primary bool) {
	x := extra()
	cut := func(re *regexp.Regexp) []string {
		m := re.FindStringSubmatch(text)
		if m != nil {
			text = strings.TrimSpace(re.ReplaceAllString(text, ""))
		}
		return m
	}
	if m := cut(x.generated); m != nil {
		c.Computed = &schema.Computed{Expr: m[1], Storage: schema.Stored}
	}
	if m := cut(x.identity); m != nil {
		c.Nullable = false
		if c.AutoIncrement = strings.EqualFold(m[1], "by default"); !c.AutoIncrement {
			c.Identity = &schema.Identity{Always: true}
		}
	}
	c.AutoIncrement = cut(x.counts) != nil || c.AutoIncrement
	primary = cut(x.primary) != nil
	if m := cut(x.null); m != nil && m[1] != "" {
		c.Nullable = false
	}
	switch strings.ToLower(text) {
	case "smallserial":
		c.Type, c.AutoIncrement = schema.SmallInteger(), true
	case "serial":
		c.Type, c.AutoIncrement = schema.Integer(), true
	case "bigserial":
		c.Type, c.AutoIncrement = schema.BigInteger(), true
	default:
		c.Type = schema.RawSQL(text)
	}
	if c.AutoIncrement || primary {
		c.Nullable = false
	}
	return primary
}
