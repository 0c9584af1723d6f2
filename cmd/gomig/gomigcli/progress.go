package gomigcli

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/env"
)

// What a progress line does when.
const (
	drawEvery  = 200 * time.Millisecond
	watchAfter = 2 * time.Second // a statement runs so long before the server is asked how far it is
	watchEvery = time.Second
	lineWidth  = 79 // of the narrowest terminal; a line that wraps could not be erased
	eraseLine  = "\r\x1b[K"
)

// progress draws one line on a terminal: which revision of how many runs, and
// which statement for how long. What else is written there goes above it.
type progress struct {
	now  func() time.Time
	tick func() (ticks <-chan time.Time, stop func()) // when to draw

	mu    sync.Mutex
	out   io.Writer
	drawn bool

	runs  int
	steps []string // those that run, such as "[2/5] ae10 add account"; several where several databases are migrated at once
	sql   string   // the statement that began last
	began time.Time
	phase string // what the server says of it
	stop  chan struct{}
	done  chan struct{}
}

func newProgress(out io.Writer, now func() time.Time) *progress {
	return &progress{out: out, now: now, tick: func() (<-chan time.Time, func()) {
		t := time.NewTicker(drawEvery)
		return t.C, t.Stop
	}}
}

// Write writes to the terminal, above the line.
func (p *progress) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.erase()
	return p.out.Write(b)
}

func (p *progress) erase() {
	if p.drawn {
		_, _ = io.WriteString(p.out, eraseLine)
		p.drawn = false
	}
}

// observe follows a run. Nothing is drawn before the first tick, so that a short
// run shows nothing.
func (p *progress) observe(ctx context.Context, e env.Event) (context.Context, func(error)) {
	switch e := e.(type) {
	case env.RunEvent:
		p.mu.Lock()
		defer p.mu.Unlock()
		p.runs++
		return ctx, p.runEnded
	case env.StepEvent:
		text := strings.Join(e.Step.To, ", ")
		if r := e.Step.Revision; r != nil {
			text = strings.TrimSpace(r.ID() + " " + r.Summary())
		}
		return ctx, p.step(fmt.Sprintf("[%d/%d] %s", e.Number, e.Of, text))
	case env.StatementEvent:
		return ctx, p.statement(ctx, e)
	}
	return ctx, nil
}

func (p *progress) step(text string) func(error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.steps = append(p.steps, text)
	if p.stop == nil {
		p.stop, p.done = make(chan struct{}), make(chan struct{})
		go p.draw(p.stop, p.done)
	}
	return func(error) {
		p.mu.Lock()
		defer p.mu.Unlock()
		if i := slices.Index(p.steps, text); i >= 0 {
			p.steps = slices.Delete(p.steps, i, i+1)
		}
	}
}

// runEnded erases the line when nothing runs any more.
func (p *progress) runEnded(error) {
	p.mu.Lock()
	p.runs--
	stop, done := p.stop, p.done
	if p.runs > 0 || stop == nil {
		p.mu.Unlock()
		return
	}
	p.stop, p.done = nil, nil
	p.mu.Unlock()
	close(stop)
	<-done
}

// statement shows a statement, and asks the server how far it is if it takes long.
func (p *progress) statement(ctx context.Context, e env.StatementEvent) func(error) {
	p.mu.Lock()
	p.sql, p.began, p.phase = strings.Join(strings.Fields(e.SQL), " "), p.now(), ""
	p.mu.Unlock()
	rest := func(error) {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.sql, p.phase = "", ""
	}
	if e.Watch == nil {
		return rest
	}
	watching, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	timer := time.AfterFunc(watchAfter, func() {
		defer close(done)
		p.watch(watching, e)
	})
	return func(err error) {
		cancel()
		if !timer.Stop() { // it has begun, and must give back its connection
			<-done
		}
		rest(err)
	}
}

// watch asks the server until the statement ends. What it cannot learn is not shown.
func (p *progress) watch(ctx context.Context, e env.StatementEvent) {
	w, err := e.Watch(ctx)
	if err != nil {
		return
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), watchEvery)
		defer cancel()
		_ = w.Close(ctx)
	}()
	t := time.NewTicker(watchEvery)
	defer t.Stop()
	for {
		now, err := w.Progress(ctx)
		if err != nil {
			return
		}
		p.mu.Lock()
		p.phase = phase(now)
		p.mu.Unlock()
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
	}
}

// phase is what the server says, in a few words.
func phase(p dialect.Progress) string {
	text := p.Phase
	if p.Total > 0 {
		text = strings.TrimSpace(fmt.Sprintf("%s %d%%", text, min(100*p.Done/p.Total, 100)))
	}
	return text
}

func (p *progress) draw(stop, done chan struct{}) {
	defer close(done)
	ticks, end := p.tick()
	defer end()
	for {
		select {
		case <-stop:
			p.mu.Lock()
			p.erase()
			p.mu.Unlock()
			return
		case <-ticks:
			p.mu.Lock()
			if line := p.line(); line != "" {
				_, _ = io.WriteString(p.out, eraseLine+line)
				p.drawn = true
			}
			p.mu.Unlock()
		}
	}
}

// line is what to show now, shortened in the middle of the statement.
func (p *progress) line() string {
	if len(p.steps) == 0 {
		return ""
	}
	head := p.steps[0]
	if n := len(p.steps) - 1; n > 0 {
		head += fmt.Sprintf(" and %d more", n)
	}
	if p.sql == "" {
		return shorten(head, lineWidth)
	}
	head = shorten(head, lineWidth/2)
	tail := fmt.Sprintf(" %.1fs", p.now().Sub(p.began).Seconds())
	if p.phase != "" {
		tail += shorten(" ("+p.phase+")", lineWidth/3)
	}
	room := lineWidth - len([]rune(head)) - len([]rune(tail)) - len(": ")
	return head + ": " + shorten(p.sql, max(room, 1)) + tail
}

// shorten cuts a text to a number of characters, and control characters out of it.
func shorten(text string, most int) string {
	r := []rune(strings.Map(func(c rune) rune {
		if c < ' ' || c == 0x7f {
			return ' '
		}
		return c
	}, text))
	if len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return string(r)
}
