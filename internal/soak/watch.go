package soak

import (
	"runtime/debug"
	"time"
)

// hungAfter is far more than any round takes on a loaded host.
const hungAfter = time.Minute

// watch ends the process with the stacks of all goroutines if stop does not come:
// what it watches hangs.
func watch(what string) (stop func()) {
	timer := time.AfterFunc(hungAfter, func() {
		debug.SetTraceback("all")
		panic(what + " hangs")
	})
	return func() { timer.Stop() }
}
