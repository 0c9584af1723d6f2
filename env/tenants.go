package env

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/gomig-dev/gomig/internal/plural"
	"github.com/gomig-dev/gomig/internal/whole"
)

// Tenants are many databases, or schemas of one, that hold the same tables.
type Tenants struct {
	Names []string
	// Options say how to reach a tenant, such as by a URL of its own, or by a pool
	// that all share and a DefaultSchema. It is called by several goroutines.
	Options func(ctx context.Context, name string) (Options, error)

	Parallel      int    // how many at a time; 0 for 4. A script is written one after the other
	StopOnFailure bool   // begins no other tenant once one has failed
	Failed        string // file for the names of those that are still to be run, one a line; it is removed if there are none. Empty writes none
}

const defaultParallel = 4

// RunTenants does what the command wants on every tenant, several at a time.
// A tenant that fails does not keep the others from going on; the error then is
// a [*TenantsError]. Each has its run, lock and transactions for itself, and a
// line of progress when it is through. Where a revision is to be written
// (IsAutogenerate), or the history is run in a scratch database, the first
// tenant stands for all.
func (e *Context) RunTenants(ctx context.Context, t Tenants) error {
	switch {
	case t.Options == nil:
		return errors.New("configuring the environment: env.Tenants has no Options: how is a tenant reached?")
	case e.migration != nil && e.migration.busy:
		return errBusy
	}
	if err := e.Close(); err != nil {
		return err
	}
	e.migration = nil
	names := slices.Clone(t.Names)
	slices.Sort(names)
	if unique := slices.Compact(slices.Clone(names)); len(unique) != len(names) {
		return fmt.Errorf("configuring the environment: a tenant is listed twice: %s", doubles(names))
	}
	if e.IsAutogenerate() || e.setup.Task.History {
		return e.runFirst(ctx, t)
	}
	r := &tenantRun{e: e, t: t, names: t.Names}
	if err := r.run(ctx); err != nil {
		return err
	}
	return r.finish(ctx)
}

func doubles(sorted []string) string {
	var out []string
	for i := 1; i < len(sorted); i++ {
		if sorted[i] == sorted[i-1] && !slices.Contains(out, sorted[i]) {
			out = append(out, sorted[i])
		}
	}
	return strings.Join(out, ", ")
}

// runFirst lets the first tenant stand for all.
func (e *Context) runFirst(ctx context.Context, t Tenants) error {
	if len(t.Names) == 0 {
		return errors.New("comparing with a tenant's database: there is no tenant yet; create one first, such as an empty one for this")
	}
	o, err := t.Options(ctx, t.Names[0])
	if err == nil {
		o.Database = ""
		err = e.Configure(ctx, o)
	}
	if err != nil {
		return fmt.Errorf("tenant %s: %w", t.Names[0], err)
	}
	if !e.setup.Task.History {
		e.Logger().Info("Comparing with the database of tenant " + t.Names[0])
	}
	return e.RunMigrations(ctx)
}

// tenantRun is one run over all tenants.
type tenantRun struct {
	e     *Context
	t     Tenants
	names []string

	mu       sync.Mutex
	next     int // the first in names that is not begun
	ended    int
	failures map[string]error
}

// run runs all tenants, so many at a time.
func (r *tenantRun) run(ctx context.Context) error {
	workers := r.t.Parallel
	switch {
	case workers < 0:
		return fmt.Errorf("configuring the environment: %d tenants at a time cannot be", workers)
	case workers == 0:
		workers = defaultParallel
	}
	if r.e.IsOfflineMode() {
		workers = 1
	}
	r.failures = map[string]error{}
	var wg sync.WaitGroup
	for range min(workers, len(r.names)) {
		wg.Go(func() {
			for {
				i, ok := r.begin(ctx)
				if !ok {
					return
				}
				steps, err := r.tenant(ctx, i)
				r.end(r.names[i], steps, err)
			}
		})
	}
	wg.Wait()
	return nil
}

// begin takes the next tenant, if there is one.
func (r *tenantRun) begin(ctx context.Context) (i int, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.next == len(r.names) || ctx.Err() != nil || (r.t.StopOnFailure && len(r.failures) > 0) {
		return 0, false
	}
	r.next++
	return r.next - 1, true
}

