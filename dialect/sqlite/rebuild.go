package sqlite

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
)

// rebuild copies the table (https://www.sqlite.org/lang_altertable.html#otheralter):
// the new one beside the old, the rows over, the old one dropped, its name to
// the new one, and all that hung on it hung on again.
func (a *alteration) rebuild() ([]dialect.SQL, error) {
	r := newRewrite(a)
	if err := r.take(a.batch.Columns); err != nil {
		return nil, err
	}
	for _, act := range a.actions {
		if err := r.apply(act); err != nil {
			return nil, err
		}
	}
	if err := r.reorder(a.batch.Order); err != nil {
		return nil, err
	}
	if err := r.check(); err != nil {
		return nil, err
	}
	tmp := a.src.temporary()
	created, err := r.table.renamed(a.quote(tmp))
	if err != nil {
		return nil, err
	}
	old, next := a.quote(a.table.Name), a.quote(tmp)
	var out []dialect.SQL
	add := func(format string, args ...any) { out = append(out, dialect.SQL{Text: fmt.Sprintf(format, args...)}) }
	add("%s", created.src)
	into, from := r.transfer()
	if len(into) > 0 {
		out = append(out, dialect.SQL{
			Text: fmt.Sprintf("INSERT %sINTO %s (%s) SELECT %s FROM %s", r.strictly(), next, strings.Join(into, ", "), strings.Join(from, ", "), old),
			Copy: tmp, Table: a.src.table.name,
		})
	}
	if r.table.autoIncrements() && a.src.table.autoIncrements() {
		sequence := a.quote("sqlite_sequence")
		add("DELETE FROM %s WHERE name = %s", sequence, quoteText(tmp))
		add("INSERT INTO %s (name, seq) SELECT %s, seq FROM %s WHERE name = %s", sequence, quoteText(tmp), sequence, quoteText(a.src.table.name))
	}
	add("DROP TABLE %s", old)
	// Renaming a table, SQLite looks through all views and triggers, which miss the
	// table just now; the legacy way does not (https://www.sqlite.org/pragma.html#pragma_legacy_alter_table).
	quiet := !a.src.legacy && (!a.src.online || len(a.src.triggers)+len(a.src.others) > 0)
	if quiet {
		add("PRAGMA legacy_alter_table = ON")
	}
	add("ALTER TABLE %s RENAME TO %s", next, quoteIdent(a.src.table.name))
	if quiet {
		add("PRAGMA legacy_alter_table = OFF")
	}
	for _, o := range r.kept() {
		add("%s", a.qualified(o))
	}
	for _, n := range r.renames {
		add("ALTER TABLE %s RENAME COLUMN %s TO %s", old, quoteIdent(n.Name), quoteIdent(n.To))
	}
	return out, nil
}

// quote quotes an object of the table's own database file.
func (a *alteration) quote(name string) string {
	if a.table.Schema == "" {
		return quoteIdent(name)
	}
	return quoteIdent(a.table.Schema) + "." + quoteIdent(name)
}

// qualified is the text of an index or trigger with the database file it belongs to.
func (a *alteration) qualified(o attachedObject) string {
	if a.table.Schema == "" {
		return o.sql
	}
	p := newParser(o.sql)
	for !p.done() && !p.at("INDEX") && !p.at("TRIGGER") {
		p.advance()
	}
	p.advance()
	if p.accept("IF") {
		p.advance()
		p.advance()
	}
	return o.sql[:p.here()] + quoteIdent(a.table.Schema) + "." + o.sql[p.here():]
}

// transfer lists the columns that rows go into, and what they come from.
func (r *rewrite) transfer() (into, from []string) {
	if name, ok := r.hiddenRowid(); ok {
		into, from = append(into, name), append(from, name)
	}
	for _, c := range r.table.columns {
		i := slices.IndexFunc(r.moves, func(m move) bool { return sameName(m.name, c.name) })
		if i < 0 || r.table.clause(r.table.columnIndex(c.name), generatedClause) >= 0 {
			continue
		}
		q := quoteIdent(c.name)
		into = append(into, q)
		if cast := r.moves[i].cast; cast != "" {
			q = "CAST(" + q + " AS " + cast + ") AS " + q
		}
		from = append(from, q)
	}
	return into, from
}

