package postgres

import (
	"strings"
)

// canonicalExpr brings an expression to one spelling: names quoted only where
// that is needed, keywords in capitals, strings in plain quotes, no comments, no
// outer brackets, blanks in the usual places. It means what the text meant. What
// cannot be read stays as it is.
//
// columns are those that are strings. The server writes a cast to text wherever a
// varchar meets an operator of text; as that does nothing, it goes; nil knows no columns.
func canonicalExpr(text string, columns stringColumns) string {
	tokens, ok := lex(text)
	if !ok || len(tokens) == 0 {
		return strings.TrimSpace(text)
	}
	tokens = columns.dropCasts(textArrays(textValues(bare(tokens))))
	return spell(bare(tokens))
}

// bare takes the brackets off that stand around all.
func bare(tokens []token) []token {
	for len(tokens) > 2 && tokens[0].is("(") && closing(tokens, 0) == len(tokens)-1 {
		tokens = tokens[1 : len(tokens)-1]
	}
	return tokens
}

// closing is the place of the bracket that closes the one at open; -1 for none.
func closing(tokens []token, open int) int {
	depth := 0
	for i := open; i < len(tokens); i++ {
		switch {
		case tokens[i].is("(") || tokens[i].is("["):
			depth++
		case tokens[i].is(")") || tokens[i].is("]"):
			depth--
			if depth == 0 {
				return i
			}
		}
	}
	return -1
}

// stringColumns are the columns whose type is VARCHAR or TEXT.
type stringColumns map[string]bool

// dropCasts takes ::text from columns that are strings anyway.
func (s stringColumns) dropCasts(tokens []token) []token {
	if len(s) == 0 {
		return tokens
	}
	var out []token
	for i := 0; i < len(tokens); {
		name, size := s.at(tokens, i)
		end := i + size
		for size > 0 && castToText(tokens[end:]) {
			end += 2
		}
		if end > i+size {
			out = append(out, name)
			i = end
		} else {
			out = append(out, tokens[i])
			i++
		}
	}
	return out
}

// at is the column at i, with or without brackets around it, and how many tokens it takes; 0 for none.
func (s stringColumns) at(tokens []token, i int) (name token, size int) {
	isColumn := func(t token) bool { return s[t.text] && (t.kind == tokenWord || t.kind == tokenQuoted) }
	switch {
	case isColumn(tokens[i]):
		return tokens[i], 1
	case i+2 < len(tokens) && tokens[i].is("(") && isColumn(tokens[i+1]) && tokens[i+2].is(")") && (i == 0 || !callable(tokens[i-1])):
		return tokens[i+1], 3
	}
	return token{}, 0
}

// castToText tells whether tokens begin with ::text.
func castToText(tokens []token) bool {
	return len(tokens) > 1 && tokens[0].is("::") && tokens[1].is("text") && (len(tokens) == 2 || !tokens[2].is("["))
}

// textValues takes the first cast of 'a'::character varying::text, which does nothing.
func textValues(tokens []token) []token {
	out := make([]token, 0, len(tokens))
	for i := 0; i < len(tokens); i++ {
		out = append(out, tokens[i])
		if size := varcharCast(tokens[i+1:]); tokens[i].kind == tokenString && size > 0 {
			if rest := tokens[i+1+size:]; len(rest) > 1 && rest[0].is("::") && rest[1].is("text") {
				i += size
			}
		}
	}
	return out
}

// varcharCast is the size of the cast to varchar that tokens begin with; 0 for none.
func varcharCast(tokens []token) int {
	switch {
	case len(tokens) > 2 && tokens[0].is("::") && tokens[1].is("character") && tokens[2].is("varying"):
		return 3
	case len(tokens) > 1 && tokens[0].is("::") && tokens[1].is("varchar"):
		return 2
	}
	return 0
}

// textArrays makes ARRAY['a'::text] of ARRAY['a'::character varying]::text[]. The
// server prints the latter for v IN ('a') and makes the former of it in turn.
func textArrays(tokens []token) []token {
	var out []token
	for i := 0; i < len(tokens); i++ {
		elems, size := textArray(tokens[i:])
		if size == 0 {
			out = append(out, tokens[i])
			continue
		}
		out = append(out, token{tokenWord, "array"}, token{tokenSign, "["})
		for k, e := range elems {
			if k > 0 {
				out = append(out, token{tokenSign, ","})
			}
			out = append(out, token{tokenString, e}, token{tokenSign, "::"}, token{tokenWord, "text"})
		}
		out = append(out, token{tokenSign, "]"})
		i += size - 1
	}
	return out
}

// textArray reads the array that tokens begin with; its size is 0 if it is no such array.
func textArray(tokens []token) (elems []string, size int) {
	if len(tokens) < 2 || !tokens[0].is("array") || !tokens[1].is("[") {
		return nil, 0
	}
	i := 2
	for i < len(tokens) && tokens[i].kind == tokenString {
		elems = append(elems, tokens[i].text)
		i++
		cast := varcharCast(tokens[i:])
		if cast == 0 {
			return nil, 0
		}
		if i += cast; i < len(tokens) && tokens[i].is(",") {
			i++
		}
	}
	tail := []string{"]", "::", "text", "[", "]"}
	for k, text := range tail {
		if i+k >= len(tokens) || !tokens[i+k].is(text) {
			return nil, 0
		}
	}
	return elems, i + len(tail)
}

