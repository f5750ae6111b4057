package schedtest

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// hungAfter is far more than any test takes on a loaded host.
const hungAfter = 30 * time.Second

// Guard watches one test: if it hangs, the process ends with the stacks of all
// goroutines, and a goroutine that is left when it ends fails it.
func Guard(t *testing.T) {
	t.Helper()
	before := runtime.NumGoroutine()
	limit := hungAfter
	switch {
	case RaceEnabled:
		limit *= 4
	case runtime.GOARCH != "amd64" && runtime.GOARCH != "386":
		limit *= 10 // emulated, maybe with other work
	}
	timer := time.AfterFunc(limit, func() {
		debug.SetTraceback("all")
		panic(t.Name() + " hangs")
	})
	t.Cleanup(func() {
		timer.Stop()
		if t.Failed() {
			return // it may have left early
		}
		if runtime.GOOS == "js" {
			return // where the runtime starts goroutines of its own for events
		}
		if left := remainingGoroutines(before); left > 0 {
			buf := make([]byte, 1<<20)
			t.Errorf("%d goroutines left, want 0:\n%s", left, buf[:runtime.Stack(buf, true)])
		}
	})
}

// remainingGoroutines is how many there are more than before. A goroutine may end
// a little after it was waited for.
func remainingGoroutines(before int) (left int) {
	for range 200 {
		if left = runtime.NumGoroutine() - before; left <= 0 {
			return 0
		}
		time.Sleep(5 * time.Millisecond)
	}
	return left
}
