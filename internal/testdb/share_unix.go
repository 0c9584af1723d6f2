//go:build unix

package testdb

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

//go:embed watch.sh
var watchScript string

// idle is how long a server outlives its last use.
const idle = 3 * time.Minute

// record is what the starter of a server leaves for those who come later, in
// STATE/server.json. Beside it lie, in the folder STATE of the kind,
//
//	lock   locked by whoever looks for, starts or ends the server
//	lease  locked shared by whoever uses it
//	guard  locked by the watching script as long as it lives
//	pids   of the script and of the server
//	log    of the server
type record struct {
	Run    string // folder of the server's data
	Port   string
	Binary string
}

// share finds or starts the server of the kind that everybody here shares.
func (s *Server) share(ctx context.Context) error {
	e, err := findEngine(ctx, s.Kind)
	if err != nil {
		return err
	}
	for _, tool := range []string{"flock", "setpriv"} {
		if _, err := exec.LookPath(tool); err != nil && (tool == "flock" || e.owner != nil) {
			return &UnavailableError{
				s.Kind, "the program " + tool + " was not found",
				"install util-linux, or set " + s.Kind.env() + " to a server's URL",
			}
		}
	}
	h := &host{kind: s.Kind, engine: e}
	if h.state, err = stateDir(s.Kind); err != nil {
		return err
	}
	lock, err := lockFile(ctx, filepath.Join(h.state, "lock"), syscall.LOCK_EX)
	if err != nil {
		return err
	}
	defer lock.Close()
	s.at, err = h.running(ctx)
	if err != nil {
		return err
	}
	if s.at == nil {
		if s.at, err = h.start(ctx); err != nil {
			return fmt.Errorf("starting %s (%s): %w", s.Kind.title(), e.binary, err)
		}
	}
	lease, err := lockFile(ctx, filepath.Join(h.state, "lease"), syscall.LOCK_SH)
	if err != nil {
		return err
	}
	s.lease, s.client = lease.Close, e.client
	return nil
}

// host starts and finds one kind of server. Its methods want the lock held.
type host struct {
	kind   Kind
	engine *engine
	state  string
}

// running returns the endpoint of the server that a record tells of, or nil after
// clearing away what is left of one that is gone or of another binary.
func (h *host) running(ctx context.Context) (*endpoint, error) {
	var r record
	data, err := os.ReadFile(filepath.Join(h.state, "server.json"))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	}
	if json.Unmarshal(data, &r) == nil && r.Binary == h.engine.binary && h.guarded() {
		// It may still be coming up, if its starter died.
		if at := h.endpoint(r.Port); h.ready(ctx, at, r.Run, h.guarded) == nil {
			return at, nil
		}
	}
	return nil, errors.Join(ctx.Err(), h.clear(ctx, r))
}

// guarded reports whether the watching script lives.
func (h *host) guarded() bool {
	f, err := tryLock(filepath.Join(h.state, "guard"), syscall.LOCK_EX)
	if err == nil {
		_ = f.Close()
	}
	return errors.Is(err, errLocked)
}

