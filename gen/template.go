package gen

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"text/template"
	"time"

	"github.com/dave/jennifer/jen"

	"github.com/gomig-dev/gomig/script"
)

// Data is what a revision's template says: Alembic's variables under their Go names.
type Data struct {
	Message      string // empty for "empty message"
	UpRevision   string
	DownRevision []string // nil for a revision that follows nothing
	BranchLabels []string
	DependsOn    []string
	CreateDate   time.Time

	Upgrades   Fragment
	Downgrades Fragment
	Databases  []Database // bodies for each of several databases (the template multidb)

	Imports Imports                 // further imports the file may need
	Config  func(key string) string // a key of the configuration's main section; nil for none
	Args    map[string]any          // template_args of the environment

	TemplateName string // the template's name in errors; empty for script.go.tmpl
	Package      string // name of the versions package; empty for "versions"
	PackagePath  string // its import path, whose own names are not qualified; empty if not known
	ModulePath   string // path of the user's module, by which its packages are told from the standard library
}

// Database is what a revision says to one of several databases.
type Database struct {
	Name       string
	Upgrades   Fragment
	Downgrades Fragment
}

// page is Data as the template sees it. Texts are of a type that is harmless in
// a comment; bodies are Go.
type page struct {
	Message                                          prose
	UpRevision                                       prose
	DownRevision, BranchLabels, DependsOn            proses
	CreateDate                                       stamp
	Imports                                          Imports
	Upgrades, Downgrades, UpgradeFunc, DowngradeFunc string
	Databases                                        []databasePage
	Package                                          string
	Args                                             map[string]any

	config func(string) string
}

type databasePage struct {
	Name                                             prose
	Upgrades, Downgrades, UpgradeFunc, DowngradeFunc string
}

const variables = "Message, UpRevision, DownRevision, BranchLabels, DependsOn, CreateDate, Imports, Upgrades, Downgrades, " +
	"UpgradeFunc, DowngradeFunc, Databases, Package, Args, Config"

// Config is a key of the configuration's main section.
func (p page) Config(key string) string {
	if p.config == nil {
		return ""
	}
	return p.config(key)
}

// stamp is a time that is written as Alembic writes it, to the second; the
// offset is left out in local time.
type stamp struct{ time.Time }

func (s stamp) String() string {
	if s.Location() == time.Local { //nolint:gosmopolitan // the clock on the wall is what the default asks for
		return s.Format(time.DateTime)
	}
	return s.Format("2006-01-02 15:04:05-07:00")
}

// execute is the template's output, before it is known to be Go.
func execute(tmpl string, d Data, p page) (string, error) {
	t, err := template.New(d.TemplateName).Option("missingkey=error").Funcs(funcs).Parse(tmpl)
	if err != nil {
		return "", fmt.Errorf("reading the template: %s", located(err))
	}
	var b bytes.Buffer
	if err := t.Execute(&b, p); err != nil {
		msg := located(err)
		if strings.Contains(msg, "can't evaluate field") {
			msg += "; the variables are " + variables
		}
		return "", fmt.Errorf("executing the template: %s", msg)
	}
	return b.String(), nil
}

// located is the message of a template's error, which begins with name:line.
func located(err error) string {
	return strings.ReplaceAll(strings.TrimPrefix(err.Error(), "template: "), " in type gen.page", "")
}

// funcs are the functions a template has beside those of text/template.
var funcs = template.FuncMap{
	"comment": func(v any) string { return comment(raw(v)) },
	"quote":   func(v any) string { return strconv.Quote(raw(v)) },
	"ident":   func(v any) string { return script.Ident(raw(v)) },
	"list":    stringList,
	"revises": revises,
}

// raw is the text of a template's value, unchanged.
func raw(v any) string {
	switch v := v.(type) {
	case prose:
		return string(v)
	case string:
		return v
	case nil:
		return ""
	}
	return fmt.Sprint(v)
}

func literals(l proses) []jen.Code {
	out := make([]jen.Code, len(l))
	for i, p := range l {
		out[i] = jen.Op(strconv.Quote(string(p)))
	}
	return out
}

// stringList is a list of strings as Go.
func stringList(l proses) string {
	// []string{"a", "b"}
	return jen.Index().String().Values(literals(l)...).GoString()
}

// revises is the parents of a revision as Go.
func revises(l proses) string {
	if len(l) == 0 {
		// script.Base()
		return jen.Id("script").Dot("Base").Call().GoString()
	}
	// script.Revises("2b1ae634e5cd")
	return jen.Id("script").Dot("Revises").Call(literals(l)...).GoString()
}
