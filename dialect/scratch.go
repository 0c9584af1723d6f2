package dialect

import (
	"context"
	"strconv"
	"strings"
	"time"
)

// ScratchPrefix begins the names of scratch databases. Behind it stand the second in
// which the database was made, by the server's clock as a Unix time, an underscore
// and what makes the name unique.
const ScratchPrefix = "gomig_scratch_"

// ScratchAge is how old a scratch database must be before another run takes it
// for one that a killed run left, and drops it.
const ScratchAge = time.Hour

// ScratchBorn is when a scratch database was made, by its name. It is false for
// any other name.
func ScratchBorn(name string) (time.Time, bool) {
	rest, ok := strings.CutPrefix(name, ScratchPrefix)
	if !ok {
		return time.Time{}, false
	}
	second, _, ok := strings.Cut(rest, "_")
	at, err := strconv.ParseInt(second, 10, 64)
	return time.Unix(at, 0), ok && err == nil
}

// ScratchDatabases is a dialect whose server can hold a whole database for a
// while, to run a history in. Without it a history is run in memory.
type ScratchDatabases interface {
	// CreateScratch makes an empty database with a name of its own, and drops those
	// that killed runs left. The connection must stay open until DropScratch: it
	// shows others that the database is in use.
	CreateScratch(ctx context.Context, conn Conn) (name string, err error)
	// DropScratch drops the database, also while others are connected to it. One
	// that is gone is no error.
	DropScratch(ctx context.Context, conn Conn, name string) error
}

// ScratchFor is a dialect that can normalise on one server what another one
// holds. Without it the dialect of the scratch server does it as it is.
type ScratchFor interface {
	// ScratchFor is the dialect of the scratch server with what it must take over
	// of the other one, such as default collations.
	ScratchFor(other Dialect) Dialect
}
