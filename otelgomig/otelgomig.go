// Package otelgomig makes OpenTelemetry spans of what gomig runs. It is a module
// of its own, so that gomig itself does not depend on OpenTelemetry.
//
//	env.Options{DB: db, Observers: []env.Observer{otelgomig.Observer(otelgomig.Options{})}}
package otelgomig

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/script/revision"
)

// ScopeName is the name of the instrumentation.
const ScopeName = "github.com/gomig-dev/gomig/otelgomig"

// Options say what becomes a span. The zero value makes spans of runs, steps,
// operations, statements and waits, by the global provider.
type Options struct {
	Provider trace.TracerProvider // nil for the global one
	// NoStatements leaves out the spans of statements, NoQueryText what they say:
	// statements may hold data.
	NoStatements bool
	NoQueryText  bool
}

// Observer makes a span of each event. The revision's function gets the context
// of its step's span, so that what it traces itself stands below it.
func Observer(o Options) env.Observer {
	if o.Provider == nil {
		o.Provider = otel.GetTracerProvider()
	}
	t := tracer{Tracer: o.Provider.Tracer(ScopeName), options: o}
	return t.observe
}

type tracer struct {
	trace.Tracer
	options Options
}

func (t tracer) observe(ctx context.Context, e env.Event) (context.Context, func(error)) {
	switch e := e.(type) {
	case env.RunEvent:
		return t.span(ctx, "gomig "+e.Command,
			attribute.String("db.system.name", system(e.Dialect)), attribute.String("gomig.command", e.Command),
			attribute.String("gomig.target", e.Target), attribute.String("gomig.run.name", e.Name))
	case env.StepEvent:
		attrs := []attribute.KeyValue{
			attribute.StringSlice("gomig.from", e.Step.From), attribute.StringSlice("gomig.to", e.Step.To),
			attribute.Int("gomig.step.number", e.Number), attribute.Int("gomig.step.of", e.Of),
		}
		name := direction(e.Step)
		if r := e.Step.Revision; r != nil {
			name += " " + r.ID()
			attrs = append(attrs, attribute.String("gomig.revision", r.ID()), attribute.String("gomig.message", r.Summary()), attribute.String("code.file.path", e.File))
		}
		return t.span(ctx, name, attrs...)
	case env.OperationEvent:
		return t.span(ctx, e.Operation.String())
	case env.StatementEvent:
		return t.statement(ctx, e)
	case env.WaitEvent:
		return t.wait(ctx, e)
	}
	return ctx, nil
}

// statement is a span of the kind that database clients make.
func (t tracer) statement(ctx context.Context, e env.StatementEvent) (context.Context, func(error)) {
	if t.options.NoStatements {
		return ctx, nil
	}
	word := verb(e.SQL)
	attrs := []attribute.KeyValue{attribute.String("db.operation.name", word)}
	if !t.options.NoQueryText {
		attrs = append(attrs, attribute.String("db.query.text", e.SQL))
	}
	inner, span := t.Start(ctx, word, trace.WithSpanKind(trace.SpanKindClient), trace.WithAttributes(attrs...))
	return inner, ender(span)
}

func (t tracer) wait(ctx context.Context, e env.WaitEvent) (context.Context, func(error)) {
	if e.Err == nil {
		return t.span(ctx, "wait for the migration lock", attribute.String("gomig.lock.holder", e.Holder))
	}
	return t.span(ctx, "wait to try again", attribute.Int("gomig.try", e.Try), attribute.Int("gomig.tries", e.Of),
		attribute.Float64("gomig.pause", e.Pause.Seconds()), attribute.String("gomig.cause", e.Err.Error()))
}

// span begins a span with what of the attributes says something.
func (t tracer) span(ctx context.Context, name string, attrs ...attribute.KeyValue) (context.Context, func(error)) {
	kept := attrs[:0]
	for _, a := range attrs {
		if a.Value.String() != "" {
			kept = append(kept, a)
		}
	}
	inner, span := t.Start(ctx, name, trace.WithAttributes(kept...))
	return inner, ender(span)
}

func ender(span trace.Span) func(error) {
	return func(err error) {
		if err != nil {
			span.RecordError(err)
			span.SetStatus(codes.Error, err.Error())
		}
		span.End()
	}
}

func direction(s revision.Step) string {
	if s.Kind == revision.Stamp {
		return "stamp"
	}
	return s.Direction.String()
}

// system is the database as OpenTelemetry's conventions name it; TiDB has no name there.
func system(dialect string) string {
	if dialect == "tidb" {
		return "mysql"
	}
	return dialect
}

// verb is the first word of a statement.
func verb(sql string) string {
	begin := -1
	for i, c := range sql {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		switch {
		case letter && begin < 0:
			begin = i
		case !letter && begin >= 0:
			return sql[begin:i]
		}
	}
	return sql[max(begin, 0):]
}
