package host

import (
	"runtime"
	"sync"
	"time"
)

// speedupChunks is how many chunks of work, of about 10 us, a thread times at once.
const speedupChunks = 30

// What two threads that share nothing get done beside each other, in what one alone
// does: 2 where each has a core of its own. No scheduler's speed-up can be above it.
// The chunks are those of the canaries (canary.go has what they stress).
func speedupSpin(deadline time.Time) (float64, error) {
	return speedup(deadline, func() func() { return func() { Spin(canarySteps) } })
}

func speedupSort(deadline time.Time) (float64, error) {
	return speedup(deadline, func() func() {
		c := Canaries{numbers: make([]uint32, canaryNumbers), random: 2463534242}
		return func() { c.timeSort() }
	})
}

// speedup times one thread's chunks alone, then counts those of two threads beside each
// other. work makes what one of them does again and again.
func speedup(deadline time.Time, work func() func()) (float64, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	mine, theirs := work(), work()
	timeOf(mine) // caches and branches
	alone := timeOf(mine)

	var done, stop paddedCounter
	var wg sync.WaitGroup
	onThread(&wg, func() {
		for stop.n.Load() == 0 {
			theirs()
			done.n.Add(1)
		}
	})
	defer wg.Wait()
	defer stop.n.Store(1)
	for done.n.Load() == 0 {
		if time.Now().After(deadline) {
			return 0, errAlone
		}
	}
	before := done.n.Load()
	beside := timeOf(mine)
	partner := done.n.Load() - before
	if partner == 0 {
		return 0, errAlone
	}
	perChunk, err := perStep(beside, float64(speedupChunks+partner))
	return float64(alone) / speedupChunks / perChunk, err
}

func timeOf(chunk func()) time.Duration {
	start := time.Now()
	for range speedupChunks {
		chunk()
	}
	return time.Since(start)
}
