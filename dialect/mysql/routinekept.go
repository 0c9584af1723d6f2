package mysql

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// keepRoutine spells what stands before the name of a trigger, routine or event that
// is created, and its definition. One that is replaced keeps its DEFINER unless another
// is said, and a routine its SQL SECURITY where neither definition says one: then
// somebody gave it that beside them. note is what a script that cannot know them says.
func (d *Dialect) keepRoutine(ctx context.Context, cat dialect.Catalog, s ddl.CreateObject, definition string) (options, note, text string, err error) {
	fail := func(err error) (string, string, string, error) { return "", "", "", err }
	definer, said, err := routineDefiner(s.Object)
	if err != nil {
		return fail(err)
	}
	text = definition
	routine := s.Object.Kind == ddl.FunctionKind || s.Object.Kind == ddl.ProcedureKind
	open := false // whether SQL SECURITY is
	var place int
	var known bool
	if routine {
		var says, did bool
		place, says, known = d.characteristics(definition)
		_, did, _ = d.characteristics(s.Was)
		open = !says && !did
	}
	switch online := cat != nil && cat.Conn() != nil; {
	case !s.Replace:
	case online && (!said || open):
		had, security, err := d.routineHas(ctx, cat.Conn(), s.Object)
		if err != nil {
			return fail(err)
		}
		if !said && !d.PlainViewOption(had) {
			definer, said = had, true
		}
		if open && security == SecurityInvoker {
			if !known {
				return fail(errors.New("it is SQL SECURITY INVOKER, and where that belongs in the definition cannot be told: say it there, or SQL SECURITY DEFINER"))
			}
			text = definition[:place] + " SQL SECURITY INVOKER " + definition[place:]
		}
	case !online:
		note = routineNote(s.Object.Kind, !said && !s.Whole, open && (!s.Whole || s.Was == ""))
	}
	if said {
		if options, err = d.definer(definer); err != nil {
			return fail(err)
		}
	}
	return options, note, text, nil
}

// routineDefiner is the account that is said of an object beside views.
func routineDefiner(o ddl.Object) (definer DefinerOption, said bool, err error) {
	for _, opt := range o.Options {
		switch opt := opt.(type) {
		case DefinerOption:
			definer, said = opt, true
		case SQLSecurity:
			if o.Kind == ddl.FunctionKind || o.Kind == ddl.ProcedureKind {
				return definer, false, errors.New("SQL SECURITY is said in its definition, not by op.With")
			}
			return definer, false, fmt.Errorf("a %s has no SQL SECURITY", o.Kind)
		default:
			if strings.HasPrefix(opt.OptionKey(), prefix) {
				return definer, false, fmt.Errorf("%s is no option of %ss", opt.OptionKey(), o.Kind)
			}
		}
	}
	return definer, said, nil
}

// routineNote is what a script says that cannot look at what it replaces.
func routineNote(kind ddl.ObjectKind, definer, security bool) string {
	var open, by []string
	if definer {
		open, by = append(open, "DEFINER"), append(by, "op.With")
	}
	if security {
		open, by = append(open, "SQL SECURITY"), append(by, "the definition")
	}
	if len(open) == 0 {
		return ""
	}
	says := "says"
	if len(by) > 1 {
		says = "say"
	}
	return "-- A script cannot know what the " + kind.String() + " has of " + strings.Join(open, ", ") + ": " + strings.Join(by, " and ") + " " + says +
		" it in the revision, else it is the default from now on.\n"
}

// characteristics finds where those of a routine begin in its definition, in bytes,
// and whether SQL SECURITY is among them. Not ok is a definition that is not understood;
// then it is if it stands anywhere.
func (d *Dialect) characteristics(definition string) (at int, security, ok bool) {
	tokens, err := lex(definition, d.userMode())
	for i := range len(tokens) - 1 {
		security = security || tokens[i].is("SQL") && tokens[i+1].is("SECURITY")
	}
	if err != nil || len(tokens) == 0 || !tokens[0].is("(") {
		return 0, security, false
	}
	is := func(i int, words ...string) bool { return i < len(tokens) && tokens[i].is(words...) }
	i, depth := 0, 0
	for ; i < len(tokens); i++ {
		switch {
		case tokens[i].is("("):
			depth++
		case tokens[i].is(")"):
			depth--
		}
		if depth == 0 {
			break
		}
	}
	i++
	if is(i, "RETURNS") {
		for i++; i < len(tokens) && !behindType(tokens, i); i++ {
		}
	}
	if i >= len(tokens) {
		return 0, security, false
	}
	at, security = tokens[i].pos, false
	for {
		switch {
		case is(i, "SQL") && is(i+1, "SECURITY"):
			security = true
			i += 3
		case is(i, "DETERMINISTIC"):
			i++
		case is(i, "COMMENT", "LANGUAGE", "NOT", "CONTAINS", "NO"):
			i += 2
		case is(i, "READS", "MODIFIES") && is(i+1, "SQL"):
			i += 3
		default:
			return at, security, true
		}
	}
}

