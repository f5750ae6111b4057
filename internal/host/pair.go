package host

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// paddedCounter shares its line with nothing: 128 bytes, because x86 fetches
// lines in pairs and Apple's are that long.
type paddedCounter struct {
	_ [128]byte
	n atomic.Uint64
	_ [128]byte
}

// onThread starts f on a thread of its own.
func onThread(wg *sync.WaitGroup, f func()) {
	wg.Go(func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		f()
	})
}

// rmwShared is the mean time that one Add takes while two threads add to one
// line, over both: hardware may favour one of them for a while.
func rmwShared(deadline time.Time) (float64, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var line, stop paddedCounter
	var wg sync.WaitGroup
	onThread(&wg, func() {
		for stop.n.Load() == 0 {
			for range 64 { // so that looking at stop costs little
				line.n.Add(1)
			}
		}
	})
	defer wg.Wait()
	defer stop.n.Store(1)

	if !begun(&line, deadline) { // until the partner runs
		return 0, errAlone
	}
	before := line.n.Load()
	start := time.Now()
	for range sharedAdds {
		line.n.Add(1)
	}
	elapsed := time.Since(start)
	total := line.n.Load() - before
	// One thread that did almost nothing was not running: no sharing was seen.
	if partner := total - sharedAdds; partner < sharedAdds/4 || partner > sharedAdds*4 {
		return 0, errAlone
	}
	return perStep(elapsed, float64(total)/2)
}

// coreToCore is the time a value takes from one thread to another: half of a
// round trip on one line, each way a Store (on amd64 an XCHG) and the Loads
// that wait for it.
func coreToCore(deadline time.Time) (float64, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var turn paddedCounter // odd: the partner's
	var wg sync.WaitGroup
	defer wg.Wait() // both give up at the deadline
	onThread(&wg, func() {
		for trip := range uint64(trips + 1) {
			if !waitFor(&turn.n, 2*trip+1, deadline) {
				return
			}
			turn.n.Store(2*trip + 2)
		}
	})
	var start time.Time
	for trip := range uint64(trips + 1) {
		turn.n.Store(2*trip + 1)
		if !waitFor(&turn.n, 2*trip+2, deadline) {
			return 0, errAlone
		}
		if trip == 0 {
			start = time.Now() // the first trip starts the partner's thread
		}
	}
	return perStep(time.Since(start), 2*trips)
}

// waitFor spins until n is want. It looks at the clock now and then only, so
// that the look is no part of what is timed.
func waitFor(n *atomic.Uint64, want uint64, deadline time.Time) bool {
	for spins := 1; n.Load() != want; spins++ {
		if spins%4096 == 0 && time.Now().After(deadline) {
			return false
		}
	}
	return true
}
