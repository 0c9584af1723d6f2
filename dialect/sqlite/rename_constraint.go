package sqlite

import (
	"fmt"

	"github.com/gomig-dev/gomig/ddl"
)

// renameConstraint writes another name before a constraint, and none was there
// where only what it says is known. The rest of its text stays.
func (r *rewrite) renameConstraint(act ddl.RenameConstraint) error {
	list := r.constraints()
	for _, matches := range []func(constraintPlace) bool{
		func(p constraintPlace) bool { return act.Name != "" && sameName(p.text.name, act.Name) },
		func(p constraintPlace) bool {
			return act.Name != "" && p.text.name == "" && sameName(r.conventional(p), act.Name)
		},
		func(p constraintPlace) bool { return p.text.name == "" && act.Was != nil && r.says(p, act.Was) },
	} {
		for _, p := range list {
			if (act.Kind == 0 || kinds[p.text.kind] == act.Kind) && matches(p) {
				return r.nameAt(p, act.To)
			}
		}
	}
	return r.noConstraint(ddl.DropConstraint{Name: act.Name, Kind: act.Kind}, list)
}

func (r *rewrite) nameAt(p constraintPlace, name string) error {
	q, err := r.a.d.Quote(name)
	if err != nil {
		return err
	}
	q = "CONSTRAINT " + q
	at := p.text.nameAt
	if p.text.name == "" {
		at = span{p.text.start, p.text.start}
		q += " "
	}
	return r.set(r.table.apply(edit{at, q}))
}

func errValidate(act ddl.ValidateConstraint) error {
	return fmt.Errorf("validating constraint %q: SQLite has no constraints that were added as not valid: leave it out", act.Name)
}
