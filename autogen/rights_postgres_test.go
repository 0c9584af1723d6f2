package autogen_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// partOwner is a server on which the session's role owns one schema, the default one,
// and a second role another, which the first may not even look into. Between admin and
// plain the session is the superuser's.
type partOwner struct {
	*server
	owner, other string
}

func onPart(t *testing.T) *partOwner {
	t.Helper()
	s := onServer(t, testdb.KindPostgres)
	suffix := s.db.Name[max(0, len(s.db.Name)-12):]
	p := &partOwner{s, "owner_" + suffix, "other_" + suffix}
	p.do(t, "CREATE ROLE "+p.owner, "CREATE ROLE "+p.other, "REVOKE ALL ON SCHEMA public FROM PUBLIC",
		"CREATE SCHEMA own AUTHORIZATION "+p.owner, "CREATE SCHEMA theirs AUTHORIZATION "+p.other, "GRANT CREATE, USAGE ON SCHEMA own TO "+p.other,
		"CREATE TYPE theirs.mood AS ENUM ('sad')", "CREATE TABLE theirs.t (id int PRIMARY KEY, m theirs.mood)", "SET search_path = own", "SET ROLE "+p.owner)
	t.Cleanup(func() {
		p.do(t, "RESET ROLE", "DROP OWNED BY "+p.owner+", "+p.other+" CASCADE", "DROP ROLE "+p.owner, "DROP ROLE "+p.other)
	})
	return p
}

func (p *partOwner) do(t *testing.T, list ...string) {
	t.Helper()
	if err := p.exec(list...); err != nil {
		t.Fatal(err)
	}
}

// as runs statements as a role.
func (p *partOwner) as(t *testing.T, role string, list ...string) {
	t.Helper()
	p.do(t, slices.Concat([]string{"RESET ROLE", "SET ROLE " + role}, list, []string{"RESET ROLE", "SET ROLE " + p.owner})...)
}

func rightsModel(typ schema.Type, where string) *schema.Metadata {
	m := schema.NewMetadata(schema.Options{})
	m.Table("t", schema.Column("id", schema.Integer(), schema.NotNull(), schema.PrimaryKey()), schema.Column("x", typ))
	m.View("v", schema.ViewAs("SELECT id, x FROM t WHERE x > "+where))
	return m
}

// found compares, and holds what was detected and warned of to what is wanted.
func (p *partOwner) found(t *testing.T, o autogen.Options, detected, warned []string) *autogen.Result {
	t.Helper()
	r, err := autogen.Compare(p.ctx, p.d, p.conn, o)
	if err != nil {
		t.Fatal(err)
	}
	warnings := slices.Clone(r.Warnings)
	for i := range warnings {
		warnings[i] = strings.NewReplacer(p.owner, "OWNER", p.other, "OTHER", p.db.Name, "DATABASE").Replace(warnings[i])
	}
	if d := cmp.Diff([][]string{detected, warned}, [][]string{r.Detected, warnings}); d != "" {
		t.Errorf("detected and warned of (-want +got):\n%s", d)
	}
	return r
}

