package mysql

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// createText is what SHOW CREATE TABLE says beyond the model.
type createText struct {
	columns map[string]columnText // by lower-case name
	parsers map[string]string     // of FULLTEXT indexes, by index name
	periods []period              // of the application's time (MariaDB)
	system  period                // of the system's time, where its columns are spelled out

	merged     []TableOptionValue // of a MERGE table: what it is the union of, where rows go
	partitions string             // what stands behind PARTITION BY
	checks     map[string]string  // conditions of the table's own checks, by name

	notEnforced map[string]bool // checks that are not, by name

	tidb []schema.Option // what TiDB alone has
}

// period is a PERIOD FOR of two columns, with the keys in which it must not overlap.
type period struct {
	name       string
	start, end string   // columns
	keys       []string // index names; "PRIMARY" for the primary key
}

// columnText is a column's definition beyond the model.
type columnText struct {
	name  string
	check string   // of the column itself (MariaDB)
	value []token  // the default
	width int      // in which an integer is shown, 0 if the server does not say
	extra []string // further attributes: COLUMN_FORMAT, STORAGE, WITHOUT SYSTEM VERSIONING …

	zeroFill bool

	defaultText  string // as it stands there
	computedText string // of a generated column, as it stands there
	checkText    string // of the column's own check, as it stands there
}

// columnCheck is the column whose own check bears the name; MariaDB names it like the column.
func (c createText) columnCheck(name string) (string, bool) {
	t, ok := c.columns[strings.ToLower(name)]
	return t.name, ok && t.check != ""
}

// createTable reads SHOW CREATE TABLE.
func (d *Dialect) createTable(ctx context.Context, conn dialect.Conn, name schema.Name) (createText, error) {
	q, err := dialect.QuoteName(d, name)
	if err != nil {
		return createText{}, err
	}
	var text string
	err = query(ctx, conn, "SHOW CREATE TABLE "+q, func(r *row) { text = r.text(1) })
	if err != nil {
		return createText{}, fmt.Errorf("reading the definition of table %q: %w", name, err)
	}
	return d.parseCreate(text), nil
}

// parseCreate takes the text apart. Servers write one column or key a line, and
// escape the line ends that are inside strings.
func (d *Dialect) parseCreate(text string) createText {
	out := createText{columns: map[string]columnText{}, parsers: map[string]string{}, partitions: d.partitionClause(text), merged: mergeOptions(text), checks: map[string]string{}, notEnforced: map[string]bool{}, tidb: d.tidbTableOptions(text)}
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(strings.TrimSpace(line), ",")
		line = openComments(line)
		tokens, err := lex(line, serverMode)
		if err != nil || len(tokens) == 0 {
			continue
		}
		switch {
		case tokens[0].kind == identToken && len(tokens) > 1:
			c := d.parseColumn(line, tokens[1:])
			c.name = tokens[0].text
			out.columns[strings.ToLower(c.name)] = c
		case tokens[0].is("FULLTEXT") && len(tokens) > 2:
			for i, t := range tokens {
				if t.is("PARSER") && i+1 < len(tokens) {
					out.parsers[tokens[2].text] = tokens[i+1].text
				}
			}
		case tokens[0].is("CONSTRAINT") && len(tokens) > 3 && tokens[2].is("CHECK"):
			condition := (&attributes{tokens: tokens, pos: 3}).balanced()
			out.checks[tokens[1].text] = inside(line, condition)
			out.notEnforced[tokens[1].text] = slices.ContainsFunc(tokens[3+len(condition):], func(t token) bool { return t.is("ENFORCED") })
		case tokens[0].is("PERIOD"):
			out.addPeriod(tokens)
		case tokens[0].is("PRIMARY", "UNIQUE"):
			out.addOverlap(tokens)
		}
	}
	return out
}

// addPeriod reads PERIOD FOR `name` (`start`, `end`). That of the system's time
// bears no quotes.
func (c *createText) addPeriod(tokens []token) {
	if len(tokens) < 8 {
		return
	}
	p := period{name: tokens[2].text, start: tokens[4].text, end: tokens[6].text}
	if tokens[2].kind == identToken {
		c.periods = append(c.periods, p)
		return
	}
	c.system = p
}

// addOverlap reads the end of a key: (`id`, `name` WITHOUT OVERLAPS).
func (c *createText) addOverlap(tokens []token) {
	at := slices.IndexFunc(tokens, func(t token) bool { return t.is("OVERLAPS") })
	if at < 2 {
		return
	}
	key := "PRIMARY"
	if tokens[0].is("UNIQUE") {
		key = tokens[2].text
	}
	for i := range c.periods {
		if p := &c.periods[i]; p.name == tokens[at-2].text {
			p.keys = append(p.keys, key)
		}
	}
}

// openComments makes what stands in /*!80016 …*/, /*M!100301 …*/ and /*T![x] …*/
// plain text: to the server that wrote it, it is no comment.
func openComments(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		switch {
		case s[i] == '\'' || s[i] == '`' || s[i] == '"':
			end := quoteEnd(s, i)
			b.WriteString(s[i:end])
			i = end
		case strings.HasPrefix(s[i:], "/*!"), strings.HasPrefix(s[i:], "/*M!"), strings.HasPrefix(s[i:], "/*T!"):
			i += strings.IndexByte(s[i:], '!') + 1
			if s[i:] != "" && s[i] == '[' {
				i += strings.IndexByte(s[i:], ']') + 1
			}
			for i < len(s) && s[i] >= '0' && s[i] <= '9' {
				i++
			}
			b.WriteByte(' ')
		case strings.HasPrefix(s[i:], "*/"):
			i += 2
			b.WriteByte(' ')
		default:
			b.WriteByte(s[i])
			i++
		}
	}
	return b.String()
}

