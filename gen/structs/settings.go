package structs

import (
	"slices"
	"strings"
)

// setting is one key of a tag with its value; a key without one has itself as value.
type setting struct{ key, value string }

// settings are the keys of a tag in GORM's grammar, which gomig's own tags
// share: key:value;key, where a backslash takes the separator's meaning away.
type settings []setting

// parseSettings reads a tag as gorm.io/gorm/schema.ParseTagSetting does. Keys are upper case.
func parseSettings(tag, separator string) settings {
	parts := strings.Split(tag, separator)
	var out settings
	for i := 0; i < len(parts); i++ {
		part := parts[i]
		for strings.HasSuffix(part, `\`) && i+1 < len(parts) {
			i++
			part = part[:len(part)-1] + separator + parts[i]
		}
		key, value, has := strings.Cut(part, ":")
		key = strings.TrimSpace(strings.ToUpper(key))
		switch {
		case has:
			out = append(out, setting{key, strings.ReplaceAll(value, `\"`, `"`)})
		case key != "":
			out = append(out, setting{key, key})
		}
	}
	return out
}

// get is the value of a key, the last where it is said twice.
func (s settings) get(key string) string {
	v, _ := s.lookup(key)
	return v
}

func (s settings) lookup(key string) (string, bool) {
	for _, x := range slices.Backward(s) {
		if x.key == key {
			return x.value, true
		}
	}
	return "", false
}

func (s settings) has(key string) bool {
	_, ok := s.lookup(key)
	return ok
}

// truth reports whether one of the keys is said, and not as false.
func (s settings) truth(keys ...string) bool {
	return slices.ContainsFunc(keys, func(k string) bool {
		v, ok := s.lookup(k)
		return ok && v != "" && !strings.EqualFold(v, "false")
	})
}

// list is a value split at commas.
func list(value string) (out []string) {
	for v := range strings.SplitSeq(value, ",") {
		if v = strings.TrimSpace(v); v != "" {
			out = append(out, v)
		}
	}
	return out
}