// TestPartOwner compares and runs as a role that owns one schema and may create none:
// what it cannot know or do is said, and a run that fails has done nothing.
func TestPartOwner(t *testing.T) {
	p := onPart(t)
	first, wider := rightsModel(schema.Integer(), "1"), rightsModel(schema.BigInteger(), "1")
	other := rightsModel(schema.Integer(), "2")
	opts := func(m *schema.Metadata) autogen.Options { return autogen.Options{Metadata: []*schema.Metadata{m}} }
	const refused = `view "v" is not compared, since the server could not say what it makes of it: normalizing views: ERROR: permission denied for database DATABASE (SQLSTATE 42501); --dev-url names a server that may make a scratch place`
	if err := p.run(p.found(t, opts(first), []string{"added table 't'", "added view 'v'"}, nil).Upgrade); err != nil {
		t.Fatal(err)
	}
	p.found(t, opts(first), nil, []string{refused})
	p.found(t, opts(other), nil, []string{refused})

	t.Run("scratch server", func(t *testing.T) {
		dev := onServer(t, testdb.KindPostgres)
		elsewhere := func(m *schema.Metadata) autogen.Options {
			o := opts(m)
			o.Scratch = func(context.Context) (*autogen.Scratch, error) {
				return &autogen.Scratch{Dialect: dev.d, Conn: dev.conn, Close: func() error { return nil }}, nil
			}
			return o
		}
		p.found(t, elsewhere(first), nil, nil)
		p.found(t, elsewhere(other), []string{"changed view 'v'"}, nil)
		p.as(t, "postgres", "ALTER VIEW v OWNER TO "+p.other)
		const foreign = "view 'v' belongs to 'OTHER', whose rights this user has not: who runs the revision must have them, to change the view and to give it back"
		p.found(t, elsewhere(first), nil, nil)
		for _, r := range []*autogen.Result{
			p.found(t, elsewhere(other), []string{"changed view 'v'"}, []string{foreign}),
			p.found(t, elsewhere(wider), []string{"type change from INTEGER to BIGINT on 't.x'"}, []string{foreign}),
		} {
			before := p.dump(t)
			if err := p.run(r.Upgrade); err == nil || !strings.Contains(err.Error(), "must be ") {
				t.Errorf("the run gives %v", err)
			}
			if d := cmp.Diff(before, p.dump(t)); d != "" {
				t.Errorf("behind the run that failed (-want +got):\n%s", d)
			}
		}
		p.as(t, "postgres", "GRANT "+p.other+" TO "+p.owner)
		if err := p.run(p.found(t, elsewhere(wider), []string{"type change from INTEGER to BIGINT on 't.x'"}, nil).Upgrade); err != nil {
			t.Error(err)
		}
		p.found(t, elsewhere(wider), nil, nil)
		p.as(t, "postgres", "REVOKE "+p.other+" FROM "+p.owner)
	})
	t.Run("views of others below", func(t *testing.T) {
		p.do(t, "GRANT SELECT ON t TO "+p.other)
		p.as(t, p.other, "CREATE VIEW theirs.on_t AS SELECT x FROM own.t", "CREATE VIEW own.on_t AS SELECT x FROM own.t")
		p.found(t, opts(first), []string{"type change from BIGINT to INTEGER on 't.x'"}, []string{
			refused,
			"view 'v' belongs to 'OTHER', whose rights this user has not: who runs the revision must have them, to change the view and to give it back",
			"view 'theirs.on_t', which is in a schema that is not compared, rests on 't.x', which changes: drop it before and create it again behind, or declare it",
			"view 'on_t', which nobody declares, rests on 't.x', which changes: drop it before and create it again behind, or declare it",
		})
		p.as(t, p.other, "DROP VIEW theirs.on_t, own.on_t")
	})
	t.Run("all schemas", func(t *testing.T) {
		o := opts(wider)
		o.IncludeSchemas = true
		p.found(t, o, nil, []string{
			`schema "public" could not be read and is left alone: the user has no right USAGE on it`,
			`schema "theirs" could not be read and is left alone: the user has no right USAGE on it`, refused,
		})
	})
	t.Run("no default schema", func(t *testing.T) {
		p.do(t, "SET search_path = theirs, public")
		const none = "the search path names no schema that is there and that the user may use: create it, or GRANT USAGE ON SCHEMA"
		p.found(t, opts(first), []string{"added table 't'", "added view 'v'"}, []string{
			`default schema "theirs, public" could not be read and is left alone: ` + none,
		})
		if _, err := p.d.HasTable(p.ctx, p.conn, schema.Name{Name: "t"}); err == nil || err.Error() != `looking for table "t": `+none {
			t.Errorf("looking for a table gives %v", err)
		}
		if ok, err := p.d.HasTable(p.ctx, p.conn, schema.Name{Schema: "own", Name: "t"}); err != nil || !ok {
			t.Errorf("looking for a table in its schema gives %v, %v", ok, err)
		}
		p.do(t, "SET search_path = own")
	})
}

// TestScratchServerOfAnotherPath compares with the help of a scratch server whose
// sessions have another search path, and so another default schema, and spell dates
// in another way.
func TestScratchServerOfAnotherPath(t *testing.T) {
	s, dev := onServer(t, testdb.KindPostgres), onServer(t, testdb.KindPostgres)
	const function = "CREATE FUNCTION public.least_of(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT n'"
	if err := s.exec("CREATE SCHEMA own", function, "SET search_path = own", "SET DateStyle = 'German'", "SET IntervalStyle = 'iso_8601'",
		"CREATE SEQUENCE numbers"); err != nil {
		t.Fatal(err)
	}
	if err := dev.exec(function); err != nil {
		t.Fatal(err)
	}
	var err error
	if s.d, err = postgres.System().Detect(s.ctx, s.conn); err != nil {
		t.Fatal(err)
	}
	for name, in := range map[string][]schema.TableItem{"default schema": nil, "said": {schema.InSchema("own")}} {
		t.Run(name, func(t *testing.T) {
			m := schema.NewMetadata(schema.Options{})
			m.Table("t", append([]schema.TableItem{
				schema.Column("id", schema.Integer(), schema.NotNull(), schema.PrimaryKey()), schema.Column("st", schema.Enum("state", "a", "b")),
				schema.Column("at", schema.Date(), schema.ServerDefault(schema.SQL("'2020-01-31'::date + 1"))), schema.Column("n", schema.Integer()),
				schema.CheckConstraint("new", "at - '2020-01-31'::date > 0 AND at > '2020-02-20'::date - '1 mon 2 days'::interval"),
				schema.CheckConstraint("few", "(id + 0) BETWEEN public.least_of(1) AND 5 AND st <> 'b'::own.state"),
			}, in...)...)
			m.Table("numbered", schema.Column("n", schema.Integer(), schema.NotNull(), schema.ServerDefault(schema.SQL("nextval('numbers')"))))
			m.View("u", schema.ViewAs("SELECT n FROM numbered WHERE n > 1"))
			m.View("v", schema.ViewAs("SELECT id, public.least_of(id) AS n, 'a'::own.state AS st FROM own.t"))
			m.View("w", schema.ViewAs("SELECT id FROM v JOIN t USING (id) WHERE t.st = 'a'::state"))
			o := autogen.Options{Metadata: []*schema.Metadata{m}, Scratch: func(context.Context) (*autogen.Scratch, error) {
				return &autogen.Scratch{Dialect: dev.d, Conn: dev.conn, Close: func() error { return nil }}, nil
			}}
			r, err := autogen.Compare(s.ctx, s.d, s.conn, o)
			if err == nil {
				err = s.run(r.Upgrade)
			}
			if err != nil {
				t.Fatal(err)
			}
			s.nothing(t, 0, "by another server", o)
			o.Scratch = nil
			s.nothing(t, 0, "by the server itself", o)
			if err := s.run(r.Downgrade); err != nil {
				t.Fatal(err)
			}
		})
	}
}
