package pyformat_test

import (
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/internal/pyformat"
)

func lookup(name string) (any, bool) {
	v, ok := map[string]any{"s": "añb", "n": 7, "m": -255, "": "e"}[name]
	return v, ok
}

// The wanted texts are what Python 3.11 gives.
func TestFormat(t *testing.T) {
	for template, want := range map[string]string{
		"":                       "",
		"plain":                  "plain",
		"100%%":                  "100%",
		"%(s)s-%(n)d":            "añb-7",
		"%(n)s%(m)s":             "7-255",
		"[%(s)5s][%(s)-5s]":      "[  añb][añb  ]",
		"[%(s).2s][%(s)-5.2s]":   "[añ][añ   ]",
		"[%(s)05s]":              "[  añb]",
		"%(n).2d %(n)02d %(n)3i": "07 07   7",
		"%(n)-3u|%(n)+d|%(n) d":  "7  |+7| 7",
		"%(m)x %(m)#X %(m)o":     "-ff -0XFF -377",
		"%(m)06d %(m).4d":        "-00255 -0255",
		"%(n)#06x":               "0x0007",
		"%()s":                   "e",
	} {
		if got, err := pyformat.Format(template, lookup); got != want || err != nil {
			t.Errorf("%q = %q, %v; want %q", template, got, err, want)
		}
	}
}

func TestFormatErrors(t *testing.T) {
	for template, want := range map[string]string{
		"50%":          "a % must go on as %(name)s, or be doubled",
		"%d":           "a % must go on as %(name)s, or be doubled",
		"%(s":          "a % must go on as %(name)s, or be doubled",
		"%(s)":         "%(s): expecting one of s d i u o x X after the name",
		"%(n)f":        "%(n): expecting one of s d i u o x X after the name",
		"%(slug)s":     `%(slug)s: there is no "slug"`,
		"%(s).2d":      "%(s).2d: a text cannot be formatted as a number; write s",
		"%(s)9999999s": "%(s): a width of more than 255",
	} {
		if got, err := pyformat.Format(template, lookup); err == nil || err.Error() != want {
			t.Errorf("%q = %q, %v; want error %s", template, got, err, want)
		}
	}
}

func FuzzFormat(f *testing.F) {
	f.Add("%(s)-5.2s%%%(n)#06x")
	f.Fuzz(func(t *testing.T, template string) {
		got, err := pyformat.Format(template, lookup)
		if err == nil && !strings.Contains(template, "%") && got != template {
			t.Errorf("%q became %q", template, got)
		}
	})
}
