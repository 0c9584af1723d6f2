package postgres

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
)

// viewOptionsApart stands between the options of a view.
const viewOptionsApart = ", "

// SetViewOptions is ALTER VIEW … SET, for CREATE OR REPLACE takes the options of the
// view before as well, and what else is said of a view that is made anew. Who is
// to own it gets it behind all that only its owner may say, and grants then.
func (s server) SetViewOptions(v dialect.View) (out []string, err error) {
	name, err := dialect.QuoteName(s, v.Name)
	if err != nil {
		return nil, err
	}
	kind := "VIEW "
	if v.Materialized {
		kind = "MATERIALIZED VIEW "
	}
	add := func(text string, e error) {
		if e != nil && err == nil {
			err = fmt.Errorf("view %q: %w", v.Name, e)
		}
		out = append(out, text)
	}
	if v.Options != "" {
		params, err := viewParameters(v.Options)
		add("ALTER "+kind+name+" SET ("+params+")", err)
	}
	for _, d := range v.Beside.Defaults {
		column, err := s.Quote(d.Column)
		add("ALTER "+kind+name+" ALTER COLUMN "+column+" SET DEFAULT "+d.Expr, err)
	}
	for _, c := range v.Beside.Comments {
		if c.Column == "" {
			add(commentOn(kind+name, c.Text))
			continue
		}
		column, err := s.Quote(c.Column)
		if err != nil {
			add("", err)
			continue
		}
		add(commentOn("COLUMN "+name+"."+column, c.Text))
	}
	if v.Beside.Owner != "" {
		owner, err := s.Quote(v.Beside.Owner)
		add("ALTER "+kind+name+" OWNER TO "+owner, err)
	}
	for left := v.Beside.Grants; len(left) > 0; {
		n := 1
		for n < len(left) && left[n].To == left[0].To && left[n].Grantable == left[0].Grantable && left[n].Revoked == left[0].Revoked {
			n++
		}
		add(s.grant(name, left[:n]))
		left = left[n:]
	}
	if err != nil {
		return nil, err
	}
	return out, nil
}

func viewParameters(options string) (string, error) {
	var params []string
	for o := range strings.SplitSeq(options, viewOptionsApart) {
		key, text, _ := strings.Cut(o, "=")
		key, err := parameter(key)
		if err != nil {
			return "", err
		}
		value, err := literal(text)
		if err != nil {
			return "", err
		}
		params = append(params, key+" = "+value)
	}
	return strings.Join(params, ", "), nil
}

// grant is GRANT or REVOKE of privileges that differ in nothing but what they allow and where.
func (s server) grant(view string, list []dialect.ViewGrant) (string, error) {
	var order []string
	columns := map[string][]string{} // by privilege; none for the view itself
	for _, g := range list {
		what := g.Privilege
		if strings.Trim(what, "ABCDEFGHIJKLMNOPQRSTUVWXYZ ") != "" {
			return "", fmt.Errorf("%q is no privilege", what)
		}
		if g.Column == "" {
			order = append(order, what)
			continue
		}
		column, err := s.Quote(g.Column)
		if err != nil {
			return "", err
		}
		if columns[what] == nil {
			order = append(order, what+" (")
		}
		columns[what] = append(columns[what], column)
	}
	for i, what := range order {
		if bare, ok := strings.CutSuffix(what, " ("); ok {
			order[i] += strings.Join(columns[bare], ", ") + ")"
		}
	}
	who, what := "PUBLIC", strings.Join(order, ", ")+" ON "+view
	if list[0].To != "" {
		var err error
		if who, err = s.Quote(list[0].To); err != nil {
			return "", err
		}
	}
	switch {
	case list[0].Revoked:
		return "REVOKE " + what + " FROM " + who, nil
	case list[0].Grantable:
		return "GRANT " + what + " TO " + who + " WITH GRANT OPTION", nil
	}
	return "GRANT " + what + " TO " + who, nil
}

