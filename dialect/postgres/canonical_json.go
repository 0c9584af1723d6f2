package postgres

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// canonicalJSONB spells a document as the server prints a jsonb: a blank behind
// each colon and comma, each key once, short keys first. What is no document,
// or holds a number with an exponent, stays as it is.
func canonicalJSONB(text string) string {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return text
	}
	if _, err := d.Token(); err != io.EOF {
		return text
	}
	var b strings.Builder
	if !writeJSONB(&b, v) {
		return text
	}
	return b.String()
}

func writeJSONB(b *strings.Builder, v any) bool {
	switch v := v.(type) {
	case map[string]any:
		b.WriteByte('{')
		for i, k := range slices.SortedFunc(maps.Keys(v), shorterFirst) {
			if i > 0 {
				b.WriteString(", ")
			}
			writeJSONString(b, k)
			b.WriteString(": ")
			if !writeJSONB(b, v[k]) {
				return false
			}
		}
		b.WriteByte('}')
	case []any:
		b.WriteByte('[')
		for i, e := range v {
			if i > 0 {
				b.WriteString(", ")
			}
			if !writeJSONB(b, e) {
				return false
			}
		}
		b.WriteByte(']')
	case json.Number:
		if strings.ContainsAny(v.String(), "eE") {
			return false
		}
		b.WriteString(v.String())
	case string:
		writeJSONString(b, v)
	default:
		text, err := json.Marshal(v)
		b.Write(text)
		return err == nil
	}
	return true
}

var jsonEscapes = map[rune]string{
	'"': `\"`, '\\': `\\`, '\b': `\b`, '\f': `\f`, '\n': `\n`, '\r': `\r`, '\t': `\t`,
}

// writeJSONString escapes what the server escapes and no more.
func writeJSONString(b *strings.Builder, s string) {
	b.WriteByte('"')
	for _, r := range s {
		switch escape, ok := jsonEscapes[r]; {
		case ok:
			b.WriteString(escape)
		case r < ' ':
			fmt.Fprintf(b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
}

// shorterFirst is the order of keys in a jsonb: by length in bytes, then by content.
func shorterFirst(a, c string) int {
	if len(a) != len(c) {
		return len(a) - len(c)
	}
	return strings.Compare(a, c)
}
