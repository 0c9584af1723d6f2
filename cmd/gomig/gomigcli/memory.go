package gomigcli

import (
	"os"
	"runtime"
	"runtime/debug"
)

// postponeCollection lets the heap grow to 32 MB before it is collected for the
// first time, unless GOGC or GOMEMLIMIT say otherwise. Most runs end before that;
// after it, the heap is collected as usual.
func postponeCollection() {
	const usual, first = 4, 32 // MB: the runtime collects a heap of GOGC percent of 4 MB for the first time
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	percent := debug.SetGCPercent(100 * first / usual)
	type collected struct{ _ *int } // holds a pointer, so that it is not put together with other small values
	runtime.SetFinalizer(&collected{}, func(*collected) { debug.SetGCPercent(percent) })
}
