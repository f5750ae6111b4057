package soak

import (
	"runtime/debug"
	"time"
)

// hungAfter is far more than any round takes on a loaded host; with the race
// detector it may be four times as long.
const hungAfter = 30 * time.Second

// watch ends the process with the stacks of all goroutines if stop does not come
// in time: what it watches hangs, which hangs may note.
func watch(what string, limit time.Duration, hangs func()) (stop func()) {
	timer := time.AfterFunc(limit, func() {
		hangs()
		debug.SetTraceback("all")
		panic(what + " hangs")
	})
	return func() { timer.Stop() }
}
