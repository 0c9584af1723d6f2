package postgres

import (
	"errors"
	"fmt"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// Constraint spells a constraint within CREATE TABLE. One that is NOT VALID
// stands behind it: within, the server takes it as valid.
func (s server) Constraint(c schema.Constraint, t *schema.Table) (string, error) {
	if t != nil && schema.IsNotValid(c) || inheritedCheck(c, t) {
		return "", nil
	}
	return s.addedConstraint(c)
}

// inheritedCheck tells whether a constraint of a new table is its parents' alone.
func inheritedCheck(c schema.Constraint, t *schema.Table) bool {
	opts := options(c)
	return opts != nil && leftToParents(*opts, t)
}

// addedConstraint spells a constraint behind ADD.
func (s server) addedConstraint(c schema.Constraint) (string, error) {
	head, err := dialect.ConstraintHead(s, c.ConstraintName())
	if err != nil {
		return "", err
	}
	body := ""
	switch c := c.(type) {
	case *schema.PrimaryKeyDef:
		body, err = s.key("PRIMARY KEY", c.Columns, c.Options)
		if o, ok := schema.Find[DeferralOption](c.Options); ok {
			body += dialect.DeferralSQL(o.When)
		}
	case *schema.UniqueDef:
		body, err = s.unique(c)
	case *schema.CheckDef:
		body, err = s.check(c)
	case *schema.ForeignKeyDef:
		body, err = s.foreignKey(c)
	case *schema.ExcludeDef:
		body, err = s.exclude(c)
	}
	return head + body, err
}

// key spells a primary key or unique constraint up to its deferral.
func (s server) key(words string, columns []string, opts []schema.Option) (string, error) {
	cols, err := dialect.QuoteList(s, columns)
	if err != nil {
		return "", err
	}
	if _, ok := schema.Find[PeriodOption](opts); ok {
		if err := s.need(periods, "WITHOUT OVERLAPS", "18"); err != nil {
			return "", err
		}
		cols += " WITHOUT OVERLAPS"
	}
	rest, err := s.indexOptions(opts)
	return words + " (" + cols + ")" + rest, err
}

// indexOptions spell the options of the index behind a constraint.
func (s server) indexOptions(opts []schema.Option) (text string, err error) {
	if o, ok := schema.Find[IncludingOption](opts); ok && o.Columns != "" {
		cols, err := dialect.QuoteList(s, list(o.Columns))
		if err != nil {
			return "", err
		}
		text = " INCLUDE (" + cols + ")"
	}
	params, err := storage(opts)
	if err != nil {
		return "", err
	}
	if params != "" {
		text += " " + params
	}
	if o, ok := schema.Find[TablespaceOption](opts); ok && !dropped(o) {
		q, err := s.Quote(o.Name)
		if err != nil {
			return "", err
		}
		text += " USING INDEX TABLESPACE " + q
	}
	return text, nil
}

func (s server) unique(c *schema.UniqueDef) (string, error) {
	words := "UNIQUE"
	if c.NullsNotDistinct {
		if err := s.need(nullsNotDistinct, "NULLS NOT DISTINCT", "15"); err != nil {
			return "", err
		}
		words += " NULLS NOT DISTINCT"
	}
	body, err := s.key(words, c.Columns, c.Options)
	return body + dialect.DeferralSQL(c.Deferral), err
}

func (s server) check(c *schema.CheckDef) (string, error) {
	expr, err := rawSQL(c.Expr)
	if err != nil {
		return "", err
	}
	body := "CHECK (" + expr + ")"
	if _, ok := schema.Find[NoInheritOption](c.Options); ok {
		body += " NO INHERIT"
	}
	if c.NotEnforced {
		if err := s.need(enforcement, "a check that is NOT ENFORCED", "18"); err != nil {
			return "", err
		}
		return body + " NOT ENFORCED", nil
	}
	if c.NotValid {
		body += " NOT VALID"
	}
	return body, nil
}

func (s server) foreignKey(c *schema.ForeignKeyDef) (string, error) {
	body := ""
	var err error
	if _, ok := schema.Find[PeriodOption](c.Options); ok {
		body, err = s.periodKey(c)
	} else {
		body, err = s.plainKey(c)
	}
	if err != nil {
		return "", err
	}
	body += dialect.DeferralSQL(c.Deferral)
	if _, ok := schema.Find[NotEnforcedOption](c.Options); ok {
		return body + " NOT ENFORCED", s.need(enforcement, "a foreign key that is NOT ENFORCED", "18")
	}
	if c.NotValid {
		body += " NOT VALID"
	}
	return body, nil
}

func (s server) plainKey(c *schema.ForeignKeyDef) (string, error) {
	if c.Match != "" && !strings.EqualFold(c.Match, "FULL") && !strings.EqualFold(c.Match, "SIMPLE") {
		return "", fmt.Errorf("PostgreSQL has no MATCH %s; it has FULL and SIMPLE", c.Match)
	}
	o, restricted := schema.Find[SetColumnsOption](c.Options)
	k := *c
	k.Deferral, k.Options = schema.DeferralDefault, nil
	if !restricted || o.Columns == "" {
		return dialect.ForeignKey(s, &k)
	}
	if err := s.need(setColumns, "ON DELETE SET NULL of some columns", "15"); err != nil {
		return "", err
	}
	if c.OnDelete != schema.SetNull && c.OnDelete != schema.SetDefault {
		return "", errors.New("postgres.SetColumns goes with OnDelete(schema.SetNull) or OnDelete(schema.SetDefault)")
	}
	cols, err := dialect.QuoteList(s, list(o.Columns))
	if err != nil {
		return "", err
	}
	if _, err := dialect.ForeignKey(s, &k); err != nil { // which knows the actions there are
		return "", err
	}
	k.OnDelete, k.OnUpdate = schema.NoAction, schema.NoAction
	body, err := dialect.ForeignKey(s, &k)
	if err != nil {
		return "", err
	}
	body += " ON DELETE " + string(c.OnDelete) + " (" + cols + ")"
	if c.OnUpdate != schema.NoAction {
		body += " ON UPDATE " + string(c.OnUpdate)
	}
	return body, nil
}

// periodKey is a foreign key whose last columns are periods.
func (s server) periodKey(c *schema.ForeignKeyDef) (string, error) {
	if err := s.need(periods, "a foreign key with a PERIOD", "18"); err != nil {
		return "", err
	}
	side := func(columns []string) (string, error) {
		if len(columns) < 2 {
			return "", errors.New("a foreign key with a period has at least one column before it")
		}
		front, err := dialect.QuoteList(s, columns[:len(columns)-1])
		if err != nil {
			return "", err
		}
		last, err := s.Quote(columns[len(columns)-1])
		return front + ", PERIOD " + last, err
	}
	cols, err := side(c.Columns)
	if err != nil {
		return "", err
	}
	table, err := dialect.QuoteName(s, c.RefTable)
	if err != nil {
		return "", err
	}
	refs, err := side(c.RefColumns)
	return "FOREIGN KEY (" + cols + ") REFERENCES " + table + " (" + refs + ")", err
}

func (s server) exclude(c *schema.ExcludeDef) (string, error) {
	using := c.Using
	if using == "" {
		using = "gist"
	}
	elems := make([]string, len(c.Elements))
	for i, e := range c.Elements {
		expr, err := rawSQL(e.Expr)
		if err != nil {
			return "", err
		}
		op, err := operatorName(e.Operator)
		if err != nil {
			return "", err
		}
		elems[i] = indexable(expr) + " WITH " + op
	}
	rest, err := s.indexOptions(c.Options)
	if err != nil {
		return "", err
	}
	body := "EXCLUDE USING " + quoteIfNeeded(strings.ToLower(using)) + " (" + strings.Join(elems, ", ") + ")" + rest
	if c.Where != "" {
		where, err := rawSQL(c.Where)
		if err != nil {
			return "", err
		}
		body += " WHERE (" + where + ")"
	}
	return body + dialect.DeferralSQL(c.Deferral), nil
}

// operatorName spells an operator: signs, or OPERATOR(schema.signs).
func operatorName(op string) (string, error) {
	tokens, ok := lex(op)
	switch {
	case ok && len(tokens) == 1 && tokens[0].kind == tokenOperator:
		return strings.TrimSpace(op), nil
	case ok && len(tokens) == 6 && tokens[0].is("operator") && tokens[4].kind == tokenOperator:
		return "OPERATOR" + spell(tokens[1:]), nil
	}
	return "", fmt.Errorf("%q is no operator", op)
}

// indexable is an expression as the key of an index takes it: a column or a call
// as it is, with what may follow it, all else in brackets.
func indexable(expr string) string {
	tokens, ok := lex(expr)
	if !ok || len(tokens) == 0 || len(bare(tokens)) != len(tokens) {
		return expr
	}
	first := tokens[0].kind == tokenWord || tokens[0].kind == tokenQuoted
	depth := 0
	for i, t := range tokens {
		switch {
		case t.is("(") || t.is("["):
			depth++
		case t.is(")") || t.is("]"):
			depth--
		case depth == 0 && (t.kind == tokenOperator || t.is("::") || t.kind == tokenWord && spaced[t.text] && !t.is("collate") || i == 0 && !first && !t.is("(")):
			return "(" + expr + ")"
		}
	}
	if len(tokens) > 1 && !tokens[0].is("(") && (capitals[tokens[0].text] || tokens[len(tokens)-1].is("]")) && tokens[0].kind == tokenWord {
		return "(" + expr + ")" // CASE, CAST, EXTRACT, ARRAY[…], a[1]
	}
	return expr
}