// clear ends what is left of a server and removes its data.
func (h *host) clear(ctx context.Context, r record) error {
	var script, server int
	if data, err := os.ReadFile(filepath.Join(h.state, "pids")); err == nil {
		_, _ = fmt.Sscan(string(data), &script, &server) // 0 if the file is cut short
	}
	if script > 1 && h.guarded() {
		_ = syscall.Kill(script, syscall.SIGTERM) // it ends the server, too
		for h.guarded() {
			if err := pause(ctx); err != nil {
				return err
			}
		}
	}
	// A server whose script was killed: the pid may be another's by now, so its
	// command line must name the folder.
	if server > 1 && r.Run != "" {
		line, err := os.ReadFile("/proc/" + strconv.Itoa(server) + "/cmdline")
		if err == nil && strings.Contains(string(line), r.Run) {
			_ = syscall.Kill(server, syscall.SIGQUIT)
			_ = syscall.Kill(server, syscall.SIGKILL)
		}
	}
	var errs []error
	if strings.HasPrefix(filepath.Base(r.Run), runPrefix) {
		errs = append(errs, os.RemoveAll(r.Run))
	}
	for _, name := range []string{"pids", "server.json"} {
		if err := os.Remove(filepath.Join(h.state, name)); !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// start starts the server on fresh data and returns when it answers.
func (h *host) start(ctx context.Context) (*endpoint, error) {
	template, err := h.template(ctx)
	if err != nil {
		return nil, err
	}
	for attempt := 1; ; attempt++ {
		at, err := h.launch(ctx, template)
		// Another process may have taken the port that was free a moment ago.
		if err == nil || attempt == 3 || ctx.Err() != nil {
			return at, err
		}
	}
}

func (h *host) launch(ctx context.Context, template string) (at *endpoint, err error) {
	run, err := h.runDir()
	if err != nil {
		return nil, err
	}
	r := record{Run: run, Binary: h.engine.binary}
	defer func() {
		if err != nil {
			err = errors.Join(err, h.clear(context.WithoutCancel(ctx), r))
		}
	}()
	if r.Port, err = freePort(ctx); err != nil {
		return nil, err
	}
	data, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(h.state, "server.json"), data, 0o600); err != nil {
		return nil, err
	}
	dir := filepath.Join(run, "data")
	if err := copyTree(ctx, template, dir, h.engine.owner); err != nil {
		return nil, err
	}
	script := filepath.Join(run, "watch.sh")
	if err := os.WriteFile(script, []byte(watchScript), 0o600); err != nil {
		return nil, err
	}
	args := append([]string{
		script, h.state, run, h.engine.signal,
		strconv.Itoa(int(idle / time.Second)),
	}, h.engine.command(dir, r.Port)...)
	// The server is to outlive this process. Its streams go nowhere, else "go
	// test" would wait for them.
	cmd := exec.CommandContext(context.WithoutCancel(ctx), "sh", args...)
	cmd.Dir, cmd.Env = run, quiet(os.Environ())
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	at = h.endpoint(r.Port)
	alive := func() bool {
		select {
		case <-ended:
			return false
		default:
			return true
		}
	}
	if err := h.ready(ctx, at, run, alive); err != nil {
		log, _ := os.ReadFile(filepath.Join(h.state, "log"))
		return nil, fmt.Errorf("%w\n%s", err, tail(log))
	}
	return at, nil
}

// endpoint is a server of this package on the port.
func (h *host) endpoint(port string) *endpoint {
	at := &endpoint{kind: h.kind, port: port, query: url.Values{}}
	at.fill()
	if h.kind == KindPostgres {
		at.query.Set("sslmode", "disable")
	}
	return at
}

// ready waits until the server answers and is the one that serves the data in
// run: after a crash its port may be somebody else's.
func (h *host) ready(ctx context.Context, at *endpoint, run string, alive func() bool) error {
	db, err := sql.Open(h.kind.driver(), at.dsn(""))
	if err != nil {
		return err
	}
	defer db.Close()
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for last := error(nil); ; {
		var dir string
		err := db.QueryRowContext(ctx, h.engine.quirk).Scan(&dir)
		if err == nil {
			if filepath.Dir(filepath.Clean(dir)) == run {
				return nil
			}
			return fmt.Errorf("port %s belongs to a server with its data in %q, not %q", at.port, dir, run)
		}
		if !alive() {
			return fmt.Errorf("the server has ended: %w", err)
		}
		if ctx.Err() == nil {
			last = err
		}
		if e := pause(ctx); e != nil {
			return fmt.Errorf("waiting for the server: %w (%w)", e, last)
		}
	}
}

// pause waits a moment, or returns the reason why there is no more time.
func pause(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-time.After(25 * time.Millisecond):
		return nil
	}
}

// freePort returns a port of 127.0.0.1 that nobody listens on.
func freePort(ctx context.Context) (string, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp4", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("looking for a free port: %w", err)
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	return port, err
}
