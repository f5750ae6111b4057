package harness

import (
	"runtime"
	"sync/atomic"
	"time"

	"stealbench/internal/sched"
)

// watch is who reads a lane's counters while its slots run.
type watch struct {
	readers int           // goroutines, each with a P of its own
	every   time.Duration // between the reads of one; 0: one right after the other; never
}

// never is longer than any slot: a reader that only looks at the time.
const never = time.Duration(1<<63 - 1)

// watched are the levels that read a variant's counters: what does a reader cost
// those who count? The first is what the others are compared with: a thread that
// is as busy, and reads nothing.
func watched(of string) (levels []Level) {
	for _, w := range []struct {
		name, what string
		watch      watch
	}{
		{"unread", "beside a thread that looks at the clock and reads nothing", watch{1, never}},
		{"1hz", "beside a thread that reads all counters every second of a slot, else looks at the clock", watch{1, time.Second}},
		{"1khz", "beside a thread that reads all counters every millisecond of a slot, else looks at the clock", watch{1, time.Millisecond}},
		{"spin", "beside a thread that reads all counters without a pause", watch{1, 0}},
		{"spin2", "beside two such threads", watch{2, 0}},
	} {
		l := configured(of+"_"+w.name, of, of+" "+w.what, func(*sched.Config) {})
		l.watch = w.watch
		levels = append(levels, l)
	}
	return levels
}

// watchOf is the watch of a lane, of no readers for most.
func watchOf(lane string) watch {
	for _, l := range Levels {
		if l.Name == lane {
			return l.watch
		}
	}
	return watch{}
}

// readersOf is the most readers that a slot of the lanes has.
func readersOf(lanes []string) (most int) {
	for _, l := range lanes {
		most = max(most, watchOf(l).readers)
	}
	return most
}

// reading is the readers of one scheduler. They sleep between slots.
type reading struct {
	watch
	sched sched.Scheduler
	wake  chan struct{}
	on    atomic.Bool
	awake atomic.Int32
	reads atomic.Int64
	sink  atomic.Uint64 // keeps the reads from being removed
}

// newReading starts them; close ends them. nil if there are none.
func newReading(w watch, s sched.Scheduler) *reading {
	if w.readers == 0 {
		return nil
	}
	r := &reading{watch: w, sched: s, wake: make(chan struct{})}
	for range w.readers {
		go r.run()
	}
	return r
}

func (r *reading) close() {
	if r != nil {
		close(r.wake)
	}
}

// begin returns when all of them read.
func (r *reading) begin() {
	if r == nil {
		return
	}
	r.on.Store(true)
	for range r.readers {
		r.wake <- struct{}{}
	}
	for int(r.awake.Load()) < r.readers {
		runtime.Gosched()
	}
}

// end returns when none of them does.
func (r *reading) end() {
	if r == nil {
		return
	}
	r.on.Store(false)
	for r.awake.Load() > 0 {
		runtime.Gosched()
	}
}

// run reads whenever it is woken, until the end of the slot. The time between two
// reads counts only while a slot runs.
func (r *reading) run() {
	left := r.every
	for range r.wake {
		r.awake.Add(1)
		reads := int64(0)
		for last := time.Now(); r.on.Load(); {
			if r.every > 0 {
				now := time.Now()
				left -= now.Sub(last)
				if last = now; left > 0 {
					continue
				}
				left = r.every
			}
			r.sink.Store(r.sched.Snapshot().Total().PollCount)
			reads++
		}
		r.reads.Add(reads)
		r.awake.Add(-1)
	}
}
