package otelgomig_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	_ "modernc.org/sqlite"

	"github.com/gomig-dev/gomig"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/otelgomig"
	"github.com/gomig-dev/gomig/script"
)

// tree shows spans below their parents, in the order in which they began.
func tree(spans tracetest.SpanStubs) string {
	var b strings.Builder
	var show func(parent string, depth int)
	show = func(parent string, depth int) {
		for {
			next := -1
			for i, s := range spans {
				if s.Parent.SpanID().String() == parent && (next < 0 || s.StartTime.Before(spans[next].StartTime)) {
					next = i
				}
			}
			if next < 0 {
				return
			}
			s := spans[next]
			spans = append(append(tracetest.SpanStubs{}, spans[:next]...), spans[next+1:]...)
			end := ""
			if s.Status.Code == codes.Error {
				end = ": " + s.Status.Description
			}
			fmt.Fprintf(&b, "%s%s%s\n", strings.Repeat("  ", depth), s.Name, end)
			show(s.SpanContext.SpanID().String(), depth+1)
		}
	}
	show("0000000000000000", 0)
	return b.String()
}

func TestSpans(t *testing.T) {
	db, err := sql.Open("sqlite", filepath.Join(t.TempDir(), "t.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	exporter := tracetest.NewInMemoryExporter()
	provider := trace.NewTracerProvider(trace.WithSyncer(exporter))
	fail := true
	var scripts script.Set
	scripts.Add(script.Revision{ID: "a1", Upgrade: func(ctx context.Context, o *op.Operations) error {
		_, span := provider.Tracer("own").Start(ctx, "the revision's own")
		defer span.End()
		o.Exec("CREATE TABLE one (id INTEGER)")
		return o.Err()
	}})
	scripts.Add(script.Revision{ID: "b2", Down: script.Revises("a1"), Upgrade: func(context.Context, *op.Operations) error {
		if fail {
			return errors.New("no luck")
		}
		return nil
	}})
	run := func(o otelgomig.Options, want string) {
		t.Helper()
		exporter.Reset()
		o.Provider = provider
		c := gomig.Embed(env.Options{DB: db, TransactionPerMigration: true, Observers: []env.Observer{otelgomig.Observer(o)}}, &scripts)
		_ = gomig.Upgrade(t.Context(), c, "head", gomig.RunOptions{})
		if got := tree(exporter.GetSpans()); got != want {
			t.Errorf("got:\n%swant:\n%s", got, want)
		}
	}
	run(otelgomig.Options{}, `gomig upgrade: running upgrade a1 -> b2 (otelgomig_test.go): no luck
  CREATE
  upgrade a1
    the revision's own
    execute CREATE TABLE one (id INTEGER)
      CREATE
    INSERT
    COMMIT
  upgrade b2: running upgrade a1 -> b2 (otelgomig_test.go): no luck
`)
	fail = false
	run(otelgomig.Options{NoStatements: true}, `gomig upgrade
  upgrade b2
`)
	var step tracetest.SpanStub
	for _, s := range exporter.GetSpans() {
		if s.Name == "upgrade b2" {
			step = s
		}
	}
	attrs := map[string]string{}
	for _, a := range step.Attributes {
		attrs[string(a.Key)] = a.Value.String()
	}
	for key, want := range map[string]string{"gomig.revision": "b2", "gomig.from": `["a1"]`, "gomig.to": `["b2"]`, "gomig.step.number": "1"} {
		if attrs[key] != want {
			t.Errorf("%s is %q, want %q", key, attrs[key], want)
		}
	}
	run(otelgomig.Options{}, "gomig upgrade\n")
}
