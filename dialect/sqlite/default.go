package sqlite

import (
	"encoding/hex"
	"strings"

	"github.com/gomig-dev/gomig/internal/pattern"
	"github.com/gomig-dev/gomig/schema"
)

// defaultSQL spells a default. Anything but one value stands in brackets.
func (d database) defaultSQL(e schema.Expr) (string, error) {
	sql, err := d.Expr(e)
	if err != nil || e.Kind != schema.ExprSQL {
		return sql, err
	}
	switch inner := strip(sql); readDefault(inner).Kind {
	case schema.ExprSQL:
	case schema.ExprString:
		return textSQL(readDefault(inner).Text), nil
	default:
		return inner, nil
	}
	toks := significant(sql)
	if len(toks) > 0 && is(sql, toks[0], "(") && closing(sql, toks, 0) == len(toks)-1 {
		return sql, nil
	}
	return "(" + closed(sql) + ")", nil
}

// strip takes brackets around the whole away.
func strip(sql string) string {
	toks := unbracket(sql, significant(sql))
	if len(toks) == 0 {
		return ""
	}
	return sql[toks[0].start:toks[len(toks)-1].end]
}

// readDefault is the default that a text stands for: a literal where it is one.
// The text stands in no brackets of its own.
func readDefault(sql string) schema.Expr {
	sql = strip(sql)
	toks := significant(sql)
	switch {
	case len(toks) == 0:
		return schema.NoExpr()
	case len(toks) == 2 && toks[0].kind == symbol && toks[1].kind == number:
		if s := sql[toks[0].start:toks[0].end]; s == "-" || s == "+" {
			return schema.Number(strings.TrimPrefix(s, "+") + sql[toks[1].start:toks[1].end])
		}
	case len(toks) > 1:
		if s, ok := readText(sql, toks); ok {
			return schema.Literal(s)
		}
	case toks[0].kind == text:
		return schema.Literal(dequote(sql))
	case toks[0].kind == number:
		return schema.Number(sql)
	case toks[0].kind == blob:
		if b, err := hex.DecodeString(sql[2 : len(sql)-1]); err == nil {
			return schema.Literal(b)
		}
	case toks[0].kind == word:
		switch strings.ToUpper(sql) {
		case "NULL":
			return schema.Null()
		case "TRUE", "FALSE":
			return schema.Literal(strings.EqualFold(sql, "TRUE"))
		case "CURRENT_TIMESTAMP":
			return schema.Now()
		}
	}
	return schema.SQL(sql)
}

// bareDefault is [readDefault] for a default written without brackets, where a
// name is a string (https://www.sqlite.org/lang_createtable.html#dfltval).
func bareDefault(sql string) schema.Expr {
	e := readDefault(sql)
	if e.Kind != schema.ExprSQL {
		return e
	}
	toks := significant(sql)
	if len(toks) == 1 && (toks[0].kind == quotedID || toks[0].kind == word && !operators[strings.ToUpper(sql)]) {
		return schema.Literal(dequote(sql))
	}
	return e
}

var wholeNumber = pattern.Lazy(`^(0|-?[1-9][0-9]{0,17})$`)

// canonicalDefault undoes what only looks different: brackets, a number in
// quotes where the column makes it a number, true as 1, NULL as no default.
func canonicalDefault(e schema.Expr, typ schema.Type, d database) schema.Expr {
	if e.Kind == schema.ExprSQL {
		if e = readDefault(e.Text); e.Kind == schema.ExprSQL {
			return schema.SQL(normalExpr(e.Text, nil))
		}
	}
	if e.Kind == schema.ExprBool {
		e = schema.Number(map[bool]string{true: "1", false: "0"}[e.Text == "true"])
	}
	declared, err := d.Type(typ)
	if err != nil {
		return e
	}
	switch e.Kind {
	case schema.ExprNull:
		return schema.NoExpr()
	case schema.ExprNumber:
		e.Text = strings.TrimPrefix(e.Text, "+")
		if affinityOf(declared) == textAffinity && wholeNumber().MatchString(e.Text) {
			return schema.Literal(e.Text)
		}
	case schema.ExprString:
		if a := affinityOf(declared); wholeNumber().MatchString(e.Text) && a != textAffinity && a != blobAffinity && declared != "ANY" {
			e = schema.Number(e.Text)
		}
	case schema.ExprNone, schema.ExprBool, schema.ExprNow, schema.ExprSQL, schema.ExprBinary:
	}
	if _, ok := typ.Def().(schema.BooleanType); ok && e.Kind == schema.ExprNumber && (e.Text == "0" || e.Text == "1") {
		return schema.Literal(e.Text == "1")
	}
	return e
}