// end notes how a tenant ended, and says so.
func (r *tenantRun) end(name string, steps int, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ended++
	progress := fmt.Sprintf("%d of %s: %s ", r.ended, plural.Count(len(r.names), "tenant"), name)
	if err != nil {
		r.failures[name] = err
		r.e.Logger().Error(progress + "failed: " + err.Error())
		return
	}
	done := "done"
	if r.e.setup.Task.Writes {
		done += ", " + plural.Count(steps, "step")
	}
	r.e.Logger().Info(progress + done)
}

// tenant does the work on one tenant.
func (r *tenantRun) tenant(ctx context.Context, i int) (steps int, err error) {
	name := r.names[i]
	err = protect("the environment", func() error {
		o, err := r.t.Options(ctx, name)
		if err != nil {
			return err
		}
		o.Database = name
		setup := r.e.setup
		setup.Logger = setup.Logger.With("tenant", name)
		m, err := r.e.configure(ctx, setup, o)
		if err != nil {
			return err
		}
		m.number = i
		err = m.run(ctx)
		steps = m.ran
		return errors.Join(err, m.Close())
	})
	return steps, err
}

// finish sums up.
func (r *tenantRun) finish(ctx context.Context) error {
	e := &TenantsError{Total: len(r.names), NotBegun: r.names[r.next:]}
	for _, name := range r.names[:r.next] {
		if err := r.failures[name]; err != nil {
			e.Failed = append(e.Failed, TenantFailure{name, err})
		}
	}
	left := len(e.Failed) + len(e.NotBegun)
	if e.Total > 0 {
		text := fmt.Sprintf("%s: %d done", plural.Count(e.Total, "tenant"), e.Total-left)
		if len(e.Failed) > 0 {
			text += fmt.Sprintf(", %d failed", len(e.Failed))
		}
		if len(e.NotBegun) > 0 {
			text += fmt.Sprintf(", %d not begun", len(e.NotBegun))
		}
		r.e.Logger().Info(text)
	}
	err := writeNames(r.t.Failed, e.Names())
	if left > 0 {
		e.File = r.t.Failed
		e.Cause = ctx.Err()
		err = errors.Join(error(e), err)
	}
	return err
}

// writeNames writes a list of names into a file, and removes it if there are none.
func writeNames(path string, names []string) error {
	if path == "" {
		return nil
	}
	var err error
	if len(names) > 0 {
		err = whole.Write(path, []byte(strings.Join(names, "\n")+"\n"))
	} else if err = os.Remove(path); errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if err != nil {
		return fmt.Errorf("writing the list of tenants that are still to be run: %w", err)
	}
	return nil
}

// TenantsError says that some tenants are not what they should be.
type TenantsError struct {
	Total    int
	Failed   []TenantFailure // in the order of the list
	NotBegun []string
	File     string // that holds their names; empty if none was asked for
	Cause    error  // why those that were not begun were not, if the context ended; else nil
}

// TenantFailure is what happened to one tenant.
type TenantFailure struct {
	Name string
	Err  error
}

// Names are the tenants that are still to be run: those that failed, and those not begun.
func (e *TenantsError) Names() []string {
	var out []string
	for _, f := range e.Failed {
		out = append(out, f.Name)
	}
	return append(out, e.NotBegun...)
}

const mostNames = 10

// Error counts and names them, with the first one's cause.
func (e *TenantsError) Error() string {
	var parts []string
	if n := len(e.Failed); n > 0 {
		var names []string
		for _, f := range e.Failed {
			names = append(names, f.Name)
		}
		parts = append(parts, fmt.Sprintf("%d of %s failed (%s), the first by: %v", n, plural.Count(e.Total, "tenant"), few(names), e.Failed[0].Err))
	}
	if n := len(e.NotBegun); n > 0 {
		text := fmt.Sprintf("%d of %s not begun", n, plural.Count(e.Total, "tenant"))
		if e.Cause != nil {
			text += ": " + e.Cause.Error()
		}
		parts = append(parts, text)
	}
	if e.File != "" {
		parts = append(parts, "run those again by -x retry="+e.File)
	}
	return strings.Join(parts, "; ")
}

func few(names []string) string {
	if len(names) <= mostNames {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:mostNames], ", ") + fmt.Sprintf(" and %d more", len(names)-mostNames)
}

// Unwrap are the causes.
func (e *TenantsError) Unwrap() []error {
	var out []error
	if e.Cause != nil {
		out = append(out, e.Cause)
	}
	for _, f := range e.Failed {
		out = append(out, f.Err)
	}
	return out
}
