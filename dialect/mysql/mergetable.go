package mysql

import (
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

// What the options of a MERGE table are, which no catalogue but the table's own text
// tells of: https://dev.mysql.com/doc/refman/8.4/en/merge-storage-engine.html
const (
	mergeEngine  = "MRG_MYISAM"    // as the catalogue has it
	mergedTables = "UNION"         // the tables that it is the union of
	mergeInserts = "INSERT_METHOD" // where rows go
)

// mergeOptions reads the options of a MERGE table from SHOW CREATE TABLE.
func mergeOptions(text string) (out []TableOptionValue) {
	_, rest, _ := strings.Cut(text, "\n)")
	tokens, err := lex(rest, serverMode)
	if err != nil || len(tokens) < 3 || !tokens[0].is("ENGINE") || !strings.EqualFold(tokens[2].text, mergeEngine) {
		return nil
	}
	for i := 0; i+2 < len(tokens); i++ {
		if !tokens[i+1].is("=") {
			continue
		}
		switch value := tokens[i+2]; {
		case tokens[i].is(mergeInserts):
			out = append(out, TableOptionValue{mergeInserts, strings.ToUpper(value.text)})
		case tokens[i].is(mergedTables):
			p := &attributes{tokens: tokens, pos: i + 2}
			if list := unionOf(p.balanced()); len(list) > 0 {
				out = append(out, TableOptionValue{mergedTables, unionText(list)})
			}
		}
	}
	return out
}

// unionOf are the tables of a list in brackets; nil if it is none.
func unionOf(tokens []token) (out []schema.Name) {
	if len(tokens) < 3 || !bracketed(tokens) {
		return nil
	}
	var n schema.Name
	named := false
	for _, t := range tokens[1:] {
		switch {
		case t.kind == identToken || t.kind == wordToken:
			n.Name, named = t.text, true
		case t.is(".") && named:
			n.Schema, named = n.Name, false
		case t.is(",", ")") && named:
			out, n, named = append(out, n), schema.Name{}, false
		default:
			return nil
		}
	}
	return out
}

// unionText spells the tables of a union, as SHOW CREATE TABLE does.
func unionText(list []schema.Name) string {
	var parts []string
	for _, n := range list {
		text := quoted(n.Name)
		if n.Schema != "" {
			text = quoted(n.Schema) + "." + text
		}
		parts = append(parts, text)
	}
	return "(" + strings.Join(parts, ",") + ")"
}

// canonicalUnion is the list of a union in one spelling, with the database at hand
// left out. What is no list stays as it is.
func (d *Dialect) canonicalUnion(value string) TableOptionValue {
	tokens, err := lex(value, d.userMode())
	list := unionOf(tokens)
	if err != nil || list == nil {
		return TableOptionValue{mergedTables, value}
	}
	for i := range list {
		if list[i].Schema == d.set.database {
			list[i].Schema = ""
		}
	}
	return TableOptionValue{mergedTables, unionText(list)}
}

// inUnion says the schema of the tables of a union where that is not the default one:
// the server leaves it out if it is that of the table itself.
func (r *reader) inUnion(o TableOptionValue) TableOptionValue {
	tokens, err := lex(o.Value, serverMode)
	list := unionOf(tokens)
	if err != nil || r.in == r.out.DefaultSchema {
		return o
	}
	for i := range list {
		if list[i].Schema == "" {
			list[i].Schema = r.in
		}
	}
	return TableOptionValue{mergedTables, unionText(list)}
}