// besideQuery reads what views have that their definition does not say: what it
// is, of which view, of which of its columns, what it says, and whether it goes further.
//
// A privilege that somebody has is granted again, but those of the owner that a new
// view gives its owner; one that a new view of this user would give is revoked if it
// is not there. So ALTER DEFAULT PRIVILEGES opens nothing that was closed.
const besideQuery = `WITH v AS (SELECT c.oid, c.relowner, c.relnamespace, c.relacl, c.reltablespace, c.relam, c.relkind
    FROM pg_catalog.pg_class c WHERE c.oid = ANY ('%[1]s'::oid[])),
  me AS (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = current_user),
  held AS (
    SELECT v.oid, '' COLLATE "C" AS col, 0 AS place, x.grantee, x.privilege_type COLLATE "C" AS priv, bool_or(x.is_grantable) AS further
    FROM v, pg_catalog.aclexplode(coalesce(v.relacl, pg_catalog.acldefault('r', v.relowner))) x GROUP BY 1, 2, 3, 4, 5
    UNION ALL SELECT v.oid, a.attname::text COLLATE "C", a.attnum, x.grantee, x.privilege_type COLLATE "C", bool_or(x.is_grantable)
    FROM v JOIN pg_catalog.pg_attribute a ON a.attrelid = v.oid AND a.attnum > 0, pg_catalog.aclexplode(a.attacl) x GROUP BY 1, 2, 3, 4, 5),
  fresh AS (
    SELECT v.oid, '' COLLATE "C" AS col, 0 AS place, CASE WHEN x.grantee = me.oid THEN v.relowner ELSE x.grantee END AS grantee,
      x.privilege_type COLLATE "C" AS priv, bool_or(x.is_grantable) AS further
    FROM v CROSS JOIN me CROSS JOIN LATERAL (
      SELECT * FROM pg_catalog.aclexplode(coalesce((SELECT d.defaclacl FROM pg_catalog.pg_default_acl d
        WHERE d.defaclrole = me.oid AND d.defaclnamespace = 0 AND d.defaclobjtype = 'r'), pg_catalog.acldefault('r', me.oid)))
      UNION ALL SELECT e.* FROM pg_catalog.pg_default_acl d, pg_catalog.aclexplode(d.defaclacl) e
        WHERE d.defaclrole = me.oid AND d.defaclnamespace = v.relnamespace AND d.defaclobjtype = 'r') x
    GROUP BY 1, 2, 3, 4, 5)
SELECT kind, oid::bigint, col, said, who, further FROM (
  SELECT 'owner' AS kind, v.oid, '' AS col, 0 AS place, pg_get_userbyid(v.relowner)::text AS said, NULL::text AS who,
    NOT pg_has_role(v.relowner, 'USAGE') AS further
  FROM v, me WHERE v.relowner <> me.oid
  UNION ALL SELECT 'comment', v.oid, coalesce(a.attname::text, ''), d.objsubid, d.description, NULL, false
  FROM v JOIN pg_catalog.pg_description d ON d.classoid = 'pg_catalog.pg_class'::regclass AND d.objoid = v.oid
  LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = v.oid AND a.attnum = d.objsubid AND a.attnum > 0
  UNION ALL SELECT 'default', v.oid, a.attname::text, a.attnum, pg_get_expr(d.adbin, d.adrelid), NULL, false
  FROM v JOIN pg_catalog.pg_attrdef d ON d.adrelid = v.oid JOIN pg_catalog.pg_attribute a ON a.attrelid = v.oid AND a.attnum = d.adnum
  UNION ALL SELECT 'revoke', f.oid, f.col, f.place, f.priv, pg_get_userbyid(nullif(f.grantee, 0))::text, false
  FROM (SELECT * FROM fresh EXCEPT SELECT * FROM held) f
  UNION ALL SELECT 'grant', h.oid, h.col, h.place, h.priv, pg_get_userbyid(nullif(h.grantee, 0))::text, h.further
  FROM held h JOIN v ON v.oid = h.oid WHERE h.grantee <> v.relowner OR NOT EXISTS (SELECT FROM fresh f WHERE f = h)
  UNION ALL SELECT 'lost', v.oid, '', 0, 'trigger ' || quote_literal(t.tgname), NULL, false
  FROM v JOIN pg_catalog.pg_trigger t ON t.tgrelid = v.oid WHERE NOT t.tgisinternal
  UNION ALL SELECT 'lost', v.oid, '', 0, 'rule ' || quote_literal(r.rulename), NULL, false
  FROM v JOIN pg_catalog.pg_rewrite r ON r.ev_class = v.oid WHERE r.rulename <> '_RETURN'
  UNION ALL SELECT 'lost', v.oid, '', 0, 'statistics ' || quote_literal(s.stxname), NULL, false
  FROM v JOIN pg_catalog.pg_statistic_ext s ON s.stxrelid = v.oid
  UNION ALL SELECT 'lost', v.oid, '', 0, 'security label of ' || quote_literal(l.provider), NULL, false
  FROM v JOIN pg_catalog.pg_seclabel l ON l.classoid = 'pg_catalog.pg_class'::regclass AND l.objoid = v.oid
  UNION ALL SELECT 'lost', v.oid, '', 0, 'the tablespace ' || quote_literal(s.spcname), NULL, false
  FROM v JOIN pg_catalog.pg_tablespace s ON s.oid = v.reltablespace
  UNION ALL SELECT 'lost', v.oid, '', 0, 'CLUSTER ON ' || quote_literal(c.relname), NULL, false
  FROM v JOIN pg_catalog.pg_index i ON i.indrelid = v.oid AND i.indisclustered JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
  UNION ALL SELECT 'lost', v.oid, '', a.attnum, 'the statistics target of column ' || quote_literal(a.attname), NULL, false
  FROM v JOIN pg_catalog.pg_attribute a ON a.attrelid = v.oid AND a.attnum > 0 AND v.relkind = 'm' AND a.attstattarget >= 0) x
ORDER BY oid, kind COLLATE "C" DESC, who COLLATE "C" NULLS FIRST, further, place, said COLLATE "C"`

// readBeside reads what views have that their definition does not say.
func (r *reader) readBeside(views map[int64]*dialect.View, ids []int64) error {
	slices.Sort(ids)
	return r.each(fmt.Sprintf(besideQuery, numbers(ids)), func(scan func(...any) error) error {
		var id int64
		var kind, column, said string
		var who text
		var further bool
		if err := scan(&kind, &id, &column, &said, &who, &further); err != nil {
			return err
		}
		b := &views[id].Beside
		switch kind {
		case "owner":
			b.Owner, b.Foreign = said, further
		case "comment":
			b.Comments = append(b.Comments, dialect.ViewComment{Column: column, Text: said})
		case "default":
			b.Defaults = append(b.Defaults, dialect.ViewDefault{Column: column, Expr: said})
		case "lost":
			b.Lost = append(b.Lost, said)
		default: // those to be revoked come first
			b.Grants = append(b.Grants, dialect.ViewGrant{Privilege: said, Column: column, To: who.String, Grantable: further, Revoked: kind == "revoke"})
		}
		return nil
	})
}
