package mysql

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

// readPartitioned finds partitioned tables that MySQL does not mark as such in
// TABLES: those by KEY () alone (9.7).
func (r *reader) readPartitioned() error {
	if !r.d.is(MySQL) {
		return nil
	}
	text := "SELECT TABLE_NAME FROM information_schema.PARTITIONS WHERE " + r.where("TABLE_SCHEMA", "TABLE_NAME") +
		" AND PARTITION_METHOD = 'KEY' AND PARTITION_ORDINAL_POSITION = 1"
	err := r.get(text, func(w *row) {
		if f := r.tables[w.text(0)]; f != nil {
			f.special = true
		}
	})
	if err != nil {
		return fmt.Errorf("reading the partitions: %w", err)
	}
	return nil
}

// partitionClause is what stands behind PARTITION BY in the text of SHOW CREATE
// TABLE, which says more than the catalogue: it follows the line of the options,
// on MySQL in a comment for older servers.
func (d *Dialect) partitionClause(text string) string {
	_, rest, _ := strings.Cut(text, "\n)")
	_, rest, _ = strings.Cut(rest, "\n")
	tokens, err := lex(openComments(rest), serverMode)
	if err != nil || len(tokens) < 3 || !tokens[0].is("PARTITION") || !tokens[1].is("BY") {
		return ""
	}
	tokens = tokens[2:]
	if d.is(TiDB) { // writes how long rows stay behind the partitions
		depth := 0
		for i, t := range tokens {
			if depth == 0 && t.is("TTL") {
				tokens = tokens[:i]
				break
			}
			depth += nesting(t)
		}
	}
	return d.spelledTokens(plainPartitions(tokens), func(word string) string { return word })
}

// nesting is 1 for a bracket that opens, and -1 for one that closes.
func nesting(t token) int {
	switch {
	case t.is("("):
		return 1
	case t.is(")"):
		return -1
	}
	return 0
}

// plainPartitions leaves out of a clause what says nothing: the engine, which is
// the table's, equals signs, and how many partitions an AUTO has made by now.
func plainPartitions(tokens []token) []token {
	at := func(i int) token {
		if i < len(tokens) {
			return tokens[i]
		}
		return token{}
	}
	auto := false
	var out []token
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		auto = auto || t.is("AUTO")
		switch {
		case t.is("STORAGE") && at(i+1).is("ENGINE"):
		case t.is("ENGINE"):
			if at(i + 1).is("=") {
				i++
			}
			i++
		case t.is("PARTITIONS") && auto:
			i++
		case t.is("COMMENT", "MAX_ROWS", "MIN_ROWS", "TABLESPACE", "NODEGROUP", "DIRECTORY") && at(i+1).is("="):
			i++
			out = append(out, t)
		default:
			out = append(out, t)
		}
	}
	return out
}

// canonicalPartitions spells a clause so that two spellings of one become equal:
// words in lower case, names without quotes where they need none, the expressions
// of HASH, RANGE and LIST as everywhere.
func (d *Dialect) canonicalPartitions(text string, cols names) string {
	tokens, err := lex(text, d.userMode())
	if err != nil {
		return text
	}
	tokens = plainPartitions(tokens)
	var b strings.Builder
	from := 0
	flush := func(to int) {
		part := d.normalTokens(d.plainNames(tokens[from:to]))
		if b.Len() > 0 && part != "" && !strings.HasPrefix(part, ",") && !strings.HasPrefix(part, ")") {
			b.WriteByte(' ')
		}
		b.WriteString(part)
		from = to
	}
	for i := 0; i+1 < len(tokens); i++ {
		if !tokens[i].is("HASH", "RANGE", "LIST") || !tokens[i+1].is("(") {
			continue
		}
		p := &attributes{tokens: tokens, pos: i + 1}
		inside := p.balanced()
		n, err := d.parseExpr(inside)
		if err != nil {
			continue
		}
		flush(i + 1)
		b.WriteString("(" + d.print(d.inColumns(d.rewrite(n), cols)) + ")")
		from, i = p.pos, p.pos-1
	}
	flush(len(tokens))
	return b.String()
}

// plainNames takes the quotes off names that need none.
func (d *Dialect) plainNames(tokens []token) []token {
	out := make([]token, len(tokens))
	for i, t := range tokens {
		if lower := strings.ToLower(t.text); t.kind == identToken && isPlain(lower) && !d.isReserved(lower) {
			t = token{kind: wordToken, text: t.text}
		}
		out[i] = t
	}
	return out
}

func isPlain(s string) bool {
	return strings.Trim(s, "0123456789") != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789_") == ""
}

// RenameColumn is the clause when a column has another name.
func (o PartitionOption) RenameColumn(from, to string) schema.Option {
	text := string(o)
	tokens, err := lex(text, lexMode{})
	if err != nil {
		return o
	}
	name := quoted(to)
	if isPlain(strings.ToLower(to)) {
		name = to
	}
	var b strings.Builder
	at := 0
	for i, t := range tokens {
		listed := t.kind == wordToken && i > 0 && i+1 < len(tokens) && tokens[i-1].is("(", ",") && tokens[i+1].is(")", ",")
		if !strings.EqualFold(t.text, from) || t.kind != identToken && !listed {
			continue
		}
		b.WriteString(text[at:t.pos])
		if at = t.end; listed {
			b.WriteString(name)
		} else {
			b.WriteString(quoted(to))
		}
	}
	return PartitionOption(b.String() + text[at:])
}

// MayMeanSame reports whether two clauses may say the same in other words, as
// values in the partitions do that the server works out.
func (PartitionOption) MayMeanSame(other schema.Option) bool {
	_, ok := other.(PartitionOption)
	return ok
}

// Open reports whether the clause leaves to the server when its partitions by time
// begin: then that is when the table was made, and says nothing (MariaDB).
// https://mariadb.com/kb/en/system-versioned-tables/#partitioning-by-time
func (o PartitionOption) Open() bool {
	tokens, err := lex(string(o), lexMode{})
	from, _ := startsIn(tokens)
	return err == nil && from < 0 && len(tokens) > 1 && tokens[0].is("SYSTEM_TIME") && tokens[1].is("INTERVAL")
}

// Plain is the clause without the beginning of its partitions by time.
func (o PartitionOption) Plain() schema.Option {
	tokens, err := lex(string(o), lexMode{})
	from, to := startsIn(tokens)
	if err != nil || from < 0 {
		return o
	}
	text := string(o)
	rest := ""
	if to < len(tokens) {
		rest = " " + text[tokens[to].pos:]
	}
	return PartitionOption(strings.TrimSpace(text[:tokens[from].pos]) + rest)
}

// startsIn is where STARTS and what it says begin and end; from is -1 if there is none.
func startsIn(tokens []token) (from, to int) {
	if len(tokens) < 2 || !tokens[0].is("SYSTEM_TIME") {
		return -1, 0
	}
	from = slices.IndexFunc(tokens, func(t token) bool { return t.is("STARTS") })
	if from < 0 {
		return -1, 0
	}
	for to = from + 1; to < len(tokens); to++ {
		if t := tokens[to]; t.is("AUTO", "PARTITIONS") || t.is("(") && to+1 < len(tokens) && tokens[to+1].is("PARTITION") {
			break
		}
	}
	return from, to
}