// strictly is what makes copying fail where a row does not fit, which a table may
// say is to be left out or to take the place of another
// (https://www.sqlite.org/lang_conflict.html). What a column says of NULL may put
// its default there, and loses no row.
func (r *rewrite) strictly() string {
	for _, k := range slices.Concat(r.table.table, r.clauses()) {
		key := k.kind == primaryKeyClause || k.kind == uniqueClause
		if (key || k.kind == notNullClause && k.conflict != "REPLACE") && k.conflict != "" && k.conflict != "ABORT" {
			return "OR ABORT "
		}
	}
	return ""
}

// hiddenRowid is a name for the number that SQLite keeps of a row unasked, which
// full-text indexes and the like refer to, so that rows keep theirs.
func (r *rewrite) hiddenRowid() (string, bool) {
	old := r.a.src.table
	if old.noRowid || r.table.noRowid || r.table.numbersRows() >= 0 {
		return "", false
	}
	for _, name := range []string{"rowid", "_rowid_", "oid"} {
		if old.columnIndex(name) < 0 && r.table.columnIndex(name) < 0 {
			return name, true
		}
	}
	return "", false
}

// gone are the dropped columns that no new column stands in for.
func (r *rewrite) gone() []string {
	return slices.DeleteFunc(slices.Clone(r.dropped), func(name string) bool { return r.table.columnIndex(name) >= 0 })
}

// check refuses, before anything is touched, what would be left broken by a
// column that is gone, and a column that SQLite would not create.
func (r *rewrite) check() error {
	for i, c := range r.table.columns {
		if r.table.clause(i, generatedClause) >= 0 && r.table.clause(i, defaultClause) >= 0 {
			return fmt.Errorf("the column %q would be computed and have a default, which no column can; take its default away in the same group, as by op.DropDefault()", c.name)
		}
	}
	for _, name := range r.gone() {
		for _, k := range slices.Concat(r.table.table, r.clauses()) {
			if r.uses(k, name) {
				return fmt.Errorf("the column %q cannot go: %s uses it; drop or change that in the same group", name, excerpt(r.table.cut(k.span)))
			}
		}
		for _, o := range slices.Concat(r.a.src.triggers, r.a.src.others) {
			if !r.dies(o) && o.uses(name) && mentions(o.sql, r.a.table.Name) {
				return fmt.Errorf("the column %q cannot go: the %s %q uses it; drop that first, and create it again afterwards without the column", name, o.kind, o.name)
			}
		}
	}
	return nil
}

// uses reports whether a clause is about the column, which may be one that a
// reference to the table itself points at.
func (r *rewrite) uses(k constraintText, name string) bool {
	switch k.kind {
	case checkClause, generatedClause:
		return mentionsColumn(r.table.cut(k.expr), name)
	case referencesClause:
		return sameName(k.ref.table, r.a.table.Name) && slices.ContainsFunc(k.ref.columns, func(c string) bool { return sameName(c, name) })
	case otherClause, primaryKeyClause, notNullClause, uniqueClause, defaultClause, collateClause, deferrableClause:
	}
	return false
}

// clauses are the clauses of all columns.
func (r *rewrite) clauses() (list []constraintText) {
	for _, c := range r.table.columns {
		list = append(list, c.constraints...)
	}
	return list
}

// kept are the indexes and triggers that the new table gets again.
func (r *rewrite) kept() (list []attachedObject) {
	for _, o := range slices.Concat(r.a.src.indexes, r.a.src.triggers) {
		if !r.dies(o) {
			list = append(list, o)
		}
	}
	return list
}

// dies reports whether an index or trigger goes with the columns that are gone:
// an index on one of them, as in other databases, and a trigger that waits for
// changes of no other column.
func (r *rewrite) dies(o attachedObject) bool {
	gone := r.gone()
	switch o.kind {
	case "index":
		return slices.ContainsFunc(gone, o.uses)
	case "trigger":
		columns := watched(o.sql)
		return len(columns) > 0 && !slices.ContainsFunc(columns, func(c string) bool {
			return !slices.ContainsFunc(gone, func(name string) bool { return sameName(name, c) })
		}) && slices.ContainsFunc(r.a.src.triggers, func(t attachedObject) bool { return t == o })
	}
	return false
}

// watched are the columns of UPDATE OF in a CREATE TRIGGER statement.
func watched(sql string) (columns []string) {
	p := newParser(sql)
	for !p.done() && !p.at("ON") {
		if p.accept("UPDATE") && p.accept("OF") {
			for {
				columns = append(columns, p.ident())
				if !p.acceptSymbol(",") {
					return columns
				}
			}
		}
		p.advance()
	}
	return nil
}