// quoteEnd is where the quoted text that begins at i ends.
func quoteEnd(s string, i int) int {
	q := s[i]
	for i++; i < len(s); i++ {
		switch {
		case s[i] == '\\' && q == '\'':
			i++
		case s[i] == q:
			return i + 1
		}
	}
	return len(s)
}

// attributes reads the attributes of a column one by one.
type attributes struct {
	tokens []token
	pos    int
}

func (p *attributes) peek(n int) token {
	if p.pos+n < len(p.tokens) {
		return p.tokens[p.pos+n]
	}
	return token{}
}

// balanced takes an opening bracket and all up to the one that closes it.
func (p *attributes) balanced() []token {
	if !p.peek(0).is("(") {
		return nil
	}
	start, depth := p.pos, 0
	for p.pos < len(p.tokens) {
		t := p.tokens[p.pos]
		p.pos++
		if t.is("(") {
			depth++
		} else if t.is(")") {
			if depth--; depth == 0 {
				break
			}
		}
	}
	return p.tokens[start:p.pos]
}

// inside is the text of tokens, without brackets around it.
func inside(line string, tokens []token) string {
	if bracketed(tokens) {
		tokens = tokens[1 : len(tokens)-1]
	}
	if len(tokens) == 0 {
		return ""
	}
	return line[tokens[0].pos:tokens[len(tokens)-1].end]
}

func (d *Dialect) parseColumn(line string, tokens []token) columnText {
	p := &attributes{tokens: tokens, pos: 1}
	var c columnText
	if size := p.balanced(); len(size) == 3 && strings.HasSuffix(strings.ToUpper(tokens[0].text), "INT") {
		c.width, _ = strconv.Atoi(size[1].text)
	}
	for p.pos < len(p.tokens) {
		start := p.pos
		if p.known() {
			switch {
			case tokens[start].is("DEFAULT"):
				c.value = tokens[start+1 : p.pos]
				c.defaultText = inside(line, c.value)
			case tokens[start].is("ZEROFILL"):
				c.zeroFill = true
			case tokens[start].is("GENERATED"): // ALWAYS AS
				c.computedText = inside(line, (&attributes{tokens: tokens, pos: start + 3}).balanced())
			}
			continue
		}
		if p.peek(0).is("CHECK") {
			p.pos++
			condition := p.balanced()
			c.check, c.checkText = d.normalSpan(condition), inside(line, condition)
			continue
		}
		p.pos++
		p.balanced()
		for p.pos < len(p.tokens) && !p.atKnown() {
			p.pos++
		}
		c.extra = append(c.extra, d.normalSpan(p.tokens[start:p.pos]))
	}
	return c
}

// normalSpan spells tokens of the server for this session.
func (d *Dialect) normalSpan(tokens []token) string {
	if bracketed(tokens) {
		tokens = tokens[1 : len(tokens)-1]
	}
	if n, err := d.parseExpr(tokens); err == nil && len(tokens) > 1 {
		return d.print(d.rewrite(n))
	}
	var words []string
	for _, t := range tokens {
		s := d.normalTokens([]token{t})
		if t.kind == wordToken {
			s = strings.ToUpper(s)
		}
		words = append(words, s)
	}
	return strings.Join(words, " ")
}

// knownWords begin the attributes that the model holds, or that are part of the type.
var knownWords = []string{
	"UNSIGNED", "ZEROFILL", "CHARACTER", "COLLATE", "GENERATED", "NOT", "NULL", "DEFAULT", "ON", "AUTO_INCREMENT",
	"COMMENT", "INVISIBLE", "VISIBLE", "SRID", "REF_SYSTEM_ID", "CHECK", "COMPRESSED",
}

func (p *attributes) atKnown() bool {
	if p.peek(0).is("NOT") && p.peek(1).is("SECONDARY") {
		return false
	}
	return p.peek(0).is(knownWords...)
}

// known skips an attribute that the model holds.
func (p *attributes) known() bool {
	t := p.peek(0)
	if !p.atKnown() || t.is("CHECK") {
		return false
	}
	p.pos++
	switch {
	case t.is("CHARACTER"): // SET name
		p.pos += 2
	case t.is("COLLATE", "COMMENT", "SRID", "NOT"):
		p.pos++
	case t.is("REF_SYSTEM_ID"): // = number
		p.pos += 2
	case t.is("GENERATED"): // ALWAYS AS (…) STORED, or ALWAYS AS ROW START
		p.pos += 2
		if p.peek(0).is("ROW") {
			p.pos += 2
			break
		}
		p.balanced()
		if p.peek(0).is("VIRTUAL", "STORED", "PERSISTENT") {
			p.pos++
		}
	case t.is("DEFAULT"):
		if p.peek(0).is("-", "+") {
			p.pos++
		}
		if !p.peek(0).is("(") {
			p.pos++
		}
		p.balanced()
	case t.is("ON"): // UPDATE current_timestamp(3)
		p.pos += 2
		p.balanced()
	}
	return true
}

var errNoType = errors.New("the server restates the whole column, and its type is not known here: say the existing type")
