package gomig

import (
	"fmt"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/gomig-dev/gomig/gen"
	"github.com/gomig-dev/gomig/internal/foreign"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
)

const (
	scriptsDir = "sql"         // below the revisions, for the scripts of those that were imported
	scriptsVar = "importedSQL" // what holds them
	embedName  = "imported.go" // where that is declared
	embedDoc   = scriptsVar + " holds the SQL of the revisions that were imported from another tool."
)

// render makes the files of a revision: its Go first, then its SQL and what embeds it.
func (w *importer) render(m foreign.Migration) (files []rendered, place script.Place, err error) {
	place, err = w.place(m)
	if err != nil {
		return nil, place, err
	}
	up, upFiles := w.body(m, place, "up", m.Up)
	down, downFiles := w.body(m, place, "down", m.Down)
	data := gen.Data{
		Message:    m.Message + "\n\nImported from " + string(w.tool) + ": " + filepath.Base(m.File),
		UpRevision: m.ID, DownRevision: m.Parents, DependsOn: m.DependsOn, BranchLabels: m.Labels,
	}
	if data.Upgrades, err = gen.Calls(up...); err != nil {
		return nil, place, err
	}
	if data.Downgrades, err = gen.Calls(down...); err != nil {
		return nil, place, err
	}
	src, err := w.config.frame(w.dir, place, data)
	if err != nil {
		return nil, place, err
	}
	embed, err := gen.Embedded(place.Package, scriptsVar, embedDoc, scriptsDir)
	if err != nil {
		return nil, place, err
	}
	files = append(files, rendered{path: place.Path, content: src, revision: true})
	files = append(append(files, upFiles...), downFiles...)
	if len(files) > 1 {
		files = append(files, rendered{path: filepath.Join(filepath.Dir(place.Path), embedName), content: embed, shared: true})
	}
	return files, place, nil
}

// place is where a revision goes. Its date is the one it had, wherever it is
// imported: with the offset that it says, or as the clock on the wall.
func (w *importer) place(m foreign.Migration) (script.Place, error) {
	f := script.NewFile{ID: m.ID, Message: m.Message, Now: m.Created, Zoned: m.Zoned, VersionPath: w.options.VersionPath}
	switch at := m.Created; {
	case at.IsZero():
		f.Now = w.config.now()
	case !m.Zoned:
		zone, err := w.config.Timezone()
		if err != nil {
			return script.Place{}, err
		}
		f.Now = time.Date(at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second(), at.Nanosecond(), zone)
	}
	return w.dir.Place(f)
}

// body is one direction: the calls that run its parts, and the files that these are in.
func (w *importer) body(m foreign.Migration, place script.Place, direction string, parts []foreign.Part) (calls []schema.Call, files []rendered) {
	fail := func(format string, args ...any) []schema.Call {
		text := schema.Call{Path: "errors", Func: "New", Args: []any{fmt.Sprintf(format, args...)}}
		// o.Fail(errors.New("…"))
		return []schema.Call{{Func: "Fail", Args: []any{text}}}
	}
	switch {
	case m.Way == foreign.HeaderOnly:
		return fail("the SQL of %s was not imported, only its header: write its operations here, or remove this file and import again where Alembic is installed; a new database can begin at a baseline instead", filepath.Base(m.File)), nil
	case m.Way == foreign.Code:
		return fail("%s holds code: put it here", filepath.Base(m.File)), nil
	case m.Way == foreign.OnlyUp && direction == "down":
		return fail("%s has no script that undoes it", filepath.Base(m.File)), nil
	}
	stem := strings.TrimSuffix(filepath.Base(place.Path), ".go")
	for i, p := range parts {
		name := fmt.Sprintf("%s.%s.sql", stem, direction)
		if len(parts) > 1 {
			name = fmt.Sprintf("%s.%s.%d.sql", stem, direction, i+1)
		}
		files = append(files, rendered{path: filepath.Join(filepath.Dir(place.Path), scriptsDir, name), content: []byte(p.SQL)})
		calls = append(calls, run(path.Join(scriptsDir, name), p))
	}
	return calls, files
}

// run spells the running of a file.
func run(name string, p foreign.Part) schema.Call {
	// o.ExecFile(importedSQL, "sql/1_account.up.sql")
	exec := schema.Call{Func: "ExecFile", Args: []any{schema.Call{Func: scriptsVar, Const: true}, name}}
	if !p.Autocommit {
		return exec
	}
	// o.AutocommitBlock(func(o *op.Operations) error { … })
	return schema.Call{Func: "AutocommitBlock", Args: []any{schema.Block{
		Param: "o", Type: schema.Call{Path: op.Path, Func: "Operations", Const: true}, Calls: []schema.Call{exec}, Err: true,
	}}}
}