// callable tells whether a bracket behind t opens the arguments of a call.
func callable(t token) bool {
	return t.kind == tokenQuoted || t.kind == tokenWord && !spaced[t.text] || t.is("]")
}

// spell writes tokens with blanks in the usual places.
func spell(tokens []token) string {
	var b strings.Builder
	for i, t := range tokens {
		if i > 0 && blankBetween(tokens, i) {
			b.WriteByte(' ')
		}
		switch t.kind {
		case tokenWord:
			b.WriteString(cased(tokens, i))
		case tokenQuoted:
			b.WriteString(quoteIfNeeded(t.text))
		case tokenString:
			b.WriteString(quoteLiteral(t.text))
		default:
			b.WriteString(t.text)
		}
	}
	return b.String()
}

// blankBetween tells whether a blank stands before tokens[i].
func blankBetween(tokens []token, i int) bool {
	before, t := tokens[i-1], tokens[i]
	switch {
	case t.kind == tokenSign && t.text != "(" && t.text != "[":
		return t.text == "." && before.kind == tokenNumber
	case before.kind == tokenSign && before.text != ")" && before.text != "]":
		return before.text == "," || before.text == ";" || before.text == "." && t.kind == tokenNumber
	case t.is("("):
		return !callable(before)
	case t.is("["):
		return before.kind == tokenOperator || before.kind == tokenWord && spaced[before.text]
	case before.kind == tokenOperator && t.kind != tokenOperator:
		return !unary(tokens, i-1)
	}
	return true
}

// unary tells whether the operator at i stands before its only operand.
func unary(tokens []token, i int) bool {
	if i == 0 {
		return true
	}
	before := tokens[i-1]
	switch before.kind {
	case tokenOperator:
		return true
	case tokenSign:
		return before.text != ")" && before.text != "]" && before.text != "."
	case tokenWord:
		return spaced[before.text] && !operands[before.text]
	default:
		return false
	}
}

// cased writes a word: keywords in capitals, names as they are.
func cased(tokens []token, i int) string {
	word := tokens[i].text
	if !plainName(word) {
		return quoteIdent(word)
	}
	follows := func(words ...string) bool {
		if i < len(words) {
			return false
		}
		for k, w := range words {
			if !tokens[i-len(words)+k].is(w) {
				return false
			}
		}
		return true
	}
	zone := word == "at" && i+1 < len(tokens) && tokens[i+1].is("time") ||
		word == "time" && follows("at") || word == "zone" && follows("at", "time")
	if capitals[word] || zone {
		return strings.ToUpper(word)
	}
	return word
}

// quoteIfNeeded quotes a name that means something else without quotes.
func quoteIfNeeded(name string) string {
	if reserved[name] || !plainName(name) {
		return quoteIdent(name)
	}
	return name
}

// plainName tells whether a name is of letters that no server folds.
func plainName(name string) bool {
	for i := range len(name) {
		c := name[i]
		if c != '_' && (c < 'a' || c > 'z') && (i == 0 || !isDigit(c)) {
			return false
		}
	}
	return name != ""
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

var (
	// spaced are the words that a blank separates from a bracket behind them.
	spaced = set(`and or not in any all some is like ilike similar between symmetric asymmetric case when then else end
		from using as select where on values escape to over filter distinct collate null true false isnull notnull
		union intersect except order by group having limit with exists`)

	// operands are those among them that end an operand.
	operands = set("end null true false isnull notnull")

	// capitals are the words written in capitals: reserved ones, which are no one's names.
	capitals = set(`and or not in any all some is like ilike similar between symmetric asymmetric case when then else end
		from using as select where on values distinct collate null isnull notnull array row cast coalesce greatest least
		nullif extract exists current_date current_time current_timestamp localtime localtimestamp current_user
		session_user user current_role current_catalog current_schema union intersect except order group having limit for`)

	// reserved are the words that are no names without quotes: those that
	// pg_get_keywords() does not call unreserved, of all versions.
	reserved = set(`all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both
		case cast char character check coalesce collate collation column concurrently constraint create cross current_catalog
		current_date current_role current_schema current_time current_timestamp current_user dec decimal default deferrable
		desc distinct do else end except exists extract false fetch float for foreign freeze from full grant greatest group
		grouping having ilike in initially inner inout int integer intersect interval into is isnull join json json_array
		json_arrayagg json_exists json_object json_objectagg json_query json_scalar json_serialize json_table json_value
		lateral leading least left like limit localtime localtimestamp merge_action national natural nchar none normalize not
		notnull null nullif numeric offset on only or order out outer overlaps overlay placing position precision primary
		real references returning right row select session_user setof similar smallint some substring symmetric system_user
		table tablesample then time timestamp to trailing treat trim true union unique user using values varchar variadic
		verbose when where window with xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi
		xmlroot xmlserialize xmltable`)
)
