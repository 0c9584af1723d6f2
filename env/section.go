package env

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gomig-dev/gomig/config"
)

// Pool bounds a pool of connections. The zero value of a field is database/sql's default.
type Pool struct {
	MaxOpen        int           // connections at most; 0 for no bound
	MaxIdle        int           // that wait for their next use; 0 for two, negative for none
	MaxLifetime    time.Duration // age at which a connection is closed; 0 for never
	MaxIdleTime    time.Duration // time without use after which it is; 0 for never
	ConnectTimeout time.Duration // wait for the first connection; 0 for as long as the context
}

// prefixes of the keys of a database, the first the stronger.
var prefixes = []string{"database.", "sqlalchemy."}

// SectionURL is the URL of the database that a section of alembic.ini describes:
// PREFIXurl; empty for the main section, and an empty prefix for database. or
// sqlalchemy. in its place. That of the main section is [Context.DatabaseURL].
// It holds the password; do not show it.
func (e *Context) SectionURL(section, prefix string) (string, error) {
	c, section, err := e.section(section)
	if err != nil {
		return "", err
	}
	if section == c.MainSection() && prefix == "" {
		return e.DatabaseURL()
	}
	for _, p := range prefixesOf(prefix) {
		url, _, err := c.SectionOption(section, p+"url")
		if url != "" || err != nil {
			return url, err
		}
	}
	return "", fmt.Errorf("there is no %surl in the section [%s] of %s; add it there: %[1]surl = sqlite:///%[2]s.db", prefixesOf(prefix)[0], section, c.File())
}

// OpenSection opens the database that a section of alembic.ini describes, as
// SectionURL has it, with a pool as its other keys of that prefix say
// (engine_from_config):
//
//	database.url = postgresql://app@db/shop
//	database.pool_size = 5            connections that are kept, and max_overflow beside them
//	database.pool_recycle = 1800      seconds, or a duration such as 30m
//	database.connect_timeout = 10     for the first connection
//
// Go's own names are known, too: max_open_conns, max_idle_conns,
// conn_max_lifetime, conn_max_idle_time.
func (e *Context) OpenSection(ctx context.Context, section, prefix string) (*sql.DB, error) {
	url, err := e.SectionURL(section, prefix)
	if err != nil {
		return nil, err
	}
	pool, err := e.SectionPool(section, prefix)
	if err != nil {
		return nil, err
	}
	return e.OpenPool(ctx, url, pool)
}

// OpenPool is Open with bounds for the pool.
func (e *Context) OpenPool(ctx context.Context, url string, p Pool) (*sql.DB, error) {
	wait := ctx
	if p.ConnectTimeout > 0 {
		var cancel context.CancelFunc
		wait, cancel = context.WithTimeoutCause(ctx, p.ConnectTimeout, fmt.Errorf("no connection within %v (connect_timeout)", p.ConnectTimeout))
		defer cancel()
	}
	db, err := e.Open(wait, url)
	if err != nil {
		if cause := context.Cause(wait); cause != nil && ctx.Err() == nil {
			err = fmt.Errorf("%w: %w", err, cause)
		}
		return nil, err
	}
	p.apply(db)
	return db, nil
}

// apply sets the bounds. A database in memory has one connection and ends with it,
// so that it has no others.
func (p Pool) apply(db *sql.DB) {
	if db.Stats().MaxOpenConnections == 1 { // as Open leaves that of one in memory
		return
	}
	if p.MaxOpen > 0 {
		db.SetMaxOpenConns(p.MaxOpen)
	}
	if p.MaxIdle != 0 {
		db.SetMaxIdleConns(max(p.MaxIdle, 0))
	}
	db.SetConnMaxLifetime(p.MaxLifetime)
	db.SetConnMaxIdleTime(p.MaxIdleTime)
}

// SectionPool is what a section says of the pool: see [Context.OpenSection].
func (e *Context) SectionPool(section, prefix string) (Pool, error) {
	c, section, err := e.section(section)
	if err != nil {
		return Pool{}, err
	}
	var p Pool
	values, err := c.Section(section)
	if err != nil {
		return p, err
	}
	s := poolSettings{pool: &p, size: -1}
	for _, prefix := range prefixesOf(prefix) {
		for _, key := range slices.Sorted(maps.Keys(values)) {
			name, ok := strings.CutPrefix(key, prefix)
			if !ok || name == "url" {
				continue
			}
			if err := s.set(name, strings.TrimSpace(values[key])); err != nil {
				return Pool{}, fmt.Errorf("reading %s in the section [%s] of %s: %w", key, section, c.File(), err)
			}
		}
	}
	s.settle()
	return p, nil
}

func (e *Context) section(name string) (*config.Config, string, error) {
	c := e.setup.Config
	if c == nil {
		return nil, "", errors.New("reading the configuration: this environment has none")
	}
	return c, cmp.Or(name, c.MainSection()), nil
}

func prefixesOf(prefix string) []string {
	if prefix != "" {
		return []string{prefix}
	}
	return prefixes
}

// poolSettings reads the keys of a pool.
type poolSettings struct {
	pool           *Pool
	size, overflow int // SQLAlchemy's; size is negative if it is not given
}

const poolKeys = "url, pool_size, max_overflow, pool_recycle, pool_timeout, pool_pre_ping, connect_timeout, " +
	"max_open_conns, max_idle_conns, conn_max_lifetime, conn_max_idle_time"

func (s *poolSettings) set(name, value string) (err error) {
	switch name {
	case "pool_size":
		s.size, err = strconv.Atoi(value)
	case "max_overflow":
		s.overflow, err = strconv.Atoi(value)
	case "max_open_conns":
		s.pool.MaxOpen, err = strconv.Atoi(value)
	case "max_idle_conns":
		if s.pool.MaxIdle, err = strconv.Atoi(value); s.pool.MaxIdle == 0 {
			s.pool.MaxIdle = -1 // here none is what 0 says
		}
	case "pool_recycle", "conn_max_lifetime":
		s.pool.MaxLifetime, err = seconds(value)
	case "conn_max_idle_time":
		s.pool.MaxIdleTime, err = seconds(value)
	case "connect_timeout", "pool_timeout":
		s.pool.ConnectTimeout, err = seconds(value)
	case "pool_pre_ping":
		_, err = config.Truth(value) // database/sql tries another connection by itself
	default:
		return fmt.Errorf("there is no such setting; known are %s", poolKeys)
	}
	if errors.Is(err, strconv.ErrSyntax) {
		err = fmt.Errorf("%q is not a whole number", value)
	}
	return err
}

// settle turns SQLAlchemy's two numbers into Go's: so many are kept, and so
// many more may be opened for a while. 0 and -1 stand for no bound there.
func (s *poolSettings) settle() {
	if s.size < 0 {
		return
	}
	s.pool.MaxIdle = s.size
	if s.size > 0 && s.overflow >= 0 && s.pool.MaxOpen == 0 {
		s.pool.MaxOpen = s.size + s.overflow
	}
}

// seconds is a number of them, or a duration such as 30m. What is negative stands for none.
func seconds(text string) (time.Duration, error) {
	if n, err := strconv.ParseFloat(text, 64); err == nil {
		return time.Duration(max(n, 0) * float64(time.Second)), nil
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		return 0, fmt.Errorf("%q is neither a number of seconds nor a duration such as 30m", text)
	}
	return max(d, 0), nil
}