// behindType reports whether a token stands behind the type that a function returns:
// a characteristic, or the statement that the function is.
func behindType(tokens []token, i int) bool {
	return tokens[i].is("SQL", "DETERMINISTIC", "COMMENT", "LANGUAGE", "NOT", "CONTAINS", "NO", "READS", "MODIFIES",
		"RETURN", "BEGIN", "IF", "CASE", "LOOP", "WHILE", "REPEAT", "FOR", "AS", "IS") || i+1 < len(tokens) && tokens[i+1].is(":")
}

// routineHas are the account that a trigger, routine or event belongs to and, of a
// routine, its SQL SECURITY; those of a new one if there is none.
func (d *Dialect) routineHas(ctx context.Context, conn dialect.Conn, o ddl.Object) (definer DefinerOption, security SQLSecurity, err error) {
	word, in, more := "ROUTINE", o.Name.Schema, ", SECURITY_TYPE"
	switch o.Kind {
	case ddl.TriggerKind:
		word, in, more = "TRIGGER", o.Table.Schema, ", ''"
	case ddl.EventKind:
		word, more = "EVENT", ", ''"
	case ddl.FunctionKind, ddl.ProcedureKind, ddl.ViewKind, ddl.MaterializedViewKind:
	}
	text := "SELECT " + word + "_NAME, DEFINER, CURRENT_USER()" + more + " FROM information_schema." + word + "S WHERE " +
		word + "_SCHEMA = " + d.schemaText(in) + " AND " + word + "_NAME = " + d.quotedText(o.Name.Name)
	if word == "ROUTINE" {
		text += " AND ROUTINE_TYPE = " + d.quotedText(strings.ToUpper(o.Kind.String()))
	}
	// MariaDB keeps triggers in files: names that differ in case are two there.
	exact := o.Kind == ddl.TriggerKind && d.is(MariaDB) && !d.set.lowerNames
	definer.Current = true
	err = query(ctx, conn, text, func(r *row) {
		if !exact || r.text(0) == o.Name.Name {
			definer, security = definerOf(r.text(1), r.text(2)), SQLSecurity(r.text(3))
		}
	})
	if err != nil {
		return definer, "", fmt.Errorf("reading what the %s has: %w", o.Kind, err)
	}
	return definer, security, nil
}

// definerTrial is the trigger by which is tried whether triggers may belong to an account.
const definerTrial = "gomig_definer_trial"

// tryDefiner has the server say whether an object may belong to the account that
// options name, before the one that is there is dropped: else a refusal would leave
// none. Routines and events do that if they are there already, and nothing else. MySQL
// does not look so far with a trigger, so that one which does nothing is made and dropped.
func (d *Dialect) tryDefiner(o ddl.Object, options, create string) ([]dialect.SQL, error) {
	if o.Kind != ddl.TriggerKind || d.is(MariaDB) {
		if o.Kind != ddl.EventKind && !d.caps.routineGuards {
			return nil, nil
		}
		return []dialect.SQL{{Text: "CREATE " + options + create}}, nil
	}
	table, err := dialect.QuoteName(d, o.Table)
	if err != nil {
		return nil, err
	}
	trial, err := dialect.QuoteName(d, schema.Name{Schema: o.Table.Schema, Name: definerTrial})
	if err != nil {
		return nil, err
	}
	made := trial
	if d.caps.routineGuards { // one that a killed run left
		made = "IF NOT EXISTS " + trial
	}
	return []dialect.SQL{
		{Text: "CREATE " + options + "TRIGGER " + made + " AFTER DELETE ON " + table + " FOR EACH ROW BEGIN END"},
		{Text: "DROP TRIGGER " + trial},
	}, nil
}

// Advice says what can be done where the account may not have an object belong to
// another: https://dev.mysql.com/doc/refman/8.4/en/stored-objects-security.html
func (d *Dialect) Advice(sql string, err error) string {
	if err == nil || !strings.Contains(err.Error(), "Error 1227 ") {
		return ""
	}
	tokens, lexed := lex(sql, d.userMode())
	at := func(words ...string) int {
		return slices.IndexFunc(tokens, func(t token) bool { return t.is(words...) })
	}
	definer, kind := at("DEFINER"), at("VIEW", "TRIGGER", "FUNCTION", "PROCEDURE", "EVENT")
	if lexed != nil || len(tokens) == 0 || !tokens[0].is("CREATE") || definer < 0 || kind < definer {
		return ""
	}
	word := strings.ToLower(tokens[kind].text)
	return "the " + word + " belongs to another account than the one that migrates, and is to stay so: grant the one that migrates that privilege, migrate as the " + word + "'s DEFINER, " +
		"or say op.With(mysql.CurrentUser()) in the operation to have the " + word + " belong to the one that migrates"
}

var _ dialect.Adviser = (*Dialect)(nil)
